//! Polynomials in several variables with integer coefficients: exact division, greatest common divisors, factors.
//!
//! The greatest common divisor is found by Euclid's algorithm with primitive remainders in one variable after the other
//! (Knuth, *The Art of Computer Programming* 2 (1997), section 4.6.1, algorithm E). The polynomials of log-densities are small; on
//! large ones the algorithm gives up and answers 1, which leaves a fraction unreduced but right.

use super::budget;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};
use std::collections::BTreeMap;

/// The exponents of the variables in one term.
type Powers = Vec<u32>;

/// A polynomial; the terms are in lexicographic order and none has coefficient 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Polynomial {
    variables: usize,
    terms: BTreeMap<Powers, BigInt>,
}

/// More terms than this are not divided by Euclid's algorithm.
const LARGE: usize = 120;

/// Coefficients with more bits than this are not either.
const LONG: u64 = 2048;

impl Polynomial {
    pub(super) fn new(variables: usize, terms: impl IntoIterator<Item = (Powers, BigInt)>) -> Self {
        let mut polynomial = Self { variables, terms: BTreeMap::new() };
        for (powers, coefficient) in terms {
            polynomial.add_term(powers, coefficient);
        }
        polynomial
    }

    fn zero(variables: usize) -> Self {
        Self::new(variables, [])
    }

    fn one(variables: usize) -> Self {
        Self::new(variables, [(vec![0; variables], BigInt::one())])
    }

    pub(super) fn terms(&self) -> impl Iterator<Item = (&Powers, &BigInt)> {
        self.terms.iter()
    }

