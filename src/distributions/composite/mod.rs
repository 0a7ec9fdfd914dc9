//! Models made of other models.

use super::Visitor;

/// Shows an example of each to a visitor.
pub(super) fn visit(_visitor: &mut impl Visitor) {}
