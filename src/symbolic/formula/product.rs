//! A product as a fraction: what divides goes below the line, square roots under one root, signs in front.

use super::super::expression::{Application, Atom, Constant, Exponent, Expression, Function, Monomial, Rational, Role};
use super::arrange::{Style, arranged};
use super::conjugates;
use super::exponentials::Exponentials;
use super::order::leads_positive;
use super::rewrite::is_logarithm;
use super::tree::{Call, Formula};
use super::unicode::takes_bare;
use super::{names, number};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

/// The order of factors; the number comes first of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Number,
    Constant,
    Parameter(usize),
    Datum(usize),
    Exponential,
    Bracket,
    Root,
    /// ψ₁(α)
    Function,
    /// ln x, whose argument ends where the product does.
    Applied,
}

/// A factor with a positive exponent.
struct Factor {
    kind: Kind,
    formula: Formula,
    exponent: Exponent,
}

/// The two sides of a fraction.
#[derive(Default)]
struct Sides {
    over: Vec<Factor>,
    under: Vec<Factor>,
}

impl Sides {
    fn push(&mut self, kind: Kind, formula: Formula, exponent: Exponent) {
        let side = if exponent.is_negative() { &mut self.under } else { &mut self.over };
        side.push(Factor { kind, formula, exponent: exponent.abs() });
    }
}

/// c·m as it is written.
pub(super) fn product(coefficient: &Rational, monomial: &Monomial, style: Style<'_>) -> Formula {
    let joined = if style.computed { monomial.clone() } else { conjugates::joined(monomial) };
    let (coefficient, monomial) = number::roots_below(coefficient, &joined);
    let Exponentials { product, exponent, powers, raised } = Exponentials::of(&monomial);
    let mut negative = coefficient.is_negative();
    let mut sides = Sides::default();
    let mut brackets = Vec::new();
    for (atom, exponent) in product.factors() {
        match atom {
            Atom::Sum(sum) => brackets.push(Bracket::new(sum, exponent, &mut negative)),
            Atom::Function(call) if is_odd(call.function) && exponent.is_integer() => {
                let mut call = Application::clone(call);
                if let Some(argument) = call.arguments.first_mut().filter(|argument| begins_with_minus(argument)) {
                    *argument = -&*argument;
                    negative ^= exponent.to_integer().is_odd();
                }
                sides.push(kind(atom), application(&call, false, style), exponent);
            }
            _ => sides.push(kind(atom), factor(atom, style), exponent),
        }
    }
    // √(−a)√(−b) = √(ab) for negative a and b, and so with quotients.
    let half = Exponent::new(1, 2);
    let is_hidden = |bracket: &&mut Bracket| bracket.exponent.abs() == half && bracket.sum.single().is_some();
    let mut hidden: Vec<&mut Bracket> = brackets.iter_mut().filter(is_hidden).collect();
    for bracket in hidden.chunks_exact_mut(2).flatten() {
        bracket.sum = -&bracket.sum;
    }
    // A minus sign in front of everything is taken into a bracket above the line that may have either sign.
    let above = |bracket: &Bracket| bracket.takes_sign && bracket.exponent.is_positive();
    if let Some(bracket) = brackets.iter_mut().find(|bracket| negative && above(bracket)) {
        bracket.sum = -&bracket.sum;
        negative = false;
    }
    for Bracket { sum, exponent, .. } in brackets {
        sides.push(Kind::Bracket, arranged(&sum, style), exponent);
    }
    for (call, exponent) in raised {
        sides.push(Kind::Function, application(&call, true, style), exponent);
    }
    for (exponent, bases) in powers {
        let kind = bases.iter().map(|(atom, _)| kind(atom)).max().unwrap_or(Kind::Bracket);
        let (base, sign) = base_of_power(bases, style);
        sides.push(kind, Formula::Power(base.into(), arranged(&exponent, style).into()), sign);
    }
    if let Some(exponent) = exponent {
        let exponent = arranged(&exponent, style);
        sides.push(Kind::Exponential, Formula::Exponential(exponent.into()), Exponent::one());
    }
    let roots = [take_roots(&mut sides.over), take_roots(&mut sides.under)];
    match roots {
        [Some(over), Some(under)] => {
            let ratio = Formula::Fraction(over.into(), under.into());
            sides.push(Kind::Root, Formula::Root(ratio.into()), Exponent::one());
        }
        [over, under] => {
            let root = |content: Formula| Formula::Root(content.into());
            over.into_iter().for_each(|over| sides.push(Kind::Root, root(over), Exponent::one()));
            under.into_iter().for_each(|under| sides.push(Kind::Root, root(under), -Exponent::one()));
        }
    }
    let (numerator, denominator) = number::sides(&coefficient.abs());
    let over = written(sides.over, numerator);
    let under = written(sides.under, denominator);
    Formula::quotient(over, under).signed(negative)
}

/// A sum that is a factor.
struct Bracket {
    sum: Expression,
    exponent: Exponent,
    /// Whether it may have either sign and occurs to an odd power.
    takes_sign: bool,
}

