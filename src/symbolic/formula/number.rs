//! Numbers as they are written: fractions, decimals where these are shorter, roots below the line.

use super::super::expression::{Atom, Constant, Exponent, Monomial, Rational};
use super::tree::Formula;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// What stands above and below the line for a positive number.
pub(super) fn sides(number: &Rational) -> (Option<Formula>, Option<Formula>) {
    if let Some(decimal) = short_decimal(number).or_else(|| long_integer(number)) {
        return (Some(Formula::Decimal(decimal)), None);
    }
    let side = |n: &BigInt| (!n.is_one()).then(|| Formula::Number(n.clone()));
    (side(number.numer()), side(number.denom()))
}

/// The decimal of a fraction with a large denominator, if it ends early.
fn short_decimal(number: &Rational) -> Option<String> {
    const LARGE: i64 = 1000;
    let value = number.to_f64().filter(|_| number.denom() > &BigInt::from(LARGE))?;
    let text = shortest(value);
    let exact = Rational::new(digits(&text)?, BigInt::from(10).pow(places(&text)));
    let fraction = number.numer().to_string().len() + number.denom().to_string().len();
    (&exact == number && text.len() <= fraction).then_some(text)
}

/// An integer beyond the precision of `f64` that is one, by the digits that tell it apart.
fn long_integer(number: &Rational) -> Option<String> {
    const LONG: usize = 17;
    let value = number.to_f64().filter(|_| number.is_integer() && number.numer().to_string().len() > LONG)?;
    (&Rational::from_float(value)? == number).then(|| shortest(value))
}

/// The digits of a decimal without an exponent.
fn digits(text: &str) -> Option<BigInt> {
    text.replace('.', "").parse().ok()
}

fn places(text: &str) -> u32 {
    text.split_once('.').and_then(|(_, places)| u32::try_from(places.len()).ok()).unwrap_or(0)
}

/// A positive number that is no fraction.
pub(super) fn decimal(value: f64) -> Formula {
    Formula::Decimal(shortest(value))
}

/// The shortest decimal that is read as this number.
fn shortest(value: f64) -> String {
    if (1e-5..1e15).contains(&value) { format!("{value}") } else { format!("{value:e}") }
}

/// √2/2 as 1/√2, where nothing or another root is left over.
pub(super) fn roots_below(coefficient: &Rational, monomial: &Monomial) -> (Rational, Monomial) {
    let half = Exponent::new(1, 2);
    let divides = |(_, exponent): (&Atom, Exponent)| exponent == -half;
    let (mut number, mut product) = (coefficient.clone(), monomial.clone());
    for (atom, _) in monomial.factors().filter(|(_, exponent)| *exponent == half) {
        let Atom::Constant(Constant::Integer(root)) = atom else { continue };
        let alone = number.numer().abs().is_one() && number.denom() == root;
        let below = alone || product.factors().any(divides);
        if below && number.denom().is_multiple_of(root) && !root.is_zero() {
            // Both exponents are small.
            let Some(moved) = product.multiply(&Monomial::power(atom.clone(), -Exponent::one())) else { continue };
            number *= Rational::from_integer(root.clone());
            product = moved;
        }
    }
    (number, product)
}
