//! The covariances of a fit without clusters.

use super::{CovarianceKind, Covariances};
use crate::error::Error;
use crate::expectation::Estimate;
use crate::inference::Fit;
use crate::information::{Covariance, Information, Kind, sandwich};
use crate::model::{LogLikelihood, Observations, SampleSpace};

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// A⁻¹, A⁻¹BA⁻¹ and B⁻¹ side by side, for a model of which nothing is known but its likelihood.
    ///
    /// A covariance that does not exist stands in the table with the reason.
    #[must_use]
    pub fn covariances_of_data(&self) -> Covariances {
        Covariances::new(self.names())
            .and(CovarianceKind::Observed, self.covariance())
            .and(CovarianceKind::OuterProduct, self.covariance_by_outer_product())
            .and(CovarianceKind::Sandwich, self.sandwich())
    }

    /// A⁻¹, I⁻¹, B⁻¹, A⁻¹BA⁻¹ and I⁻¹BI⁻¹ side by side.
    ///
    /// A covariance that does not exist stands in the table with the reason.
    ///
    /// ```
    /// use fisher_information::{distributions::Normal, inference::{CovarianceKind, maximum_likelihood}};
    ///
    /// let fit = maximum_likelihood(&Normal, &[0.0, 0.0, 0.0, 4.0])?;      // mean 1, variance 3: far from normal
    /// let covariances = fit.covariances();
    /// let deviation = |kind| Ok::<_, fisher_information::Error>(covariances.get(kind)?.get("deviation", "deviation")?.value);
    /// assert!((deviation(CovarianceKind::Observed)? - 3.0 / 8.0).abs() < 1e-12);          // σ²/2n
    /// assert!((deviation(CovarianceKind::Sandwich)? - (21.0 - 9.0) / 48.0).abs() < 1e-12);   // (m₄ − σ⁴)/4nσ²
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    #[must_use]
    pub fn covariances(&self) -> Covariances
    where
        M: SampleSpace,
    {
        Covariances::new(self.names())
            .and(CovarianceKind::Observed, self.covariance())
            .and(CovarianceKind::Expected, self.covariance_by_expectation())
            .and(CovarianceKind::OuterProduct, self.covariance_by_outer_product())
            .and(CovarianceKind::Sandwich, self.sandwich())
            .and(CovarianceKind::SandwichExpected, self.sandwich_with_expected_bread())
    }

    /// I⁻¹, the inverse of the expected information of the data set, to which the curvature of the prior is added if there is one.
    ///
    /// # Errors
    /// As [`expected`](Self::expected); [`Error::Singular`], [`Error::NotPositiveDefinite`].
    pub fn covariance_by_expectation(&self) -> Result<Covariance, Error>
    where
        M: SampleSpace,
    {
        self.with_prior(self.expected()?)?.inverse()
    }

    /// B⁻¹, the inverse of the outer products of the scores (OPG), to which the curvature of the prior is added if there is one.
    ///
    /// It takes no second derivatives, and in small samples it is poor.
    /// Source: Berndt, Hall, Hall and Hausman, *Estimation and inference in nonlinear structural models*, Ann. Econ. Soc. Meas. 3 (1974).
    ///
    /// # Errors
    /// [`Error::TooFewObservations`] if there are not more of them than parameters, and no prior: their scores sum to zero, so that B has no
    /// inverse; [`Error::Singular`], [`Error::NotPositiveDefinite`].
    pub fn covariance_by_outer_product(&self) -> Result<Covariance, Error> {
        let counted = |weights: &[f64]| weights.iter().filter(|weight| **weight > 0.0).count();
        let (found, needed) = (self.weights().map_or(self.data().count(), counted), self.estimates().len());
        if found <= needed && !self.has_prior() {
            #[allow(clippy::cast_precision_loss)] // no more than parameters
            let (needed, found) = (needed as f64, found as f64);
            return Err(Error::TooFewObservations {
                what: "the inverse of the outer products of scores",
                needed,
                found,
            });
        }
        self.with_prior(self.empirical()?)?.inverse()
    }

    /// A⁻¹BA⁻¹, the covariance of the estimator whether the model is true or not, of independent observations.
    ///
    /// With a prior, A has its curvature: the covariance is that of the mode over repetitions of the data.
    ///
    /// # Errors
    /// As [`sandwich`].
    pub fn sandwich(&self) -> Result<Covariance, Error> {
        sandwich(&self.curvature()?, &self.empirical()?)
    }

    /// I⁻¹BI⁻¹, the sandwich with the expected information for bread: what White's covariance of a generalised linear model usually is.
    ///
    /// # Errors
    /// As [`expected`](Self::expected) and [`sandwich`].
    pub fn sandwich_with_expected_bread(&self) -> Result<Covariance, Error>
    where
        M: SampleSpace,
    {
        sandwich(&self.with_prior(self.expected()?)?, &self.empirical()?)
    }

    /// The information with the curvature of the prior added, if there is one.
    fn with_prior<K: Kind>(&self, information: Information<K>) -> Result<Information<K>, Error> {
        let Some(prior) = self.likelihood.prior_at(self.estimates())? else { return Ok(information) };
        let error = information.error() + prior.curvature.map(|entry| Estimate::exact(entry).error);
        let matrix = information.matrix() + prior.curvature;
        let provenance = information.provenance().clone();
        Information::new(information.names(), matrix, error, information.observations(), provenance)
    }
}
