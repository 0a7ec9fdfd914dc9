//! The delta method: how precisely a function of the parameters is known.

use super::function::{Expansion, ParameterFunction, SmoothFunction};
use super::interval::Interval;
use super::wald;
use crate::error::Error;
use crate::expectation::Estimate;
use crate::inference::Fit;
use crate::information::Covariance;
use crate::model::{Link, LogLikelihood, Observations};
use nalgebra::DMatrix;

/// A function of the parameters at the estimate, with what the delta method says about its distribution.
///
/// For an estimator θ̂ that is normal about θ with covariance Σ, and with g and H for gradient and Hessian of the function,
///
/// ```math
/// \operatorname{Var} \approx g^{\mathsf T} \Sigma g, \qquad
/// \text{bias} \approx \tfrac12 \operatorname{tr}(H \Sigma), \qquad
/// \operatorname{Var} \approx g^{\mathsf T} \Sigma g + \tfrac12 \operatorname{tr}\bigl((H \Sigma)^2\bigr) .
/// ```
///
/// They are exact for a function of second degree. For others the third derivative adds to the variance as much as the second. A bias of
/// θ̂ itself is another matter, and of the same order as that of the function.
///
/// Source: van der Vaart, *Asymptotic Statistics* (1998), chapter 3; Mathai and Provost, *Quadratic Forms in Random Variables* (1992),
/// theorem 3.2b.2, for mean and variance of a quadratic form.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DeltaMethod {
    /// What the function is called.
    pub name: String,
    /// g(θ̂)
    pub value: f64,
    /// ∂g/∂θ at θ̂
    pub gradient: Vec<f64>,
    /// ∂²g/∂θ∂θᵀ at θ̂
    pub hessian: DMatrix<f64>,
    /// gᵀΣg
    pub variance: Estimate,
    /// ½ tr(HΣ): by so much g(θ̂) is too large on average.
    pub bias: f64,
    /// ½ tr((HΣ)²), what the curvature adds to the variance.
    pub curvature_variance: f64,
}

impl DeltaMethod {
    /// At θ̂, given its covariance.
    fn new(name: String, at: Expansion, covariance: &Covariance) -> Result<Self, Error> {
        let variance = covariance.variance(at.gradient.as_slice())?;
        let product = &at.hessian * covariance.matrix();
        Ok(Self {
            name,
            value: at.value,
            gradient: at.gradient.as_slice().to_vec(),
            bias: 0.5 * product.trace(),
            curvature_variance: 0.5 * (&product * &product).trace(),
            hessian: at.hessian,
            variance,
        })
    }

    /// √(gᵀΣg), the standard error to first order.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        self.variance.value.max(0.0).sqrt()
    }

    /// The standard error to second order.
    #[must_use]
    pub fn second_order_standard_error(&self) -> f64 {
        (self.variance.value + self.curvature_variance).max(0.0).sqrt()
    }

    /// g(θ̂) less its bias.
    #[must_use]
    pub fn corrected(&self) -> f64 {
        self.value - self.bias
    }

    /// The Wald interval g(θ̂) ± z √(gᵀΣg).
    ///
    /// # Errors
    /// [`Error::InvalidLevel`].
    pub fn interval(&self, level: f64) -> Result<Interval, Error> {
        self.interval_by(Link::Identity, level)
    }

    /// The Wald interval in another coordinate, mapped back: by [`Link::Log`] that of a positive quantity is positive, by
    /// [`Link::Logit`] that of a probability lies between 0 and 1.
    ///
    /// # Errors
    /// [`Error::InvalidLevel`]; [`Error::FormulaNotFinite`] if the coordinate has no value at the estimate.
    pub fn interval_by(&self, link: Link, level: f64) -> Result<Interval, Error> {
        wald::by_link(&self.name, self.value, self.standard_error(), link, level)
    }
}

/// Several functions of the parameters at the estimate.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DeltaMethods {
    /// Their values.
    pub values: Vec<f64>,
    /// Their covariance GΣGᵀ, with the Jacobian G of all functions, under their names.
    pub covariance: Covariance,
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// A function of the parameters with its standard error by the delta method.
    ///
    /// # Errors
    /// [`Error::FormulaNotFinite`], [`Error::DerivativeNotFinite`] if the function has no value or no derivatives at the estimate;
    /// [`Error::NamesDiffer`] if the covariance is that of other parameters.
    pub fn delta_method<F>(&self, function: &F, covariance: &Covariance) -> Result<DeltaMethod, Error>
    where
        F: ParameterFunction<M::Parameters>,
    {
        wald::check_names(self.names(), covariance)?;
        DeltaMethod::new(function.name(), function.expansion(self.theta())?, covariance)
    }

    /// Several functions of the parameters with their covariance by the delta method, each under a name.
    ///
    /// ```
    /// use fisher_information::inference::{LinearCombination, maximum_likelihood};
    /// use fisher_information::distributions::Normal;
    ///
    /// let fit = maximum_likelihood(&Normal, &[1.0, 2.5, 0.5, 4.0, 3.0])?;
    /// let sum = LinearCombination { coefficients: vec![1.0, 1.0] };
    /// let difference = LinearCombination { coefficients: vec![1.0, -1.0] };
    /// let both = fit.delta_methods(&[("sum", &sum), ("difference", &difference)], &fit.covariance()?)?;
    /// let errors = fit.covariance()?.standard_errors();
    /// // the covariance of a sum and a difference is the difference of the variances
    /// let covariance = errors[0].value.powi(2) - errors[1].value.powi(2);
    /// assert!((both.covariance.get("sum", "difference")?.value - covariance).abs() < 1e-14);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`delta_method`](Self::delta_method); [`Error::RepeatedName`], [`Error::ParameterCount`] if there is no function.
    pub fn delta_methods(
        &self,
        functions: &[(&str, &dyn SmoothFunction<M::Parameters>)],
        covariance: &Covariance,
    ) -> Result<DeltaMethods, Error> {
        wald::check_names(self.names(), covariance)?;
        let mut values = Vec::with_capacity(functions.len());
        let mut jacobian = DMatrix::zeros(functions.len(), self.estimates().len());
        for (row, (_, function)) in functions.iter().enumerate() {
            let at = function.expansion(self.theta())?;
            jacobian.set_row(row, &at.gradient.transpose());
            values.push(at.value);
        }
        let names = functions.iter().map(|&(name, _)| name);
        Ok(DeltaMethods { values, covariance: covariance.change_of_coordinates(&jacobian, names)? })
    }
}
