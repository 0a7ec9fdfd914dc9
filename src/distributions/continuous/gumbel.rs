//! The Gumbel distribution.

use crate::distributions::numerics::cloglog::ln_1m_exp_exp;
use crate::distributions::numerics::constants::EULER_GAMMA;
use crate::distributions::numerics::excess::exp_excess;
use crate::distributions::numerics::fisher_rao::HalfPlane;
use crate::distributions::numerics::ln_gamma_tangent::ln_gamma_above_tangent;
use crate::distributions::numerics::sample::{self, Sample};
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, FisherRao, Fixed, KullbackLeibler, LogLikelihood,
    Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::PI;

/// Gumbel distribution of maxima with location μ and scale β > 0, on the real line:
///
/// ```math
/// f(x; \mu, \beta) = \frac{1}{\beta}\, e^{-z-e^{-z}}, \quad z = \frac{x-\mu}{\beta},
/// \qquad
/// I(\mu, \beta) = \frac{1}{\beta^2} \begin{pmatrix}
///     1 & -(1-\gamma) \\
///     -(1-\gamma) & \pi^2/6 + (1-\gamma)^2
/// \end{pmatrix}
/// ```
///
/// with Euler's constant γ = 0.5772… The logarithm of a Weibull number, with its sign changed, is distributed so.
///
/// Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 2, 2nd ed. (1995), chapter 22.
#[derive(Clone, Copy, Debug)]
pub struct Gumbel;

impl LogLikelihood for Gumbel {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[location, scale]: &[D; 2], &x: &D) -> D {
        let z = (x - location) / scale;
        -z - (-z).exp() - scale.ln()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("location").symbol("μ"), Parameter::positive("scale").symbol("β")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        Some(sample::gumbel(&sample))
    }
}

impl SampleSpace for Gumbel {
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

impl Sampler for Gumbel {
    fn sample<R: rand::Rng + ?Sized>(&self, &[location, scale]: &[f64; 2], rng: &mut R) -> f64 {
        let exponential: f64 = rand_distr::Distribution::sample(&rand_distr::Exp1, rng);
        location - scale * exponential.ln()
    }
}

impl Quantile for Gumbel {
    fn quantile(&self, &[location, scale]: &[f64; 2], u: &[f64]) -> f64 {
        location - scale * (-u[0].ln()).ln()
    }
}

impl ClosedForm for Gumbel {
    fn information<D: Scalar>(&self, &[_, scale]: &[D; 2]) -> [[D; 2]; 2] {
        let (precision, mean) = (scale.powi(-2), 1.0 - EULER_GAMMA);
        let cross = -precision * mean;
        [[precision, cross], [cross, precision * (PI * PI / 6.0 + mean * mean)]]
    }
}

impl DistributionFunction for Gumbel {
    fn ln_cdf<D: Scalar>(&self, &[location, scale]: &[D; 2], &x: &D) -> D {
        -((location - x) / scale).exp()
    }

    fn ln_survival<D: Scalar>(&self, &[location, scale]: &[D; 2], &x: &D) -> D {
        ln_1m_exp_exp((location - x) / scale)
    }
}

impl Entropy for Gumbel {
    fn entropy<D: Scalar>(&self, &[_, scale]: &[D; 2]) -> D {
        scale.ln() + (1.0 + EULER_GAMMA)
    }
}

impl KullbackLeibler for Gumbel {
    /// With r = β/β′ and u = ln Γ(1 + r) − (μ − μ′)/β′, the mean of e^(−z′) is eᵘ, and the divergence the sum of eᵘ − 1 − u and
    /// ln Γ(r) + γ(r − 1), neither of them negative.
    fn divergence<D: Scalar>(&self, &[location, scale]: &[D; 2], &[other, other_scale]: &[D; 2]) -> D {
        let ratio = scale / other_scale;
        let difference = (scale - other_scale) / other_scale;
        let ln_gamma = ln_gamma_above_tangent(D::from(2.0), ratio + 1.0, difference) + difference * (1.0 - EULER_GAMMA);
        let u = ln_gamma - (location - other) / other_scale;
        exp_excess(u) + ln_gamma_above_tangent(D::from(1.0), ratio, difference)
    }
}

/// As in a half-plane, for μ − (1 − γ)β and β.
impl FisherRao for Gumbel {
    fn distance<D: Scalar>(&self, theta: &[D; 2], other: &[D; 2], free: &[bool]) -> Option<D> {
        let mean = 1.0 - EULER_GAMMA;
        let plane = HalfPlane { location: 1.0, cross: -mean, scale: PI * PI / 6.0 + mean * mean };
        plane.lift::<D>().of_locations(theta, other, free)
    }
}
