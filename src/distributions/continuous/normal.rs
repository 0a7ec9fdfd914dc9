//! The normal distribution.

use crate::distributions::constants::LN_SQRT_TAU;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Fixed, LogLikelihood, Parameter, Quantile, SampleSpace, Sampler,
    Support,
};
use crate::scalar::Scalar;
use statrs::distribution::ContinuousCDF;

/// Normal distribution with mean μ and standard deviation σ > 0, on the real line:
///
/// ```math
/// f(x; \mu, \sigma) = \frac{1}{\sigma\sqrt{2\pi}}\, e^{-(x-\mu)^2/2\sigma^2},
/// \qquad
/// I(\mu, \sigma) = \begin{pmatrix} 1/\sigma^2 & 0 \\ 0 & 2/\sigma^2 \end{pmatrix}
/// ```
///
/// Source: Lehmann and Casella, *Theory of Point Estimation*, 2nd ed. (1998), Table 2.6.1, there with the variance σ².
#[derive(Clone, Copy, Debug)]
pub struct Normal;

impl LogLikelihood for Normal {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[mean, deviation]: &[D; 2], &x: &D) -> D {
        let z = (x - mean) / deviation;
        -z * z * 0.5 - deviation.ln() - LN_SQRT_TAU
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("mean"), Parameter::positive("deviation")]
    }
}

impl SampleSpace for Normal {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::real()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function()
    }
}

impl Sampler for Normal {
    fn sample<R: rand::Rng + ?Sized>(&self, &[mean, deviation]: &[f64; 2], rng: &mut R) -> f64 {
        let z: f64 = rand_distr::Distribution::sample(&rand_distr::StandardNormal, rng);
        mean + deviation * z
    }
}

impl Quantile for Normal {
    fn quantile(&self, &[mean, deviation]: &[f64; 2], u: &[f64]) -> f64 {
        mean + deviation * statrs::distribution::Normal::standard().inverse_cdf(u[0])
    }
}

impl DistributionFunction for Normal {
    fn ln_cdf<D: Scalar>(&self, &[mean, deviation]: &[D; 2], &x: &D) -> D {
        ((x - mean) / deviation).ln_norm_cdf()
    }

    fn ln_survival<D: Scalar>(&self, &[mean, deviation]: &[D; 2], &x: &D) -> D {
        (-(x - mean) / deviation).ln_norm_cdf()
    }
}

impl ClosedForm for Normal {
    fn information<D: Scalar>(&self, &[_, deviation]: &[D; 2]) -> [[D; 2]; 2] {
        let precision = deviation.powi(-2);
        let zero = D::from(0.0);
        [[precision, zero], [zero, precision * 2.0]]
    }
}
