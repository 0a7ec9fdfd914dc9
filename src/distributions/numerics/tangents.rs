//! How far convex functions lie above a tangent: log-densities near their mode and divergences of close parameters, positive
//! and small.

use crate::scalar::Scalar;

/// eᵘ − 1 − u ≥ 0.
#[inline]
pub(in crate::distributions) fn exp_above_tangent<D: Scalar>(u: D) -> D {
    if u.abs() > 0.5 {
        return u.exp_m1() - u;
    }
    // u²/2 (1 + u/3 (1 + u/4 (…)))
    (3..=18).rev().fold(D::from(1.0), |sum, k| sum * u / f64::from(k) + 1.0) * u * u * 0.5
}

/// u − ln(1 + u) ≥ 0 for −½ ≤ u ≤ 1.
///
/// With s = u/(2 + u), ln(1 + u) = 2 artanh s (DLMF 4.6.4), so it is u s − 2(s³/3 + s⁵/5 + …), s² ≤ 1/9.
#[inline]
pub(in crate::distributions) fn ln_1p_below_tangent<D: Scalar>(u: D) -> D {
    let s = u / (u + 2.0);
    let square = s * s;
    let series = (1..=18).rev().fold(D::from(0.0), |sum, k| (sum + 1.0 / f64::from(2 * k + 1)) * square);
    s * (u - series * 2.0)
}
