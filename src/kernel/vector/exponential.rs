//! Exponentials.
//!
//! The argument is reduced to r = x − n ln 2 with |r| ≤ ½ ln 2 (Cody and Waite 1980; exact but for the last product, thanks to fused
//! multiplication and addition), eʳ = 1 + r + r² q(r) with a polynomial q, and the exponent is put together from the bits of n.

use super::arithmetic::{LN_2, ROUNDER, clamp, exponent_field, fast_two_sum, polynomial, two_product};
use std::f64::consts::LOG2_E;

/// q(r) = (eʳ − 1 − r)/r² for |r| ≤ ½ ln 2, interpolated at Chebyshev's nodes: the error of r²q is below 2⁻⁶¹.
const Q: [f64; 11] = [
    0.5,
    0.166_666_666_666_666_7,
    0.041_666_666_666_666_67,
    0.008_333_333_333_326_136,
    0.001_388_888_888_888_374_8,
    0.000_198_412_698_748_206_27,
    2.480_158_732_554_774_3e-5,
    2.755_725_540_020_642_2e-6,
    2.755_727_364_311_03e-7,
    2.510_521_700_472_074_5e-8,
    2.091_468_696_808_687e-9,
];

/// Added to a number to round it to n: the exponent field of the sum is that of 2ⁿ⁻¹, which never overflows.
const HALF: f64 = ROUNDER + 1022.0;

/// As `HALF`, for 2ⁿ⁻².
const QUARTER: f64 = ROUNDER + 1021.0;

/// Arguments below this one are scaled in two steps, since the power of two alone might be subnormal.
const SMALL: f64 = -700.0;

/// y·2ⁿ, which may be subnormal or overflow, from `sum` = `HALF` + n: one rounding.
#[inline(always)]
fn scale(y: f64, sum: f64, small: bool) -> f64 {
    let (sum, rest) = if small { (sum + 64.0, 1.0 / 9_223_372_036_854_775_808.0) } else { (sum, 2.0) };
    y * exponent_field(sum) * rest
}

/// The sum of `rounder` and n, then r and the part that its rounding loses: x + `low` = n ln 2 + r.
#[inline(always)]
fn reduce(x: f64, low: f64, rounder: f64) -> (f64, f64, f64) {
    let sum = x.mul_add(LOG2_E, rounder);
    let n = sum - rounder;
    let exact = n.mul_add(-LN_2[0], x);
    let (r, rest) = fast_two_sum(exact, n.mul_add(-LN_2[1], low));
    (sum, r, rest)
}

/// eˣ, within 1 ulp, for every x: gradual underflow below −708.4, 0 below −745.14, ∞ above 709.79.
///
/// Tang, P. T. P. (1989), Table-driven implementation of the exponential function in IEEE floating-point arithmetic, for the scheme,
/// here without a table.
///
/// ```
/// use fisher_information::kernel::vector::exp;
///
/// assert_eq!(exp(0.0), 1.0);
/// assert!((exp(1.0) - std::f64::consts::E).abs() < 5e-16);
/// assert_eq!((exp(f64::NEG_INFINITY), exp(710.0)), (0.0, f64::INFINITY));
/// ```
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    let x = clamp(x, -746.0, 710.0);
    let sum = x.mul_add(LOG2_E, HALF);
    let n = sum - HALF;
    let r = n.mul_add(-LN_2[1], n.mul_add(-LN_2[0], x));
    let y = 1.0 + (r * r).mul_add(polynomial(r, &Q), r);
    scale(y, sum, x < SMALL)
}

/// exp(x + `low`) in two parts, for |`low`| far below |x|: some 60 bits.
#[inline(always)]
pub(super) fn exp_of_sum(x: f64, low: f64) -> (f64, f64) {
    let x = clamp(x, -746.0, 710.0);
    let (sum, r, rest) = reduce(x, low, HALF);
    let (one, lost) = fast_two_sum(1.0, r);
    let (y, y_low) = fast_two_sum(one, lost + (r * r).mul_add(polynomial(r, &Q), rest));
    (scale(y, sum, x < SMALL), scale(y_low, sum, x < SMALL))
}

/// 2ˣ, within 1 ulp, for every x; exact for integers.
///
/// ```
/// use fisher_information::kernel::vector::exp2;
///
/// assert_eq!((exp2(10.0), exp2(-1074.0), exp2(1024.0)), (1024.0, 5e-324, f64::INFINITY));
/// ```
#[inline(always)]
pub fn exp2(x: f64) -> f64 {
    let x = clamp(x, -1076.0, 1024.0);
    let sum = x + HALF;
    let fraction = x - (sum - HALF);
    let (r, lost) = two_product(fraction, LN_2[0]);
    let rest = fraction.mul_add(LN_2[1], lost);
    let y = 1.0 + (r + (r * r).mul_add(polynomial(r, &Q), rest));
    scale(y, sum, x < -1000.0)
}

/// (eˣ − 1)/4 in two parts, for −40 ≤ x ≤ 710.7: without overflow wherever sinh x has none.
#[inline(always)]
pub(super) fn quarter_exp_m1(x: f64) -> (f64, f64) {
    let (sum, r, rest) = reduce(x, 0.0, QUARTER);
    let power = exponent_field(sum);
    let (constant, constant_low) = fast_two_sum(power, -0.25);
    let (y, lost) = fast_two_sum(constant, power * r);
    fast_two_sum(y, lost + power.mul_add((r * r).mul_add(polynomial(r, &Q), rest), constant_low))
}

/// eˣ/4 in two parts, for −40 ≤ x ≤ 710.7: without overflow wherever cosh x has none.
#[inline(always)]
pub(super) fn quarter_exp(x: f64) -> (f64, f64) {
    let (sum, r, rest) = reduce(x, 0.0, QUARTER);
    let power = exponent_field(sum);
    let (y, lost) = fast_two_sum(power, power * r);
    fast_two_sum(y, power.mul_add((r * r).mul_add(polynomial(r, &Q), rest), lost))
}

/// eˣ − 1, within 1 ulp, for every x; near 0 it is x + x²/2 + … without cancellation.
///
/// ```
/// use fisher_information::kernel::vector::exp_m1;
///
/// assert_eq!(exp_m1(1e-20), 1e-20);
/// assert_eq!(exp_m1(-50.0), -1.0);
/// ```
#[inline(always)]
pub fn exp_m1(x: f64) -> f64 {
    let (y, low) = quarter_exp_m1(clamp(x, -40.0, 710.0));
    // Below 2⁻⁵⁴ the quarter might be subnormal.
    if x.abs() < 5e-17 { x } else { 4.0 * (y + low) }
}
