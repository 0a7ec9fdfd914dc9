//! The Poisson distribution.

use crate::distributions::numerics::constants::LN_SQRT_TAU;
use crate::distributions::numerics::deviance::{LARGE, deviance, stirling_remainder};
use crate::distributions::numerics::fisher_rao::difference_of_roots;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, ExponentialFamily, FisherRao, Fixed, KullbackLeibler,
    LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use statrs::distribution::DiscreteCDF;

/// Poisson distribution with rate λ > 0, on the counts 0, 1, 2, …
///
/// ```math
/// f(x; \lambda) = \frac{\lambda^x e^{-\lambda}}{x!},
/// \qquad
/// I(\lambda) = \frac{1}{\lambda}
/// ```
///
/// Between integers the log-likelihood is continued by the gamma function; below 0 it is −∞.
///
/// Source: Lehmann and Casella, *Theory of Point Estimation*, 2nd ed. (1998), Table 2.5.1.
#[derive(Clone, Copy, Debug)]
pub struct Poisson;

impl LogLikelihood for Poisson {
    type Parameters = Fixed<1>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[rate]: &[D; 1], &x: &D) -> D {
        if x < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        if rate >= LARGE && x >= LARGE {
            return -deviance(rate, x) - x.ln() * 0.5 - stirling_remainder(x) - LN_SQRT_TAU;
        }
        x * rate.ln() - rate - (x + 1.0).ln_gamma()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("rate").symbol("λ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 1]> {
        let sample = Sample::of(data)?;
        Some([sample.mean_count()])
    }
}

impl SampleSpace for Poisson {
    fn support(&self, _theta: &[f64; 1]) -> Support {
        Support::counts()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function().divergence().fisher_rao()
    }
}

impl Sampler for Poisson {
    fn sample<R: rand::Rng + ?Sized>(&self, &[rate]: &[f64; 1], rng: &mut R) -> f64 {
        // Fails only outside the domain of the rate, where there is nothing to draw, and above 10¹⁹, where no count is exact.
        rand_distr::Poisson::new(rate).map_or(f64::NAN, |poisson| rand_distr::Distribution::sample(&poisson, rng))
    }
}

impl Quantile for Poisson {
    #[allow(clippy::cast_precision_loss)]
    fn quantile(&self, &[rate]: &[f64; 1], u: &[f64]) -> f64 {
        // Fails only outside the domain of the rate.
        statrs::distribution::Poisson::new(rate).map_or(f64::NAN, |poisson| poisson.inverse_cdf(u[0]) as f64)
    }
}

impl ClosedForm for Poisson {
    fn information<D: Scalar>(&self, &[rate]: &[D; 1]) -> [[D; 1]; 1] {
        [[rate.recip()]]
    }
}

impl DistributionFunction for Poisson {
    fn ln_cdf<D: Scalar>(&self, &[rate]: &[D; 1], &x: &D) -> D {
        if x < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        D::from(x.re().floor() + 1.0).regularized_gamma_q(rate).ln()
    }

    fn ln_survival<D: Scalar>(&self, &[rate]: &[D; 1], &x: &D) -> D {
        if x < 0.0 {
            return D::from(0.0);
        }
        D::from(x.re().floor() + 1.0).regularized_gamma_p(rate).ln()
    }
}

impl KullbackLeibler for Poisson {
    fn divergence<D: Scalar>(&self, &[rate]: &[D; 1], &[other]: &[D; 1]) -> D {
        deviance(other, rate)
    }
}

/// 2 |√λ′ − √λ|
impl FisherRao for Poisson {
    fn distance<D: Scalar>(&self, &[rate]: &[D; 1], &[other]: &[D; 1], free: &[bool]) -> Option<D> {
        (*free == [true]).then(|| difference_of_roots(rate, other).abs() * 2.0)
    }
}

impl ExponentialFamily for Poisson {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 1] {
        [x]
    }

    fn natural<D: Scalar>(&self, &[rate]: &[D; 1]) -> [D; 1] {
        [rate.ln()]
    }

    fn from_natural<D: Scalar>(&self, &[ln_rate]: &[D; 1]) -> [D; 1] {
        [ln_rate.exp()]
    }

    fn ln_partition<D: Scalar>(&self, &[ln_rate]: &[D; 1]) -> D {
        ln_rate.exp()
    }

    fn mean_value<D: Scalar>(&self, &[rate]: &[D; 1]) -> [D; 1] {
        [rate]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("ln rate").symbol("η")]
    }
}
