//! How far ln Γ and ln B lie above their tangents: the Kullback–Leibler divergences of gamma and Dirichlet shapes, without the
//! cancellation of the plain formulas.
//!
//! Most of the distance of ln Γ is that of x ln x − x; with S for the distance of the rest it is
//!
//! ```math
//! \ln\Gamma(b) - \ln\Gamma(a) - (b-a)\, \psi(a) = D(a, b) + S(a, b), \qquad D(a, b) = a - b - b \ln\frac{a}{b}
//! ```
//!
//! with the deviance D, both terms positive.

use super::deviance::deviance_at;
use super::excess::{excess, is_small, ratio_excess};
use super::polygamma_quotient::ASYMPTOTIC;
use crate::scalar::Scalar;
use crate::scalar::special::STIRLING;

/// ln Γ(b) − ln Γ(a) − (b − a) ψ(a) ≥ 0 for a, b > 0, to relative accuracy however near b is to a. The difference b − a is
/// asked for too, since it may be known better than from a and b.
pub(in crate::distributions) fn ln_gamma_above_tangent<D: Scalar>(a: D, b: D, step: D) -> D {
    deviance_at(a, b, -step) + stirling_above_tangent(a, b, step)
}

/// The same of ln Γ(x) − x ln x + x, which is convex as well.
///
/// Recurrence up to a, b ≥ 16, then Stirling's series (DLMF 5.11.1), whose powers x⁻ᵐ are Rₘ a⁻ᵐ above their tangents, where
/// Rₘ = (1 + u)⁻ᵐ − 1 + m u and u = (b − a)/a: R₀ = 0, Rₘ₊₁ = (Rₘ + (m + 1) u²)/(1 + u).
pub(in crate::distributions) fn stirling_above_tangent<D: Scalar>(mut a: D, mut b: D, step: D) -> D {
    if !(a > 0.0 && b > 0.0) {
        return D::from(f64::NAN);
    }
    let mut sum = D::from(0.0);
    while a < ASYMPTOTIC || b < ASYMPTOTIC {
        sum += recurrence(a, b, step);
        a += 1.0;
        b += 1.0;
    }
    sum += ratio_excess(b / a, step / a) * 0.5;

    let (inverse, ratio, square) = (a.recip(), a / b, step / a * (step / b));
    let (mut power, mut distance) = (inverse, square);
    let mut m = 1.0;
    // The eighth term is below 10⁻¹⁸.
    for &coefficient in &STIRLING[..7] {
        sum += power * distance * coefficient;
        for _ in 0..2 {
            m += 1.0;
            distance = ratio * distance + square * m;
        }
        power *= inverse * inverse;
    }
    sum
}

/// S(a, b) − S(a + 1, b + 1), how far (x + 1) ln(1 + 1/x) lies above its tangent: (b − a)/a + (b + 1) ln(1 + w) with
/// w = (a − b)/b(a + 1), where for small w the linear terms have been taken together.
fn recurrence<D: Scalar>(a: D, b: D, step: D) -> D {
    let w = -step / b / (a + 1.0);
    if is_small(w) {
        return step / a * (step / b) / (a + 1.0) - (b + 1.0) * excess(w);
    }
    step / a + (b + 1.0) * ((b + 1.0) / b * (a / (a + 1.0))).ln()
}

/// ln B(b₁, …) − ln B(a₁, …) less the terms linear in b − a, for ln B = Σₖ ln Γ(aₖ) − ln Γ(Σₖ aₖ).
///
/// The deviances are put together as those of two multinomial distributions, Σₖ D(cₖ, bₖ) with cₖ = aₖ Σ b/Σ a.
pub(in crate::distributions) fn ln_beta_above_tangent<D: Scalar>(a: &[D], b: &[D]) -> D {
    let steps: Vec<D> = a.iter().zip(b).map(|(&a, &b)| b - a).collect();
    let sum = |terms: &[D]| -> D { terms.iter().copied().sum() };
    let others = |terms: &[D], k: usize| sum(&terms[..k]) + sum(&terms[k + 1..]);
    let (from, to) = (sum(a), sum(b));
    let part = |k: usize| {
        let share = a[k] / from;
        let deviation = steps[k] * (others(a, k) / from) - share * others(&steps, k);
        deviance_at(share * to, b[k], -deviation) + stirling_above_tangent(a[k], b[k], steps[k])
    };
    (0..a.len()).map(part).sum::<D>() - stirling_above_tangent(from, to, sum(&steps))
}
