//! Two quadratic expansions: of the logarithm of a likelihood, and of the likelihood itself.

use crate::error::Error;
use crate::inference::Fit;
use crate::inference::objective::Objective;
use crate::model::{LogLikelihood, Observations};

/// A likelihood at some distance from its peak, in units of the peak, beside what two expansions to second order say of it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PeakExpansion {
    /// The distance d of the parameter from its estimate, in standard errors A⁻½ of that parameter if the others are known.
    pub distance: f64,
    /// L/L(θ̂)
    pub likelihood: f64,
    /// exp(−d²/2), by the expansion of ln L.
    pub of_logarithm: f64,
    /// 1 − d²/2, by the expansion of L: negative from d = √2 on.
    pub of_likelihood: f64,
}

impl PeakExpansion {
    /// By how much the expansion of ln L is wrong, in units of the peak.
    #[must_use]
    pub fn error_of_logarithm(&self) -> f64 {
        self.of_logarithm - self.likelihood
    }

    /// By how much the expansion of L is wrong, in units of the peak.
    #[must_use]
    pub fn error_of_likelihood(&self) -> f64 {
        self.of_likelihood - self.likelihood
    }
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// The likelihood, times the prior if there is one, with its two expansions at these distances along one parameter, the others held at
    /// their estimates.
    ///
    /// ```
    /// use fisher_information::{distributions::Poisson, inference::maximum_likelihood};
    ///
    /// let fit = maximum_likelihood(&Poisson, &[3.0, 5.0, 4.0])?;
    /// let [two] = fit.expansions("rate", &[2.0])?[..] else { unreachable!() };
    /// assert_eq!(two.of_likelihood, -1.0);                        // no likelihood is negative
    /// assert!(two.error_of_logarithm().abs() < 0.1);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::UnknownParameter`]; [`Error::ParameterOutsideDomain`] if a distance leads out of the domain; [`Error::Singular`] if the data
    /// say nothing of the parameter.
    pub fn expansions(&self, name: &str, distances: &[f64]) -> Result<Vec<PeakExpansion>, Error> {
        let place = self.position(name)?;
        let peak = self.likelihood.local(self.sums())?.value.value;
        let others: Vec<&str> = self.names().iter().map(String::as_str).filter(|other| *other != name).collect();
        let curvature = self.curvature()?;
        let own = if others.is_empty() { curvature } else { curvature.fix(&others)? };
        let unit = own.standard_errors()?[0].value;
        let at = |&distance: &f64| {
            let mut theta = self.estimates().to_vec();
            theta[place] += distance * unit;
            let value = self.likelihood.at(&theta)?.value.value;
            let half = 0.5 * distance * distance;
            let likelihood = (value - peak).exp();
            Ok(PeakExpansion { distance, likelihood, of_logarithm: (-half).exp(), of_likelihood: 1.0 - half })
        };
        distances.iter().map(at).collect()
    }
}
