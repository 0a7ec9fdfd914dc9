//! The normal distribution.

use crate::distributions::numerics::constants::{LN_SQRT_TAU, NEGATIVE};
use crate::distributions::numerics::excess::ratio_excess;
use crate::distributions::numerics::fisher_rao::HalfPlane;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler,
    LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
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
        vec![Parameter::real("mean").symbol("μ"), Parameter::positive("deviation").symbol("σ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        Some([sample.mean(), sample.deviation()])
    }
}

impl SampleSpace for Normal {
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

impl ClosedForm for Normal {
    fn information<D: Scalar>(&self, &[_, deviation]: &[D; 2]) -> [[D; 2]; 2] {
        let precision = deviation.powi(-2);
        let zero = D::from(0.0);
        [[precision, zero], [zero, precision * 2.0]]
    }
}

impl DistributionFunction for Normal {
    fn ln_cdf<D: Scalar>(&self, &[mean, deviation]: &[D; 2], &x: &D) -> D {
        ((x - mean) / deviation).ln_norm_cdf()
    }

    fn ln_survival<D: Scalar>(&self, &[mean, deviation]: &[D; 2], &x: &D) -> D {
        ((mean - x) / deviation).ln_norm_cdf()
    }
}

impl Entropy for Normal {
    fn entropy<D: Scalar>(&self, &[_, deviation]: &[D; 2]) -> D {
        deviation.ln() + (0.5 + LN_SQRT_TAU)
    }
}

impl KullbackLeibler for Normal {
    fn divergence<D: Scalar>(&self, &[mean, deviation]: &[D; 2], &[other_mean, other]: &[D; 2]) -> D {
        let (shift, ratio) = ((mean - other_mean) / other, deviation / other);
        (ratio_excess(ratio * ratio, (deviation - other) / other * (ratio + 1.0)) + shift * shift) * 0.5
    }
}

/// 2√2 arsinh √((μ′ − μ)² + 2(σ′ − σ)²)/2√(2σσ′), as in a half-plane.
impl FisherRao for Normal {
    fn distance<D: Scalar>(&self, theta: &[D; 2], other: &[D; 2], free: &[bool]) -> Option<D> {
        HalfPlane::orthogonal(D::from(1.0), D::from(2.0)).of_locations(theta, other, free)
    }
}

/// T = (x, x²), η = (μ/σ², −1/2σ²).
impl ExponentialFamily for Normal {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 2] {
        [x, x * x]
    }

    fn natural<D: Scalar>(&self, &[mean, deviation]: &[D; 2]) -> [D; 2] {
        let precision = deviation.powi(-2);
        [mean * precision, precision * -0.5]
    }

    fn from_natural<D: Scalar>(&self, &[first, second]: &[D; 2]) -> [D; 2] {
        let precision = second * -2.0;
        [first / precision, precision.sqrt().recip()]
    }

    fn ln_partition<D: Scalar>(&self, &[first, second]: &[D; 2]) -> D {
        let precision = second * -2.0;
        (first / precision * first - precision.ln()) * 0.5
    }

    fn mean_value<D: Scalar>(&self, &[mean, deviation]: &[D; 2]) -> [D; 2] {
        [mean, mean * mean + deviation * deviation]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("mean/variance").symbol("η₁"), Parameter::new("−1/2variance", NEGATIVE).symbol("η₂")]
    }
}
