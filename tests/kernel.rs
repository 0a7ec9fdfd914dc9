//! Compiled log-likelihoods.

mod bad_input;
mod catalogue;
mod comparison;
mod determinism;
mod expectations;
mod expression;
mod guards;
#[path = "../models/tasks/logistic.rs"]
mod logistic;
#[path = "../models/tasks/mixture.rs"]
mod mixture;
mod random;
mod regressions;
mod shifted;
mod structured;
mod to_rust;
mod vector;
