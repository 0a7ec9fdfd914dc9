//! A location and a scale for any density.

use super::leading;
use crate::distributions::numerics::sample::Sample;
use crate::error::Error;
use crate::model::{
    Capabilities, DistributionFunction, Extensible, LogLikelihood, Observations, OneMore, OwnedTheta, Parameter,
    ParameterSpace, Quantile, SampleSpace, Sampler, Support, Theta, symbol,
};
use crate::scalar::Scalar;
use std::borrow::Borrow;

/// The density `M` of z = (x − μ)/σ, with location μ and scale σ > 0 added to its parameters:
///
/// ```math
/// g(x; \mu, \sigma, \theta) = \frac{1}{\sigma}\, f\Bigl(\frac{x-\mu}{\sigma}; \theta\Bigr)
/// ```
///
/// A standard density is a model without parameters, `Fixed<0>`. What the Fisher matrix says of μ and σ is then that at (0, 1)
/// divided by σ². A shape that the density has is kept, after "location" and "scale". It should not have a location or scale of its
/// own, since nothing could tell the two apart, and it must be a density: a count has no location.
///
/// Where the support has an end, it moves with μ. Unless the density and its slope vanish there, the model is not regular, and the
/// expected information says so.
///
/// ```
/// use fisher_information::{distributions::LocationScale, prelude::*};
///
/// /// f(z) = e⁻ᶻ/(1 + e⁻ᶻ)²
/// struct StandardLogistic;
///
/// impl LogLikelihood for StandardLogistic {
///     type Parameters = Fixed<0>;
///     type Observation = f64;
///     fn ln_likelihood<D: Scalar>(&self, _: &[D; 0], &z: &D) -> D { z.ln_logistic() + (-z).ln_logistic() }
/// }
///
/// impl SampleSpace for StandardLogistic {
///     fn support(&self, _: &[f64; 0]) -> Support { Support::real() }
/// }
///
/// let information = expected(&LocationScale::new(StandardLogistic), &[5.0, 2.0])?;
/// assert!((information.get("location", "location")?.value - 1.0 / 12.0).abs() < 1e-11);   // 1/3σ²
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Lehmann and Casella, *Theory of Point Estimation*, 2nd ed. (1998), section 2.5.
#[derive(Clone, Copy, Debug)]
pub struct LocationScale<M> {
    standard: M,
}

impl<M> LocationScale<M> {
    /// The density with a location and a scale.
    #[must_use]
    pub fn new(standard: M) -> Self {
        Self { standard }
    }
}

/// θ split into location, scale and the parameters of the standard density.
#[inline(always)]
fn split<M: LogLikelihood, D: Scalar>(theta: &[D]) -> (D, D, OwnedTheta<M, D>) {
    (theta[0], theta[1], leading::<M::Parameters, D>(&theta[2..]))
}

impl<M> LogLikelihood for LocationScale<M>
where
    M: LogLikelihood<Parameters: Extensible<Extended: Extensible>, Observation = f64>,
{
    type Parameters = <OneMore<M> as Extensible>::Extended;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &Theta<Self, D>, &x: &D) -> D {
        let (location, scale, shape) = split::<M, D>(theta.as_ref());
        self.standard.ln_likelihood(shape.borrow(), &((x - location) / scale)) - scale.ln()
    }

    fn parameters(&self) -> Vec<Parameter> {
        let mut parameters = vec![Parameter::real("location").symbol("μ"), Parameter::positive("scale").symbol("σ")];
        parameters.extend(self.standard.parameters());
        symbol::told_apart(parameters)
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<OwnedTheta<Self, f64>> {
        let sample = Sample::of(data)?;
        let standardised = |index: usize| (data.get(index) - sample.mean()) / sample.deviation();
        let standardised: Vec<f64> = (0..data.count()).map(standardised).collect();
        let shape = self.standard.starting_values(&standardised)?;
        let entries: Vec<f64> =
            [sample.mean(), sample.deviation()].into_iter().chain(shape.as_ref().iter().copied()).collect();
        Self::Parameters::from_slice(&entries).ok()
    }

    fn check(&self, theta: &Theta<Self, f64>) -> Result<(), Error> {
        self.standard.check(split::<M, f64>(theta.as_ref()).2.borrow())
    }
}

impl<M> SampleSpace for LocationScale<M>
where
    M: SampleSpace<Parameters: Extensible<Extended: Extensible>, Observation = f64>,
{
    fn support(&self, theta: &Theta<Self, f64>) -> Support {
        let (location, scale, shape) = split::<M, f64>(theta.as_ref());
        match self.standard.support(shape.borrow()) {
            Support::Interval { lower, upper } => Support::interval(location + scale * lower, location + scale * upper),
            _ => Support::Unstructured,
        }
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities {
            sampler: |model, theta, stream| {
                let (location, scale, shape) = split::<M, f64>(theta.as_ref());
                let standard = &model.standard;
                (standard.capabilities().sampler)(standard, shape.borrow(), stream).map(|z| location + scale * z)
            },
            uniforms: |model| (model.standard.capabilities().uniforms)(&model.standard),
            quantile: |model, theta, u| {
                let (location, scale, shape) = split::<M, f64>(theta.as_ref());
                let standard = &model.standard;
                (standard.capabilities().quantile)(standard, shape.borrow(), u).map(|z| location + scale * z)
            },
            tails: |model, theta, x| {
                let (location, scale, shape) = split::<M, f64>(theta.as_ref());
                let standard = &model.standard;
                (standard.capabilities().tails)(standard, shape.borrow(), &((x - location) / scale))
            },
            ..Capabilities::none()
        }
    }
}

impl<M> Sampler for LocationScale<M>
where
    M: Sampler<Parameters: Extensible<Extended: Extensible>, Observation = f64>,
{
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &Theta<Self, f64>, rng: &mut R) -> f64 {
        let (location, scale, shape) = split::<M, f64>(theta.as_ref());
        location + scale * self.standard.sample(shape.borrow(), rng)
    }
}

impl<M> Quantile for LocationScale<M>
where
    M: Quantile<Parameters: Extensible<Extended: Extensible>, Observation = f64>,
{
    fn uniforms(&self) -> usize {
        self.standard.uniforms()
    }

    fn quantile(&self, theta: &Theta<Self, f64>, u: &[f64]) -> f64 {
        let (location, scale, shape) = split::<M, f64>(theta.as_ref());
        location + scale * self.standard.quantile(shape.borrow(), u)
    }
}

impl<M> DistributionFunction for LocationScale<M>
where
    M: DistributionFunction<Parameters: Extensible<Extended: Extensible>, Observation = f64>,
{
    fn ln_cdf<D: Scalar>(&self, theta: &Theta<Self, D>, &x: &D) -> D {
        let (location, scale, shape) = split::<M, D>(theta.as_ref());
        self.standard.ln_cdf(shape.borrow(), &((x - location) / scale))
    }

    fn ln_survival<D: Scalar>(&self, theta: &Theta<Self, D>, &x: &D) -> D {
        let (location, scale, shape) = split::<M, D>(theta.as_ref());
        self.standard.ln_survival(shape.borrow(), &((x - location) / scale))
    }
}
