//! The Rice distribution.

use crate::distributions::numerics::bessel::{LARGE_BESSEL, ln_scaled_bessel_i0};
use crate::distributions::numerics::sample::Sample;
use crate::model::{Capabilities, Fixed, LogLikelihood, Observations, Parameter, SampleSpace, Sampler, Support};
use crate::scalar::Scalar;

/// Rice distribution with distance ν > 0 and scale σ > 0, on the positive numbers: the length of a vector in the plane whose
/// coordinates are independent and normal with standard deviation σ, about a point at the distance ν from the origin.
///
/// ```math
/// f(x; \nu, \sigma) = \frac{x}{\sigma^2}\, e^{-\frac{x^2+\nu^2}{2\sigma^2}}
///     \sum_{k=0}^{\infty} \frac{1}{(k!)^2} \Bigl(\frac{x \nu}{2\sigma^2}\Bigr)^{2k}
/// ```
///
/// The sum is the modified Bessel function I₀(xν/σ²). No closed form of the Fisher matrix is known; it is found by quadrature.
///
/// The density depends on ν through ν² alone. At ν = 0, where it is the [`Rayleigh`](super::Rayleigh) distribution, the score of ν
/// is zero: the information about ν vanishes like ν²/σ⁴ and that about ν² does not.
///
/// Source: Rice, Mathematical analysis of random noise, *Bell System Technical Journal* 24 (1945), 46–156, part III.
#[derive(Clone, Copy, Debug)]
pub struct Rice;

impl LogLikelihood for Rice {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[distance, scale]: &[D; 2], &x: &D) -> D {
        let (radius, centre) = (x / scale, distance / scale);
        let z = radius * centre;
        let exponent = if z < LARGE_BESSEL {
            z.ln_bessel_i0() - (radius * radius + centre * centre) * 0.5
        } else {
            let residual = (x - distance) / scale;
            ln_scaled_bessel_i0(z) - residual * residual * 0.5
        };
        exponent + x.ln() - scale.ln() * 2.0
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("distance").symbol("ν"), Parameter::positive("scale").symbol("σ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        Some([sample.mean(), sample.deviation()])
    }
}

impl SampleSpace for Rice {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::positive()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler()
    }
}

impl Sampler for Rice {
    fn sample<R: rand::Rng + ?Sized>(&self, &[distance, scale]: &[f64; 2], rng: &mut R) -> f64 {
        let mut normal = || -> f64 { rand_distr::Distribution::sample(&rand_distr::StandardNormal, rng) };
        (distance + scale * normal()).hypot(scale * normal())
    }
}
