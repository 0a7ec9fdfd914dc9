//! The member of an exponential family with given mean values: the way back from mean-value parameters.

use crate::derivatives::{Derivatives, derivatives};
use crate::domain::Domain;
use crate::error::Error;
use crate::model::{ExponentialFamily, LogLikelihood, OwnedTheta, Parameter, ParameterSpace, Theta};
use crate::scalar::Scalar;
use nalgebra::{Cholesky, DVector};
use std::borrow::Borrow;

/// Newton's method takes about a step for each factor of two between the start and the answer, then a handful.
const STEPS: usize = 400;

/// A Newton decrement, in standard deviations of T, that is no longer a matter of the start.
const CLOSE: f64 = 1e-6;

/// θ with E\[T\] = m: the maximum likelihood estimate from observations whose sufficient statistics average m.
///
/// The divergence from the data is A(η) − η·m up to a constant. It is convex, and Newton's method with its step halved until
/// the function falls finds the minimum.
///
/// ```
/// use fisher_information::{distributions::Gamma, information::from_mean_value};
///
/// // Shape and rate from the averages of ln x and x: here those of a shape 2 and a rate 3.
/// let [shape, rate] = from_mean_value(&Gamma, &[1.0 - 0.5772156649015329 - 3.0_f64.ln(), 2.0 / 3.0])?;
/// assert!((shape - 2.0).abs() < 1e-12 && (rate - 3.0).abs() < 1e-12);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// [`Error::ParameterCount`]; [`Error::NoSuchMember`] if no member of the family has these mean values, as for a
/// probability of 2, or of 1.
pub fn from_mean_value<M: ExponentialFamily>(model: &M, mean: &[f64]) -> Result<OwnedTheta<M, f64>, Error> {
    let partition = Partition(model);
    let mut eta: Vec<f64> = model.natural_parameters().iter().map(|parameter| inside(parameter.domain)).collect();
    if eta.len() != mean.len() {
        return Err(Error::ParameterCount { expected: eta.len(), found: mean.len() });
    }
    let absent = || Error::NoSuchMember { mean: mean.to_vec() };
    let mut at = partition.at(&eta)?;
    let mut smallest = f64::INFINITY;
    for _ in 0..STEPS {
        let gradient = DVector::from_column_slice(mean) - &at.score;
        let step = Cholesky::new(at.hessian.clone()).ok_or_else(absent)?.solve(&gradient);
        let decrement = gradient.dot(&step).sqrt();
        // Close to the minimum each step squares the decrement, until rounding holds it up.
        if decrement == 0.0 || decrement < CLOSE && decrement > 0.25 * smallest {
            return Ok(model.from_natural(M::Parameters::from_slice(&eta)?.borrow()));
        }
        smallest = smallest.min(decrement);
        let height = |at: &Derivatives, eta: &[f64]| at.value - eta.iter().zip(mean).map(|(e, m)| e * m).sum::<f64>();
        let here = height(&at, &eta);
        let mut length = 1.0;
        (eta, at) = loop {
            let next: Vec<f64> = eta.iter().zip(step.iter()).map(|(e, s)| e + length * s).collect();
            if let Ok(there) = partition.at(&next) {
                let enough = here - 0.25 * length * decrement * decrement + 8.0 * f64::EPSILON * here.abs();
                if decrement < CLOSE || height(&there, &next) <= enough {
                    break (next, there);
                }
            }
            length *= 0.5;
            if length < f64::EPSILON {
                return Err(absent());
            }
        };
    }
    Err(absent())
}

/// A(η) as a function of η alone, for its derivatives.
struct Partition<'m, M>(&'m M);

impl<M: ExponentialFamily> Partition<'_, M> {
    /// A, ∇A and ∇²A, all finite.
    fn at(&self, eta: &[f64]) -> Result<Derivatives, Error> {
        let at = derivatives(self, M::Parameters::from_slice(eta)?.borrow(), &0.0)?;
        let finite = at.value.is_finite() && at.score.iter().chain(at.hessian.iter()).all(|entry| entry.is_finite());
        if finite {
            Ok(at)
        } else {
            Err(Error::FormulaNotFinite { quantity: "the partition function", value: at.value })
        }
    }
}

impl<M: ExponentialFamily> LogLikelihood for Partition<'_, M> {
    type Parameters = M::Parameters;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, eta: &Theta<M, D>, _: &D) -> D {
        self.0.ln_partition(eta)
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.0.natural_parameters()
    }
}

/// A point well inside a domain.
fn inside(Domain { lower, upper }: Domain) -> f64 {
    match (lower.is_finite(), upper.is_finite()) {
        (true, true) => 0.5 * (lower + upper),
        (true, false) => lower + 1.0,
        (false, true) => upper - 1.0,
        (false, false) => 0.125, // 0 is where vectors of parameters have no direction
    }
}
