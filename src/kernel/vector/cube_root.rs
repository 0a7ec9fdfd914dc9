//! The cube root.

use super::arithmetic::{ROUNDER, exponent_field, polynomial};
use super::logarithm::split;

/// m^{−1/3} to 7 bits for ½√½ ≤ m ≤ 2√2, interpolated at Chebyshev's nodes.
const START: [f64; 6] = [1.979_107, -2.215_457, 2.027_391, -1.034_613, 0.268_495, -0.027_616];

/// ∛x, within 1 ulp, for every x.
///
/// With |x| = 8^q m, the reciprocal root r of m is improved twice by Halley's method, which triples the digits, and y = m r² once by
/// Newton's, whose residual m − y³ is taken without rounding.
///
/// ```
/// use fisher_information::kernel::vector::cbrt;
///
/// assert_eq!((cbrt(27.0), cbrt(-0.125), cbrt(f64::INFINITY)), (3.0, -0.5, f64::INFINITY));
/// ```
#[inline(always)]
pub fn cbrt(x: f64) -> f64 {
    let (k, f) = split(x.abs());
    let sum = k.mul_add(1.0 / 3.0, ROUNDER);
    let q = sum - ROUNDER;
    let m = (1.0 + f) * exponent_field(q.mul_add(-3.0, k + (ROUNDER + 1023.0)));
    let r = halley(m, halley(m, polynomial(m, &START)));
    let y = m * (r * r);
    let square = y * y;
    let square_low = y.mul_add(y, -square);
    let residual = y.mul_add(-square_low, square.mul_add(-y, m));
    let root = (residual * (1.0 / 3.0)).mul_add(r * r, y) * exponent_field(sum + 1023.0);
    if (x.abs() > 0.0) & (x.abs() < f64::INFINITY) { root.copysign(x) } else { x }
}

/// A better m^{−1/3}: r(1 + e/3 + 2e²/9) with e = 1 − mr³.
#[inline(always)]
fn halley(m: f64, r: f64) -> f64 {
    let e = (m * r).mul_add(-(r * r), 1.0);
    (r * e).mul_add(e.mul_add(2.0 / 9.0, 1.0 / 3.0), r)
}
