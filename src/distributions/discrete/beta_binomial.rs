//! The beta-binomial distribution.

use super::negative_binomial::ln_probability;
use crate::model::{Capabilities, Fixed, LogLikelihood, Parameter, SampleSpace, Sampler, Support};
use crate::scalar::Scalar;
use std::num::NonZeroU32;

/// Beta-binomial distribution with shapes a, b > 0: how many of n trials succeed, where n is known and the probability
/// of success has a beta distribution.
///
/// ```math
/// f(x; a, b) = \binom{n}{x} \frac{B(x+a, n-x+b)}{B(a, b)}
/// ```
///
/// No closed form of the Fisher matrix is known; it is found by summation. With one trial only a/(a + b) can be told,
/// and the matrix is singular; for a, b much larger than n it is nearly so. Between integers the log-likelihood is
/// continued by the gamma function; outside \[0, n\] it is −∞.
///
/// Source: Johnson, Kemp and Kotz, *Univariate Discrete Distributions*, 3rd ed. (2005), chapter 6.
#[derive(Clone, Copy, Debug)]
pub struct BetaBinomial {
    trials: NonZeroU32,
}

impl BetaBinomial {
    /// The number of successes in the given number of trials.
    #[must_use]
    pub fn new(trials: NonZeroU32) -> Self {
        Self { trials }
    }

    /// How many trials there are.
    #[must_use]
    pub fn trials(&self) -> NonZeroU32 {
        self.trials
    }
}

impl LogLikelihood for BetaBinomial {
    type Parameters = Fixed<2>;
    type Observation = f64;

    /// Of two negative binomial counts with sizes a and b, the first given that their sum is n, whatever their common
    /// probability. The one under which n is likeliest keeps all three terms small.
    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[a, b]: &[D; 2], &x: &D) -> D {
        let n = f64::from(self.trials.get());
        let failures = -x + n;
        if x < 0.0 || failures < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        let size = a + b;
        let [p, q] = [size.re(), n].map(|part| D::from(part / (size.re() + n)));
        ln_probability(a, x, p, q) + ln_probability(b, failures, p, q) - ln_probability(size, D::from(n), p, q)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("a"), Parameter::positive("b")]
    }
}

impl SampleSpace for BetaBinomial {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::integers(0, i64::from(self.trials.get()))
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler()
    }
}

impl Sampler for BetaBinomial {
    #[allow(clippy::cast_precision_loss)] // at most n < 2³²
    fn sample<R: rand::Rng + ?Sized>(&self, &[a, b]: &[f64; 2], rng: &mut R) -> f64 {
        // Both fail only outside the domain of the parameters, where there is nothing to draw.
        rand_distr::Beta::new(a, b)
            .map(|beta| rand_distr::Distribution::sample(&beta, rng))
            .ok()
            .and_then(|probability| rand_distr::Binomial::new(self.trials.get().into(), probability).ok())
            .map_or(f64::NAN, |binomial| rand_distr::Distribution::sample(&binomial, rng) as f64)
    }
}
