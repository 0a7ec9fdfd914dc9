//! The regularised incomplete beta function I_x(a, b).
//!
//! For x ≤ (a + 1)/(a + b + 2), the continued fraction of DiDonato and Morris, *Algorithm 708* (1992),
//! DOI 10.1145/131766.131776, equation 9 (`BFRAC`), the even part of NIST DLMF 8.17.22; for larger x the reflection
//! I_x(a, b) = 1 − I₁₋ₓ(b, a) (NIST DLMF 8.17.4). It is run in the dual numbers, from its last term, after the number of
//! terms was found in real numbers. The factor xᵃ(1 − x)ᵇ/B(a, b) is written with deviances when both shapes are large
//! (Algorithm 708, function `BRCOMP`).
//!
//! Where a small shape brings one of I and 1 − I close to 1, the other is computed by a series (NIST DLMF 8.17.7).

use super::super::{Compose, Scalar};
use super::deviance::deviance;
use super::gamma::ln_gamma_1p;
use super::incomplete_gamma::{away_from_zero, without_termination};
use super::ln_beta::{ln_beta, ln_gamma_drop};
use super::power::split_power;
use super::stirling::{HALF_LN_TAU, LARGE, correction, correction_difference};

/// I_x(a, b) for 0 ≤ x ≤ 1 and finite a, b > 0.
#[inline]
pub(super) fn beta<D: Compose + Scalar>(x: D, a: D, b: D) -> D {
    let (at, left, right) = (x.re(), a.re(), b.re());
    if !((0.0..=1.0).contains(&at) && left > 0.0 && right > 0.0 && left.is_finite() && right.is_finite()) {
        return D::from(f64::NAN);
    }
    let y = -x + 1.0;
    if at == 0.0 {
        at_zero(x, a, b)
    } else if at == 1.0 {
        -at_zero(y, b, a) + 1.0
    } else if small_complement_applies(at, left, right) && left <= right && left * at.ln() > -0.5 {
        // I is not small, and its derivative with respect to a is.
        -small_complement(x, a, b) + 1.0
    } else if at <= (left + 1.0) / (left + right + 2.0) {
        fraction(x, y, a, b)
    } else if small_complement_applies(y.re(), right, left) {
        small_complement(y, b, a)
    } else {
        -fraction(y, x, b, a) + 1.0
    }
}

/// I_x(a, b) where x is 0 but may carry derivatives: those with respect to x are the ones from the right (∞ where a < 1), those
/// with respect to a are 0.
///
/// For a whole number a, the coefficient of xᵏ, k ≥ a, is (−1)ᵏ⁻ᵃ C(b − 1, k − a)/(k B(a, b)); x⁰, …, xᵏ⁻¹ are missing.
fn at_zero<D: Compose + Scalar>(x: D, a: D, b: D) -> D {
    let shape = a.re();
    if shape > D::NDERIV as f64 {
        return D::zero();
    }
    if shape.fract() != 0.0 {
        let mut tower = [0.0; super::LONGEST];
        for (k, value) in tower.iter_mut().enumerate().filter(|(k, _)| *k as f64 > shape) {
            // the sign of (a − 1)(a − 2)…, times ∞
            let above = (k as f64 - shape).floor();
            *value = if above % 2.0 == 0.0 { f64::INFINITY } else { f64::NEG_INFINITY };
        }
        return x.compose(&tower);
    }
    let first = shape as usize;
    // 1/B(n, b) = b (b + 1)…(b + n − 1)/(n − 1)!
    let mut coefficient = (1..first).fold(b, |product, j| product * (b + j as f64) / j as f64);
    let mut power = D::one();
    let mut sum = D::zero();
    for k in 1..=D::NDERIV {
        power *= x;
        if k >= first {
            sum += power * coefficient / k as f64;
            let next = (k - first + 1) as f64;
            coefficient *= (-b + next) / next;
        }
    }
    sum
}

/// xᵃ yᵇ/B(a, b), where y = 1 − x.
#[inline]
fn density<D: Compose + Scalar>(x: D, y: D, a: D, b: D) -> D {
    if a.re().min(b.re()) < LARGE {
        // 1 − x is exact for x > ½, and ln(1 − x) is taken from x for x ≤ ½.
        let ln_y = if x.re() <= 0.5 { (-x).ln_1p() } else { y.ln() };
        let ln_x = if x.re() <= 0.5 { x.ln() } else { (-y).ln_1p() };
        let ((whole_x, rest_x), (whole_y, rest_y)) = (split_power(x, ln_x, a), split_power(y, ln_y, b));
        let (factor, ln_rest) = beta_reciprocal(a, b);
        return factor * whole_x * whole_y * (rest_x + rest_y + ln_rest).exp();
    }
    // B(a, b) = √(2π(a + b)/(ab)) aᵃ bᵇ (a + b)⁻ᵃ⁻ᵇ e^(Δ(a) + Δ(b) − Δ(a + b))
    let sum = a + b;
    let (large, small) = if a.re() < b.re() { (b, a) } else { (a, b) };
    let correction = correction(small) + correction_difference(large.recip(), sum.recip(), small);
    let above = b * x - a * y; // (a + b) x − a
    let exponent = a * deviance(sum * x, a, above) + b * deviance(sum * y, b, -above);
    (-exponent - correction - HALF_LN_TAU).exp() * (a * b / sum).sqrt()
}

