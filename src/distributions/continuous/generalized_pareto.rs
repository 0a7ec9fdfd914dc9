//! The generalised Pareto distribution.

use crate::distributions::numerics::extremes::{reduced, residual};
use crate::distributions::numerics::fisher_rao::scales;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, FisherRao, Fixed, LogLikelihood, Observations, Parameter,
    Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Generalised Pareto distribution with scale σ > 0 and shape ξ, on the positive numbers with 1 + ξx/σ > 0:
///
/// ```math
/// f(x; \sigma, \xi) = \frac{1}{\sigma} \Bigl(1 + \frac{\xi x}{\sigma}\Bigr)^{-1/\xi-1},
/// \qquad
/// I(\sigma, \xi) = \begin{pmatrix}
///     \frac{1}{\sigma^2 (1+2\xi)} & \frac{1}{\sigma (1+\xi)(1+2\xi)} \\
///     \frac{1}{\sigma (1+\xi)(1+2\xi)} & \frac{2}{(1+\xi)(1+2\xi)}
/// \end{pmatrix}
/// ```
///
/// At ξ = 0 it is exponential, and density and score are computed without loss there and nearby. For ξ > 0 it is a
/// [`Lomax`](super::Lomax) distribution, whose draws overflow if ξ is large.
///
/// For ξ < 0 the support ends at −σ/ξ and moves with the parameters. The information exists for ξ > −½ only: the closed form
/// is NaN below, which [`expected`](crate::information::expected) reports.
///
/// Source: Smith, Threshold methods for sample extremes, in *Statistical Extremes and Applications* (1984), 621–638, there with
/// k = −ξ.
#[derive(Clone, Copy, Debug)]
pub struct GeneralizedPareto;

impl LogLikelihood for GeneralizedPareto {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[scale, shape]: &[D; 2], &x: &D) -> D {
        match reduced(x, scale, shape) {
            Some((y, ln_slope)) if x >= 0.0 => -ln_slope - y,
            _ => D::from(f64::NEG_INFINITY),
        }
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("scale").symbol("σ"), Parameter::real("shape").symbol("ξ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        Some([sample.mean(), 0.1])
    }
}

impl SampleSpace for GeneralizedPareto {
    fn support(&self, &[scale, shape]: &[f64; 2]) -> Support {
        if shape < 0.0 { Support::interval(0.0, -scale / shape) } else { Support::positive() }
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function().entropy().fisher_rao()
    }
}

impl Sampler for GeneralizedPareto {
    fn sample<R: rand::Rng + ?Sized>(&self, &[scale, shape]: &[f64; 2], rng: &mut R) -> f64 {
        residual(rand_distr::Distribution::sample(&rand_distr::Exp1, rng), scale, shape)
    }
}

impl Quantile for GeneralizedPareto {
    fn quantile(&self, &[scale, shape]: &[f64; 2], u: &[f64]) -> f64 {
        residual(-(-u[0]).ln_1p(), scale, shape)
    }
}

impl ClosedForm for GeneralizedPareto {
    fn information<D: Scalar>(&self, &[scale, shape]: &[D; 2]) -> [[D; 2]; 2] {
        if shape <= -0.5 {
            return [[D::from(f64::NAN); 2]; 2];
        }
        let double = (shape * 2.0 + 1.0).recip();
        let both = double / (shape + 1.0);
        let cross = both / scale;
        [[double * scale.powi(-2), cross], [cross, both * 2.0]]
    }
}

impl DistributionFunction for GeneralizedPareto {
    fn ln_cdf<D: Scalar>(&self, theta: &[D; 2], x: &D) -> D {
        self.ln_survival(theta, x).ln_1m_exp()
    }

    fn ln_survival<D: Scalar>(&self, &[scale, shape]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(0.0);
        }
        reduced(x, scale, shape).map_or(D::from(f64::NEG_INFINITY), |(y, _)| -y)
    }
}

impl Entropy for GeneralizedPareto {
    fn entropy<D: Scalar>(&self, &[scale, shape]: &[D; 2]) -> D {
        scale.ln() + shape + 1.0
    }
}

/// For a known shape ξ > −½: |ln(σ′/σ)|/√(1 + 2ξ).
impl FisherRao for GeneralizedPareto {
    fn distance<D: Scalar>(&self, &[scale, shape]: &[D; 2], &[other, _]: &[D; 2], free: &[bool]) -> Option<D> {
        match *free {
            [true, false] if shape > -0.5 => Some(scales((shape * 2.0 + 1.0).recip(), scale, other)),
            _ => None,
        }
    }
}
