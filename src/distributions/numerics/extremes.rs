//! What the generalised extreme value and the generalised Pareto distribution share.

use super::quotients::{exp_m1_quotient, ln_1p_quotient};
use crate::scalar::Scalar;

/// y = ln(1 + ξz)/ξ, or z at ξ = 0, for z = r/σ: the observation on the scale of the Gumbel or the exponential
/// distribution; and ln(σ + ξr), which is −ln dy/dr. `None` outside the support, where 1 + ξz ≤ 0.
#[inline(always)]
pub(in crate::distributions) fn reduced<D: Scalar>(residual: D, scale: D, shape: D) -> Option<(D, D)> {
    let z = residual / scale;
    let w = shape * z;
    if w > 1.0 {
        // The derivatives of ln(σ + ξr) overflow long before those of ln ξr + ln(1 + σ/ξr).
        let ln_slope = residual.abs().ln() + shape.abs().ln() + (scale / residual / shape).ln_1p();
        Some(((ln_slope - scale.ln()) / shape, ln_slope))
    } else if w > -1.0 {
        Some((z * ln_1p_quotient(w), (shape * residual + scale).ln()))
    } else {
        None
    }
}

/// The residual r with the given y.
pub(in crate::distributions) fn residual(y: f64, scale: f64, shape: f64) -> f64 {
    scale * y * exp_m1_quotient(shape * y)
}
