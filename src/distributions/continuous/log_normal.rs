//! The lognormal distribution.

use super::Normal;
use crate::distributions::constants::LN_SQRT_TAU;
use crate::model::{
    Capabilities, ClosedForm, Fixed, LogLikelihood, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Lognormal distribution, on the positive numbers: ln x is normal with mean μ and standard deviation σ > 0.
///
/// ```math
/// f(x; \mu, \sigma) = \frac{1}{x \sigma\sqrt{2\pi}}\, e^{-(\ln x-\mu)^2/2\sigma^2},
/// \qquad
/// I(\mu, \sigma) = \begin{pmatrix} 1/\sigma^2 & 0 \\ 0 & 2/\sigma^2 \end{pmatrix}
/// ```
///
/// The matrix is that of the normal distribution, since a one-to-one function of the data carries the same information.
///
/// Source: Lehmann and Casella, *Theory of Point Estimation*, 2nd ed. (1998), Table 2.6.1, for the normal logarithm.
#[derive(Clone, Copy, Debug)]
pub struct LogNormal;

impl LogLikelihood for LogNormal {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[mean, deviation]: &[D; 2], &x: &D) -> D {
        let logarithm = x.ln();
        let z = (logarithm - mean) / deviation;
        -z * z * 0.5 - deviation.ln() - logarithm - LN_SQRT_TAU
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("mean of ln x"), Parameter::positive("deviation of ln x")]
    }
}

impl SampleSpace for LogNormal {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::positive()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile()
    }
}

impl Sampler for LogNormal {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64; 2], rng: &mut R) -> f64 {
        Normal.sample(theta, rng).exp()
    }
}

impl Quantile for LogNormal {
    fn quantile(&self, theta: &[f64; 2], u: &[f64]) -> f64 {
        Normal.quantile(theta, u).exp()
    }
}

impl ClosedForm for LogNormal {
    fn information<D: Scalar>(&self, theta: &[D; 2]) -> [[D; 2]; 2] {
        Normal.information(theta)
    }
}
