//! The half-normal distribution.

use crate::distributions::numerics::constants::{LN_SQRT_TAU, NEGATIVE};
use crate::distributions::numerics::excess::ratio_excess;
use crate::distributions::numerics::fisher_rao::scales;
use crate::distributions::numerics::inversion::ln_gamma_quantile;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler,
    LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::{FRAC_1_SQRT_2, LN_2, SQRT_2};

/// Half-normal distribution, on the positive numbers: the absolute value of a normal variable with mean 0 and standard
/// deviation σ > 0.
///
/// ```math
/// f(x; \sigma) = \frac{2}{\sigma\sqrt{2\pi}}\, e^{-\frac{x^2}{2\sigma^2}},
/// \qquad
/// I(\sigma) = \frac{2}{\sigma^2}
/// ```
///
/// The parameter is the deviation of the normal variable that is folded, not that of x, which is σ√(1 − 2/π).
///
/// Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 1, 2nd ed. (1994), chapter 18 (σ times the chi
/// with one degree of freedom).
#[derive(Clone, Copy, Debug)]
pub struct HalfNormal;

impl LogLikelihood for HalfNormal {
    type Parameters = Fixed<1>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[deviation]: &[D; 1], &x: &D) -> D {
        if x < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        let z = x / deviation;
        -z * z * 0.5 - deviation.ln() + (LN_2 - LN_SQRT_TAU)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("deviation").symbol("σ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 1]> {
        let sample = Sample::of(data)?;
        Some([sample.mean_square().sqrt()])
    }
}

impl SampleSpace for HalfNormal {
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

impl Sampler for HalfNormal {
    fn sample<R: rand::Rng + ?Sized>(&self, &[deviation]: &[f64; 1], rng: &mut R) -> f64 {
        let z: f64 = rand_distr::Distribution::sample(&rand_distr::StandardNormal, rng);
        z.abs() * deviation
    }
}

impl Quantile for HalfNormal {
    /// Half the square of x/σ is gamma with shape ½.
    fn quantile(&self, &[deviation]: &[f64; 1], u: &[f64]) -> f64 {
        deviation * SQRT_2 * (0.5 * ln_gamma_quantile(0.5, u[0])).exp()
    }
}

impl ClosedForm for HalfNormal {
    fn information<D: Scalar>(&self, &[deviation]: &[D; 1]) -> [[D; 1]; 1] {
        [[deviation.powi(-2) * 2.0]]
    }
}

/// F is erf(x/σ√2): up to here it is less than about one half.
const NEAR: f64 = 0.5;

impl DistributionFunction for HalfNormal {
    fn ln_cdf<D: Scalar>(&self, &[deviation]: &[D; 1], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        let z = x / deviation * FRAC_1_SQRT_2;
        if z < NEAR { z.erf().ln() } else { (-z.erfc()).ln_1p() }
    }

    fn ln_survival<D: Scalar>(&self, &[deviation]: &[D; 1], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(0.0);
        }
        let z = x / deviation;
        if z * FRAC_1_SQRT_2 < NEAR { (-(z * FRAC_1_SQRT_2).erf()).ln_1p() } else { (-z).ln_norm_cdf() + LN_2 }
    }
}

impl Entropy for HalfNormal {
    fn entropy<D: Scalar>(&self, &[deviation]: &[D; 1]) -> D {
        deviation.ln() + (0.5 + LN_SQRT_TAU - LN_2)
    }
}

impl KullbackLeibler for HalfNormal {
    fn divergence<D: Scalar>(&self, &[deviation]: &[D; 1], &[other]: &[D; 1]) -> D {
        let ratio = deviation / other;
        ratio_excess(ratio * ratio, (deviation - other) / other * (ratio + 1.0)) * 0.5
    }
}

/// √2 |ln(σ′/σ)|
impl FisherRao for HalfNormal {
    fn distance<D: Scalar>(&self, &[deviation]: &[D; 1], &[other]: &[D; 1], free: &[bool]) -> Option<D> {
        (*free == [true]).then(|| scales(D::from(2.0), deviation, other))
    }
}

/// T = x², η = −1/2σ².
impl ExponentialFamily for HalfNormal {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 1] {
        [x * x]
    }

    fn natural<D: Scalar>(&self, &[deviation]: &[D; 1]) -> [D; 1] {
        [deviation.powi(-2) * -0.5]
    }

    fn from_natural<D: Scalar>(&self, &[eta]: &[D; 1]) -> [D; 1] {
        [(eta * -2.0).sqrt().recip()]
    }

    fn ln_partition<D: Scalar>(&self, &[eta]: &[D; 1]) -> D {
        (eta * -2.0).ln() * -0.5
    }

    fn mean_value<D: Scalar>(&self, &[deviation]: &[D; 1]) -> [D; 1] {
        [deviation * deviation]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::new("−1/2σ²", NEGATIVE).symbol("η")]
    }
}
