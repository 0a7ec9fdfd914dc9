//! Log-likelihoods compiled to programs that run over blocks of observations.
//!
//! What is asked of a data set is sums: of the log-likelihood, the score s, the products s sᵀ and the Hessian. Dual numbers give them
//! for any log-likelihood, one observation at a time. A kernel gives the same numbers, to rounding, at the speed of derivatives written by
//! hand in vector loops, and from the same code of the author:
//!
//! 1. The log-likelihood is [recorded](crate::recording) at an observation, and its graph differentiated.
//! 2. What depends on θ alone is evaluated once for each θ.
//! 3. With few parameters, score and Hessian are expanded into coefficients in θ times functions of the data, and only the sums of the
//!    distinct functions are formed: for a normal distribution Σx, …, Σx⁴. Functions of the data alone are expanded about the middle of
//!    the data, so that no digits are lost far from the origin. If all are, their sums are sufficient statistics, and the next θ costs
//!    nothing but the combination.
//! 4. With many parameters that enter through linear predictors, derivatives are taken in these, and Xᵀg and XᵀWX formed in tiles.
//! 5. What is left is a program of operations, each a loop over a block of 256 observations, on as few registers as it needs; the loops
//!    exist for each instruction set, and the processor's is chosen at run time.
//!
//! Comparisons of data are guards: rows for which they come out otherwise are sorted out, and their course is compiled too.
//! Comparisons of parameters are asked again at each θ; the log-likelihood is recorded anew only where they change. What cannot be recorded
//! is left to dual numbers. Where a kernel's sum is not finite, or the observation invalid, dual numbers have the last word, and
//! the errors are theirs.
//!
//! [`ScoreSums`](crate::information::ScoreSums), the fits and descents take this path by themselves where it pays;
//! [`DataLikelihood`](crate::information::DataLikelihood) takes it, or does not, by name, and explains it. [`to_rust`] writes the program out.
//! Expectations evaluate the nodes of a quadrature, the points of a cubature and random draws in blocks, by kernels where that pays or
//! [`Settings::path`](crate::expectation::Settings::path) asks for it.
//! The [note](crate::notes::kernels) is a lecture on all this, with figures.

// Blocks that lie at distances of a power of two compete for the same lines of the cache; boxed, they do not.
#![allow(clippy::vec_box)]

pub mod vector;

mod assembler;
mod at_theta;
mod compiled;
mod derived;
mod expansion;
mod explanation;
mod functions;
mod fused;
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
mod reductions;
mod rows;
mod run;
mod rust;
mod signs;
mod source;
mod variant;
mod weights;

pub(crate) use compiled::Compiled;
pub use explanation::{Explanation, Obstacle, Path, Work};
pub(crate) use pointwise::{Columns, Pointwise};
pub use rust::{NoSource, to_rust};
pub(crate) use source::Source;
