//! The inverse gamma distribution.

use crate::distributions::numerics::constants::NEGATIVE;
use crate::distributions::numerics::fisher_rao::scales;
use crate::distributions::numerics::gamma_power::{
    divergence, ln_density, ln_lower, ln_upper, log_gamma_entropy, sample_ln,
};
use crate::distributions::numerics::inversion::ln_gamma_upper_quantile;
use crate::distributions::numerics::ln_ratio::ln_ratio;
use crate::distributions::numerics::sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler,
    LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Inverse gamma distribution with shape α > 0 and scale β > 0, on the positive numbers: 1/x is gamma with shape α and rate β.
///
/// ```math
/// f(x; \alpha, \beta) = \frac{\beta^\alpha}{\Gamma(\alpha)}\, x^{-\alpha-1} e^{-\beta/x},
/// \qquad
/// I(\alpha, \beta) = \begin{pmatrix} \psi_1(\alpha) & -1/\beta \\ -1/\beta & \alpha/\beta^2 \end{pmatrix}
/// ```
///
/// The matrix is that of [`Gamma`](super::Gamma), since a one-to-one function of the data carries the same information. Draws
/// of a tiny shape overflow as those of the gamma underflow.
///
/// Source: Gelman, Carlin, Stern, Dunson, Vehtari and Rubin, *Bayesian Data Analysis*, 3rd ed. (2013), Table A.1.
#[derive(Clone, Copy, Debug)]
pub struct InverseGamma;

impl LogLikelihood for InverseGamma {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[shape, scale]: &[D; 2], &x: &D) -> D {
        ln_density(shape, scale * x.recip(), -shape * ln_ratio(x, scale)) - x.ln()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("shape").symbol("α"), Parameter::positive("scale").symbol("β")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        sample::gamma(data, f64::recip)
    }
}

impl SampleSpace for InverseGamma {
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

impl Sampler for InverseGamma {
    fn sample<R: rand::Rng + ?Sized>(&self, &[shape, scale]: &[f64; 2], rng: &mut R) -> f64 {
        scale * (-sample_ln(shape, rng)).exp()
    }
}

impl Quantile for InverseGamma {
    fn quantile(&self, &[shape, scale]: &[f64; 2], u: &[f64]) -> f64 {
        scale * (-ln_gamma_upper_quantile(shape, u[0])).exp()
    }
}

impl ClosedForm for InverseGamma {
    fn information<D: Scalar>(&self, &[shape, scale]: &[D; 2]) -> [[D; 2]; 2] {
        let cross = -scale.recip();
        [[shape.polygamma(1), cross], [cross, shape * scale.powi(-2)]]
    }
}

impl DistributionFunction for InverseGamma {
    fn ln_cdf<D: Scalar>(&self, &[shape, scale]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        ln_upper(shape, scale * x.recip(), -ln_ratio(x, scale))
    }

    fn ln_survival<D: Scalar>(&self, &[shape, scale]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(0.0);
        }
        ln_lower(shape, scale * x.recip(), -ln_ratio(x, scale))
    }
}

impl Entropy for InverseGamma {
    fn entropy<D: Scalar>(&self, &[shape, scale]: &[D; 2]) -> D {
        log_gamma_entropy(shape) - shape.digamma() + scale.ln()
    }
}

impl KullbackLeibler for InverseGamma {
    fn divergence<D: Scalar>(&self, &[shape, scale]: &[D; 2], &[other_shape, other]: &[D; 2]) -> D {
        divergence([shape, other_shape], other / scale, (other - scale) / scale)
    }
}

/// For a known shape: √α |ln(β′/β)|.
impl FisherRao for InverseGamma {
    fn distance<D: Scalar>(&self, &[shape, scale]: &[D; 2], &[_, other]: &[D; 2], free: &[bool]) -> Option<D> {
        match *free {
            [false, true] => Some(scales(shape, scale, other)),
            _ => None,
        }
    }
}

/// T = (ln x, 1/x), η = (−α, −β), with h(x) = 1/x.
impl ExponentialFamily for InverseGamma {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 2] {
        [x.ln(), x.recip()]
    }

    fn natural<D: Scalar>(&self, &[shape, scale]: &[D; 2]) -> [D; 2] {
        [-shape, -scale]
    }

    fn from_natural<D: Scalar>(&self, &[minus_shape, minus_scale]: &[D; 2]) -> [D; 2] {
        [-minus_shape, -minus_scale]
    }

    fn ln_partition<D: Scalar>(&self, &[minus_shape, minus_scale]: &[D; 2]) -> D {
        (-minus_shape).ln_gamma() + minus_shape * (-minus_scale).ln()
    }

    fn mean_value<D: Scalar>(&self, &[shape, scale]: &[D; 2]) -> [D; 2] {
        [scale.ln() - shape.digamma(), shape / scale]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::new("−shape", NEGATIVE).symbol("η₁"), Parameter::new("−scale", NEGATIVE).symbol("η₂")]
    }
}
