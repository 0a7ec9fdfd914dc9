//! Quantiles of the gamma and beta distributions, by Newton's method on the logarithm of the nearer tail.
//!
//! The inverse distribution functions of statrs are not used for these: for shapes below 1 their lower tail is off by many
//! orders of magnitude (statrs 0.19: the gamma with shape 1/8 has the same quantile at 10⁻³ and 10⁻¹²).

use super::incomplete_beta::beta_tails;
use crate::distributions::Normal;
use crate::model::Quantile;
use crate::scalar::Scalar;

/// ln x at which the gamma distribution with this shape and rate 1 has lower tail `u`, also where x is below every positive
/// `f64`.
pub(in crate::distributions) fn ln_gamma_quantile(shape: f64, u: f64) -> f64 {
    ln_gamma_at_tails(shape, u, 1.0 - u)
}

/// ln x at which it has upper tail `u`.
pub(in crate::distributions) fn ln_gamma_upper_quantile(shape: f64, u: f64) -> f64 {
    ln_gamma_at_tails(shape, 1.0 - u, u)
}

/// ln x at which it has these tails.
fn ln_gamma_at_tails(shape: f64, lower: f64, upper: f64) -> f64 {
    let constant = Scalar::ln_gamma(shape);
    let z = normal_at_tails(lower, upper);
    // The cube root is nearly normal (Wilson and Hilferty 1931); and P(a, x) ≈ xᵃ/Γ(a + 1) for small x.
    let root = 1.0 - (9.0 * shape).recip() + z / (3.0 * shape.sqrt());
    let start = if shape >= 1.0 && root > 0.1 {
        shape.ln() + 3.0 * root.ln()
    } else {
        (lower.ln() + constant + shape.ln()) / shape
    };
    if start < -700.0 {
        return start; // the power alone is exact to rounding
    }
    solve(lower, upper, start, |t| {
        let x = t.exp();
        Tails {
            lower: shape.regularized_gamma_p(x),
            upper: shape.regularized_gamma_q(x),
            density: (shape * t - x - constant).exp(),
        }
    })
}

/// ln(x/(1 − x)) at which the beta distribution has these tails; ±∞ if x or 1 − x is below every positive `f64`.
pub(in crate::distributions) fn logit_beta_quantile(a: f64, b: f64, lower: f64, upper: f64) -> f64 {
    let constant = a.ln_beta(b);
    // The logit is nearly normal if both shapes are large; and I_x(a, b) ≈ xᵃ/(a B) for small x.
    let start = if a >= 1.0 && b >= 1.0 {
        let spread = (a.recip() + b.recip()).sqrt();
        (a / b).ln() + normal_at_tails(lower, upper) * spread
    } else if lower <= upper {
        (lower.ln() + a.ln() + constant) / a
    } else {
        -(upper.ln() + b.ln() + constant) / b
    };
    solve(lower, upper, start, |t| {
        let (x, rest) = (t.logistic(), (-t).logistic());
        let [lower, upper] = beta_tails(x, rest, a, b);
        Tails { lower, upper, density: (a * t.ln_logistic() + b * (-t).ln_logistic() - constant).exp() }
    })
}

/// The standard normal quantile with these tails, from the smaller one.
fn normal_at_tails(lower: f64, upper: f64) -> f64 {
    if lower <= upper { Normal.quantile(&[0.0, 1.0], &[lower]) } else { -Normal.quantile(&[0.0, 1.0], &[upper]) }
}

/// The distribution of a real number at one point.
pub(in crate::distributions) struct Tails {
    pub(in crate::distributions) lower: f64,
    pub(in crate::distributions) upper: f64,
    pub(in crate::distributions) density: f64,
}

/// The t at which a distribution has these tails, within ±745 (eᵗ is positive and finite), else ±∞.
///
/// The smaller tail is matched: its logarithm is nearly linear in t, so that Newton's method takes a few steps even from far
/// away. A step that leaves the bracket found so far is replaced by bisection.
pub(in crate::distributions) fn solve(lower: f64, upper: f64, start: f64, distribution: impl Fn(f64) -> Tails) -> f64 {
    const END: f64 = 745.0;
    /// The last step is squared by the one that is not taken.
    const LAST_STEP: f64 = 1e-10;

    let (mut left, mut right) = (-END, END);
    let mut t = start.clamp(-END, END);
    // Bisection alone needs about 60 steps; beyond that only NaN is left.
    for _ in 0..200 {
        let at = distribution(t);
        let (excess, slope) = if lower <= upper {
            ((at.lower / lower).ln(), at.density / at.lower)
        } else {
            (-(at.upper / upper).ln(), at.density / at.upper)
        };
        if excess > 0.0 {
            right = t;
        } else {
            left = t;
        }
        let newton = t - excess / slope;
        let next = if newton >= left && newton <= right { newton } else { 0.5 * (left + right) };
        let close = LAST_STEP * t.abs().max(1.0);
        if (next - t).abs() <= close || excess == 0.0 {
            return match next {
                _ if excess == 0.0 => t,
                next if next <= close - END => f64::NEG_INFINITY,
                next if next >= END - close => f64::INFINITY,
                next => next,
            };
        }
        t = next;
    }
    f64::NAN
}
