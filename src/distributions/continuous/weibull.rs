//! The Weibull distribution.

use crate::distributions::numerics::constants::EULER_GAMMA;
use crate::distributions::numerics::fisher_rao::HalfPlane;
use crate::distributions::numerics::gamma_power::{ln_lower_exponential, power_divergence};
use crate::distributions::numerics::ln_ratio::ln_ratio;
use crate::distributions::numerics::sample::{self, Sample};
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, FisherRao, Fixed, KullbackLeibler, LogLikelihood,
    Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::PI;

/// Weibull distribution with shape k > 0 and scale λ > 0, on the positive numbers: (x/λ)ᵏ is standard exponential.
///
/// ```math
/// f(x; k, \lambda) = \frac{k}{\lambda} \Bigl(\frac{x}{\lambda}\Bigr)^{k-1} e^{-(x/\lambda)^k},
/// \qquad
/// I(k, \lambda) = \begin{pmatrix}
///     \bigl(\pi^2/6 + (1-\gamma)^2\bigr)/k^2 & -(1-\gamma)/\lambda \\
///     -(1-\gamma)/\lambda & k^2/\lambda^2
/// \end{pmatrix}
/// ```
///
/// with Euler's constant γ = 0.5772…
///
/// Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 1, 2nd ed. (1994), chapter 21.
#[derive(Clone, Copy, Debug)]
pub struct Weibull;

impl LogLikelihood for Weibull {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[shape, scale]: &[D; 2], &x: &D) -> D {
        let y = shape * ln_ratio(x, scale);
        shape.ln() - x.ln() + y - y.exp()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("shape").symbol("k"), Parameter::positive("scale").symbol("λ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let logs = Sample::seen(data, f64::ln)?;
        let [location, scale] = sample::gumbel(&logs);
        Some([1.0 / scale, (2.0 * logs.mean() - location).exp()])
    }
}

impl SampleSpace for Weibull {
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

impl Sampler for Weibull {
    fn sample<R: rand::Rng + ?Sized>(&self, &[shape, scale]: &[f64; 2], rng: &mut R) -> f64 {
        let exponential: f64 = rand_distr::Distribution::sample(&rand_distr::Exp1, rng);
        scale * exponential.powf(shape.recip())
    }
}

impl Quantile for Weibull {
    fn quantile(&self, &[shape, scale]: &[f64; 2], u: &[f64]) -> f64 {
        scale * (-(-u[0]).ln_1p()).powf(shape.recip())
    }
}

impl ClosedForm for Weibull {
    fn information<D: Scalar>(&self, &[shape, scale]: &[D; 2]) -> [[D; 2]; 2] {
        let mean = 1.0 - EULER_GAMMA; // ∫ y ln y e⁻ʸ dy
        let cross = -scale.recip() * mean;
        [[shape.powi(-2) * (PI * PI / 6.0 + mean * mean), cross], [cross, (shape / scale).powi(2)]]
    }
}

impl DistributionFunction for Weibull {
    fn ln_cdf<D: Scalar>(&self, &[shape, scale]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        let ln_y = shape * ln_ratio(x, scale);
        ln_lower_exponential(ln_y.exp(), ln_y)
    }

    fn ln_survival<D: Scalar>(&self, &[shape, scale]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(0.0);
        }
        -(shape * ln_ratio(x, scale)).exp()
    }
}

impl Entropy for Weibull {
    fn entropy<D: Scalar>(&self, &[shape, scale]: &[D; 2]) -> D {
        -shape.recip() * EULER_GAMMA + scale.ln() - shape.ln() + (1.0 + EULER_GAMMA)
    }
}

impl KullbackLeibler for Weibull {
    fn divergence<D: Scalar>(&self, &[shape, scale]: &[D; 2], &[other, other_scale]: &[D; 2]) -> D {
        let ratio = [other / shape, (other - shape) / shape];
        power_divergence([D::from(1.0); 2], D::from(0.0), ratio, other * ln_ratio(scale, other_scale))
    }
}

/// As in a half-plane: ln x has a Gumbel distribution, mirrored, with location ln λ and scale 1/k.
impl FisherRao for Weibull {
    fn distance<D: Scalar>(&self, theta: &[D; 2], other: &[D; 2], free: &[bool]) -> Option<D> {
        let mean = 1.0 - EULER_GAMMA;
        let plane = HalfPlane { location: 1.0, cross: mean, scale: PI * PI / 6.0 + mean * mean };
        plane.lift().of_shapes(theta, other, free)
    }
}
