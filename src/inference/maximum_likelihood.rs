//! Estimation: where a search begins, how it proceeds, and what it maximises.

use super::fit::Fit;
use super::likelihood::Likelihood;
use super::prior::{LocalPrior, Of, Prior};
use super::search::{self, Scheme, SearchSettings};
use crate::coordinate::Coordinate;
use crate::error::Error;
use crate::information::expected_of_data;
use crate::model::{
    LogLikelihood, Observations, OwnedTheta, Parameter, ParameterSpace, SampleSpace, Theta, checked_parameters,
    described,
};
use std::borrow::Borrow;
use std::marker::PhantomData;
use std::sync::Arc;

/// The maximum-likelihood estimate θ̂ = argmax ℓ(θ) of a model from a data set, from where the model says that a search should begin.
///
/// ```
/// use fisher_information::{distributions::Gamma, inference::maximum_likelihood};
///
/// let fit = maximum_likelihood(&Gamma, &[1.2, 0.7, 3.1, 2.2, 0.4, 1.9])?;
/// let [shape, rate] = *fit.theta();
/// assert!((shape / rate - 9.5 / 6.0).abs() < 1e-12);          // the mean of a gamma distribution is fitted exactly
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// Those of [`MaximumLikelihood::fit`].
pub fn maximum_likelihood<'a, M, D>(model: &'a M, data: &'a D) -> Result<Fit<'a, M, D>, Error>
where
    M: LogLikelihood,
    D: Observations<M::Observation> + ?Sized,
{
    MaximumLikelihood::new(model, data).fit()
}

/// A search for the maximum of a likelihood or of a posterior density.
///
/// The steps are those of Newton or of Fisher scoring, within a region in which the quadratic model is trusted. Bounded
/// parameters are searched in coordinates without bounds (ln θ for θ > 0, the logit between two bounds); results are in the coordinates
/// of the model.
///
/// ```
/// use fisher_information::{distributions::NegativeBinomial, inference::MaximumLikelihood};
///
/// let counts = [0.0, 3.0, 1.0, 0.0, 7.0, 2.0, 0.0, 1.0, 4.0, 2.0];
/// let fit = MaximumLikelihood::new(&NegativeBinomial, &counts).start(&[1.0, 0.5]).fit()?;
/// let [size, probability] = *fit.theta();
/// assert!((size * (1.0 - probability) / probability - 2.0).abs() < 1e-9);     // the mean
/// assert!(fit.certificate().distance < 1e-9);                                 // in standard errors
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Nocedal and Wright, *Numerical Optimization*, 2nd ed. (2006), chapter 4; R. I. Jennrich and P. F. Sampson, *Newton–Raphson and
/// related algorithms for maximum likelihood variance component estimation*, Technometrics 18 (1976), on scoring.
pub struct MaximumLikelihood<'a, M: LogLikelihood, D: ?Sized> {
    likelihood: Likelihood<'a, M, D>,
    start: Option<Vec<f64>>,
    settings: SearchSettings,
    allow_singular: bool,
}

impl<'a, M: LogLikelihood, D: Observations<M::Observation> + ?Sized> MaximumLikelihood<'a, M, D> {
    /// The search for the maximum of the likelihood of a model, given data.
    pub fn new(model: &'a M, data: &'a D) -> Self {
        let likelihood = Likelihood::new(model, data, Vec::new());
        Self { likelihood, start: None, settings: SearchSettings::default(), allow_singular: false }
    }

    /// From these parameters. Without them the search begins where [`LogLikelihood::starting_values`] says, or else at 0 for a parameter
    /// without bounds, 1 beyond a single bound, and the middle between two, or nearer to the lower if the model does not allow that.
    #[must_use]
    pub fn start(mut self, theta: &Theta<M, f64>) -> Self {
        self.start = Some(theta.as_ref().to_vec());
        self
    }

    /// By Fisher scoring: with the expected information in place of the observed.
    #[must_use]
    pub fn scoring(mut self) -> Self
    where
        M: SampleSpace,
    {
        self.likelihood.expected = Some(expected_of_data::<M, D>);
        self.settings.scheme = Scheme::Scoring;
        self
    }

    /// Of the posterior density, given a prior of the model's own parameters: the estimate is the mode (MAP).
    ///
    /// A mode depends on the coordinates: that of ln σ is not the logarithm of that of σ.
    #[must_use]
    pub fn prior<P: Prior<M::Parameters>>(mut self, prior: &'a P) -> Self {
        let of = Of::<'a, M::Parameters, P> { prior, space: PhantomData };
        self.likelihood.prior = Some(Arc::new(of) as Arc<dyn LocalPrior + Send + 'a>);
        self
    }

    /// To a distance of so many standard errors from the maximum.
    #[must_use]
    pub fn tolerance(mut self, standard_errors: f64) -> Self {
        self.settings.tolerance = standard_errors;
        self
    }

    /// In so many steps at most.
    #[must_use]
    pub fn iterations(mut self, most: usize) -> Self {
        self.settings.iterations = most;
        self
    }

    /// Also where the maximum is not a point: one of the maxima is returned, and [`Fit::curvature`] has null directions.
    #[must_use]
    pub fn allow_singular(mut self) -> Self {
        self.allow_singular = true;
        self
    }

    /// Searches.
    ///
    /// # Errors
    /// - What is wrong with the data or the start: as [`ScoreSums::of`](crate::information::ScoreSums::of).
    /// - [`Error::Singular`], with the directions in which the likelihood is flat: collinear covariates, or more parameters than the data
    ///   can tell apart.
    /// - [`Error::MaximumAtInfinity`], [`Error::MaximumOnBoundary`], [`Error::UnboundedLikelihood`], [`Error::MaximumOnConstraint`] if there
    ///   is no maximum inside the domain of the parameters.
    /// - [`Error::NoMaximum`] if none is found.
    pub fn fit(mut self) -> Result<Fit<'a, M, D>, Error> {
        if self.likelihood.data.count() == 0 {
            return Err(Error::NoData);
        }
        let start = self.first_theta()?;
        self.likelihood.parameters = described(self.likelihood.model.parameters(), start.as_ref().len());
        let found = search::maximum(&self.likelihood, start.as_ref(), &self.settings)?;
        let fit = Fit::at(self.likelihood, &found.theta, found.iterations)?;
        if !self.allow_singular {
            fit.curvature()?.inverse()?;
        }
        Ok(fit)
    }

    /// Where the search begins.
    fn first_theta(&self) -> Result<OwnedTheta<M, f64>, Error> {
        let Likelihood { model, data, .. } = &self.likelihood;
        if let Some(start) = &self.start {
            return M::Parameters::from_slice(start);
        }
        // The data as an object, which a type without a size cannot be, but a reference to it can.
        if let Some(start) = model.starting_values(data)
            && checked_parameters(*model, start.borrow()).is_ok()
        {
            return Ok(start);
        }
        let parameters = model.parameters();
        let length = M::Parameters::LENGTH.unwrap_or(parameters.len());
        let parameters = described(parameters, length);
        let neutral = |share: f64| -> Result<OwnedTheta<M, f64>, Error> {
            let at = |parameter: &Parameter| Coordinate::of(parameter.domain).neutral(share);
            let start = M::Parameters::from_slice(&parameters.iter().map(at).collect::<Vec<_>>())?;
            model.check(start.borrow())?;
            Ok(start)
        };
        // Probabilities that have to sum to less than 1 do if each has an equal share.
        #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ parameters
        neutral(0.5).or_else(|_| neutral(1.0 / (length as f64 + 1.0)))
    }
}
