//! What is rewritten before an expression is arranged: variables whose names are powers, and logarithms of numbers.

use super::super::expression::{Atom, Exponent, Expression, Function, Monomial, Rational, Symbol};
use super::names;
use crate::domain::Domain;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::collections::BTreeMap;

/// The expression in the variable σ where one of its variables is named σ², so that v² is written σ⁴ and √v is written σ.
pub(super) fn powers_of_names(expression: &Expression) -> Expression {
    let written = expression.substitute(&|symbol| {
        let (root, power) = names::root(symbol.name())?;
        let Domain { lower, upper } = symbol.domain();
        if lower < 0.0 {
            return None;
        }
        let of = |value: f64| value.powf(1.0 / f64::from(power));
        let domain = Domain { lower: of(lower), upper: of(upper) };
        let root = Symbol::new(symbol.role(), symbol.index(), root, domain, of(symbol.sample()));
        Some(Expression::symbol(&root).power(Exponent::from_integer(i64::from(power))))
    });
    if written.obstacle().is_some() { expression.clone() } else { written }
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
    let constant = |argument: &Expression| !argument.mentions(&|_| true);
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
    // A product above 1 is expected under a logarithm.
    let (argument, factor) =
        if argument.evaluate::<f64>(&[], &[]) < 1.0 { (argument.reciprocal(), -factor) } else { (argument, factor) };
    let (_, number) = argument.single()?;
    let small = |n: &BigInt| n.abs() <= BigInt::from(LARGEST);
    (small(number.numer()) && small(number.denom())).then(|| ln(argument).scale(&factor))
}

/// Whether e to this function has a name of its own: Γ for ln Γ.
pub(super) fn is_logarithm(function: Function) -> bool {
    matches!(function, Function::LnGamma | Function::LnNormCdf | Function::LnBesselI0 | Function::LnZeta(0))
}
