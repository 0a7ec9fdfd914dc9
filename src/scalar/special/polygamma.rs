//! The polygamma functions ψₙ.
//!
//! The argument is raised to a large y = x + N by the recurrence ψₙ(x) = ψₙ(x + 1) − (−1)ⁿ n!/xⁿ⁺¹ (NIST DLMF 5.15.5), whose
//! terms all have one sign for n ≥ 1, and there the asymptotic series takes over (NIST DLMF 5.11.2 and 5.15.8): Stirling's
//! series differentiated. Orders 0 to 3 share one pass over the recurrence.

use super::stirling::{BERNOULLI, LARGE, SERIES, horner};

/// ψₙ, ψₙ₊₁, … for n = `order` at x > 0. At x = 0 the limits from the right, at x < 0 NaN.
#[inline]
pub(super) fn polygamma_tower(order: u32, x: f64, tower: &mut [f64]) {
    if x.is_nan() || x < 0.0 {
        return tower.fill(f64::NAN);
    }
    let x = x.abs(); // −0 is 0
    match (order as usize).saturating_add(tower.len()) {
        0 => {}
        1 => copy(order, low_orders::<1>(x), tower),
        2 => copy(order, low_orders::<2>(x), tower),
        3 => copy(order, low_orders::<3>(x), tower),
        _ => {
            copy(order, low_orders::<4>(x), tower);
            for (value, n) in tower.iter_mut().zip(u64::from(order)..).skip_while(|(_, n)| *n < 4) {
                *value = high_order(n, x);
            }
        }
    }
}

/// Copies the functions from `order` on to the front of the tower.
#[inline]
fn copy<const N: usize>(order: u32, functions: [f64; N], tower: &mut [f64]) {
    for (value, function) in tower.iter_mut().zip(functions.iter().skip(order as usize)) {
        *value = *function;
    }
}

/// ψ, ψ₁, … up to `N` ≤ 4 functions.
#[inline]
fn low_orders<const N: usize>(x: f64) -> [f64; N] {
    // Σ 1/(x + k)ⁿ⁺¹ over the steps of the recurrence, smallest terms first.
    let mut sums = [0.0; N];
    let mut y = x;
    if x < LARGE {
        let steps = (LARGE - x).ceil();
        y = x + steps;
        let mut k = steps;
        while k > 0.0 {
            k -= 1.0;
            let inverse = (x + k).recip();
            let mut power = inverse;
            for sum in &mut sums {
                *sum += power;
                power *= inverse;
            }
        }
    }
    let inverse = y.recip();
    let w = inverse * inverse;
    // The asymptotic series begins (−1)ⁿ⁺¹ ((n − 1)!/yⁿ + ½ n!/yⁿ⁺¹); `leading` is (−1)ⁿ⁺¹ n!/yⁿ⁺¹.
    let mut leading = -inverse;
    let mut functions = [0.0; N];
    let mut main = y.ln();
    for n in 0..N {
        // The derivative of order n + 1 of Δ is (coefficients)·y⁻²⁻ⁿ, and y⁻ⁿ⁻¹ = ±leading/n!.
        let tail = horner(&SCALED[n], w) * leading * inverse;
        functions[n] = main + (0.5 * leading + (tail + RECURRENCE[n] * sums[n]));
        main = -leading;
        leading *= -(n as f64 + 1.0) * inverse;
    }
    functions
}

/// −(−1)ⁿ n!, the factor of the recurrence.
const RECURRENCE: [f64; 4] = [-1.0, 1.0, -2.0, 6.0];

/// The coefficients of the series of ψₙ divided by (−1)ⁿ⁺¹ n!.
const SCALED: [[f64; super::stirling::TERMS]; 4] = {
    let mut scaled = [[0.0; super::stirling::TERMS]; 4];
    let mut n = 0;
    while n < 4 {
        let mut k = 0;
        while k < super::stirling::TERMS {
            scaled[n][k] = SERIES[n + 1][k] / RECURRENCE[n];
            k += 1;
        }
        n += 1;
    }
    scaled
};

/// ψₙ(x) = (−1)ⁿ⁺¹ n! ζ(n + 1, x) for n ≥ 1, by Euler and Maclaurin's formula for Hurwitz' zeta function (NIST DLMF 25.11.5
/// with 25.11.11): ζ(s, x) = Σ 1/(x + k)ˢ + y⁻ˢ (y/(s − 1) + ½ + Σ B₂ⱼ/(2j)! s(s + 1)…(s + 2j − 2) y¹⁻²ʲ), y = x + N.
#[cold]
fn high_order(n: u64, x: f64) -> f64 {
    let s = n as f64 + 1.0;
    let sign = if n % 2 == 1 { 1.0 } else { -1.0 };
    if x == 0.0 {
        return sign * f64::INFINITY;
    }
    if x.is_infinite() {
        return 0.0;
    }
    // All relative to x⁻ˢ.
    let large = LARGE + s;
    let mut sum = 1.0;
    let mut y = x + 1.0;
    let mut relative = power(x / y, s);
    while y < large && relative * (1.0 + y / s) > f64::EPSILON * 0.1 {
        sum += relative;
        y += 1.0;
        relative = power(x / y, s);
    }
    let mut term = s / (2.0 * y);
    let mut tail = y / (s - 1.0) + 0.5;
    for (j, bernoulli) in (1_u32..).zip(BERNOULLI) {
        let two_j = f64::from(2 * j);
        tail += bernoulli * term;
        term *= (s + two_j - 1.0) * (s + two_j) / ((two_j + 1.0) * (two_j + 2.0) * y * y);
    }
    if y >= large {
        sum += relative * tail;
    }
    sign * sum * factorial_over_power(n, x)
}

/// n!/xⁿ⁺¹. Beyond n = 170, where n! overflows, through logarithms, at a cost of about n ln n roundings.
fn factorial_over_power(n: u64, x: f64) -> f64 {
    if n <= 170 {
        (1..=n).fold(x.recip(), |product, k| product * (k as f64 / x))
    } else {
        let n = n as f64;
        (libm::lgamma(n + 1.0) - (n + 1.0) * x.ln()).exp()
    }
}

/// qˢ for a whole number s.
fn power(q: f64, s: f64) -> f64 {
    if s < 200.0 { q.powi(s as i32) } else { q.powf(s) }
}
