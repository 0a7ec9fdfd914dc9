//! Tests of hypotheses about the parameters.
//!
//! | test | looks at | needs |
//! |---|---|---|
//! | [`wald`], [`Fit::wald`](super::Fit::wald) | the distance of θ̂ from the hypothesis | the full fit and a covariance |
//! | [`RestrictedFit::score_test`] | the slope of ℓ at θ̃ | the restricted fit and an information |
//! | [`RestrictedFit::likelihood_ratio`], [`likelihood_ratio`] | the difference of ℓ | both fits |
//! | [`hausman`] | the difference of two estimators | both with their covariances |

mod hausman;
mod law;
mod likelihood_ratio;
mod linear;
mod restricted;
mod test;
mod wald;

pub use hausman::hausman;
pub use law::NullLaw;
pub use likelihood_ratio::likelihood_ratio;
pub use linear::Linear;
pub use restricted::RestrictedFit;
pub use test::{Test, TestKind};
pub use wald::{Restriction, wald};
