//! The log-likelihood of a data set, with a prior or without, as something to be maximised.

use super::objective::{Local, Objective};
use super::prior::LocalPrior;
use crate::error::Error;
use crate::expectation::Estimate;
use crate::information::{DataLikelihood, Expected, Information, Observed, ScoreSums};
use crate::model::{LogLikelihood, Observations, Parameter, ParameterSpace, Theta};
use nalgebra::{DMatrix, DVector};
use std::borrow::Borrow;
use std::sync::Arc;

/// The expected information of a data set.
pub(super) type ExpectedFn<M, D> = fn(&M, &Theta<M, f64>, &D) -> Result<Information<Expected>, Error>;

/// ℓ(θ) + ln π(θ).
pub(super) struct Likelihood<'a, M: LogLikelihood, D: ?Sized> {
    pub model: &'a M,
    pub data: &'a D,
    pub parameters: Vec<Parameter>,
    pub prior: Option<Arc<dyn LocalPrior + Send + 'a>>,
    pub expected: Option<ExpectedFn<M, D>>,
    /// Compiled once for all θ.
    of_data: DataLikelihood<'a, M, D>,
}

impl<'a, M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Likelihood<'a, M, D> {
    /// The likelihood of these data, without a prior.
    pub fn new(model: &'a M, data: &'a D, parameters: Vec<Parameter>) -> Self {
        Self { model, data, parameters, prior: None, expected: None, of_data: DataLikelihood::new(model, data) }
    }

    /// The likelihood of other data, with the same prior.
    pub fn of_other<'b, E: Observations<M::Observation> + ?Sized>(&self, data: &'b E) -> Likelihood<'b, M, E>
    where
        'a: 'b,
    {
        Likelihood { prior: self.prior.clone(), ..Likelihood::new(self.model, data, self.parameters.clone()) }
    }

    /// The sums over the data at θ.
    pub fn sums(&self, theta: &[f64]) -> Result<ScoreSums, Error> {
        self.of_data.at(M::Parameters::from_slice(theta)?.borrow())
    }

    /// The sums over the data with the prior added, as a function to second order.
    pub fn local(&self, sums: &ScoreSums) -> Result<Local, Error> {
        let here = local(sums)?;
        Ok(match self.prior_at(sums.theta())? {
            Some(prior) => here.plus(&prior),
            None => here,
        })
    }

    /// Minus the Hessian of data and prior together.
    pub fn curvature(&self, sums: &ScoreSums) -> Result<Information<Observed>, Error> {
        let observed = sums.observed()?;
        let Some(prior) = self.prior_at(sums.theta())? else { return Ok(observed) };
        let error = observed.error() + prior.curvature.map(|entry| Estimate::exact(entry).error);
        let matrix = observed.matrix() + prior.curvature;
        let provenance = observed.provenance().clone();
        Information::new(sums.names().iter().cloned(), matrix, error, observed.observations(), provenance)
    }

    /// The prior at θ.
    pub fn prior_at(&self, theta: &[f64]) -> Result<Option<Local>, Error> {
        self.prior.as_ref().map(|prior| prior.at(theta)).transpose()
    }
}

impl<M: LogLikelihood, D: ?Sized> Clone for Likelihood<'_, M, D> {
    fn clone(&self) -> Self {
        let Self { model, data, parameters, prior, expected, of_data } = self;
        let (parameters, prior, of_data) = (parameters.clone(), prior.clone(), of_data.clone());
        Self { model, data, parameters, prior, expected: *expected, of_data }
    }
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Objective for Likelihood<'_, M, D> {
    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn at(&self, theta: &[f64]) -> Result<Local, Error> {
        self.local(&self.sums(theta)?)
    }

    fn expected_curvature(&self, theta: &[f64]) -> Result<DMatrix<f64>, Error> {
        let Some(expected) = self.expected else {
            return Err(Error::Unsupported { method: "Fisher scoring", needs: "a sample space" });
        };
        let information = expected(self.model, M::Parameters::from_slice(theta)?.borrow(), self.data)?;
        Ok(match self.prior_at(theta)? {
            Some(prior) => information.matrix() + prior.curvature,
            None => information.matrix().clone(),
        })
    }
}

/// The sums over a data set as a function to second order.
fn local(sums: &ScoreSums) -> Result<Local, Error> {
    let score = sums.score();
    let observed = sums.observed()?;
    Ok(Local {
        value: sums.log_likelihood(),
        gradient: DVector::from_iterator(score.len(), score.iter().map(|entry| entry.value)),
        gradient_error: DVector::from_iterator(score.len(), score.iter().map(|entry| entry.error)),
        curvature: observed.matrix().clone(),
    })
}
