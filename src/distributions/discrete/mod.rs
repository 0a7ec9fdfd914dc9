//! Probabilities of counts and categories.

mod bernoulli;
mod beta_binomial;
mod binomial;
mod categorical;
mod conway_maxwell_poisson;
mod geometric;
mod logarithmic;
mod multinomial;
mod negative_binomial;
mod poisson;
mod skellam;
mod zero_inflated_poisson;
mod zeta;
mod zipf;

pub use bernoulli::Bernoulli;
pub use beta_binomial::BetaBinomial;
pub use binomial::Binomial;
pub use categorical::Categorical;
pub use conway_maxwell_poisson::ConwayMaxwellPoisson;
pub use geometric::Geometric;
pub use logarithmic::Logarithmic;
pub use multinomial::Multinomial;
pub use negative_binomial::NegativeBinomial;
pub use poisson::Poisson;
pub use skellam::Skellam;
pub use zero_inflated_poisson::ZeroInflatedPoisson;
pub use zeta::Zeta;
pub use zipf::Zipf;

use super::Visitor;
use std::num::NonZeroU32;

/// Shows the families to a visitor.
pub(super) fn visit(visitor: &mut impl Visitor) {
    let ten = NonZeroU32::MIN.saturating_add(9);
    visitor.visit_closed_form("Bernoulli", &Bernoulli, &[&[0.5], &[0.25], &[0.9990234375]]);
    visitor.visit_closed_form("binomial", &Binomial::new(ten), &[&[0.5], &[0.25], &[0.9990234375]]);
    visitor.visit_closed_form("Poisson", &Poisson, &[&[1.0], &[4.5], &[1e3]]);
    visitor.visit_closed_form("geometric", &Geometric, &[&[0.5], &[0.125], &[0.0009765625]]);
    visitor.visit("negative binomial", &NegativeBinomial, &[&[1.0, 0.5], &[2.5, 0.125], &[1e3, 0.9375]]);
    visitor.visit_closed_form(
        "zero-inflated Poisson",
        &ZeroInflatedPoisson,
        &[&[0.25, 2.0], &[0.5, 0.0625], &[0.9990234375, 5.0]],
    );
    visitor.visit("beta-binomial", &BetaBinomial::new(ten), &[&[1.0, 1.0], &[2.5, 0.75], &[200.0, 300.0]]);
    visitor.visit_closed_form("logarithmic", &Logarithmic, &[&[0.5], &[0.0625], &[0.9990234375]]);
    visitor.visit_closed_form("zeta", &Zeta, &[&[3.5], &[8.0], &[1.0625]]);
    visitor.visit_closed_form("Zipf", &Zipf::new(ten), &[&[1.0], &[2.5], &[-8.0]]);
    visitor.visit("Skellam", &Skellam, &[&[1.0, 1.0], &[4.0, 0.5], &[1e4, 2500.0]]);
    visitor.visit("Conway–Maxwell–Poisson", &ConwayMaxwellPoisson, &[&[2.0, 1.5], &[0.75, 0.25], &[1e3, 0.75]]);
    visitor.visit_closed_form("categorical", &Categorical::<2>, &[&[0.25, 0.5], &[0.125, 0.375], &[0.0009765625, 0.5]]);
    visitor.visit_closed_form(
        "multinomial",
        &Multinomial::<2>::new(ten),
        &[&[0.25, 0.5], &[0.125, 0.375], &[0.0009765625, 0.9921875]],
    );
}
