//! Exact numbers: the coefficients and exponents of the normal form.

use num_bigint::BigInt;
use num_rational::{BigRational, Ratio};
use num_traits::{One, Signed, ToPrimitive, Zero};

/// A coefficient: a rational number of any size.
pub type Rational = BigRational;

/// An exponent. Arithmetic that would overflow is an [`Obstacle`](super::Obstacle), not a panic.
pub type Exponent = Ratio<i64>;

/// An integer as a coefficient.
pub(crate) fn integer(n: i64) -> Rational {
    Rational::from_integer(BigInt::from(n))
}

/// n/d as a coefficient.
pub(crate) fn ratio(n: i64, d: i64) -> Rational {
    Rational::new(BigInt::from(n), BigInt::from(d))
}

/// The nearest `f64`.
pub(crate) fn to_f64(value: &Rational) -> f64 {
    value.to_f64().unwrap_or(f64::NAN)
}

/// An exponent as a coefficient.
pub(crate) fn from_exponent(exponent: Exponent) -> Rational {
    ratio(*exponent.numer(), *exponent.denom())
}

/// A coefficient as an exponent, if it is small enough.
pub(crate) fn to_exponent(value: &Rational) -> Option<Exponent> {
    // Room for sums and products of a few of them.
    const LARGEST: i64 = 1 << 20;
    let (n, d) = (value.numer().to_i64()?, value.denom().to_i64()?);
    (n.abs() <= LARGEST && d <= LARGEST).then(|| Exponent::new(n, d))
}

/// The prime factors of n ≥ 2, each with its multiplicity; what is left after the small ones as if it were prime.
pub(crate) fn prime_factors(n: &BigInt) -> Vec<(BigInt, i64)> {
    const LAST: u32 = 1000;
    let mut rest = n.abs();
    let mut factors = Vec::new();
    for divisor in (2..=LAST).map(BigInt::from) {
        let mut count = 0;
        while !rest.is_zero() && (&rest % &divisor).is_zero() {
            rest /= &divisor;
            count += 1;
        }
        if count > 0 {
            factors.push((divisor, count));
        }
        if rest < BigInt::from(2) {
            break;
        }
    }
    if !rest.is_one() {
        factors.push((rest, 1));
    }
    factors
}
