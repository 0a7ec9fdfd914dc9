//! Hyperbolic functions, from (eˣ − 1)/4 and eˣ/4 in two parts, which neither cancel near 0 nor overflow early.

use super::arithmetic::{clamp, quotient, two_sum};
use super::exponential::{quarter_exp, quarter_exp_m1};

/// sinh and cosh are infinite beyond 710.48.
const OVERFLOW: f64 = 710.7;

/// Below this size, sinh x and tanh x are x to half an ulp, and quarters of it might be subnormal.
const TINY: f64 = 1e-9;

/// sinh x, within 2 ulp, for every x: with m = e^{|x|} − 1 it is ±(m + m/(m + 1))/2.
///
/// ```
/// use fisher_information::kernel::vector::sinh;
///
/// assert!((sinh(1.0) - 1.175_201_193_643_801_4).abs() < 5e-16);
/// assert_eq!((sinh(-0.0), sinh(-711.0)), (0.0, f64::NEG_INFINITY));
/// ```
#[inline(always)]
pub fn sinh(x: f64) -> f64 {
    let size = x.abs();
    let (m, low) = quarter_exp_m1(clamp(size, 0.0, OVERFLOW));
    let value = 2.0 * (m + (m / 4.0_f64.mul_add(m, 1.0) + low));
    (if size < TINY { size } else { value }).copysign(x)
}

/// cosh x, within 2 ulp, for every x.
///
/// ```
/// use fisher_information::kernel::vector::cosh;
///
/// assert_eq!((cosh(0.0), cosh(-711.0)), (1.0, f64::INFINITY));
/// ```
#[inline(always)]
pub fn cosh(x: f64) -> f64 {
    let (e, low) = quarter_exp(clamp(x.abs(), 0.0, OVERFLOW));
    2.0 * (e + (0.0625 / e + low))
}

/// tanh x, within 2 ulp, for every x: with m = e^{2|x|} − 1 it is ±m/(m + 2).
///
/// ```
/// use fisher_information::kernel::vector::tanh;
///
/// assert_eq!((tanh(1e-20), tanh(20.0), tanh(f64::NEG_INFINITY)), (1e-20, 1.0, -1.0));
/// ```
#[inline(always)]
pub fn tanh(x: f64) -> f64 {
    let size = x.abs();
    let (m, low) = quarter_exp_m1(clamp(2.0 * size, 0.0, 40.0));
    let (sum, lost) = two_sum(0.5, m);
    let (value, rest) = quotient((m, low), (sum, lost + low));
    (if size < TINY { size } else { value + rest }).copysign(x)
}
