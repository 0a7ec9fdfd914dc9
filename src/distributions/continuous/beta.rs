//! The beta distribution.

use crate::distributions::constants::LN_SQRT_TAU;
use crate::distributions::deviance::{LARGE, deviance, stirling_remainder};
use crate::distributions::inversion::logit_beta_quantile;
use crate::distributions::trigamma::trigamma_difference;
use crate::model::{
    Capabilities, ClosedForm, Fixed, LogLikelihood, Parameter, Quantile, SampleSpace, Sampler, Support,
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
}

impl SampleSpace for Beta {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::unit()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile()
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
        [[trigamma_difference(a, b), cross], [cross, trigamma_difference(b, a)]]
    }
}
