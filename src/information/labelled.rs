//! A symmetric matrix with a name to every row and an error on every entry.

use super::bounds::{self, EPSILON};
use crate::error::{Error, check_length, place_of};
use crate::expectation::Estimate;
use nalgebra::{DMatrix, DVector};

/// A symmetric matrix whose rows and columns have names and whose entries have errors: what
/// [`Information`](super::Information), [`Covariance`](super::Covariance) and correlations have in common.
///
/// All entries are finite; errors are absolute, not negative, and may be infinite.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "super::stored::Matrix", into = "super::stored::Matrix"))]
pub struct Labelled {
    names: Vec<String>,
    matrix: DMatrix<f64>,
    error: DMatrix<f64>,
}

impl Labelled {
    /// A symmetric p × p matrix with the p names of its rows and the p × p absolute errors of its entries.
    ///
    /// What is symmetric to rounding is made so exactly, by averaging.
    ///
    /// # Errors
    /// No names at all or the same twice, sizes that disagree, an entry that is not finite, an error that is negative or
    /// NaN, a matrix that is not symmetric.
    pub fn new(
        names: impl IntoIterator<Item: Into<String>>,
        mut matrix: DMatrix<f64>,
        mut error: DMatrix<f64>,
    ) -> Result<Self, Error> {
        let names = distinct(names)?;
        for (what, found) in [
            ("rows of the matrix", matrix.nrows()),
            ("columns of the matrix", matrix.ncols()),
            ("rows of the errors", error.nrows()),
            ("columns of the errors", error.ncols()),
        ] {
            check_length(what, names.len(), found)?;
        }
        let at = |i: usize, j: usize| (names[i].clone(), names[j].clone());
        for i in 0..names.len() {
            for j in 0..names.len() {
                let ((row, column), value, error) = (at(i, j), matrix[(i, j)], error[(i, j)]);
                if !value.is_finite() {
                    return Err(Error::EntryNotFinite { row, column, value });
                }
                if error.is_nan() || error < 0.0 {
                    return Err(Error::InvalidEntryError { row, column, error });
                }
            }
        }
        for i in 0..names.len() {
            for j in i + 1..names.len() {
                let (upper, lower) = (matrix[(i, j)], matrix[(j, i)]);
                let scale = (matrix[(i, i)].abs().sqrt() * matrix[(j, j)].abs().sqrt()).max(upper.abs());
                if (upper - lower).abs() > ASYMMETRY * scale + error[(i, j)] + error[(j, i)] {
                    let (row, column) = at(i, j);
                    return Err(Error::NotSymmetric { row, column, upper, lower });
                }
                let half = 0.5 * upper - 0.5 * lower;
                let spread = error[(i, j)].max(error[(j, i)]) + half.abs();
                for place in [(i, j), (j, i)] {
                    matrix[place] = lower + half;
                    error[place] = spread;
                }
            }
        }
        Ok(Self { names, matrix, error })
    }

    /// The number of parameters p.
    #[must_use]
    pub fn size(&self) -> usize {
        self.names.len()
    }

    /// The names of rows and columns.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The p × p matrix, exactly symmetric.
    #[must_use]
    pub fn matrix(&self) -> &DMatrix<f64> {
        &self.matrix
    }

    /// The absolute error of every entry.
    #[must_use]
    pub fn error(&self) -> &DMatrix<f64> {
        &self.error
    }

    /// The entry at the named row and column.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`].
    pub fn get(&self, row: &str, column: &str) -> Result<Estimate, Error> {
        let place = (self.position(row)?, self.position(column)?);
        Ok(Estimate::new(self.matrix[place], self.error[place]))
    }

    /// The largest error in units of the diagonal: maxᵢⱼ Eᵢⱼ/√(MᵢᵢMⱼⱼ), 0 where the error is 0.
    #[must_use]
    pub fn relative_error(&self) -> f64 {
        let scale = |i: usize| self.matrix[(i, i)].abs().sqrt();
        let mut largest = 0.0_f64;
        for i in 0..self.size() {
            for j in 0..=i {
                if self.error[(i, j)] > 0.0 {
                    largest = largest.max(self.error[(i, j)] / scale(i) / scale(j));
                }
            }
        }
        largest
    }

