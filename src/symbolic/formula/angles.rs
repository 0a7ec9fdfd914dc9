//! Sines and cosines of sums of angles, which the normal form takes apart: cos x cos μ + sin x sin μ is written cos(x − μ).

use super::super::expression::{Application, Atom, Exponent, Expression, Function, Monomial, Rational, Role};
use num_traits::One;
use std::collections::BTreeSet;

/// A term c·m·f(a)·g(b) with sines or cosines f and g.
struct Pair<'a> {
    functions: [Function; 2],
    angles: [&'a Expression; 2],
    /// c·m
    rest: Expression,
}

/// The sum with pairs of such terms joined.
pub(super) fn joined(expression: &Expression) -> Expression {
    let Ok(terms) = expression.terms() else { return expression.clone() };
    let pairs: Vec<Pair> = terms.filter_map(|(monomial, coefficient)| Pair::of(monomial, coefficient)).collect();
    let mut joined = expression.clone();
    let mut used = BTreeSet::new();
    for (i, first) in pairs.iter().enumerate() {
        for (j, second) in pairs.iter().enumerate().skip(i + 1) {
            if used.contains(&i) || used.contains(&j) {
                continue;
            }
            if let Some(sum) = first.with(second).or_else(|| second.with(first)) {
                joined = &(&(&joined - &first.term()) - &second.term()) + &sum;
                used.extend([i, j]);
            }
        }
    }
    joined
}

fn angle((atom, exponent): (&Atom, Exponent)) -> Option<&Application> {
    match atom {
        Atom::Function(call) if matches!(call.function, Function::Sin | Function::Cos) && exponent.is_one() => {
            Some(call)
        }
        _ => None,
    }
}

impl<'a> Pair<'a> {
    fn of(monomial: &'a Monomial, coefficient: &Rational) -> Option<Self> {
        let mut found = monomial.factors().filter_map(angle);
        let (Some(f), Some(g), None) = (found.next(), found.next(), found.next()) else { return None };
        let (_, rest) = monomial.split(|atom, exponent| angle((atom, exponent)).is_some());
        // The data first, as in x − μ.
        let (f, g) = if f.arguments.first()?.depends_on(Role::Datum) { (f, g) } else { (g, f) };
        Some(Self {
            functions: [f.function, g.function],
            angles: [f.arguments.first()?, g.arguments.first()?],
            rest: Expression::term(rest, coefficient.clone()),
        })
    }

    fn term(&self) -> Expression {
        let [f, g] = self.functions;
        let [a, b] = self.angles;
        &self.rest * &(&call(f, a.clone()) * &call(g, b.clone()))
    }

    /// cos a cos b ∓ sin a sin b = cos(a ± b), and sin a cos b ± cos a sin b = sin(a ± b) (DLMF 4.21.1 and 4.21.2)
    fn with(&self, other: &Self) -> Option<Expression> {
        if self.angles != other.angles {
            return None;
        }
        let [a, b] = self.angles;
        let same = self.rest == other.rest;
        if !same && self.rest != -&other.rest {
            return None;
        }
        let (function, sum) = match (self.functions, other.functions) {
            ([Function::Cos, Function::Cos], [Function::Sin, Function::Sin]) => (Function::Cos, !same),
            ([Function::Sin, Function::Cos], [Function::Cos, Function::Sin]) => (Function::Sin, same),
            _ => return None,
        };
        Some(&self.rest * &call(function, if sum { a + b } else { a - b }))
    }
}

fn call(function: Function, angle: Expression) -> Expression {
    Expression::call(function, vec![angle])
}
