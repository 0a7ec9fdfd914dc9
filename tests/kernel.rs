//! Compiled log-likelihoods.

mod vector;
