//! Gamma regression.

use super::predictors;
use crate::distributions::Gamma;
use crate::distributions::numerics::sample::Sample;
use crate::error::Error;
use crate::model::{
    Capabilities, ClosedForm, Fixed, Link, LogLikelihood, Observations, Parameter, SampleSpace, Sampler, Support,
};
use crate::regression::{Covariates, Regression};
use crate::scalar::Scalar;

/// Gamma distribution with mean μ > 0 and shape ν > 0: the rate is ν/μ, the variance μ²/ν.
///
/// ```math
/// f(y; \mu, \nu) = \frac{1}{\Gamma(\nu)\, y} \Bigl(\frac{\nu y}{\mu}\Bigr)^\nu e^{-\nu y/\mu},
/// \qquad
/// I(\mu, \nu) = \begin{pmatrix} \nu/\mu^2 & 0 \\ 0 & \psi_1(\nu) - 1/\nu \end{pmatrix}
/// ```
///
/// ```
/// use fisher_information::distributions::Gamma;
/// use fisher_information::prelude::LogLikelihood;
/// use fisher_information::regression::GammaMean;
///
/// assert_eq!(GammaMean.ln_likelihood(&[4.0, 2.0], &3.0), Gamma.ln_likelihood(&[2.0, 0.5], &3.0));
/// ```
///
/// Source: McCullagh and Nelder, *Generalized Linear Models*, 2nd ed. (1989), chapter 8.
#[derive(Clone, Copy, Debug)]
pub struct GammaMean;

/// Gamma regression with ln μ = xᵀβ; the shape ν is a constant, or ln ν = zᵀγ if there is a second set of columns.
///
/// ```
/// use fisher_information::regression::{Covariates, gamma};
///
/// let model = gamma(&Covariates::named(["intercept"])?)?;
/// let rows: Vec<Vec<f64>> = [1.2, 0.7, 3.1, 2.2].iter().map(|&y| vec![1.0, y]).collect();
/// assert!((model.fit(&rows)?.get("intercept")? - 1.8_f64.ln()).abs() < 1e-9);  // the mean is fitted exactly
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// [`Error::LengthMismatch`] of more than two sets of columns, [`Error::RepeatedName`].
pub fn gamma(covariates: &Covariates) -> Result<Regression<GammaMean>, Error> {
    Regression::new(GammaMean, predictors([Link::Log, Link::Log], covariates)?)
}

impl LogLikelihood for GammaMean {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[mean, shape]: &[D; 2], y: &D) -> D {
        Gamma.ln_likelihood(&[shape, shape / mean], y)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("mean").symbol("μ"), Parameter::positive("shape").symbol("ν")]
    }

    /// Mean and mean²/variance.
    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        let (mean, variance) = (sample.mean(), sample.variance());
        (mean > 0.0 && variance > 0.0).then(|| [mean, mean * mean / variance])
    }
}

impl SampleSpace for GammaMean {
    fn support(&self, _: &[f64; 2]) -> Support {
        Support::positive()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler()
    }
}

impl ClosedForm for GammaMean {
    fn information<D: Scalar>(&self, &[mean, shape]: &[D; 2]) -> [[D; 2]; 2] {
        let zero = D::from(0.0);
        [[shape / mean / mean, zero], [zero, trigamma_excess(shape)]]
    }
}

/// ψ₁(ν) − 1/ν, of which a large ν leaves 1/2ν².
fn trigamma_excess<D: Scalar>(shape: D) -> D {
    if shape < 64.0 {
        return shape.polygamma(1) - shape.recip();
    }
    // 1/2ν² + Σ B₂ₖ/ν²ᵏ⁺¹ (DLMF 5.15.8); the next term is below 10⁻¹⁷ of the whole.
    let inverse = shape.recip();
    let square = inverse * inverse;
    let series = [1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0];
    let sum = series.iter().rev().fold(D::from(0.0), |sum, &term| sum * square + term);
    square * (inverse * sum + 0.5)
}

impl Sampler for GammaMean {
    fn sample<R: rand::Rng + ?Sized>(&self, &[mean, shape]: &[f64; 2], rng: &mut R) -> f64 {
        Gamma.sample(&[shape, shape / mean], rng)
    }
}
