//! The Maxwell distribution.

use crate::distributions::numerics::constants::{EULER_GAMMA, LN_SQRT_TAU, NEGATIVE};
use crate::distributions::numerics::excess::ratio_excess;
use crate::distributions::numerics::fisher_rao::scales;
use crate::distributions::numerics::gamma_power::{ln_lower, ln_upper};
use crate::distributions::numerics::inversion::ln_gamma_quantile;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler,
    LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::{LN_2, SQRT_2};

/// Maxwell distribution with scale σ > 0, on the positive numbers: the length of a vector in space whose three coordinates are
/// independent and normal with mean 0 and standard deviation σ, such as the speed of a molecule in a gas.
///
/// ```math
/// f(x; \sigma) = \frac{2 x^2}{\sigma^3\sqrt{2\pi}}\, e^{-\frac{x^2}{2\sigma^2}},
/// \qquad
/// I(\sigma) = \frac{6}{\sigma^2}
/// ```
///
/// Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 1, 2nd ed. (1994), chapter 18 (σ times the chi
/// with three degrees of freedom).
#[derive(Clone, Copy, Debug)]
pub struct Maxwell;

/// Half the square of x/σ is gamma with this shape.
const SHAPE: f64 = 1.5;

impl LogLikelihood for Maxwell {
    type Parameters = Fixed<1>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[scale]: &[D; 1], &x: &D) -> D {
        if x < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        let z = x / scale;
        x.ln() * 2.0 - scale.ln() * 3.0 - z * z * 0.5 + (LN_2 - LN_SQRT_TAU)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("scale").symbol("σ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 1]> {
        let sample = Sample::of(data)?;
        Some([(sample.mean_square() / 3.0).sqrt()])
    }
}

impl SampleSpace for Maxwell {
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

impl Sampler for Maxwell {
    fn sample<R: rand::Rng + ?Sized>(&self, &[scale]: &[f64; 1], rng: &mut R) -> f64 {
        let mut square = || rand_distr::Distribution::<f64>::sample(&rand_distr::StandardNormal, rng).powi(2);
        scale * (square() + square() + square()).sqrt()
    }
}

impl Quantile for Maxwell {
    fn quantile(&self, &[scale]: &[f64; 1], u: &[f64]) -> f64 {
        scale * SQRT_2 * (0.5 * ln_gamma_quantile(SHAPE, u[0])).exp()
    }
}

impl ClosedForm for Maxwell {
    fn information<D: Scalar>(&self, &[scale]: &[D; 1]) -> [[D; 1]; 1] {
        [[scale.powi(-2) * 6.0]]
    }
}

/// ½(x/σ)² and its logarithm.
fn half_square<D: Scalar>(x: D, scale: D) -> (D, D) {
    let z = x / scale;
    (z * z * 0.5, (x.ln() - scale.ln()) * 2.0 - LN_2)
}

impl DistributionFunction for Maxwell {
    fn ln_cdf<D: Scalar>(&self, &[scale]: &[D; 1], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        let (y, ln_y) = half_square(x, scale);
        ln_lower(D::from(SHAPE), y, ln_y)
    }

    fn ln_survival<D: Scalar>(&self, &[scale]: &[D; 1], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(0.0);
        }
        let (y, ln_y) = half_square(x, scale);
        ln_upper(D::from(SHAPE), y, ln_y)
    }
}

impl Entropy for Maxwell {
    fn entropy<D: Scalar>(&self, &[scale]: &[D; 1]) -> D {
        scale.ln() + (LN_SQRT_TAU + EULER_GAMMA - 0.5)
    }
}

impl KullbackLeibler for Maxwell {
    fn divergence<D: Scalar>(&self, &[scale]: &[D; 1], &[other]: &[D; 1]) -> D {
        let ratio = scale / other;
        ratio_excess(ratio * ratio, (scale - other) / other * (ratio + 1.0)) * SHAPE
    }
}

/// √6 |ln(σ′/σ)|
impl FisherRao for Maxwell {
    fn distance<D: Scalar>(&self, &[scale]: &[D; 1], &[other]: &[D; 1], free: &[bool]) -> Option<D> {
        (*free == [true]).then(|| scales(D::from(6.0), scale, other))
    }
}

/// T = x², η = −1/2σ².
impl ExponentialFamily for Maxwell {
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
        (eta * -2.0).ln() * -SHAPE
    }

    fn mean_value<D: Scalar>(&self, &[scale]: &[D; 1]) -> [D; 1] {
        [scale * scale * 3.0]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::new("−1/2σ²", NEGATIVE).symbol("η")]
    }
}
