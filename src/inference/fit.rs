//! A fitted model.

use super::certificate::Certificate;
use super::likelihood::Likelihood;
use crate::error::{Error, place_of};
use crate::expectation::Estimate;
use crate::information::{Covariance, Empirical, Expected, Information, Observed, ScoreSums, expected_of_data};
use crate::model::{LogLikelihood, Observations, OwnedTheta, Parameter, ParameterSpace, SampleSpace, Theta};
use std::borrow::Borrow;

/// A model at the maximum of the likelihood of a data set, or of a posterior density.
///
/// It knows the model and the data, so that intervals, tests and diagnoses are one call each.
pub struct Fit<'a, M: LogLikelihood, D: ?Sized> {
    pub(super) likelihood: Likelihood<'a, M, D>,
    theta: OwnedTheta<M, f64>,
    sums: ScoreSums,
    certificate: Certificate,
}

impl<'a, M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'a, M, D> {
    /// The model at θ, which a search has found in so many steps.
    pub(super) fn at(likelihood: Likelihood<'a, M, D>, theta: &[f64], iterations: usize) -> Result<Self, Error> {
        let sums = likelihood.sums(theta)?;
        let certificate = Certificate::of(&likelihood.local(&sums)?, &likelihood.curvature(&sums)?, iterations);
        Ok(Self { theta: M::Parameters::from_slice(theta)?, likelihood, sums, certificate })
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &'a M {
        self.likelihood.model
    }

    /// The data.
    #[must_use]
    pub fn data(&self) -> &'a D {
        self.likelihood.data
    }

    /// The estimate θ̂.
    #[must_use]
    pub fn theta(&self) -> &Theta<M, f64> {
        self.theta.borrow()
    }

    /// The estimate θ̂ as numbers, in the order of the parameters.
    #[must_use]
    pub fn estimates(&self) -> &[f64] {
        self.theta.as_ref()
    }

    /// The estimate of one parameter.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`].
    pub fn get(&self, name: &str) -> Result<f64, Error> {
        Ok(self.estimates()[self.position(name)?])
    }

    /// The place of a parameter.
    pub(crate) fn position(&self, name: &str) -> Result<usize, Error> {
        place_of(name, self.names())
    }

    /// The names of the parameters.
    #[must_use]
    pub fn names(&self) -> &[String] {
        self.sums.names()
    }

    /// The parameters with their domains.
    #[must_use]
    pub fn parameters(&self) -> &[Parameter] {
        &self.likelihood.parameters
    }

    /// ℓ(θ̂), the log-likelihood of the data, without the prior.
    #[must_use]
    pub fn log_likelihood(&self) -> Estimate {
        self.sums.log_likelihood()
    }

    /// The sum of the weights: the number of observations, if there are none.
    #[must_use]
    pub fn observations(&self) -> f64 {
        self.sums.weight()
    }

    /// Log-likelihood, score, outer products and curvature, summed over the data at θ̂.
    #[must_use]
    pub fn sums(&self) -> &ScoreSums {
        &self.sums
    }

    /// How near the maximum is, and how well it is determined.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Whether a prior took part.
    #[must_use]
    pub fn has_prior(&self) -> bool {
        self.likelihood.prior.is_some()
    }

    /// −Σ w H at θ̂, the observed information of the data.
    ///
    /// # Errors
    /// [`Error::EntryNotFinite`] if a sum overflows.
    pub fn observed(&self) -> Result<Information<Observed>, Error> {
        self.sums.observed()
    }

    /// Σ w s sᵀ at θ̂, the empirical information of the data.
    ///
    /// # Errors
    /// [`Error::EntryNotFinite`] if a sum overflows.
    pub fn empirical(&self) -> Result<Information<Empirical>, Error> {
        self.sums.empirical()
    }

    /// The expected information of the data set at θ̂: given the covariates, if there are any.
    ///
    /// # Errors
    /// As [`expected_of_data`].
    pub fn expected(&self) -> Result<Information<Expected>, Error>
    where
        M: SampleSpace,
    {
        expected_of_data(self.model(), self.theta(), self.data())
    }

    /// Minus the Hessian of what was maximised: the observed information, and the curvature of the prior, if there is one.
    ///
    /// # Errors
    /// [`Error::EntryNotFinite`] if a sum overflows.
    pub fn curvature(&self) -> Result<Information<Observed>, Error> {
        self.likelihood.curvature(&self.sums)
    }

    /// The inverse of [`curvature`](Self::curvature): the asymptotic covariance of the estimator if the model is true, the covariance of
    /// Laplace's approximation if there is a prior.
    ///
    /// # Errors
    /// [`Error::Singular`], [`Error::NotPositiveDefinite`].
    pub fn covariance(&self) -> Result<Covariance, Error> {
        self.curvature()?.inverse()
    }
}
