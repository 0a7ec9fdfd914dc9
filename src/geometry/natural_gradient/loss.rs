//! What a descent makes small.

use crate::error::{Error, check_length};
use crate::expectation::Estimate;
use crate::inference::ParameterFunction;
use crate::inference::SmoothFunction;
use crate::information::DataLikelihood;
use crate::model::{LogLikelihood, Observations, Parameter, ParameterSpace, checked_parameters};
use std::borrow::Borrow;
use std::marker::PhantomData;

/// A function of the parameters with its gradient.
pub trait Loss: Sync {
    /// The parameters with their domains, after checking a point against them.
    ///
    /// # Errors
    /// [`Error::ParameterCount`], [`Error::ParameterOutsideDomain`] naming the parameter, [`Error::ParametersOutsideDomain`].
    fn coordinates(&self, point: &[f64]) -> Result<Vec<Parameter>, Error>;

    /// The loss and its gradient.
    ///
    /// # Errors
    /// As [`coordinates`](Self::coordinates); whatever keeps the loss from having a value or a gradient there.
    fn at(&self, point: &[f64]) -> Result<LocalLoss, Error>;
}

/// A loss to first order at one point.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LocalLoss {
    /// Its value, with the error of that: differences below it mean nothing.
    pub value: Estimate,
    /// Its gradient, one entry for each parameter, with errors.
    pub gradient: Vec<Estimate>,
}

/// −ℓ(θ), minus the log-likelihood of a data set. Its gradient is minus the score.
///
/// ```
/// use fisher_information::{distributions::Poisson, geometry::natural_gradient::{Loss, NegativeLogLikelihood}};
///
/// let at = NegativeLogLikelihood::new(&Poisson, &[1.0, 0.0, 3.0, 4.0]).at(&[4.0])?;
/// assert_eq!(at.gradient[0].value, 2.0);                      // Σ (1 − x/λ)
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// Those of [`DataLikelihood::at`].
pub struct NegativeLogLikelihood<'a, M, D: ?Sized> {
    model: &'a M,
    of_data: DataLikelihood<'a, M, D>,
}

impl<'a, M: LogLikelihood, D: Observations<M::Observation> + ?Sized> NegativeLogLikelihood<'a, M, D> {
    /// That of a model, given data.
    pub fn new(model: &'a M, data: &'a D) -> Self {
        Self { model, of_data: DataLikelihood::new(model, data) }
    }
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Loss for NegativeLogLikelihood<'_, M, D> {
    fn coordinates(&self, point: &[f64]) -> Result<Vec<Parameter>, Error> {
        checked_parameters(self.model, M::Parameters::from_slice(point)?.borrow())
    }

    fn at(&self, point: &[f64]) -> Result<LocalLoss, Error> {
        let sums = self.of_data.at(M::Parameters::from_slice(point)?.borrow())?;
        let minus = |sum: Estimate| Estimate::new(-sum.value, sum.error);
        finite(minus(sums.log_likelihood()), sums.score().into_iter().map(minus).collect())
    }
}

/// A function of the parameters that is written once, generic over the number type: its gradient is exact.
///
/// ```
/// use fisher_information::{geometry::natural_gradient::{Loss, SmoothLoss}, inference::ParameterFunction, prelude::*};
///
/// /// Rosenbrock's valley.
/// struct Valley;
///
/// impl ParameterFunction<Fixed<2>> for Valley {
///     fn value<D: Scalar>(&self, &[x, y]: &[D; 2]) -> D {
///         (y - x * x).powi(2) * 100.0 + (x - 1.0).powi(2)
///     }
/// }
///
/// let at = SmoothLoss::new(&Valley, vec![Parameter::real("x"), Parameter::real("y")]).at(&[0.0, 1.0])?;
/// assert_eq!(at.gradient[1].value, 200.0);
/// # Ok::<(), fisher_information::Error>(())
/// ```
pub struct SmoothLoss<'f, S, F> {
    function: &'f F,
    parameters: Vec<Parameter>,
    space: PhantomData<fn() -> S>,
}

impl<'f, S: ParameterSpace, F: ParameterFunction<S>> SmoothLoss<'f, S, F> {
    /// The function with its parameters.
    pub fn new(function: &'f F, parameters: Vec<Parameter>) -> Self {
        Self { function, parameters, space: PhantomData }
    }
}

