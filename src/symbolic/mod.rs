//! The symbolic reading of a log-likelihood.

pub mod expression;
pub mod formula;
