//! The binomial distribution.

use crate::distributions::Bernoulli;
use crate::distributions::numerics::constants::LN_SQRT_TAU;
use crate::distributions::numerics::deviance::{LARGE, deviance, stirling_remainder};
use crate::distributions::numerics::fisher_rao::probabilities;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, ExponentialFamily, FisherRao, Fixed, KullbackLeibler,
    LogLikelihood, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use statrs::distribution::DiscreteCDF;
use std::num::NonZeroU32;

/// Binomial distribution with probability p in (0, 1): how many of n independent trials succeed, where n is known.
///
/// ```math
/// f(x; p) = \binom{n}{x} p^x (1-p)^{n-x},
/// \qquad
/// I(p) = \frac{n}{p(1-p)}
/// ```
///
/// Between integers the log-likelihood is continued by the gamma function; outside \[0, n\] it is −∞.
///
/// ```
/// use fisher_information::{distributions::{Bernoulli, Binomial}, model::ClosedForm};
/// use std::num::NonZeroU32;
///
/// let ten = Binomial::new(NonZeroU32::new(10).ok_or("no trials")?);
/// let (all, one) = (ten.information(&[0.25]), Bernoulli.information(&[0.25]));
/// assert!((all[0][0] - 10.0 * one[0][0]).abs() < 1e-13);
/// # Ok::<(), &str>(())
/// ```
///
/// Source: Lehmann and Casella, *Theory of Point Estimation*, 2nd ed. (1998), Table 2.5.1.
#[derive(Clone, Copy, Debug)]
pub struct Binomial {
    trials: NonZeroU32,
}

impl Binomial {
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

    /// n as a real number.
    #[inline]
    fn n(&self) -> f64 {
        f64::from(self.trials.get())
    }
}

impl LogLikelihood for Binomial {
    type Parameters = Fixed<1>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[probability]: &[D; 1], &x: &D) -> D {
        let n = self.n();
        let failures = -x + n;
        if x < 0.0 || failures < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        if x >= LARGE && failures >= LARGE {
            let spread = (x / n * failures).ln() * -0.5 - LN_SQRT_TAU;
            let remainder = -stirling_remainder(x) - stirling_remainder(failures) + stirling_remainder(n);
            let expected = probability * n;
            return spread + remainder - deviance(expected, x) - deviance(-expected + n, failures);
        }
        // C(n, x) = 1/((n + 1) B(x + 1, n − x + 1))
        let ln_coefficient = -(x + 1.0).ln_beta(failures + 1.0) - (n + 1.0).ln();
        ln_coefficient + x * probability.ln() + failures * (-probability).ln_1p()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::probability("probability").symbol("p")]
    }
}

impl SampleSpace for Binomial {
    fn support(&self, _theta: &[f64; 1]) -> Support {
        Support::integers(0, i64::from(self.trials.get()))
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function().divergence().fisher_rao()
    }
}

impl Sampler for Binomial {
    #[allow(clippy::cast_precision_loss)] // at most n < 2³²
    fn sample<R: rand::Rng + ?Sized>(&self, &[probability]: &[f64; 1], rng: &mut R) -> f64 {
        // Fails only outside the domain of the parameter, where there is nothing to draw.
        rand_distr::Binomial::new(self.trials.get().into(), probability)
            .map_or(f64::NAN, |binomial| rand_distr::Distribution::sample(&binomial, rng) as f64)
    }
}

impl Quantile for Binomial {
    #[allow(clippy::cast_precision_loss)]
    fn quantile(&self, &[probability]: &[f64; 1], u: &[f64]) -> f64 {
        // As for the sampler.
        statrs::distribution::Binomial::new(probability, self.trials.get().into())
            .map_or(f64::NAN, |binomial| binomial.inverse_cdf(u[0]) as f64)
    }
}

impl ClosedForm for Binomial {
    fn information<D: Scalar>(&self, &[probability]: &[D; 1]) -> [[D; 1]; 1] {
        [[(probability * (-probability + 1.0)).recip() * self.n()]]
    }
}

impl DistributionFunction for Binomial {
    fn ln_cdf<D: Scalar>(&self, &[probability]: &[D; 1], &x: &D) -> D {
        let (count, n) = (x.re().floor(), self.n());
        if count < 0.0 {
            D::from(f64::NEG_INFINITY)
        } else if count < n {
            (-probability + 1.0).regularized_beta(D::from(n - count), D::from(count + 1.0)).ln()
        } else {
            D::from(0.0)
        }
    }

    fn ln_survival<D: Scalar>(&self, &[probability]: &[D; 1], &x: &D) -> D {
        let (count, n) = (x.re().floor(), self.n());
        if count < 0.0 {
            D::from(0.0)
        } else if count < n {
            probability.regularized_beta(D::from(count + 1.0), D::from(n - count)).ln()
        } else {
            D::from(f64::NEG_INFINITY)
        }
    }
}

impl KullbackLeibler for Binomial {
    fn divergence<D: Scalar>(&self, theta: &[D; 1], other: &[D; 1]) -> D {
        Bernoulli.divergence(theta, other) * self.n()
    }
}

/// √n times that of the Bernoulli distribution.
impl FisherRao for Binomial {
    fn distance<D: Scalar>(&self, &[probability]: &[D; 1], &[other]: &[D; 1], free: &[bool]) -> Option<D> {
        (*free == [true]).then(|| probabilities(&[probability], &[other]) * self.n().sqrt())
    }
}

impl ExponentialFamily for Binomial {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 1] {
        [x]
    }

    fn natural<D: Scalar>(&self, theta: &[D; 1]) -> [D; 1] {
        Bernoulli.natural(theta)
    }

    fn from_natural<D: Scalar>(&self, eta: &[D; 1]) -> [D; 1] {
        Bernoulli.from_natural(eta)
    }

    fn ln_partition<D: Scalar>(&self, eta: &[D; 1]) -> D {
        Bernoulli.ln_partition(eta) * self.n()
    }

    fn mean_value<D: Scalar>(&self, &[probability]: &[D; 1]) -> [D; 1] {
        [probability * self.n()]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        Bernoulli.natural_parameters()
    }
}
