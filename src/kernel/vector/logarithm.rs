//! Logarithms.
//!
//! With x = 2ᵏ(1 + f) and √½ ≤ 1 + f < √2, s = f/(2 + f): ln(1 + f) = 2 artanh s = f − f²/2 + s(f²/2 + s² R(s²)), the form of
//! fdlibm (Sun Microsystems 1993), in which f is exact and what follows is small.

use super::arithmetic::{LN_2_SHORT, fast_two_sum, polynomial, two_product, two_sum};

/// R(z) = (2 artanh s − 2s)/s³ at z = s² ≤ (√2 − 1)⁴, interpolated at Chebyshev's nodes: the error of sR is below 2⁻⁵⁶ of ln(1 + f).
const R: [f64; 7] = [
    0.666_666_666_666_667,
    0.399_999_999_998_994_44,
    0.285_714_286_260_032_7,
    0.222_222_111_302_598_78,
    0.181_828_894_556_749_47,
    0.153_317_106_182_107_73,
    0.146_165_854_248_886_23,
];

/// The bits of √½.
const SQRT_HALF: u64 = 0x3FE6_A09E_667F_3BCD;

/// The bits of 1.
const ONE: u64 = 0x3FF0_0000_0000_0000;

/// The bits of 2⁵²: a number below 2⁵² in the lowest bits makes it that much larger.
const INTEGER: u64 = 0x4330_0000_0000_0000;

/// x = 2ᵏ(1 + f) for normal x > 0: k, f and 2⁻ᵏ (0 if that is subnormal).
#[inline(always)]
fn split_normal(x: f64) -> (f64, f64, f64) {
    let bits = x.to_bits().wrapping_add(ONE - SQRT_HALF);
    let biased = bits >> 52;
    let k = f64::from_bits(biased | INTEGER) - (4_503_599_627_370_496.0 + 1023.0);
    let mantissa = f64::from_bits((bits & 0x000F_FFFF_FFFF_FFFF) + SQRT_HALF);
    // The exponent field of 2¹⁻ᵏ is 1024 − k.
    let inverse = 0.5 * f64::from_bits(2047_u64.wrapping_sub(biased) << 52);
    (k, mantissa - 1.0, inverse)
}

/// x = 2ᵏ(1 + f) for x > 0, subnormal too: k and f.
#[inline(always)]
pub(super) fn split(x: f64) -> (f64, f64) {
    let subnormal = x < f64::MIN_POSITIVE;
    let scaled = if subnormal { x * 18_014_398_509_481_984.0 } else { x };
    let (k, f, _) = split_normal(scaled);
    (if subnormal { k - 54.0 } else { k }, f)
}

/// s(f²/2 + s² R(s²)), which with f − f²/2 makes ln(1 + f), and f²/2.
#[inline(always)]
fn remainder(f: f64) -> (f64, f64) {
    let s = f / (2.0 + f);
    let z = s * s;
    let half_square = 0.5 * f * f;
    (s * z.mul_add(polynomial(z, &R), half_square), half_square)
}

/// k ln 2 + ln(1 + f) + `low`.
#[inline(always)]
fn assemble(k: f64, f: f64, low: f64) -> f64 {
    let (remainder, half_square) = remainder(f);
    k.mul_add(LN_2_SHORT[0], f - (half_square - (remainder + k.mul_add(LN_2_SHORT[1], low))))
}

/// `value` if 0 < x < ∞; else what a logarithm is there: −∞ at 0, NaN below, and x itself, ∞ or NaN.
#[inline(always)]
fn where_positive(x: f64, value: f64) -> f64 {
    let edge = if x == 0.0 { f64::NEG_INFINITY } else { x };
    let edge = if x < 0.0 { f64::NAN } else { edge };
    if (x > 0.0) & (x < f64::INFINITY) { value } else { edge }
}

