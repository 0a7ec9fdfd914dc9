//! `Information<K>`: a Fisher information matrix that knows what it is.

use super::kind::Kind;
use super::labelled::Labelled;
use crate::error::Error;
use crate::expectation::{Estimate, Provenance};
use nalgebra::DMatrix;
use std::marker::PhantomData;

/// A Fisher information matrix of kind `K`: [`Expected`](super::Expected), [`Observed`](super::Observed),
/// [`Empirical`](super::Empirical), [`Clustered`](super::Clustered) or [`Sampled`](super::Sampled).
///
/// It carries the p × p matrix, an absolute error for every entry, the names of the parameters, the number of observations
/// that it stands for, and how it was obtained.
///
/// ```
/// use fisher_information::information::{Expected, Information};
/// use nalgebra::dmatrix;
///
/// // one observation of a normal distribution with standard deviation 2
/// let one = Information::<Expected>::exact(["mean", "deviation"], dmatrix![0.25, 0.0; 0.0, 0.5])?;
/// let hundred = one.times(100.0)?;
/// assert_eq!(hundred.get("deviation", "deviation")?.value, 50.0);
/// assert_eq!(hundred.standard_errors()?[0].value, 0.2);     // 2/√100
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors of the entries
/// An operation adds the absolute errors of what it combines, each times the size of its derivative, and the rounding of
/// its own arithmetic. If the errors given are bounds, so are the errors of the result. If they are standard errors, those of
/// the result are at least the standard errors to first order, however the entries depend on one another, since the standard
/// deviation of a sum is at most the sum of the standard deviations.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "super::stored::Information", into = "super::stored::Information", bound = "")
)]
pub struct Information<K: Kind> {
    pub(super) entries: Labelled,
    pub(super) observations: f64,
    pub(super) provenance: Provenance,
    kind: PhantomData<K>,
}

impl<K: Kind> Information<K> {
    /// The information that `observations` observations (or the sum of their weights) carry: p names, a symmetric p × p matrix
    /// and the p × p absolute errors of its entries.
    ///
    /// # Errors
    /// See [`Labelled::new`]; and [`Error::InvalidObservations`].
    pub fn new(
        names: impl IntoIterator<Item: Into<String>>,
        matrix: DMatrix<f64>,
        error: DMatrix<f64>,
        observations: f64,
        provenance: Provenance,
    ) -> Result<Self, Error> {
        Self::from_entries(Labelled::new(names, matrix, error)?, observations, provenance)
    }

    /// The information of one observation by a formula, each entry right to rounding.
    ///
    /// # Errors
    /// See [`Labelled::new`].
    pub fn exact(names: impl IntoIterator<Item: Into<String>>, matrix: DMatrix<f64>) -> Result<Self, Error> {
        let error = matrix.map(|entry| Estimate::exact(entry).error);
        Self::new(names, matrix, error, 1.0, Provenance::ClosedForm)
    }

    pub(super) fn from_entries(entries: Labelled, observations: f64, provenance: Provenance) -> Result<Self, Error> {
        if observations.is_finite() && observations > 0.0 {
            Ok(Self { entries, observations, provenance, kind: PhantomData })
        } else {
            Err(Error::InvalidObservations { value: observations })
        }
    }

    /// The same observations and provenance with another matrix.
    pub(super) fn with_entries(&self, entries: Labelled) -> Self {
        Self { entries, observations: self.observations, provenance: self.provenance.clone(), kind: PhantomData }
    }

    /// The p × p matrix, exactly symmetric.
    #[must_use]
    pub fn matrix(&self) -> &DMatrix<f64> {
        self.entries.matrix()
    }

    /// The absolute error of every entry: a bound, or a standard error if [`Provenance::is_random`].
    #[must_use]
    pub fn error(&self) -> &DMatrix<f64> {
        self.entries.error()
    }

    /// The names of the parameters.
    #[must_use]
    pub fn names(&self) -> &[String] {
        self.entries.names()
    }

    /// How many observations it stands for: the sum of their weights.
    #[must_use]
    pub fn observations(&self) -> f64 {
        self.observations
    }

    /// How it was obtained.
    #[must_use]
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// The matrix with its names and errors alone.
    #[must_use]
    pub fn entries(&self) -> &Labelled {
        &self.entries
    }

    /// The entry of two parameters.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`].
    pub fn get(&self, row: &str, column: &str) -> Result<Estimate, Error> {
        self.entries.get(row, column)
    }
}
