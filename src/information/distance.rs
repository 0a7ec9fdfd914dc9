//! How far a vector is from zero in units of a covariance.

use super::covariance::Covariance;
use super::factor::Factor;
use super::labelled::finite_vector;
use crate::error::{Error, check_length};
use crate::expectation::Estimate;

impl Covariance {
    /// vᵀΣ⁻¹v, the squared distance of a vector from zero in units of the covariance (Mahalanobis).
    ///
    /// ```
    /// use fisher_information::{expectation::Provenance, information::Covariance};
    /// use nalgebra::{DMatrix, dmatrix};
    /// let covariance =
    ///     Covariance::new(["a", "b"], dmatrix![4.0, 0.0; 0.0, 9.0], DMatrix::zeros(2, 2), Provenance::ClosedForm)?;
    /// assert_eq!(covariance.squared_distance(&[2.0, 6.0])?.value, 5.0);       // 1² + 2²
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if v has not p entries, [`Error::DerivativeNotFinite`] if one is not finite; [`Error::Singular`] or
    /// [`Error::NotPositiveDefinite`] if the covariance has no inverse.
    pub fn squared_distance(&self, vector: &[f64]) -> Result<Estimate, Error> {
        check_length("entries of the vector", self.names().len(), vector.len())?;
        let factor = Factor::new(self.entries(), self.provenance().is_random())?;
        let (value, error) = factor.form(&factor.scaled.divide(&finite_vector(vector)?));
        Ok(Estimate::new(value, error))
    }
}
