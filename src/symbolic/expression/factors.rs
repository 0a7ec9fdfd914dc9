//! Expressions as products, and what follows from that: quotients, powers, logarithms, exponentials.

use super::fraction::PolynomialFactors;
use super::number::{from_exponent, prime_factors, to_exponent};
use super::{Atom, Constant, Exponent, Expression, Function, Monomial, Obstacle, Rational};
use num_bigint::BigInt;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};

/// c·Π aᵉ, where a sum is a factor in brackets and its exponent any rational number.
pub(crate) struct Factors {
    /// c
    pub coefficient: Rational,
    /// Π aᵉ
    pub product: Monomial,
}

impl Expression {
    /// The expression as one product.
    pub(crate) fn factors(&self) -> Result<Factors, Obstacle> {
        if let Some((product, coefficient)) = self.single() {
            return Ok(Factors { coefficient: coefficient.clone(), product: product.clone() });
        }
        let fraction = self.together()?;
        let numerator = &fraction.numerator;
        if numerator.map()?.is_empty() {
            return Ok(Factors { coefficient: Rational::zero(), product: Monomial::default() });
        }
        let whole = || PolynomialFactors {
            coefficient: Rational::one(),
            product: Monomial::default(),
            sums: vec![(numerator.clone(), 1)],
        };
        let PolynomialFactors { mut coefficient, mut product, sums } =
            numerator.polynomial_factors().unwrap_or_else(whole);
        for (sum, count) in sums {
            // A sum in brackets is positive at the sample point, so that it may stand under a root.
            let negative = sum.sample_value() < 0.0;
            if negative && count % 2 == 1 {
                coefficient = -coefficient;
            }
            let sum = Atom::Sum(if negative { -sum } else { sum });
            let power = Monomial::power(sum, Exponent::from_integer(i64::from(count)));
            product = product.multiply(&power).ok_or(Obstacle::TooLarge)?;
        }
        product = product.multiply(&fraction.reciprocal_denominator()).ok_or(Obstacle::TooLarge)?;
        Ok(Factors { coefficient, product })
    }

    /// eʳ. A root is the one that is real and positive where the expression is.
    #[must_use]
    pub fn power(&self, exponent: Exponent) -> Self {
        if exponent.is_integer() && !exponent.is_negative() {
            return match u32::try_from(exponent.to_integer()) {
                Ok(n) => self.whole_power(n),
                Err(_) => Obstacle::TooLarge.into(),
            };
        }
        let Factors { coefficient, product } = match self.factors() {
            Ok(factors) => factors,
            Err(obstacle) => return obstacle.into(),
        };
        if coefficient.is_zero() {
            return if exponent.is_positive() { Self::integer(0) } else { Obstacle::DivisionByZero.into() };
        }
        if exponent.is_integer() {
            let Some(power) = exponent.to_i32().filter(|power| power.abs() < 1024) else {
                return Obstacle::TooLarge.into();
            };
            let Some(product) = product.raise(exponent) else { return Obstacle::TooLarge.into() };
            return product.normalised().scale(&Pow::pow(&coefficient, power));
        }
        let negative = coefficient.is_negative();
        let mut root = number_power(&coefficient.abs(), exponent);
        for base in real_factors(&product, negative) {
            let Some(power) = Monomial::power(base.atom, base.exponent).raise(exponent) else {
                return Obstacle::TooLarge.into();
            };
            root = &root * &power.normalised();
        }
        root
    }

    /// 1/e
    #[must_use]
    pub fn reciprocal(&self) -> Self {
        self.power(-Exponent::one())
    }

    /// e/f
    #[must_use]
    pub fn over_expression(&self, divisor: &Self) -> Self {
        self * &divisor.reciprocal()
    }

    /// √e
    #[must_use]
    pub fn square_root(&self) -> Self {
        self.power(Exponent::new(1, 2))
    }

    /// ln e, as the sum of the logarithms of its factors.
    #[must_use]
    pub fn ln(&self) -> Self {
        let Factors { coefficient, product } = match self.factors() {
            Ok(factors) => factors,
            Err(obstacle) => return obstacle.into(),
        };
        if coefficient.is_zero() {
            return Obstacle::NotFinite.into();
        }
        let mut sum = number_ln(&coefficient.abs());
        for base in real_factors(&product, coefficient.is_negative()) {
            sum = &sum + &atom_ln(base.atom).scale(&from_exponent(base.exponent));
        }
        sum
    }

