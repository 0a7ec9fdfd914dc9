//! ln(1 − e^(−h)) for the cumulated hazard h = eᵛ, the inverse of the complementary log-log link.

use crate::scalar::Scalar;

/// ln(1 − exp(−eᵛ)), where eᵛ may underflow.
#[inline]
pub(crate) fn ln_1m_exp_exp<D: Scalar>(v: D) -> D {
    // The next term, −eᵛ/2, is below 10⁻¹⁷.
    if v < -40.0 { v } else { (-v.exp()).ln_1m_exp() }
}
