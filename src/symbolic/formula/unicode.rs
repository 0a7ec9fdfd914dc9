//! Unicode, as it is written on one line: 1/(2σ⁴).

use super::super::expression::{Constant, Function};
use super::names;
use super::rewrite::is_logarithm;
use super::tree::{Call, Formula};

/// How tightly a part of a formula holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Sum,
    Product,
    /// A function without brackets round its argument.
    Applied,
    Power,
    Atom,
}

/// The formula in Unicode.
pub(super) fn written(formula: &Formula) -> String {
    part(formula, true)
}

/// A part of a formula. What follows it on the line, if it is not the last, must not be taken for the argument of a function.
fn part(formula: &Formula, last: bool) -> String {
    match formula {
        Formula::Number(n) => n.to_string(),
        Formula::Decimal(digits) => decimal(digits),
        Formula::Constant(constant) => self::constant(constant),
        Formula::Symbol(symbol) => symbol.name().into(),
        Formula::Negative(of) => format!("−{}", at_least(of, Level::Product, last)),
        Formula::Sum(terms) => sum(terms),
        Formula::Product(factors) => product(factors, last),
        Formula::Fraction(over, under) => {
            let needed = if matches!(**over, Formula::Fraction(..)) { Level::Applied } else { Level::Product };
            let under = match &**under {
                Formula::Call(call) => self::call(call, false),
                other => at_least(other, Level::Power, false),
            };
            format!("{}/{under}", at_least(over, needed, false))
        }
        Formula::Power(base, exponent) => {
            let base = at_least(base, Level::Atom, false);
            match &**exponent {
                Formula::Number(n) => format!("{base}{}", names::superscript(&n.to_string()).unwrap_or_default()),
                other => format!("{base}^{}", token(other)),
            }
        }
        Formula::Root(of) => format!("√{}", token(of)),
        Formula::Exponential(of) => format!("e^{}", token(of)),
        Formula::Absolute(of) => format!("|{}|", written(of)),
        Formula::Call(call) => self::call(call, last),
        Formula::Missing(obstacle) => format!("[{obstacle}]"),
    }
}

fn sum(terms: &[Formula]) -> String {
    let mut text = String::new();
    for (position, term) in terms.iter().enumerate() {
        match (position, term) {
            (0, _) => text += &written(term),
            (_, Formula::Negative(of)) => text += &format!(" − {}", at_least(of, Level::Product, true)),
            _ => text += &format!(" + {}", at_least(term, Level::Product, true)),
        }
    }
    text
}

fn product(factors: &[Formula], last: bool) -> String {
    let mut text = String::new();
    for (position, factor) in factors.iter().enumerate() {
        let ends = position + 1 == factors.len();
        let next = match factor {
            Formula::Symbol(symbol) if names::is_composite(symbol.name()) && !(last && ends) => {
                format!("({})", symbol.name())
            }
            _ => at_least(factor, Level::Applied, last && ends),
        };
        if let Some(before) = position.checked_sub(1).and_then(|before| factors.get(before)) {
            text += between(before, factor, &next);
        }
        text += &next;
    }
    text
}

/// What keeps two factors apart.
fn between(left: &Formula, right: &Formula, next: &str) -> &'static str {
    let is_word = |formula: &Formula| matches!(formula, Formula::Symbol(symbol) if names::is_word(symbol.name()));
    let is_number = |formula: &Formula| matches!(formula, Formula::Number(_) | Formula::Decimal(_));
    let open = match left {
        Formula::Power(_, exponent) => !matches!(**exponent, Formula::Number(_)),
        Formula::Exponential(_) | Formula::Root(_) => true,
        _ => false,
    };
    let named = matches!(right, Formula::Call(_) | Formula::Symbol(_))
        && next.chars().take_while(char::is_ascii_lowercase).count() > 1;
    if is_word(left) || is_word(right) || (is_number(left) && next.starts_with(|c: char| c.is_ascii_digit())) {
        "·"
    } else if open || named {
        " "
    } else {
        ""
    }
}

/// In brackets unless it is one letter or number.
fn token(formula: &Formula) -> String {
    match formula {
        Formula::Number(_) | Formula::Constant(_) => written(formula),
        Formula::Symbol(symbol) if names::is_letter(symbol.name()) && level(formula) == Level::Atom => written(formula),
        _ => format!("({})", written(formula)),
    }
}

