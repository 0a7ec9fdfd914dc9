//! Probabilities of counts and categories.

mod bernoulli;
mod binomial;
mod poisson;

pub use bernoulli::Bernoulli;
pub use binomial::Binomial;
pub use poisson::Poisson;

use super::Visitor;
use std::num::NonZeroU32;

/// Shows the families to a visitor.
pub(super) fn visit(visitor: &mut impl Visitor) {
    let ten = NonZeroU32::MIN.saturating_add(9);
    visitor.visit_closed_form("Bernoulli", &Bernoulli, &[&[0.5], &[0.25], &[0.9990234375]]);
    visitor.visit_closed_form("binomial", &Binomial::new(ten), &[&[0.5], &[0.25], &[0.9990234375]]);
    visitor.visit_closed_form("Poisson", &Poisson, &[&[1.0], &[4.5], &[1e3]]);
}
