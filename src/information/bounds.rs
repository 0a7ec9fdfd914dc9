//! Arithmetic of error bounds: numbers in [0, ∞], where ∞ means that nothing is known, and nothing times it is nothing.

use nalgebra::{DMatrix, DVector};

/// ε, the gap between 1 and the next number; a rounding changes a result by half of it at most.
pub(super) const EPSILON: f64 = f64::EPSILON;

/// a b, where 0·∞ = 0.
pub(super) fn times(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { a * b }
}

/// A B.
pub(super) fn product(a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    DMatrix::from_fn(a.nrows(), b.ncols(), |i, j| (0..a.ncols()).map(|k| times(a[(i, k)], b[(k, j)])).sum())
}

/// A E Aᵀ.
pub(super) fn congruence(a: &DMatrix<f64>, e: &DMatrix<f64>) -> DMatrix<f64> {
    product(&product(a, e), &a.transpose())
}

/// aᵀ E b.
pub(super) fn form(a: &DVector<f64>, e: &DMatrix<f64>, b: &DVector<f64>) -> f64 {
    let mut sum = 0.0;
    for i in 0..e.nrows() {
        for j in 0..e.ncols() {
            sum += times(times(a[i], e[(i, j)]), b[j]);
        }
    }
    sum
}

/// The relative rounding error of a sum of `terms` products, in the worst case.
#[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ terms
pub(super) fn rounding(terms: usize) -> f64 {
    (terms + 1) as f64 * EPSILON
}
