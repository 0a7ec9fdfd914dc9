//! The exponentials in a product: eᵘ with one exponent, xᵅ for e^(α ln x), Γ(α) for e^(ln Γ(α)).

use super::super::expression::{Application, Atom, Exponent, Expression, Function, Monomial, Rational, from_exponent};
use super::rewrite::is_logarithm;
use num_traits::{One, ToPrimitive};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A product without exponentials, and these.
pub(super) struct Exponentials {
    /// The other factors.
    pub product: Monomial,
    /// What is left in the exponent of e.
    pub exponent: Option<Expression>,
    /// Powers with the same exponent, which is not a number: the exponent, and the bases with a power 1 or −1.
    pub powers: BTreeMap<Expression, Vec<(Atom, Exponent)>>,
    /// e to functions that are logarithms by name, with exponents.
    pub raised: Vec<(Arc<Application>, Exponent)>,
}

impl Exponentials {
    pub(super) fn of(product: &Monomial) -> Self {
        let exponential = |atom: &Atom| matches!(atom, Atom::Function(call) if call.function == Function::Exp);
        let (own, others) = product.split(|atom, _| exponential(atom));
        let mut found = Self { product: others, exponent: None, powers: BTreeMap::new(), raised: Vec::new() };
        let mut bases: BTreeMap<Atom, Expression> = BTreeMap::new();
        for (atom, exponent) in own.factors() {
            let Atom::Function(call) = atom else { continue };
            let Some(Ok(terms)) = call.arguments.first().map(Expression::terms) else { continue };
            for (monomial, coefficient) in terms {
                found.multiply(monomial, &(coefficient * from_exponent(exponent)), &mut bases);
            }
        }
        for (base, exponent) in bases {
            found.raise(base, exponent);
        }
        found
    }

    /// Takes in exp(c·m).
    fn multiply(&mut self, monomial: &Monomial, coefficient: &Rational, bases: &mut BTreeMap<Atom, Expression>) {
        if let Some(Atom::Function(call)) = monomial.single()
            && let (true, Some(exponent)) = (is_logarithm(call.function), small(coefficient))
        {
            return self.raised.push((call.clone(), exponent));
        }
        if let Some((base, rest)) = logarithm(monomial) {
            let term = Expression::term(rest, coefficient.clone());
            let exponent = bases.get(&base).map_or_else(|| term.clone(), |sum| sum + &term);
            bases.insert(base, exponent);
        } else {
            let term = Expression::term(monomial.clone(), coefficient.clone());
            self.exponent = Some(self.exponent.take().map_or_else(|| term.clone(), |sum| &sum + &term));
        }
    }

    /// Takes in a power, together with what there is of its base among the other factors.
    fn raise(&mut self, base: Atom, exponent: Expression) {
        let plain = self.product.exponent(&base);
        let exponent = &exponent + &Expression::number(from_exponent(plain));
        self.product = self.product.split(|own, _| *own != base).0;
        let divides = exponent.terms().is_ok_and(|mut terms| terms.all(|(_, c)| num_traits::Signed::is_negative(c)));
        let (size, sign) = if divides { (-exponent, -1) } else { (exponent, 1) };
        self.powers.entry(size).or_default().push((base, Exponent::from_integer(sign)));
    }
}

/// u and v of v ln u, if there is one logarithm.
fn logarithm(monomial: &Monomial) -> Option<(Atom, Monomial)> {
    let mut logarithms = monomial.factors().filter_map(|(atom, exponent)| match atom {
        Atom::Function(call) if call.function == Function::Ln && exponent.is_one() => Some((atom, call)),
        _ => None,
    });
    let (Some((own, call)), None) = (logarithms.next(), logarithms.next()) else { return None };
    Some((as_atom(call.arguments.first()?), monomial.split(|atom, _| atom != own).0))
}

/// An expression as a factor.
fn as_atom(expression: &Expression) -> Atom {
    match expression.single() {
        Some((monomial, coefficient)) if coefficient.is_one() => {
            monomial.single().cloned().unwrap_or_else(|| Atom::Sum(expression.clone()))
        }
        _ => Atom::Sum(expression.clone()),
    }
}

fn small(coefficient: &Rational) -> Option<Exponent> {
    let (n, d) = (coefficient.numer().to_i32()?, coefficient.denom().to_i32()?);
    Some(Exponent::new(n.into(), d.into()))
}
