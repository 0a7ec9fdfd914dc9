//! Divergences and entropies of gamma and Dirichlet shapes, without the cancellation of their plain formulas.
//!
//! As a function of its natural parameters a family with ln Γ in its normaliser has the divergence
//!
//! ```math
//! G(a, b) = \ln\Gamma(b) - \ln\Gamma(a) - (b-a)\, \psi(a) \ge 0,
//! ```
//!
//! of which for b near a nothing would be left. By Γ(x) = Γ(x + 1)/x and Stirling's formula it is a sum of positive terms:
//!
//! ```math
//! G(a, b) = G(a+1, b+1) + E\Bigl(\frac{b-a}{a}\Bigr), \qquad E(u) = u - \ln(1+u), \qquad
//! G(a, b) = a F\Bigl(\frac{b-a}{a}\Bigr) + \tfrac12 E\Bigl(\frac{b-a}{a}\Bigr) + R(a, b),
//! \qquad F(u) = (1+u) \ln(1+u) - u
//! ```

use super::constants::LN_SQRT_TAU;
use super::excess::{entropic_excess, excess};
use crate::scalar::Scalar;

/// From here on Stirling's formula is used.
const MANY: f64 = 16.0;

/// The coefficients of 1/x, 1/x³, … in Stirling's formula (DLMF 5.11.1).
const STIRLING: [f64; 7] =
    [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0, 1.0 / 156.0];

/// G(a, b) ≥ 0 for a, b > 0: the Kullback–Leibler divergence between gamma distributions with shapes a and b and the same rate.
pub(in crate::distributions) fn ln_gamma_divergence<D: Scalar>(a: D, b: D) -> D {
    let (h, steps) = (b - a, steps(a, b));
    let by = f64::from(steps);
    raising([a, b], h, steps) + (a + by) * entropic_excess(b + by, a + by, h) + correction([a + by, b + by], h)
}

/// Σₖ G(aₖ, bₖ) − G(Σ aₖ, Σ bₖ) ≥ 0: the Kullback–Leibler divergence between Dirichlet distributions.
///
/// The leading terms are put together as those of two multinomial distributions, Σ cₖ F((bₖ − cₖ)/cₖ) with cₖ = aₖ Σ b/Σ a.
pub(in crate::distributions) fn ln_multivariate_beta_divergence<D: Scalar>(a: &[D], b: &[D]) -> D {
    let difference = |k: usize| b[k] - a[k];
    let raised = |k: usize| a[k] + f64::from(steps(a[k], b[k]));
    let raised_too = |k: usize| b[k] + f64::from(steps(a[k], b[k]));
    let others = |k: usize, of: &dyn Fn(usize) -> D| (0..a.len()).filter(|&j| j != k).map(of).sum::<D>();
    let mut divergence = D::from(0.0);
    for k in 0..a.len() {
        let (from, to, h) = (raised(k), raised_too(k), difference(k));
        let (rest, rest_too) = (others(k, &raised), others(k, &raised_too));
        let scaled = from * (to + rest_too) / (from + rest);
        let from_scaled = (h * rest - from * others(k, &difference)) / (from + rest);
        divergence += raising([a[k], b[k]], h, steps(a[k], b[k]))
            + correction([from, to], h)
            + scaled * entropic_excess(to, scaled, from_scaled);
    }
    let all = |of: &dyn Fn(usize) -> D| (0..a.len()).map(of).sum::<D>();
    let (totals, h) = ([all(&|k| a[k]), all(&|k| b[k])], all(&difference));
    let steps = (0..a.len()).map(|k| steps(a[k], b[k])).sum();
    divergence - raising(totals, h, steps) - correction(totals.map(|total| total + f64::from(steps)), h)
}

/// How often a and b are raised by 1.
fn steps<D: Scalar>(a: D, b: D) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to 16, and 0 for NaN
    let steps = (MANY - a.re().min(b.re())).ceil() as u32;
    steps
}

/// Σ E((b − a)/(a + k)) over the steps k = 0, 1, …
fn raising<D: Scalar>([a, b]: [D; 2], h: D, steps: u32) -> D {
    (0..steps).map(|k| excess(b + f64::from(k), a + f64::from(k), h)).sum()
}

/// ½ E((b − a)/a) + R(a, b) for a, b ≥ 16.
///
/// With p = 1/a, q = 1/b, Sₙ = Σ pⁱ qⁿ⁻¹⁻ⁱ and Tₙ = Σ pⁱ Sₙ₋ᵢ, a power x⁻ⁿ contributes qⁿ − pⁿ + n h pⁿ⁺¹ = h² p² q Tₙ.
fn correction<D: Scalar>([a, b]: [D; 2], h: D) -> D {
    let (p, q) = (a.recip(), b.recip());
    let (mut s, mut t, mut power) = (D::from(1.0), D::from(1.0), p);
    let mut series = D::from(0.0);
    for coefficient in STIRLING {
        series += t * coefficient;
        for _ in 0..2 {
            s = s * q + power;
            t = t * p + s;
            power *= p;
        }
    }
    excess(b, a, h) * 0.5 + h * h * p * p * q * series
}

/// ln Γ(a) − a ψ(a) + a, the entropy of the logarithm of a gamma variable with shape a.
pub(in crate::distributions) fn log_gamma_entropy<D: Scalar>(a: D) -> D {
    if a < MANY {
        return a.ln_gamma() - a * a.digamma() + a;
    }
    let (inverse, mut n) = (a.recip(), 2.0 * STIRLING.len() as f64);
    let series = STIRLING.iter().rev().fold(D::from(0.0), |sum, coefficient| {
        let sum = sum * inverse * inverse + n * coefficient;
        n -= 2.0;
        sum
    });
    series * inverse - a.ln() * 0.5 + (LN_SQRT_TAU + 0.5)
}
