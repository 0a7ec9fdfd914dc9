//! The logistic distribution.

use crate::distributions::numerics::fisher_rao::HalfPlane;
use crate::distributions::numerics::ln_cosh::ln_cosh;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, FisherRao, Fixed, LogLikelihood, Observations, Parameter,
    Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::{LN_2, PI};

/// Logistic distribution with location μ and scale s > 0, on the real line:
///
/// ```math
/// f(x; \mu, s) = \frac{e^{-z}}{s\, (1 + e^{-z})^2}, \quad z = \frac{x-\mu}{s},
/// \qquad
/// I(\mu, s) = \begin{pmatrix} \frac{1}{3 s^2} & 0 \\ 0 & \frac{3+\pi^2}{9 s^2} \end{pmatrix}
/// ```
///
/// The standard deviation is πs/√3.
///
/// Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 2, 2nd ed. (1995), chapter 23.
#[derive(Clone, Copy, Debug)]
pub struct Logistic;

impl LogLikelihood for Logistic {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[location, scale]: &[D; 2], &x: &D) -> D {
        // The density is 1/(4s cosh²(z/2)).
        -ln_cosh((x - location) / scale * 0.5) * 2.0 - scale.ln() - 2.0 * LN_2
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("location").symbol("μ"), Parameter::positive("scale").symbol("s")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        Some([sample.median(), sample.deviation() * 0.55])
    }
}

impl SampleSpace for Logistic {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::real()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function().entropy().fisher_rao()
    }
}

impl Sampler for Logistic {
    /// The logarithm of the ratio of two exponential numbers is logistic.
    fn sample<R: rand::Rng + ?Sized>(&self, &[location, scale]: &[f64; 2], rng: &mut R) -> f64 {
        let mut exponential = || -> f64 { rand_distr::Distribution::sample(&rand_distr::Exp1, rng) };
        location + scale * (exponential() / exponential()).ln()
    }
}

impl Quantile for Logistic {
    fn quantile(&self, &[location, scale]: &[f64; 2], u: &[f64]) -> f64 {
        location + scale * u[0].logit()
    }
}

impl ClosedForm for Logistic {
    fn information<D: Scalar>(&self, &[_, scale]: &[D; 2]) -> [[D; 2]; 2] {
        let (precision, zero) = (scale.powi(-2), D::from(0.0));
        [[precision / 3.0, zero], [zero, precision * ((3.0 + PI * PI) / 9.0)]]
    }
}

impl DistributionFunction for Logistic {
    fn ln_cdf<D: Scalar>(&self, &[location, scale]: &[D; 2], &x: &D) -> D {
        ((x - location) / scale).ln_logistic()
    }

    fn ln_survival<D: Scalar>(&self, &[location, scale]: &[D; 2], &x: &D) -> D {
        ((location - x) / scale).ln_logistic()
    }
}

impl Entropy for Logistic {
    fn entropy<D: Scalar>(&self, &[_, scale]: &[D; 2]) -> D {
        scale.ln() + 2.0
    }
}

/// As in a half-plane.
impl FisherRao for Logistic {
    fn distance<D: Scalar>(&self, theta: &[D; 2], other: &[D; 2], free: &[bool]) -> Option<D> {
        HalfPlane::orthogonal(D::from(1.0 / 3.0), D::from((3.0 + PI * PI) / 9.0)).of_locations(theta, other, free)
    }
}
