//! The chi distribution.

use crate::distributions::numerics::gamma_power::{ln_density, ln_lower, ln_upper, log_gamma_entropy, sample_ln};
use crate::distributions::numerics::inversion::ln_gamma_quantile;
use crate::distributions::numerics::ln_gamma_tangent::ln_gamma_above_tangent;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, Fixed, KullbackLeibler, LogLikelihood,
    Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::{LN_2, SQRT_2};

/// Chi distribution with k > 0 degrees of freedom, on the positive numbers: for a whole number k, the length of a vector of k
/// independent standard normal variables.
///
/// ```math
/// f(x; k) = \frac{x^{k-1} e^{-x^2/2}}{2^{k/2-1}\, \Gamma(k/2)},
/// \qquad
/// I(k) = \frac{1}{4} \psi_1\Bigl(\frac{k}{2}\Bigr)
/// ```
///
/// The degrees of freedom may be any positive number. The information is that of [`ChiSquared`](super::ChiSquared), since a
/// one-to-one function of the data carries the same information.
///
/// Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 1, 2nd ed. (1994), chapter 18.
#[derive(Clone, Copy, Debug)]
pub struct Chi;

/// ½x², which is gamma with shape ½k, and its logarithm.
#[inline]
fn half_square<D: Scalar>(x: D) -> (D, D) {
    (x * x * 0.5, x.ln() * 2.0 - LN_2)
}

impl LogLikelihood for Chi {
    type Parameters = Fixed<1>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[freedom]: &[D; 1], &x: &D) -> D {
        let (y, ln_y) = half_square(x);
        let shape = freedom * 0.5;
        ln_density(shape, y, shape * ln_y) - x.ln() + LN_2
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("degrees of freedom").symbol("k")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 1]> {
        let sample = Sample::of(data)?;
        Some([sample.mean_square()])
    }
}

impl SampleSpace for Chi {
    fn support(&self, _theta: &[f64; 1]) -> Support {
        Support::positive()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function().entropy().divergence()
    }
}

impl Sampler for Chi {
    fn sample<R: rand::Rng + ?Sized>(&self, &[freedom]: &[f64; 1], rng: &mut R) -> f64 {
        SQRT_2 * (0.5 * sample_ln(0.5 * freedom, rng)).exp()
    }
}

impl Quantile for Chi {
    fn quantile(&self, &[freedom]: &[f64; 1], u: &[f64]) -> f64 {
        SQRT_2 * (0.5 * ln_gamma_quantile(0.5 * freedom, u[0])).exp()
    }
}

impl ClosedForm for Chi {
    fn information<D: Scalar>(&self, &[freedom]: &[D; 1]) -> [[D; 1]; 1] {
        [[(freedom * 0.5).polygamma(1) * 0.25]]
    }
}

impl DistributionFunction for Chi {
    fn ln_cdf<D: Scalar>(&self, &[freedom]: &[D; 1], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        let (y, ln_y) = half_square(x);
        ln_lower(freedom * 0.5, y, ln_y)
    }

    fn ln_survival<D: Scalar>(&self, &[freedom]: &[D; 1], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(0.0);
        }
        let (y, ln_y) = half_square(x);
        ln_upper(freedom * 0.5, y, ln_y)
    }
}

impl Entropy for Chi {
    fn entropy<D: Scalar>(&self, &[freedom]: &[D; 1]) -> D {
        let shape = freedom * 0.5;
        log_gamma_entropy(shape) + shape.digamma() * 0.5 - 0.5 * LN_2
    }
}

impl KullbackLeibler for Chi {
    fn divergence<D: Scalar>(&self, &[freedom]: &[D; 1], &[other]: &[D; 1]) -> D {
        ln_gamma_above_tangent(freedom * 0.5, other * 0.5, (other - freedom) * 0.5)
    }
}

/// T = ln x, η = k, with h(x) = 2 e^(−x²/2)/x.
impl ExponentialFamily for Chi {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 1] {
        [x.ln()]
    }

    fn natural<D: Scalar>(&self, &[freedom]: &[D; 1]) -> [D; 1] {
        [freedom]
    }

    fn from_natural<D: Scalar>(&self, &[freedom]: &[D; 1]) -> [D; 1] {
        [freedom]
    }

    fn ln_partition<D: Scalar>(&self, &[freedom]: &[D; 1]) -> D {
        (freedom * 0.5).ln_gamma() + freedom * (0.5 * LN_2)
    }

    fn mean_value<D: Scalar>(&self, &[freedom]: &[D; 1]) -> [D; 1] {
        [((freedom * 0.5).digamma() + LN_2) * 0.5]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("degrees of freedom").symbol("k")]
    }
}
