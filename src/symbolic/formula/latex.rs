//! LaTeX: `\frac{1}{2\sigma^{4}}`.

use super::super::expression::{Constant, Function};
use super::names;
use super::rewrite::is_logarithm;
use super::tree::{Call, Formula};
use super::unicode::takes_bare;

/// How tightly a part of a formula holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Sum,
    Product,
    /// A function without brackets round its argument.
    Applied,
    /// A fraction, a power.
    Power,
    Atom,
}

/// Where on the page a part stands.
#[derive(Clone, Copy)]
struct Place {
    /// Whether it is an exponent, where a fraction has a slash.
    raised: bool,
    /// Whether nothing follows that could be taken for the argument of a function.
    last: bool,
}

impl Place {
    const LINE: Self = Self { raised: false, last: true };

    fn inside(self) -> Self {
        Self { last: true, ..self }
    }

    fn before_others(self) -> Self {
        Self { last: false, ..self }
    }
}

/// The formula in LaTeX.
pub(super) fn written(formula: &Formula) -> String {
    part(formula, Place::LINE)
}

fn part(formula: &Formula, place: Place) -> String {
    match formula {
        Formula::Number(n) => n.to_string(),
        Formula::Decimal(digits) => decimal(digits),
        Formula::Constant(constant) => self::constant(constant),
        Formula::Symbol(symbol) => names::latex(symbol.name()),
        Formula::Negative(of) => format!("-{}", at_least(of, Level::Product, place)),
        Formula::Sum(terms) => sum(terms, place),
        Formula::Product(factors) => product(factors, place),
        Formula::Fraction(over, under) if place.raised => {
            let needed = if matches!(**over, Formula::Fraction(..)) { Level::Applied } else { Level::Product };
            let over = at_least(over, needed, place.before_others());
            let under = match &**under {
                Formula::Call(call) => self::call(call, place.before_others()),
                other => at_least(other, Level::Power, place.before_others()),
            };
            format!("{over}/{under}")
        }
        Formula::Fraction(over, under) => format!("\\frac{{{}}}{{{}}}", written(over), written(under)),
        Formula::Power(base, exponent) => {
            let base = at_least(base, Level::Atom, place.before_others());
            format!("{base}^{{{}}}", part(exponent, Place { raised: true, last: true }))
        }
        Formula::Root(of) => format!("\\sqrt{{{}}}", part(of, place.inside())),
        Formula::Exponential(of) => format!("e^{{{}}}", part(of, Place { raised: true, last: true })),
        Formula::Absolute(of) => delimited("|", of, "|", place),
        Formula::Call(call) => self::call(call, place),
        Formula::Missing(obstacle) => format!("\\text{{[{obstacle}]}}"),
    }
}

fn sum(terms: &[Formula], place: Place) -> String {
    let place = place.inside();
    let mut text = String::new();
    for (position, term) in terms.iter().enumerate() {
        match (position, term) {
            (0, _) => text += &part(term, place),
            (_, Formula::Negative(of)) => text += &format!(" - {}", at_least(of, Level::Product, place)),
            _ => text += &format!(" + {}", at_least(term, Level::Product, place)),
        }
    }
    text
}

fn product(factors: &[Formula], place: Place) -> String {
    let mut text = String::new();
    for (position, factor) in factors.iter().enumerate() {
        let last = place.last && position + 1 == factors.len();
        let next = match factor {
            Formula::Symbol(symbol) if names::is_composite(symbol.name()) && !last => {
                delimited("(", factor, ")", place)
            }
            _ => at_least(factor, Level::Applied, Place { last, ..place }),
        };
        if let Some(before) = position.checked_sub(1).and_then(|before| factors.get(before)) {
            text += between(before, &text, &next);
        }
        text += &next;
    }
    text
}

/// What keeps two factors apart: a dot between numbers, a thin space beside words, and a space where a command would swallow a letter.
fn between(left: &Formula, text: &str, next: &str) -> &'static str {
    let is_number = matches!(left, Formula::Number(_) | Formula::Decimal(_));
    let after_command = text.rfind('\\').is_some_and(|at| text[at + 1..].chars().all(|c| c.is_ascii_alphabetic()));
    if is_number && next.starts_with(|c: char| c.is_ascii_digit()) {
        " \\cdot "
    } else if next.starts_with("\\mathrm") || is_word(left) {
        "\\,"
    } else if after_command && next.starts_with(|c: char| c.is_ascii_alphabetic()) {
        " "
    } else {
        ""
    }
}

fn is_word(formula: &Formula) -> bool {
    matches!(formula, Formula::Symbol(symbol) if names::is_word(symbol.name()))
}

fn at_least(formula: &Formula, needed: Level, place: Place) -> String {
    if level(formula, place) < needed { delimited("(", formula, ")", place) } else { part(formula, place) }
}

