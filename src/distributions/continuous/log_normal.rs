//! The lognormal distribution.

use super::Normal;
use crate::distributions::numerics::constants::LN_SQRT_TAU;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler,
    LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
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
        vec![Parameter::real("mean of ln x").symbol("μ"), Parameter::positive("deviation of ln x").symbol("σ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let logs = Sample::seen(data, f64::ln)?;
        Some([logs.mean(), logs.deviation()])
    }
}

impl SampleSpace for LogNormal {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::positive()
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

impl DistributionFunction for LogNormal {
    fn ln_cdf<D: Scalar>(&self, theta: &[D; 2], x: &D) -> D {
        if *x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        Normal.ln_cdf(theta, &x.ln())
    }

    fn ln_survival<D: Scalar>(&self, theta: &[D; 2], x: &D) -> D {
        if *x <= 0.0 {
            return D::from(0.0);
        }
        Normal.ln_survival(theta, &x.ln())
    }
}

impl Entropy for LogNormal {
    fn entropy<D: Scalar>(&self, theta: &[D; 2]) -> D {
        Normal.entropy(theta) + theta[0]
    }
}

impl KullbackLeibler for LogNormal {
    fn divergence<D: Scalar>(&self, theta: &[D; 2], other: &[D; 2]) -> D {
        Normal.divergence(theta, other)
    }
}

/// That of the [`Normal`], since the distance does not depend on how the data are written.
impl FisherRao for LogNormal {
    fn distance<D: Scalar>(&self, theta: &[D; 2], other: &[D; 2], free: &[bool]) -> Option<D> {
        Normal.distance(theta, other, free)
    }
}

/// That of the [`Normal`], with ln x for x.
impl ExponentialFamily for LogNormal {
    fn sufficient_statistic<D: Scalar>(&self, x: &D) -> [D; 2] {
        Normal.sufficient_statistic(&x.ln())
    }

    fn natural<D: Scalar>(&self, theta: &[D; 2]) -> [D; 2] {
        Normal.natural(theta)
    }

    fn from_natural<D: Scalar>(&self, eta: &[D; 2]) -> [D; 2] {
        Normal.from_natural(eta)
    }

    fn ln_partition<D: Scalar>(&self, eta: &[D; 2]) -> D {
        Normal.ln_partition(eta)
    }

    fn mean_value<D: Scalar>(&self, theta: &[D; 2]) -> [D; 2] {
        Normal.mean_value(theta)
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        Normal.natural_parameters()
    }
}
