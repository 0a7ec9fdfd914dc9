//! The Cholesky factor of a scaled information matrix, and what its errors do to the inverse.
//!
//! For S + Δ with |Δ| ≤ E, write R = |S⁻¹|E. From (S + Δ)⁻¹ = S⁻¹ − S⁻¹Δ(S + Δ)⁻¹,
//!
//! ```math
//! |(S + \Delta)^{-1} - S^{-1}| \le R\,|S^{-1}| + R^2\,|S^{-1}| + \dots = (1 - R)^{-1} R\, |S^{-1}|
//! ```
//!
//! if the spectral radius of R is below 1; then no matrix within the errors is singular. The first term is the first-order error.

use super::bounds;
use super::labelled::Labelled;
use super::scaling::Scaled;
use super::spectrum::Spectrum;
use crate::error::Error;
use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

/// S = LLᵀ, with S⁻¹ and its errors.
pub(super) struct Factor {
    pub scaled: Scaled,
    cholesky: Cholesky<f64, Dyn>,
    /// S⁻¹
    pub inverse: DMatrix<f64>,
    /// R = |S⁻¹|E
    pub growth: DMatrix<f64>,
    /// (1 − R)⁻¹, or 1 for standard errors, which travel to first order; ∞ where no bound exists.
    pub amplification: DMatrix<f64>,
}

impl Factor {
    /// Factorises a positive definite matrix.
    ///
    /// # Errors
    /// [`Error::Singular`] if its rank is not full against its own errors, [`Error::NotPositiveDefinite`].
    pub fn new(entries: &Labelled, random: bool) -> Result<Self, Error> {
        let scaled = Scaled::of(entries);
        let size = entries.size();
        let Some(cholesky) = Cholesky::new(scaled.matrix.clone()) else {
            return Err(Spectrum::of(entries).refusal());
        };
        let inverse = cholesky.inverse();
        let growth = bounds::product(&inverse.abs(), &scaled.error);
        let amplification = match neumann(&growth) {
            Some(certified) => certified,
            None => {
                Spectrum::of(entries).check_positive_definite()?;
                if random { DMatrix::identity(size, size) } else { DMatrix::from_element(size, size, f64::INFINITY) }
            }
        };
        Ok(Self { scaled, cholesky, inverse, growth, amplification })
    }

    /// S⁻¹ B.
    pub fn solve(&self, b: &DMatrix<f64>) -> DMatrix<f64> {
        self.cholesky.solve(b)
    }

    /// The error of S⁻¹.
    pub fn inverse_error(&self) -> DMatrix<f64> {
        let first_order = bounds::product(&self.growth, &self.inverse.abs());
        bounds::product(&self.amplification, &first_order)
    }

    /// hᵀS⁻¹h and its error, |w'|ᵀE|w| with w = S⁻¹h and w' that of a matrix within the errors.
    pub fn form(&self, h: &DVector<f64>) -> (f64, f64) {
        let w = self.cholesky.solve(h);
        let size = DMatrix::from_column_slice(w.len(), 1, w.abs().as_slice());
        let largest = bounds::product(&self.amplification, &size).column(0).into_owned();
        let rounding = bounds::rounding(h.len()) * h.abs().dot(&w.abs());
        (h.dot(&w), bounds::form(&largest, &self.scaled.error, &w.abs()) + rounding)
    }

    /// ln det I and its error, −ln det(1 − R) = tr R + tr R²/2 + …
    pub fn ln_determinant(&self) -> (f64, f64) {
        let l = self.cholesky.l_dirty();
        let terms = || (0..self.scaled.scale.len()).map(|i| (l[(i, i)].ln(), self.scaled.scale[i].ln()));
        let value = 2.0 * terms().map(|(a, b)| a + b).sum::<f64>();
        let rounding =
            2.0 * bounds::rounding(self.growth.nrows()) * terms().map(|(a, b)| a.abs() + b.abs()).sum::<f64>();
        let trace = bounds::product(&self.amplification, &self.growth).trace();
        (value, trace + rounding)
    }
}

/// (1 − R)⁻¹ for R ≥ 0 with spectral radius below 1, or nothing.
///
/// 1 − R has an inverse without negative entries exactly if some x ≥ 0 has (1 − R)x > 0; x = (1 − R)⁻¹𝟏 is tried.
/// Source: Berman and Plemmons, *Nonnegative Matrices in the Mathematical Sciences* (1994), theorem 6.2.3.
fn neumann(growth: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    if growth.iter().any(|entry| !entry.is_finite()) {
        return None;
    }
    let size = growth.nrows();
    let inverse = (DMatrix::identity(size, size) - growth).try_inverse()?;
    let certain = inverse.row_iter().all(|row| {
        let sum = row.sum();
        sum.is_finite() && sum >= 0.0
    });
    certain.then(|| inverse.map(|entry| entry.max(0.0)))
}
