//! Expressions over one denominator.

use super::number::{Exponent, Rational};
use super::polynomial::Polynomial;
use super::trigonometry;
use super::{Atom, Expression, Function, Monomial, Obstacle, Terms};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::collections::BTreeMap;

/// N/D, where no denominator occurs in N and D is a product of powers of sums and of sines and cosines.
pub(crate) struct Fraction {
    /// N
    pub numerator: Expression,
    /// D, as atoms with the powers in which they divide.
    pub denominator: BTreeMap<Atom, i64>,
}

/// c·Π aᵉ·Π sᵏ
pub(super) struct PolynomialFactors {
    /// c
    pub coefficient: Rational,
    /// Π aᵉ
    pub product: Monomial,
    /// The sums s, each with its power k.
    pub sums: Vec<(Expression, u32)>,
}

/// Whether an atom obeys a rule when it is multiplied, so that it has to be multiplied out before two sums can be compared.
fn divides(atom: &Atom) -> bool {
    match atom {
        Atom::Sum(_) => true,
        Atom::Function(call) => matches!(call.function, Function::Sin | Function::Cos),
        _ => false,
    }
}

/// An atom to its first power.
fn base(atom: &Atom) -> Expression {
    match atom {
        Atom::Sum(sum) => sum.clone(),
        other => Expression::atom(other.clone()),
    }
}

impl Expression {
    /// The sum over its common denominator, with what divides both cancelled.
    pub(crate) fn together(&self) -> Result<Fraction, Obstacle> {
        let mut denominator: BTreeMap<Atom, i64> = BTreeMap::new();
        for monomial in self.map()?.keys() {
            for (atom, exponent) in monomial.factors().filter(|(atom, _)| divides(atom)) {
                let power = -exponent.floor().to_integer();
                if power > 0 {
                    let highest = denominator.entry(atom.clone()).or_default();
                    *highest = power.max(*highest);
                }
            }
        }
        let mut numerator = if denominator.is_empty() { self.clone() } else { self.over(&denominator)? };
        for (atom, power) in &mut denominator {
            while *power > 0 {
                let quotient = match atom {
                    Atom::Sum(sum) => numerator.divide_exactly(sum),
                    angle => trigonometry::divide(&numerator, angle),
                };
                let Some(quotient) = quotient else { break };
                numerator = quotient;
                *power -= 1;
            }
        }
        denominator.retain(|_, power| *power > 0);
        if numerator.map()?.is_empty() {
            denominator.clear();
        }
        Ok(Fraction { numerator, denominator })
    }

    /// The sum times the denominator.
    fn over(&self, denominator: &BTreeMap<Atom, i64>) -> Result<Self, Obstacle> {
        // Terms with the same denominator are multiplied as one.
        let mut groups: BTreeMap<Vec<i64>, Terms> = BTreeMap::new();
        for (monomial, coefficient) in self.map()? {
            let missing = denominator
                .iter()
                .map(|(atom, power)| power + monomial.exponent(atom).floor().to_integer().min(0))
                .collect();
            let (_, mut rest) = monomial.split(|atom, _| denominator.contains_key(atom));
            for atom in denominator.keys() {
                let exponent = monomial.exponent(atom);
                let floor = exponent.floor().to_integer().min(0);
                let kept = Monomial::power(atom.clone(), exponent - Exponent::from_integer(floor));
                rest = rest.multiply(&kept).ok_or(Obstacle::TooLarge)?;
            }
            super::arithmetic::add_term(groups.entry(missing).or_default(), rest, coefficient.clone());
        }
        let mut sum = Self::integer(0);
        for (missing, terms) in groups {
            let mut group = Self::from_terms(terms);
            for (atom, power) in denominator.keys().zip(missing) {
                let power = u32::try_from(power).map_err(|_| Obstacle::TooLarge)?;
                group = &group * &base(atom).whole_power(power);
            }
            sum = &sum + &group;
        }
        sum.map()?;
        Ok(sum)
    }

    /// Whether the expression is zero as a fraction of polynomials in its atoms.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.together().is_ok_and(|fraction| fraction.numerator.map().is_ok_and(Terms::is_empty))
    }

    /// The same sum with common denominators cancelled.
    #[must_use]
    pub fn reduced(&self) -> Self {
        match self.together() {
            Ok(fraction) => fraction.expression(),
            Err(obstacle) => obstacle.into(),
        }
    }

    /// The quotient, if the divisor divides the sum without a remainder.
    fn divide_exactly(&self, divisor: &Self) -> Option<Self> {
        let ring = Ring::of(&[self, divisor])?;
        let (own, own_scale) = ring.polynomial(self)?;
        let (other, other_scale) = ring.polynomial(divisor)?;
        let quotient = own.divide(&other)?;
        Some(ring.expression(&quotient, [&own_scale, &other_scale]))
    }

    /// The sum as a product of sums.
    pub(super) fn polynomial_factors(&self) -> Option<PolynomialFactors> {
        let ring = Ring::of(&[self])?;
        let (polynomial, _) = ring.polynomial(self)?;
        let none = [&Scale::none(), &Scale::none()];
        let sums: Vec<_> =
            polynomial.factors().iter().map(|(factor, count)| (ring.expression(factor, none), *count)).collect();
        let product =
            sums.iter().fold(Self::integer(1), |product, (factor, count)| &product * &factor.whole_power(*count));
        // What is left is one term, unless the atoms obey rules of their own.
        let (lead, whole) = (product.map().ok()?.last_key_value()?, self.map().ok()?.last_key_value()?);
        let rest = lead.0.raise(-Exponent::one())?.multiply(whole.0)?;
        let coefficient = whole.1 / lead.1;
        let found = &product * &Self::term(rest.clone(), coefficient.clone()) == *self;
        found.then_some(PolynomialFactors { coefficient, product: rest, sums })
    }
}

