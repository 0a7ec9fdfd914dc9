//! Densities of vectors and matrices.

use super::Visitor;

/// Shows the families to a visitor.
pub(super) fn visit(_visitor: &mut impl Visitor) {}
