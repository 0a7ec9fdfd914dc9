//! Covariances with their names, as a table.

use super::SmallSample;
use crate::error::Error;
use crate::expectation::Estimate;
use crate::information::Covariance;
use crate::information::{digits, table};
use std::fmt;

/// How the covariance of an estimator was obtained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum CovarianceKind {
    /// A⁻¹, from the observed information.
    Observed,
    /// I⁻¹, from the expected information.
    Expected,
    /// B⁻¹, from the outer products of the scores.
    OuterProduct,
    /// A⁻¹BA⁻¹
    Sandwich,
    /// I⁻¹BI⁻¹
    SandwichExpected,
    /// A⁻¹CA⁻¹, with the outer products C of the scores of clusters.
    Clustered {
        /// How many clusters there are.
        clusters: usize,
        /// The factor for few clusters.
        correction: SmallSample,
    },
    /// The covariance of refits to data drawn from the fitted model, or to the data drawn anew.
    Bootstrap {
        /// Whether the data were drawn from the model.
        parametric: bool,
    },
}

impl fmt::Display for CovarianceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Observed => f.write_str("observed"),
            Self::Expected => f.write_str("expected"),
            Self::OuterProduct => f.write_str("outer product"),
            Self::Sandwich => f.write_str("sandwich"),
            Self::SandwichExpected => f.write_str("sandwich, expected bread"),
            Self::Clustered { clusters, correction } => {
                write!(f, "{clusters} clusters")?;
                match correction {
                    SmallSample::None => Ok(()),
                    SmallSample::Clusters => f.write_str(", G/(G−1)"),
                    SmallSample::ClustersAndParameters => f.write_str(", G/(G−1)·(n−1)/(n−p)"),
                }
            }
            Self::Bootstrap { parametric: true } => f.write_str("parametric bootstrap"),
            Self::Bootstrap { parametric: false } => f.write_str("nonparametric bootstrap"),
        }
    }
}

/// Several covariances of the same estimator, or why one does not exist. Printed, it is a table of the standard errors.
///
/// ```
/// use fisher_information::{distributions::Normal, inference::{SmallSample, maximum_likelihood}};
///
/// let fit = maximum_likelihood(&Normal, &[1.0, 2.0, 2.0, 3.0, 5.0, 5.0])?;      // mean 3, variance 7/3
/// let clusters = fit.clustered(&[1, 1, 2, 2, 3, 3])?;
/// let covariances =
///     fit.covariances_of_data().and(clusters.kind(SmallSample::Clusters), clusters.covariance(SmallSample::Clusters));
/// assert_eq!(
///     covariances.to_string(),
///     "standard errors       mean  deviation\n\
///      observed             0.624      0.441\n\
///      outer product        0.676      0.928\n\
///      sandwich             0.624      0.227\n\
///      3 clusters, G/(G−1)   1.04      0.332\n"
/// );
/// # Ok::<(), fisher_information::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Covariances {
    names: Vec<String>,
    rows: Vec<(CovarianceKind, Result<Covariance, Error>)>,
}

impl Covariances {
    /// An empty table of the covariances of these parameters.
    pub(super) fn new(names: &[String]) -> Self {
        Self { names: names.to_vec(), rows: Vec::new() }
    }

    /// And one more.
    #[must_use]
    pub fn and(mut self, kind: CovarianceKind, covariance: Result<Covariance, Error>) -> Self {
        self.rows.push((kind, covariance));
        self
    }

    /// The covariances with their kinds.
    pub fn iter(&self) -> impl Iterator<Item = (CovarianceKind, Result<&Covariance, &Error>)> {
        self.rows.iter().map(|(kind, covariance)| (*kind, covariance.as_ref()))
    }

    /// The covariance of one kind.
    ///
    /// # Errors
    /// Why it does not exist; [`Error::Unsupported`] if it is not in the table.
    pub fn get(&self, kind: CovarianceKind) -> Result<&Covariance, Error> {
        let found = self.rows.iter().find(|(other, _)| *other == kind);
        let (_, covariance) =
            found.ok_or(Error::Unsupported { method: "the table", needs: "a covariance of this kind" })?;
        covariance.as_ref().map_err(Clone::clone)
    }

    /// The standard errors of all parameters, a row for each covariance that exists.
    #[must_use]
    pub fn standard_errors(&self) -> Vec<(CovarianceKind, Vec<Estimate>)> {
        let row = |(kind, found): &(CovarianceKind, Result<Covariance, Error>)| {
            found.as_ref().ok().map(|covariance| (*kind, covariance.standard_errors()))
        };
        self.rows.iter().filter_map(row).collect()
    }
}

/// Standard errors to three digits, and below them the reasons for those that do not exist.
impl fmt::Display for Covariances {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = std::iter::once("standard errors".to_owned()).chain(self.names.iter().cloned()).collect();
        let mut rows: Vec<Vec<String>> = vec![head];
        for (kind, found) in &self.rows {
            let numbers: Vec<String> = match found {
                Ok(covariance) => covariance.standard_errors().iter().map(|error| digits(error.value, 3)).collect(),
                Err(_) => vec!["–".into(); self.names.len()],
            };
            rows.push(std::iter::once(kind.to_string()).chain(numbers).collect());
        }
        table(f, &rows)?;
        for (kind, found) in &self.rows {
            if let Err(reason) = found {
                writeln!(f, "{kind}: {reason}")?;
            }
        }
        Ok(())
    }
}
