//! The Gompertz distribution.

use crate::distributions::numerics::quotients::{exp_m1_quotient, ln_1p_quotient};
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, DistributionFunction, Fixed, LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler,
    Support,
};
use crate::scalar::Scalar;

/// Gompertz distribution with rate a > 0 and growth b > 0, on the positive numbers: a lifetime whose hazard is a at birth and
/// grows like eᵇˣ.
///
/// ```math
/// f(x; a, b) = a\, e^{b x - a (e^{b x} - 1)/b}
/// ```
///
/// No closed form of the Fisher matrix is known; it is found by quadrature. For b → 0 the distribution is exponential, and
/// density and score are computed without loss there.
///
/// Source: Gompertz, On the nature of the function expressive of the law of human mortality, *Phil. Trans. R. Soc.* 115 (1825),
/// 513–583.
#[derive(Clone, Copy, Debug)]
pub struct Gompertz;

/// a(eᵇˣ − 1)/b, the cumulated hazard.
#[inline(always)]
fn hazard<D: Scalar>(rate: D, growth: D, x: D) -> D {
    rate * x * exp_m1_quotient(growth * x)
}

/// The x with this cumulated hazard.
fn at_hazard(&[rate, growth]: &[f64; 2], hazard: f64) -> f64 {
    let x = hazard / rate;
    x * ln_1p_quotient(growth * x)
}

impl LogLikelihood for Gompertz {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[rate, growth]: &[D; 2], &x: &D) -> D {
        if x < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        rate.ln() + growth * x - hazard(rate, growth, x)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("rate").symbol("a"), Parameter::positive("growth").symbol("b")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        Some([0.5 / sample.mean(), 0.5 / sample.mean()])
    }
}

impl SampleSpace for Gompertz {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::positive()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler().quantile().distribution_function()
    }
}

impl Sampler for Gompertz {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64; 2], rng: &mut R) -> f64 {
        at_hazard(theta, rand_distr::Distribution::sample(&rand_distr::Exp1, rng))
    }
}

impl Quantile for Gompertz {
    fn quantile(&self, theta: &[f64; 2], u: &[f64]) -> f64 {
        at_hazard(theta, -(-u[0]).ln_1p())
    }
}

impl DistributionFunction for Gompertz {
    fn ln_cdf<D: Scalar>(&self, theta: &[D; 2], x: &D) -> D {
        self.ln_survival(theta, x).ln_1m_exp()
    }

    fn ln_survival<D: Scalar>(&self, &[rate, growth]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 { D::from(0.0) } else { -hazard(rate, growth, x) }
    }
}
