//! Log-likelihoods compiled to programs that run over blocks of observations.

pub mod vector;

mod assembler;
mod at_theta;
mod compiled;
mod derived;
mod expansion;
mod explanation;
mod functions;
mod layout;
mod loops;
mod machine;
mod pass;
mod pointwise;
mod polynomial;
mod predictors;
mod product;
mod program;
mod reduced;
mod rows;
mod source;
mod variant;
pub(crate) use compiled::Compiled;
pub use explanation::{Explanation, Obstacle, Path, Work};
pub(crate) use pointwise::{Columns, Pointwise};
pub(crate) use source::Source;
