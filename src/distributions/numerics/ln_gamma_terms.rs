//! What ln Γ contributes to entropies and divergences of gamma and beta families, without the cancellation of large shapes.

use super::constants::LN_SQRT_TAU;
use super::polygamma_quotient::ASYMPTOTIC;
use super::tangents::ln_1p_below_tangent;
use crate::scalar::Scalar;
use crate::scalar::special::BERNOULLI;

/// ln Γ(a) − a ψ(a) + a.
///
/// For large a, where the terms are of size a ln a, it is ½ ln(2π/a) + ½ + Σ B₂ₖ/((2k − 1) a²ᵏ⁻¹) (DLMF 5.11.1 and 5.11.2).
pub(in crate::distributions) fn entropy_term<D: Scalar>(a: D) -> D {
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

/// ln Γ(c) − ln Γ(a) − (c − a) ψ(a) ≥ 0, the height of ln Γ at c above its tangent at a, to relative accuracy.
///
/// With D(u) = u − ln(1 + u) and δ = c − a it is D(δ/a) more than at a + 1 and c + 1; and for large arguments by
/// Stirling's formula c D(−δ/c) + ½ D(δ/a) + δ² p² q Σ B₂ₖ T₂ₖ₋₁/(2k(2k − 1)), where p = 1/a, q = 1/c and T is what is
/// left of the powers in qᵐ − pᵐ + δ m pᵐ⁺¹ = δ² p² q Tₘ: with Sₘ = Σ pⁱ qᵐ⁻¹⁻ⁱ, T₁ = S₁ = 1 and Tₘ₊₁ = Sₘ₊₁ + p Tₘ.
pub(in crate::distributions) fn ln_gamma_above_tangent<D: Scalar>(mut a: D, mut c: D) -> D {
    let step = c - a;
    if step.abs() > a * 0.5 {
        return c.ln_gamma() - a.ln_gamma() - step * a.digamma();
    }
    let mut sum = D::from(0.0);
    while a < ASYMPTOTIC || c < ASYMPTOTIC {
        sum += ln_1p_below_tangent(step / a);
        a += 1.0;
        c += 1.0;
    }
    let (p, q) = (a.recip(), c.recip());
    let (mut power, mut s, mut t) = (p, D::from(1.0), D::from(1.0));
    let (mut series, mut odd) = (D::from(0.0), 1.0);
    for number in &BERNOULLI[..10] {
        series += t * (number / (odd * (odd + 1.0)));
        odd += 2.0;
        for _ in 0..2 {
            s = s * q + power;
            t = t * p + s;
            power *= p;
        }
    }
    let u = step * p;
    sum + c * ln_1p_below_tangent(-step * q) + ln_1p_below_tangent(u) * 0.5 + u * u * q * series
}