fn at_least(formula: &Formula, needed: Level, last: bool) -> String {
    if level(formula) < needed { format!("({})", written(formula)) } else { part(formula, last) }
}

fn level(formula: &Formula) -> Level {
    match formula {
        Formula::Sum(_) | Formula::Negative(_) => Level::Sum,
        Formula::Product(_) | Formula::Fraction(..) => Level::Product,
        Formula::Decimal(digits) if digits.contains('e') => Level::Applied,
        Formula::Symbol(symbol) if names::is_composite(symbol.name()) => Level::Applied,
        Formula::Symbol(symbol) if names::root(symbol.name()).is_some() => Level::Power,
        Formula::Call(call) if is_applied(call) => Level::Applied,
        Formula::Power(..) | Formula::Root(_) | Formula::Exponential(_) => Level::Power,
        _ => Level::Atom,
    }
}

/// Whether the name of the function is a word, so that an exponent behind the argument would be ambiguous.
fn is_applied(call: &Call) -> bool {
    takes_bare(call.function) || (is_logarithm(call.function) && !call.raised)
}

fn decimal(digits: &str) -> String {
    let Some((digits, power)) = digits.split_once('e') else { return digits.into() };
    let (sign, size) = power.strip_prefix('-').map_or(("", power), |size| ("⁻", size));
    let digits = if digits == "1" { String::new() } else { format!("{digits}·") };
    format!("{digits}10{sign}{}", names::superscript(size).unwrap_or_default())
}

fn constant(constant: &Constant) -> String {
    match constant {
        Constant::Integer(n) => n.to_string(),
        Constant::Pi => "π".into(),
        Constant::E => "e".into(),
        Constant::EulerGamma => "γ".into(),
        Constant::Decimal(bits) => decimal(&format!("{}", f64::from_bits(*bits))),
        Constant::Named(name, _) => name.to_string(),
    }
}

fn call(call: &Call, last: bool) -> String {
    let list = |arguments: &[Formula]| arguments.iter().map(written).collect::<Vec<_>>().join(", ");
    let logarithm = |of: &str| match (call.raised, last) {
        (true, _) => of.to_owned(),
        (_, true) => format!("ln {of}"),
        (_, false) => format!("ln{of}"),
    };
    let name: String = match call.function {
        Function::Ln => "ln".into(),
        Function::Exp => "exp".into(),
        Function::Sin => "sin".into(),
        Function::Cos => "cos".into(),
        Function::Asin => "arcsin".into(),
        Function::Acos => "arccos".into(),
        Function::Atan => "arctan".into(),
        Function::Abs => "abs".into(),
        Function::Polygamma(0) => "ψ".into(),
        Function::Polygamma(order) => format!("ψ{}", names::subscript(&order.to_string())),
        Function::Erf => "erf".into(),
        Function::BesselRatio => "A".into(),
        Function::GammaP => "P".into(),
        Function::GammaQ => "Q".into(),
        Function::LnGamma => logarithm("Γ"),
        Function::LnNormCdf => logarithm("Φ"),
        Function::LnBesselI0 => logarithm("I₀"),
        Function::LnZeta(0) => logarithm("ζ"),
        Function::LnZeta(order @ 1..=3) => format!("(ln ζ){}", ["′", "″", "‴"][order as usize - 1]),
        Function::LnZeta(order) => format!("(ln ζ)⁽{}⁾", names::superscript(&order.to_string()).unwrap_or_default()),
        Function::Beta => match call.arguments.split_first() {
            Some((x, shapes)) => return format!("I_{}({})", token(x), list(shapes)),
            None => "I".into(),
        },
    };
    match call.arguments.as_slice() {
        [argument] if last && takes_bare(call.function) && stands_alone(argument) => {
            format!("{name} {}", written(argument))
        }
        arguments => format!("{name}({})", list(arguments)),
    }
}

/// Whether a function may be written without brackets: ln x.
pub(super) fn takes_bare(function: Function) -> bool {
    use Function::{Acos, Asin, Atan, Cos, Ln, Sin};
    matches!(function, Ln | Sin | Cos | Asin | Acos | Atan)
}

/// Whether it is an argument that needs no brackets.
fn stands_alone(formula: &Formula) -> bool {
    match formula {
        Formula::Number(_) | Formula::Constant(_) | Formula::Absolute(_) => true,
        Formula::Symbol(_) => level(formula) == Level::Atom,
        Formula::Call(call) => !is_applied(call),
        _ => false,
    }
}
