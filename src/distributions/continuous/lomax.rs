//! The Lomax distribution.

use crate::distributions::numerics::fisher_rao::scales;
use crate::distributions::numerics::ln_ratio::ln_ratio;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, FisherRao, Fixed, LogLikelihood, Observations, Parameter,
    Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Lomax or Pareto type II distribution with shape α > 0 and scale λ > 0, on the positive numbers: x + λ is Pareto with
/// minimum λ.
///
/// ```math
/// f(x; \alpha, \lambda) = \frac{\alpha}{\lambda} \Bigl(1 + \frac{x}{\lambda}\Bigr)^{-(\alpha+1)},
/// \qquad
/// I(\alpha, \lambda) = \begin{pmatrix}
///     \frac{1}{\alpha^2} & -\frac{1}{\lambda(\alpha+1)} \\
///     -\frac{1}{\lambda(\alpha+1)} & \frac{\alpha}{\lambda^2(\alpha+2)}
/// \end{pmatrix}
/// ```
///
/// For α → ∞ with α/λ fixed it is exponential, and the parameters are no longer told apart. Draws of a tiny shape overflow.
///
/// Source: Brazauskas, Information matrix for Pareto(IV), Burr, and related distributions, *Comm. Statist. Theory Methods* 32
/// (2003), 315–325.
#[derive(Clone, Copy, Debug)]
pub struct Lomax;

impl LogLikelihood for Lomax {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[shape, scale]: &[D; 2], &x: &D) -> D {
        if x < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        if x > scale {
            // (x + λ)/λ = (1 + λ/x) x/λ, whose derivatives neither overflow nor cancel.
            return shape.ln() - x.ln() - shape * ln_ratio(x, scale) - (shape + 1.0) * (scale / x).ln_1p();
        }
        shape.ln() - scale.ln() - (shape + 1.0) * (x / scale).ln_1p()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("shape").symbol("α"), Parameter::positive("scale").symbol("λ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        Some([2.0, sample.mean()])
    }
}

impl SampleSpace for Lomax {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::positive()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function().entropy().fisher_rao()
    }
}

impl Sampler for Lomax {
    fn sample<R: rand::Rng + ?Sized>(&self, &[shape, scale]: &[f64; 2], rng: &mut R) -> f64 {
        let exponential: f64 = rand_distr::Distribution::sample(&rand_distr::Exp1, rng);
        scale * (exponential / shape).exp_m1()
    }
}

impl Quantile for Lomax {
    fn quantile(&self, &[shape, scale]: &[f64; 2], u: &[f64]) -> f64 {
        scale * (-(-u[0]).ln_1p() / shape).exp_m1()
    }
}

impl ClosedForm for Lomax {
    fn information<D: Scalar>(&self, &[shape, scale]: &[D; 2]) -> [[D; 2]; 2] {
        let cross = -((shape + 1.0) * scale).recip();
        [[shape.powi(-2), cross], [cross, shape / (shape + 2.0) * scale.powi(-2)]]
    }
}

impl DistributionFunction for Lomax {
    fn ln_cdf<D: Scalar>(&self, theta: &[D; 2], x: &D) -> D {
        self.ln_survival(theta, x).ln_1m_exp()
    }

    fn ln_survival<D: Scalar>(&self, &[shape, scale]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            D::from(0.0)
        } else if x > scale {
            -shape * (ln_ratio(x, scale) + (scale / x).ln_1p())
        } else {
            -shape * (x / scale).ln_1p()
        }
    }
}

impl Entropy for Lomax {
    fn entropy<D: Scalar>(&self, &[shape, scale]: &[D; 2]) -> D {
        scale.ln() - shape.ln() + shape.recip() + 1.0
    }
}

/// For one known parameter: |ln(α′/α)|, √(α/(α + 2)) |ln(λ′/λ)|.
impl FisherRao for Lomax {
    fn distance<D: Scalar>(
        &self,
        &[shape, scale]: &[D; 2],
        &[other_shape, other]: &[D; 2],
        free: &[bool],
    ) -> Option<D> {
        match *free {
            [true, false] => Some(scales(D::from(1.0), shape, other_shape)),
            [false, true] => Some(scales(shape / (shape + 2.0), scale, other)),
            _ => None,
        }
    }
}
