//! Laplace's method: a likelihood, or a posterior density, as a normal density at its peak.
//!
//! ```math
//! \int L(\theta)\, d\theta \approx L(\hat\theta)\, (2\pi)^{d/2}\, (\det A)^{-1/2}
//! ```

mod distance;
mod expansion;

pub use distance::LaplaceQuality;
pub use expansion::PeakExpansion;

use super::Fit;
use crate::error::{Error, check_length};
use crate::expectation::Estimate;
use crate::information::{Covariance, Information, Observed};
use crate::model::{LogLikelihood, Observations};
use nalgebra::DVector;
use std::f64::consts::TAU;

/// The normal density that has the peak of a likelihood and its curvature there.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Laplace {
    mean: Vec<f64>,
    information: Information<Observed>,
    covariance: Covariance,
    log_peak: Estimate,
    log_integral: Estimate,
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// The normal approximation of the likelihood as a function of the parameters, times the prior if there is one.
    ///
    /// It depends on the coordinates: a likelihood that is far from normal in σ may be near it in ln σ.
    ///
    /// ```
    /// use fisher_information::{distributions::Poisson, inference::maximum_likelihood, scalar::Scalar};
    ///
    /// let fit = maximum_likelihood(&Poisson, &[3.0, 5.0, 4.0])?;      // L ∝ λ¹² e^(−3λ)
    /// let laplace = fit.laplace()?;
    /// let factorials = 6.0_f64.ln() + 120.0_f64.ln() + 24.0_f64.ln();
    /// let exact = 13.0_f64.ln_gamma() - 13.0 * 3.0_f64.ln() - factorials;
    /// let error = laplace.log_integral().value - exact;
    /// assert!((error + 1.0 / 144.0).abs() < 2e-6);       // Stirling's: −1/12k + 1/360k³ …, k = 12
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// Source: L. Tierney and J. B. Kadane, *Accurate approximations for posterior moments and marginal densities*, J. Am. Statist. Assoc. 81
    /// (1986), doi:10.1080/01621459.1986.10478240.
    ///
    /// # Errors
    /// [`Error::Singular`], [`Error::NotPositiveDefinite`].
    pub fn laplace(&self) -> Result<Laplace, Error> {
        let information = self.curvature()?;
        let covariance = information.inverse()?;
        let log_determinant = information.log_determinant()?;
        let log_peak = self.likelihood.local(self.sums())?.value;
        #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ parameters
        let volume = 0.5 * self.estimates().len() as f64 * TAU.ln();
        let value = log_peak.value + volume - 0.5 * log_determinant.value;
        let rounding = 2.0 * f64::EPSILON * (value.abs() + volume);
        let log_integral = Estimate::new(value, log_peak.error + 0.5 * log_determinant.error + rounding);
        Ok(Laplace { mean: self.estimates().to_vec(), information, covariance, log_peak, log_integral })
    }
}

impl Laplace {
    /// θ̂
    #[must_use]
    pub fn mean(&self) -> &[f64] {
        &self.mean
    }

    /// A⁻¹
    #[must_use]
    pub fn covariance(&self) -> &Covariance {
        &self.covariance
    }

    /// ln L(θ̂), and the logarithm of the prior there.
    #[must_use]
    pub fn log_peak(&self) -> Estimate {
        self.log_peak
    }

    /// ln ∫ L dθ, approximately: with a prior density that integrates to 1, the log marginal likelihood of the data. The error is that of
    /// the computation, not of the approximation, which is of the order of 1/n.
    #[must_use]
    pub fn log_integral(&self) -> Estimate {
        self.log_integral
    }

    /// The logarithm of the normal density at θ.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if θ has not p entries.
    pub fn ln_density(&self, theta: &[f64]) -> Result<f64, Error> {
        check_length("parameters", self.mean.len(), theta.len())?;
        let step = DVector::from_column_slice(theta) - DVector::from_column_slice(&self.mean);
        let square = step.dot(&(self.information.matrix() * &step));
        Ok(self.log_peak.value - self.log_integral.value - 0.5 * square)
    }
}
