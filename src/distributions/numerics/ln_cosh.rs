//! ln cosh, of the logistic and the hyperbolic secant density.

use crate::scalar::Scalar;
use std::f64::consts::LN_2;

/// ln cosh t without overflow. Its derivative tanh t keeps its digits at small t.
#[inline]
pub(in crate::distributions) fn ln_cosh<D: Scalar>(t: D) -> D {
    let size = t.abs();
    if size < 1.0 { t.cosh().ln() } else { size + (size * -2.0).exp().ln_1p() - LN_2 }
}
