//! The Bernoulli distribution.

use crate::distributions::numerics::deviance::deviance;
use crate::distributions::numerics::fisher_rao::probabilities;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler,
    LogLikelihood, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Bernoulli distribution with probability p in (0, 1): 1 for a success, 0 for a failure.
///
/// ```math
/// f(x; p) = p^x (1-p)^{1-x},
/// \qquad
/// I(p) = \frac{1}{p(1-p)}
/// ```
///
/// Between 0 and 1 the log-likelihood is continued by the same formula; outside it is −∞.
///
/// Source: Lehmann and Casella, *Theory of Point Estimation*, 2nd ed. (1998), Table 2.5.1 (the binomial with one trial).
#[derive(Clone, Copy, Debug)]
pub struct Bernoulli;

impl LogLikelihood for Bernoulli {
    type Parameters = Fixed<1>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[probability]: &[D; 1], &x: &D) -> D {
        let failures = -x + 1.0;
        if x < 0.0 || failures < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        x * probability.ln() + failures * (-probability).ln_1p()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::probability("probability").symbol("p")]
    }
}

impl SampleSpace for Bernoulli {
    fn support(&self, _theta: &[f64; 1]) -> Support {
        Support::points([0.0, 1.0])
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

impl Sampler for Bernoulli {
    fn sample<R: rand::Rng + ?Sized>(&self, &[probability]: &[f64; 1], rng: &mut R) -> f64 {
        let u: f64 = rand_distr::Distribution::sample(&rand_distr::StandardUniform, rng);
        f64::from(u8::from(u < probability))
    }
}

impl Quantile for Bernoulli {
    fn quantile(&self, &[probability]: &[f64; 1], u: &[f64]) -> f64 {
        f64::from(u8::from(1.0 - u[0] < probability))
    }
}

impl ClosedForm for Bernoulli {
    fn information<D: Scalar>(&self, &[probability]: &[D; 1]) -> [[D; 1]; 1] {
        [[(probability * (-probability + 1.0)).recip()]]
    }
}

impl DistributionFunction for Bernoulli {
    fn ln_cdf<D: Scalar>(&self, &[probability]: &[D; 1], &x: &D) -> D {
        if x < 0.0 {
            D::from(f64::NEG_INFINITY)
        } else if x < 1.0 {
            (-probability).ln_1p()
        } else {
            D::from(0.0)
        }
    }

    fn ln_survival<D: Scalar>(&self, &[probability]: &[D; 1], &x: &D) -> D {
        if x < 0.0 {
            D::from(0.0)
        } else if x < 1.0 {
            probability.ln()
        } else {
            D::from(f64::NEG_INFINITY)
        }
    }
}

impl Entropy for Bernoulli {
    fn entropy<D: Scalar>(&self, &[probability]: &[D; 1]) -> D {
        -probability * probability.ln() - (-probability + 1.0) * (-probability).ln_1p()
    }
}

impl KullbackLeibler for Bernoulli {
    fn divergence<D: Scalar>(&self, &[probability]: &[D; 1], &[other]: &[D; 1]) -> D {
        deviance(other, probability) + deviance(-other + 1.0, -probability + 1.0)
    }
}

/// 2 |arcsin √p′ − arcsin √p|
impl FisherRao for Bernoulli {
    fn distance<D: Scalar>(&self, &[probability]: &[D; 1], &[other]: &[D; 1], free: &[bool]) -> Option<D> {
        (*free == [true]).then(|| probabilities(&[probability], &[other]))
    }
}

impl ExponentialFamily for Bernoulli {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 1] {
        [x]
    }

    fn natural<D: Scalar>(&self, &[probability]: &[D; 1]) -> [D; 1] {
        [probability.logit()]
    }

    fn from_natural<D: Scalar>(&self, &[logit]: &[D; 1]) -> [D; 1] {
        [logit.logistic()]
    }

    fn ln_partition<D: Scalar>(&self, &[logit]: &[D; 1]) -> D {
        logit.ln_1p_exp()
    }

    fn mean_value<D: Scalar>(&self, &[probability]: &[D; 1]) -> [D; 1] {
        [probability]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("logit of the probability").symbol("η")]
    }
}
