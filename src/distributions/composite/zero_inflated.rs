//! An extra probability of zero.

use super::supports::{between, has_atom, with_points};
use super::{leading, real_part};
use crate::error::Error;
use crate::model::{
    Capabilities, DistributionFunction, Extensible, LogLikelihood, OneMore, OwnedTheta, Parameter, SampleSpace,
    Sampler, Support, Theta,
};
use crate::scalar::{Scalar, log_sum_exp};
use rand::RngExt;
use std::borrow::Borrow;

/// The model `M` of a number that, with probability π in (0, 1), is replaced by 0.
///
/// ```math
/// g(x; \pi, \theta) = \begin{cases}
///     \pi + (1-\pi)\, f(0; \theta) & x = 0 \\
///     (1-\pi)\, f(x; \theta) & x \ne 0
/// \end{cases}
/// ```
///
/// The parameters are π, named "inflation", and then those of the model. On the counts this is the zero-inflated distribution, where
/// a zero does not tell its reason. For a model that has no probability at 0, such as a gamma density or a zero-truncated count, a
/// zero is never the model's, and g(0) = π: the hurdle or two-part model, whose Fisher matrix is 1/(π(1 − π)) for π and 1 − π times
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
    /// ln π, ln(1 − π) and the parameters of the model.
    #[inline(always)]
    fn split<D: Scalar>(&self, theta: &[D]) -> (D, D, OwnedTheta<M, D>) {
        (theta[0].ln(), (-theta[0]).ln_1p(), leading::<M::Parameters, D>(&theta[1..]))
    }

    /// The parameters of the model.
    fn own(&self, theta: &[f64]) -> OwnedTheta<M, f64> {
        leading::<M::Parameters, f64>(&theta[1..])
    }
}

/// ln(e^`ln_zero` + e^`ln_rest` p) if the event with the probability p holds 0, and without the first term if not.
#[inline(always)]
fn inflated<D: Scalar>(ln_zero: D, ln_rest: D, ln_probability: D, holds_zero: bool) -> D {
    let others = ln_rest + ln_probability;
    if holds_zero { log_sum_exp(&[ln_zero, others]) } else { others }
}

impl<M> LogLikelihood for ZeroInflated<M>
where
    M: SampleSpace<Parameters: Extensible, Observation = f64>,
{
    type Parameters = OneMore<M>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &Theta<Self, D>, x: &D) -> D {
        let (ln_zero, ln_rest, own) = self.split(theta.as_ref());
        let is_zero = *x == 0.0;
        if is_zero && !has_atom(&self.model.support(real_part::<M::Parameters, D>(own.borrow()).borrow()), 0.0) {
            return ln_zero;
        }
        inflated(ln_zero, ln_rest, self.model.ln_likelihood(own.borrow(), x), is_zero)
    }

    fn parameters(&self) -> Vec<Parameter> {
        let mut parameters = vec![Parameter::probability("inflation")];
        parameters.extend(self.model.parameters());
        parameters
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
            sampler: |inflated, theta, stream| {
                let [inflation, ..] = *theta.as_ref() else { return None };
                if stream.random::<f64>() < inflation {
                    return Some(0.0);
                }
                let own = inflated.own(theta.as_ref());
                (inflated.model.capabilities().sampler)(&inflated.model, own.borrow(), stream)
            },
            tails: |zeros, theta, x| {
                let (ln_zero, ln_rest, own) = zeros.split(theta.as_ref());
                let [below, above] = (zeros.model.capabilities().tails)(&zeros.model, own.borrow(), x)?;
                let holds = |zero: bool, tail: f64| inflated(ln_zero, ln_rest, tail, zero);
                Some([holds(*x >= 0.0, below), holds(*x < 0.0, above)])
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
        let (ln_zero, ln_rest, own) = self.split(theta.as_ref());
        inflated(ln_zero, ln_rest, self.model.ln_cdf(own.borrow(), x), *x >= 0.0)
    }

    fn ln_survival<D: Scalar>(&self, theta: &Theta<Self, D>, x: &D) -> D {
        let (ln_zero, ln_rest, own) = self.split(theta.as_ref());
        inflated(ln_zero, ln_rest, self.model.ln_survival(own.borrow(), x), *x < 0.0)
    }
}
