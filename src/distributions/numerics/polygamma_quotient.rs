//! Differences of digamma and trigamma functions, divided by the difference of the arguments.
//!
//! Recurrence up to arguments of 16, then the asymptotic series of the functions (DLMF 5.5.2, 5.15.5 and 5.11.2, 5.15.8). In
//! both every difference of powers is divided by p − q = d p q, where p = 1/x and q = 1/(x + d):
//!
//! ```math
//! p^m - q^m = (p - q)\, S_m, \qquad S_m = \sum_{i=0}^{m-1} p^i q^{m-1-i}, \qquad S_{m+2} = q^2 S_m + p^m (p + q)
//! ```
//!
//! so that nothing cancels, however small d is.

use super::quotients::ln_1p_quotient;
use crate::scalar::Scalar;
use crate::scalar::special::BERNOULLI;

/// From here on the asymptotic series are exact to rounding.
pub(in crate::distributions) const ASYMPTOTIC: f64 = 16.0;

/// (ψ(x + d) − ψ(x))/d for x > 0 and x + d > 0, which is ψ₁(x) at d = 0.
pub(in crate::distributions) fn digamma_quotient<D: Scalar>(x: D, d: D) -> D {
    let (p, q, sum) = raise(x, d, |p, q| p * q);
    // B₂ₖ/2k with S₂ₖ
    let series = bernoulli_sum(p, q, [p + q, p * p], |k| 1.0 / (2.0 * k));
    sum + p * ln_1p_quotient(d * p) + p * q * (series + 0.5)
}

/// (ψ₁(x) − ψ₁(x + d))/d for x > 0 and x + d > 0, which is −ψ₂(x) at d = 0.
pub(in crate::distributions) fn trigamma_quotient<D: Scalar>(x: D, d: D) -> D {
    let (p, q, sum) = raise(x, d, |p, q| p * q * (p + q));
    sum + p * q * (trigamma_remainder(p, q) + (p + q) * 0.5 + 1.0)
}

/// Σ B₂ₖ S₂ₖ₊₁ for p, q ≤ 1/[`ASYMPTOTIC`]: what the asymptotic series of ψ₁ has beyond p + p²/2.
pub(in crate::distributions) fn trigamma_remainder<D: Scalar>(p: D, q: D) -> D {
    bernoulli_sum(p, q, [q * q + p * (p + q), p.powi(3)], |_| 1.0)
}

/// The recurrence: 1/x and 1/(x + d) for the raised x, and the sum of the terms on the way; NaN for x ≤ 0 or x + d ≤ 0.
fn raise<D: Scalar>(mut x: D, d: D, term: impl Fn(D, D) -> D) -> (D, D, D) {
    let mut sum = D::from(if x > 0.0 && x + d > 0.0 { 0.0 } else { f64::NAN });
    let (mut p, mut q) = (x.recip(), (x + d).recip());
    while sum >= 0.0 && (x < ASYMPTOTIC || x + d < ASYMPTOTIC) {
        sum += term(p, q);
        x += 1.0;
        (p, q) = (x.recip(), (x + d).recip());
    }
    (p, q, sum)
}

/// Σ B₂ₖ c(k) Sₘ, k = 1, 2, …, where m grows by 2; it starts with the given Sₘ and pᵐ.
fn bernoulli_sum<D: Scalar>(p: D, q: D, [mut quotient, mut power]: [D; 2], c: impl Fn(f64) -> f64) -> D {
    let (p_squared, q_squared, p_plus_q) = (p * p, q * q, p + q);
    let (mut sum, mut k) = (D::from(0.0), 1.0);
    for number in &BERNOULLI[..10] {
        sum += quotient * (number * c(k));
        quotient = q_squared * quotient + power * p_plus_q;
        power *= p_squared;
        k += 1.0;
    }
    sum
}
