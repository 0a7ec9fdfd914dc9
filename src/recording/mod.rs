//! The log-likelihood run on symbols: what it computes as a graph, and what it decides by the numbers it sees.
//!
//! Run on the number type [`Sym`], a log-likelihood records itself: every operation becomes a [`Node`](graph::Node) of a
//! [`Graph`](graph::Graph), every comparison a [`Decision`]. [Formulas](crate::symbolic) are read off the graph, and
//! [kernels](crate::kernel) compiled from it.
//!
//! ```
//! use fisher_information::{distributions::Exponential, recording::trace};
//!
//! let trace = trace(&Exponential, &[2.0], &0.5)?;              // ln λ − λ x
//! assert_eq!(trace.graph.evaluate(&[trace.value], &[4.0], &[3.0]), [4.0_f64.ln() - 12.0]);
//! # Ok::<(), fisher_information::Error>(())
//! ```

mod decision;
pub mod graph;
mod sym;
mod trace;

pub use decision::{Decision, Relation};
pub use sym::Sym;
pub use trace::{Trace, record, trace};
