//! The set on which a density is positive.

/// The support of a distribution: where an expectation is integrated or summed.
///
/// The end points of an interval are not evaluated. They may depend on θ; whether that spoils the usual theory is found
/// out by the expectation itself.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Support {
    /// The real numbers between `lower` and `upper`, either of which may be infinite.
    Interval {
        /// The left end, or −∞.
        lower: f64,
        /// The right end, or ∞.
        upper: f64,
    },
    /// The integers from `lower` to `upper`, both included; either may be infinite.
    Integers {
        /// The smallest integer, or −∞.
        lower: f64,
        /// The largest integer, or ∞.
        upper: f64,
    },
    /// Finitely many numbers.
    Points(Vec<f64>),
    /// One support for each coordinate of a vector.
    Product(Vec<Support>),
    /// A row of which only the named coordinates are random; the others are covariates.
    Response(Vec<(usize, Support)>),
    /// The vectors of `parts` positive numbers that sum to 1. A density on it is one of the first `parts` − 1 coordinates.
    Simplex {
        /// How many coordinates there are.
        parts: usize,
    },
    /// The vectors of `parts` counts that sum to `total`.
    Compositions {
        /// How many coordinates there are.
        parts: usize,
        /// Their sum.
        total: u32,
    },
    /// Disjoint pieces of the line, [`Interval`](Self::Interval)s with a density and [`Points`](Self::Points) or
    /// [`Integers`](Self::Integers) with probabilities: a response that is censored, or often exactly zero.
    Mixed(Vec<Support>),
    /// Nothing that could be integrated or summed over: expectations need a [`Sampler`](super::Sampler).
    Unstructured,
}

impl Support {
    /// (−∞, ∞)
    #[must_use]
    pub fn real() -> Self {
        Self::interval(f64::NEG_INFINITY, f64::INFINITY)
    }

    /// (0, ∞)
    #[must_use]
    pub fn positive() -> Self {
        Self::interval(0.0, f64::INFINITY)
    }

    /// (0, 1)
    #[must_use]
    pub fn unit() -> Self {
        Self::interval(0.0, 1.0)
    }

    /// (lower, upper)
    #[must_use]
    pub fn interval(lower: f64, upper: f64) -> Self {
        Self::Interval { lower, upper }
    }

    /// {0, 1, 2, …}
    #[must_use]
    pub fn counts() -> Self {
        Self::Integers { lower: 0.0, upper: f64::INFINITY }
    }

    /// {lower, …, upper}
    #[must_use]
    pub fn integers(lower: i64, upper: i64) -> Self {
        #[allow(clippy::cast_precision_loss)] // a support of more than 2⁵³ points is not summed anyway
        Self::Integers { lower: lower as f64, upper: upper as f64 }
    }

    /// {lower, lower + 1, …}
    #[must_use]
    pub fn integers_from(lower: i64) -> Self {
        #[allow(clippy::cast_precision_loss)]
        Self::Integers { lower: lower as f64, upper: f64::INFINITY }
    }

    /// Finitely many numbers.
    #[must_use]
    pub fn points(points: impl Into<Vec<f64>>) -> Self {
        Self::Points(points.into())
    }

    /// One support for each coordinate.
    #[must_use]
    pub fn product(factors: impl Into<Vec<Self>>) -> Self {
        Self::Product(factors.into())
    }

    /// A row whose coordinate `index` is random, with the given support, and whose other coordinates are covariates.
    #[must_use]
    pub fn response(index: usize, support: Self) -> Self {
        Self::Response(vec![(index, support)])
    }

    /// The vectors of `parts` positive numbers that sum to 1.
    #[must_use]
    pub fn simplex(parts: usize) -> Self {
        Self::Simplex { parts }
    }

    /// The vectors of `parts` counts that sum to `total`.
    #[must_use]
    pub fn compositions(parts: usize, total: u32) -> Self {
        Self::Compositions { parts, total }
    }

    /// Disjoint pieces of the line, some with a density and some with probabilities.
    #[must_use]
    pub fn mixed(pieces: impl Into<Vec<Self>>) -> Self {
        Self::Mixed(pieces.into())
    }
}
