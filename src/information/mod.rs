//! Fisher information matrices: of data sets, and what can be done with them.
//!
//! | | of | formula |
//! |---|---|---|
//! | [`Information<Expected>`](Expected) | a model at θ | E\[s sᵀ\] |
//! | [`Information<Observed>`](Observed), by [`observed()`] | a model at θ and a data set | −Σ H |
//! | [`Information<Empirical>`](Empirical), by [`empirical()`] | a model at θ and a data set | Σ s sᵀ |
//! | [`Information<Clustered>`](Clustered) | a model at θ and a data set in groups | Σ S Sᵀ, S = Σ s |
//! | [`Information<Sampled>`](Sampled) | draws of an estimator or of a posterior density | the inverse of their covariance |
//! | [`Covariance`] | [`Information::inverse`], [`sandwich()`] | I⁻¹, A⁻¹BA⁻¹ |
//!
//! Here s = ∂ℓ/∂θ is the score and H = ∂²ℓ/∂θ∂θᵀ the Hessian of the log-likelihood of an observation.
//!
//! | to | of an information |
//! |---|---|
//! | combine experiments | [`add`](Information::add), [`times`](Information::times), [`per_observation`](Information::per_observation) |
//! | know some parameters | [`fix`](Information::fix) |
//! | not care for some parameters | [`marginal`](Information::marginal) |
//! | change coordinates | [`change_of_coordinates`](Information::change_of_coordinates), [`in_coordinates`](Information::in_coordinates) |
//! | find precision | [`inverse`](Information::inverse), [`standard_errors`](Information::standard_errors), [`cramer_rao`](Information::cramer_rao), [`log_determinant`](Information::log_determinant) |
//! | find what is not identified | [`rank`](Information::rank), [`null_directions`](Information::null_directions), [`estimable_combinations`](Information::estimable_combinations), [`standard_errors_or_infinite`](Information::standard_errors_or_infinite) |
//!
//! Nothing is regularised: a singular matrix has no inverse, and the error says along which parameters it is singular.

mod algebra;
mod blocks;
mod bounds;
mod check;
mod combination;
mod covariance;
mod data_likelihood;
mod display;
mod distance;
mod divergence;
mod effort;
mod empirical;
mod expected;
mod factor;
mod inverse;
mod kind;
mod labelled;
mod mean_value;
mod moments;
mod moving_support;
mod observed;
mod partial;
mod regularity;
mod result;
mod rounding;
mod sandwich;
mod scaling;
mod spectrum;
mod statistic;
#[cfg(feature = "serde")]
mod stored;

pub use check::{CheckLine, CheckReport, Verdict, check};
pub use combination::Combination;
pub use covariance::Covariance;
pub use data_likelihood::DataLikelihood;
pub use display::Estimates;
pub(crate) use display::{digits, table};
pub(crate) use divergence::formula;
pub use divergence::{entropy, kullback_leibler};
pub use empirical::empirical;
pub use expected::{closed_form, expected, expected_by, expected_of_data, expected_of_design};
pub use kind::{Bread, Clustered, Empirical, Expected, Kind, Meat, Observed, Sampled};
pub use labelled::Labelled;
pub use mean_value::from_mean_value;
pub use moments::{MatrixEstimate, ScoreMoments, moments, moments_given};
pub use observed::observed;
pub use partial::ScoreSums;
pub use regularity::Regularity;
pub use result::Information;
pub use sandwich::sandwich;
pub use spectrum::Spectrum;
pub(crate) use spectrum::eigen;

pub use crate::expectation::Method;
pub use crate::model::{Observations, Subset, Table, Weighted};
