//! The families of response, each with the constructor of its regression.

mod beta;
mod gamma;
mod lifetime;
mod multinomial;
mod negative_binomial;
mod normal;
mod ordinal;
mod poisson;
mod trials;

pub use beta::{BetaMean, beta};
pub use gamma::{GammaMean, gamma};
pub use lifetime::{
    ExponentialLifetime, Law, Lifetime, WatchedLifetime, accelerated_failure_time, exponential_lifetime,
    watched_failure_time,
};
pub use multinomial::{Classes, multinomial};
pub use negative_binomial::{NegativeBinomialMean, negative_binomial};
pub use normal::linear;
pub use ordinal::{Ordinal, ordinal};
pub use poisson::poisson;
pub use trials::{Binary, BinaryLink, Trials, binary, binomial, logistic};

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
