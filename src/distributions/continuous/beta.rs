//! The beta distribution.

use crate::distributions::numerics::constants::LN_SQRT_TAU;
use crate::distributions::numerics::deviance::{LARGE, deviance, stirling_remainder};
use crate::distributions::numerics::gamma_power::log_gamma_entropy;
use crate::distributions::numerics::incomplete_beta::ln_regularized_beta;
use crate::distributions::numerics::inversion::logit_beta_quantile;
use crate::distributions::numerics::ln_gamma_tangent::ln_beta_above_tangent;
use crate::distributions::numerics::polygamma_quotient::{digamma_quotient, trigamma_quotient};
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, Fixed, KullbackLeibler, LogLikelihood,
    Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Beta distribution with shapes a, b > 0, on the unit interval:
///
/// ```math
/// f(x; a, b) = \frac{x^{a-1} (1-x)^{b-1}}{B(a, b)},
/// \qquad
/// I(a, b) = \begin{pmatrix} \psi_1(a) - \psi_1(a+b) & -\psi_1(a+b) \\ -\psi_1(a+b) & \psi_1(b) - \psi_1(a+b) \end{pmatrix}
/// ```
///
/// If b is much less than 1, much of the mass lies nearer to 1 than any `f64` does, and draws come out as 1, outside the
/// support.
///
/// Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 2, 2nd ed. (1995), section 25.4.
#[derive(Clone, Copy, Debug)]
pub struct Beta;

impl LogLikelihood for Beta {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[a, b]: &[D; 2], &x: &D) -> D {
        if a >= LARGE && b >= LARGE {
            let (sum, rest) = (a + b, -x + 1.0);
            let spread = (a / sum * b).ln() * 0.5 - LN_SQRT_TAU;
            let remainder = stirling_remainder(a) + stirling_remainder(b) - stirling_remainder(sum);
            return spread - remainder - deviance(sum * x, a) - deviance(sum * rest, b) - x.ln() - rest.ln();
        }
        (a - 1.0) * x.ln() + (b - 1.0) * (-x).ln_1p() - a.ln_beta(b)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("a"), Parameter::positive("b")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        let mean = sample.mean();
        let size = (mean * (1.0 - mean) / sample.deviation().powi(2) - 1.0).max(0.5);
        Some([mean * size, (1.0 - mean) * size])
    }
}

impl SampleSpace for Beta {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::unit()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function().entropy().divergence()
    }
}

impl Sampler for Beta {
    fn sample<R: rand::Rng + ?Sized>(&self, &[a, b]: &[f64; 2], rng: &mut R) -> f64 {
        // Fails only outside the domain of the parameters, where there is nothing to draw.
        rand_distr::Beta::new(a, b).map_or(f64::NAN, |beta| rand_distr::Distribution::sample(&beta, rng))
    }
}

impl Quantile for Beta {
    fn quantile(&self, &[a, b]: &[f64; 2], u: &[f64]) -> f64 {
        logit_beta_quantile(a, b, u[0], 1.0 - u[0]).logistic()
    }
}

impl ClosedForm for Beta {
    fn information<D: Scalar>(&self, &[a, b]: &[D; 2]) -> [[D; 2]; 2] {
        let cross = -(a + b).polygamma(1);
        [[trigamma_quotient(a, b) * b, cross], [cross, trigamma_quotient(b, a) * a]]
    }
}

impl DistributionFunction for Beta {
    fn ln_cdf<D: Scalar>(&self, &[a, b]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            D::from(f64::NEG_INFINITY)
        } else if x >= 1.0 {
            D::from(0.0)
        } else {
            ln_regularized_beta(x, x.ln(), -x + 1.0, a, b)
        }
    }

    fn ln_survival<D: Scalar>(&self, &[a, b]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            D::from(0.0)
        } else if x >= 1.0 {
            D::from(f64::NEG_INFINITY)
        } else {
            ln_regularized_beta(-x + 1.0, (-x).ln_1p(), x, b, a)
        }
    }
}

impl Entropy for Beta {
    fn entropy<D: Scalar>(&self, theta: &[D; 2]) -> D {
        let [ln_x, ln_rest] = self.mean_value(theta);
        let &[a, b] = theta;
        log_gamma_entropy(a) + log_gamma_entropy(b) - log_gamma_entropy(a + b) + ln_x + ln_rest
    }
}

impl KullbackLeibler for Beta {
    fn divergence<D: Scalar>(&self, theta: &[D; 2], other: &[D; 2]) -> D {
        ln_beta_above_tangent(theta, other)
    }
}

/// T = (ln x, ln(1 − x)), η = (a, b), with respect to dx/x(1 − x).
impl ExponentialFamily for Beta {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 2] {
        [x.ln(), (-x).ln_1p()]
    }

    fn natural<D: Scalar>(&self, &theta: &[D; 2]) -> [D; 2] {
        theta
    }

    fn from_natural<D: Scalar>(&self, &eta: &[D; 2]) -> [D; 2] {
        eta
    }

    fn ln_partition<D: Scalar>(&self, &[a, b]: &[D; 2]) -> D {
        a.ln_beta(b)
    }

    fn mean_value<D: Scalar>(&self, &[a, b]: &[D; 2]) -> [D; 2] {
        [-digamma_quotient(a, b) * b, -digamma_quotient(b, a) * a]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        self.parameters()
    }
}
