//! Expectations E\[g(x)\] under a model, with an error for every component.
//!
//! | support | method | error |
//! |---|---|---|
//! | interval | adaptive Gauss–Kronrod quadrature that finds the bulk of the density | quadrature, truncation and rounding |
//! | a product of two or three intervals | tensor cubature about the mode | change on shortening the step, rounding |
//! | two to four parts of a whole | the same, after breaking them off a stick | the same |
//! | intervals, points and integers together ([`Support::Mixed`](crate::model::Support::Mixed)) | each piece by its own | the sum of those of the pieces |
//! | finitely many points, integers | [`summation`] outwards from the mode | bound on the tail |
//! | anything with a quantile function | [randomised quasi-Monte Carlo](quasi_monte_carlo) | spread over the shifts |
//! | anything with a sampler | [`monte_carlo`] with the score as control variate | standard error |

mod blocks;
mod bulk;
mod cubature;
mod decay;
mod double_exponential;
pub(crate) mod gauss_kronrod;
mod integrand;
mod line;
mod long_tail;
mod method;
mod mixed;
mod moments;
pub mod monte_carlo;
mod nodes;
mod noise;
mod panel;
mod part;
mod peaks;
mod product;
mod quadrature;
pub mod quasi_monte_carlo;
mod run;
mod simplex;
mod statistic;
pub mod summation;
mod tail;
mod terms;
mod walk;

pub(crate) use blocks::{BLOCK, fold_blocks};
pub(crate) use integrand::OnCoordinates;
pub use integrand::{AnyFunction, Function};
pub(crate) use method::evaluate;
pub use method::{Method, expectation};
pub use statistic::Statistic;
pub(crate) use statistic::{Integrand, one_by_one};

use crate::kernel::Path;
use std::fmt;

/// A number and its error.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Its absolute error: a bound for a deterministic method, a standard error for a random one.
    pub error: f64,
}

impl Estimate {
    /// A number and its absolute error.
    #[must_use]
    pub fn new(value: f64, error: f64) -> Self {
        Self { value, error }
    }

    /// A number that is right to rounding.
    #[must_use]
    pub fn exact(value: f64) -> Self {
        Self { value, error: 4.0 * f64::EPSILON * value.abs() }
    }
}

impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ± {:.1e}", self.value, self.error)
    }
}

/// How a result was obtained.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Provenance {
    /// From the model's own formula.
    ClosedForm,
    /// Integrated over one or more intervals.
    Quadrature {
        /// How often the integrand was evaluated.
        evaluations: usize,
    },
    /// Summed over points.
    Summation {
        /// How many terms were added.
        terms: usize,
        /// A bound on the probability that the terms left out have.
        tail_bound: f64,
    },
    /// Averaged over random draws.
    MonteCarlo {
        /// How many draws.
        draws: usize,
        /// The seed of the streams.
        seed: u64,
    },
    /// Averaged over randomly shifted low-discrepancy points.
    QuasiMonteCarlo {
        /// How many points in all.
        draws: usize,
        /// How many independent shifts.
        shifts: usize,
        /// The seed of the shifts.
        seed: u64,
    },
    /// Summed over a data set.
    Data {
        /// How many observations.
        observations: usize,
    },
    /// The moments of draws that were made elsewhere, or by a simulation of an estimator.
    Draws {
        /// How many draws.
        draws: usize,
        /// How many independent draws would be worth as much.
        effective: f64,
    },
    /// Computed from other results.
    Derived,
}

impl Provenance {
    /// Whether the errors are standard errors rather than bounds.
    #[must_use]
    pub fn is_random(&self) -> bool {
        matches!(self, Self::MonteCarlo { .. } | Self::QuasiMonteCarlo { .. } | Self::Draws { .. })
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ClosedForm => write!(f, "closed form"),
            Self::Quadrature { evaluations } => write!(f, "quadrature, {evaluations} evaluations"),
            Self::Summation { terms, tail_bound } => write!(f, "sum of {terms} terms, tail below {tail_bound:.1e}"),
            Self::MonteCarlo { draws, seed } => write!(f, "Monte Carlo, {draws} draws, seed {seed}"),
            Self::QuasiMonteCarlo { draws, shifts, seed } => {
                write!(f, "quasi-Monte Carlo, {draws} points in {shifts} shifts, seed {seed}")
            }
            Self::Data { observations } => write!(f, "sum over {observations} observations"),
            Self::Draws { draws, effective } => write!(f, "{draws} draws, worth {effective:.0}"),
            Self::Derived => write!(f, "derived"),
        }
    }
}

/// The expectation of a vector-valued function.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Expectation {
    /// ∫ f, which is 1 for a density with its normalising constant; sampling cannot tell, and then it is `None`.
    pub mass: Option<Estimate>,
    /// E\[g\], component by component.
    pub values: Vec<Estimate>,
    /// How it was obtained.
    pub provenance: Provenance,
}

/// What the methods may spend, and when they are content.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Settings {
    /// The error that is aimed at, relative to E|g| component by component, for quadrature and summation.
    pub tolerance: f64,
    /// The most evaluations that quadrature or summation may take.
    pub evaluations: usize,
    /// How many draws Monte Carlo takes.
    pub draws: usize,
    /// The seed of all random streams.
    pub seed: u64,
    /// How score and Hessian are evaluated. The moments are the same along either path, to rounding:
    ///
    /// ```
    /// use fisher_information::{distributions::Gamma, expectation::Settings, information::{Method, moments}, kernel::Path};
    ///
    /// let along = |path| moments(&Gamma, &[2.5, 1.5], Method::Quadrature, &Settings { path, ..Settings::default() });
    /// let (kernel, duals) = (along(Path::Kernel)?, along(Path::Duals)?);
    /// assert!((kernel.outer_product.matrix - duals.outer_product.matrix).norm() < 1e-12);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    #[cfg_attr(feature = "serde", serde(default))]
    pub path: Path,
}

impl Default for Settings {
    /// 1e-10, half a million evaluations, a hundred thousand draws, seed 0, by kernels where they pay.
    fn default() -> Self {
        Self { tolerance: 1e-10, evaluations: 500_000, draws: 100_000, seed: 0, path: Path::Automatic }
    }
}
