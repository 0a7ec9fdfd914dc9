//! The hyperbolic secant distribution.

use crate::distributions::numerics::fisher_rao::HalfPlane;
use crate::distributions::numerics::ln_cosh::ln_cosh;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, FisherRao, Fixed, LogLikelihood, Observations, Parameter,
    Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::{FRAC_2_PI, FRAC_PI_2, LN_2, PI};

/// Hyperbolic secant distribution with mean μ and standard deviation σ > 0, on the real line:
///
/// ```math
/// f(x; \mu, \sigma) = \frac{1}{2\sigma \cosh(\pi z/2)}, \quad z = \frac{x-\mu}{\sigma},
/// \qquad
/// I(\mu, \sigma) = \begin{pmatrix} \frac{\pi^2}{8\sigma^2} & 0 \\ 0 & \frac{\pi^2}{8\sigma^2} \end{pmatrix}
/// ```
///
/// It is the distribution of (2/π) ln|c| for a Cauchy number c. The matrix follows from ∫ tanh²t sech t dt = π/2 and
/// ∫ t² tanh²t sech t dt = π³/8 + π.
///
/// Source: Baten, The probability law for the sum of n independent variables, each subject to the law (1/2h) sech(πx/2h),
/// *Bull. Amer. Math. Soc.* 40 (1934), 284–290.
#[derive(Clone, Copy, Debug)]
pub struct HyperbolicSecant;

impl LogLikelihood for HyperbolicSecant {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[mean, deviation]: &[D; 2], &x: &D) -> D {
        -ln_cosh((x - mean) / deviation * FRAC_PI_2) - deviation.ln() - LN_2
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("mean").symbol("μ"), Parameter::positive("deviation").symbol("σ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        Some([sample.mean(), sample.deviation()])
    }
}

impl SampleSpace for HyperbolicSecant {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::real()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function().entropy().fisher_rao()
    }
}

impl Sampler for HyperbolicSecant {
    /// The ratio of two normal numbers is Cauchy distributed.
    fn sample<R: rand::Rng + ?Sized>(&self, &[mean, deviation]: &[f64; 2], rng: &mut R) -> f64 {
        let mut normal = || -> f64 { rand_distr::Distribution::sample(&rand_distr::StandardNormal, rng) };
        mean + deviation * FRAC_2_PI * (normal() / normal()).abs().ln()
    }
}

impl Quantile for HyperbolicSecant {
    fn quantile(&self, &[mean, deviation]: &[f64; 2], u: &[f64]) -> f64 {
        let tail = u[0].min(1.0 - u[0]);
        let z = FRAC_2_PI * (FRAC_PI_2 * tail).tan().ln();
        if u[0] < 0.5 { mean + deviation * z } else { mean - deviation * z }
    }
}

impl ClosedForm for HyperbolicSecant {
    fn information<D: Scalar>(&self, &[_, deviation]: &[D; 2]) -> [[D; 2]; 2] {
        let (entry, zero) = (deviation.powi(-2) * (PI * PI / 8.0), D::from(0.0));
        [[entry, zero], [zero, entry]]
    }
}

/// ln((2/π) arctan eᵗ), the logarithm of the distribution function at t = πz/2.
fn ln_lower<D: Scalar>(t: D) -> D {
    if t > 0.0 {
        ((-t).exp().atan() * -FRAC_2_PI).ln_1p()
    } else if t > -20.0 {
        (t.exp().atan() * FRAC_2_PI).ln()
    } else {
        t + FRAC_2_PI.ln() // eᵗ may underflow
    }
}

impl DistributionFunction for HyperbolicSecant {
    fn ln_cdf<D: Scalar>(&self, &[mean, deviation]: &[D; 2], &x: &D) -> D {
        ln_lower((x - mean) / deviation * FRAC_PI_2)
    }

    fn ln_survival<D: Scalar>(&self, &[mean, deviation]: &[D; 2], &x: &D) -> D {
        ln_lower((mean - x) / deviation * FRAC_PI_2)
    }
}

impl Entropy for HyperbolicSecant {
    fn entropy<D: Scalar>(&self, &[_, deviation]: &[D; 2]) -> D {
        deviation.ln() + 2.0 * LN_2
    }
}

/// As in a half-plane.
impl FisherRao for HyperbolicSecant {
    fn distance<D: Scalar>(&self, theta: &[D; 2], other: &[D; 2], free: &[bool]) -> Option<D> {
        HalfPlane::orthogonal(D::from(PI * PI / 8.0), D::from(PI * PI / 8.0)).of_locations(theta, other, free)
    }
}
