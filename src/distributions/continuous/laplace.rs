//! The Laplace distribution.

use crate::distributions::numerics::deviance::deviance;
use crate::distributions::numerics::excess::exp_excess;
use crate::distributions::numerics::fisher_rao::HalfPlane;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, FisherRao, Fixed, KullbackLeibler, LogLikelihood,
    Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::LN_2;

/// Laplace or double exponential distribution with location μ and scale b > 0, on the real line:
///
/// ```math
/// f(x; \mu, b) = \frac{1}{2b}\, e^{-|x-\mu|/b},
/// \qquad
/// I(\mu, b) = \begin{pmatrix} 1/b^2 & 0 \\ 0 & 1/b^2 \end{pmatrix}
/// ```
///
/// The log-density has a corner at x = μ, so the family is not regular: the second derivative with respect to the location
/// is zero almost everywhere, and E\[−H\] gives the location no information at all. The matrix above is E\[s sᵀ\], which is
/// what the theory of the location rests on.
///
/// ```
/// use fisher_information::{derivatives::derivatives, distributions::Laplace, model::ClosedForm};
///
/// let at = derivatives(&Laplace, &[1.0, 2.0], &4.0)?;
/// assert_eq!(at.hessian[(0, 0)], 0.0);                             // and so at every other x
/// assert_eq!(at.score[0].powi(2), 0.25);                           // 1/b², and so at every other x
/// assert_eq!(Laplace.information(&[1.0, 2.0])[0][0], 0.25);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Lehmann and Casella, *Theory of Point Estimation*, 2nd ed. (1998), Table 2.5.2, for the location.
#[derive(Clone, Copy, Debug)]
pub struct Laplace;

impl LogLikelihood for Laplace {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[location, scale]: &[D; 2], &x: &D) -> D {
        -(x - location).abs() / scale - scale.ln() - LN_2
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("location").symbol("μ"), Parameter::positive("scale").symbol("b")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        Some([sample.median(), sample.deviation() / std::f64::consts::SQRT_2])
    }
}

impl SampleSpace for Laplace {
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

impl Sampler for Laplace {
    fn sample<R: rand::Rng + ?Sized>(&self, &[location, scale]: &[f64; 2], rng: &mut R) -> f64 {
        let mut exponential = || -> f64 { rand_distr::Distribution::sample(&rand_distr::Exp1, rng) };
        location + scale * (exponential() - exponential())
    }
}

impl Quantile for Laplace {
    fn quantile(&self, &[location, scale]: &[f64; 2], u: &[f64]) -> f64 {
        if u[0] < 0.5 { location + scale * (2.0 * u[0]).ln() } else { location - scale * (2.0 * (1.0 - u[0])).ln() }
    }
}

impl ClosedForm for Laplace {
    fn information<D: Scalar>(&self, &[_, scale]: &[D; 2]) -> [[D; 2]; 2] {
        let (entry, zero) = (scale.powi(-2), D::from(0.0));
        [[entry, zero], [zero, entry]]
    }
}

/// ln F of the standard distribution.
fn ln_lower<D: Scalar>(z: D) -> D {
    if z < 0.0 { z - LN_2 } else { ((-z).exp() * -0.5).ln_1p() }
}

impl DistributionFunction for Laplace {
    fn ln_cdf<D: Scalar>(&self, &[location, scale]: &[D; 2], &x: &D) -> D {
        ln_lower((x - location) / scale)
    }

    fn ln_survival<D: Scalar>(&self, &[location, scale]: &[D; 2], &x: &D) -> D {
        ln_lower((location - x) / scale)
    }
}

impl Entropy for Laplace {
    fn entropy<D: Scalar>(&self, &[_, scale]: &[D; 2]) -> D {
        scale.ln() + (1.0 + LN_2)
    }
}

impl KullbackLeibler for Laplace {
    /// With r = b/b′ and d = |μ − μ′|/b, it is r − 1 − ln r + r(e^(−d) − 1 + d).
    fn divergence<D: Scalar>(&self, &[location, scale]: &[D; 2], &[other, other_scale]: &[D; 2]) -> D {
        let distance = (location - other).abs() / scale;
        (deviance(scale, other_scale) + scale * exp_excess(-distance)) / other_scale
    }
}

/// 2 arsinh √((μ′ − μ)² + (b′ − b)²)/2√(bb′), as in a half-plane.
impl FisherRao for Laplace {
    fn distance<D: Scalar>(&self, theta: &[D; 2], other: &[D; 2], free: &[bool]) -> Option<D> {
        HalfPlane::orthogonal(D::from(1.0), D::from(1.0)).of_locations(theta, other, free)
    }
}
