//! The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x).
//!
//! All formulas are run in the dual numbers, so that derivatives in the shape come out like those in x. Branches by real part:
//!
//! - a > 10⁴ and x ≈ a: Temme's uniform expansion ([`uniform_gamma`](super::uniform_gamma));
//! - x < a + 1: P by the positive series P = D Σ xᵏ/((a + 1)…(a + k)), where D = xᵃ e⁻ˣ/Γ(a + 1) (NIST DLMF 8.7.1);
//! - otherwise: Q by Legendre's continued fraction (NIST DLMF 8.9.2), contracted as in Press et al., *Numerical Recipes*
//!   (2007), equation 6.2.7;
//! - small a and x, where P is close to 1: Q = −(xᵃ/Γ(1 + a) − 1) − a xᵃ/Γ(1 + a) Σ (−x)ᵏ/((a + k) k!), k ≥ 1
//!   (NIST DLMF 8.7.1; Gautschi 1979, DOI 10.1145/355853.355863).
//!
//! How many terms are needed is found out in real numbers first; then the sum is formed from its last term, as Horner's rule.

use super::super::{Compose, Scalar};
use super::deviance::deviance;
use super::gamma::{ln_gamma_1p, ln_gamma_tower};
use super::power::split_power;
use super::stirling::{HALF_LN_TAU, LARGE, correction};
use super::{LONGEST, uniform_gamma, univariate};

/// P(a, x) for a > 0 and x ≥ 0.
#[inline]
pub(super) fn gamma_p<D: Compose + Scalar>(a: D, x: D) -> D {
    let (shape, at) = (a.re(), x.re());
    if let Some(limit) = at_edge(shape, x) {
        limit
    } else if uniform_gamma::applies(shape, at) {
        uniform_gamma::uniform(a, x, -1.0)
    } else if small_shape_applies(shape, at) && shape * at.ln() > -0.5 {
        // P is above ½, and its derivative with respect to a small.
        -upper_small_shape(a, x) + 1.0
    } else if at < shape + 1.0 {
        lower_series(a, x)
    } else {
        -upper_fraction(a, x) + 1.0
    }
}

/// Q(a, x) for a > 0 and x ≥ 0.
#[inline]
pub(super) fn gamma_q<D: Compose + Scalar>(a: D, x: D) -> D {
    let (shape, at) = (a.re(), x.re());
    if let Some(limit) = at_edge(shape, x) {
        -limit + 1.0
    } else if uniform_gamma::applies(shape, at) {
        uniform_gamma::uniform(a, x, 1.0)
    } else if small_shape_applies(shape, at) {
        upper_small_shape(a, x)
    } else if at < shape + 1.0 {
        -lower_series(a, x) + 1.0
    } else {
        upper_fraction(a, x)
    }
}

/// P at the edges of its domain, and NaN outside. At x = 0 the derivatives with respect to x are those from the right
/// (∞ where a < 1), and the derivatives with respect to a are 0.
#[inline]
fn at_edge<D: Compose + Scalar>(a: f64, x: D) -> Option<D> {
    let at = x.re();
    if !(a > 0.0 && at >= 0.0) || (a.is_infinite() && at.is_infinite()) {
        Some(D::from(f64::NAN))
    } else if at == 0.0 {
        Some(univariate(x, |_, tower| derivatives_at_zero(a, tower)))
    } else if a.is_infinite() {
        Some(D::zero())
    } else if at.is_infinite() {
        Some(D::one())
    } else {
        None
    }
}

/// The derivatives of P(a, x) = ∫ xᵃ⁻¹ e⁻ˣ/Γ(a) at x = 0: for a whole number a, that of order k is (−1)ᵏ⁻ᵃ C(k − 1, a − 1).
fn derivatives_at_zero(a: f64, tower: &mut [f64]) {
    let mut coefficient = 1.0;
    for (k, value) in tower.iter_mut().enumerate() {
        let k = k as f64;
        if k < a {
            *value = 0.0;
        } else if a.fract() != 0.0 {
            // the sign of (a − 1)(a − 2)…, times ∞
            let above = (k - a).floor();
            *value = if above % 2.0 == 0.0 { f64::INFINITY } else { f64::NEG_INFINITY };
        } else {
            *value = coefficient;
            coefficient *= -k / (k - a + 1.0);
        }
    }
}

