//! Products of atoms with rational exponents.

use super::{Atom, Exponent};
use num_traits::{CheckedAdd, CheckedMul, Signed, Zero};
use std::cmp::Ordering;

/// Π aᵢ^eᵢ with distinct atoms in order and exponents that are not zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Monomial(Vec<(Atom, Exponent)>);

impl Monomial {
    /// a^e
    pub(crate) fn power(atom: Atom, exponent: Exponent) -> Self {
        if exponent.is_zero() { Self::default() } else { Self(vec![(atom, exponent)]) }
    }

    /// The factors with their exponents.
    pub fn factors(&self) -> impl Iterator<Item = (&Atom, Exponent)> + Clone {
        self.0.iter().map(|(atom, exponent)| (atom, *exponent))
    }

    /// Whether this is the empty product.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.0.is_empty()
    }

    /// The only factor, if there is one factor with exponent 1.
    #[must_use]
    pub fn single(&self) -> Option<&Atom> {
        match self.0.as_slice() {
            [(atom, exponent)] if *exponent == Exponent::from_integer(1) => Some(atom),
            _ => None,
        }
    }

    /// The exponent of an atom, 0 if it is not a factor.
    #[must_use]
    pub fn exponent(&self, atom: &Atom) -> Exponent {
        self.0.binary_search_by(|(own, _)| own.cmp(atom)).map_or_else(|_| Exponent::zero(), |at| self.0[at].1)
    }

    /// The product, or `None` if an exponent overflows.
    pub(crate) fn multiply(&self, other: &Self) -> Option<Self> {
        let mut product = Vec::with_capacity(self.0.len() + other.0.len());
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        loop {
            match (left.peek(), right.peek()) {
                (Some((a, e)), Some((b, f))) => match a.cmp(b) {
                    Ordering::Less => product.extend(left.next().cloned()),
                    Ordering::Greater => product.extend(right.next().cloned()),
                    Ordering::Equal => {
                        let sum = e.checked_add(f)?;
                        if !sum.is_zero() {
                            product.push((a.clone(), sum));
                        }
                        left.next();
                        right.next();
                    }
                },
                (Some(_), None) => product.extend(left.next().cloned()),
                (None, Some(_)) => product.extend(right.next().cloned()),
                (None, None) => return Some(Self(product)),
            }
        }
    }

    /// The product raised to a power, or `None` if an exponent overflows.
    pub(crate) fn raise(&self, exponent: Exponent) -> Option<Self> {
        if exponent.is_zero() {
            return Some(Self::default());
        }
        self.0.iter().map(|(atom, e)| Some((atom.clone(), e.checked_mul(&exponent)?))).collect::<Option<_>>().map(Self)
    }

    /// The factors that fulfil a condition, and the others.
    pub(crate) fn split(&self, condition: impl Fn(&Atom, Exponent) -> bool) -> (Self, Self) {
        let (yes, no) = self.0.iter().cloned().partition(|(atom, exponent)| condition(atom, *exponent));
        (Self(yes), Self(no))
    }
}

/// Lexicographic by exponents, so that a < b implies ac < bc: the order in which polynomials are divided.
impl Ord for Monomial {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |e: Exponent| if e.is_positive() { Ordering::Greater } else { Ordering::Less };
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        loop {
            match (left.peek(), right.peek()) {
                (Some((a, e)), Some((b, f))) => match a.cmp(b) {
                    Ordering::Less => return sign(*e),
                    Ordering::Greater => return sign(*f).reverse(),
                    Ordering::Equal if e != f => return e.cmp(f),
                    Ordering::Equal => {
                        left.next();
                        right.next();
                    }
                },
                (Some((_, e)), None) => return sign(*e),
                (None, Some((_, f))) => return sign(*f).reverse(),
                (None, None) => return Ordering::Equal,
            }
        }
    }
}

impl PartialOrd for Monomial {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
