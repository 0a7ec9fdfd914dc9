//! Powers of positive numbers.

use super::arithmetic::{LN_2_SHORT, clamp, fast_two_sum, polynomial, two_product};
use super::exponential::exp_of_sum;
use super::logarithm::split;

/// ⅓ in two parts.
const THIRD: [f64; 2] = [1.0 / 3.0, 1.850_371_707_708_594e-17];

/// (artanh s/s − 1 − z/3)/z² at z = s² ≤ (√2 − 1)⁴, interpolated at Chebyshev's nodes: the error times z² is below 2⁻⁶⁶.
const TAIL: [f64; 8] = [
    0.2,
    0.142_857_142_857_146_82,
    0.111_111_111_108_279_43,
    0.090_909_091_676_964_01,
    0.076_922_974_812_592_15,
    0.066_674_023_469_236_55,
    0.058_531_181_697_456_03,
    0.058_615_893_119_382_59,
];

/// ln x in two parts, for 0 < x < ∞, to some 64 bits: 2 artanh s with s = f/(2 + f), whose first two terms are kept in two parts each.
#[inline(always)]
fn ln_in_two_parts(x: f64) -> (f64, f64) {
    let (k, f) = split(x);
    // 2 + f = 1 + (1 + f), where 1 + f is exact.
    let mantissa = 1.0 + f;
    let sum = 1.0 + mantissa;
    let lost = mantissa - (sum - 1.0);
    let reciprocal = 1.0 / sum;
    let s = f * reciprocal;
    let s_low = (-s).mul_add(lost, (-s).mul_add(sum, f)) * reciprocal;
    let (z, lost) = two_product(s, s);
    let z_low = (2.0 * s).mul_add(s_low, lost);
    let (t, lost) = fast_two_sum(THIRD[0], z * polynomial(z, &TAIL));
    let t_low = lost + THIRD[1];
    let (zt, lost) = two_product(z, t);
    let zt_low = z.mul_add(t_low, z_low.mul_add(t, lost));
    let (v, lost) = two_product(s, zt);
    let v_low = s.mul_add(zt_low, s_low.mul_add(zt, lost));
    let (half, lost) = fast_two_sum(s, v);
    let half_low = lost + (s_low + v_low);
    let (sum, lost) = fast_two_sum(k * LN_2_SHORT[0], 2.0 * half);
    (sum, lost + k.mul_add(LN_2_SHORT[1], 2.0 * half_low))
}

/// xʸ, within 2 ulp, where [`pow_covers`] it: e^{y ln x} with ln x and the product in two parts each.
///
/// The size of y ln x is up to 745, so that the logarithm needs ten bits more than the result.
///
/// ```
/// use fisher_information::kernel::vector::pow;
///
/// assert_eq!((pow(2.0, 10.0), pow(9.0, 0.5), pow(0.1, -400.0)), (1024.0, 3.0, f64::INFINITY));
/// ```
#[inline(always)]
pub fn pow(x: f64, y: f64) -> f64 {
    let (ln, ln_low) = ln_in_two_parts(x);
    let product = y * ln;
    let low = y.mul_add(ln_low, y.mul_add(ln, -product));
    // Beyond the range of exp what the product loses might be NaN.
    let inside = product.abs() < 750.0;
    let (value, rest) = exp_of_sum(clamp(product, -750.0, 750.0), if inside { low } else { 0.0 });
    value + rest
}

/// Whether [`pow`] is right: 0 < x < ∞ and finite y.
#[inline(always)]
pub fn pow_covers(x: f64, y: f64) -> bool {
    (x > 0.0) & (x < f64::INFINITY) & (y.abs() < f64::INFINITY)
}
