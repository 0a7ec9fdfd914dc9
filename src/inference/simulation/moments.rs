//! Means and covariances of draws, with their standard errors.

use crate::expectation::Estimate;
use nalgebra::DMatrix;

/// The mean of every column, with its standard error, of independent rows.
#[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ rows
pub fn mean(rows: &DMatrix<f64>) -> Vec<Estimate> {
    let count = rows.nrows() as f64;
    rows.column_iter()
        .map(|column| {
            let mean = column.sum() / count;
            let square = column.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (count - 1.0);
            Estimate::new(mean, (square / count).sqrt())
        })
        .collect()
}

/// The rows less their mean.
pub fn centred(rows: &DMatrix<f64>) -> DMatrix<f64> {
    let mean = rows.row_mean();
    DMatrix::from_fn(rows.nrows(), rows.ncols(), |i, j| rows[(i, j)] - mean[j])
}

/// The covariance of the columns, of n rows with the divisor n − 1, and the standard errors of its entries.
///
/// For deviations d from the mean, the variance of an entry is (E\[dᵢ²dⱼ²\] − Σᵢⱼ²)/n to first order, whatever the distribution, if it
/// has fourth moments.
#[allow(clippy::cast_precision_loss)]
pub fn covariance(rows: &DMatrix<f64>) -> [DMatrix<f64>; 2] {
    let count = rows.nrows() as f64;
    let centred = centred(rows);
    let matrix = centred.tr_mul(&centred) / (count - 1.0);
    let squares = centred.map(|d| d * d);
    let fourth = squares.tr_mul(&squares) / count;
    let error = fourth.zip_map(&matrix, |fourth, entry| ((fourth - entry * entry).max(0.0) / count).sqrt());
    [matrix, error]
}
