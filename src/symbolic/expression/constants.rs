//! Numbers of the program text, recognised: ⅓, π/2, ½ ln 2π.
//!
//! A number enters a formula as the `f64` that the compiler made of it. A fraction with a small denominator, or a short decimal, that
//! rounds to this very `f64` is taken for what was meant; so is a simple multiple of a known constant or of its root, the logarithm of a
//! fraction, and a sum of a few halves of ln 2, ln 3 and ln π, within two units in the last place. Anything else stays a decimal.

use super::number::Rational;
use super::{Constant, Exponent, Expression, Obstacle};
use num_bigint::BigInt;
use num_traits::One;
use std::f64::consts::{E, PI};

impl Expression {
    /// The number that was meant by an `f64`.
    #[must_use]
    pub fn recognise(value: f64) -> Self {
        if !value.is_finite() {
            return Obstacle::NotFinite.into();
        }
        let found = fraction(value, 1000)
            .map(Self::number)
            .or_else(|| multiple(value))
            .or_else(|| logarithm(value))
            .or_else(|| logarithms(value));
        found.or_else(|| decimal(value)).unwrap_or_else(|| {
            let size = Self::constant(Constant::Decimal(value.abs().to_bits()));
            if value < 0.0 { -size } else { size }
        })
    }
}

/// The fraction with denominator up to `largest` that rounds to the value, by its continued fraction.
fn fraction(value: f64, largest: i64) -> Option<Rational> {
    if value.fract() == 0.0 {
        return Rational::from_float(value);
    }
    let (mut p, mut q) = ([0.0, 1.0], [1.0, 0.0]);
    let mut rest = value;
    for _ in 0..32 {
        let whole = rest.floor();
        p = [p[1], whole * p[1] + p[0]];
        q = [q[1], whole * q[1] + q[0]];
        #[allow(clippy::cast_precision_loss)] // small
        if q[1] > largest as f64 || p[1].abs() > 1e12 {
            return None;
        }
        if p[1] / q[1] == value {
            #[allow(clippy::cast_possible_truncation)] // whole numbers below 10¹²
            return Some(super::ratio(p[1] as i64, q[1] as i64));
        }
        rest = (rest - whole).recip();
    }
    None
}

/// Whether two numbers differ by two units in the last place at most.
fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 2.0 * f64::EPSILON * a.abs()
}

/// A simple multiple of a power of π or e, or of the root of a small number.
fn multiple(value: f64) -> Option<Expression> {
    let pi = |n, d| Expression::constant(Constant::Pi).power(Exponent::new(n, d));
    let e = |n, d| Expression::constant(Constant::E).power(Exponent::new(n, d));
    let root = |n: i64| Expression::integer(n).square_root();
    let powers: [(f64, &dyn Fn() -> Expression); 16] = [
        (PI, &|| pi(1, 1)),
        (PI.recip(), &|| pi(-1, 1)),
        (PI * PI, &|| pi(2, 1)),
        ((PI * PI).recip(), &|| pi(-2, 1)),
        (PI.sqrt(), &|| pi(1, 2)),
        (PI.sqrt().recip(), &|| pi(-1, 2)),
        ((2.0 * PI).sqrt(), &|| &pi(1, 2) * &root(2)),
        ((2.0 * PI).sqrt().recip(), &|| (&pi(1, 2) * &root(2)).reciprocal()),
        (2_f64.sqrt(), &|| root(2)),
        (3_f64.sqrt(), &|| root(3)),
        (5_f64.sqrt(), &|| root(5)),
        (6_f64.sqrt(), &|| root(6)),
        (E, &|| e(1, 1)),
        (E.recip(), &|| e(-1, 1)),
        (E.sqrt(), &|| e(1, 2)),
        (0.577_215_664_901_532_9, &|| Expression::constant(Constant::EulerGamma)),
    ];
    powers.iter().find_map(|(size, power)| {
        let factor = simple(value / size)?;
        close(value, super::to_f64(&factor) * size).then(|| power().scale(&factor))
    })
}

