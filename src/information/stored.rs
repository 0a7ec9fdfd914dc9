//! How results are written and read (feature `serde`). What is read is checked as what is constructed.

use super::kind::Kind;
use super::labelled::Labelled;
use crate::error::{Error, check_length};
use crate::expectation::Provenance;
use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

/// A [`Labelled`] row by row. An error of ∞ is stored as nothing, since JSON has no infinity.
#[derive(Serialize, Deserialize)]
pub(super) struct Matrix {
    names: Vec<String>,
    matrix: Vec<Vec<f64>>,
    error: Vec<Vec<Option<f64>>>,
}

impl From<Labelled> for Matrix {
    fn from(entries: Labelled) -> Self {
        let finite = |error: &f64| error.is_finite().then_some(*error);
        Self {
            names: entries.names().to_vec(),
            matrix: entries.matrix().row_iter().map(|row| row.iter().copied().collect()).collect(),
            error: entries.error().row_iter().map(|row| row.iter().map(finite).collect()).collect(),
        }
    }
}

impl TryFrom<Matrix> for Labelled {
    type Error = Error;

    fn try_from(stored: Matrix) -> Result<Self, Error> {
        let matrix = square("columns of the matrix", &stored.matrix, |entry| *entry)?;
        let error = square("columns of the errors", &stored.error, |error| error.unwrap_or(f64::INFINITY))?;
        Self::new(stored.names, matrix, error)
    }
}

/// The matrix of rows that are all as long as there are rows.
fn square<T>(what: &'static str, rows: &[Vec<T>], entry: impl Fn(&T) -> f64) -> Result<DMatrix<f64>, Error> {
    for row in rows {
        check_length(what, rows.len(), row.len())?;
    }
    Ok(DMatrix::from_fn(rows.len(), rows.len(), |i, j| entry(&rows[i][j])))
}

/// An [`Information`](super::Information) with its kind.
#[derive(Serialize, Deserialize)]
pub(super) struct Information {
    kind: String,
    observations: f64,
    provenance: Provenance,
    #[serde(flatten)]
    entries: Matrix,
}

impl<K: Kind> From<super::Information<K>> for Information {
    fn from(information: super::Information<K>) -> Self {
        Self {
            kind: K::NAME.into(),
            observations: information.observations,
            provenance: information.provenance,
            entries: information.entries.into(),
        }
    }
}

impl<K: Kind> TryFrom<Information> for super::Information<K> {
    type Error = Error;

    fn try_from(stored: Information) -> Result<Self, Error> {
        if stored.kind != K::NAME {
            return Err(Error::KindDiffers { expected: K::NAME, found: stored.kind });
        }
        Self::from_entries(stored.entries.try_into()?, stored.observations, stored.provenance)
    }
}

/// A [`Covariance`](super::Covariance).
#[derive(Serialize, Deserialize)]
pub(super) struct Covariance {
    kind: String,
    provenance: Provenance,
    #[serde(flatten)]
    entries: Matrix,
}

/// The kind that a covariance is stored as.
const COVARIANCE: &str = "covariance";

impl From<super::Covariance> for Covariance {
    fn from(covariance: super::Covariance) -> Self {
        Self {
            kind: COVARIANCE.into(),
            provenance: covariance.provenance().clone(),
            entries: covariance.entries().clone().into(),
        }
    }
}

impl TryFrom<Covariance> for super::Covariance {
    type Error = Error;

    fn try_from(stored: Covariance) -> Result<Self, Error> {
        if stored.kind != COVARIANCE {
            return Err(Error::KindDiffers { expected: COVARIANCE, found: stored.kind });
        }
        Self::from_entries(stored.entries.try_into()?, stored.provenance)
    }
}
