//! Log-likelihoods compiled to programs that run over blocks of observations.

pub mod vector;

mod assembler;
mod expansion;
mod functions;
mod loops;
mod machine;
mod polynomial;
mod predictors;
mod pointwise;
mod program;
mod derived;
mod at_theta;
mod layout;
mod product;
mod reduced;
mod rows;
mod pass;
mod source;
mod variant;
mod compiled;
mod explanation;
pub(crate) use compiled::Compiled;
pub(crate) use pointwise::{Columns, Pointwise};
pub(crate) use source::Source;
pub use explanation::{Explanation, Obstacle, Path, Work};
