//! How far convex functions lie above a tangent: Kullback–Leibler divergences of extremes, positive and small for close parameters.

use super::constants::EULER_GAMMA;
use crate::scalar::Scalar;

/// eᵘ − 1 − u ≥ 0.
#[inline]
pub(super) fn exp_above_tangent<D: Scalar>(u: D) -> D {
    if u.abs() > 0.5 {
        return u.exp_m1() - u;
    }
    // u²/2 (1 + u/3 (1 + u/4 (…)))
    (3..=18).rev().fold(D::from(1.0), |sum, k| sum * u / f64::from(k) + 1.0) * u * u * 0.5
}

/// ln Γ(r) + γ (r − 1) ≥ 0, the height of ln Γ above its tangent at r = 1.
pub(super) fn ln_gamma_above_tangent<D: Scalar>(r: D) -> D {
    /// ζ(k)/k for k = 2, 3, …, 10
    const ZETA_OVER_K: [f64; 9] = [
        0.822_467_033_424_113_2,
        0.400_685_634_386_531_43,
        0.270_580_808_427_784_55,
        0.207_385_551_028_673_98,
        0.169_557_176_997_408_2,
        0.144_049_896_768_846_13,
        0.125_509_669_524_743_04,
        0.111_334_265_869_564_69,
        0.100_099_457_512_781_81,
    ];
    let d = r - 1.0;
    if d.abs() > 0.015_625 {
        return r.ln_gamma() + d * EULER_GAMMA;
    }
    // Σ ζ(k)(−d)ᵏ/k (DLMF 5.7.3); the next term is below 10⁻¹⁷ of the first.
    ZETA_OVER_K.iter().rev().fold(D::from(0.0), |sum, &c| -sum * d + c) * d * d
}
