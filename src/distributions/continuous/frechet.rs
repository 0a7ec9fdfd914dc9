//! The Fréchet distribution.

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

/// Fréchet or inverse Weibull distribution with shape α > 0 and scale s > 0, on the positive numbers: (x/s)⁻ᵅ is standard
/// exponential.
///
/// ```math
/// f(x; \alpha, s) = \frac{\alpha}{s} \Bigl(\frac{x}{s}\Bigr)^{-\alpha-1} e^{-(x/s)^{-\alpha}},
/// \qquad
/// I(\alpha, s) = \begin{pmatrix}
///     \bigl(\pi^2/6 + (1-\gamma)^2\bigr)/\alpha^2 & (1-\gamma)/s \\
///     (1-\gamma)/s & \alpha^2/s^2
/// \end{pmatrix}
/// ```
///
/// with Euler's constant γ = 0.5772… The matrix is that of [`Weibull`](super::Weibull) with the scale 1/s. It is the limit of
/// maxima of distributions with a tail like x⁻ᵅ, and has one itself.
///
/// Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 2, 2nd ed. (1995), chapter 22.
#[derive(Clone, Copy, Debug)]
pub struct Frechet;

/// The logarithm of y = (x/s)⁻ᵅ.
#[inline]
fn ln_exponential_variable<D: Scalar>(shape: D, scale: D, x: D) -> D {
    -shape * ln_ratio(x, scale)
}

impl LogLikelihood for Frechet {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[shape, scale]: &[D; 2], &x: &D) -> D {
        let ln_y = ln_exponential_variable(shape, scale, x);
        shape.ln() - x.ln() + ln_y - ln_y.exp()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("shape").symbol("α"), Parameter::positive("scale").symbol("s")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let logs = Sample::seen(data, f64::ln)?;
        let [location, scale] = sample::gumbel(&logs);
        Some([1.0 / scale, location.exp()])
    }
}

impl SampleSpace for Frechet {
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

impl Sampler for Frechet {
    fn sample<R: rand::Rng + ?Sized>(&self, &[shape, scale]: &[f64; 2], rng: &mut R) -> f64 {
        let exponential: f64 = rand_distr::Distribution::sample(&rand_distr::Exp1, rng);
        scale * exponential.powf(-shape.recip())
    }
}

impl Quantile for Frechet {
    fn quantile(&self, &[shape, scale]: &[f64; 2], u: &[f64]) -> f64 {
        scale * (-u[0].ln()).powf(-shape.recip())
    }
}

impl ClosedForm for Frechet {
    fn information<D: Scalar>(&self, &[shape, scale]: &[D; 2]) -> [[D; 2]; 2] {
        let mean = 1.0 - EULER_GAMMA; // ∫ y ln y e⁻ʸ dy
        let cross = scale.recip() * mean;
        [[shape.powi(-2) * (PI * PI / 6.0 + mean * mean), cross], [cross, (shape / scale).powi(2)]]
    }
}

impl DistributionFunction for Frechet {
    fn ln_cdf<D: Scalar>(&self, &[shape, scale]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        -ln_exponential_variable(shape, scale, x).exp()
    }

    fn ln_survival<D: Scalar>(&self, &[shape, scale]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(0.0);
        }
        let ln_y = ln_exponential_variable(shape, scale, x);
        ln_lower_exponential(ln_y.exp(), ln_y)
    }
}

impl Entropy for Frechet {
    fn entropy<D: Scalar>(&self, &[shape, scale]: &[D; 2]) -> D {
        shape.recip() * EULER_GAMMA + scale.ln() - shape.ln() + (1.0 + EULER_GAMMA)
    }
}

impl KullbackLeibler for Frechet {
    fn divergence<D: Scalar>(&self, &[shape, scale]: &[D; 2], &[other, other_scale]: &[D; 2]) -> D {
        let ratio = [other / shape, (other - shape) / shape];
        power_divergence([D::from(1.0); 2], D::from(0.0), ratio, other * ln_ratio(other_scale, scale))
    }
}

/// As in a half-plane: ln x has a Gumbel distribution, with location ln s and scale 1/α.
impl FisherRao for Frechet {
    fn distance<D: Scalar>(&self, theta: &[D; 2], other: &[D; 2], free: &[bool]) -> Option<D> {
        let mean = 1.0 - EULER_GAMMA;
        let plane = HalfPlane { location: 1.0, cross: -mean, scale: PI * PI / 6.0 + mean * mean };
        plane.lift().of_shapes(theta, other, free)
    }
}
