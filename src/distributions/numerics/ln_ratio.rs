//! ln(x/s), the logarithm of an observation in units of its scale.

use crate::scalar::Scalar;

/// ln(x/s) for x, s > 0, to relative accuracy where x is close to s; its derivatives do not overflow where x/s is huge or tiny.
#[inline]
pub(in crate::distributions) fn ln_ratio<D: Scalar>(x: D, s: D) -> D {
    let ratio = x / s;
    if ratio > 0.5 && ratio < 2.0 {
        ((x - s) / s).ln_1p()
    } else if ratio > 1e-100 && ratio < 1e100 {
        ratio.ln()
    } else {
        x.ln() - s.ln()
    }
}
