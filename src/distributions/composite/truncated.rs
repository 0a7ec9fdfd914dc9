//! Truncation to known bounds.

use super::supports::above_up_to;
use super::{checked_bounds, ln_between};
use crate::error::Error;
use crate::model::{
    Capabilities, DistributionFunction, LogLikelihood, Observations, OwnedTheta, Parameter, Quantile, SampleSpace,
    Sampler, Support, Theta,
};
use crate::scalar::{Scalar, log_sum_exp};

/// The model `M` of a number, of which only observations with a < X ≤ b are recorded, where a and b are known:
///
/// ```math
/// g(x; \theta) = \frac{f(x; \theta)}{F(b; \theta) - F(a; \theta)},
/// \qquad
/// a < x \le b
/// ```
///
/// The parameters are those of the model. What is left out leaves no trace, not even its number; where it does, the model is
/// [`Censored`](super::Censored). On the counts a itself is left out and b is not: the bounds 0 and ∞ make the zero-truncated
/// distribution. No closed form of the Fisher matrix is known.
///
/// The denominator is taken in the tail where it loses fewer digits, so that truncation to a far tail is no loss. Bounds close
/// together, between which the model hardly varies, leave few digits of the score. Draws are exact in any tail, as far as the
/// distribution function is.
///
/// ```
/// use fisher_information::{distributions::{Exponential, Truncated}, information::expected};
///
/// // An exponential distribution has no memory: what lies beyond 5 tells of the rate like the whole.
/// let late = Truncated::new(Exponential, 5.0, f64::INFINITY)?;
/// assert!((expected(&late, &[2.0])?.matrix()[(0, 0)] - 0.25).abs() < 1e-10);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 1, 2nd ed. (1994), chapters 12 and 13.
#[derive(Clone, Copy, Debug)]
pub struct Truncated<M> {
    pub(super) model: M,
    pub(super) lower: f64,
    pub(super) upper: f64,
}

impl<M> Truncated<M> {
    /// The model conditioned on lower < X ≤ upper; either bound may be infinite.
    ///
    /// # Errors
    /// [`Error::EmptySupport`] unless lower < upper.
    pub fn new(model: M, lower: f64, upper: f64) -> Result<Self, Error> {
        checked_bounds(lower, upper)?;
        Ok(Self { model, lower, upper })
    }

    /// The bounds a and b.
    #[must_use]
    pub fn bounds(&self) -> (f64, f64) {
        (self.lower, self.upper)
    }
}

impl<M: DistributionFunction<Observation = f64>> Truncated<M> {
    /// ln P(lower < X ≤ upper) of the model.
    #[inline(always)]
    fn ln_kept<D: Scalar>(&self, theta: &Theta<M, D>) -> D {
        ln_between(&self.model, theta, D::from(self.lower), D::from(self.upper))
    }

    /// The smallest number x such that a draw is below it with probability `u`; NaN where the model has no such thing.
    ///
    /// It is found by bisection of the numbers there are, on the side where the tail of the model is the smaller one.
    fn inverse(&self, theta: &Theta<M, f64>, u: f64) -> f64 {
        let at = |x: f64| [self.model.ln_cdf(theta, &x), self.model.ln_survival(theta, &x)];
        let [below_lower, above_lower] = if self.lower.is_finite() { at(self.lower) } else { [f64::NEG_INFINITY, 0.0] };
        let [below_upper, above_upper] = if self.upper.is_finite() { at(self.upper) } else { [0.0, f64::NEG_INFINITY] };
        let (ln_left, ln_right) = ((-u).ln_1p(), u.ln());
        let below = log_sum_exp(&[below_lower + ln_left, below_upper + ln_right]);
        let above = log_sum_exp(&[above_lower + ln_left, above_upper + ln_right]);
        if below.is_nan() || above.is_nan() {
            return f64::NAN;
        }
        let (mut left, mut right) = (rank(self.lower.max(f64::MIN)), rank(self.upper.min(f64::MAX)));
        while left < right - 1 {
            let middle = left.midpoint(right);
            let x = number(middle);
            let reached = if below < above {
                self.model.ln_cdf(theta, &x) >= below
            } else {
                self.model.ln_survival(theta, &x) <= above
            };
            if reached { right = middle } else { left = middle }
        }
        number(right)
    }

    /// A draw: the first of a few draws of the model that lies between the bounds, else by inversion.
    fn draw<R: rand::Rng + ?Sized>(
        &self,
        theta: &Theta<M, f64>,
        rng: &mut R,
        mut sample: impl FnMut(&mut R) -> Option<f64>,
    ) -> f64 {
        const TRIES: usize = 16;
        let kept = |x: &f64| self.lower < *x && *x <= self.upper;
        (0..TRIES)
            .find_map(|_| sample(rng).filter(kept))
            .unwrap_or_else(|| self.inverse(theta, rand_distr::Distribution::sample(&rand_distr::Open01, rng)))
    }
}

/// The place of a number among all of them.
fn rank(x: f64) -> i64 {
    let bits = x.to_bits().cast_signed();
    if bits < 0 { i64::MIN - bits } else { bits }
}

/// The number at a place.
fn number(rank: i64) -> f64 {
    let bits = if rank < 0 { i64::MIN - rank } else { rank };
    f64::from_bits(bits.cast_unsigned())
}

impl<M: DistributionFunction<Observation = f64>> LogLikelihood for Truncated<M> {
    type Parameters = M::Parameters;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &Theta<Self, D>, x: &D) -> D {
        if *x <= self.lower || *x > self.upper {
            return D::from(f64::NEG_INFINITY);
        }
        self.model.ln_likelihood(theta, x) - self.ln_kept(theta)
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

impl<M: DistributionFunction<Observation = f64> + SampleSpace> SampleSpace for Truncated<M> {
    fn support(&self, theta: &Theta<Self, f64>) -> Support {
        above_up_to(&self.model.support(theta), self.lower, self.upper)
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities {
            sampler: |truncated, theta, stream| {
                let model = &truncated.model;
                let sampler = model.capabilities().sampler;
                Some(truncated.draw(theta, stream, |stream| sampler(model, theta, stream)))
            },
            ..Capabilities::none().quantile().distribution_function()
        }
    }
}

impl<M: DistributionFunction<Observation = f64> + Sampler> Sampler for Truncated<M> {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &Theta<Self, f64>, rng: &mut R) -> f64 {
        self.draw(theta, rng, |rng| Some(self.model.sample(theta, rng)))
    }
}

impl<M: DistributionFunction<Observation = f64>> Quantile for Truncated<M> {
    fn quantile(&self, theta: &Theta<Self, f64>, u: &[f64]) -> f64 {
        self.inverse(theta, u[0])
    }
}

impl<M: DistributionFunction<Observation = f64>> DistributionFunction for Truncated<M> {
    fn ln_cdf<D: Scalar>(&self, theta: &Theta<Self, D>, x: &D) -> D {
        if *x <= self.lower {
            D::from(f64::NEG_INFINITY)
        } else if *x >= self.upper {
            D::from(0.0)
        } else {
            ln_between(&self.model, theta, D::from(self.lower), *x) - self.ln_kept(theta)
        }
    }

    fn ln_survival<D: Scalar>(&self, theta: &Theta<Self, D>, x: &D) -> D {
        if *x <= self.lower {
            D::from(0.0)
        } else if *x >= self.upper {
            D::from(f64::NEG_INFINITY)
        } else {
            ln_between(&self.model, theta, *x, D::from(self.upper)) - self.ln_kept(theta)
        }
    }
}