/// ln x, within 1 ulp, for every x: −∞ at ±0, NaN below.
///
/// ```
/// use fisher_information::kernel::vector::ln;
///
/// assert_eq!((ln(1.0), ln(0.0)), (0.0, f64::NEG_INFINITY));
/// assert!((ln(5e-324) + 744.440_071_921_381_2).abs() < 2e-13);
/// assert!(ln(-1.0).is_nan());
/// ```
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    where_positive(x, ln_of_positive(x))
}

/// ln x for 0 < x < ∞.
#[inline(always)]
pub(super) fn ln_of_positive(x: f64) -> f64 {
    let (k, f) = split(x);
    assemble(k, f, 0.0)
}

/// ln(1 + x), within 1 ulp, for every x: −∞ at −1, NaN below. What the sum 1 + x loses is given back.
///
/// ```
/// use fisher_information::kernel::vector::ln_1p;
///
/// assert_eq!((ln_1p(1e-20), ln_1p(-1.0)), (1e-20, f64::NEG_INFINITY));
/// ```
#[inline(always)]
pub fn ln_1p(x: f64) -> f64 {
    let (sum, lost) = two_sum(1.0, x);
    let (k, f, inverse) = split_normal(sum);
    // Without scaling, f is x itself, exactly.
    let unscaled = k == 0.0;
    let lost = if unscaled { 0.0 } else { lost * inverse };
    let f = if unscaled { x } else { f };
    let value = assemble(k, f, lost * derivative(f));
    where_positive(sum, value).copysign(x)
}

/// 1/(1 + f) to a few percent: enough for what rounding loses.
#[inline(always)]
fn derivative(f: f64) -> f64 {
    f.mul_add(f - 1.0, 1.0)
}

/// ln(1 + e + `low`) for 0 ≤ e ≤ 1 and small `low`.
#[inline(always)]
pub(super) fn ln_1p_of_fraction(e: f64, low: f64) -> f64 {
    let scaled = e > 0.414;
    let difference = e - 1.0;
    let lost = e - (1.0 + difference);
    let f = if scaled { 0.5 * difference } else { e };
    let low = if scaled { 0.5 * (lost + low) } else { low };
    let k = if scaled { 1.0 } else { 0.0 };
    assemble(k, f, low * derivative(f))
}

/// k log_b 2 + log_b(1 + f), with 1/ln b and log_b 2 in two parts each, the first of log_b 2 to 42 bits.
#[inline(always)]
fn to_base(x: f64, unit: [f64; 2], two: [f64; 2]) -> f64 {
    let (k, f) = split(x);
    let (remainder, half_square) = remainder(f);
    let (high, lost) = fast_two_sum(f, -half_square);
    let low = lost + (remainder - f.mul_add(0.5 * f, -half_square));
    let (product, product_low) = two_product(high, unit[0]);
    let low = low.mul_add(unit[0], high.mul_add(unit[1], product_low));
    let (sum, sum_low) = fast_two_sum(k * two[0], product);
    where_positive(x, sum + (sum_low + k.mul_add(two[1], low)))
}

/// log₂ x, within 1 ulp, for every x; exact for powers of two.
///
/// ```
/// use fisher_information::kernel::vector::log2;
///
/// assert_eq!((log2(8.0), log2(5e-324)), (3.0, -1074.0));
/// ```
#[inline(always)]
pub fn log2(x: f64) -> f64 {
    to_base(x, [std::f64::consts::LOG2_E, 2.035_527_374_093_103_3e-17], [1.0, 0.0])
}

/// log₁₀ x, within 1 ulp, for every x.
///
/// ```
/// use fisher_information::kernel::vector::log10;
///
/// assert_eq!((log10(1000.0), log10(0.0)), (3.0, f64::NEG_INFINITY));
/// ```
#[inline(always)]
pub fn log10(x: f64) -> f64 {
    let two = [0.301_029_995_663_952_83, 2.836_339_455_104_496_4e-14];
    to_base(x, [std::f64::consts::LOG10_E, 1.098_319_650_216_765e-17], two)
}
