//! The catalogue: one file a family, each with its density, support, sampler, quantile, closed-form information and source.
//!
//! | family | parameters | support |
//! |---|---|---|
//! | [`Normal`] | mean, deviation | real numbers |
//! | [`LogNormal`] | mean and deviation of ln x | positive numbers |
//! | [`Exponential`] | rate | positive numbers |
//! | [`Gamma`] | shape, rate | positive numbers |
//! | [`Weibull`] | shape, scale | positive numbers |
//! | [`Beta`] | a, b | (0, 1) |
//! | [`Laplace`] | location, scale | real numbers |
//! | [`Cauchy`] | location, scale | real numbers |
//! | [`StudentT`] | location, scale, degrees of freedom | real numbers |
//! | [`Bernoulli`] | probability | 0, 1 |
//! | [`Binomial`] | probability; the number of trials is known | 0, 1, …, n |
//! | [`Poisson`] | rate | 0, 1, 2, … |
//!
//! Every family has a sampler, a quantile function and a closed form; each page gives its source. [`visit_all`] walks over all of them.
//! Other coordinates, such as a scale instead of a rate, are a [`Reparametrised`](crate::model::Reparametrised) away.
//!
//! A new family is one file, one line here for the module and one for the name, a row of the table, and one line in
//! [`visit_all`], which brings it under every test of the catalogue.

mod bernoulli;
mod beta;
mod binomial;
mod catalogue;
mod cauchy;
mod deviance;
mod exponential;
mod gamma;
mod inversion;
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
