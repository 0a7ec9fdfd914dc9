//! Compiled log-likelihoods.

mod to_rust;
mod vector;
