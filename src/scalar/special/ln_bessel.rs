//! ln I₀, the logarithm of the modified Bessel function of the first kind, and its derivative I₁/I₀.
//!
//! I₀ is the moment generating function of cos θ, θ uniform on the circle, so the derivatives of ln I₀ are cumulants of cos θ
//! under the von Mises distribution. Three ranges, by |x| (ln I₀ is even):
//!
//! - |x| ≤ 1: the power series of ln I₀, which converges for |x| < 2.40 (the first zero of J₀). The coefficients follow from
//!   Riccati's equation A′ = 1 − A/x − A² for A = I₁/I₀, and the compiler computes them;
//! - derivatives for |x| > 1: cumulants of s = 1 − cos θ, whose moments Eₙ = 1/π ∫ sⁿ e^(−xs) dθ are positive and the minimal
//!   solution of x Eₙ₊₂ − (n + 1 + 2x) Eₙ₊₁ + (2n + 1) Eₙ = 0 (Bessel's equation NIST DLMF 10.25.1 for e⁻ˣ I₀(x),
//!   differentiated n times), hence from a continued fraction (Gautschi 1967, DOI 10.1137/1009002);
//! - the value for |x| > 1: ln of the power series (NIST DLMF 10.25.2) up to 20, of the asymptotic series (10.40.1) beyond.

use super::LONGEST;
use super::cumulants::ln_derivatives;
use super::stirling::{HALF_LN_TAU, horner};

/// The derivatives of ln I₀ of orders `first`, `first` + 1, … at x.
#[inline]
pub(super) fn ln_bessel_i0_tower(first: usize, x: f64, tower: &mut [f64]) {
    let size = x.abs();
    if size.is_nan() {
        return tower.fill(f64::NAN);
    }
    if size <= 1.0 {
        power_series(first, size, tower);
    } else {
        if first == 0 {
            tower[0] = ln_value(size);
        }
        let derivatives = tower.len() + first - 1;
        if derivatives > 0 {
            let mut all = [0.0; LONGEST];
            concentration_derivatives(size, &mut all[..derivatives]);
            let skip = first.saturating_sub(1);
            tower[1 - first.min(1)..].copy_from_slice(&all[skip..derivatives]);
        }
    }
    if x < 0.0 {
        for value in tower.iter_mut().skip((first + 1) % 2).step_by(2) {
            *value = -*value;
        }
    }
}

/// How many terms of the power series of ln I₀ are summed: at |x| = 1 the first one left out is below 10⁻¹⁸ in the value and
/// the first four derivatives.
const LN_TERMS: usize = 32;

/// The coefficients of x², x⁴, … of ln I₀.
const LN_SERIES: [f64; LN_TERMS] = {
    // A = Σ aₖ x²ᵏ⁺¹ with (2k + 2) aₖ = [k = 0] − Σ aᵢ aₖ₋₁₋ᵢ
    let mut a = [0.0; LN_TERMS];
    let mut series = [0.0; LN_TERMS];
    let mut k = 0;
    while k < LN_TERMS {
        let mut sum = if k == 0 { -1.0 } else { 0.0 };
        let mut i = 0;
        while i < k {
            sum += a[i] * a[k - 1 - i];
            i += 1;
        }
        let degree = (2 * k + 2) as f64;
        a[k] = -sum / degree;
        series[k] = a[k] / degree;
        k += 1;
    }
    series
};

/// Derivatives of the power series, for 0 ≤ x ≤ 1.
#[inline]
fn power_series(first: usize, x: f64, tower: &mut [f64]) {
    let w = x * x;
    let mut coefficients = LN_SERIES;
    // The term of degree d becomes d times the one of degree d − 1.
    let degree = |k: usize, order: usize| (2 * k + 2) as f64 - order as f64;
    for order in 0..first + tower.len() {
        if order >= first {
            let lowest = order.saturating_sub(1) / 2;
            let remaining = 2 * lowest + 2 - order; // 0 or 1, or 2 for the value
            tower[order - first] =
                horner(&coefficients[lowest..], w) * if remaining == 0 { 1.0 } else { x.powi(remaining as i32) };
        }
        for (k, c) in coefficients.iter_mut().enumerate() {
            *c *= degree(k, order).max(0.0);
        }
    }
}

/// ln I₀(x) for x > 1.
#[inline]
fn ln_value(x: f64) -> f64 {
    if x.is_infinite() {
        return x;
    }
    if x > 20.0 {
        // 20 terms reach 10⁻¹⁷ at x = 20.
        let w = x.recip();
        return x - HALF_LN_TAU - 0.5 * x.ln() + (w * horner(&ASYMPTOTIC[..20], w)).ln_1p();
    }
    // Terms are positive: the sum is exact to rounding.
    let quarter_square = 0.25 * x * x;
    let (even, odd) = (0..TERMS / 2).rev().fold((0.0, 0.0), |(even, odd), k| {
        let w = quarter_square * quarter_square;
        (even * w + INVERSE_FACTORIAL_SQUARED[2 * k], odd * w + INVERSE_FACTORIAL_SQUARED[2 * k + 1])
    });
    (even + quarter_square * odd).ln()
}

/// How many terms of the power series of I₀ are summed; the next one is below 10⁻¹⁸ of the sum at x = 20.
const TERMS: usize = 44;

/// 1/k!².
const INVERSE_FACTORIAL_SQUARED: [f64; TERMS] = {
    let mut table = [1.0; TERMS];
    let mut k = 1;
    while k < TERMS {
        table[k] = table[k - 1] / (k * k) as f64;
        k += 1;
    }
    table
};

/// The coefficients ((2k − 1)!!)²/(k! 8ᵏ) of 1/x, 1/x², … in e⁻ˣ I₀(x) √(2πx) ~ 1 + 1/8x + 9/128x² + …
pub(crate) const ASYMPTOTIC: [f64; 26] = {
    let mut table = [0.0; 26];
    let mut c = 1.0;
    let mut k = 0;
    while k < 26 {
        let odd = (2 * k + 1) as f64;
        c *= odd * odd / (8 * (k + 1)) as f64;
        table[k] = c;
        k += 1;
    }
    table
};

/// The first, second, … derivatives of ln I₀ at x > 1.
#[inline]
fn concentration_derivatives(x: f64, derivatives: &mut [f64]) {
    if x.is_infinite() {
        derivatives.fill(0.0);
        derivatives[0] = 1.0;
        return;
    }
    let mut ratios = [0.0; LONGEST + 1];
    ratios[0] = 1.0;
    // Starting n steps ahead leaves an error of Π min(k/2x, 2x/k), k ≤ n: below 10⁻¹⁷.
    let ahead = match x {
        x if x < 6.8 => 26 + (5.0 * x) as usize,
        x if x < 30.0 => 60,
        x if x < 100.0 => 25,
        _ => 13,
    };
    let start = derivatives.len() + ahead;
    let mut ratio = 0.0;
    for n in (0..start).rev() {
        let order = n as f64;
        ratio = (2.0 * order + 1.0) / (order + 1.0 + x * (2.0 - ratio));
        if n < derivatives.len() {
            ratios[n + 1] = -ratio;
        }
    }
    for n in 1..=derivatives.len() {
        ratios[n] *= ratios[n - 1];
    }
    ln_derivatives(&ratios, derivatives);
    derivatives[0] += 1.0; // cos θ = 1 − s
}
