//! The modified Bessel function I₀ without its exponential growth.

use super::constants::LN_SQRT_TAU;
use crate::scalar::Scalar;
use crate::scalar::special::BESSEL_I0_ASYMPTOTIC;

/// From here on ln I₀(z) is nearly z, and the asymptotic series is exact to rounding.
pub(in crate::distributions) const LARGE_BESSEL: f64 = 24.0;

/// ln(e⁻ᶻ I₀(z)) for z > 0, for large z by the asymptotic series (DLMF 10.40.1), which does not cancel.
#[inline]
pub(in crate::distributions) fn ln_scaled_bessel_i0<D: Scalar>(z: D) -> D {
    if z < LARGE_BESSEL {
        return z.ln_bessel_i0() - z;
    }
    let inverse = z.recip();
    // The first term left out is below 10⁻¹⁷, in the first three derivatives below 10⁻¹⁴.
    let terms = if z < 64.0 { 26 } else { 12 };
    let series = BESSEL_I0_ASYMPTOTIC[..terms].iter().rev().fold(D::from(0.0), |sum, &c| (sum + c) * inverse);
    series.ln_1p() - z.ln() * 0.5 - LN_SQRT_TAU
}
