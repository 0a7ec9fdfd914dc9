//! Differences of the trigamma function.

use crate::scalar::Scalar;

/// ψ₁(x) − ψ₁(x + d) for x, d > 0, without the cancellation of that formula when d is much less than x.
///
/// Recurrence up to x ≥ 16, ψ₁(x) = ψ₁(x + 1) + 1/x², then the asymptotic series ψ₁(x) = 1/x + 1/2x² + Σ B₂ₖ/x²ᵏ⁺¹
/// (DLMF 5.15.8), in both of which every difference of powers is divided by p − q, where p = 1/x and q = 1/(x + d):
/// pᵐ − qᵐ = (p − q) Sₘ with Sₘ = Σ pⁱ qᵐ⁻¹⁻ⁱ, and p − q = d p q.
pub(in crate::distributions) fn trigamma_difference<D: Scalar>(mut x: D, d: D) -> D {
    /// B₂, B₄, …
    const BERNOULLI: [f64; 10] = [
        1.0 / 6.0,
        -1.0 / 30.0,
        1.0 / 42.0,
        -1.0 / 30.0,
        5.0 / 66.0,
        -691.0 / 2730.0,
        7.0 / 6.0,
        -3617.0 / 510.0,
        43867.0 / 798.0,
        -174_611.0 / 330.0,
    ];
    let mut sum = D::from(0.0);
    while x < 16.0 {
        let (p, q) = (x.recip(), (x + d).recip());
        sum += p * q * (p + q);
        x += 1.0;
    }
    let (p, q) = (x.recip(), (x + d).recip());
    let mut quotient = p + q; // S₂
    let mut power = p;
    let mut series = quotient * 0.5 + 1.0;
    for number in BERNOULLI {
        power *= p;
        quotient = quotient * q + power;
        series += quotient * number;
        power *= p;
        quotient = quotient * q + power;
    }
    d * (sum + p * q * series)
}