    /// The place of a name.
    pub(super) fn position(&self, name: &str) -> Result<usize, Error> {
        place_of(name, &self.names)
    }

    /// The places of several names, all different.
    pub(super) fn positions(&self, names: &[&str]) -> Result<Vec<usize>, Error> {
        distinct(names.iter().copied())?;
        names.iter().map(|name| self.position(name)).collect()
    }

    /// All places but these.
    pub(super) fn others(&self, places: &[usize]) -> Vec<usize> {
        (0..self.size()).filter(|i| !places.contains(i)).collect()
    }

    /// The rows and columns at these places, which must not be none.
    pub(super) fn select(&self, places: &[usize]) -> Result<Self, Error> {
        if places.is_empty() {
            return Err(Error::ParameterCount { expected: 1, found: 0 });
        }
        Ok(Self {
            names: places.iter().map(|&i| self.names[i].clone()).collect(),
            matrix: block(&self.matrix, places, places),
            error: block(&self.error, places, places),
        })
    }

    /// A M Aᵀ for a q × p matrix A that is right to rounding: |A| E |A|ᵀ is its error, and rounding.
    pub(super) fn congruence(
        &self,
        a: &DMatrix<f64>,
        names: impl IntoIterator<Item: Into<String>>,
    ) -> Result<Self, Error> {
        let matrix = a * &self.matrix * a.transpose();
        let noise = bounds::rounding(2 * self.size() + 2);
        let error = &self.error + self.matrix.abs() * noise;
        Self::new(names, matrix, bounds::congruence(&a.abs(), &error))
    }

    /// vᵀ M v, with the error |v|ᵀ E |v| and rounding.
    pub(super) fn form(&self, v: &[f64]) -> Result<Estimate, Error> {
        check_length("entries of the vector", self.size(), v.len())?;
        let v = finite_vector(v)?;
        let error = &self.error + self.matrix.abs() * bounds::rounding(2 * self.size());
        Ok(Estimate::new(v.dot(&(&self.matrix * &v)), bounds::form(&v.abs(), &error, &v.abs())))
    }

    /// Whether another is about the same parameters, in the same order.
    pub(super) fn check_names(&self, other: &[String]) -> Result<(), Error> {
        for (position, (expected, found)) in self.names.iter().zip(other).enumerate() {
            if expected != found {
                return Err(Error::NamesDiffer { position, expected: expected.clone(), found: found.clone() });
            }
        }
        check_length("parameters", self.size(), other.len())
    }
}

/// How far mirror entries may differ, in units of the diagonal.
const ASYMMETRY: f64 = 64.0 * EPSILON;

/// The names, if they are all different and not none.
fn distinct(names: impl IntoIterator<Item: Into<String>>) -> Result<Vec<String>, Error> {
    let names: Vec<String> = names.into_iter().map(Into::into).collect();
    if names.is_empty() {
        return Err(Error::ParameterCount { expected: 1, found: 0 });
    }
    for (i, name) in names.iter().enumerate() {
        if names[..i].contains(name) {
            return Err(Error::RepeatedName { name: name.clone() });
        }
    }
    Ok(names)
}

/// The rows and columns of a matrix at the given places.
pub(super) fn block(matrix: &DMatrix<f64>, rows: &[usize], columns: &[usize]) -> DMatrix<f64> {
    DMatrix::from_fn(rows.len(), columns.len(), |i, j| matrix[(rows[i], columns[j])])
}

/// That a Jacobian has no entry that is NaN or infinite.
pub(super) fn check_finite(what: &'static str, matrix: &DMatrix<f64>) -> Result<(), Error> {
    for row in 0..matrix.nrows() {
        for column in 0..matrix.ncols() {
            let value = matrix[(row, column)];
            if !value.is_finite() {
                return Err(Error::DerivativeNotFinite { what, row, column, value });
            }
        }
    }
    Ok(())
}

/// A vector without NaN or infinite entries.
pub(super) fn finite_vector(v: &[f64]) -> Result<DVector<f64>, Error> {
    let v = DMatrix::from_column_slice(v.len(), 1, v);
    check_finite("vector", &v)?;
    Ok(v.column(0).into_owned())
}
