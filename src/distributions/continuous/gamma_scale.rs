//! The gamma distribution with its scale as parameter.

use super::Gamma;
use crate::distributions::numerics::fisher_rao::scales;
use crate::distributions::numerics::gamma_power::{divergence, ln_density, ln_lower, ln_upper, log_gamma_entropy};
use crate::distributions::numerics::inversion::ln_gamma_quantile;
use crate::distributions::numerics::ln_ratio::ln_ratio;
use crate::distributions::numerics::sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler,
    LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Gamma distribution with shape α > 0 and scale θ > 0, on the positive numbers:
///
/// ```math
/// f(x; \alpha, \theta) = \frac{x^{\alpha-1} e^{-x/\theta}}{\Gamma(\alpha)\, \theta^\alpha},
/// \qquad
/// I(\alpha, \theta) = \begin{pmatrix} \psi_1(\alpha) & 1/\theta \\ 1/\theta & \alpha/\theta^2 \end{pmatrix}
/// ```
///
/// With the rate 1/θ it is [`Gamma`], whose remark on tiny shapes holds here too.
///
/// Source: Lehmann and Casella, *Theory of Point Estimation*, 2nd ed. (1998), Table 2.6.1.
#[derive(Clone, Copy, Debug)]
pub struct GammaScale;

/// (α, 1/θ)
fn with_rate<D: Scalar>(&[shape, scale]: &[D; 2]) -> [D; 2] {
    [shape, scale.recip()]
}

impl LogLikelihood for GammaScale {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[shape, scale]: &[D; 2], &x: &D) -> D {
        ln_density(shape, x / scale, shape * ln_ratio(x, scale)) - x.ln()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("shape").symbol("α"), Parameter::positive("scale").symbol("θ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        sample::gamma(data, |x| x).map(|[shape, rate]| [shape, 1.0 / rate])
    }
}

impl SampleSpace for GammaScale {
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

impl Sampler for GammaScale {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64; 2], rng: &mut R) -> f64 {
        Gamma.sample(&with_rate(theta), rng)
    }
}

impl Quantile for GammaScale {
    fn quantile(&self, &[shape, scale]: &[f64; 2], u: &[f64]) -> f64 {
        scale * ln_gamma_quantile(shape, u[0]).exp()
    }
}

impl ClosedForm for GammaScale {
    fn information<D: Scalar>(&self, &[shape, scale]: &[D; 2]) -> [[D; 2]; 2] {
        let cross = scale.recip();
        [[shape.polygamma(1), cross], [cross, shape * scale.powi(-2)]]
    }
}

impl DistributionFunction for GammaScale {
    fn ln_cdf<D: Scalar>(&self, &[shape, scale]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        ln_lower(shape, x / scale, ln_ratio(x, scale))
    }

    fn ln_survival<D: Scalar>(&self, &[shape, scale]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(0.0);
        }
        ln_upper(shape, x / scale, ln_ratio(x, scale))
    }
}

impl Entropy for GammaScale {
    fn entropy<D: Scalar>(&self, &[shape, scale]: &[D; 2]) -> D {
        log_gamma_entropy(shape) + shape.digamma() + scale.ln()
    }
}

impl KullbackLeibler for GammaScale {
    fn divergence<D: Scalar>(&self, &[shape, scale]: &[D; 2], &[other_shape, other]: &[D; 2]) -> D {
        divergence([shape, other_shape], scale / other, (scale - other) / other)
    }
}

/// For a known shape: √α |ln(θ′/θ)|.
impl FisherRao for GammaScale {
    fn distance<D: Scalar>(&self, &[shape, scale]: &[D; 2], &[_, other]: &[D; 2], free: &[bool]) -> Option<D> {
        match *free {
            [false, true] => Some(scales(shape, scale, other)),
            _ => None,
        }
    }
}

/// T = (ln x, x), η = (α, −1/θ), as for [`Gamma`].
impl ExponentialFamily for GammaScale {
    fn sufficient_statistic<D: Scalar>(&self, x: &D) -> [D; 2] {
        Gamma.sufficient_statistic(x)
    }

    fn natural<D: Scalar>(&self, theta: &[D; 2]) -> [D; 2] {
        Gamma.natural(&with_rate(theta))
    }

    fn from_natural<D: Scalar>(&self, &[shape, minus_rate]: &[D; 2]) -> [D; 2] {
        [shape, -minus_rate.recip()]
    }

    fn ln_partition<D: Scalar>(&self, eta: &[D; 2]) -> D {
        Gamma.ln_partition(eta)
    }

    fn mean_value<D: Scalar>(&self, theta: &[D; 2]) -> [D; 2] {
        Gamma.mean_value(&with_rate(theta))
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        Gamma.natural_parameters()
    }
}
