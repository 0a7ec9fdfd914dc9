//! Rust source: an expression, or a function that computes a matrix.

mod code;
mod function;
mod identifiers;
mod shared;

pub use function::function;

use super::super::expression::Expression;
use super::arrange;
use super::tree::Formula;
use code::Writer;
use identifiers::Identifiers;
use std::collections::BTreeMap;

impl Expression {
    /// Rust source of a value of a type `D: Scalar`, in variables that are named after the symbols: `alpha / beta.powi(2)`.
    #[must_use]
    pub fn rust(&self) -> String {
        let formula = arrange::computed(self);
        Writer { identifiers: Identifiers::of(shared::symbols(&formula)), bound: BTreeMap::new() }.value(&formula)
    }
}

/// The parts of which a formula is made.
fn parts(formula: &Formula) -> Vec<&Formula> {
    match formula {
        Formula::Negative(of) | Formula::Root(of) | Formula::Exponential(of) | Formula::Absolute(of) => vec![of],
        Formula::Fraction(a, b) | Formula::Power(a, b) => vec![a, b],
        Formula::Sum(parts) | Formula::Product(parts) => parts.iter().collect(),
        Formula::Call(call) => call.arguments.iter().collect(),
        Formula::Number(_) | Formula::Decimal(_) | Formula::Constant(_) | Formula::Symbol(_) | Formula::Missing(_) => {
            Vec::new()
        }
    }
}
