//! Stirling's series, the asymptotic expansion of ln Γ, and its derivatives.
//!
//! ln Γ(y) = (y − ½) ln y − y + ½ ln 2π + Δ(y) with Δ(y) ~ Σₖ B₂ₖ/(2k(2k − 1)) y¹⁻²ᵏ (NIST DLMF 5.11.1). From
//! y = [`LARGE`] on, [`TERMS`] terms are exact to rounding in Δ and its first three derivatives.

use super::super::{Compose, Scalar};
use super::{LONGEST, univariate};

/// Where the series is used.
pub(super) const LARGE: f64 = 10.0;

/// How many terms of the series are summed. The first one left out is below 2·10⁻¹⁶ of d³/dy³ ψ(y) at y = [`LARGE`],
/// and smaller for lower derivatives.
pub(super) const TERMS: usize = 10;

/// ½ ln 2π.
pub(super) const HALF_LN_TAU: f64 = 0.918_938_533_204_672_741_78;

/// The Bernoulli numbers B₂, B₄, …, B₃₀ (NIST DLMF table 24.2.1; decimals computed with mpmath).
pub(crate) const BERNOULLI: [f64; 15] = [
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
    854_513.0 / 138.0,
    -236_364_091.0 / 2730.0,
    8_553_103.0 / 6.0,
    -23_749_461_029.0 / 870.0,
    8_615_841_276_005.0 / 14_322.0,
];

/// `SERIES[n][k − 1]` is the coefficient of y¹⁻²ᵏ⁻ⁿ in the nth derivative of Δ.
pub(super) const SERIES: [[f64; TERMS]; LONGEST] = {
    let mut series = [[0.0; TERMS]; LONGEST];
    let mut i = 0;
    while i < TERMS {
        let power = (2 * i + 1) as f64;
        series[0][i] = BERNOULLI[i] / ((power + 1.0) * power);
        let mut n = 1;
        while n < LONGEST {
            series[n][i] = -series[n - 1][i] * (power + (n - 1) as f64);
            n += 1;
        }
        i += 1;
    }
    series
};

/// B₂ₖ/(2k(2k − 1)), the coefficients of 1/y, 1/y³, … in Δ.
pub(crate) const STIRLING: [f64; TERMS] = SERIES[0];

/// The sum of `coefficients[k]`·wᵏ.
#[inline]
pub(super) fn horner(coefficients: &[f64], w: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * w + c)
}

/// Δ(y) for y ≥ [`LARGE`].
#[inline]
pub(super) fn correction<D: Compose>(y: D) -> D {
    univariate(y, |y, tower| {
        let inverse = y.recip();
        let mut power = inverse;
        for (value, series) in tower.iter_mut().zip(&SERIES) {
            *value = power * horner(series, inverse * inverse);
            power *= inverse;
        }
    })
}

/// ln Γ(a) − ln Γ(a + b) for a ≥ [`LARGE`] and 0 < b ≤ a, without cancellation in the value or any derivative.
///
/// This is −(a − ½) ln(1 + b/a) − b ln(a + b) + b + Δ(a) − Δ(a + b); see DiDonato and Morris, *Algorithm 708* (1992),
/// DOI 10.1145/131766.131776, function `ALGDIV`.
#[inline]
pub(super) fn ln_gamma_ratio<D: Compose + Scalar>(a: D, b: D) -> D {
    let inverse = a.recip();
    let sum = a + b;
    b - sum.ln() * b - (a - 0.5) * (b * inverse).ln_1p() + correction_difference(inverse, sum.recip(), b)
}

/// Δ(1/p) − Δ(1/q) for 1/q = 1/p + b.
///
/// It is divided by p − q = b p q, term by term: pⁿ − qⁿ = (p − q) Sₙ with S₁ = 1 and Sₙ₊₂ = q² Sₙ + pⁿ (p + q), a sum of
/// positive numbers.
#[inline]
pub(super) fn correction_difference<D: Compose + Scalar>(p: D, q: D, b: D) -> D {
    // Fewer terms do when p is small: what is left out is below 10⁻¹⁷ of the whole.
    let terms = match p.re() {
        p if p > 0.01 => TERMS,
        p if p > 0.0001 => 5,
        _ => 3,
    };
    let (p_squared, q_squared, p_plus_q) = (p * p, q * q, p + q);
    let mut power = p;
    let mut quotient = D::one();
    let mut sum = D::from(SERIES[0][0]);
    for &coefficient in &SERIES[0][1..terms] {
        quotient = q_squared * quotient + power * p_plus_q;
        power *= p_squared;
        sum += quotient * coefficient;
    }
    sum * b * p * q
}
