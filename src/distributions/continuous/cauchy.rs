//! The Cauchy distribution.

use crate::distributions::numerics::fisher_rao::HalfPlane;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, FisherRao, Fixed, KullbackLeibler, LogLikelihood,
    Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::{FRAC_1_PI, LN_2, PI};

/// Cauchy distribution with location μ and scale σ > 0, on the real line; it has no mean.
///
/// ```math
/// f(x; \mu, \sigma) = \frac{1}{\pi\sigma} \frac{1}{1 + z^2}, \quad z = \frac{x-\mu}{\sigma},
/// \qquad
/// I(\mu, \sigma) = \begin{pmatrix} 1/2\sigma^2 & 0 \\ 0 & 1/2\sigma^2 \end{pmatrix}
/// ```
///
/// In the tails ln(1 + z²) is computed as 2 ln|x − μ| − 2 ln σ + ln(1 + z⁻²), which neither overflows nor loses digits of
/// the derivatives.
///
/// Source: Lehmann and Casella, *Theory of Point Estimation*, 2nd ed. (1998), Table 2.5.2, for the location; the whole matrix is
/// that of [`StudentT`](super::StudentT) with one degree of freedom.
#[derive(Clone, Copy, Debug)]
pub struct Cauchy;

impl LogLikelihood for Cauchy {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[location, scale]: &[D; 2], &x: &D) -> D {
        let residual = x - location;
        let z = residual / scale;
        let tail = if z.abs() > 1.0 {
            let inverse = scale / residual;
            (residual.abs().ln() - scale.ln()) * 2.0 + (inverse * inverse).ln_1p()
        } else {
            (z * z).ln_1p()
        };
        -tail - scale.ln() - LN_PI
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("location").symbol("μ"), Parameter::positive("scale").symbol("σ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        Some([sample.median(), sample.half_width()])
    }
}

/// ln π
const LN_PI: f64 = 1.144_729_885_849_400_2;

impl SampleSpace for Cauchy {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::real()
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

impl Sampler for Cauchy {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64; 2], rng: &mut R) -> f64 {
        let u: f64 = rand_distr::Distribution::sample(&rand_distr::Open01, rng);
        self.quantile(theta, &[u])
    }
}

impl Quantile for Cauchy {
    /// The tangent is taken where it is small, which keeps both tails accurate.
    fn quantile(&self, &[location, scale]: &[f64; 2], u: &[f64]) -> f64 {
        let z = match u[0] {
            u if u < 0.25 => -(PI * u).tan().recip(),
            u if u <= 0.75 => (PI * (u - 0.5)).tan(),
            u => (PI * (1.0 - u)).tan().recip(),
        };
        location + scale * z
    }
}

impl ClosedForm for Cauchy {
    fn information<D: Scalar>(&self, &[_, scale]: &[D; 2]) -> [[D; 2]; 2] {
        let (entry, zero) = (scale.powi(-2) * 0.5, D::from(0.0));
        [[entry, zero], [zero, entry]]
    }
}

/// ln F at location + residual. In the tails ½ + arctan(z)/π is written with arctan(1/z).
fn ln_lower<D: Scalar>(residual: D, scale: D) -> D {
    let z = residual / scale;
    if z.abs() <= 1.0 {
        return (z.atan() * FRAC_1_PI + 0.5).ln();
    }
    let tail = (scale / residual).atan() * -FRAC_1_PI;
    if z < 0.0 { tail.ln() } else { tail.ln_1p() }
}

impl DistributionFunction for Cauchy {
    fn ln_cdf<D: Scalar>(&self, &[location, scale]: &[D; 2], &x: &D) -> D {
        ln_lower(x - location, scale)
    }

    fn ln_survival<D: Scalar>(&self, &[location, scale]: &[D; 2], &x: &D) -> D {
        ln_lower(location - x, scale)
    }
}

impl Entropy for Cauchy {
    fn entropy<D: Scalar>(&self, &[_, scale]: &[D; 2]) -> D {
        scale.ln() + (LN_PI + 2.0 * LN_2)
    }
}

/// ln[((σ + σ′)² + (μ − μ′)²)/4σσ′], after Chyzak and Nielsen, A closed-form formula for the Kullback–Leibler divergence
/// between Cauchy distributions, arXiv:1905.10965 (2019).
impl KullbackLeibler for Cauchy {
    fn divergence<D: Scalar>(&self, &[location, scale]: &[D; 2], &[other, other_scale]: &[D; 2]) -> D {
        let square = |difference: D| difference / scale * (difference / other_scale);
        ((square(location - other) + square(scale - other_scale)) * 0.25).ln_1p()
    }
}

/// √2 arsinh √((μ′ − μ)² + (σ′ − σ)²)/2√(σσ′), as in a half-plane.
impl FisherRao for Cauchy {
    fn distance<D: Scalar>(&self, theta: &[D; 2], other: &[D; 2], free: &[bool]) -> Option<D> {
        HalfPlane::orthogonal(D::from(0.5), D::from(0.5)).of_locations(theta, other, free)
    }
}