impl Fraction {
    /// N·D⁻¹, multiplied out.
    pub(crate) fn expression(&self) -> Expression {
        &self.numerator * &Expression::term(self.reciprocal_denominator(), Rational::one())
    }

    /// D⁻¹
    pub(crate) fn reciprocal_denominator(&self) -> Monomial {
        let factors = self.denominator.iter().map(|(atom, power)| (atom.clone(), Exponent::from_integer(-power)));
        factors.fold(Monomial::default(), |product, (atom, exponent)| {
            // The atoms are distinct, so no exponents are added that could overflow.
            product.multiply(&Monomial::power(atom, exponent)).unwrap_or(product)
        })
    }
}

/// The atoms of some sums as variables of polynomials: aᵉ becomes vᵏ with v = a^(1/d).
struct Ring {
    variables: Vec<(Atom, i64)>,
}

/// The number and the product of atoms that a sum was divided by to become a polynomial with integer coefficients.
struct Scale {
    number: Rational,
    product: Monomial,
}

impl Scale {
    fn none() -> Self {
        Self { number: Rational::one(), product: Monomial::default() }
    }
}

impl Ring {
    /// A ring that all the sums are in, or `None` if an exponent is too large for one.
    fn of(sums: &[&Expression]) -> Option<Self> {
        let mut variables: BTreeMap<Atom, i64> = BTreeMap::new();
        for sum in sums {
            for monomial in sum.map().ok()?.keys() {
                for (atom, exponent) in monomial.factors() {
                    let denominator = variables.entry(atom.clone()).or_insert(1);
                    *denominator = denominator.lcm(exponent.denom());
                    if *denominator > 1024 {
                        return None;
                    }
                }
            }
        }
        Some(Self { variables: variables.into_iter().collect() })
    }

    /// A sum as a polynomial times a number and a product of atoms.
    fn polynomial(&self, sum: &Expression) -> Option<(Polynomial, Scale)> {
        let terms = sum.map().ok()?;
        let mut lowest: Vec<Option<Exponent>> = vec![None; self.variables.len()];
        for monomial in terms.keys() {
            for ((atom, _), lowest) in self.variables.iter().zip(&mut lowest) {
                let exponent = monomial.exponent(atom);
                *lowest = Some(lowest.map_or(exponent, |lowest| lowest.min(exponent)));
            }
        }
        let denominator = terms.values().fold(BigInt::one(), |lcm, c| lcm.lcm(c.denom()));
        let mut found = Vec::with_capacity(terms.len());
        for (monomial, coefficient) in terms {
            let mut powers = Vec::with_capacity(self.variables.len());
            for ((atom, scale), lowest) in self.variables.iter().zip(&lowest) {
                let distance = (monomial.exponent(atom) - lowest.unwrap_or_else(Exponent::zero)) * scale;
                powers.push(distance.to_integer().to_u32()?);
            }
            found.push((powers, (coefficient * &denominator).to_integer()));
        }
        let content = found.iter().fold(BigInt::zero(), |gcd, (_, c)| gcd.gcd(c));
        if content.is_positive() {
            found.iter_mut().for_each(|(_, c)| *c /= &content);
        }
        let mut product = Monomial::default();
        for ((atom, _), lowest) in self.variables.iter().zip(lowest) {
            product = product.multiply(&Monomial::power(atom.clone(), lowest.unwrap_or_else(Exponent::zero)))?;
        }
        let number = if content.is_zero() { Rational::one() } else { Rational::new(content, denominator) };
        Some((Polynomial::new(self.variables.len(), found), Scale { number, product }))
    }

    /// A polynomial as a sum, times the first scale and divided by the second.
    fn expression(&self, polynomial: &Polynomial, [times, over]: [&Scale; 2]) -> Expression {
        let factor = &times.number / &over.number;
        let mut terms = Terms::new();
        for (powers, coefficient) in polynomial.terms() {
            let mut product = Some(times.product.clone());
            product = product.and_then(|p| p.multiply(&over.product.raise(-Exponent::one())?));
            for ((atom, scale), &power) in self.variables.iter().zip(powers) {
                let exponent = Exponent::new(i64::from(power), *scale);
                product = product.and_then(|p| p.multiply(&Monomial::power(atom.clone(), exponent)));
            }
            let Some(product) = product else { return Obstacle::TooLarge.into() };
            super::arithmetic::add_term(&mut terms, product, &factor * Rational::from_integer(coefficient.clone()));
        }
        Expression::from_terms(terms)
    }
}
