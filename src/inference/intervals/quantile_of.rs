//! A quantile of a model as a function of its parameters.

use super::function::ParameterFunction;
use super::inversion::{self, Tail};
use crate::error::Error;
use crate::model::{DistributionFunction, ParameterSpace, SampleSpace, Theta};
use crate::scalar::Scalar;
use std::borrow::Borrow;

/// The quantile x with F(x; θ) = p of a model with a density, as a function of θ: a median, a value at risk, a return level.
///
/// It is found by halving, and its derivatives by Newton's method in dual numbers, for which x ← x − (F − p)/f doubles the order that
/// is right at each step.
///
/// ```
/// use fisher_information::{distributions::Normal, inference::{QuantileOf, maximum_likelihood}};
///
/// let fit = maximum_likelihood(&Normal, &[1.0, 3.0, 1.0, 3.0])?;                // mean 2, deviation 1
/// let upper = fit.delta_method(&QuantileOf::new(&Normal, 0.975)?, &fit.covariance()?)?;
/// let z = 1.959963984540054_f64;
/// assert!((upper.value - (2.0 + z)).abs() < 1e-9);
/// assert!((upper.standard_error() - (0.25 + z * z / 8.0).sqrt()).abs() < 1e-9); // σ²/n + z²σ²/2n
/// # Ok::<(), fisher_information::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct QuantileOf<'m, M> {
    model: &'m M,
    probability: f64,
    tail: Tail,
}

impl<'m, M> QuantileOf<'m, M> {
    /// The quantile at a probability strictly between 0 and 1.
    ///
    /// # Errors
    /// [`Error::InvalidLevel`].
    pub fn new(model: &'m M, probability: f64) -> Result<Self, Error> {
        Ok(Self { model, probability, tail: Tail::of(probability)? })
    }
}

impl<M: DistributionFunction<Observation = f64> + SampleSpace> ParameterFunction<M::Parameters> for QuantileOf<'_, M> {
    /// NaN where the distribution function is, or where the support is no interval.
    fn value<D: Scalar>(&self, theta: &Theta<M, D>) -> D {
        let entries = theta.as_ref();
        let reals = M::Parameters::build(entries.len(), |i| entries[i].re());
        let support = self.model.support(reals.borrow());
        let tails = |x: f64| tails(self.model, reals.borrow(), x);
        let Ok(start) = inversion::quantile(self.tail, &support, tails) else { return D::from(f64::NAN) };
        let mut x = D::from(start);
        for _ in 0..DUAL_STEPS {
            // The derivative of ln F is f/F, that of ln(1 − F) is −f/(1 − F).
            let ln_f = self.model.ln_likelihood(theta, &x);
            let step = match self.tail {
                Tail::Lower(p) => {
                    let ln_cdf = self.model.ln_cdf(theta, &x);
                    (ln_cdf - p.ln()) * (ln_cdf - ln_f).exp()
                }
                Tail::Upper(p) => {
                    let ln_survival = self.model.ln_survival(theta, &x);
                    -((ln_survival - p.ln()) * (ln_survival - ln_f).exp())
                }
            };
            x -= step;
        }
        x
    }

    fn name(&self) -> String {
        format!("quantile at {}", self.probability)
    }
}

/// F and 1 − F.
pub(super) fn tails<M: DistributionFunction<Observation = f64>>(model: &M, theta: &Theta<M, f64>, x: f64) -> [f64; 2] {
    [model.ln_cdf(theta, &x).exp(), model.ln_survival(theta, &x).exp()]
}

/// Three steps are right to the seventh derivative.
const DUAL_STEPS: usize = 3;
