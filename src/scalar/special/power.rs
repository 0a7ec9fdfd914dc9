//! Powers with a dual exponent.

use super::super::Scalar;

/// xᵃ as (whole power, logarithm of the rest): xᵃ = xⁿ·exp((a − n) ln x) with n = ⌊a⌋, for a ≥ 0.
///
/// exp(a ln x) alone loses the derivatives of x¹ or x²: those of the exponent are as large as 1/x, 1/x², … and cancel. With
/// the whole power taken out they do not occur. No whole power is taken out of a large exponent, where nothing cancels, or
/// where xⁿ would underflow.
#[inline]
pub(super) fn split_power<D: Scalar>(x: D, ln_x: D, a: D) -> (D, D) {
    let whole = a.re().floor();
    if !(1.0..=16.0).contains(&whole) || whole * ln_x.re().abs() > 500.0 {
        return (D::one(), a * ln_x);
    }
    (x.powi(whole as i32), (a - whole) * ln_x)
}
