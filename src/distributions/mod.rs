//! The catalogue: one file a family, each with its density, support, sampler, quantile, closed-form information and source.
//!
//! | family | parameters | support | quantile |
//! |---|---|---|---|
//! | [`Normal`] | mean, deviation | real numbers | yes |
//! | [`LogNormal`] | mean and deviation of ln x | positive numbers | yes |
//! | [`Exponential`] | rate | positive numbers | yes |
//! | [`Gamma`] | shape, rate | positive numbers | yes |
//! | [`Weibull`] | shape, scale | positive numbers | yes |
//! | [`Beta`] | a, b | (0, 1) | yes |
//! | [`Laplace`] | location, scale | real numbers | yes |
//! | [`Cauchy`] | location, scale | real numbers | yes |
//! | [`StudentT`] | location, scale, degrees of freedom | real numbers | no |
//! | [`Bernoulli`] | probability | 0, 1 | yes |
//! | [`Binomial`] | probability; the number of trials is known | 0, 1, …, n | yes |
//! | [`Poisson`] | rate | 0, 1, 2, … | yes |
//!
//! Every family has a sampler and a closed form; each page gives its source. [`visit_all`] walks over all of them.
//! Other coordinates, such as a scale instead of a rate, are a [`Reparametrised`](crate::model::Reparametrised) away.
//!
//! A new family is one file, one line here for the module and one for the name, a row of the table, and one line in
//! [`visit_all`], which brings it under every test of the catalogue.

mod bernoulli;
mod beta;
mod binomial;
mod catalogue;
mod cauchy;
mod exponential;
mod gamma;
mod laplace;
mod log_normal;
mod normal;
mod poisson;
mod student_t;
mod weibull;

pub use bernoulli::Bernoulli;
pub use beta::Beta;
pub use binomial::Binomial;
pub use catalogue::{Visitor, visit_all};
pub use cauchy::Cauchy;
pub use exponential::Exponential;
pub use gamma::Gamma;
pub use laplace::Laplace;
pub use log_normal::LogNormal;
pub use normal::Normal;
pub use poisson::Poisson;
pub use student_t::StudentT;
pub use weibull::Weibull;

/// ½ ln 2π
const LN_SQRT_TAU: f64 = 0.918_938_533_204_672_8;

/// From here on ln(1 + w) is ln w to rounding, with all its derivatives; those of ln(1 + w) would underflow before long.
const HUGE: f64 = 1e60;
