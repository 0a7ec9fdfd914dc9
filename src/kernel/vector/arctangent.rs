//! The arctangent.

use super::arithmetic::{clamp, fast_two_sum, polynomial, quotient, two_sum};
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

/// (atan t/t − 1)/t² at t² ≤ (√2 − 1)², interpolated at Chebyshev's nodes: the error times t² is below 2⁻⁵⁸.
const TAIL: [f64; 12] = [
    -0.333_333_333_333_333_3,
    0.199_999_999_999_998_04,
    -0.142_857_142_856_597_79,
    0.111_111_111_051_505_88,
    -0.090_909_087_532_591_12,
    0.076_922_963_680_422_96,
    -0.066_664_247_602_005_2,
    0.058_789_275_544_738_07,
    -0.052_304_436_406_869_48,
    0.045_515_447_340_221_615,
    -0.034_569_315_063_326_09,
    0.016_284_375_050_043_393,
];

/// What π/2 has beyond its 53 bits.
const FRAC_PI_2_LOW: f64 = 6.123_233_995_736_766e-17;

/// atan x, within 2 ulp, for every x.
///
/// The argument is reduced to |t| ≤ √2 − 1: t = x, π/4 + atan t with t = (x − 1)/(x + 1), or π/2 + atan t with t = −1/x (Moshier 1989).
///
/// ```
/// use fisher_information::kernel::vector::atan;
///
/// assert_eq!((atan(1.0), atan(f64::INFINITY)), (std::f64::consts::FRAC_PI_4, std::f64::consts::FRAC_PI_2));
/// ```
#[inline(always)]
pub fn atan(x: f64) -> f64 {
    // Beyond 10¹⁸ the result is π/2; the quotient needs a finite number.
    let size = clamp(x.abs(), 0.0, 1e18);
    let middle = size > 0.414_213_562_373_095;
    let large = size > 2.414_213_562_373_095;
    let (difference, difference_low) = two_sum(size, -1.0);
    let (sum, sum_low) = two_sum(size, 1.0);
    let (a, a_low) = if middle { (difference, difference_low) } else { (size, 0.0) };
    let (b, b_low) = if middle { (sum, sum_low) } else { (1.0, 0.0) };
    let (a, a_low) = if large { (-1.0, 0.0) } else { (a, a_low) };
    let (b, b_low) = if large { (size, 0.0) } else { (b, b_low) };
    let (base, base_low) = if middle { (FRAC_PI_4, 0.5 * FRAC_PI_2_LOW) } else { (0.0, 0.0) };
    let (base, base_low) = if large { (FRAC_PI_2, FRAC_PI_2_LOW) } else { (base, base_low) };
    let (t, t_low) = quotient((a, a_low), (b, b_low));
    let z = t * t;
    let tail = (t * z).mul_add(polynomial(z, &TAIL), (-z).mul_add(t_low, t_low));
    let (value, lost) = fast_two_sum(base, t);
    (value + (lost + (base_low + tail))).copysign(x)
}
