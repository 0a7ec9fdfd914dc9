//! Why a model has no closed form that could be read off its code.

use super::expression::Obstacle;
use crate::error::Error;

/// Why a closed form was not found.
///
/// A refusal is no flaw of the model: [`expected`](crate::information::expected) finds the information by quadrature all the same.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// A term of the log-density mixes parameters and data in a way that no product of a function of each has.
    #[error(
        "the log-density is not that of an exponential family: parameters and data do not separate in {term}; use quadrature"
    )]
    NotSeparable {
        /// The term.
        term: String,
    },
    /// There are more sufficient statistics than parameters, and E\[score\] = 0 does not determine their expectations.
    #[error(
        "a curved exponential family: {rank} sufficient statistics for {parameters} parameter(s), \
         so that E[score] = 0 does not determine their expectations; use quadrature"
    )]
    Curved {
        /// The number of sufficient statistics.
        rank: usize,
        /// The number of parameters.
        parameters: usize,
    },
    /// No expectations make the mean score zero, as where the support moves with a parameter.
    #[error("no expectations make the mean score zero: does the support depend on {parameter}?")]
    NoMeanZeroScore {
        /// The parameter whose score cannot have mean zero.
        parameter: String,
    },
    /// The log-density takes different forms on different parts of the sample space, too many to be told apart by trial.
    #[error("the log-density branches on the data in more than {most} ways; use quadrature")]
    Branches {
        /// How many are followed.
        most: usize,
    },
    /// There is not one formula for the whole sample space.
    #[error("the log-density takes {count} different forms on parts of the sample space; each has a score of its own")]
    SeveralForms {
        /// How many were met.
        count: usize,
    },
    /// The operations of the model have no normal form.
    #[error("the log-density has no normal form: {0}; use quadrature")]
    Obstacle(Obstacle),
    /// The formula found does not agree with the expectation computed from the density.
    #[error(
        "the formula that follows from one branch of the code is off by {difference:.1e} at {}; use quadrature",
        listed(at)
    )]
    NotVerified {
        /// The largest difference of an entry, relative to √(Iᵢᵢ Iⱼⱼ).
        difference: f64,
        /// The parameters where it was found.
        at: Vec<f64>,
    },
    /// No parameters were found at which the model could be traced or the formula be verified.
    #[error("none of {tried} parameter vectors could be used{}; name one that can", .last.as_ref().map(|error| format!(" ({error})")).unwrap_or_default())]
    NoPoint {
        /// How many were tried.
        tried: usize,
        /// What was wrong with the last.
        last: Option<Box<Error>>,
    },
    /// The observations of the model cannot be traced.
    #[error("the observations are opaque, so that no closed form can be read off")]
    Opaque,
    /// An observation is a row whose covariates are not random.
    #[error("observations are rows with covariates; give some rows to read the model at")]
    Covariates,
    /// A matrix is larger than its symbolic inverse or determinant is asked for.
    #[error("a matrix of {size} parameters has no printed inverse; at most {most} are inverted")]
    TooManyParameters {
        /// Its size.
        size: usize,
        /// The most.
        most: usize,
    },
    /// A matrix has no inverse.
    #[error("the determinant is zero")]
    Singular,
    /// What every reading of a model may answer.
    #[error(transparent)]
    Model(#[from] Error),
}

impl From<Obstacle> for Refusal {
    fn from(obstacle: Obstacle) -> Self {
        Self::Obstacle(obstacle)
    }
}

/// Values with commas between them.
fn listed(values: &[f64]) -> String {
    values.iter().map(|value| format!("{value:.4}")).collect::<Vec<_>>().join(", ")
}
