//! Compiled log-likelihoods.

mod expectations;
mod to_rust;
mod vector;
