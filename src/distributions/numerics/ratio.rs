//! Logarithms of ratios.

use crate::scalar::Scalar;

/// ln(x/y) for x, y > 0, accurate where they are nearly equal, and with all derivatives where they are far apart: those of the
/// ratio overflow long before those of ln x − ln y.
#[inline]
pub(in crate::distributions) fn ln_ratio<D: Scalar>(x: D, y: D) -> D {
    let difference = (x - y) / y;
    if difference.abs() < 0.5 {
        return difference.ln_1p();
    }
    let ratio = x / y;
    let moderate = ratio > 1e-100 && ratio < 1e100;
    if moderate { ratio.ln() } else { x.ln() - y.ln() }
}
