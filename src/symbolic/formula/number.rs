//! Numbers as they are written: fractions, decimals where these are shorter, roots below the line.

use super::super::expression::{Atom, Constant, Exponent, Monomial, Rational};
use super::tree::Formula;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};

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
    let fraction = number.numer().to_string().len() + number.denom().to_string().len();
    (exact(&text).as_ref() == Some(number) && text.len() <= fraction).then_some(text)
}

/// A power of ten as the program text has it, 1e30, which is an integer with as many digits once it is an `f64`.
fn long_integer(number: &Rational) -> Option<String> {
    const LONG: usize = 17;
    const SHORT: usize = 8;
    let value = number.to_f64().filter(|_| number.is_integer() && number.numer().to_string().len() > LONG)?;
    let text = shortest(value);
    (text.len() <= SHORT && &Rational::from_float(value)? == number).then_some(text)
}

/// The number that a decimal stands for.
fn exact(text: &str) -> Option<Rational> {
    let (digits, power) = text.split_once('e').unwrap_or((text, "0"));
    let places = digits.split_once('.').map_or(0, |(_, places)| places.len());
    let power = power.parse::<i32>().ok()? - i32::try_from(places).ok()?;
    let digits = Rational::from_integer(digits.replace('.', "").parse().ok()?);
    Some(digits * Pow::pow(Rational::from_integer(BigInt::from(10)), power))
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
