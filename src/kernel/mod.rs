//! Log-likelihoods compiled to programs that run over blocks of observations.

pub mod vector;
