//! Plain ASCII text: `1/(2*sigma^4)`.

use super::super::expression::{Constant, Function};
use super::names;
use super::tree::{Call, Formula};

/// How tightly a part of a formula holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Sum,
    Product,
    Power,
    Atom,
}

/// The formula in plain text.
pub(super) fn written(formula: &Formula) -> String {
    match formula {
        Formula::Number(n) => n.to_string(),
        Formula::Decimal(digits) => digits.clone(),
        Formula::Constant(constant) => self::constant(constant),
        Formula::Symbol(symbol) => names::text(symbol.name()),
        Formula::Negative(of) => format!("-{}", at_least(of, Level::Product)),
        Formula::Sum(terms) => sum(terms),
        Formula::Product(factors) => {
            factors.iter().map(|factor| at_least(factor, Level::Power)).collect::<Vec<_>>().join("*")
        }
        Formula::Fraction(over, under) => {
            let needed = if matches!(**over, Formula::Fraction(..)) { Level::Power } else { Level::Product };
            format!("{}/{}", at_least(over, needed), at_least(under, Level::Power))
        }
        Formula::Power(base, exponent) => {
            format!("{}^{}", at_least(base, Level::Atom), at_least(exponent, Level::Atom))
        }
        Formula::Root(of) => format!("sqrt({})", written(of)),
        Formula::Exponential(of) => format!("exp({})", written(of)),
        Formula::Absolute(of) => format!("abs({})", written(of)),
        Formula::Call(call) => {
            let arguments: Vec<_> = call.arguments.iter().map(written).collect();
            format!("{}({})", name(call), arguments.join(", "))
        }
        Formula::Missing(obstacle) => format!("[{obstacle}]"),
    }
}

fn sum(terms: &[Formula]) -> String {
    let mut text = String::new();
    for (position, term) in terms.iter().enumerate() {
        match (position, term) {
            (0, _) => text += &written(term),
            (_, Formula::Negative(of)) => text += &format!(" - {}", at_least(of, Level::Product)),
            _ => text += &format!(" + {}", at_least(term, Level::Product)),
        }
    }
    text
}

fn at_least(formula: &Formula, needed: Level) -> String {
    if level(formula) < needed { format!("({})", written(formula)) } else { written(formula) }
}

fn level(formula: &Formula) -> Level {
    match formula {
        Formula::Sum(_) | Formula::Negative(_) => Level::Sum,
        Formula::Product(_) | Formula::Fraction(..) => Level::Product,
        Formula::Power(..) => Level::Power,
        Formula::Symbol(symbol) if names::is_composite(symbol.name()) => Level::Product,
        Formula::Symbol(symbol) if names::text(symbol.name()).contains('^') => Level::Power,
        _ => Level::Atom,
    }
}

fn constant(constant: &Constant) -> String {
    match constant {
        Constant::Integer(n) => n.to_string(),
        Constant::Pi => "pi".into(),
        Constant::E => "e".into(),
        Constant::EulerGamma => "gamma".into(),
        Constant::Decimal(bits) => f64::from_bits(*bits).to_string(),
        Constant::Named(name, _) => names::text(name),
    }
}

/// The name of a function.
pub(super) fn name(call: &Call) -> String {
    let name = match call.function {
        Function::Ln => "ln",
        Function::Exp => "exp",
        Function::Sin => "sin",
        Function::Cos => "cos",
        Function::Asin => "arcsin",
        Function::Acos => "arccos",
        Function::Atan => "arctan",
        Function::Abs => "abs",
        Function::Polygamma(0) => "psi",
        Function::Polygamma(order) => return format!("psi_{order}"),
        Function::Erf => "erf",
        Function::BesselRatio => "A",
        Function::GammaP => "P",
        Function::GammaQ => "Q",
        Function::Beta => "I",
        Function::LnGamma => ["lnGamma", "Gamma"][usize::from(call.raised)],
        Function::LnNormCdf => ["lnPhi", "Phi"][usize::from(call.raised)],
        Function::LnBesselI0 => ["lnI_0", "I_0"][usize::from(call.raised)],
        Function::LnZeta(0) => ["lnzeta", "zeta"][usize::from(call.raised)],
        Function::LnZeta(order) => return format!("lnzeta{}", "'".repeat(order as usize)),
    };
    name.into()
}
