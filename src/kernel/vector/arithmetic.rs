//! What every function here is made of: polynomials, powers of two, sums and quotients that keep what rounding loses.

/// 1.5·2⁵². The sum of this and a number of size below 2⁵¹ has the nearest integer in its lowest bits.
pub(super) const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// ln 2 in two parts, the first to 53 bits.
pub(super) const LN_2: [f64; 2] = [std::f64::consts::LN_2, 2.319_046_813_846_299_6e-17];

/// ln 2 in two parts, the first to 42 bits: its product with a number below 2¹¹ is exact.
pub(super) const LN_2_SHORT: [f64; 2] = [0.693_147_180_559_890_3, 5.497_923_018_708_371e-14];

/// c₀ + c₁x + c₂x² + …, by Horner's rule. The loop is unrolled.
#[inline(always)]
pub(super) fn polynomial<const N: usize>(x: f64, coefficients: &[f64; N]) -> f64 {
    let mut sum = coefficients[N - 1];
    for i in (0..N - 1).rev() {
        sum = sum.mul_add(x, coefficients[i]);
    }
    sum
}

/// a + b and the part that rounding loses, if |a| ≥ |b| or a = 0 (Dekker 1971).
#[inline(always)]
pub(super) fn fast_two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    (sum, (a - sum) + b)
}

/// a + b and the part that rounding loses (Møller 1965, Knuth 1969).
#[inline(always)]
pub(super) fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let rest = sum - a;
    (sum, (a - (sum - rest)) + (b - rest))
}

/// a·b and the part that rounding loses.
#[inline(always)]
pub(super) fn two_product(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    (product, a.mul_add(b, -product))
}

/// (a + a′)/(b + b′) in two parts, where the primes are small: one division, and a step of Newton's method for what it loses.
#[inline(always)]
pub(super) fn quotient((a, a_low): (f64, f64), (b, b_low): (f64, f64)) -> (f64, f64) {
    let reciprocal = 1.0 / b;
    let q = a * reciprocal;
    let rest = (-q).mul_add(b, a) + (-q).mul_add(b_low, a_low);
    (q, rest * reciprocal)
}

/// The number whose exponent field holds the lowest 11 bits of `sum` = `ROUNDER` + 1023 + n: this is 2ⁿ, if −1022 ≤ n ≤ 1023.
#[inline(always)]
pub(super) fn exponent_field(sum: f64) -> f64 {
    f64::from_bits(sum.to_bits() << 52)
}

/// x, but at least `low` and at most `high`; NaN stays.
#[inline(always)]
pub(super) fn clamp(x: f64, low: f64, high: f64) -> f64 {
    let x = if x < low { low } else { x };
    if x > high { high } else { x }
}