/// xᵃ e⁻ˣ/Γ(a + 1).
#[inline]
fn density<D: Compose + Scalar>(a: D, x: D) -> D {
    if a.re() < LARGE {
        let (whole, rest) = split_power(x, x.ln(), a);
        let rest = rest - univariate(a + 1.0, ln_gamma_tower);
        // The exponential of a rounded sum would lose digits in proportion to x.
        let decay = if x.re() < 700.0 { rest.exp() * (-x).exp() } else { (rest - x).exp() };
        return whole * decay;
    }
    // Γ(a + 1) = √(2πa) aᵃ e⁻ᵃ e^Δ(a)
    (-a * deviance(x, a, x - a) - correction(a) - HALF_LN_TAU).exp() / a.sqrt()
}

/// The bound on the number of terms, of which fewer than 2000 are ever needed in the ranges above.
const MOST_TERMS: u32 = 20_000;

/// P(a, x) for 0 < x < a + 1.
fn lower_series<D: Compose + Scalar>(a: D, x: D) -> D {
    let (terms, real_sum) = lower_terms(a.re(), x.re(), D::NDERIV);
    if D::NDERIV == 0 {
        return density(a, x) * real_sum;
    }
    let sum = (1..=terms).rev().fold(D::one(), |sum, k| sum * x / (a + f64::from(k)) + 1.0);
    density(a, x) * sum
}

/// How many terms the series needs: the derivatives of order j with respect to ln x and a multiply the kth term by at most
/// kʲ, and must become negligible beside their own leading terms. Returned with the sum itself.
#[inline]
fn lower_terms(a: f64, x: f64, derivatives: usize) -> (u32, f64) {
    let (mut term, mut sum, mut smallest) = (1.0, 1.0, 1.0);
    for k in 1..MOST_TERMS {
        let count = f64::from(k);
        term *= x / (a + count);
        sum += term;
        if k as usize <= derivatives {
            smallest = term;
        } else if term * count.powi(derivatives as i32) <= 0.1 * f64::EPSILON * smallest.min(1.0) * sum {
            return (k, sum);
        }
    }
    (MOST_TERMS, sum)
}

/// Q(a, x) for x ≥ a + 1, or x ≥ 1.
fn upper_fraction<D: Compose + Scalar>(a: D, x: D) -> D {
    let terms = upper_terms(a.re(), x.re(), D::NDERIV);
    let base = x - a + 1.0;
    let mut fraction = base + f64::from(2 * terms);
    for k in (1..=terms).rev() {
        let k = f64::from(k);
        fraction = base + 2.0 * (k - 1.0) + (a - k) * k / fraction;
    }
    density(a, x) * a / fraction
}

/// How many terms the continued fraction needs, by the modified method of Lentz (Thompson and Barnett 1986,
/// DOI 10.1016/0021-9991(86)90046-X) in real numbers. The error of n terms falls like e^(−4√(nx)), its derivatives later;
/// three tenths more terms per order make up for the factor √(nx) that each derivative brings.
fn upper_terms(a: f64, x: f64, derivatives: usize) -> u32 {
    let a = without_termination(a, derivatives);
    let base = x + 1.0 - a;
    let (mut c, mut d) = (1e300, base.recip());
    for k in 1..MOST_TERMS {
        let count = f64::from(k);
        let numerator = count * (a - count);
        let denominator = base + 2.0 * count;
        d = away_from_zero(denominator + numerator * d).recip();
        c = away_from_zero(denominator + numerator / c);
        if (c * d - 1.0).abs() <= f64::EPSILON {
            return k + 3 + 2 * derivatives as u32 + (0.3 * count * derivatives as f64) as u32;
        }
    }
    MOST_TERMS
}

/// The shape with which terms are counted. A continued fraction whose coefficients contain a − k ends where a is a whole
/// number, but its derivatives with respect to a do not, so that the half-integer nearby is asked.
#[inline]
pub(super) fn without_termination(a: f64, derivatives: usize) -> f64 {
    if derivatives == 0 { a } else { a.floor() + 0.5 }
}

/// A number that can be divided by.
#[inline]
pub(super) fn away_from_zero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

/// Whether [`upper_small_shape`] serves.
#[inline]
fn small_shape_applies(a: f64, x: f64) -> bool {
    a < 0.5 && x < 1.2
}

/// Q(a, x) for a < ½ and x < 1.2.
fn upper_small_shape<D: Compose + Scalar>(a: D, x: D) -> D {
    let exponent = x.ln() * a - ln_gamma_1p(a);
    // At x = 1.2 the term k = 22 is below 10⁻²¹.
    let mut term = D::one();
    let mut sum = D::zero();
    for k in 1..22 + LONGEST.min(D::NDERIV) {
        let k = k as f64;
        term *= -x / k;
        sum += term / (a + k);
    }
    -exponent.exp_m1() - a * exponent.exp() * sum
}
