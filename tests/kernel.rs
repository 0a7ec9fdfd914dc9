//! Compiled log-likelihoods.

mod expectations;
mod vector;
