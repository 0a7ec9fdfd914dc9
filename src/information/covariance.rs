//! `Covariance`: an asymptotic covariance matrix of estimators.

use super::bounds;
use super::display::Estimates;
use super::labelled::{Labelled, check_finite};
use crate::error::{Error, check_length};
use crate::expectation::{Estimate, Provenance};
use nalgebra::DMatrix;

/// The covariance matrix of the estimators of p parameters, with an absolute error for every entry.
///
/// It is another type than [`Information`](super::Information), so that neither is taken for the other.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "super::stored::Covariance", into = "super::stored::Covariance"))]
pub struct Covariance {
    entries: Labelled,
    provenance: Provenance,
}

impl Covariance {
    /// A covariance matrix: p names, a symmetric p × p matrix and the p × p absolute errors of its entries.
    ///
    /// # Errors
    /// See [`Labelled::new`]; and [`Error::NegativeVariance`] if a variance is negative by more than its error.
    pub fn new(
        names: impl IntoIterator<Item: Into<String>>,
        matrix: DMatrix<f64>,
        error: DMatrix<f64>,
        provenance: Provenance,
    ) -> Result<Self, Error> {
        Self::from_entries(Labelled::new(names, matrix, error)?, provenance)
    }

    pub(super) fn from_entries(entries: Labelled, provenance: Provenance) -> Result<Self, Error> {
        for (i, name) in entries.names().iter().enumerate() {
            let value = entries.matrix()[(i, i)];
            if value < -entries.error()[(i, i)] {
                return Err(Error::NegativeVariance { name: name.clone(), value });
            }
        }
        Ok(Self { entries, provenance })
    }

    /// The p × p matrix, exactly symmetric.
    #[must_use]
    pub fn matrix(&self) -> &DMatrix<f64> {
        self.entries.matrix()
    }

    /// The absolute error of every entry.
    #[must_use]
    pub fn error(&self) -> &DMatrix<f64> {
        self.entries.error()
    }

    /// The names of the parameters.
    #[must_use]
    pub fn names(&self) -> &[String] {
        self.entries.names()
    }

    /// How the information behind it was obtained.
    #[must_use]
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// The matrix with its names and errors alone.
    #[must_use]
    pub fn entries(&self) -> &Labelled {
        &self.entries
    }

    /// The covariance of two parameters.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`].
    pub fn get(&self, row: &str, column: &str) -> Result<Estimate, Error> {
        self.entries.get(row, column)
    }

    /// √Σᵢᵢ, the standard error of every parameter, with its own error.
    #[must_use]
    pub fn standard_errors(&self) -> Vec<Estimate> {
        (0..self.names().len()).map(|i| root(Estimate::new(self.matrix()[(i, i)], self.error()[(i, i)]))).collect()
    }

    /// √Σᵢᵢ, the standard error of one parameter, with its own error.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`].
    pub fn standard_error(&self, name: &str) -> Result<Estimate, Error> {
        Ok(root(self.get(name, name)?))
    }

    /// The correlations Σᵢⱼ/√(ΣᵢᵢΣⱼⱼ), with their errors.
    ///
    /// # Errors
    /// [`Error::ZeroVariance`].
    pub fn correlations(&self) -> Result<Labelled, Error> {
        let (matrix, error) = (self.matrix(), self.error());
        let deviation = |i: usize| matrix[(i, i)].sqrt();
        let smallest = |i: usize| (matrix[(i, i)] - error[(i, i)]).max(0.0).sqrt();
        if let Some(name) = (0..matrix.nrows()).find(|&i| matrix[(i, i)] <= 0.0) {
            return Err(Error::ZeroVariance { name: self.names()[name].clone() });
        }
        let mut correlations = DMatrix::identity(matrix.nrows(), matrix.nrows());
        let mut errors = DMatrix::zeros(matrix.nrows(), matrix.nrows());
        for i in 0..matrix.nrows() {
            for j in (0..matrix.nrows()).filter(|&j| j != i) {
                let value = matrix[(i, j)] / deviation(i) / deviation(j);
                let own = error[(i, j)] / smallest(i) / smallest(j);
                let shrink = deviation(i) / smallest(i) * (deviation(j) / smallest(j)) - 1.0;
                let error = own + bounds::times(value.abs(), shrink) + bounds::rounding(2) * value.abs();
                correlations[(i, j)] = value;
                errors[(i, j)] = error.min(1.0 + value.abs()); // a true correlation lies between −1 and 1
            }
        }
        Labelled::new(self.names(), correlations, errors)
    }

    /// The covariance of the named parameters: their rows and columns.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`], [`Error::RepeatedName`], [`Error::ParameterCount`] if none is named.
    pub fn marginal(&self, names: &[&str]) -> Result<Self, Error> {
        let entries = self.entries.select(&self.entries.positions(names)?)?;
        Ok(Self { entries, provenance: self.provenance.clone() })
    }

    /// JΣJᵀ, the covariance of q functions of the parameters with the q × p Jacobian J, to first order (delta method).
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if J has not p columns, or not as many rows as there are names;
    /// [`Error::DerivativeNotFinite`].
    pub fn change_of_coordinates(
        &self,
        jacobian: &DMatrix<f64>,
        names: impl IntoIterator<Item: Into<String>>,
    ) -> Result<Self, Error> {
        check_length("columns of the Jacobian", self.names().len(), jacobian.ncols())?;
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        check_length("rows of the Jacobian", names.len(), jacobian.nrows())?;
        check_finite("Jacobian", jacobian)?;
        Self::from_entries(self.entries.congruence(jacobian, names)?, self.provenance.clone())
    }

    /// gᵀΣg, the variance of a function of the parameters with gradient g, to first order (delta method).
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if g has not p entries, [`Error::DerivativeNotFinite`] if one is not finite.
    pub fn variance(&self, gradient: &[f64]) -> Result<Estimate, Error> {
        self.entries.form(gradient)
    }

    /// The estimates with their standard errors, as a table to be read.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if there are not p estimates.
    pub fn estimates(&self, theta: &[f64]) -> Result<Estimates, Error> {
        check_length("estimates", self.names().len(), theta.len())?;
        Ok(Estimates {
            names: self.names().to_vec(),
            estimates: theta.to_vec(),
            standard_errors: self.standard_errors(),
        })
    }
}

/// √v, with the larger distance to the roots of v ± error. A variance that rounding made negative has the root 0.
pub(super) fn root(variance: Estimate) -> Estimate {
    let Estimate { value, error } = variance;
    if value == f64::INFINITY {
        return variance;
    }
    if value <= 0.0 {
        return Estimate::new(0.0, (value + error).max(0.0).sqrt());
    }
    let root = value.sqrt();
    let distance = if error.is_infinite() { error } else { error / (root + (value - error).max(0.0).sqrt()) };
    Estimate::new(root, distance + bounds::EPSILON * root)
}
