//! Rows with the names of their columns.

use super::columns::Covariates;
use crate::error::{Error, check_length};
use crate::model::{Observations, Table};

/// The rows of a regression, with the names of the columns and with weights: what a [`Design`](super::Design) makes of a
/// [`Frame`](super::Frame).
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    table: Table,
    covariates: Covariates,
    weights: Option<Vec<f64>>,
}

impl Sample {
    /// Rows of covariates, offsets and responses, with one weight for each, if there are weights.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] of the weights.
    pub fn new(table: Table, covariates: Covariates, weights: Option<Vec<f64>>) -> Result<Self, Error> {
        if let Some(weights) = &weights {
            check_length("weights", table.count(), weights.len())?;
        }
        Ok(Self { table, covariates, weights })
    }

    /// The names of the columns, predictor by predictor.
    #[must_use]
    pub fn covariates(&self) -> &Covariates {
        &self.covariates
    }

    /// The rows.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }
}

impl Observations<[f64]> for Sample {
    fn count(&self) -> usize {
        self.table.count()
    }

    #[inline]
    fn get(&self, index: usize) -> &[f64] {
        self.table.get(index)
    }

    fn weights(&self) -> Option<&[f64]> {
        self.weights.as_deref()
    }
}
