//! Rust source: an expression, or a function that computes a matrix.

mod code;
mod function;
mod identifiers;
mod shared;

pub use function::function;

use super::super::expression::Expression;
use super::arrange;
use code::Writer;
use identifiers::Identifiers;
use std::collections::BTreeMap;

impl Expression {
    /// Rust source of a value of a type `D: Scalar`, in variables that are named after the symbols: `alpha / beta.powi(2)`.
    #[must_use]
    pub fn rust(&self) -> String {
        let formula = arrange::computed(self);
        Writer { identifiers: Identifiers::of(formula.symbols()), bound: BTreeMap::new() }.value(&formula)
    }
}
