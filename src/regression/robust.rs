//! Covariances that hold when the variance of the response is not what the family says.

use super::model::Regression;
use super::working::Working;
use crate::error::Error;
use crate::inference::Fit;
use crate::information::{Covariance, Empirical, sandwich};
use crate::model::{Observations, SampleSpace};

/// How the square of the working score of a row, u², is put right for what the fit has taken from it.
///
/// | | factor | |
/// |---|---|---|
/// | `HC0` | 1 | White (1980) |
/// | `HC1` | n/(n − p) | degrees of freedom |
/// | `HC2` | 1/(1 − h) | unbiased if the variances are equal |
/// | `HC3` | 1/(1 − h)² | nearly the jackknife |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeteroscedasticityCorrection {
    /// None.
    HC0,
    /// By the degrees of freedom.
    HC1,
    /// By the leverage h of the row.
    HC2,
    /// By the square of that.
    HC3,
}

/// A⁻¹BA⁻¹ with A = Σ w x xᵀ and B = Σ c u² x xᵀ: the covariance of the coefficients of the first linear predictor, whatever the variances of
/// the responses. Here u = ∂ℓ/∂η is the working score of a row, w = E\[u²\] the weight that the family gives it, and c the correction; other
/// parameters are taken as known.
///
/// For linear regression that is White's covariance.
///
/// ```
/// use fisher_information::regression::{Covariates, HeteroscedasticityCorrection, heteroscedastic_covariance, linear};
///
/// let model = linear(&Covariates::named(["intercept"])?)?;
/// let rows: Vec<Vec<f64>> = [2.0, 4.0, 9.0].iter().map(|&y| vec![1.0, y]).collect();
/// let covariance = heteroscedastic_covariance(&model.fit(&rows)?, HeteroscedasticityCorrection::HC0)?;
/// assert!((covariance.get("intercept", "intercept")?.value - 26.0 / 9.0).abs() < 1e-12);      // Σ(y − ȳ)²/n²
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: MacKinnon and White, *Some heteroskedasticity-consistent covariance matrix estimators with improved finite sample properties*,
/// J. Econometrics 29 (1985), 305–325.
///
/// # Errors
/// [`Error::Unsupported`] where a row has no expected information; [`Error::Singular`]; [`Error::FewerObservationsThanParameters`] for `HC1` without degrees
/// of freedom; [`Error::FullLeverage`] for `HC2` and `HC3` if the fit goes through a row whatever its response.
pub fn heteroscedastic_covariance<F: SampleSpace, D: Observations<[f64]> + ?Sized>(
    fit: &Fit<'_, Regression<F>, D>,
    correction: HeteroscedasticityCorrection,
) -> Result<Covariance, Error> {
    let working = Working::of(fit)?;
    let bread = working.information()?;
    let factors = match correction {
        HeteroscedasticityCorrection::HC0 => vec![1.0; working.score.len()],
        HeteroscedasticityCorrection::HC1 => {
            vec![working.observations() / working.degrees_of_freedom()?; working.score.len()]
        }
        HeteroscedasticityCorrection::HC2 => working.left()?.into_iter().map(f64::recip).collect(),
        HeteroscedasticityCorrection::HC3 => working.left()?.into_iter().map(|left| (left * left).recip()).collect(),
    };
    let meat = working.sum::<Empirical>(|i| factors[i] * working.score[i] * working.score[i])?;
    sandwich(&bread, &meat)
}
