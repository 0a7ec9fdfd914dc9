//! Fisher information from a log-likelihood that is written once.
//!
//! Write ln f(x; θ) as a generic function over the number type. From that alone the library gives exact scores and Hessians, and
//! the observed, empirical and expected Fisher information with an error on every entry; and it says so, by a typed error,
//! where a model has no such thing.
//!
//! ```
//! use fisher_information::prelude::*;
//!
//! /// Gamma distribution in shape and rate.
//! struct Gamma;
//!
//! impl LogLikelihood for Gamma {
//!     type Parameters = Fixed<2>;
//!     type Observation = f64;
//!
//!     #[inline(always)]
//!     fn ln_likelihood<D: Scalar>(&self, &[shape, rate]: &[D; 2], &x: &D) -> D {
//!         shape * rate.ln() - shape.ln_gamma() + (shape - 1.0) * x.ln() - rate * x
//!     }
//! }
//!
//! impl SampleSpace for Gamma {
//!     fn support(&self, _: &[f64; 2]) -> Support { Support::positive() }
//! }
//!
//! let information = expected(&Gamma, &[2.0, 0.5])?;          // by quadrature
//! assert!((information.matrix()[(1, 1)] - 8.0).abs() < 1e-12);   // α/β²
//! assert!((information.matrix()[(0, 1)] + 2.0).abs() < 1e-12);   // −1/β
//!
//! // the best that 100 observations can do
//! let errors = information.times(100.0)?.standard_errors()?;
//! assert!(errors.iter().all(|estimate| estimate.error < 1e-8 * estimate.value));
//! # Ok::<(), fisher_information::Error>(())
//! ```
//!
//! # The modules, in reading order
//!
//! | module | what it holds |
//! |---|---|
//! | [`scalar`] | the numbers: [`Scalar`](scalar::Scalar), special functions and their derivatives |
//! | [`model`] | what an author writes: [`LogLikelihood`](model::LogLikelihood), [`SampleSpace`](model::SampleSpace), [`Sampler`](model::Sampler), [`ClosedForm`](model::ClosedForm) |
//! | [`derivatives`] | value, score, Hessian and third derivatives of one observation |
//! | [`expectation`] | E\[g\] by quadrature, sum, Monte Carlo or quasi-Monte Carlo, with an error for each component |
//! | [`information`] | Fisher matrices and covariances, their algebra, data sets, and [`check`](information::check()) for authors |
//! | [`inference`] | fits, covariances, intervals, tests and diagnoses of models on data |
//! | [`geometry`] | the Fisher information as a metric: divergences, curvature, geodesics, natural gradients, merging of models |
//! | [`distributions`] | the catalogue |
//! | [`regression`] | families whose parameters are functions of covariates; data frames and designs |
//! | [`recording`] | the log-likelihood run on symbols: its graph and its decisions |
//! | [`symbolic`] | formulas read off the graph: scores, Hessians and Fisher matrices |
//! | [`kernel`] | the graph compiled to programs that run over blocks of observations |
//! | [`interop`] | from and to the distributions of `statrs` |
//! | [`any`] | models of any type behind one, chosen while a program runs |
//! | [`notes`] | the mathematics, as lectures whose every number is computed |
//! | [`error`] | everything that can go wrong, with the evidence |
//!
//! # Three matrices
//!
//! | | of | call |
//! |---|---|---|
//! | expected information E\[s sᵀ\] | a model at θ | [`expected`](information::expected()) |
//! | observed information −Σ H | a model at θ and data | [`observed`](information::observed()) |
//! | empirical information Σ s sᵀ | a model at θ and data | [`empirical`](information::empirical()) |
//!
//! They are different types, since they are different things; a [`sandwich`](information::sandwich()) takes two of them.
//!
//! # Speed
//!
//! Put `#[inline(always)]` on `ln_likelihood`. The compiler then sees which derivative parts of which dual numbers are
//! empty, and drops them: for a normal distribution that is a factor of four.
//!
//! From some thousands of observations on the log-likelihood is compiled to a [`kernel`], by itself, and sums over them are many times
//! as fast. [`DataLikelihood`](information::DataLikelihood) keeps what is compiled for the next θ, and explains it.
//!
//! # Features
//!
//! - `parallel` (default): data sets and Monte Carlo draws on all cores. The numbers are the same, bit for bit, without it.
//! - `pictures`: metrics, geodesics and descents drawn over a parameter plane, in SVG.
//! - `serde`: `Serialize` and `Deserialize` for results and partial sums, but for those that keep an [`Error`] or refer to a model: fits,
//!   simulations, tables of covariances.

pub mod any;
mod coordinate;
pub mod derivatives;
pub mod distributions;
mod domain;
pub mod error;
pub mod expectation;
pub mod geometry;
pub mod inference;
pub mod information;
pub mod interop;
pub mod kernel;
pub mod model;
pub mod notes;
pub mod recording;
pub mod regression;
pub mod scalar;
mod sums;
pub mod symbolic;

pub use error::Error;

/// The code of the README, run with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// Everything that a model file needs: `use fisher_information::prelude::*;`.
pub mod prelude {
    pub use crate::Error;
    pub use crate::information::{Covariance, Empirical, Expected, Information, Observed};
    pub use crate::information::{check, empirical, expected, observed};
    pub use crate::model::*;
    pub use crate::scalar::Scalar;
    pub use num_dual::DualNum;
}
