//! Censoring at known limits.

use super::supports::{between, has_atom, with_points};
use super::{checked_bounds, real_part};
use crate::error::Error;
use crate::model::{
    Capabilities, DistributionFunction, LogLikelihood, Observations, OwnedTheta, Parameter, Quantile, SampleSpace,
    Sampler, Support, Theta,
};
use crate::scalar::Scalar;
use std::borrow::Borrow;

/// The model `M` of a number, seen through an instrument with known limits a < b: what is a or less shows as a, what is b or more
/// shows as b. Either limit may be infinite.
///
/// ```math
/// g(x; \theta) = \begin{cases}
///     P(X \le a; \theta) & x \le a \\
///     f(x; \theta) & a < x < b \\
///     P(X \ge b; \theta) & x \ge b
/// \end{cases}
/// ```
///
/// It is a density between the limits and a probability at each ([`Support::Mixed`]), the likelihood of Tobin and of type I
/// censored lifetimes. The parameters are those of the model. An exponential lifetime with rate λ that is watched until b has the
/// information (1 − e^(−λb))/λ²; in general no closed form is known.
///
/// ```
/// use fisher_information::{distributions::{Censored, Exponential}, information::expected};
///
/// let watched = Censored::new(Exponential, f64::NEG_INFINITY, 2.0)?;
/// let information = expected(&watched, &[0.5])?.matrix()[(0, 0)];
/// assert!((information - 4.0 * (1.0 - (-1.0_f64).exp())).abs() < 1e-10);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Tobin, *Estimation of relationships for limited dependent variables*, Econometrica 26 (1958), 24–36; Lawless,
/// *Statistical Models and Methods for Lifetime Data*, 2nd ed. (2003), chapter 2.
#[derive(Clone, Copy, Debug)]
pub struct Censored<M> {
    pub(super) model: M,
    pub(super) lower: f64,
    pub(super) upper: f64,
}

impl<M> Censored<M> {
    /// The model seen between the limits, either of which may be infinite.
    ///
    /// # Errors
    /// [`Error::EmptySupport`] unless lower < upper.
    pub fn new(model: M, lower: f64, upper: f64) -> Result<Self, Error> {
        checked_bounds(lower, upper)?;
        Ok(Self { model, lower, upper })
    }

    /// The limits a and b.
    #[must_use]
    pub fn limits(&self) -> (f64, f64) {
        (self.lower, self.upper)
    }

    /// What the instrument shows of x.
    fn shown(&self, x: f64) -> f64 {
        x.clamp(self.lower, self.upper)
    }
}

impl<M: DistributionFunction<Observation = f64> + SampleSpace> LogLikelihood for Censored<M> {
    type Parameters = M::Parameters;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &Theta<Self, D>, x: &D) -> D {
        if *x <= self.lower {
            return self.model.ln_cdf(theta, &D::from(self.lower));
        }
        if *x >= self.upper {
            let support = self.model.support(real_part::<M::Parameters, D>(theta).borrow());
            // P(X ≥ b) is P(X > b), unless b itself has a probability.
            let limit = if has_atom(&support, self.upper) { self.upper.next_down() } else { self.upper };
            return self.model.ln_survival(theta, &D::from(limit));
        }
        self.model.ln_likelihood(theta, x)
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.model.parameters()
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<OwnedTheta<Self, f64>> {
        self.model.starting_values(data)
    }

    fn check(&self, theta: &Theta<Self, f64>) -> Result<(), Error> {
        self.model.check(theta)
    }
}

impl<M: DistributionFunction<Observation = f64> + SampleSpace> SampleSpace for Censored<M> {
    fn support(&self, theta: &Theta<Self, f64>) -> Support {
        let limits = [self.lower, self.upper].into_iter().filter(|limit| limit.is_finite());
        with_points(vec![between(&self.model.support(theta), self.lower, self.upper)], limits.collect())
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities {
            sampler: |seen, theta, stream| {
                (seen.model.capabilities().sampler)(&seen.model, theta, stream).map(|x| seen.shown(x))
            },
            uniforms: |seen| (seen.model.capabilities().uniforms)(&seen.model),
            quantile: |seen, theta, u| {
                (seen.model.capabilities().quantile)(&seen.model, theta, u).map(|x| seen.shown(x))
            },
            ..Capabilities::none()
        }
    }
}

impl<M: DistributionFunction<Observation = f64> + SampleSpace + Sampler> Sampler for Censored<M> {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &Theta<Self, f64>, rng: &mut R) -> f64 {
        self.shown(self.model.sample(theta, rng))
    }
}

impl<M: DistributionFunction<Observation = f64> + SampleSpace + Quantile> Quantile for Censored<M> {
    fn uniforms(&self) -> usize {
        self.model.uniforms()
    }

    fn quantile(&self, theta: &Theta<Self, f64>, u: &[f64]) -> f64 {
        self.shown(self.model.quantile(theta, u))
    }
}
