//! Sine, cosine and tangent.
//!
//! The argument is reduced to r = x − nπ/2 with |r| ≤ π/4, in two parts (Cody and Waite 1980): π/2 is split into three numbers of 53
//! bits, the first product is subtracted exactly by a fused multiplication and addition, and the rest is summed with what rounding loses.

use super::arithmetic::{ROUNDER, fast_two_sum, polynomial, quotient, two_product, two_sum};
use std::f64::consts::{FRAC_2_PI, FRAC_PI_2};

/// What π/2 has beyond its first 53 bits.
const FRAC_PI_2_REST: [f64; 2] = [6.123_233_995_736_766e-17, -1.497_384_904_859_169_8e-33];

/// (sin r/r − 1)/r² at r² ≤ π²/16, interpolated at Chebyshev's nodes: the error times r² is below 2⁻⁵⁷.
const SINE: [f64; 7] = [
    -0.166_666_666_666_666_66,
    0.008_333_333_333_333_331,
    -0.000_198_412_698_412_650_63,
    2.755_731_921_933_731_2e-6,
    -2.505_210_623_180_283_7e-8,
    1.605_853_151_679_775_8e-10,
    -7.586_691_094_197_958e-13,
];

/// (cos r − 1 + r²/2)/r⁴ at r² ≤ π²/16, interpolated at Chebyshev's nodes: the error times r⁴ is below 2⁻⁵⁹.
const COSINE: [f64; 6] = [
    0.041_666_666_666_666_664,
    -0.001_388_888_888_888_739_8,
    2.480_158_729_876_456e-5,
    -2.755_731_727_114_514_4e-7,
    2.087_614_614_655_861e-9,
    -1.138_262_364_746_460_4e-11,
];

/// Where the reduction is exact enough, and the integer n fits.
const RANGE: f64 = 1e9;

/// Whether [`sin`], [`cos`] and [`tan`] are right at x: |x| ≤ 10⁹.
#[inline(always)]
pub fn trigonometric_covers(x: f64) -> bool {
    x.abs() <= RANGE
}

/// The bits of n in the lowest ones, and the sine and cosine of r in two parts each.
#[inline(always)]
fn reduced(x: f64) -> (u64, (f64, f64), (f64, f64)) {
    let sum = x.mul_add(FRAC_2_PI, ROUNDER);
    let n = sum - ROUNDER;
    let exact = n.mul_add(-FRAC_PI_2, x);
    let (product, product_low) = two_product(n, -FRAC_PI_2_REST[0]);
    let (r, lost) = two_sum(exact, product);
    let r_low = n.mul_add(-FRAC_PI_2_REST[1], lost + product_low);
    let z = r * r;
    let half = 0.5 * z;
    let sine_tail = (r * z).mul_add(polynomial(z, &SINE), (-half).mul_add(r_low, r_low));
    let (cosine, cosine_lost) = fast_two_sum(1.0, -half);
    // z loses some of r², which matters for a tangent alone.
    let square_low = (0.5 * r).mul_add(r, -half);
    let cosine_tail = (z * z).mul_add(polynomial(z, &COSINE), (-r).mul_add(r_low, cosine_lost - square_low));
    (sum.to_bits(), (r, sine_tail), (cosine, cosine_tail))
}

/// The number with its sign changed if the second bit of n is set.
#[inline(always)]
fn signed(value: f64, n: u64) -> f64 {
    f64::from_bits(value.to_bits() ^ ((n & 2) << 62))
}

/// sin x, within 1 ulp, where [`trigonometric_covers`] it.
///
/// ```
/// use fisher_information::kernel::vector::sin;
///
/// assert!((sin(1e6) + 0.349_993_502_171_292_95).abs() < 1e-16);
/// assert_eq!((sin(1e-20), sin(std::f64::consts::PI)), (1e-20, 1.224_646_799_147_353_2e-16));
/// ```
#[inline(always)]
pub fn sin(x: f64) -> f64 {
    let (n, sine, cosine) = reduced(x);
    let (high, low) = if n & 1 == 0 { sine } else { cosine };
    let value = signed(high + low, n);
    // The sign of a zero.
    if x == 0.0 { x } else { value }
}

/// cos x, within 1 ulp, where [`trigonometric_covers`] it.
///
/// ```
/// use fisher_information::kernel::vector::cos;
///
/// assert_eq!((cos(0.0), cos(std::f64::consts::FRAC_PI_2)), (1.0, 6.123_233_995_736_766e-17));
/// ```
#[inline(always)]
pub fn cos(x: f64) -> f64 {
    let (n, sine, cosine) = reduced(x);
    let (high, low) = if n & 1 == 0 { cosine } else { sine };
    signed(high + low, n.wrapping_add(1))
}

/// tan x, within 2 ulp, where [`trigonometric_covers`] it: the quotient of a sine and a cosine in two parts each.
///
/// ```
/// use fisher_information::kernel::vector::tan;
///
/// assert_eq!((tan(0.0), tan(1e-20)), (0.0, 1e-20));
/// ```
#[inline(always)]
pub fn tan(x: f64) -> f64 {
    let (n, sine, cosine) = reduced(x);
    let sine = fast_two_sum(sine.0, sine.1);
    let cosine = fast_two_sum(cosine.0, cosine.1);
    let (a, b) = if n & 1 == 0 { (sine, cosine) } else { (cosine, sine) };
    let (value, low) = quotient(a, b);
    let value = signed(value + low, (n & 1) << 1);
    if x == 0.0 { x } else { value }
}
