//! Rust source of a formula over a generic `D: Scalar`.
//!
//! A part of a formula is either a number, an `f64`, or a `D`. Rust does not let a number stand to the left of a `D`: numbers come last in
//! sums and products.

use super::super::super::expression::{Constant, Function};
use super::super::rewrite::is_logarithm;
use super::super::tree::{Call, Formula};
use super::identifiers::Identifiers;
use num_bigint::BigInt;
use num_traits::{One, ToPrimitive};
use std::collections::BTreeMap;

/// How tightly a part holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Sum,
    Product,
    Sign,
    Method,
}

/// The source of a part of a formula.
struct Code {
    text: String,
    level: Level,
    /// Whether it is an `f64`.
    number: bool,
}

/// What a formula is written with: the names of variables, and of parts that are bound already.
pub(super) struct Writer {
    pub identifiers: Identifiers,
    pub bound: BTreeMap<Formula, String>,
}

impl Writer {
    /// The source of a value of type `D`.
    pub(super) fn value(&self, formula: &Formula) -> String {
        let code = self.code(formula);
        if code.number { format!("D::from({})", code.text) } else { code.text }
    }

    fn code(&self, formula: &Formula) -> Code {
        if let Some(name) = self.bound.get(formula) {
            return scalar(name.clone(), Level::Method);
        }
        match formula {
            Formula::Number(n) => number(literal(n.to_f64().unwrap_or(f64::INFINITY)), Level::Method),
            Formula::Decimal(digits) => number(literal(digits.parse().unwrap_or(f64::NAN)), Level::Method),
            Formula::Constant(constant) => number(self::constant(constant), Level::Method),
            Formula::Symbol(symbol) => scalar(self.identifiers.variable(symbol), Level::Method),
            Formula::Negative(of) => {
                let of = self.code(of);
                // (−a)·b is −(a·b).
                let level = if of.level == Level::Product { Level::Product } else { Level::Sign };
                Code { text: format!("-{}", at_least(&of, Level::Product)), level, number: of.number }
            }
            Formula::Sum(terms) => self.sum(terms),
            Formula::Product(factors) => self.product(factors),
            Formula::Fraction(over, under) => self.fraction(over, under),
            Formula::Power(base, exponent) => self.power(base, exponent),
            Formula::Root(of) => method(&self.code(of), "sqrt", ""),
            Formula::Exponential(of) => method(&self.code(of), "exp", ""),
            Formula::Absolute(of) => method(&self.code(of), "abs", ""),
            Formula::Call(call) => self.call(call),
            Formula::Missing(obstacle) => number(format!("f64::NAN /* {obstacle} */"), Level::Sum),
        }
    }

    /// Terms, the numbers last.
    fn sum(&self, terms: &[Formula]) -> Code {
        let codes: Vec<(bool, Code)> = terms
            .iter()
            .map(|term| match term {
                Formula::Negative(of) => (true, self.code(of)),
                other => (false, self.code(other)),
            })
            .collect();
        let (numbers, others): (Vec<_>, Vec<_>) = codes.into_iter().partition(|(_, code)| code.number);
        let all_numbers = others.is_empty();
        let mut text = String::new();
        for (negative, code) in others.iter().chain(&numbers) {
            text += match (text.is_empty(), negative) {
                (true, true) => "-",
                (true, false) => "",
                (false, true) => " - ",
                (false, false) => " + ",
            };
            text += &at_least(code, Level::Product);
        }
        Code { text, level: Level::Sum, number: all_numbers }
    }

    /// Factors, the numbers last.
    fn product(&self, factors: &[Formula]) -> Code {
        let codes = factors.iter().map(|factor| self.code(factor));
        let (numbers, others): (Vec<_>, Vec<_>) = codes.partition(|code| code.number);
        let joined =
            |codes: &[Code]| codes.iter().map(|code| at_least(code, Level::Sign)).collect::<Vec<_>>().join(" * ");
        match (others.is_empty(), numbers.len()) {
            (true, _) => number(joined(&numbers), Level::Product),
            (_, 0) => scalar(joined(&others), Level::Product),
            (_, 1) => scalar(format!("{} * {}", joined(&others), joined(&numbers)), Level::Product),
            _ => scalar(format!("{} * ({})", joined(&others), joined(&numbers)), Level::Product),
        }
    }

    fn fraction(&self, over: &Formula, under: &Formula) -> Code {
        let unit = matches!(over, Formula::Number(n) if n.is_one());
        let (over, under) = (self.code(over), self.code(under));
        if over.number && !under.number {
            let reciprocal = method(&under, "recip", "");
            if unit {
                return reciprocal;
            }
            return scalar(format!("{} * {}", reciprocal.text, at_least(&over, Level::Sign)), Level::Product);
        }
        let text = format!("{} / {}", at_least(&over, Level::Product), at_least(&under, Level::Sign));
        Code { text, level: Level::Product, number: over.number && under.number }
    }