impl<S: ParameterSpace, F: ParameterFunction<S>> Loss for SmoothLoss<'_, S, F> {
    fn coordinates(&self, point: &[f64]) -> Result<Vec<Parameter>, Error> {
        checked(&self.parameters, point)
    }

    fn at(&self, point: &[f64]) -> Result<LocalLoss, Error> {
        self.coordinates(point)?;
        let found = self.function.expansion(S::from_slice(point)?.borrow())?;
        finite(Estimate::exact(found.value), found.gradient.iter().map(|&entry| Estimate::exact(entry)).collect())
    }
}

/// A function of the parameters that is given together with its gradient, θ ↦ (L, ∂L/∂θ). Both are taken to be right to rounding.
///
/// ```
/// use fisher_information::{geometry::natural_gradient::{Loss, LossWithGradient}, model::Parameter};
///
/// let square = LossWithGradient::new(vec![Parameter::real("x")], |x| (x[0] * x[0], vec![2.0 * x[0]]));
/// assert_eq!(square.at(&[3.0])?.gradient[0].value, 6.0);
/// assert!(square.at(&[f64::NAN]).is_err());
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// [`Error::FormulaNotFinite`] and [`Error::DerivativeNotFinite`] where it has no value, [`Error::LengthMismatch`] of the gradient.
pub struct LossWithGradient<F> {
    parameters: Vec<Parameter>,
    function: F,
}

impl<F: Fn(&[f64]) -> (f64, Vec<f64>) + Sync> LossWithGradient<F> {
    /// The function with its parameters.
    pub fn new(parameters: Vec<Parameter>, function: F) -> Self {
        Self { parameters, function }
    }
}

impl<F: Fn(&[f64]) -> (f64, Vec<f64>) + Sync> Loss for LossWithGradient<F> {
    fn coordinates(&self, point: &[f64]) -> Result<Vec<Parameter>, Error> {
        checked(&self.parameters, point)
    }

    fn at(&self, point: &[f64]) -> Result<LocalLoss, Error> {
        self.coordinates(point)?;
        let (value, gradient) = (self.function)(point);
        check_length("entries of the gradient", point.len(), gradient.len())?;
        finite(Estimate::exact(value), gradient.into_iter().map(Estimate::exact).collect())
    }
}

/// The sum of two losses: a negative log-likelihood and a penalty, or minus the logarithm of a prior density. Parameters are called what
/// the first calls them.
pub struct Penalised<'a> {
    /// The first.
    pub loss: &'a dyn Loss,
    /// The second.
    pub penalty: &'a dyn Loss,
}

impl Loss for Penalised<'_> {
    fn coordinates(&self, point: &[f64]) -> Result<Vec<Parameter>, Error> {
        self.penalty.coordinates(point)?;
        self.loss.coordinates(point)
    }

    fn at(&self, point: &[f64]) -> Result<LocalLoss, Error> {
        let (loss, penalty) = (self.loss.at(point)?, self.penalty.at(point)?);
        check_length("entries of the gradient", loss.gradient.len(), penalty.gradient.len())?;
        let sum = |a: Estimate, b: Estimate| Estimate::new(a.value + b.value, a.error + b.error);
        let gradient = loss.gradient.iter().zip(&penalty.gradient).map(|(&a, &b)| sum(a, b)).collect();
        finite(sum(loss.value, penalty.value), gradient)
    }
}

/// The parameters, if each of a point's coordinates lies in its domain.
fn checked(parameters: &[Parameter], point: &[f64]) -> Result<Vec<Parameter>, Error> {
    if point.len() != parameters.len() || point.is_empty() {
        return Err(Error::ParameterCount { expected: parameters.len(), found: point.len() });
    }
    parameters.iter().zip(point).try_for_each(|(parameter, &value)| parameter.check(value))?;
    Ok(parameters.to_vec())
}

/// A loss, if it is finite.
fn finite(value: Estimate, gradient: Vec<Estimate>) -> Result<LocalLoss, Error> {
    if !value.value.is_finite() {
        return Err(Error::FormulaNotFinite { quantity: "the loss", value: value.value });
    }
    if let Some(row) = gradient.iter().position(|entry| !entry.value.is_finite()) {
        let value = gradient[row].value;
        return Err(Error::DerivativeNotFinite { what: "gradient", row, column: 0, value });
    }
    Ok(LocalLoss { value, gradient })
}
