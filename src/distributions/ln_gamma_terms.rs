//! What ln Γ contributes to entropies and divergences of gamma and beta families, without the cancellation of large shapes.

use super::constants::LN_SQRT_TAU;
use super::deviance::{LARGE, deviance, stirling_remainder};
use super::polygamma_quotient::ASYMPTOTIC;
use crate::scalar::Scalar;
use crate::scalar::special::BERNOULLI;

/// ln Γ(a) − a ψ(a) + a.
///
/// For large a, where the terms are of size a ln a, it is ½ ln(2π/a) + ½ + Σ B₂ₖ/((2k − 1) a²ᵏ⁻¹) (DLMF 5.11.1 and 5.11.2).
pub(super) fn entropy_term<D: Scalar>(a: D) -> D {
    if a < ASYMPTOTIC {
        return a.ln_gamma() - a * a.digamma() + a;
    }
    let inverse = a.recip();
    let square = inverse * inverse;
    let (mut series, mut odd) = (D::from(0.0), 19.0);
    for number in BERNOULLI[..10].iter().rev() {
        series = series * square + number / odd;
        odd -= 2.0;
    }
    series * inverse - a.ln() * 0.5 + (LN_SQRT_TAU + 0.5)
}

/// ln Γ(c) − ln Γ(a) − (c − a) ψ(a) ≥ 0, the distance of ln Γ at c from its tangent at a.
///
/// For large a and c, with the deviance D and μ of Stirling's formula, D(a, c) + D(c, a)/2a + μ(c) − μ(a) − (c − a) μ′(a).
pub(super) fn above_tangent<D: Scalar>(a: D, c: D) -> D {
    if a < LARGE || c < LARGE {
        return c.ln_gamma() - a.ln_gamma() - (c - a) * a.digamma();
    }
    let inverse = a.recip();
    let slope = a.digamma() - a.ln() + inverse * 0.5;
    let remainder = stirling_remainder(c) - stirling_remainder(a) - (c - a) * slope;
    deviance(a, c) + deviance(c, a) * inverse * 0.5 + remainder
}
