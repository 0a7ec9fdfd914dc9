//! The values that a parameter may take.

use std::fmt;

/// An open interval of parameter values.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Domain {
    /// The greatest lower bound, not itself allowed.
    pub lower: f64,
    /// The least upper bound, not itself allowed.
    pub upper: f64,
}

impl Domain {
    /// (−∞, ∞)
    pub const REAL: Self = Self { lower: f64::NEG_INFINITY, upper: f64::INFINITY };

    /// Whether a finite `value` lies strictly inside.
    #[must_use]
    pub fn contains(&self, value: f64) -> bool {
        value.is_finite() && self.lower < value && value < self.upper
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({}, {})", Bound(self.lower), Bound(self.upper))
    }
}

/// A bound of an interval, with ∞ written as such.
struct Bound(f64);

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            f64::INFINITY => f.write_str("∞"),
            f64::NEG_INFINITY => f.write_str("−∞"),
            finite => write!(f, "{finite}"),
        }
    }
}
