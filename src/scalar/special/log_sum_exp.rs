//! ln Σ exp.

use super::super::{Scalar, is_nan};

/// ln Σᵢ exp(xᵢ), without overflow; its gradient is the softmax of the terms.
///
/// The largest term m is taken out, m + ln(1 + Σ exp(xᵢ − m)) over the others, so that a sum close to 1 is accurate too. Terms
/// that are −∞ have weight zero, whatever derivatives they carry. The sum of no terms is −∞; a term +∞ makes it +∞; NaN
/// propagates.
///
/// ```
/// use fisher_information::scalar::log_sum_exp;
///
/// assert_eq!(log_sum_exp(&[1000.0, 1000.0]), 1000.0 + 2_f64.ln());
/// assert_eq!(log_sum_exp::<f64>(&[]), f64::NEG_INFINITY);
/// ```
pub fn log_sum_exp<D: Scalar>(terms: &[D]) -> D {
    let mut largest = D::from(f64::NEG_INFINITY);
    let mut position = 0;
    for (i, &term) in terms.iter().enumerate() {
        if is_nan(term) {
            return D::from(f64::NAN);
        }
        if term > largest {
            (largest, position) = (term, i);
        }
    }
    for infinity in [f64::NEG_INFINITY, f64::INFINITY] {
        if largest == infinity {
            return D::from(infinity);
        }
    }
    let mut others = D::zero();
    for (i, &term) in terms.iter().enumerate() {
        if i != position && term > f64::NEG_INFINITY {
            others += (term - largest).exp();
        }
    }
    others.ln_1p() + largest
}