/// The fraction with a denominator up to 12 next to a number, if the number is within rounding of it.
fn simple(value: f64) -> Option<Rational> {
    (1..=12_i32).find_map(|denominator| {
        let numerator = (value * f64::from(denominator)).round();
        let whole = numerator != 0.0 && numerator.abs() <= 144.0 && close(value, numerator / f64::from(denominator));
        #[allow(clippy::cast_possible_truncation)] // a small whole number
        whole.then(|| super::ratio(numerator as i64, i64::from(denominator)))
    })
}

/// The logarithm of a fraction with a denominator up to 100.
fn logarithm(value: f64) -> Option<Expression> {
    let power = value.exp();
    let found = (1..=100_i32).find_map(|denominator| {
        let numerator = (power * f64::from(denominator)).round();
        let known = (1.0..=1000.0).contains(&numerator) && close(value, (numerator / f64::from(denominator)).ln());
        #[allow(clippy::cast_possible_truncation)] // a small whole number
        known.then(|| super::ratio(numerator as i64, i64::from(denominator)))
    })?;
    Some(Expression::number(found).ln())
}

/// a ln 2 + b ln 3 + c ln π with multiples of ½.
fn logarithms(value: f64) -> Option<Expression> {
    let (ln2, ln3, ln_pi) = (2_f64.ln(), 3_f64.ln(), PI.ln());
    let range = |most: i32| (-most..=most).map(move |k| f64::from(k) / 2.0);
    let found = range(8).find_map(|a| {
        range(4).find_map(|b| {
            range(8).find_map(|c| {
                let terms = [a * ln2, b * ln3, c * ln_pi];
                let size: f64 = terms.iter().map(|term| term.abs()).sum();
                let same = (terms.iter().sum::<f64>() - value).abs() <= 2.0 * f64::EPSILON * size;
                same.then_some([a, b, c])
            })
        })
    })?;
    let bases = [Expression::integer(2), Expression::integer(3), Expression::constant(Constant::Pi)];
    #[allow(clippy::cast_possible_truncation)] // multiples of ½
    let term = |(base, factor): (&Expression, f64)| base.ln().scale(&super::ratio((2.0 * factor) as i64, 2));
    Some(bases.iter().zip(found).map(term).sum())
}

/// The decimal that the number prints as, if it is short.
fn decimal(value: f64) -> Option<Expression> {
    let text = format!("{value:e}");
    let (digits, exponent) = text.split_once('e')?;
    let fraction = digits.split_once('.').map_or("", |(_, fraction)| fraction);
    let shift = exponent.parse::<i32>().ok()? - i32::try_from(fraction.len()).ok()?;
    if fraction.len() > 12 || shift.abs() > 300 {
        return None;
    }
    let digits = digits.replace('.', "").parse::<BigInt>().ok()?;
    let power = BigInt::from(10).pow(shift.unsigned_abs());
    let value = if shift < 0 { Rational::new(digits, power) } else { Rational::new(digits * power, BigInt::one()) };
    Some(Expression::number(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meant_numbers() {
        let pi = Expression::constant(Constant::Pi);
        assert_eq!(Expression::recognise(1.0 / 3.0), Expression::ratio(1, 3));
        assert_eq!(Expression::recognise(-0.1), Expression::ratio(-1, 10));
        assert_eq!(Expression::recognise(PI / 2.0), pi.scale(&super::super::ratio(1, 2)));
        let half_ln_tau = (&Expression::integer(2) * &pi).ln().scale(&super::super::ratio(1, 2));
        assert_eq!(Expression::recognise(0.5 * (2.0 * PI).ln()), half_ln_tau);
        assert_eq!(Expression::recognise(0.00125), Expression::ratio(1, 800));
        assert!(Expression::recognise(f64::NAN).obstacle().is_some());
        assert!(
            (Expression::recognise(0.123_456_789_012_345_6).evaluate::<f64>(&[], &[]) - 0.123_456_789_012_345_6).abs()
                < 1e-17
        );
    }
}
