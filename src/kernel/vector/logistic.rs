//! The logistic function and its integral.

use super::arithmetic::quotient;
use super::exponential::{exp, exp_of_sum};
use super::logarithm::ln_1p_of_fraction;

/// The logistic function 1/(1 + e⁻ˣ), within 2 ulp, for every x: in the lower tail it is eˣ down to subnormal numbers.
///
/// With e = e^{−|x|} it is 1/(1 + e) or e/(1 + e), in which nothing cancels or overflows.
///
/// ```
/// use fisher_information::kernel::vector::logistic;
///
/// assert_eq!((logistic(0.0), logistic(40.0)), (0.5, 1.0));
/// assert!((logistic(-700.0) / (-700_f64).exp() - 1.0).abs() < 1e-15);
/// ```
#[inline(always)]
pub fn logistic(x: f64) -> f64 {
    let e = exp(-x.abs());
    let sum = 1.0 + e;
    let lost = e - (sum - 1.0);
    let (value, low) = quotient((if x < 0.0 { e } else { 1.0 }, 0.0), (sum, lost));
    value + low
}

/// ln(1 + eˣ), within 2 ulp, for every x: eˣ far below 0, x far above.
///
/// ```math
/// \ln(1 + e^x) = \max(x, 0) + \ln(1 + e^{-|x|})
/// ```
///
/// ```
/// use fisher_information::kernel::vector::ln_1p_exp;
///
/// assert_eq!((ln_1p_exp(1000.0), ln_1p_exp(-1000.0)), (1000.0, 0.0));
/// assert!((ln_1p_exp(0.0) - std::f64::consts::LN_2).abs() < 2e-16);
/// ```
#[inline(always)]
pub fn ln_1p_exp(x: f64) -> f64 {
    let (e, low) = exp_of_sum(-x.abs(), 0.0);
    (if x > 0.0 { x } else { 0.0 }) + ln_1p_of_fraction(e, low)
}
