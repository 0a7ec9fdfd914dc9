//! The exponential distribution.

use crate::distributions::numerics::constants::NEGATIVE;
use crate::distributions::numerics::excess::ratio_excess;
use crate::distributions::numerics::fisher_rao::scales;
use crate::distributions::numerics::gamma_power::ln_lower_exponential;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler,
    LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Exponential distribution with rate λ > 0, on the positive numbers: the time until an event that has no memory.
///
/// ```math
/// f(x; \lambda) = \lambda\, e^{-\lambda x},
/// \qquad
/// I(\lambda) = \frac{1}{\lambda^2}
/// ```
///
/// Source: Lehmann and Casella, *Theory of Point Estimation*, 2nd ed. (1998), Table 2.5.1 (the gamma with shape 1).
#[derive(Clone, Copy, Debug)]
pub struct Exponential;

impl LogLikelihood for Exponential {
    type Parameters = Fixed<1>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[rate]: &[D; 1], &x: &D) -> D {
        if x < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        rate.ln() - rate * x
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("rate").symbol("λ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 1]> {
        let sample = Sample::of(data)?;
        Some([1.0 / sample.mean()])
    }
}

impl SampleSpace for Exponential {
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

impl Sampler for Exponential {
    fn sample<R: rand::Rng + ?Sized>(&self, &[rate]: &[f64; 1], rng: &mut R) -> f64 {
        let standard: f64 = rand_distr::Distribution::sample(&rand_distr::Exp1, rng);
        standard / rate
    }
}

impl Quantile for Exponential {
    fn quantile(&self, &[rate]: &[f64; 1], u: &[f64]) -> f64 {
        -(-u[0]).ln_1p() / rate
    }
}

impl ClosedForm for Exponential {
    fn information<D: Scalar>(&self, &[rate]: &[D; 1]) -> [[D; 1]; 1] {
        [[rate.powi(-2)]]
    }
}

impl DistributionFunction for Exponential {
    fn ln_cdf<D: Scalar>(&self, &[rate]: &[D; 1], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        ln_lower_exponential(rate * x, rate.ln() + x.ln())
    }

    fn ln_survival<D: Scalar>(&self, &[rate]: &[D; 1], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(0.0);
        }
        -rate * x
    }
}

impl Entropy for Exponential {
    fn entropy<D: Scalar>(&self, &[rate]: &[D; 1]) -> D {
        -rate.ln() + 1.0
    }
}

impl KullbackLeibler for Exponential {
    fn divergence<D: Scalar>(&self, &[rate]: &[D; 1], &[other]: &[D; 1]) -> D {
        ratio_excess(other / rate, (other - rate) / rate)
    }
}

/// |ln(λ′/λ)|
impl FisherRao for Exponential {
    fn distance<D: Scalar>(&self, &[rate]: &[D; 1], &[other]: &[D; 1], free: &[bool]) -> Option<D> {
        (*free == [true]).then(|| scales(D::from(1.0), rate, other))
    }
}

/// T = x, η = −λ.
impl ExponentialFamily for Exponential {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 1] {
        [x]
    }

    fn natural<D: Scalar>(&self, &[rate]: &[D; 1]) -> [D; 1] {
        [-rate]
    }

    fn from_natural<D: Scalar>(&self, &[eta]: &[D; 1]) -> [D; 1] {
        [-eta]
    }

    fn ln_partition<D: Scalar>(&self, &[eta]: &[D; 1]) -> D {
        -(-eta).ln()
    }

    fn mean_value<D: Scalar>(&self, &[rate]: &[D; 1]) -> [D; 1] {
        [rate.recip()]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::new("−rate", NEGATIVE).symbol("η")]
    }
}