    fn is_zero(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether no variable occurs.
    pub(super) fn is_constant(&self) -> bool {
        self.terms.keys().all(|powers| powers.iter().all(|&power| power == 0))
    }

    fn is_large(&self) -> bool {
        self.terms.len() > LARGE || self.terms.values().any(|c| c.bits() > LONG) || budget::spent()
    }

    fn add_term(&mut self, powers: Powers, coefficient: BigInt) {
        let sum = self.terms.remove(&powers).unwrap_or_default() + coefficient;
        if !sum.is_zero() {
            self.terms.insert(powers, sum);
        }
    }

    fn subtract(mut self, other: &Self) -> Self {
        for (powers, coefficient) in &other.terms {
            self.add_term(powers.clone(), -coefficient);
        }
        self
    }

    fn multiply(&self, other: &Self) -> Self {
        budget::spend(self.terms.len() * other.terms.len());
        let mut product = Self::zero(self.variables);
        for (powers, coefficient) in &other.terms {
            for (own, c) in &self.terms {
                product.add_term(sum(own, powers), c * coefficient);
            }
        }
        product
    }

    /// The quotient, if the other divides this without a remainder.
    pub(super) fn divide(&self, divisor: &Self) -> Option<Self> {
        let (lead, leading) = divisor.terms.last_key_value()?;
        let mut rest = self.clone();
        let mut quotient = Self::zero(self.variables);
        while let Some((powers, coefficient)) = rest.terms.last_key_value() {
            let powers: Powers = powers.iter().zip(lead).map(|(a, b)| a.checked_sub(*b)).collect::<Option<_>>()?;
            let (factor, remainder) = coefficient.div_rem(leading);
            if !remainder.is_zero() || !budget::spend(divisor.terms.len()) {
                return None;
            }
            for (own, c) in &divisor.terms {
                rest.add_term(sum(own, &powers), -(c * &factor));
            }
            quotient.add_term(powers, factor);
        }
        Some(quotient)
    }

    /// The greatest common divisor of the coefficients, with the sign of the leading one.
    fn content(&self) -> BigInt {
        let size = self.terms.values().fold(BigInt::zero(), |gcd, c| gcd.gcd(c));
        let negative = self.terms.last_key_value().is_some_and(|(_, leading)| leading.is_negative());
        if negative { -size } else { size }
    }

    /// The polynomial divided by its content.
    fn primitive(mut self) -> Self {
        let content = self.content();
        if !content.is_zero() && !content.is_one() {
            self.terms.values_mut().for_each(|c| *c /= &content);
        }
        self
    }

    fn degree(&self, variable: usize) -> u32 {
        self.terms.keys().map(|powers| powers[variable]).max().unwrap_or(0)
    }

    /// The coefficients of the powers of one variable, polynomials in the others.
    fn coefficients(&self, variable: usize) -> BTreeMap<u32, Self> {
        let mut found = BTreeMap::new();
        for (powers, coefficient) in &self.terms {
            let mut others = powers.clone();
            let power = std::mem::take(&mut others[variable]);
            found.entry(power).or_insert_with(|| Self::zero(self.variables)).add_term(others, coefficient.clone());
        }
        found
    }

    /// The coefficient of the highest power of one variable.
    fn leading(&self, variable: usize) -> Self {
        self.coefficients(variable).pop_last().map_or_else(|| Self::zero(self.variables), |(_, leading)| leading)
    }

    /// The common divisor of the coefficients in one variable.
    fn content_in(&self, variable: usize) -> Self {
        let mut content = Self::zero(self.variables);
        for coefficient in self.coefficients(variable).into_values() {
            content = content.gcd(&coefficient);
            if content == Self::one(self.variables) {
                break;
            }
        }
        content
    }

    /// The greatest common divisor, primitive and with a positive leading coefficient, times that of the contents.
    pub(super) fn gcd(&self, other: &Self) -> Self {
        if self.is_zero() || other.is_zero() {
            let whole = if self.is_zero() { other } else { self };
            return if whole.content().is_negative() {
                Self::zero(whole.variables).subtract(whole)
            } else {
                whole.clone()
            };
        }
        let content = self.content().gcd(&other.content());
        let found = self.clone().primitive().primitive_gcd(&other.clone().primitive());
        Self::new(found.variables, found.terms.into_iter().map(|(powers, c)| (powers, c * &content)))
    }

    fn primitive_gcd(&self, other: &Self) -> Self {
        let one = Self::one(self.variables);
        if self.is_constant() || other.is_constant() || self.is_large() || other.is_large() {
            return one;
        }
        // A variable that only one of them has occurs in no common divisor.
        for variable in 0..self.variables {
            match (self.degree(variable), other.degree(variable)) {
                (0, 0) => {}
                (0, _) => return self.gcd(&other.content_in(variable)),
                (_, 0) => return other.gcd(&self.content_in(variable)),
                _ => return self.gcd_in(other, variable).primitive(),
            }
        }
        one
    }

    /// Euclid's algorithm in a variable that both have.
    fn gcd_in(&self, other: &Self, variable: usize) -> Self {
        let one = Self::one(self.variables);
        let (content_a, content_b) = (self.content_in(variable), other.content_in(variable));
        let content = content_a.gcd(&content_b);
        let (Some(mut a), Some(mut b)) = (self.divide(&content_a), other.divide(&content_b)) else { return one };
        if a.degree(variable) < b.degree(variable) {
            std::mem::swap(&mut a, &mut b);
        }
        while !b.is_zero() {
            if b.degree(variable) == 0 {
                return content;
            }
            let remainder = a.pseudo_remainder(&b, variable).primitive();
            if remainder.is_large() {
                return content;
            }
            let common = remainder.content_in(variable);
            let remainder = if remainder.is_zero() { Some(remainder) } else { remainder.divide(&common) };
            let Some(remainder) = remainder else { return content };
            (a, b) = (b, remainder);
        }
        a.primitive().multiply(&content)
    }

    /// The remainder of lᵏ·self by the divisor in one variable, where l is the divisor's leading coefficient.
    fn pseudo_remainder(&self, divisor: &Self, variable: usize) -> Self {
        let (degree, leading) = (divisor.degree(variable), divisor.leading(variable));
        let mut rest = self.clone();
        while !rest.is_zero() && rest.degree(variable) >= degree && !rest.is_large() {
            let mut shift = vec![0; self.variables];
            shift[variable] = rest.degree(variable) - degree;
            let step = rest.leading(variable).multiply(&Self::new(self.variables, [(shift, BigInt::one())]));
            rest = leading.multiply(&rest).subtract(&step.multiply(divisor));
        }
        rest
    }

    fn derivative(&self, variable: usize) -> Self {
        let terms = self.terms.iter().filter(|(powers, _)| powers[variable] > 0).map(|(powers, c)| {
            let mut lower = powers.clone();
            lower[variable] -= 1;
            (lower, c * powers[variable])
        });
        Self::new(self.variables, terms)
    }

    /// Polynomials whose product this is, up to a number: factors that do not depend on some variable are taken out, repeated
    /// factors separated, and differences of squares split. Constant factors are left out.
    pub(super) fn factors(&self) -> Vec<(Self, u32)> {
        let mut found: Vec<(Self, u32)> = Vec::new();
        self.clone().primitive().collect_factors(1, &mut found);
        let mut distinct: Vec<(Self, u32)> = Vec::new();
        for (factor, count) in found {
            match distinct.iter_mut().find(|(own, _)| *own == factor) {
                Some((_, own)) => *own += count,
                None => distinct.push((factor, count)),
            }
        }
        distinct
    }

    fn collect_factors(self, count: u32, found: &mut Vec<(Self, u32)>) {
        if self.is_constant() {
            return;
        }
        for variable in 0..self.variables {
            if self.degree(variable) == 0 {
                continue;
            }
            let content = self.content_in(variable).primitive();
            if let Some(rest) = self.over_factor(&content) {
                content.collect_factors(count, found);
                return rest.collect_factors(count, found);
            }
            let repeated = self.gcd(&self.derivative(variable)).primitive();
            if let Some(rest) = self.over_factor(&repeated) {
                repeated.collect_factors(count, found);
                return rest.collect_factors(count, found);
            }
        }
        match self.difference_of_squares() {
            Some([sum, difference]) => {
                sum.collect_factors(count, found);
                difference.collect_factors(count, found);
            }
            None => found.push((self, count)),
        }
    }

    /// The quotient by a factor that is not a number, primitive.
    fn over_factor(&self, factor: &Self) -> Option<Self> {
        if factor.is_constant() { None } else { self.divide(factor).map(Self::primitive) }
    }

    /// a² − b² = (a + b)(a − b)
    fn difference_of_squares(&self) -> Option<[Self; 2]> {
        let mut terms = self.terms.iter();
        let (Some((p, c)), Some((q, d)), None) = (terms.next(), terms.next(), terms.next()) else { return None };
        if c.sign() == d.sign() {
            return None;
        }
        let root = |powers: &Powers, coefficient: &BigInt| {
            let size = coefficient.abs();
            let root = size.sqrt();
            let whole = &root * &root == size && powers.iter().all(|power| power % 2 == 0);
            whole.then(|| (powers.iter().map(|power| power / 2).collect::<Powers>(), root))
        };
        let ((p, c), (q, d)) = (root(p, c)?, root(q, d)?);
        let sum = Self::new(self.variables, [(p.clone(), c.clone()), (q.clone(), d.clone())]);
        Some([sum.primitive(), Self::new(self.variables, [(p, c), (q, -d)]).primitive()])
    }
}

fn sum(a: &Powers, b: &Powers) -> Powers {
    a.iter().zip(b).map(|(a, b)| a.saturating_add(*b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polynomial(terms: &[([u32; 2], i64)]) -> Polynomial {
        Polynomial::new(2, terms.iter().map(|(powers, c)| (powers.to_vec(), BigInt::from(*c))))
    }

    #[test]
    fn common_divisors_of_products() {
        let (x, y) = (polynomial(&[([1, 0], 1), ([0, 1], 2)]), polynomial(&[([2, 0], 3), ([0, 1], -1), ([0, 0], 5)]));
        let z = polynomial(&[([1, 1], 7), ([0, 0], -1)]);
        let common = x.multiply(&y).gcd(&x.multiply(&z));
        assert_eq!(common, x);
        assert_eq!(x.multiply(&y).divide(&y), Some(x.clone()));
        assert_eq!(x.multiply(&y).divide(&z), None);
        assert!(y.gcd(&z).is_constant());
    }

    #[test]
    fn factors_multiply_to_the_whole() {
        let x = polynomial(&[([1, 0], 1), ([0, 0], 1)]);
        let y = polynomial(&[([2, 0], 1), ([0, 0], -1)]);
        let z = polynomial(&[([1, 0], 2), ([0, 1], 1)]);
        let product = x.multiply(&y).multiply(&z).multiply(&z);
        let factors = product.factors();
        assert_eq!(factors.len(), 3, "{factors:?}");
        let whole = factors.iter().fold(Polynomial::one(2), |whole, (factor, count)| {
            (0..*count).fold(whole, |whole, _| whole.multiply(factor))
        });
        assert_eq!(whole, product);
    }
}
