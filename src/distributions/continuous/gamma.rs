//! The gamma distribution.

use crate::distributions::numerics::constants::NEGATIVE;
use crate::distributions::numerics::fisher_rao::scales;
use crate::distributions::numerics::gamma_power::{divergence, ln_density, ln_lower, ln_upper, log_gamma_entropy};
use crate::distributions::numerics::inversion::ln_gamma_quantile;
use crate::distributions::numerics::sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler,
    LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Gamma distribution with shape α > 0 and rate β > 0, on the positive numbers:
///
/// ```math
/// f(x; \alpha, \beta) = \frac{\beta^\alpha}{\Gamma(\alpha)}\, x^{\alpha-1} e^{-\beta x},
/// \qquad
/// I(\alpha, \beta) = \begin{pmatrix} \psi_1(\alpha) & -1/\beta \\ -1/\beta & \alpha/\beta^2 \end{pmatrix}
/// ```
///
/// Draws of a tiny shape underflow: at α = 0.001 half of them are smaller than the smallest positive `f64` and come out as 0.
///
/// Source: Lehmann and Casella, *Theory of Point Estimation*, 2nd ed. (1998), Table 2.6.1, there with the scale 1/β.
#[derive(Clone, Copy, Debug)]
pub struct Gamma;

impl LogLikelihood for Gamma {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[shape, rate]: &[D; 2], &x: &D) -> D {
        ln_density(shape, rate * x, shape * (rate.ln() + x.ln())) - x.ln()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("shape").symbol("α"), Parameter::positive("rate").symbol("β")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        sample::gamma(data, |x| x)
    }
}

impl SampleSpace for Gamma {
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

impl Sampler for Gamma {
    fn sample<R: rand::Rng + ?Sized>(&self, &[shape, rate]: &[f64; 2], rng: &mut R) -> f64 {
        // Fails only outside the domain of the parameters, where there is nothing to draw.
        rand_distr::Gamma::new(shape, 1.0)
            .map_or(f64::NAN, |standard| rand_distr::Distribution::sample(&standard, rng) / rate)
    }
}

impl Quantile for Gamma {
    fn quantile(&self, &[shape, rate]: &[f64; 2], u: &[f64]) -> f64 {
        ln_gamma_quantile(shape, u[0]).exp() / rate
    }
}

impl ClosedForm for Gamma {
    fn information<D: Scalar>(&self, &[shape, rate]: &[D; 2]) -> [[D; 2]; 2] {
        let cross = -rate.recip();
        [[shape.polygamma(1), cross], [cross, shape * rate.powi(-2)]]
    }
}

impl DistributionFunction for Gamma {
    fn ln_cdf<D: Scalar>(&self, &[shape, rate]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        ln_lower(shape, rate * x, rate.ln() + x.ln())
    }

    fn ln_survival<D: Scalar>(&self, &[shape, rate]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(0.0);
        }
        ln_upper(shape, rate * x, rate.ln() + x.ln())
    }
}

impl Entropy for Gamma {
    fn entropy<D: Scalar>(&self, &[shape, rate]: &[D; 2]) -> D {
        log_gamma_entropy(shape) + shape.digamma() - rate.ln()
    }
}

impl KullbackLeibler for Gamma {
    fn divergence<D: Scalar>(&self, &[shape, rate]: &[D; 2], &[other_shape, other]: &[D; 2]) -> D {
        divergence([shape, other_shape], other / rate, (other - rate) / rate)
    }
}

/// For a known shape: √α |ln(β′/β)|.
impl FisherRao for Gamma {
    fn distance<D: Scalar>(&self, &[shape, rate]: &[D; 2], &[_, other]: &[D; 2], free: &[bool]) -> Option<D> {
        match *free {
            [false, true] => Some(scales(shape, rate, other)),
            _ => None,
        }
    }
}

/// T = (ln x, x), η = (α, −β), with h(x) = 1/x.
impl ExponentialFamily for Gamma {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 2] {
        [x.ln(), x]
    }

    fn natural<D: Scalar>(&self, &[shape, rate]: &[D; 2]) -> [D; 2] {
        [shape, -rate]
    }

    fn from_natural<D: Scalar>(&self, &[shape, minus_rate]: &[D; 2]) -> [D; 2] {
        [shape, -minus_rate]
    }

    fn ln_partition<D: Scalar>(&self, &[shape, minus_rate]: &[D; 2]) -> D {
        shape.ln_gamma() - shape * (-minus_rate).ln()
    }

    fn mean_value<D: Scalar>(&self, &[shape, rate]: &[D; 2]) -> [D; 2] {
        [shape.digamma() - rate.ln(), shape / rate]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("shape").symbol("η₁"), Parameter::new("−rate", NEGATIVE).symbol("η₂")]
    }
}