impl Bracket {
    /// A sum that is known to be positive stands as such, and another one with a plus in front; the sign of the product may change.
    fn new(sum: &Expression, exponent: Exponent, negative: &mut bool) -> Self {
        let whole = exponent.is_integer();
        let odd = whole && exponent.to_integer().is_odd();
        let positive = |sum: &Expression| Atom::Sum(sum.clone()).is_positive();
        let definite = positive(sum) || positive(&-sum);
        let keeps = if definite { positive(sum) } else { leads_with_plus(sum) };
        if !whole || keeps {
            return Self { sum: sum.clone(), exponent, takes_sign: odd && !definite };
        }
        *negative ^= odd;
        Self { sum: -sum, exponent, takes_sign: odd && !definite }
    }
}

fn leads_with_plus(sum: &Expression) -> bool {
    sum.terms().is_ok_and(leads_positive)
}

/// Whether a polynomial is written with a minus in front, or its negative without one.
fn begins_with_minus(sum: &Expression) -> bool {
    let functions = |monomial: &Monomial| monomial.factors().any(|(atom, _)| matches!(atom, Atom::Function(_)));
    !leads_with_plus(sum) && sum.terms().is_ok_and(|mut terms| !terms.any(|(monomial, _)| functions(monomial)))
}

/// Whether f(−u) = −f(u).
fn is_odd(function: Function) -> bool {
    use Function::{Asin, Atan, BesselRatio, Erf, Sin};
    matches!(function, Asin | Atan | BesselRatio | Erf | Sin)
}

fn kind(atom: &Atom) -> Kind {
    match atom {
        Atom::Constant(Constant::Integer(_) | Constant::Decimal(_)) => Kind::Number,
        Atom::Constant(_) => Kind::Constant,
        Atom::Symbol(symbol) if names::is_composite(symbol.name()) => Kind::Applied,
        Atom::Symbol(symbol) if symbol.role() == Role::Parameter => Kind::Parameter(symbol.index()),
        Atom::Symbol(symbol) => Kind::Datum(symbol.index()),
        Atom::Function(call) if takes_bare(call.function) || is_logarithm(call.function) => Kind::Applied,
        Atom::Function(_) => Kind::Function,
        Atom::Sum(_) => Kind::Bracket,
    }
}

/// A factor without its exponent.
fn factor(atom: &Atom, style: Style<'_>) -> Formula {
    match atom {
        Atom::Constant(Constant::Integer(n)) => Formula::Number(n.clone()),
        Atom::Constant(Constant::Decimal(bits)) => number::decimal(f64::from_bits(*bits)),
        Atom::Constant(constant) => Formula::Constant(constant.clone()),
        Atom::Symbol(symbol) => Formula::Symbol(symbol.clone()),
        Atom::Sum(sum) => arranged(sum, style),
        Atom::Function(call) => application(call, false, style),
    }
}

fn application(call: &Application, raised: bool, style: Style<'_>) -> Formula {
    let written = |argument: &Expression| match call.function {
        Function::Abs | Function::Cos if begins_with_minus(argument) => arranged(&-argument, style),
        _ => arranged(argument, style),
    };
    let mut arguments: Vec<_> = call.arguments.iter().map(written).collect();
    match (call.function, arguments.len()) {
        (Function::Abs, 1) => Formula::Absolute(arguments.remove(0).into()),
        (Function::Exp, 1) => Formula::Exponential(arguments.remove(0).into()),
        (function, _) => Formula::Call(Call { function, raised, arguments }),
    }
}

/// The product of what is raised to one exponent, turned upside down if all of it divides.
fn base_of_power(bases: Vec<(Atom, Exponent)>, style: Style<'_>) -> (Formula, Exponent) {
    let divides = bases.iter().all(|(_, sign)| sign.is_negative());
    let sign = if divides { -Exponent::one() } else { Exponent::one() };
    let mut sides = Sides::default();
    for (atom, exponent) in bases {
        sides.push(kind(&atom), factor(&atom, style), exponent * sign);
    }
    (Formula::quotient(written(sides.over, None), written(sides.under, None)), sign)
}

/// The product of the factors with exponent ½.
fn take_roots(side: &mut Vec<Factor>) -> Option<Formula> {
    let (roots, others): (Vec<_>, Vec<_>) =
        std::mem::take(side).into_iter().partition(|factor| factor.exponent == Exponent::new(1, 2));
    *side = others;
    if roots.is_empty() {
        return None;
    }
    // Numbers under the root are one number.
    let numbers = roots.iter().filter_map(|factor| match &factor.formula {
        Formula::Number(n) => Some(n),
        _ => None,
    });
    let number: BigInt = numbers.product();
    let plain = roots
        .into_iter()
        .filter(|factor| !matches!(factor.formula, Formula::Number(_)))
        .map(|factor| Factor { exponent: Exponent::one(), ..factor });
    let number = (!number.is_one()).then_some(Formula::Number(number));
    Some(Formula::product(written(plain.collect(), number)))
}

/// Factors in their order behind a number.
fn written(mut factors: Vec<Factor>, number: Option<Formula>) -> Vec<Formula> {
    factors.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| a.formula.symbols().cmp(&b.formula.symbols())));
    number.into_iter().chain(factors.into_iter().map(raised)).collect()
}

fn raised(Factor { formula, exponent, .. }: Factor) -> Formula {
    if exponent.is_one() || exponent.is_zero() {
        return formula;
    }
    let (n, d) = (Formula::number(*exponent.numer()), Formula::number(*exponent.denom()));
    let exponent = if exponent.is_integer() { n } else { Formula::Fraction(n.into(), d.into()) };
    Formula::Power(formula.into(), exponent.into())
}
