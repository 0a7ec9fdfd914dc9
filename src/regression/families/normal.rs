//! Linear regression.

use super::predictors;
use crate::distributions::Normal;
use crate::error::Error;
use crate::model::Link;
use crate::regression::{Covariates, Regression};

/// Linear regression: y is normal with the mean μ = xᵀβ and the standard deviation σ, a constant, or ln σ = zᵀγ if there is a second set
/// of columns.
///
/// ```math
/// \ell(\beta, \sigma; x, y) = -\frac{(y - x^\top\beta)^2}{2\sigma^2} - \ln\sigma - \tfrac12 \ln 2\pi
/// ```
///
/// ```
/// use fisher_information::information::expected_of_data;
/// use fisher_information::regression::{Covariates, linear};
///
/// let model = linear(&Covariates::named(["intercept", "x"])?)?;
/// let rows = vec![vec![1.0, -1.0, 3.0], vec![1.0, 1.0, 4.0]];
/// let information = expected_of_data(&model, &[3.5, 0.5, 2.0], &rows)?;
/// assert_eq!(information.get("x", "x")?.value, 0.5);                      // Σ x²/σ²
/// assert_eq!(information.get("deviation", "deviation")?.value, 1.0);      // 2n/σ²
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// [`Error::LengthMismatch`] of more than two sets of columns, [`Error::RepeatedName`].
pub fn linear(covariates: &Covariates) -> Result<Regression<Normal>, Error> {
    Regression::new(Normal, predictors([Link::Identity, Link::Log], covariates)?)
}
