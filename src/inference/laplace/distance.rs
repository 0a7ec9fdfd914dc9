//! How far the normal approximation is from a likelihood of one parameter.

use super::Laplace;
use crate::error::Error;
use crate::expectation::{Estimate, Method, Settings, expectation};
use crate::inference::Fit;
use crate::inference::objective::Objective;
use crate::model::{Fixed, LogLikelihood, Observations, SampleSpace, Support};
use crate::scalar::Scalar;
use std::f64::consts::TAU;

/// A likelihood of one parameter, divided by its integral, beside the normal density of Laplace's method.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LaplaceQuality {
    /// ln ∫ L dθ, by quadrature.
    pub log_integral: Estimate,
    /// ½ ∫ |p − q|, the total variation distance: the most by which a probability is wrong. The L¹ distance is twice that.
    pub total_variation: Estimate,
    /// ∫ p ln(p/q), the Kullback–Leibler divergence of the normal density q from the likelihood p.
    pub divergence: Estimate,
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// How good the approximation by [`laplace`](Self::laplace) is, for a model of one parameter whose likelihood has a finite integral.
    ///
    /// ```
    /// use fisher_information::{distributions::Poisson, inference::maximum_likelihood, scalar::Scalar};
    ///
    /// let fit = maximum_likelihood(&Poisson, &[3.0, 5.0, 4.0])?;      // L ∝ λ¹² e^(−3λ)
    /// let quality = fit.laplace_quality()?;
    /// let exact = 13.0_f64.ln_gamma() - 13.0 * 3.0_f64.ln() - (6.0_f64 * 120.0 * 24.0).ln();
    /// assert!((quality.log_integral.value - exact).abs() <= quality.log_integral.error);
    /// assert!(quality.total_variation.value < 0.11);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::ParameterCount`] unless there is one parameter; as [`laplace`](Self::laplace), and those of quadrature: an integral may
    /// diverge.
    pub fn laplace_quality(&self) -> Result<LaplaceQuality, Error> {
        let found = self.estimates().len();
        if found != 1 {
            return Err(Error::ParameterCount { expected: 1, found });
        }
        let laplace = self.laplace()?;
        let unit = laplace.covariance().standard_errors()[0].value;
        let slice = |ln_mass| Slice { fit: self, laplace: &laplace, unit, ln_mass };
        let settings = Settings::default();
        let nothing = |_: &f64, _: &mut [f64]| {};
        let first = expectation(&slice(0.0), &[0.0], 0, nothing, Method::Quadrature, &settings)?;
        // quadrature always finds a mass, and it is positive
        let mass = first.mass.unwrap_or(Estimate::new(f64::NAN, f64::INFINITY));
        let ln_mass = mass.value.ln();
        let posterior = slice(ln_mass);
        // What p and q have in common and a logarithm lifted by 1: near 1 if p is near q, so that the errors are relative to 1. The former
        // has kinks, where quadrature is slow.
        let settings = Settings { tolerance: 1e-8, ..settings };
        let compare = |z: &f64, g: &mut [f64]| {
            let ln_ratio = posterior.value(*z) - normal(*z);
            g[0] = (-ln_ratio).exp().min(1.0); // min(1, q/p) has the same integral under p as min(p, q)
            g[1] = 1.0 + ln_ratio;
        };
        let values = expectation(&posterior, &[0.0], 2, compare, Method::Quadrature, &settings)?.values;
        let integral = laplace.log_integral();
        Ok(LaplaceQuality {
            log_integral: Estimate::new(integral.value + ln_mass, integral.error + mass.error / mass.value),
            total_variation: Estimate::new((1.0 - values[0].value).max(0.0), values[0].error),
            divergence: Estimate::new(values[1].value - 1.0, values[1].error),
        })
    }
}

/// The likelihood as a density of z = (θ − θ̂)/σ, in units of the integral that Laplace's method gives it times a mass.
struct Slice<'s, 'a, M: LogLikelihood, D: ?Sized> {
    fit: &'s Fit<'a, M, D>,
    laplace: &'s Laplace,
    unit: f64,
    ln_mass: f64,
}

/// The standard normal log-density.
fn normal(z: f64) -> f64 {
    -0.5 * z * z - 0.5 * TAU.ln()
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Slice<'_, '_, M, D> {
    fn value(&self, z: f64) -> f64 {
        let theta = self.laplace.mean[0] + self.unit * z;
        match self.fit.likelihood.at(&[theta]) {
            Ok(local) => local.value.value - self.laplace.log_peak.value - 0.5 * TAU.ln() - self.ln_mass,
            Err(Error::ParameterOutsideDomain { .. }) => f64::NEG_INFINITY, // rounded to a bound
            Err(_) => f64::NAN,
        }
    }
}

/// A density without parameters; the one it has is not used.
impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> LogLikelihood for Slice<'_, '_, M, D> {
    type Parameters = Fixed<1>;
    type Observation = f64;

    fn ln_likelihood<S: Scalar>(&self, _: &[S; 1], z: &S) -> S {
        S::from(self.value(z.re()))
    }
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> SampleSpace for Slice<'_, '_, M, D> {
    fn support(&self, _: &[f64; 1]) -> Support {
        let domain = self.fit.parameters()[0].domain;
        let z = |theta: f64| (theta - self.laplace.mean[0]) / self.unit;
        Support::interval(z(domain.lower), z(domain.upper))
    }
}
