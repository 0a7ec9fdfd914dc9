//! What a divergence is answered with: a number with its error, or ∞ with the reason.

use crate::expectation::{Estimate, Provenance};
use std::fmt;

/// The value of a divergence.
///
/// That a divergence is infinite is an answer, not a failure: no code made for the second distribution has a finite expected
/// length under the first, or one observation can rule the second out. So it has a place among the values, with its reason.
///
/// ```
/// use fisher_information::distributions::{Cauchy, Normal};
/// use fisher_information::geometry::divergence::{Divergence, Infinite, between};
///
/// let there = between(&Cauchy, &[0.0, 1.0], &Normal, &[0.0, 1.0])?.kullback_leibler()?;
/// assert!(matches!(there, Divergence::Infinite(Infinite::Tail { .. })));
/// assert_eq!(there.value(), f64::INFINITY);
///
/// let back = between(&Normal, &[0.0, 1.0], &Cauchy, &[0.0, 1.0])?.kullback_leibler()?;
/// assert!((back.value() - 0.259_244_532_488_862_26).abs() < 1e-10);
/// # Ok::<(), fisher_information::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Divergence {
    /// A number.
    Finite {
        /// The number and its absolute error: a bound, or a standard error if [`Provenance::is_random`].
        estimate: Estimate,
        /// How it was obtained.
        provenance: Provenance,
    },
    /// ∞.
    Infinite(Infinite),
}

/// Why a divergence is infinite.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Infinite {
    /// One distribution has mass where the other has none.
    Support {
        /// The coordinates of a point where it has; empty for an opaque observation.
        at: Vec<f64>,
    },
    /// The integrand does not fall off: one tail is too light for the other.
    Tail {
        /// How far out was looked.
        at: Vec<f64>,
    },
    /// The two distributions have no observation in common.
    Disjoint,
    /// The formula of the model says so.
    Formula,
}

impl Divergence {
    pub(super) fn finite(value: f64, error: f64, provenance: Provenance) -> Self {
        Self::Finite { estimate: Estimate::new(value, error), provenance }
    }

    /// The number, or ∞.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.estimate().value
    }

    /// The absolute error of the number; 0 if it is ∞.
    #[must_use]
    pub fn error(&self) -> f64 {
        self.estimate().error
    }

    /// The number and its error, or ∞ ± 0.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        match self {
            Self::Finite { estimate, .. } => *estimate,
            Self::Infinite(_) => Estimate::new(f64::INFINITY, 0.0),
        }
    }

    /// Whether it is ∞.
    #[must_use]
    pub fn is_infinite(&self) -> bool {
        matches!(self, Self::Infinite(_))
    }

    /// The same with the number replaced by a function of it, whose derivative has the given absolute value there.
    pub(super) fn map(self, function: impl FnOnce(f64) -> (f64, f64)) -> Self {
        match self {
            Self::Finite { estimate, provenance } => {
                let (value, slope) = function(estimate.value);
                Self::finite(value, slope * estimate.error + 2.0 * f64::EPSILON * value.abs(), provenance)
            }
            infinite @ Self::Infinite(_) => infinite,
        }
    }

    /// The same times a positive number.
    pub(super) fn times(self, factor: f64) -> Self {
        self.map(|value| (factor * value, factor))
    }
}

impl fmt::Display for Divergence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Finite { estimate, provenance } => write!(f, "{estimate} ({provenance})"),
            Self::Infinite(why) => write!(f, "∞ ({why})"),
        }
    }
}

impl fmt::Display for Infinite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Support { at } => write!(f, "one has mass where the other has none, as at x = {at:?}"),
            Self::Tail { at } => write!(f, "the integrand does not fall off at x = {at:?}"),
            Self::Disjoint => write!(f, "no observation in common"),
            Self::Formula => write!(f, "by the formula of the model"),
        }
    }
}
