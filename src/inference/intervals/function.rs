//! Functions of the parameters, with exact derivatives.

use crate::derivatives::{Differentiator, packed_length, unpack};
use crate::error::Error;
use crate::model::{Domain, LogLikelihood, Opaque, ParameterSpace, Theta};
use crate::scalar::Scalar;
use nalgebra::{DMatrix, DVector};
use std::marker::PhantomData;

/// A function ψ = g(θ) of the parameters, generic over the number type: a ratio, a mean, a quantile, a difference of effects.
///
/// ```
/// use fisher_information::{distributions::Gamma, inference::{ParameterFunction, maximum_likelihood}, prelude::*};
///
/// /// The coefficient of variation 1/√α of a gamma distribution.
/// struct Variation;
///
/// impl ParameterFunction<Fixed<2>> for Variation {
///     fn value<D: Scalar>(&self, &[shape, _rate]: &[D; 2]) -> D {
///         shape.sqrt().recip()
///     }
///
///     fn domain(&self) -> Domain {
///         Domain { lower: 0.0, upper: f64::INFINITY }
///     }
/// }
///
/// let fit = maximum_likelihood(&Gamma, &[1.2, 0.7, 3.1, 2.2, 0.4, 1.9])?;
/// let variation = fit.delta_method(&Variation, &fit.covariance()?)?;
/// assert_eq!(variation.value, 1.0 / fit.get("shape")?.sqrt());
/// # Ok::<(), fisher_information::Error>(())
/// ```
pub trait ParameterFunction<S: ParameterSpace>: Sync {
    /// g(θ).
    fn value<D: Scalar>(&self, theta: &S::Of<D>) -> D;

    /// What it is called in intervals and errors.
    fn name(&self) -> String {
        "function".to_owned()
    }

    /// The values that g can take: profiles are followed up to its bounds.
    fn domain(&self) -> Domain {
        Domain::REAL
    }
}

/// A [`ParameterFunction`] of whatever type, so that several can stand in one list.
pub trait SmoothFunction<S: ParameterSpace>: Sync {
    /// The function with its first and second derivatives.
    ///
    /// # Errors
    /// [`Error::FormulaNotFinite`] or [`Error::DerivativeNotFinite`] if it has none at θ.
    fn expansion(&self, theta: &S::Of<f64>) -> Result<Expansion, Error>;
}

/// A function of the parameters to second order.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Expansion {
    /// g(θ)
    pub value: f64,
    /// ∂g/∂θ
    pub gradient: DVector<f64>,
    /// ∂²g/∂θ∂θᵀ
    pub hessian: DMatrix<f64>,
}

impl<S: ParameterSpace, F: ParameterFunction<S>> SmoothFunction<S> for F {
    fn expansion(&self, theta: &S::Of<f64>) -> Result<Expansion, Error> {
        let likelihood = Of::<'_, S, F> { function: self, space: PhantomData };
        let mut at = Differentiator::new(&likelihood, theta)?;
        let length = at.length();
        let (mut gradient, mut packed) = (DVector::zeros(length), vec![0.0; packed_length(length)]);
        let value = at.second(&(), gradient.as_mut_slice(), &mut packed);
        if !value.is_finite() {
            return Err(Error::FormulaNotFinite { quantity: "a function of the parameters", value });
        }
        let hessian = unpack(length, &packed);
        let not_finite = |what, row, column, value| Error::DerivativeNotFinite { what, row, column, value };
        if let Some(row) = gradient.iter().position(|entry| !entry.is_finite()) {
            return Err(not_finite("gradient", row, 0, gradient[row]));
        }
        if let Some(place) = hessian.iter().position(|entry| !entry.is_finite()) {
            return Err(not_finite("Hessian", place % length, place / length, hessian[place]));
        }
        Ok(Expansion { value, gradient, hessian })
    }
}

/// A function of the parameters as a likelihood of nothing: so it is differentiated like any other.
struct Of<'f, S, F> {
    function: &'f F,
    space: PhantomData<fn() -> S>,
}

impl<S: ParameterSpace, F: ParameterFunction<S>> LogLikelihood for Of<'_, S, F> {
    type Parameters = S;
    type Observation = Opaque<()>;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &Theta<Self, D>, (): &()) -> D {
        self.function.value(theta)
    }
}

/// Σ cᵢ θᵢ, a linear combination of the parameters, as [`Fit::combination`](crate::inference::Fit::combination) makes it from names.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LinearCombination {
    /// One coefficient for each parameter; those beyond the end of the list are 0.
    pub coefficients: Vec<f64>,
}

impl<S: ParameterSpace> ParameterFunction<S> for LinearCombination {
    fn value<D: Scalar>(&self, theta: &S::Of<D>) -> D {
        let mut sum = D::from(0.0);
        for (&theta, &coefficient) in theta.as_ref().iter().zip(&self.coefficients) {
            sum += theta * coefficient;
        }
        sum
    }

    fn name(&self) -> String {
        "linear combination".to_owned()
    }
}
