//! The log-logistic distribution.

use crate::distributions::numerics::fisher_rao::HalfPlane;
use crate::distributions::numerics::ln_ratio::ln_ratio;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, FisherRao, Fixed, LogLikelihood, Observations, Parameter,
    Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::PI;

/// Log-logistic distribution with scale α > 0 and shape β > 0, on the positive numbers: ln x is logistic with location ln α
/// and scale 1/β.
///
/// ```math
/// f(x; \alpha, \beta) = \frac{\beta}{\alpha} \Bigl(\frac{x}{\alpha}\Bigr)^{\beta-1}
///     \Bigl(1 + \Bigl(\frac{x}{\alpha}\Bigr)^\beta\Bigr)^{-2},
/// \qquad
/// I(\alpha, \beta) = \begin{pmatrix} \frac{\beta^2}{3\alpha^2} & 0 \\ 0 & \frac{3+\pi^2}{9\beta^2} \end{pmatrix}
/// ```
///
/// The scale is the median. Draws of a tiny shape overflow and underflow.
///
/// Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 2, 2nd ed. (1995), chapter 23; the
/// matrix is that of the [`Logistic`](super::Logistic) distribution in these coordinates.
#[derive(Clone, Copy, Debug)]
pub struct LogLogistic;

impl LogLikelihood for LogLogistic {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[scale, shape]: &[D; 2], &x: &D) -> D {
        let y = shape * ln_ratio(x, scale);
        shape.ln() - x.ln() + y.ln_logistic() + (-y).ln_logistic()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("scale").symbol("α"), Parameter::positive("shape").symbol("β")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let logs = Sample::seen(data, f64::ln)?;
        Some([logs.mean().exp(), 1.0 / (0.55 * logs.deviation())])
    }
}

impl SampleSpace for LogLogistic {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::positive()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function().entropy().fisher_rao()
    }
}

impl Sampler for LogLogistic {
    /// The ratio of two exponential numbers is log-logistic with scale and shape 1.
    fn sample<R: rand::Rng + ?Sized>(&self, &[scale, shape]: &[f64; 2], rng: &mut R) -> f64 {
        let mut exponential = || -> f64 { rand_distr::Distribution::sample(&rand_distr::Exp1, rng) };
        scale * (exponential() / exponential()).powf(shape.recip())
    }
}

impl Quantile for LogLogistic {
    fn quantile(&self, &[scale, shape]: &[f64; 2], u: &[f64]) -> f64 {
        scale * (u[0].logit() / shape).exp()
    }
}

impl ClosedForm for LogLogistic {
    fn information<D: Scalar>(&self, &[scale, shape]: &[D; 2]) -> [[D; 2]; 2] {
        let zero = D::from(0.0);
        [[(shape / scale).powi(2) / 3.0, zero], [zero, shape.powi(-2) * ((3.0 + PI * PI) / 9.0)]]
    }
}

impl DistributionFunction for LogLogistic {
    fn ln_cdf<D: Scalar>(&self, &[scale, shape]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 { D::from(f64::NEG_INFINITY) } else { (shape * ln_ratio(x, scale)).ln_logistic() }
    }

    fn ln_survival<D: Scalar>(&self, &[scale, shape]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 { D::from(0.0) } else { (-shape * ln_ratio(x, scale)).ln_logistic() }
    }
}

impl Entropy for LogLogistic {
    fn entropy<D: Scalar>(&self, &[scale, shape]: &[D; 2]) -> D {
        scale.ln() - shape.ln() + 2.0
    }
}

/// As in a half-plane: ln x is logistic with location ln α and scale 1/β.
impl FisherRao for LogLogistic {
    fn distance<D: Scalar>(
        &self,
        &[scale, shape]: &[D; 2],
        &[other_scale, other]: &[D; 2],
        free: &[bool],
    ) -> Option<D> {
        let [scale_is_free, shape_is_free] = *free else { return None };
        let plane = HalfPlane::orthogonal(D::from(1.0 / 3.0), D::from((3.0 + PI * PI) / 9.0));
        plane.of_shapes(&[shape, scale], &[other, other_scale], &[shape_is_free, scale_is_free])
    }
}