/// Between brackets, which grow with what is in them.
fn delimited(open: &str, formula: &Formula, close: &str, place: Place) -> String {
    surrounded(open, &part(formula, place.inside()), close)
}

fn surrounded(open: &str, inside: &str, close: &str) -> String {
    let tall = inside.contains("\\frac");
    if tall { format!("\\left{open}{inside}\\right{close}") } else { format!("{open}{inside}{close}") }
}

fn level(formula: &Formula, place: Place) -> Level {
    match formula {
        Formula::Sum(_) | Formula::Negative(_) => Level::Sum,
        Formula::Product(_) => Level::Product,
        Formula::Fraction(..) if place.raised => Level::Product,
        Formula::Decimal(digits) if digits.contains('e') => Level::Product,
        Formula::Symbol(symbol) if names::is_composite(symbol.name()) => Level::Applied,
        Formula::Symbol(symbol) if names::root(symbol.name()).is_some() => Level::Power,
        Formula::Call(call) if is_applied(call) => Level::Applied,
        Formula::Fraction(..) | Formula::Power(..) | Formula::Exponential(_) => Level::Power,
        _ => Level::Atom,
    }
}

/// Whether the name of the function is a word, so that an exponent behind the argument would be ambiguous.
fn is_applied(call: &Call) -> bool {
    takes_bare(call.function) || matches!(call.function, Function::Erf) || (is_logarithm(call.function) && !call.raised)
}

fn decimal(digits: &str) -> String {
    match digits.split_once('e') {
        Some(("1", power)) => format!("10^{{{power}}}"),
        Some((digits, power)) => format!("{digits} \\cdot 10^{{{power}}}"),
        None => digits.into(),
    }
}

fn constant(constant: &Constant) -> String {
    match constant {
        Constant::Integer(n) => n.to_string(),
        Constant::Pi => "\\pi".into(),
        Constant::E => "e".into(),
        Constant::EulerGamma => "\\gamma".into(),
        Constant::Decimal(bits) => decimal(&f64::from_bits(*bits).to_string()),
        Constant::Named(name, _) => names::latex(name),
    }
}

fn call(call: &Call, place: Place) -> String {
    let list = |arguments: &[Formula]| {
        let parts: Vec<_> = arguments.iter().map(|argument| part(argument, place.inside())).collect();
        surrounded("(", &parts.join(", "), ")")
    };
    let logarithm = |of: &str| if call.raised { of.to_owned() } else { format!("\\ln{of}") };
    let name: String = match call.function {
        Function::Ln => "\\ln".into(),
        Function::Exp => "\\exp".into(),
        Function::Sin => "\\sin".into(),
        Function::Cos => "\\cos".into(),
        Function::Asin => "\\arcsin".into(),
        Function::Acos => "\\arccos".into(),
        Function::Atan => "\\arctan".into(),
        Function::Abs => "\\operatorname{abs}".into(),
        Function::Polygamma(0) => "\\psi".into(),
        Function::Polygamma(order @ 1..=2) => format!("\\psi_{{{order}}}"),
        Function::Polygamma(order) => format!("\\psi^{{({order})}}"),
        Function::Erf => "\\operatorname{erf}".into(),
        Function::BesselRatio => "A".into(),
        Function::GammaP => "P".into(),
        Function::GammaQ => "Q".into(),
        Function::LnGamma => logarithm("\\Gamma"),
        Function::LnNormCdf => logarithm("\\Phi"),
        Function::LnBesselI0 if call.raised => "I_{0}".into(),
        Function::LnBesselI0 => "\\ln I_{0}".into(),
        Function::LnZeta(0) => logarithm("\\zeta"),
        Function::LnZeta(order @ 1..=3) => format!("(\\ln\\zeta){}", "'".repeat(order as usize)),
        Function::LnZeta(order) => format!("(\\ln\\zeta)^{{({order})}}"),
        Function::Beta => match call.arguments.split_first() {
            Some((x, shapes)) => {
                return format!("I_{{{}}}{}", part(x, Place { raised: true, last: true }), list(shapes));
            }
            None => "I".into(),
        },
    };
    match call.arguments.as_slice() {
        [argument] if place.last && takes_bare(call.function) && stands_alone(argument) => {
            let argument = part(argument, place);
            let space = if argument.starts_with('\\') { "" } else { " " };
            format!("{name}{space}{argument}")
        }
        arguments => format!("{name}{}", list(arguments)),
    }
}

/// Whether it is an argument that needs no brackets.
fn stands_alone(formula: &Formula) -> bool {
    match formula {
        Formula::Number(_) | Formula::Constant(_) | Formula::Absolute(_) => true,
        Formula::Symbol(_) => level(formula, Place::LINE) == Level::Atom,
        Formula::Call(call) => !is_applied(call),
        _ => false,
    }
}
