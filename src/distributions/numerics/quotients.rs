//! ln(1 + w)/w and (eᵘ − 1)/u, smooth at 0.
//!
//! A family that turns into another where a parameter passes through zero is written with them. The quotients themselves are
//! exact to rounding for any argument but 0; their derivatives are not, since those of the numerator and of the denominator
//! cancel. So small arguments take a series, in the dual numbers.

use crate::scalar::Scalar;

/// ln(1 + w)/w for w > −1, which is 1 at w = 0.
///
/// With s = w/(2 + w), ln(1 + w) = 2 artanh s (DLMF 4.6.4). For |w| ≤ ¼, s² ≤ 1/49: twelve terms leave 10⁻²⁰.
#[inline]
pub(in crate::distributions) fn ln_1p_quotient<D: Scalar>(w: D) -> D {
    if w.abs() > 0.25 {
        return w.ln_1p() / w;
    }
    let inverse = (w + 2.0).recip();
    let square = (w * inverse).powi(2);
    (0..12).rev().fold(D::from(0.0), |sum, k| sum * square + 1.0 / f64::from(2 * k + 1)) * inverse * 2.0
}

/// (eᵘ − 1)/u, which is 1 at u = 0. For |u| ≤ ½ the sum of uᵏ/(k + 1)! is cut after k = 15, which leaves 10⁻²⁰.
#[inline]
pub(in crate::distributions) fn exp_m1_quotient<D: Scalar>(u: D) -> D {
    if u.abs() > 0.5 {
        return u.exp_m1() / u;
    }
    (2..=16).rev().fold(D::from(1.0), |sum, k| sum * u / f64::from(k) + 1.0)
}
