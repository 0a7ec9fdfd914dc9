//! Sums, products and whole powers.

use super::{Atom, Constant, Exponent, Expression, Function, Monomial, Obstacle, Rational, Terms};
use super::{budget, trigonometry};
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};
use std::collections::btree_map::Entry;
use std::ops::{Add, Mul, Neg, Sub};
use std::sync::Arc;

/// Adds c·m to the terms.
pub(super) fn add_term(terms: &mut Terms, monomial: Monomial, coefficient: Rational) {
    match terms.entry(monomial) {
        Entry::Vacant(free) => {
            if !coefficient.is_zero() {
                free.insert(coefficient);
            }
        }
        Entry::Occupied(mut own) => {
            *own.get_mut() += coefficient;
            if own.get().is_zero() {
                own.remove();
            }
        }
    }
}

impl Expression {
    /// e + f
    fn plus(&self, other: &Self, sign: i64) -> Self {
        let (left, right) = match (&self.0, &other.0) {
            (Ok(left), Ok(right)) => (left, right),
            (Err(obstacle), _) | (_, Err(obstacle)) => return (*obstacle).into(),
        };
        if right.is_empty() {
            return self.clone();
        }
        let mut terms = Terms::clone(left);
        for (monomial, coefficient) in right.iter() {
            let coefficient = if sign < 0 { -coefficient } else { coefficient.clone() };
            add_term(&mut terms, monomial.clone(), coefficient);
        }
        Self::from_terms(terms)
    }

    /// c·e
    #[must_use]
    pub(crate) fn scale(&self, factor: &Rational) -> Self {
        match &self.0 {
            Err(obstacle) => (*obstacle).into(),
            Ok(_) if factor.is_zero() => Self::from_terms(Terms::new()),
            Ok(_) if factor.is_one() => self.clone(),
            Ok(terms) => Self(Ok(Arc::new(terms.iter().map(|(m, c)| (m.clone(), c * factor)).collect()))),
        }
    }

    fn times(&self, other: &Self) -> Self {
        let (left, right) = match (&self.0, &other.0) {
            (Ok(left), Ok(right)) => (left, right),
            (Err(obstacle), _) | (_, Err(obstacle)) => return (*obstacle).into(),
        };
        let products = left.len().saturating_mul(right.len());
        if products > 16 * Self::MOST_TERMS || !budget::spend(products) {
            return Obstacle::TooLarge.into();
        }
        let mut terms = Terms::new();
        // Products to which a rule applies: √2·√2, S·S⁻¹ and the like.
        let mut others = Vec::new();
        for (a, c) in left.iter() {
            for (b, d) in right.iter() {
                let Some(product) = a.multiply(b) else { return Obstacle::TooLarge.into() };
                if product.is_normal() {
                    add_term(&mut terms, product, c * d);
                } else {
                    others.push(product.normalised().scale(&(c * d)));
                }
            }
        }
        others.iter().fold(Self::from_terms(terms), |sum, other| &sum + other)
    }

    /// eⁿ for n ≥ 0, multiplied out.
    #[must_use]
    pub(crate) fn whole_power(&self, n: u32) -> Self {
        if let Some((monomial, coefficient)) = self.single() {
            let raised = monomial.raise(Exponent::from_integer(i64::from(n)));
            return raised
                .map_or_else(|| Obstacle::TooLarge.into(), |m| m.normalised().scale(&Pow::pow(coefficient, n)));
        }
        if n > 64 && self.map().is_ok_and(|terms| !terms.is_empty()) {
            return Obstacle::TooLarge.into();
        }
        (0..n).fold(Self::integer(1), |power, _| &power * self)
    }
}

impl Monomial {
    /// Whether no rule applies to any factor.
    fn is_normal(&self) -> bool {
        self.factors().all(|(atom, exponent)| match atom {
            Atom::Constant(Constant::Integer(_)) => !exponent.is_negative() && exponent < Exponent::one(),
            Atom::Sum(_) => exponent < Exponent::one(),
            Atom::Function(call) => match call.function {
                Function::Abs => exponent.is_one() || !exponent.is_integer(),
                _ => true,
            },
            _ => true,
        }) && !trigonometry::multiplies(self)
    }

    /// The product as an expression, with the rules applied: roots of integers below their whole powers, sums multiplied out,
    /// |u|² = u², products of sines and cosines as sums.
    pub(super) fn normalised(&self) -> Expression {
        let mut product = Expression::integer(1);
        let mut plain = Self::default();
        for (atom, exponent) in self.factors() {
            let whole = exponent.floor().to_integer();
            let rest = exponent - Exponent::from_integer(whole);
            let factor = match atom {
                Atom::Constant(Constant::Integer(n)) if whole != 0 => {
                    let base = Rational::from_integer(n.clone());
                    let Some(power) = whole.to_i32().filter(|power| power.abs() < 1024) else {
                        return Obstacle::TooLarge.into();
                    };
                    Expression::term(Self::power(atom.clone(), rest), Pow::pow(&base, power))
                }
                Atom::Sum(sum) if whole > 0 => {
                    let Ok(power) = u32::try_from(whole) else { return Obstacle::TooLarge.into() };
                    &sum.whole_power(power) * &Expression::term(Self::power(atom.clone(), rest), Rational::one())
                }
                Atom::Function(call) if exponent.is_integer() && !exponent.is_one() => match call.function {
                    Function::Abs => {
                        let odd = Self::power(atom.clone(), Exponent::from_integer(whole.rem_euclid(2)));
                        let even = call.arguments[0].power(Exponent::from_integer(whole - whole.rem_euclid(2)));
                        &even * &Expression::term(odd, Rational::one())
                    }
                    _ => {
                        plain = Self::joined(plain, atom, exponent);
                        continue;
                    }
                },
                _ => {
                    plain = Self::joined(plain, atom, exponent);
                    continue;
                }
            };
            product = &product * &factor;
        }
        let plain = if trigonometry::multiplies(&plain) {
            trigonometry::as_sum(&plain)
        } else {
            Expression::term(plain, Rational::one())
        };
        &product * &plain
    }

    /// The product with one more factor whose atom does not occur yet.
    fn joined(product: Self, atom: &Atom, exponent: Exponent) -> Self {
        // The atoms are distinct, so no exponents are added that could overflow.
        product.multiply(&Self::power(atom.clone(), exponent)).unwrap_or(product)
    }
}

impl Add for &Expression {
    type Output = Expression;

    fn add(self, other: Self) -> Expression {
        self.plus(other, 1)
    }
}

impl Sub for &Expression {
    type Output = Expression;

    fn sub(self, other: Self) -> Expression {
        self.plus(other, -1)
    }
}

impl Mul for &Expression {
    type Output = Expression;

    fn mul(self, other: Self) -> Expression {
        self.times(other)
    }
}

impl Neg for &Expression {
    type Output = Expression;

    fn neg(self) -> Expression {
        self.scale(&-Rational::one())
    }
}

/// The operators by value.
macro_rules! by_value {
    ($($operator:ident $method:ident)*) => {
        $(impl $operator for Expression {
            type Output = Self;

            fn $method(self, other: Self) -> Self {
                (&self).$method(&other)
            }
        })*
    };
}

by_value! { Add add Sub sub Mul mul }

impl Neg for Expression {
    type Output = Self;

    fn neg(self) -> Self {
        -&self
    }
}

impl std::iter::Sum for Expression {
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms.fold(Self::integer(0), |sum, term| &sum + &term)
    }
}
