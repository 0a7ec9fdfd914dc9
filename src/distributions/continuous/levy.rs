//! The Lévy distribution.

use super::HalfNormal;
use crate::distributions::numerics::constants::{EULER_GAMMA, LN_SQRT_TAU, NEGATIVE};
use crate::distributions::numerics::excess::ratio_excess;
use crate::distributions::numerics::fisher_rao::scales;
use crate::distributions::numerics::inversion::ln_gamma_upper_quantile;
use crate::distributions::numerics::sample::Sample;
use crate::error::Error;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Domain, Entropy, ExponentialFamily, FisherRao, Fixed,
    KullbackLeibler, LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::LN_2;

/// Lévy distribution with scale c > 0, on the numbers above a known location μ: c/(x − μ) is the square of a standard normal
/// variable.
///
/// ```math
/// f(x; c) = \sqrt{\frac{c}{2\pi}}\, (x-\mu)^{-3/2} e^{-\frac{c}{2(x-\mu)}},
/// \qquad
/// I(c) = \frac{1}{2c^2}
/// ```
///
/// It is the time at which a Brownian motion first reaches the height √c, and has no mean. The location is 0 by default.
///
/// Source: Feller, *An Introduction to Probability Theory and Its Applications* 2, 2nd ed. (1971), chapter VI.
#[derive(Clone, Copy, Debug, Default)]
pub struct Levy {
    location: f64,
}

impl Levy {
    /// The distribution above a location.
    ///
    /// # Errors
    /// [`Error::ParameterOutsideDomain`] if the location is not finite.
    pub fn new(location: f64) -> Result<Self, Error> {
        if !location.is_finite() {
            return Err(Error::ParameterOutsideDomain {
                name: "location".into(),
                value: location,
                domain: Domain::REAL,
            });
        }
        Ok(Self { location })
    }

    /// The left end of the support.
    #[must_use]
    pub fn location(&self) -> f64 {
        self.location
    }
}

impl LogLikelihood for Levy {
    type Parameters = Fixed<1>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[scale]: &[D; 1], &x: &D) -> D {
        let distance = x - self.location;
        (scale.ln() - scale * distance.recip()) * 0.5 - distance.ln() * 1.5 - LN_SQRT_TAU
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("scale").symbol("c")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 1]> {
        let inverse = Sample::seen(data, f64::recip)?;
        Some([1.0 / inverse.mean()])
    }
}

impl SampleSpace for Levy {
    fn support(&self, _theta: &[f64; 1]) -> Support {
        Support::interval(self.location, f64::INFINITY)
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

impl Sampler for Levy {
    fn sample<R: rand::Rng + ?Sized>(&self, &[scale]: &[f64; 1], rng: &mut R) -> f64 {
        let z: f64 = rand_distr::Distribution::sample(&rand_distr::StandardNormal, rng);
        self.location + scale / (z * z)
    }
}

impl Quantile for Levy {
    fn quantile(&self, &[scale]: &[f64; 1], u: &[f64]) -> f64 {
        self.location + scale * 0.5 * (-ln_gamma_upper_quantile(0.5, u[0])).exp()
    }
}

impl ClosedForm for Levy {
    fn information<D: Scalar>(&self, &[scale]: &[D; 1]) -> [[D; 1]; 1] {
        [[scale.powi(-2) * 0.5]]
    }
}

impl DistributionFunction for Levy {
    fn ln_cdf<D: Scalar>(&self, &[scale]: &[D; 1], &x: &D) -> D {
        if x <= self.location {
            return D::from(f64::NEG_INFINITY);
        }
        HalfNormal.ln_survival(&[D::from(1.0)], &(scale.sqrt() / (x - self.location).sqrt()))
    }

    fn ln_survival<D: Scalar>(&self, &[scale]: &[D; 1], &x: &D) -> D {
        if x <= self.location {
            return D::from(0.0);
        }
        HalfNormal.ln_cdf(&[D::from(1.0)], &(scale.sqrt() / (x - self.location).sqrt()))
    }
}

impl Entropy for Levy {
    fn entropy<D: Scalar>(&self, &[scale]: &[D; 1]) -> D {
        scale.ln() + (0.5 + 1.5 * (EULER_GAMMA + LN_2) + LN_SQRT_TAU)
    }
}

impl KullbackLeibler for Levy {
    fn divergence<D: Scalar>(&self, &[scale]: &[D; 1], &[other]: &[D; 1]) -> D {
        ratio_excess(other / scale, (other - scale) / scale) * 0.5
    }
}

/// √½ |ln(c′/c)|
impl FisherRao for Levy {
    fn distance<D: Scalar>(&self, &[scale]: &[D; 1], &[other]: &[D; 1], free: &[bool]) -> Option<D> {
        (*free == [true]).then(|| scales(D::from(0.5), scale, other))
    }
}

/// T = 1/(x − μ), η = −c/2.
impl ExponentialFamily for Levy {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 1] {
        [(x - self.location).recip()]
    }

    fn natural<D: Scalar>(&self, &[scale]: &[D; 1]) -> [D; 1] {
        [scale * -0.5]
    }

    fn from_natural<D: Scalar>(&self, &[eta]: &[D; 1]) -> [D; 1] {
        [eta * -2.0]
    }

    fn ln_partition<D: Scalar>(&self, &[eta]: &[D; 1]) -> D {
        (eta * -2.0).ln() * -0.5
    }

    fn mean_value<D: Scalar>(&self, &[scale]: &[D; 1]) -> [D; 1] {
        [scale.recip()]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::new("−scale/2", NEGATIVE).symbol("η")]
    }
}
