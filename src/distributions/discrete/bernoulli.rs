//! The Bernoulli distribution.

use crate::model::{
    Capabilities, ClosedForm, Fixed, LogLikelihood, Parameter, Quantile, SampleSpace, Sampler, Support,
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
        vec![Parameter::probability("probability")]
    }
}

impl SampleSpace for Bernoulli {
    fn support(&self, _theta: &[f64; 1]) -> Support {
        Support::points([0.0, 1.0])
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile()
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
