//! Priors: what is known of the parameters before the data.

use super::objective::Local;
use crate::derivatives::{Differentiator, packed_length, unpack};
use crate::error::Error;
use crate::expectation::Estimate;
use crate::model::{LogLikelihood, Opaque, ParameterSpace, Theta};
use crate::scalar::Scalar;
use nalgebra::DVector;
use std::borrow::Borrow;
use std::marker::PhantomData;

/// The logarithm of a prior density of the parameters, up to a constant, as a generic function.
///
/// A penalty is the same thing: ridge regression has independent normal priors of mean 0.
pub trait Prior<S: ParameterSpace>: Sync {
    /// ln π(θ) + constant.
    fn ln_density<D: Scalar>(&self, theta: &S::Of<D>) -> D;
}

/// A normal prior for each parameter, independent of the others.
///
/// ```math
/// \ln \pi(\theta) = -\tfrac12 \sum_i \Bigl(\frac{\theta_i - \mu_i}{\tau_i}\Bigr)^2 + \text{const}
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NormalPrior {
    /// The mean and the standard deviation of each parameter; an infinite deviation says nothing. Parameters beyond the end of the list
    /// have a flat prior.
    pub moments: Vec<(f64, f64)>,
}

impl<S: ParameterSpace> Prior<S> for NormalPrior {
    fn ln_density<D: Scalar>(&self, theta: &S::Of<D>) -> D {
        let mut sum = D::from(0.0);
        for (&theta, &(mean, deviation)) in theta.as_ref().iter().zip(&self.moments) {
            let distance = (theta - mean) * (1.0 / deviation);
            sum -= distance * distance * 0.5;
        }
        sum
    }
}

/// A prior to second order, of whatever type.
pub(super) trait LocalPrior: Sync {
    fn at(&self, theta: &[f64]) -> Result<Local, Error>;
}

/// A prior of the parameter space `S`.
pub(super) struct Of<'p, S, P> {
    pub prior: &'p P,
    pub space: PhantomData<fn() -> S>,
}

/// A prior is a likelihood of nothing: so it is differentiated like any other.
impl<S: ParameterSpace, P: Prior<S>> LogLikelihood for Of<'_, S, P> {
    type Parameters = S;
    type Observation = Opaque<()>;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &Theta<Self, D>, (): &()) -> D {
        self.prior.ln_density(theta)
    }
}

impl<S: ParameterSpace, P: Prior<S>> LocalPrior for Of<'_, S, P> {
    fn at(&self, theta: &[f64]) -> Result<Local, Error> {
        let theta = S::from_slice(theta)?;
        let mut at = Differentiator::new(self, theta.borrow())?;
        let length = at.length();
        let (mut gradient, mut packed) = (DVector::zeros(length), vec![0.0; packed_length(length)]);
        let value = at.second(&(), gradient.as_mut_slice(), &mut packed);
        let all = std::iter::once(value).chain(gradient.iter().copied()).chain(packed.iter().copied());
        if let Some(value) = all.into_iter().find(|entry| !entry.is_finite()) {
            return Err(Error::FormulaNotFinite { quantity: "the prior", value });
        }
        Ok(Local {
            value: Estimate::exact(value),
            gradient_error: gradient.map(|entry| Estimate::exact(entry).error),
            gradient,
            curvature: -unpack(length, &packed),
        })
    }
}
