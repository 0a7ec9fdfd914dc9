//! The families of response, each with the constructor of its regression.

mod negative_binomial;
mod normal;
mod poisson;
mod trials;

pub use negative_binomial::{NegativeBinomialMean, negative_binomial};
pub use normal::linear;
pub use poisson::poisson;
pub use trials::{Binary, Curve, Trials, binary, binomial, logistic};

use super::columns::{Columns, Covariates};
use super::predictor::Predictor;
use crate::error::Error;
use crate::model::Link;

/// The predictors of a family with so many parameters: the first are linear with these links, as many as there are sets of
/// columns, the others constants.
///
/// # Errors
/// [`Error::LengthMismatch`] if there are more sets of columns than parameters.
fn predictors<const K: usize>(links: [Link; K], covariates: &Covariates) -> Result<Vec<Predictor>, Error> {
    let columns = covariates.predictors();
    if columns.len() > K {
        return Err(Error::LengthMismatch { what: "linear predictors", expected: K, found: columns.len() });
    }
    let of = |(k, link): (usize, Link)| {
        columns.get(k).map_or_else(Predictor::constant, |columns| Predictor::linear(link, columns.clone()))
    };
    Ok(links.into_iter().enumerate().map(of).collect())
}

/// The columns of the only predictor.
///
/// # Errors
/// [`Error::LengthMismatch`] if there are more.
fn only(covariates: &Covariates) -> Result<&Columns, Error> {
    match covariates.predictors() {
        [columns] => Ok(columns),
        more => Err(Error::LengthMismatch { what: "linear predictors", expected: 1, found: more.len() }),
    }
}