/// 1/B(a, b) as (factor, logarithm of the rest): a small shape is a factor, since the derivatives of its logarithm are large and
/// cancel in those of its exponential. 1/B(a, b) = b/(Γ(1 + b) Γ(a)/Γ(a + b)).
#[inline]
fn beta_reciprocal<D: Compose + Scalar>(a: D, b: D) -> (D, D) {
    let (large, small) = if a.re() < b.re() { (b, a) } else { (a, b) };
    if small.re() < 0.5 {
        (small, -ln_gamma_1p(small) - ln_gamma_drop(large, small))
    } else {
        (D::one(), -ln_beta(a, b))
    }
}

/// The bound on the number of terms. Some √max(a, b) are needed, so that it is reached beyond 10⁸; the result is NaN then.
const MOST_TERMS: u32 = 50_000;

/// I_x(a, b) for x below the mean.
fn fraction<D: Compose + Scalar>(x: D, y: D, a: D, b: D) -> D {
    let Some(terms) = fraction_terms(x.re(), y.re(), a.re(), b.re(), D::NDERIV) else {
        return D::from(f64::NAN);
    };
    // Going down in m, the reciprocal of a + 2m + 1 is that of a + 2m − 1 one step earlier.
    let drift = a * y - b * x;
    let mut next_reciprocal = (a + f64::from(2 * terms + 1)).recip();
    let mut tail = D::zero();
    let mut m = f64::from(terms);
    while m > 0.0 {
        let reciprocal = (a + (2.0 * m - 1.0)).recip();
        let step = (b - m) * x * m * reciprocal;
        let denominator = step + (a + m) * (drift - x * m + (1.0 + 2.0 * m)) * next_reciprocal + m;
        tail = (a + (m - 1.0)) * (a + b + (m - 1.0)) * step * x * reciprocal / (denominator + tail);
        next_reciprocal = reciprocal;
        m -= 1.0;
    }
    density(x, y, a, b) / (a * (drift + 1.0) * next_reciprocal + tail)
}

/// How many terms the continued fraction needs, by the modified method of Lentz in real numbers; three tenths more per order
/// of derivative, which converge later. `None` if [`MOST_TERMS`] do not suffice.
fn fraction_terms(x: f64, y: f64, a: f64, b: f64, derivatives: usize) -> Option<u32> {
    let b = without_termination(b, derivatives);
    let drift = a * y - b * x;
    let (mut c, mut d) = (away_from_zero(a * (drift + 1.0) / (a + 1.0)), 0.0);
    for k in 1..MOST_TERMS {
        let m = f64::from(k);
        let below = a + 2.0 * m - 1.0;
        let step = m * (b - m) * x / below;
        let numerator = (a + m - 1.0) * (a + b + m - 1.0) * step * x / below;
        let denominator = m + step + (a + m) * (drift + 1.0 + m * (2.0 - x)) / (below + 2.0);
        d = away_from_zero(denominator + numerator * d).recip();
        c = away_from_zero(denominator + numerator / c);
        if (c * d - 1.0).abs() <= f64::EPSILON {
            return Some(k + 2 + 2 * derivatives as u32 + (0.3 * m * derivatives as f64) as u32);
        }
    }
    None
}

/// Whether [`small_complement`] serves: the complement of I_x(a, b) for small a is small where I_x(a, b) is close to 1, and
/// the series converges fast and without cancellation.
fn small_complement_applies(x: f64, a: f64, b: f64) -> bool {
    a < 0.5 && x < 0.7 && b * x <= 1.0
}

/// 1 − I_x(a, b) for small a.
///
/// I_x(a, b) = xᵃ/(a B(a, b)) (1 + a Σ (1 − b)ₙ/(n! (a + n)) xⁿ) (NIST DLMF 8.17.7), with 1 taken off the leading term:
/// xᵃ/(a B(a, b)) = exp(a ln x − ln Γ(1 + a) − (ln Γ(b) − ln Γ(a + b))).
fn small_complement<D: Compose + Scalar>(x: D, a: D, b: D) -> D {
    let drop = if a.re() <= b.re() { ln_gamma_drop(b, a) } else { ln_beta(a, b) - ln_gamma_1p(a) + a.ln() };
    let exponent = a * x.ln() - ln_gamma_1p(a) - drop;
    let mut term = D::one();
    let mut sum = D::zero();
    // The size of a term if b were not a whole number, where the series ends but its derivatives do not.
    let mut size = 1.0;
    let mut first_size = 0.0;
    for n in 1..400 {
        let count = f64::from(n);
        term *= (-b + count) * x / count;
        sum += term / (a + count);
        size *= (b.re() - count).abs().max(0.5) * x.re() / count;
        if n == 1 {
            first_size = size;
        }
        let negligible = size * count.powi(D::NDERIV as i32) <= 1e-18 * first_size;
        if negligible && n as usize > D::NDERIV {
            break;
        }
    }
    -exponent.exp_m1() - a * exponent.exp() * sum
}
