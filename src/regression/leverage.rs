//! Residuals, and how far single rows pull the fit.

use super::model::Regression;
use super::saturated::saturated;
use super::working::Working;
use crate::error::Error;
use crate::inference::Fit;
use crate::model::{Observations, SampleSpace};

/// Whether the scale of the response is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dispersion {
    /// The variance of the response is what the family says, φ = 1: Poisson, binomial, negative binomial.
    Known,
    /// It is φ times that, with φ = Σ r²/(n − p) from the Pearson residuals r: normal, gamma, and counts that vary too much.
    Estimated,
}

/// What single rows do in a fit of the first linear predictor η of a regression: leverages, residuals, and Cook's distances, one for each row.
///
/// With the working score u = ∂ℓ/∂η and weight w = E\[u²\] of a row:
///
/// ```math
/// h = w\, x^\top (X^\top W X)^{-1} x,
/// \qquad
/// r = \frac{u}{\sqrt w},
/// \qquad
/// d = \operatorname{sign}(u) \sqrt{2 \bigl(\max_\eta \ell(\eta) - \ell(\hat\eta)\bigr)},
/// \qquad
/// D = \frac{r^2 h}{p\,\varphi\,(1 - h)^2}
/// ```
///
/// ```
/// use fisher_information::regression::{Covariates, Dispersion, Leverage, linear};
///
/// let model = linear(&Covariates::named(["intercept"])?)?;
/// let rows: Vec<Vec<f64>> = [2.0, 4.0, 9.0].iter().map(|&y| vec![1.0, y]).collect();
/// let fit = model.fit(&rows)?;
/// let leverage = Leverage::of(&fit, Dispersion::Estimated)?;
/// assert!((leverage.hat()[0] - 1.0 / 3.0).abs() < 1e-14);
/// // (y − ȳ)/(s √(1 − h)) with s² = Σ(y − ȳ)²/2 = 13
/// assert!((leverage.standardised()[2] - 4.0 / (13.0_f64 * 2.0 / 3.0).sqrt()).abs() < 1e-12);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Sources: Cook and Weisberg, *Residuals and Influence in Regression* (1982); Williams, *Generalized linear model diagnostics using the deviance and
/// single case deletions*, Appl. Statist. 36 (1987), 181–191.
#[derive(Clone, Debug, PartialEq)]
pub struct Leverage {
    hat: Vec<f64>,
    left: Vec<f64>,
    pearson: Vec<f64>,
    deviance: Vec<f64>,
    coefficients: f64,
    degrees_of_freedom: f64,
    dispersion: Option<f64>,
}

impl Leverage {
    /// The diagnoses of a fit.
    ///
    /// # Errors
    /// [`Error::Unsupported`] where a row has no expected information; [`Error::FewerObservationsThanParameters`] if there are no degrees of freedom;
    /// [`Error::FullLeverage`] if the fit goes through a row whatever its response.
    pub fn of<F: SampleSpace, D: Observations<[f64]> + ?Sized>(
        fit: &Fit<'_, Regression<F>, D>,
        dispersion: Dispersion,
    ) -> Result<Self, Error> {
        let working = Working::of(fit)?;
        let pearson: Vec<f64> = working.score.iter().zip(&working.weight).map(|(u, w)| u / w.sqrt()).collect();
        let degrees_of_freedom = working.degrees_of_freedom()?;
        let squares: f64 = pearson.iter().zip(&working.repetitions).map(|(r, repetitions)| repetitions * r * r).sum();
        let deviance = |index: usize| saturated(fit.model(), fit.theta(), fit.data().get(index), index);
        Ok(Self {
            left: working.left()?,
            hat: working.hat()?,
            deviance: (0..pearson.len()).map(deviance).collect::<Result<_, _>>()?,
            pearson,
            coefficients: working.coefficients(),
            degrees_of_freedom,
            dispersion: match dispersion {
                Dispersion::Known => None,
                Dispersion::Estimated => Some(squares / degrees_of_freedom),
            },
        })
    }

    /// The leverages h, between 0 and 1; their sum is the number of coefficients.
    #[must_use]
    pub fn hat(&self) -> &[f64] {
        &self.hat
    }

    /// The Pearson residuals r, in standard deviations of the response under the family.
    #[must_use]
    pub fn pearson(&self) -> &[f64] {
        &self.pearson
    }

    /// The deviance residuals d. Their squares sum to the deviance.
    #[must_use]
    pub fn deviance(&self) -> &[f64] {
        &self.deviance
    }

    /// φ, 1 if it is known. The residuals are at the estimates of maximum likelihood, so for linear regression it is n/(n − p).
    #[must_use]
    pub fn dispersion(&self) -> f64 {
        self.dispersion.unwrap_or(1.0)
    }

    /// r/√(φ(1 − h)): of variance 1 if the model is right (internally studentised).
    #[must_use]
    pub fn standardised(&self) -> Vec<f64> {
        let scaled = |(r, left): (&f64, &f64)| r / (self.dispersion() * left).sqrt();
        self.pearson.iter().zip(&self.left).map(scaled).collect()
    }

    /// d/√(φ(1 − h)).
    #[must_use]
    pub fn standardised_deviance(&self) -> Vec<f64> {
        let scaled = |(d, left): (&f64, &f64)| d / (self.dispersion() * left).sqrt();
        self.deviance.iter().zip(&self.left).map(scaled).collect()
    }

    /// Residuals without the row's own part in the fit (externally studentised). With an estimated φ that is t = z√((n − p − 1)/(n − p − z²)) of the
    /// standardised z, which for linear regression has Student's distribution with n − p − 1 degrees of freedom; with φ known, Williams's
    /// sign(d)√(d² + h r²/(1 − h)).
    #[must_use]
    pub fn studentised(&self) -> Vec<f64> {
        let freedom = self.degrees_of_freedom;
        if self.dispersion.is_some() {
            let deleted = |z: f64| z * ((freedom - 1.0) / (freedom - z * z)).sqrt();
            return self.standardised().into_iter().map(deleted).collect();
        }
        let deleted = |i: usize| {
            let (d, r) = (self.deviance[i], self.pearson[i]);
            (d * d + self.hat[i] * r * r / self.left[i]).sqrt().copysign(d)
        };
        (0..self.hat.len()).map(deleted).collect()
    }

    /// Cook's distances D: how far the coefficients would move without the row, in the metric of their covariance and divided by p.
    #[must_use]
    pub fn cooks_distance(&self) -> Vec<f64> {
        let distance = |i: usize| {
            let moved = self.pearson[i] / self.left[i];
            moved * moved * self.hat[i] / (self.dispersion() * self.coefficients)
        };
        (0..self.hat.len()).map(distance).collect()
    }
}
