//! The log-likelihood as an expression.
//!
//! A log-likelihood is written over any number type. Run on the number type [`Sym`] it records itself: every operation
//! becomes a [`Node`](graph::Node) of a [`Graph`](graph::Graph), every comparison a [`Decision`]. The graph is differentiated
//! exactly, and evaluated at any other parameters and data for which the decisions come out the same.
//!
//! ```
//! use fisher_information::{distributions::Normal, symbolic::trace};
//!
//! let mut trace = trace(&Normal, &[1.0, 2.0], &4.0)?;
//! let score = trace.graph.gradient(trace.value, 2);
//! assert_eq!(trace.graph.evaluate(&score, &[1.0, 2.0], &[4.0]), [0.75, 0.625]);    // z/σ and (z² − 1)/σ
//! # Ok::<(), fisher_information::Error>(())
//! ```

mod coordinates;
mod decision;
mod density;
mod exponential_family;
pub mod expression;
mod family;
pub mod formula;
pub mod graph;
mod group;
mod identify;
mod information;
mod linear;
mod matrix;
mod natural;
mod points;
mod read;
mod refusal;
mod solve;
mod solved;
mod sym;
mod trace;
mod verification;

pub use coordinates::coordinates;
pub use decision::{Decision, Relation};
pub use density::{Branch, LogDensity, hessian, score};
pub use exponential_family::{Canonical, ExponentialFamily, Rank, exponential_family};
pub use expression::{Expression, Symbol};
pub use family::{Statistic, StatisticTerm};
pub use group::{Action, Number};
pub use information::{Derivation, ExpectedInformation, expected_information, expected_information_given, of_density};
pub use matrix::Matrix;
pub use refusal::Refusal;
pub use solved::Solved;
pub use sym::Sym;
pub use trace::{Trace, record, trace};
pub use verification::Verification;

/// How many products of terms a search for a closed form makes at most: well below a second's worth.
const MOST_PRODUCTS: u64 = 1_000_000;
