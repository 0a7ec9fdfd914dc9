//! Parameters and observations as variables.

use super::expression::{Expression, Role, Symbol};
use crate::model::Parameter;

/// Parameters as variables.
pub(super) fn symbols_of(parameters: Vec<Parameter>, at: &[f64]) -> Vec<Symbol> {
    let described = parameters.into_iter().zip(at).enumerate();
    described.map(|(i, (p, &value))| Symbol::new(Role::Parameter, i, p.symbol, p.domain, value)).collect()
}

/// A number as a subscript.
pub(super) fn subscript(n: usize) -> String {
    const DIGITS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    n.to_string().chars().filter_map(|digit| digit.to_digit(10)).map(|digit| DIGITS[digit as usize]).collect()
}

/// Each variable as an expression.
pub(super) fn expressions(symbols: &[Symbol]) -> Vec<Expression> {
    symbols.iter().map(Expression::symbol).collect()
}

/// The coordinates, the last of which is what the others leave of a fixed sum.
pub(super) fn coordinates(data: &[Symbol], total: Option<f64>) -> Vec<Expression> {
    let mut coordinates = expressions(data);
    if let (Some(total), Some((last, others))) = (total, coordinates.split_last_mut()) {
        *last = &Expression::recognise(total) - &others.iter().cloned().sum();
    }
    coordinates
}