    /// exp e, as the product of the exponentials of its terms.
    #[must_use]
    pub fn exp(&self) -> Self {
        let terms = match self.map() {
            Ok(terms) => terms,
            Err(obstacle) => return obstacle.into(),
        };
        terms
            .iter()
            .fold(Self::integer(1), |product, (monomial, coefficient)| &product * &term_exp(monomial, coefficient))
    }
}

/// A factor that is positive, with its exponent.
struct Real {
    atom: Atom,
    exponent: Exponent,
}

/// The factors of the size |Π aᵉ|, given that the product, with a further sign, is positive.
///
/// A factor whose sign is not known stands as its size |a|, unless it is the only one: then it has the sign that makes the whole
/// positive.
fn real_factors(product: &Monomial, negative: bool) -> Vec<Real> {
    let unknown = |atom: &Atom| !atom.is_positive() && !negated(atom).is_positive();
    let odd = |exponent: Exponent| !exponent.is_integer() || exponent.to_integer() % 2 != 0;
    let doubtful = product.factors().filter(|(atom, _)| unknown(atom)).count();
    let mut signs = negative;
    for (atom, exponent) in product.factors() {
        signs ^= !unknown(atom) && !atom.is_positive() && odd(exponent);
    }
    let real = |(atom, exponent): (&Atom, Exponent)| {
        let atom = if atom.is_positive() {
            atom.clone()
        } else if !unknown(atom) {
            negated(atom)
        } else if doubtful > 1 || !odd(exponent) {
            match Expression::from(atom.clone()).abs().single().and_then(|(monomial, _)| monomial.single()) {
                Some(size) => size.clone(),
                None => atom.clone(),
            }
        } else if signs {
            negated(atom)
        } else {
            atom.clone()
        };
        Real { atom, exponent }
    };
    product.factors().map(real).collect()
}

/// −a as a factor.
fn negated(atom: &Atom) -> Atom {
    match atom {
        Atom::Sum(sum) if sum.single().is_some() => match sum.single().and_then(|(monomial, _)| monomial.single()) {
            Some(inner) => inner.clone(),
            None => atom.clone(),
        },
        Atom::Sum(sum) => Atom::Sum(-sum),
        other => Atom::Sum(-Expression::atom(other.clone())),
    }
}

impl From<Atom> for Expression {
    fn from(atom: Atom) -> Self {
        match atom {
            Atom::Sum(sum) => sum,
            other => Self::atom(other),
        }
    }
}

/// cʳ for c > 0, by the prime factors of c.
fn number_power(c: &Rational, exponent: Exponent) -> Expression {
    let mut power = Expression::integer(1);
    for (integer, sign) in [(c.numer(), 1), (c.denom(), -1)] {
        for (prime, count) in prime_factors(integer) {
            let prime = Monomial::power(Atom::Constant(Constant::Integer(prime)), exponent);
            let raised = prime.raise(Exponent::from_integer(sign * count));
            power = raised.map_or_else(|| Obstacle::TooLarge.into(), |raised| &power * &raised.normalised());
        }
    }
    power
}

/// ln c for c > 0, by the prime factors of c.
fn number_ln(c: &Rational) -> Expression {
    let mut sum = Expression::integer(0);
    for (integer, sign) in [(c.numer(), 1), (c.denom(), -1)] {
        for (prime, count) in prime_factors(integer) {
            let ln = Expression::function(Function::Ln, Expression::number(Rational::from_integer(prime)));
            sum = &sum + &ln.scale(&Rational::from_integer(BigInt::from(sign * count)));
        }
    }
    sum
}

/// ln a for a factor a > 0.
fn atom_ln(atom: Atom) -> Expression {
    match &atom {
        Atom::Constant(Constant::E) => Expression::integer(1),
        Atom::Constant(Constant::Integer(n)) => number_ln(&Rational::from_integer(n.clone())),
        Atom::Function(call) if call.function == Function::Exp => call.arguments[0].clone(),
        _ => Expression::function(Function::Ln, atom.into()),
    }
}

/// exp(c·m): a^c if m = ln a, and else (exp m)^c.
fn term_exp(monomial: &Monomial, coefficient: &Rational) -> Expression {
    let Some(exponent) = to_exponent(coefficient) else { return Obstacle::TooLarge.into() };
    if monomial.is_one() {
        return Monomial::power(Atom::Constant(Constant::E), exponent).normalised();
    }
    match monomial.single() {
        Some(Atom::Function(call)) if call.function == Function::Ln => call.arguments[0].power(exponent),
        _ => {
            let argument = Expression::term(monomial.clone(), Rational::one());
            Expression::function(Function::Exp, argument).power(exponent)
        }
    }
}
