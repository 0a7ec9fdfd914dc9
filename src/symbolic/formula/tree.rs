//! The display tree: an expression as it is read, before it is spelled.

use super::super::expression::{Constant, Function, Obstacle, Symbol};
use num_bigint::BigInt;

/// A part of a formula. Numbers are not negative: a sign is a [`Negative`](Self::Negative).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Formula {
    Number(BigInt),
    /// A number by its digits, such as 0.1234567 or 2.5e-12.
    Decimal(String),
    Constant(Constant),
    Symbol(Symbol),
    Negative(Box<Self>),
    /// At least two terms.
    Sum(Vec<Self>),
    /// At least two factors.
    Product(Vec<Self>),
    Fraction(Box<Self>, Box<Self>),
    /// A base and an exponent.
    Power(Box<Self>, Box<Self>),
    /// √u
    Root(Box<Self>),
    /// eᵘ
    Exponential(Box<Self>),
    Absolute(Box<Self>),
    Call(Call),
    /// What could not be built.
    Missing(Obstacle),
}

/// A function of arguments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Call {
    pub function: Function,
    /// Whether e to this function is meant, which has a name of its own: Γ instead of ln Γ.
    pub raised: bool,
    pub arguments: Vec<Formula>,
}

impl Formula {
    pub(super) fn number(n: impl Into<BigInt>) -> Self {
        Self::Number(n.into())
    }

    /// A product of any number of factors.
    pub(super) fn product(mut factors: Vec<Self>) -> Self {
        match factors.len() {
            0 => Self::number(1),
            1 => factors.remove(0),
            _ => Self::Product(factors),
        }
    }

    /// A sum of any number of terms.
    pub(super) fn sum(mut terms: Vec<Self>) -> Self {
        match terms.len() {
            0 => Self::number(0),
            1 => terms.remove(0),
            _ => Self::Sum(terms),
        }
    }

    /// A quotient of two products.
    pub(super) fn quotient(numerator: Vec<Self>, denominator: Vec<Self>) -> Self {
        let over = Self::product(numerator);
        if denominator.is_empty() { over } else { Self::Fraction(over.into(), Self::product(denominator).into()) }
    }

    /// −u or u
    pub(super) fn signed(self, negative: bool) -> Self {
        if negative { Self::Negative(self.into()) } else { self }
    }

    /// The parts of which it is made.
    pub(super) fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Negative(of) | Self::Root(of) | Self::Exponential(of) | Self::Absolute(of) => vec![of],
            Self::Fraction(a, b) | Self::Power(a, b) => vec![a, b],
            Self::Sum(parts) | Self::Product(parts) => parts.iter().collect(),
            Self::Call(call) => call.arguments.iter().collect(),
            Self::Number(_) | Self::Decimal(_) | Self::Constant(_) | Self::Symbol(_) | Self::Missing(_) => Vec::new(),
        }
    }

    /// Its variables, as often as they occur.
    pub(super) fn symbols(&self) -> Vec<&Symbol> {
        match self {
            Self::Symbol(symbol) => vec![symbol],
            other => other.parts().into_iter().flat_map(Self::symbols).collect(),
        }
    }

    pub(super) fn is_negative(&self) -> bool {
        matches!(self, Self::Negative(_))
    }
}
