//! Fisher information from a covariance that was sampled: of an estimator, or of a Markov chain.

mod effective;
mod information;

pub use effective::effective_draws;
pub use information::{
    SampledInformation, information_from_chain, information_from_covariance, information_from_draws,
};
