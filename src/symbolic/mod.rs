//! The log-likelihood as an expression: scores, Hessians and Fisher matrices as formulas.
//!
//! A log-likelihood is written over any number type. Run on the number type [`Sym`] it records itself: every operation becomes a
//! [`Node`](graph::Node) of a [`Graph`](graph::Graph), every comparison a [`Decision`]. From the graph follow
//!
//! | what | by |
//! |---|---|
//! | the graph itself, its derivatives, its value at other parameters and data | [`trace`] |
//! | score and Hessian as formulas | [`score`], [`hessian`] |
//! | the expected information in closed form, verified by quadrature | [`expected_information`], for a regression [`expected_information_given`] |
//! | sufficient statistics, natural parameters, log-partition function | [`exponential_family`] |
//! | the Cramér–Rao bound, Jeffreys' prior, orthogonal parameters, other coordinates | [`Matrix`] |
//! | text, Unicode, LaTeX and Rust source of all of these | [`Expression`], [`Matrix`], [`formula`] |
//! | a model that knows the closed form found for it | [`Solved`] |
//!
//! ```
//! use fisher_information::{distributions::Gamma, symbolic::expected_information};
//!
//! let information = expected_information(&Gamma)?;
//! assert_eq!(information.to_string(), "\
//! ⎡ ψ₁(α)  −1/β ⎤
//! ⎣ −1/β   α/β² ⎦");
//! # Ok::<(), fisher_information::symbolic::Refusal>(())
//! ```
//!
//! How closed forms are found, and what the verification does not prove, is the subject of
//! [a note](crate::notes::closed_forms).

mod branches;
mod condition;
mod coordinates;
mod density;
mod exponential_family;
pub mod expression;
mod family;
pub mod formula;
mod group;
mod identify;
mod information;
mod linear;
mod matrix;
mod natural;
mod observations;
mod points;
mod read;
mod refusal;
mod solve;
mod solved;
mod symbols;
mod verification;

pub use crate::recording::{Decision, Relation, Sym, Trace, graph, record, trace};
pub use branches::Branch;
pub use condition::Condition;
pub use coordinates::coordinates;
pub use density::{LogDensity, hessian, score};
pub use exponential_family::{Canonical, ExponentialFamily, Rank, exponential_family};
pub use expression::{Expression, Symbol};
pub use family::{Statistic, StatisticTerm};
pub use group::{Action, Number};
pub use information::{Derivation, ExpectedInformation, expected_information, expected_information_given, of_density};
pub use matrix::Matrix;
pub use refusal::Refusal;
pub use solved::Solved;
pub use verification::Verification;

/// How many products of terms a search for a closed form makes at most: well below a second's worth.
const MOST_PRODUCTS: u64 = 300_000;