    fn power(&self, base: &Formula, exponent: &Formula) -> Code {
        let exponent = match exponent {
            Formula::Number(n) if n <= &BigInt::from(i32::MAX) => {
                return method(&self.code(base), "powi", &n.to_string());
            }
            other => self.code(other),
        };
        if exponent.number {
            return method(&self.code(base), "powf", &exponent.text);
        }
        let logarithm = self.logarithm(base);
        let (first, second) = if logarithm.number { (&exponent, &logarithm) } else { (&logarithm, &exponent) };
        let product = format!("{} * {}", at_least(first, Level::Sign), at_least(second, Level::Sign));
        method(&scalar(product, Level::Product), "exp", "")
    }

    /// ln u; that of 1 + v to full accuracy for small v.
    fn logarithm(&self, argument: &Formula) -> Code {
        if let Formula::Sum(terms) = argument {
            let others: Vec<_> = terms.iter().filter(|term| **term != Formula::number(1)).cloned().collect();
            if others.len() + 1 == terms.len() {
                return method(&self.code(&Formula::sum(others)), "ln_1p", "");
            }
        }
        method(&self.code(argument), "ln", "")
    }

    fn call(&self, Call { function, raised, arguments }: &Call) -> Code {
        let [first, others @ ..] = arguments.as_slice() else { return number("f64::NAN".into(), Level::Method) };
        if *function == Function::Ln {
            return self.logarithm(first);
        }
        let order = match function {
            Function::Polygamma(order @ 1..) | Function::LnZeta(order @ 1..) => Some(order.to_string()),
            _ => None,
        };
        let inside: Vec<_> = others.iter().map(|argument| self.value(argument)).chain(order).collect();
        let mut argument = self.code(first);
        if argument.number && !is_elementary(*function) {
            argument = scalar(self.value(first), Level::Method);
        }
        let value = method(&argument, name(*function), &inside.join(", "));
        if *raised && is_logarithm(*function) { method(&value, "exp", "") } else { value }
    }
}

/// Whether `f64` has the function as a method of its own.
fn is_elementary(function: Function) -> bool {
    use Function::{Abs, Acos, Asin, Atan, Cos, Exp, Ln, Sin};
    matches!(function, Abs | Acos | Asin | Atan | Cos | Exp | Ln | Sin)
}

fn number(text: String, level: Level) -> Code {
    Code { text, level, number: true }
}

fn scalar(text: String, level: Level) -> Code {
    Code { text, level, number: false }
}

fn at_least(code: &Code, needed: Level) -> String {
    if code.level < needed { format!("({})", code.text) } else { code.text.clone() }
}

/// A method of a value; of a number by its path, since the type of a literal is open.
fn method(code: &Code, name: &str, arguments: &str) -> Code {
    let text = if code.number {
        let separator = if arguments.is_empty() { "" } else { ", " };
        format!("f64::{name}({}{separator}{arguments})", code.text)
    } else {
        format!("{}.{name}({arguments})", at_least(code, Level::Method))
    };
    Code { text, level: Level::Method, number: code.number }
}

/// A positive number that is read as itself.
fn literal(value: f64) -> String {
    if value.is_finite() { format!("{value:?}") } else { "f64::INFINITY".into() }
}

fn constant(constant: &Constant) -> String {
    match constant {
        Constant::Pi => "std::f64::consts::PI".into(),
        Constant::E => "std::f64::consts::E".into(),
        other => literal(other.value()),
    }
}

/// The method that computes a function.
pub(super) fn name(function: Function) -> &'static str {
    match function {
        Function::Ln => "ln",
        Function::Exp => "exp",
        Function::Sin => "sin",
        Function::Cos => "cos",
        Function::Asin => "asin",
        Function::Acos => "acos",
        Function::Atan => "atan",
        Function::Abs => "abs",
        Function::LnGamma => "ln_gamma",
        Function::Polygamma(0) => "digamma",
        Function::Polygamma(_) => "polygamma",
        Function::Erf => "erf",
        Function::LnNormCdf => "ln_norm_cdf",
        Function::LnBesselI0 => "ln_bessel_i0",
        Function::BesselRatio => "bessel_ratio",
        Function::LnZeta(0) => "ln_zeta",
        Function::LnZeta(_) => "ln_zeta_derivative",
        Function::GammaP => "regularized_gamma_p",
        Function::GammaQ => "regularized_gamma_q",
        Function::Beta => "regularized_beta",
    }
}
