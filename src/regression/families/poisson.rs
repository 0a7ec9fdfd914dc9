//! Poisson regression.

use super::predictors;
use crate::distributions::Poisson;
use crate::error::Error;
use crate::model::Link;
use crate::regression::{Covariates, Regression};

/// Poisson regression: the count y has the mean μ with ln μ = xᵀβ, its canonical link. The logarithm of an exposure is an offset.
///
/// ```math
/// \ell(\beta; x, y) = y\, x^\top\beta - e^{x^\top\beta} - \ln y!
/// ```
///
/// ```
/// use fisher_information::prelude::LogLikelihood;
/// use fisher_information::regression::{Columns, poisson};
///
/// // Rows of 1, ln exposure and count.
/// let model = poisson(&Columns::new(["intercept"])?.with_offset().into())?;
/// assert_eq!(model.ln_likelihood(&[0.0], &[1.0, 0.0, 1.0]), -1.0);       // a mean of 1 in an exposure of 1
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: McCullagh and Nelder, *Generalized Linear Models*, 2nd ed. (1989), chapter 6.
///
/// # Errors
/// [`Error::LengthMismatch`] of more than one set of columns, [`Error::RepeatedName`].
pub fn poisson(covariates: &Covariates) -> Result<Regression<Poisson>, Error> {
    Regression::new(Poisson, predictors([Link::Log], covariates)?)
}
