//! An information matrix in units in which every parameter has information 1.
//!
//! Rank, condition and eigenvalues of the matrix itself change with the units of the parameters. Those of
//! S = D^(−1/2) I D^(−1/2), D the diagonal of I, do not: S is a matrix of correlations of scores. Its
//! condition is within a factor p of the best that any diagonal scaling can reach.
//! Source: van der Sluis, *Condition numbers and equilibration of matrices*, Numer. Math. 14 (1969), doi:10.1007/BF02165096.

use super::bounds::EPSILON;
use super::labelled::Labelled;
use nalgebra::{DMatrix, DVector};

/// S = D^(−1/2) I D^(−1/2), with its errors.
pub(super) struct Scaled {
    /// dᵢ, the square root of Iᵢᵢ.
    pub scale: DVector<f64>,
    /// S, its entries between −1 and 1 unless it is indefinite.
    pub matrix: DMatrix<f64>,
    /// The errors of S, and beside them the rounding of a factorisation of S: as if it had been done without rounding for a
    /// matrix this near.
    pub error: DMatrix<f64>,
}

impl Scaled {
    /// The scaled matrix.
    ///
    /// For a matrix that is not negative, dᵢ = √Iᵢᵢ. An Iᵢᵢ below its own error is replaced by that, or by 1 if both are 0;
    /// and should the matrix be indefinite, dᵢ is large enough that no |Sᵢⱼ| exceeds 100.
    /// Source: J. R. Bunch, *Equilibration of symmetric matrices in the max-norm*, J. ACM 18 (1971),
    /// doi:10.1145/321662.321670.
    pub fn of(entries: &Labelled) -> Self {
        let (matrix, error, size) = (entries.matrix(), entries.error(), entries.size());
        let mut scale = DVector::zeros(size);
        for i in 0..size {
            let (entry, noise) = (matrix[(i, i)].abs(), error[(i, i)]);
            let mut d = entry.max(if noise.is_finite() { noise } else { 0.0 }).sqrt();
            for j in 0..i {
                d = d.max(matrix[(i, j)].abs() / scale[j] / LIMIT);
            }
            scale[i] = if d == 0.0 { 1.0 } else { d.clamp(SMALLEST, f64::MAX) };
        }
        let divide = |x: f64, i: usize, j: usize| x / f64::max(scale[i], scale[j]) / f64::min(scale[i], scale[j]);
        let scaled = DMatrix::from_fn(size, size, |i, j| divide(matrix[(i, j)], i, j));
        #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ parameters
        let rounding = ROUNDING * size as f64 * EPSILON * scaled.amax().max(1.0);
        Self {
            error: DMatrix::from_fn(size, size, |i, j| divide(error[(i, j)], i, j) + rounding),
            matrix: scaled,
            scale,
        }
    }

    /// D^(−1/2) v.
    pub fn divide(&self, v: &DVector<f64>) -> DVector<f64> {
        v.component_div(&self.scale)
    }

    /// D^(−1/2) A D^(−1/2).
    pub fn divide_both(&self, a: &DMatrix<f64>) -> DMatrix<f64> {
        DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| a[(i, j)] / self.scale[i] / self.scale[j])
    }
}

/// The least scale: its square can still be inverted.
const SMALLEST: f64 = 1e-150;

/// How large |Sᵢⱼ| may grow, in an indefinite matrix, before the scaling departs from the diagonal.
const LIMIT: f64 = 100.0;

/// A Cholesky factorisation and two triangular solves with a matrix of unit diagonal are right for a matrix whose entries
/// differ by at most (3p + 1)ε/2.
/// Source: Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), theorem 10.4.
const ROUNDING: f64 = 2.0;
