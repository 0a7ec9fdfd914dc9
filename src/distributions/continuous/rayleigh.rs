//! The Rayleigh distribution.

use crate::distributions::numerics::constants::{EULER_GAMMA, NEGATIVE};
use crate::distributions::numerics::excess::ratio_excess;
use crate::distributions::numerics::fisher_rao::scales;
use crate::distributions::numerics::gamma_power::ln_lower_exponential;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler,
    LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::LN_2;

/// Rayleigh distribution with scale σ > 0, on the positive numbers: the length of a vector in the plane whose coordinates are
/// independent and normal with mean 0 and standard deviation σ.
///
/// ```math
/// f(x; \sigma) = \frac{x}{\sigma^2}\, e^{-\frac{x^2}{2\sigma^2}},
/// \qquad
/// I(\sigma) = \frac{4}{\sigma^2}
/// ```
///
/// Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 1, 2nd ed. (1994), chapter 18.
#[derive(Clone, Copy, Debug)]
pub struct Rayleigh;

impl LogLikelihood for Rayleigh {
    type Parameters = Fixed<1>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[scale]: &[D; 1], &x: &D) -> D {
        let z = x / scale;
        x.ln() - scale.ln() * 2.0 - z * z * 0.5
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("scale").symbol("σ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 1]> {
        let sample = Sample::of(data)?;
        Some([(0.5 * sample.mean_square()).sqrt()])
    }
}

impl SampleSpace for Rayleigh {
    fn support(&self, _theta: &[f64; 1]) -> Support {
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

impl Sampler for Rayleigh {
    fn sample<R: rand::Rng + ?Sized>(&self, &[scale]: &[f64; 1], rng: &mut R) -> f64 {
        let exponential: f64 = rand_distr::Distribution::sample(&rand_distr::Exp1, rng);
        scale * (2.0 * exponential).sqrt()
    }
}

impl Quantile for Rayleigh {
    fn quantile(&self, &[scale]: &[f64; 1], u: &[f64]) -> f64 {
        scale * (-2.0 * (-u[0]).ln_1p()).sqrt()
    }
}

impl ClosedForm for Rayleigh {
    fn information<D: Scalar>(&self, &[scale]: &[D; 1]) -> [[D; 1]; 1] {
        [[scale.powi(-2) * 4.0]]
    }
}

impl DistributionFunction for Rayleigh {
    fn ln_cdf<D: Scalar>(&self, &[scale]: &[D; 1], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        let z = x / scale;
        ln_lower_exponential(z * z * 0.5, (x.ln() - scale.ln()) * 2.0 - LN_2)
    }

    fn ln_survival<D: Scalar>(&self, &[scale]: &[D; 1], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(0.0);
        }
        let z = x / scale;
        -z * z * 0.5
    }
}

impl Entropy for Rayleigh {
    fn entropy<D: Scalar>(&self, &[scale]: &[D; 1]) -> D {
        scale.ln() + (1.0 + 0.5 * (EULER_GAMMA - LN_2))
    }
}

impl KullbackLeibler for Rayleigh {
    fn divergence<D: Scalar>(&self, &[scale]: &[D; 1], &[other]: &[D; 1]) -> D {
        let ratio = scale / other;
        ratio_excess(ratio * ratio, (scale - other) / other * (ratio + 1.0))
    }
}

/// 2 |ln(σ′/σ)|
impl FisherRao for Rayleigh {
    fn distance<D: Scalar>(&self, &[scale]: &[D; 1], &[other]: &[D; 1], free: &[bool]) -> Option<D> {
        (*free == [true]).then(|| scales(D::from(4.0), scale, other))
    }
}

/// T = x², η = −1/2σ².
impl ExponentialFamily for Rayleigh {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 1] {
        [x * x]
    }

    fn natural<D: Scalar>(&self, &[scale]: &[D; 1]) -> [D; 1] {
        [scale.powi(-2) * -0.5]
    }

    fn from_natural<D: Scalar>(&self, &[eta]: &[D; 1]) -> [D; 1] {
        [(eta * -2.0).sqrt().recip()]
    }

    fn ln_partition<D: Scalar>(&self, &[eta]: &[D; 1]) -> D {
        -(eta * -2.0).ln()
    }

    fn mean_value<D: Scalar>(&self, &[scale]: &[D; 1]) -> [D; 1] {
        [scale * scale * 2.0]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::new("−1/2σ²", NEGATIVE).symbol("η")]
    }
}
