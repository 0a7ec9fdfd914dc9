//! Distribution functions, as formulas.

use super::{Datum, LogLikelihood, Theta};
use crate::scalar::Scalar;

/// The distribution function F(x; θ) = P(X ≤ x) of a number, and the survival function 1 − F, as logarithms.
///
/// They are generic over the number type like the density, so that a censored or a truncated observation has an exact score.
/// Below the support ln F is −∞ and the survival function 1; above it the other way round.
pub trait DistributionFunction: LogLikelihood {
    /// ln F(x; θ), accurate in the lower tail.
    fn ln_cdf<D: Scalar>(&self, theta: &Theta<Self, D>, x: &Datum<Self, D>) -> D;

    /// ln(1 − F(x; θ)), accurate in the upper tail.
    fn ln_survival<D: Scalar>(&self, theta: &Theta<Self, D>, x: &Datum<Self, D>) -> D;

    /// ln P(lower < X ≤ upper), from the tail in which the difference loses fewer digits.
    fn ln_probability<D: Scalar>(&self, theta: &Theta<Self, D>, lower: &Datum<Self, D>, upper: &Datum<Self, D>) -> D {
        let (below, above) = (self.ln_cdf(theta, upper), self.ln_survival(theta, lower));
        if below < above {
            return ln_difference(below, self.ln_cdf(theta, lower));
        }
        ln_difference(above, self.ln_survival(theta, upper))
    }
}

/// ln(eᵃ − eᵇ) for a ≥ b.
fn ln_difference<D: Scalar>(a: D, b: D) -> D {
    if b == D::from(f64::NEG_INFINITY) { a } else { a + (b - a).ln_1m_exp() }
}
