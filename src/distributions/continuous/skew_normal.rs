//! The skew-normal distribution.

use crate::distributions::numerics::constants::LN_SQRT_TAU;
use crate::distributions::numerics::sample::Sample;
use crate::model::{Capabilities, Fixed, LogLikelihood, Observations, Parameter, SampleSpace, Sampler, Support};
use crate::scalar::Scalar;
use std::f64::consts::LN_2;

/// Skew-normal distribution with location ξ, scale ω > 0 and slant α, on the real line:
///
/// ```math
/// f(x; \xi, \omega, \alpha) = \frac{2}{\omega\sqrt{2\pi}}\, e^{-z^2/2}\, \Phi(\alpha z), \quad z = \frac{x-\xi}{\omega}
/// ```
///
/// with the standard normal distribution function Φ.
///
/// No closed form of the Fisher matrix is known; it is found by quadrature. At α = 0, where the distribution is normal, it is
/// singular: the score of the slant is there a multiple of that of the location. Near α = 0 it is nearly so.
///
/// Source: Azzalini, A class of distributions which includes the normal ones, *Scand. J. Statist.* 12 (1985), 171–178.
#[derive(Clone, Copy, Debug)]
pub struct SkewNormal;

impl LogLikelihood for SkewNormal {
    type Parameters = Fixed<3>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[location, scale, slant]: &[D; 3], &x: &D) -> D {
        let z = (x - location) / scale;
        -z * z * 0.5 + (slant * z).ln_norm_cdf() - scale.ln() + (LN_2 - LN_SQRT_TAU)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::real("location").symbol("ξ"),
            Parameter::positive("scale").symbol("ω"),
            Parameter::real("slant").symbol("α"),
        ]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 3]> {
        let sample = Sample::of(data)?;
        // Slant 0 is a saddle, so the search begins on the side of the skewness.
        let side = f64::copysign(1.0, sample.skewness());
        Some([sample.mean() - side * sample.deviation(), 1.4 * sample.deviation(), 2.0 * side])
    }
}

impl SampleSpace for SkewNormal {
    fn support(&self, _theta: &[f64; 3]) -> Support {
        Support::real()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler()
    }
}

impl Sampler for SkewNormal {
    /// (α|u| + v)/√(1 + α²) for two normal numbers u and v.
    fn sample<R: rand::Rng + ?Sized>(&self, &[location, scale, slant]: &[f64; 3], rng: &mut R) -> f64 {
        let mut normal = || -> f64 { rand_distr::Distribution::sample(&rand_distr::StandardNormal, rng) };
        let length = slant.hypot(1.0);
        location + scale * (slant / length * normal().abs() + normal() / length)
    }
}
