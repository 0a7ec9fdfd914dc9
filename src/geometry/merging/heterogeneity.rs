//! One parameter at a time, as in a meta-analysis.

use super::consistency::{h_squared, i_squared};
use super::experts::Experts;
use crate::error::{Error, place_of};
use crate::expectation::Estimate;
use crate::inference::{Test, TestKind};

/// Cochran's analysis of one parameter: each expert has an estimate and the standard error with all its other parameters unknown.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Heterogeneity {
    /// The parameter.
    pub parameter: String,
    /// The experts that know it, their estimates and standard errors.
    pub estimates: Vec<(String, f64, f64)>,
    /// θ̄ = Σ wₖθ̂ₖ/Σ wₖ with wₖ = 1/sₖ².
    pub mean: f64,
    /// 1/√Σ wₖ, the standard error of the mean if the experts agree.
    pub standard_error: f64,
    /// Q = Σ wₖ(θ̂ₖ − θ̄)² against χ² with K − 1 degrees of freedom.
    pub test: Test,
    /// τ², the variance of the true values between the experts: (Q − (K − 1))/(Σw − Σw²/Σw), or 0 if that is negative.
    /// Source: DerSimonian and Laird (1986).
    pub between_variance: f64,
}

impl Heterogeneity {
    /// H² = Q/(K − 1).
    #[must_use]
    pub fn h_squared(&self) -> f64 {
        h_squared(&self.test)
    }

    /// I² = 1 − 1/H², or 0 if that is negative: the share of the variation between the estimates that chance does not explain.
    /// Source: Higgins and Thompson (2002).
    #[must_use]
    pub fn i_squared(&self) -> f64 {
        i_squared(&self.test)
    }
}

impl Experts {
    /// How different one parameter is between the experts, as a meta-analysis asks: Cochran's Q, I² and τ².
    ///
    /// It uses of each expert only the standard error of this parameter; the correlations with the others, which [`merge`](Self::merge) uses,
    /// are lost. Experts that cannot tell the parameter are left out, and weights and the base play no part.
    ///
    /// ```
    /// use fisher_information::geometry::merging::{Expert, Experts};
    ///
    /// let study = |label, effect, error| Expert::from_standard_errors(label, &[("effect", effect, error)]);
    /// let studies = Experts::new([study("a", 0.1, 0.1)?, study("b", 0.5, 0.1)?, study("c", 0.9, 0.2)?])?;
    /// let effect = studies.heterogeneity("effect")?;
    /// // weights 100, 100, 25: mean 82.5/225, Q = 7.111 + 1.778 + 7.111
    /// assert!((effect.mean - 82.5 / 225.0).abs() < 1e-15);
    /// assert!((effect.test.statistic.value - 16.0).abs() < 1e-12);
    /// assert!((effect.i_squared() - 0.875).abs() < 1e-13);
    /// assert!((effect.between_variance - 14.0 / (225.0 - 20_625.0 / 225.0)).abs() < 1e-13);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::UnknownParameter`]; [`Error::NothingToTest`] if fewer than two experts know it; [`Error::FormulaNotFinite`] if a sum overflows.
    pub fn heterogeneity(&self, parameter: &str) -> Result<Heterogeneity, Error> {
        let place = place_of(parameter, self.names())?;
        let mut estimates = Vec::new();
        for k in 0..self.experts().len() {
            let source = self.alone(k);
            let Some(own) = source.places.iter().position(|&other| other == place) else { continue };
            let mut unit = vec![0.0; source.places.len()];
            unit[own] = 1.0;
            let variance = source.expert.curvature().cramer_rao(&unit)?.value;
            if variance > 0.0 && variance.is_finite() {
                estimates.push((source.expert.label().to_owned(), source.expert.estimates()[own], variance.sqrt()));
            }
        }
        if estimates.len() < 2 {
            return Err(Error::NothingToTest { entries: vec![parameter.to_owned()] });
        }
        let weight = |error: f64| 1.0 / (error * error);
        let total: f64 = estimates.iter().map(|&(_, _, error)| weight(error)).sum();
        let squares: f64 = estimates.iter().map(|&(_, _, error)| weight(error).powi(2)).sum();
        let first = estimates[0].1;
        let mean = first
            + estimates.iter().map(|&(_, estimate, error)| weight(error) / total * (estimate - first)).sum::<f64>();
        let statistic: f64 =
            estimates.iter().map(|&(_, estimate, error)| weight(error) * (estimate - mean).powi(2)).sum();
        if let Some(value) = [mean, statistic].into_iter().find(|value| !value.is_finite()) {
            return Err(Error::FormulaNotFinite { quantity: "the statistic", value });
        }
        let degrees = estimates.len() - 1;
        #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ experts
        let excess: f64 = statistic - degrees as f64;
        let test =
            Test::chi_squared(TestKind::Homogeneity, vec![parameter.to_owned()], Estimate::exact(statistic), degrees);
        Ok(Heterogeneity {
            parameter: parameter.to_owned(),
            mean,
            standard_error: total.sqrt().recip(),
            test,
            between_variance: (excess / (total - squares / total)).max(0.0),
            estimates,
        })
    }
}
