//! Observations that depend on one another within clusters.

use super::CovarianceKind;
use crate::error::{Error, check_length};
use crate::expectation::Provenance;
use crate::inference::Fit;
use crate::information::{Clustered, Covariance, Information, Observed, sandwich};
use crate::model::{LogLikelihood, Observations};
use nalgebra::DMatrix;
use std::collections::HashMap;
use std::hash::Hash;

/// The factor by which a clustered covariance of few clusters is enlarged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum SmallSample {
    /// 1, the sandwich itself.
    #[default]
    None,
    /// G/(G − 1) with G clusters: what the R package sandwich does (`HC0`, `cadjust = TRUE`), and Stata after maximum likelihood.
    Clusters,
    /// G/(G − 1) · (n − 1)/(n − p) with n observations and p parameters: what Stata does after a linear regression, and statsmodels
    /// (`use_correction`) always. n is the sum of the weights.
    ClustersAndParameters,
}

/// The scores of a fit, summed within clusters.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ClusteredScores {
    bread: Information<Observed>,
    meat: Information<Clustered>,
    scores: DMatrix<f64>,
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// The scores summed within clusters, given the cluster that each observation belongs to; labels may be anything that can be compared.
    ///
    /// An observation of weight w counts w times in its cluster; clusters of weight 0 do not count.
    ///
    /// ```
    /// use fisher_information::{distributions::Poisson, inference::{SmallSample, maximum_likelihood}};
    ///
    /// let counts = [1.0, 0.0, 3.0, 4.0];
    /// let fit = maximum_likelihood(&Poisson, &counts)?;
    /// let clusters = fit.clustered(&["north", "north", "south", "south"])?;
    /// let covariance = clusters.covariance(SmallSample::None)?;
    /// // scores x/2 − 1 sum to ∓1.5 in the two clusters, A = 4/2: 2·1.5²/2²
    /// assert!((covariance.get("rate", "rate")?.value - 1.125).abs() < 1e-12);
    /// assert_eq!(clusters.clusters(), 2);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// Source: K.-Y. Liang and S. L. Zeger, *Longitudinal data analysis using generalized linear models*, Biometrika 73 (1986), theorem 2,
    /// doi:10.1093/biomet/73.1.13.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if there is not one label for each observation, [`Error::TooFewClusters`] below two clusters.
    pub fn clustered<L: Eq + Hash>(&self, labels: &[L]) -> Result<ClusteredScores, Error> {
        let scores = self.scores()?;
        check_length("cluster labels", scores.nrows(), labels.len())?;
        let mut places: HashMap<&L, usize> = HashMap::new();
        let (mut sums, mut sizes): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
        let width = scores.ncols();
        for (index, label) in labels.iter().enumerate() {
            let weight = self.data().weight(index);
            if weight == 0.0 {
                continue;
            }
            let next = places.len();
            let place = *places.entry(label).or_insert(next);
            sums.resize(places.len() * width, 0.0);
            sizes.resize(places.len() * width, 0.0);
            for column in 0..width {
                let term = weight * scores[(index, column)];
                sums[place * width + column] += term;
                sizes[place * width + column] += term.abs();
            }
        }
        let clusters = places.len();
        if clusters < 2 {
            return Err(Error::TooFewClusters { clusters });
        }
        let scores = DMatrix::from_row_slice(clusters, width, &sums);
        let rounding = rounding(labels.len()) * DMatrix::from_row_slice(clusters, width, &sizes);
        let meat = scores.tr_mul(&scores);
        let cross = scores.abs().tr_mul(&rounding);
        let error = &cross
            + cross.transpose()
            + rounding.tr_mul(&rounding)
            + scores.abs().tr_mul(&scores.abs()) * self::rounding(clusters);
        let provenance = Provenance::Data { observations: labels.len() };
        let meat = Information::new(self.names(), meat, error, self.observations(), provenance)?;
        Ok(ClusteredScores { bread: self.curvature()?, meat, scores })
    }
}

/// The relative rounding of a sum of so many terms that are right to eight ε each.
#[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ terms
fn rounding(terms: usize) -> f64 {
    (terms as f64 + 8.0) * f64::EPSILON
}

impl ClusteredScores {
    /// How many clusters there are.
    #[must_use]
    pub fn clusters(&self) -> usize {
        self.scores.nrows()
    }

    /// The score of every cluster, in the order in which they first occur: a G × p matrix.
    #[must_use]
    pub fn scores(&self) -> &DMatrix<f64> {
        &self.scores
    }

    /// C = Σ S Sᵀ over the clusters. Its rank is G − 1 at most, since the scores sum to zero at a maximum: fewer clusters than parameters
    /// leave some combination of them without a variance.
    #[must_use]
    pub fn information(&self) -> &Information<Clustered> {
        &self.meat
    }

    /// A⁻¹CA⁻¹, times a factor for small samples.
    ///
    /// # Errors
    /// [`Error::Singular`] or [`Error::NotPositiveDefinite`] for A; [`Error::TooFewObservations`] if a factor asks for more of them than
    /// parameters.
    pub fn covariance(&self, correction: SmallSample) -> Result<Covariance, Error> {
        let covariance = sandwich(&self.bread, &self.meat)?;
        let factor = self.factor(correction)?;
        let error = covariance.error() * factor + covariance.matrix().abs() * (4.0 * f64::EPSILON);
        Covariance::new(covariance.names(), covariance.matrix() * factor, error, covariance.provenance().clone())
    }

    /// The kind of covariance, for a [table](super::Covariances).
    #[must_use]
    pub fn kind(&self, correction: SmallSample) -> CovarianceKind {
        CovarianceKind::Clustered { clusters: self.clusters(), correction }
    }

    #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ clusters
    fn factor(&self, correction: SmallSample) -> Result<f64, Error> {
        let (clusters, parameters) = (self.clusters() as f64, self.scores.ncols() as f64);
        let of_clusters = clusters / (clusters - 1.0);
        match correction {
            SmallSample::None => Ok(1.0),
            SmallSample::Clusters => Ok(of_clusters),
            SmallSample::ClustersAndParameters => {
                let found = self.meat.observations();
                if found <= parameters {
                    let what = "the factor (n − 1)/(n − p)";
                    return Err(Error::TooFewObservations { what, needed: parameters, found });
                }
                Ok(of_clusters * (found - 1.0) / (found - parameters))
            }
        }
    }
}
