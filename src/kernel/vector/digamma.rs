//! The first two derivatives of ln Γ, for positive numbers.
//!
//! Above 4 they are asymptotic series (Abramowitz and Stegun 1964, 6.3.18 and 6.4.12), whose tails are polynomials in 1/x² interpolated at
//! Chebyshev's nodes; below, they are stepped up by 4. The sum of the steps is a quotient of polynomials in u = x(x + 3), kept in two parts.

use super::arithmetic::{polynomial, quotient, two_product, two_sum};
use super::logarithm::ln_of_positive;

/// The tail of ψ(x), times −x², in 1/x² for x ≥ 4: the error of the tail is below 2⁻⁵⁹ of ψ(x).
const DIGAMMA_TAIL: [f64; 10] = [
    0.083_333_333_333_333_3,
    -0.008_333_333_333_220_18,
    0.003_968_253_907_681_641,
    -0.004_166_653_932_895_41,
    0.007_574_376_314_502_456,
    -0.021_004_729_764_303_443,
    0.079_785_858_937_978_04,
    -0.348_758_355_556_930_5,
    1.317_667_749_896_685,
    -2.763_246_144_177_119_7,
];

/// The tail of ψ′(x), times x³, in 1/x² for x ≥ 4: the error of the tail is below 2⁻⁶¹ of ψ′(x).
const TRIGAMMA_TAIL: [f64; 12] = [
    0.166_666_666_666_666_66,
    -0.033_333_333_333_291_66,
    0.023_809_523_777_322_04,
    -0.033_333_323_479_367_14,
    0.075_755_996_632_557_78,
    -0.252_961_532_775_823_34,
    1.157_145_966_400_015_7,
    -6.683_579_431_803_183,
    42.463_298_557_352_516,
    -243.836_504_572_207_1,
    1_002.560_609_643_375_3,
    -2_057.087_772_894_932,
];

/// 4u³ + 22u² + 44u + 36, which is minus the second derivative of ln(u(u + 2)) in x, times u²(u + 2)².
const CURVATURE: [f64; 4] = [36.0, 44.0, 22.0, 4.0];

/// A number and the part of it that rounding lost.
type TwoParts = (f64, f64);

/// The product of two numbers in two parts each.
#[inline(always)]
fn product((a, a_low): TwoParts, (b, b_low): TwoParts) -> TwoParts {
    let (product, lost) = two_product(a, b);
    (product, a.mul_add(b_low, a_low.mul_add(b, lost)))
}

/// u = x(x + 3) and x(x + 1)(x + 2)(x + 3) = u(u + 2).
#[inline(always)]
fn steps(x: f64) -> (TwoParts, TwoParts) {
    let u = product((x, 0.0), two_sum(x, 3.0));
    let (next, lost) = two_sum(u.0, 2.0);
    (u, product(u, (next, lost + u.1)))
}

/// Where the series is used, in two parts, and its reciprocal.
#[inline(always)]
fn stepped(x: f64, small: bool) -> (TwoParts, f64) {
    let (z, lost) = two_sum(x, if small { 4.0 } else { 0.0 });
    ((z, lost), 1.0 / z)
}

/// ψ(x) = (ln Γ)′(x), within 2 ulp (of 1, where it is smaller), where [`gamma_covers`](super::gamma_covers) it.
///
/// ```math
/// \psi(x) = \psi(x + 4) - \sum_{i=0}^{3} \frac{1}{x + i}
/// = \psi(x + 4) - \frac{(2x + 3)(2u + 2)}{u(u + 2)}, \qquad u = x(x + 3)
/// ```
///
/// ```
/// use fisher_information::kernel::vector::digamma;
///
/// assert!((digamma(1.0) + 0.577_215_664_901_532_9).abs() < 5e-16);   // minus Euler's constant
/// ```
#[inline(always)]
pub fn digamma(x: f64) -> f64 {
    let small = x < 4.0;
    let ((z, z_low), reciprocal) = stepped(x, small);
    let square = reciprocal * reciprocal;
    let tail = square.mul_add(-polynomial(square, &DIGAMMA_TAIL), reciprocal * (z_low - 0.5));
    let ((u, u_low), bottom) = steps(x);
    let (next, lost) = two_sum(u, 1.0);
    let top = product(two_sum(2.0 * x, 3.0), (2.0 * next, 2.0 * (lost + u_low)));
    let (sum, low) = quotient(top, bottom);
    let (sum, low) = if small { (sum, low) } else { (0.0, 0.0) };
    let (value, lost) = two_sum(ln_of_positive(z), -sum);
    value + (lost + (tail - low))
}

/// ψ′(x) = (ln Γ)″(x), within 2 ulp, where [`gamma_covers`](super::gamma_covers) it.
///
/// ```math
/// \psi'(x) = \psi'(x + 4) + \sum_{i=0}^{3} \frac{1}{(x + i)^2}
/// ```
///
/// ```
/// use fisher_information::kernel::vector::trigamma;
///
/// assert!((trigamma(1.0) - std::f64::consts::PI.powi(2) / 6.0).abs() < 5e-16);
/// ```
#[inline(always)]
pub fn trigamma(x: f64) -> f64 {
    let small = x < 4.0;
    let ((_, z_low), reciprocal) = stepped(x, small);
    let square = reciprocal * reciprocal;
    let tail = square.mul_add(reciprocal * polynomial(square, &TRIGAMMA_TAIL), square * (0.5 - z_low));
    let ((u, u_low), bottom) = steps(x);
    let slope = u.mul_add(u.mul_add(12.0, 44.0), 44.0);
    let (sum, low) = quotient((polynomial(u, &CURVATURE), slope * u_low), product(bottom, bottom));
    let (sum, low) = if small { (sum, low) } else { (0.0, 0.0) };
    let (value, lost) = two_sum(sum, reciprocal);
    value + (lost + (low + tail))
}
