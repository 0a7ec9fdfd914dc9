//! Log-densities of large shapes and counts, without the cancellation of their plain formulas.
//!
//! The plain formula of a gamma density with shape 10⁹ is a difference of terms of size 10¹⁰, so that its value near the mode is
//! good to six decimals only. Stirling's formula lets the large terms be taken together:
//!
//! ```math
//! \ln\Gamma(a) = a \ln a - a - \tfrac12 \ln\frac{a}{2\pi} + \mu(a)
//! \quad\Rightarrow\quad
//! a \ln y - y - \ln\Gamma(a) = -D(y, a) + \tfrac12 \ln\frac{a}{2\pi} - \mu(a),
//! \qquad D(y, a) = y - a - a \ln\frac{y}{a}
//! ```
//!
//! What is left is the rounding of y/a, which moves the value by √a times 10⁻¹⁶.
//!
//! After Loader, *Fast and Accurate Computation of Binomial Probabilities* (2000).

use super::constants::LN_SQRT_TAU;
use super::excess::{excess, is_small};
use super::ln_ratio::ln_ratio;
use crate::scalar::Scalar;
use crate::scalar::special::STIRLING;

/// From here on a shape or count is large. The plain formulas lose at most two digits below.
pub(crate) const LARGE: f64 = 64.0;

/// D(y, a) = y − a − a ln(y/a) ≥ 0 for y, a > 0, zero at y = a.
#[inline]
pub(crate) fn deviance<D: Scalar>(y: D, a: D) -> D {
    deviance_at(y, a, y - a)
}

/// D(y, a) where y − a is known to more digits than the rounded y and a have.
#[inline]
pub(crate) fn deviance_at<D: Scalar>(y: D, a: D, difference: D) -> D {
    let u = difference / a;
    if is_small(u) { excess(u) * a } else { difference - a * ln_ratio(y, a) }
}

/// μ(a) = 1/12a − 1/360a³ + …, what Stirling's formula leaves of ln Γ(a), for a ≥ [`LARGE`], where the next term is below 10⁻¹⁹
/// (DLMF 5.11.1).
#[inline]
pub(crate) fn stirling_remainder<D: Scalar>(a: D) -> D {
    let inverse = a.recip();
    let square = inverse * inverse;
    STIRLING[..4].iter().rev().fold(D::from(0.0), |sum, &coefficient| sum * square + coefficient) * inverse
}

/// a ln y − y − ln Γ(a) for y > 0: the log-density of ln y for a gamma variable y.
pub(crate) fn ln_gamma_kernel<D: Scalar>(y: D, a: D) -> D {
    if a >= LARGE {
        return a.ln() * 0.5 - LN_SQRT_TAU - stirling_remainder(a) - deviance(y, a);
    }
    a * y.ln() - y - a.ln_gamma()
}
