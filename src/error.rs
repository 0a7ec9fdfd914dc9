//! Everything that can go wrong, each with the evidence.

use crate::model::Domain;

/// Why a result could not be given.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The parameter vector has the wrong length.
    #[error("expected {expected} parameter(s), found {found}")]
    ParameterCount {
        /// How many the model has.
        expected: usize,
        /// How many were given.
        found: usize,
    },
    /// A parameter is NaN, infinite or outside its domain.
    #[error("parameter {name} = {value} is outside its domain {domain}")]
    ParameterOutsideDomain {
        /// The parameter.
        name: String,
        /// Its value.
        value: f64,
        /// Where it may lie.
        domain: Domain,
    },
}
