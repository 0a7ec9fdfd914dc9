//! Rust source of numbers and of operations on them.

use crate::recording::Relation;
use crate::recording::graph::{Binary, Unary};

/// A number that is read as itself.
pub(super) fn literal(value: f64) -> String {
    if value.is_nan() {
        return "f64::NAN".to_owned();
    }
    match (value.is_infinite(), value.is_sign_negative()) {
        (true, false) => "f64::INFINITY".to_owned(),
        (true, true) => "f64::NEG_INFINITY".to_owned(),
        // Operators need no parentheses about a negative number, since there are no methods called on numbers.
        (false, _) => format!("{value:?}"),
    }
}

/// Whether a comparison comes out as recorded.
pub(super) fn comparison(left: &str, relation: Relation, right: &str, holds: bool) -> String {
    let relation = match relation {
        Relation::Less => "<",
        Relation::LessOrEqual => "<=",
        Relation::Equal => "==",
    };
    if holds { format!("{left} {relation} {right}") } else { format!("!({left} {relation} {right})") }
}

/// xⁿ by multiplications, which are vector instructions; a product of many factors is left to `powi`.
pub(super) fn integer_power(x: &str, n: i32) -> String {
    const MOST: u32 = 16;
    let size = n.unsigned_abs();
    match (size, n < 0) {
        (0, _) => "1.0".to_owned(),
        (1..=MOST, false) => product(x, size),
        (1..=MOST, true) => format!("1.0 / ({})", product(x, size)),
        _ => format!("f64::powi({x}, {n})"),
    }
}

fn product(x: &str, n: u32) -> String {
    match n {
        0 | 1 => x.to_owned(),
        2 => format!("{x} * {x}"),
        _ if n.is_multiple_of(2) => format!("({0}) * ({0})", product(x, n / 2)),
        _ => format!("({}) * {x}", product(x, n - 1)),
    }
}

/// An operator; `None` for a function.
pub(super) fn operator(function: Binary, a: &str, b: &str) -> Option<String> {
    let sign = match function {
        Binary::Add => '+',
        Binary::Subtract => '-',
        Binary::Multiply => '*',
        Binary::Divide => '/',
        Binary::Remainder => '%',
        Binary::Power | Binary::Atan2 => return None,
    };
    Some(format!("{a} {sign} {b}"))
}

/// A function as the standard library computes it; `None` if it has none.
pub(super) fn standard(function: Unary, x: &str) -> Option<String> {
    let name = match function {
        Unary::Negate => return Some(format!("-{x}")),
        Unary::Reciprocal => return Some(format!("1.0 / {x}")),
        Unary::SphericalBessel(_) => return None,
        Unary::Abs => "abs",
        Unary::Sign => "signum",
        Unary::SquareRoot => "sqrt",
        Unary::CubeRoot => "cbrt",
        Unary::Exp => "exp",
        Unary::Exp2 => "exp2",
        Unary::ExpM1 => "exp_m1",
        Unary::Ln => "ln",
        Unary::Log2 => "log2",
        Unary::Log10 => "log10",
        Unary::Ln1p => "ln_1p",
        Unary::Sin => "sin",
        Unary::Cos => "cos",
        Unary::Tan => "tan",
        Unary::Asin => "asin",
        Unary::Acos => "acos",
        Unary::Atan => "atan",
        Unary::Sinh => "sinh",
        Unary::Cosh => "cosh",
        Unary::Tanh => "tanh",
        Unary::Asinh => "asinh",
        Unary::Acosh => "acosh",
        Unary::Atanh => "atanh",
    };
    Some(format!("f64::{name}({x})"))
}
