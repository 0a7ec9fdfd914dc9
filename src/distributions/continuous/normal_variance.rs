//! The normal distribution with its variance as parameter.

use super::Normal;
use crate::distributions::numerics::constants::LN_SQRT_TAU;
use crate::distributions::numerics::excess::ratio_excess;
use crate::distributions::numerics::fisher_rao::{HalfPlane, difference_of_roots};
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler,
    LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Normal distribution with mean μ and variance σ² > 0, on the real line:
///
/// ```math
/// f(x; \mu, \sigma^2) = \frac{1}{\sqrt{2\pi\sigma^2}}\, e^{-(x-\mu)^2/2\sigma^2},
/// \qquad
/// I(\mu, \sigma^2) = \begin{pmatrix} 1/\sigma^2 & 0 \\ 0 & 1/2\sigma^4 \end{pmatrix}
/// ```
///
/// With the standard deviation it is [`Normal`].
///
/// Source: Lehmann and Casella, *Theory of Point Estimation*, 2nd ed. (1998), Table 2.6.1.
#[derive(Clone, Copy, Debug)]
pub struct NormalVariance;

/// (μ, σ)
fn with_deviation<D: Scalar>(&[mean, variance]: &[D; 2]) -> [D; 2] {
    [mean, variance.sqrt()]
}

impl LogLikelihood for NormalVariance {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[mean, variance]: &[D; 2], &x: &D) -> D {
        let residual = x - mean;
        (residual / variance * residual + variance.ln()) * -0.5 - LN_SQRT_TAU
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("mean").symbol("μ"), Parameter::positive("variance").symbol("σ²")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        Some([sample.mean(), sample.deviation().powi(2)])
    }
}

impl SampleSpace for NormalVariance {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::real()
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

impl Sampler for NormalVariance {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64; 2], rng: &mut R) -> f64 {
        Normal.sample(&with_deviation(theta), rng)
    }
}

impl Quantile for NormalVariance {
    fn quantile(&self, theta: &[f64; 2], u: &[f64]) -> f64 {
        Normal.quantile(&with_deviation(theta), u)
    }
}

impl ClosedForm for NormalVariance {
    fn information<D: Scalar>(&self, &[_, variance]: &[D; 2]) -> [[D; 2]; 2] {
        let zero = D::from(0.0);
        [[variance.recip(), zero], [zero, variance.powi(-2) * 0.5]]
    }
}

impl DistributionFunction for NormalVariance {
    fn ln_cdf<D: Scalar>(&self, theta: &[D; 2], x: &D) -> D {
        Normal.ln_cdf(&with_deviation(theta), x)
    }

    fn ln_survival<D: Scalar>(&self, theta: &[D; 2], x: &D) -> D {
        Normal.ln_survival(&with_deviation(theta), x)
    }
}

impl Entropy for NormalVariance {
    fn entropy<D: Scalar>(&self, theta: &[D; 2]) -> D {
        Normal.entropy(&with_deviation(theta))
    }
}

impl KullbackLeibler for NormalVariance {
    fn divergence<D: Scalar>(&self, &[mean, variance]: &[D; 2], &[other_mean, other]: &[D; 2]) -> D {
        let shift = mean - other_mean;
        (ratio_excess(variance / other, (variance - other) / other) + shift / other * shift) * 0.5
    }
}

/// That of the [`Normal`], with the difference of the deviations taken from that of the variances.
impl FisherRao for NormalVariance {
    fn distance<D: Scalar>(
        &self,
        &[mean, variance]: &[D; 2],
        &[other_mean, other]: &[D; 2],
        free: &[bool],
    ) -> Option<D> {
        let plane = HalfPlane::orthogonal(D::from(1.0), D::from(2.0));
        plane.distance(other_mean - mean, difference_of_roots(other, variance), [variance.sqrt(), other.sqrt()], free)
    }
}

/// T = (x, x²), η = (μ/v, −1/2v), as for [`Normal`].
impl ExponentialFamily for NormalVariance {
    fn sufficient_statistic<D: Scalar>(&self, x: &D) -> [D; 2] {
        Normal.sufficient_statistic(x)
    }

    fn natural<D: Scalar>(&self, &[mean, variance]: &[D; 2]) -> [D; 2] {
        [mean / variance, variance.recip() * -0.5]
    }

    fn from_natural<D: Scalar>(&self, &[first, second]: &[D; 2]) -> [D; 2] {
        let variance = (second * -2.0).recip();
        [first * variance, variance]
    }

    fn ln_partition<D: Scalar>(&self, eta: &[D; 2]) -> D {
        Normal.ln_partition(eta)
    }

    fn mean_value<D: Scalar>(&self, &[mean, variance]: &[D; 2]) -> [D; 2] {
        [mean, mean * mean + variance]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        Normal.natural_parameters()
    }
}
