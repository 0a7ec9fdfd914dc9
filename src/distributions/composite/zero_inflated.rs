//! An extra probability of zero.

use super::supports::{between, has_atom, with_points};
use super::{leading, ln_weighted_sum, real_part};
use crate::error::Error;
use crate::model::{
    Capabilities, DistributionFunction, Extensible, LogLikelihood, Observations, OneMore, OwnedTheta, Parameter,
    ParameterSpace, SampleSpace, Sampler, Subset, Support, Theta, symbol,
};
use crate::scalar::Scalar;
use rand::RngExt;
use std::borrow::Borrow;

/// The model `M` of a number that, with probability ω in (0, 1), is replaced by 0.
///
/// ```math
/// g(x; \omega, \theta) = \begin{cases}
///     \omega + (1-\omega)\, f(0; \theta) & x = 0 \\
///     (1-\omega)\, f(x; \theta) & x \ne 0
/// \end{cases}
/// ```
///
/// The parameters are ω, named "inflation", and then those of the model. On the counts this is the zero-inflated distribution, where
/// a zero does not tell its reason. For a model that has no probability at 0, such as a gamma density or a zero-truncated count, a
/// zero is never the model's, and g(0) = ω: the hurdle or two-part model, whose Fisher matrix is 1/(ω(1 − ω)) for ω and 1 − ω times
/// that of the model for θ. Which of the two it is, the model's support decides: whether it holds 0 as a point.
///
/// ```
/// use fisher_information::{distributions::{Poisson, ZeroInflated}, information::expected};
///
/// let information = expected(&ZeroInflated::new(Poisson), &[0.25, 2.0])?;
/// let zero = 0.25 + 0.75 * (-2.0_f64).exp();
/// let about_inflation = (1.0 - (-2.0_f64).exp()) / (zero * 0.75);
/// assert!((information.get("inflation", "inflation")?.value - about_inflation).abs() < 1e-12);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Lambert, *Zero-inflated Poisson regression, with an application to defects in manufacturing*, Technometrics 34 (1992),
/// 1–14; Johnson, Kemp and Kotz, *Univariate Discrete Distributions*, 3rd ed. (2005), section 8.2.
#[derive(Clone, Copy, Debug)]
pub struct ZeroInflated<M> {
    model: M,
}

impl<M> ZeroInflated<M> {
    /// The model with additional zeros.
    #[must_use]
    pub fn new(model: M) -> Self {
        Self { model }
    }
}

impl<M: LogLikelihood<Parameters: Extensible, Observation = f64>> ZeroInflated<M> {
    /// The parameters of the model.
    #[inline(always)]
    fn own<D: Scalar>(&self, theta: &[D]) -> OwnedTheta<M, D> {
        leading::<M::Parameters, D>(&theta[1..])
    }
}

/// ln(ω + (1 − ω)p) for an event that holds 0 and to which the model gives the probability p; ln((1 − ω)p) if it does not hold 0.
#[inline(always)]
fn inflated<D: Scalar>(inflation: D, ln_probability: D, holds_zero: bool) -> D {
    if holds_zero {
        ln_weighted_sum(&[(inflation, D::from(0.0)), (-inflation + 1.0, ln_probability)])
    } else {
        (-inflation).ln_1p() + ln_probability
    }
}

impl<M> LogLikelihood for ZeroInflated<M>
where
    M: SampleSpace<Parameters: Extensible, Observation = f64>,
{
    type Parameters = OneMore<M>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &Theta<Self, D>, x: &D) -> D {
        let theta = theta.as_ref();
        let own = self.own(theta);
        let is_zero = *x == 0.0;
        if is_zero && !has_atom(&self.model.support(real_part::<M::Parameters, D>(own.borrow()).borrow()), 0.0) {
            return theta[0].ln();
        }
        inflated(theta[0], self.model.ln_likelihood(own.borrow(), x), is_zero)
    }

    fn parameters(&self) -> Vec<Parameter> {
        let mut parameters = vec![Parameter::probability("inflation").symbol("ω")];
        parameters.extend(self.model.parameters());
        symbol::told_apart(parameters)
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<OwnedTheta<Self, f64>> {
        let positive = Subset::of(data, |&x| x != 0.0);
        let own = self.model.starting_values(&positive)?;
        let entries: Vec<f64> = std::iter::once(0.3).chain(own.as_ref().iter().copied()).collect();
        Self::Parameters::from_slice(&entries).ok()
    }

    fn check(&self, theta: &Theta<Self, f64>) -> Result<(), Error> {
        self.model.check(self.own(theta.as_ref()).borrow())
    }
}

impl<M> SampleSpace for ZeroInflated<M>
where
    M: SampleSpace<Parameters: Extensible, Observation = f64>,
{
    fn support(&self, theta: &Theta<Self, f64>) -> Support {
        let support = self.model.support(self.own(theta.as_ref()).borrow());
        if has_atom(&support, 0.0) {
            return support;
        }
        let pieces = vec![between(&support, f64::NEG_INFINITY, 0.0), between(&support, 0.0, f64::INFINITY)];
        with_points(pieces, vec![0.0])
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities {
            sampler: |zeros, theta, stream| {
                let theta = theta.as_ref();
                if stream.random::<f64>() < theta[0] {
                    return Some(0.0);
                }
                (zeros.model.capabilities().sampler)(&zeros.model, zeros.own(theta).borrow(), stream)
            },
            tails: |zeros, theta, x| {
                let theta = theta.as_ref();
                let [below, above] = (zeros.model.capabilities().tails)(&zeros.model, zeros.own(theta).borrow(), x)?;
                Some([inflated(theta[0], below, *x >= 0.0), inflated(theta[0], above, *x < 0.0)])
            },
            ..Capabilities::none()
        }
    }
}

impl<M> Sampler for ZeroInflated<M>
where
    M: SampleSpace<Parameters: Extensible, Observation = f64> + Sampler,
{
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &Theta<Self, f64>, rng: &mut R) -> f64 {
        let theta = theta.as_ref();
        if rng.random::<f64>() < theta[0] { 0.0 } else { self.model.sample(self.own(theta).borrow(), rng) }
    }
}

impl<M> DistributionFunction for ZeroInflated<M>
where
    M: SampleSpace<Parameters: Extensible, Observation = f64> + DistributionFunction,
{
    fn ln_cdf<D: Scalar>(&self, theta: &Theta<Self, D>, x: &D) -> D {
        let theta = theta.as_ref();
        inflated(theta[0], self.model.ln_cdf(self.own(theta).borrow(), x), *x >= 0.0)
    }

    fn ln_survival<D: Scalar>(&self, theta: &Theta<Self, D>, x: &D) -> D {
        let theta = theta.as_ref();
        inflated(theta[0], self.model.ln_survival(self.own(theta).borrow(), x), *x < 0.0)
    }
}
