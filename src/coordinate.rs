//! A coordinate without bounds for a parameter with them, in which no step can leave the domain.

use crate::domain::Domain;

/// The coordinate φ of one parameter θ: the whole line, whatever the domain of θ.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) enum Coordinate {
    /// φ = θ
    Plain,
    /// φ = ln(θ − a), for θ > a
    Above(f64),
    /// φ = −ln(b − θ), for θ < b
    Below(f64),
    /// φ = ln((θ − a)/(b − θ)), for a < θ < b
    Between(f64, f64),
}

impl Coordinate {
    pub fn of(domain: Domain) -> Self {
        match (domain.lower.is_finite(), domain.upper.is_finite()) {
            (false, false) => Self::Plain,
            (true, false) => Self::Above(domain.lower),
            (false, true) => Self::Below(domain.upper),
            (true, true) => Self::Between(domain.lower, domain.upper),
        }
    }

    /// φ(θ)
    pub fn of_parameter(self, theta: f64) -> f64 {
        match self {
            Self::Plain => theta,
            Self::Above(a) => (theta - a).ln(),
            Self::Below(b) => -(b - theta).ln(),
            Self::Between(a, b) => ((theta - a) / (b - theta)).ln(),
        }
    }

    /// θ(φ). Where it would round to a bound, or beyond the finite numbers, it is the nearest number inside.
    pub fn parameter(self, phi: f64) -> f64 {
        match self {
            Self::Plain => phi,
            Self::Above(a) => (a + phi.exp()).clamp(a.next_up(), f64::MAX),
            Self::Below(b) => (b - (-phi).exp()).clamp(f64::MIN, b.next_down()),
            Self::Between(a, b) => (a + (b - a) / (1.0 + (-phi).exp())).clamp(a.next_up(), b.next_down()),
        }
    }

    /// φ(to) − φ(from), to full relative accuracy where they are close.
    pub fn difference(self, from: f64, to: f64) -> f64 {
        // ln(y/x) by ln(1 + (y − x)/x) where the difference of neighbours is exact
        let ln_ratio =
            |x: f64, y: f64| if y < 2.0 * x && x < 2.0 * y { ((y - x) / x).ln_1p() } else { y.ln() - x.ln() };
        match self {
            Self::Plain => to - from,
            Self::Above(a) => ln_ratio(from - a, to - a),
            Self::Below(b) => -ln_ratio(b - from, b - to),
            Self::Between(a, b) => ln_ratio(from - a, to - a) - ln_ratio(b - from, b - to),
        }
    }

    /// The parameter whose coordinate is φ(from) + by. Where it would round to a bound, or beyond the finite numbers, it is the nearest
    /// number inside.
    pub fn shifted(self, from: f64, by: f64) -> f64 {
        match self {
            Self::Plain => from + by,
            Self::Above(a) => (a + (from - a) * by.exp()).clamp(a.next_up(), f64::MAX),
            Self::Below(b) => (b - (b - from) * (-by).exp()).clamp(f64::MIN, b.next_down()),
            Self::Between(a, b) => {
                let (left, right) = ((from - a) * (0.5 * by).exp(), (b - from) * (-0.5 * by).exp());
                let share = left / (left + right);
                // the part that is small is the one that keeps its digits
                let theta = if share < 0.5 { a + (b - a) * share } else { b - (b - a) * (right / (left + right)) };
                theta.clamp(a.next_up(), b.next_down())
            }
        }
    }

    /// dθ/dφ and d²θ/dφ², at θ.
    pub fn slopes(self, theta: f64) -> (f64, f64) {
        match self {
            Self::Plain => (1.0, 0.0),
            Self::Above(a) => (theta - a, theta - a),
            Self::Below(b) => (b - theta, theta - b),
            Self::Between(a, b) => {
                let (left, right) = ((theta - a) / (b - a), (b - theta) / (b - a));
                let slope = (b - a) * left * right;
                (slope, slope * (right - left))
            }
        }
    }

    /// A point of the domain far from its bounds: 0, 1 above or below a bound, or so large a share of the way between two.
    pub fn neutral(self, share: f64) -> f64 {
        match self {
            Self::Between(lower, upper) => lower + share * (upper - lower),
            _ => self.parameter(0.0),
        }
    }

    /// By how much a step may change the coordinate at first: logarithms have no dimension.
    pub fn largest_unit(self) -> f64 {
        if self == Self::Plain { f64::INFINITY } else { 1.0 }
    }

    /// Whether the domain has a single bound.
    pub fn is_half_line(self) -> bool {
        matches!(self, Self::Above(_) | Self::Below(_))
    }

    /// The finite bound that is approached when φ goes on in this direction.
    pub fn bound_ahead(self, direction: f64) -> Option<f64> {
        match self {
            Self::Above(bound) if direction < 0.0 => Some(bound),
            Self::Below(bound) if direction > 0.0 => Some(bound),
            Self::Between(lower, upper) => Some(if direction < 0.0 { lower } else { upper }),
            _ => None,
        }
    }
}
