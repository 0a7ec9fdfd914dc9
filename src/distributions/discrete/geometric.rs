//! The geometric distribution.

use crate::distributions::Bernoulli;
use crate::distributions::numerics::fisher_rao::waiting_times;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Domain, Entropy, ExponentialFamily, FisherRao, Fixed,
    KullbackLeibler, LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Geometric distribution with probability p in (0, 1), on 1, 2, 3, …: how many trials it takes to the first success.
///
/// ```math
/// f(x; p) = p (1-p)^{x-1},
/// \qquad
/// I(p) = \frac{1}{p^2 (1-p)}
/// ```
///
/// The number of failures, x − 1, has the same Fisher information. Between integers the log-likelihood is continued by
/// the same formula; below 1 it is −∞.
///
/// Source: Johnson, Kemp and Kotz, *Univariate Discrete Distributions*, 3rd ed. (2005), chapter 5, for the failures.
#[derive(Clone, Copy, Debug)]
pub struct Geometric;

impl LogLikelihood for Geometric {
    type Parameters = Fixed<1>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[probability]: &[D; 1], &x: &D) -> D {
        if x < 1.0 {
            return D::from(f64::NEG_INFINITY);
        }
        probability.ln() + (x - 1.0) * (-probability).ln_1p()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::probability("probability").symbol("p")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 1]> {
        let sample = Sample::of(data)?;
        Some([1.0 / (1.0 + sample.mean_count())])
    }
}

impl SampleSpace for Geometric {
    fn support(&self, _theta: &[f64; 1]) -> Support {
        Support::integers_from(1)
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none()
            .closed_form()
            .sampler()
            .quantile()
            .distribution_function()
            .entropy()
            .divergence()
            .fisher_rao()
    }
}

impl Sampler for Geometric {
    /// One more than an exponential waiting time, rounded down.
    fn sample<R: rand::Rng + ?Sized>(&self, &[probability]: &[f64; 1], rng: &mut R) -> f64 {
        let rate = -(-probability).ln_1p();
        let exponential: f64 = rand_distr::Distribution::sample(&rand_distr::Exp1, rng);
        if rate > 0.0 { (exponential / rate).floor() + 1.0 } else { f64::NAN }
    }
}

impl Quantile for Geometric {
    fn quantile(&self, &[probability]: &[f64; 1], u: &[f64]) -> f64 {
        ((-u[0]).ln_1p() / (-probability).ln_1p()).ceil().max(1.0)
    }
}

impl ClosedForm for Geometric {
    fn information<D: Scalar>(&self, &[probability]: &[D; 1]) -> [[D; 1]; 1] {
        [[(probability * probability * (-probability + 1.0)).recip()]]
    }
}

impl DistributionFunction for Geometric {
    fn ln_cdf<D: Scalar>(&self, theta: &[D; 1], x: &D) -> D {
        if *x < 1.0 {
            return D::from(f64::NEG_INFINITY);
        }
        self.ln_survival(theta, x).ln_1m_exp()
    }

    fn ln_survival<D: Scalar>(&self, &[probability]: &[D; 1], &x: &D) -> D {
        if x < 1.0 {
            return D::from(0.0);
        }
        (-probability).ln_1p() * x.re().floor()
    }
}

impl Entropy for Geometric {
    fn entropy<D: Scalar>(&self, theta: &[D; 1]) -> D {
        Bernoulli.entropy(theta) / theta[0]
    }
}

impl KullbackLeibler for Geometric {
    /// That of one trial, times the mean number of trials.
    fn divergence<D: Scalar>(&self, theta: &[D; 1], other: &[D; 1]) -> D {
        Bernoulli.divergence(theta, other) / theta[0]
    }
}

/// 2 |artanh √(1 − p′) − artanh √(1 − p)|
impl FisherRao for Geometric {
    fn distance<D: Scalar>(&self, &[probability]: &[D; 1], &[other]: &[D; 1], free: &[bool]) -> Option<D> {
        (*free == [true]).then(|| waiting_times(probability, other))
    }
}

impl ExponentialFamily for Geometric {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 1] {
        [x]
    }

    fn natural<D: Scalar>(&self, &[probability]: &[D; 1]) -> [D; 1] {
        [(-probability).ln_1p()]
    }

    fn from_natural<D: Scalar>(&self, &[ln_failure]: &[D; 1]) -> [D; 1] {
        [-ln_failure.exp_m1()]
    }

    fn ln_partition<D: Scalar>(&self, &[ln_failure]: &[D; 1]) -> D {
        ln_failure - ln_failure.ln_1m_exp()
    }

    fn mean_value<D: Scalar>(&self, &[probability]: &[D; 1]) -> [D; 1] {
        [probability.recip()]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::new("ln probability of failure", Domain { lower: f64::NEG_INFINITY, upper: 0.0 }).symbol("η")]
    }
}
