//! What is rewritten before an expression is arranged: variables whose names are powers, and logarithms of numbers.

use super::super::expression::{Atom, Exponent, Expression, Function, Monomial, Rational, Symbol};
use super::names;
use crate::domain::Domain;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::collections::BTreeMap;

/// The expression in the variable σ where one of its variables is named σ², so that v² is written σ⁴ and √v is written σ; or √σ; or ln σ,
/// so that its exponential is written σ.
pub(super) fn plain_names(expression: &Expression) -> Expression {
    let written =
        expression.substitute(&|symbol| power(symbol).or_else(|| square_root(symbol)).or_else(|| logarithm(symbol)));
    if written.obstacle().is_some() { expression.clone() } else { written }
}

/// σ² as the square of σ.
fn power(symbol: &Symbol) -> Option<Expression> {
    let (root, power) = names::root(symbol.name())?;
    let Domain { lower, upper } = symbol.domain();
    if lower < 0.0 {
        return None;
    }
    let of = |value: f64| value.powf(1.0 / f64::from(power));
    let root = renamed(symbol, root, Domain { lower: of(lower), upper: of(upper) }, of(symbol.sample()));
    Some(root.power(Exponent::from_integer(i64::from(power))))
}

/// √σ as the square root of σ.
fn square_root(symbol: &Symbol) -> Option<Expression> {
    let square = names::under_root(symbol.name())?;
    let Domain { lower, upper } = symbol.domain();
    if lower < 0.0 {
        return None;
    }
    let domain = Domain { lower: lower * lower, upper: upper * upper };
    Some(renamed(symbol, square.to_owned(), domain, symbol.sample() * symbol.sample()).square_root())
}

/// ln σ as the logarithm of σ.
fn logarithm(symbol: &Symbol) -> Option<Expression> {
    let argument = names::under_logarithm(symbol.name())?;
    let Domain { lower, upper } = symbol.domain();
    let domain = Domain { lower: lower.exp(), upper: upper.exp() };
    Some(renamed(symbol, argument.to_owned(), domain, symbol.sample().exp()).ln())
}

fn renamed(symbol: &Symbol, name: String, domain: Domain, sample: f64) -> Expression {
    Expression::symbol(&Symbol::new(symbol.role(), symbol.index(), name, domain, sample))
}

/// ln 2 + ln π as ln 2π, where they have the same factors.
pub(super) fn joined_logarithms(expression: &Expression) -> Expression {
    let Ok(terms) = expression.terms() else { return expression.clone() };
    let mut groups: BTreeMap<Monomial, Vec<(&Expression, &Rational)>> = BTreeMap::new();
    let mut others = Vec::new();
    for (monomial, coefficient) in terms {
        match logarithm_of_number(monomial) {
            Some((argument, rest)) => groups.entry(rest).or_default().push((argument, coefficient)),
            None => others.push((monomial, coefficient)),
        }
    }
    if groups.values().all(|logarithms| logarithms.len() < 2) {
        return expression.clone();
    }
    let others = others.into_iter().map(|(monomial, c)| Expression::term(monomial.clone(), c.clone()));
    let joined = groups.iter().map(|(rest, logarithms)| {
        let sum = joined(logarithms).unwrap_or_else(|| apart(logarithms));
        &sum * &Expression::term(rest.clone(), Rational::one())
    });
    others.chain(joined).sum()
}

/// The argument of the only logarithm of a number in a product, and the other factors.
fn logarithm_of_number(monomial: &Monomial) -> Option<(&Expression, Monomial)> {
    // The negative of a negative variable is as good as a number: ln 2 + ln(−η) is ln(−2η).
    let negated = |argument: &Expression| argument.single().is_some_and(|(_, c)| c.is_negative());
    let constant = |argument: &Expression| !argument.mentions(&|_| true) || negated(argument);
    let mut logarithms = monomial.factors().filter_map(|(atom, exponent)| match atom {
        Atom::Function(call) if call.function == Function::Ln && exponent.is_one() => {
            call.arguments.first().filter(|argument| constant(argument)).map(|argument| (atom, argument))
        }
        _ => None,
    });
    let (own, argument) = logarithms.next()?;
    if logarithms.next().is_some() {
        return None;
    }
    Some((argument, monomial.split(|atom, _| atom != own).0))
}

fn ln(argument: Expression) -> Expression {
    Expression::call(Function::Ln, vec![argument])
}

fn apart(logarithms: &[(&Expression, &Rational)]) -> Expression {
    logarithms.iter().map(|(argument, c)| ln((*argument).clone()).scale(c)).sum()
}

/// Σ cᵢ ln aᵢ = g ln Π aᵢ^(cᵢ/g), if the number under the logarithm is small.
fn joined(logarithms: &[(&Expression, &Rational)]) -> Option<Expression> {
    const LARGEST: i64 = 1000;
    const HIGHEST: i64 = 10;
    let numerator = logarithms.iter().fold(BigInt::zero(), |gcd, (_, c)| gcd.gcd(c.numer()));
    let denominator = logarithms.iter().fold(BigInt::one(), |lcm, (_, c)| lcm.lcm(c.denom()));
    let factor = Rational::new(numerator, denominator);
    let mut argument = Expression::integer(1);
    for (base, c) in logarithms {
        let count = (*c / &factor).to_integer().to_i64().filter(|count| count.abs() <= HIGHEST)?;
        argument = &argument * &base.power(Exponent::from_integer(count));
    }
    // −ln 6 instead of ln ⅙.
    let divides = argument.single().is_some_and(|(product, number)| {
        number.numer().magnitude().is_one() && product.factors().all(|(_, exponent)| exponent.is_negative())
    });
    let (argument, factor) = if divides { (argument.reciprocal(), -factor) } else { (argument, factor) };
    let (_, number) = argument.single()?;
    let small = |n: &BigInt| n.abs() <= BigInt::from(LARGEST);
    (small(number.numer()) && small(number.denom())).then(|| ln(argument).scale(&factor))
}

/// Whether e to this function has a name of its own: Γ for ln Γ.
pub(super) fn is_logarithm(function: Function) -> bool {
    matches!(function, Function::LnGamma | Function::LnNormCdf | Function::LnBesselI0 | Function::LnZeta(0))
}
