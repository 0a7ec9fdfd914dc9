//! The generalised gamma distribution.

use crate::distributions::numerics::fisher_rao::scales;
use crate::distributions::numerics::gamma_power::{
    ln_density, ln_lower, ln_upper, log_gamma_entropy, power_divergence, sample_ln,
};
use crate::distributions::numerics::inversion::ln_gamma_quantile;
use crate::distributions::numerics::ln_ratio::ln_ratio;
use crate::distributions::numerics::sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, FisherRao, Fixed, KullbackLeibler, LogLikelihood,
    Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Generalised gamma distribution with shape d, power p and scale a, all positive, on the positive numbers: (x/a)ᵖ is gamma
/// with shape d/p and rate 1.
///
/// ```math
/// \begin{aligned}
/// f(x; d, p, a) &= \frac{p\, x^{d-1}}{a^d\, \Gamma(\alpha)}\, e^{-(x/a)^p}, \qquad \alpha = \frac{d}{p} \\
/// I(d, p, a) &= \begin{pmatrix}
///     \frac{\psi_1(\alpha)}{p^2} & -\frac{\alpha\psi_1(\alpha) + \psi(\alpha)}{p^2} & \frac{1}{a} \\
///     -\frac{\alpha\psi_1(\alpha) + \psi(\alpha)}{p^2} & I_{pp} & -\frac{\alpha\psi(\alpha) + \alpha + 1}{a} \\
///     \frac{1}{a} & -\frac{\alpha\psi(\alpha) + \alpha + 1}{a} & \frac{p\, d}{a^2}
/// \end{pmatrix} \\
/// I_{pp} &= \frac{\alpha}{p^2} \Bigl[(\alpha+1)\, \psi_1(\alpha+1) + \psi(\alpha+1)^2 + 2\psi(\alpha+1)\Bigr]
/// \end{aligned}
/// ```
///
/// It is the gamma distribution if p = 1, the Weibull if p = d, the half-normal if p = 2 and d = 1. As α = d/p grows it
/// approaches a lognormal, which has one parameter less, and the matrix becomes nearly singular: with a unit diagonal its
/// smallest eigenvalue is about (4 α ln α)⁻².
///
/// Source: Stacy, A generalization of the gamma distribution, *Ann. Math. Statist.* 33 (1962), 1187–1192; the matrix from the
/// moments of ln y and y ln y of a gamma variable y.
#[derive(Clone, Copy, Debug)]
pub struct GeneralizedGamma;

impl LogLikelihood for GeneralizedGamma {
    type Parameters = Fixed<3>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[shape, power, scale]: &[D; 3], &x: &D) -> D {
        let ln_ratio = ln_ratio(x, scale);
        power.ln() + ln_density(shape / power, (power * ln_ratio).exp(), shape * ln_ratio) - x.ln()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::positive("shape").symbol("d"),
            Parameter::positive("power").symbol("p"),
            Parameter::positive("scale").symbol("a"),
        ]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 3]> {
        let [shape, rate] = sample::gamma(data, |x| x)?;
        Some([shape, 1.0, 1.0 / rate])
    }
}

impl SampleSpace for GeneralizedGamma {
    fn support(&self, _theta: &[f64; 3]) -> Support {
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

impl Sampler for GeneralizedGamma {
    fn sample<R: rand::Rng + ?Sized>(&self, &[shape, power, scale]: &[f64; 3], rng: &mut R) -> f64 {
        scale * (sample_ln(shape / power, rng) / power).exp()
    }
}

impl Quantile for GeneralizedGamma {
    fn quantile(&self, &[shape, power, scale]: &[f64; 3], u: &[f64]) -> f64 {
        scale * (ln_gamma_quantile(shape / power, u[0]) / power).exp()
    }
}

impl ClosedForm for GeneralizedGamma {
    /// In terms of α + 1, since those in α cancel as α → 0.
    fn information<D: Scalar>(&self, &[shape, power, scale]: &[D; 3]) -> [[D; 3]; 3] {
        let alpha = shape / power;
        let (psi, trigamma) = ((alpha + 1.0).digamma(), (alpha + 1.0).polygamma(1));
        let square = power.powi(-2);
        let shape_power = -square * (alpha * trigamma + psi);
        let power_power = square * alpha * ((alpha + 1.0) * trigamma + psi * (psi + 2.0));
        let shape_scale = scale.recip();
        let power_scale = -alpha * (psi + 1.0) / scale;
        [
            [square * alpha.polygamma(1), shape_power, shape_scale],
            [shape_power, power_power, power_scale],
            [shape_scale, power_scale, power * shape * scale.powi(-2)],
        ]
    }
}

/// y = (x/a)ᵖ and its logarithm.
fn gamma_variable<D: Scalar>(power: D, scale: D, x: D) -> (D, D) {
    let ln_y = power * ln_ratio(x, scale);
    (ln_y.exp(), ln_y)
}

impl DistributionFunction for GeneralizedGamma {
    fn ln_cdf<D: Scalar>(&self, &[shape, power, scale]: &[D; 3], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        let (y, ln_y) = gamma_variable(power, scale, x);
        ln_lower(shape / power, y, ln_y)
    }

    fn ln_survival<D: Scalar>(&self, &[shape, power, scale]: &[D; 3], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(0.0);
        }
        let (y, ln_y) = gamma_variable(power, scale, x);
        ln_upper(shape / power, y, ln_y)
    }
}

impl Entropy for GeneralizedGamma {
    fn entropy<D: Scalar>(&self, &[shape, power, scale]: &[D; 3]) -> D {
        let alpha = shape / power;
        log_gamma_entropy(alpha) + alpha.digamma() / power + scale.ln() - power.ln()
    }
}

impl KullbackLeibler for GeneralizedGamma {
    fn divergence<D: Scalar>(&self, &[shape, power, scale]: &[D; 3], &[other_shape, other, other_scale]: &[D; 3]) -> D {
        let alpha = shape / power;
        let step = (other_shape - shape - alpha * (other - power)) / other;
        let ratio = [other / power, (other - power) / power];
        power_divergence([alpha, other_shape / other], step, ratio, other * ln_ratio(scale, other_scale))
    }
}

/// For known shape and power: √(dp) |ln(a′/a)|.
impl FisherRao for GeneralizedGamma {
    fn distance<D: Scalar>(
        &self,
        &[shape, power, scale]: &[D; 3],
        &[_, _, other]: &[D; 3],
        free: &[bool],
    ) -> Option<D> {
        match *free {
            [false, false, true] => Some(scales(shape * power, scale, other)),
            _ => None,
        }
    }
}
