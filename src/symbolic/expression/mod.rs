//! The normal form: sums of products with exact coefficients and exponents.
//!
//! An [`Expression`] is Σ c·Π aᵉ, where c is a rational number, e a rational exponent, and each a an [`Atom`]: a constant such as π, a
//! variable, a function of another expression, or a sum in brackets that is a denominator or under a root. Like terms are
//! collected as the sum is built, so that equal polynomials are equal values. Two fractions are compared by
//! [`is_zero`](Expression::is_zero) of their difference, which brings it over one denominator.
//!
//! The rules for functions (ln of a product, exp of a sum, sine of a sum, ψ(α + 1)) hold where the density is defined: signs are
//! judged by the domain of each variable.

mod arithmetic;
mod atom;
mod budget;
mod constants;
mod derivative;
mod evaluate;
mod factors;
mod fraction;
mod functions;
mod monomial;
mod number;
mod polynomial;
mod sign;
mod substitution;
mod symbol;
mod trigonometry;

pub use atom::{Application, Atom, Constant, Function};
pub use monomial::Monomial;
pub use number::{Exponent, Rational};
pub use symbol::{Role, Symbol};

pub(crate) use budget::limited;

pub(crate) use number::{from_exponent, integer, ratio, to_exponent, to_f64};

use num_traits::{One, Zero};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Why an expression could not be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Obstacle {
    /// More terms than anybody would read, or an exponent beyond reason.
    TooLarge,
    /// A number that is NaN or infinite.
    NotFinite,
    /// A division by an expression that is zero.
    DivisionByZero,
    /// A function, or a derivative of one, that the normal form does not have.
    NoFormula(&'static str),
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => f.write_str("the expression grows beyond all bounds"),
            Self::NotFinite => f.write_str("the expression contains a number that is not finite"),
            Self::DivisionByZero => f.write_str("the expression divides by zero"),
            Self::NoFormula(what) => write!(f, "there is no formula for {what}"),
        }
    }
}

/// The terms of a sum, none of them with coefficient 0.
pub(crate) type Terms = BTreeMap<Monomial, Rational>;

/// A sum of products with exact coefficients and exponents.
///
/// Arithmetic never fails: an expression that could not be built carries its [`Obstacle`] along, as NaN does among numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Expression(Result<Arc<Terms>, Obstacle>);

impl Expression {
    /// More terms than this are too many.
    const MOST_TERMS: usize = 1024;

    /// The sum of the given terms.
    pub(crate) fn from_terms(terms: Terms) -> Self {
        if terms.len() > Self::MOST_TERMS { Obstacle::TooLarge.into() } else { Self(Ok(Arc::new(terms))) }
    }

    /// c·m for a product m that needs no rule applied to it.
    pub(crate) fn term(monomial: Monomial, coefficient: Rational) -> Self {
        let term = (!coefficient.is_zero()).then_some((monomial, coefficient));
        Self::from_terms(term.into_iter().collect())
    }

    /// A rational number.
    pub(crate) fn number(value: Rational) -> Self {
        Self::term(Monomial::default(), value)
    }

    /// An integer.
    #[must_use]
    pub fn integer(n: i64) -> Self {
        Self::number(integer(n))
    }

    /// n/d, for d ≠ 0.
    #[must_use]
    pub fn ratio(n: i64, d: i64) -> Self {
        if d == 0 { Obstacle::DivisionByZero.into() } else { Self::number(ratio(n, d)) }
    }

    /// A constant that is not rational.
    #[must_use]
    pub fn constant(constant: Constant) -> Self {
        Self::atom(Atom::Constant(constant))
    }

    /// A number with a name of its own.
    pub(crate) fn named(name: &str, value: f64) -> Self {
        Self::constant(Constant::Named(name.into(), value.to_bits()))
    }

    /// A variable.
    #[must_use]
    pub fn symbol(symbol: &Symbol) -> Self {
        Self::atom(Atom::Symbol(symbol.clone()))
    }

    pub(crate) fn atom(atom: Atom) -> Self {
        Self::term(Monomial::power(atom, Exponent::one()), Rational::one())
    }

    /// Its terms, each a product with its coefficient.
    ///
    /// # Errors
    /// Why the expression could not be built.
    pub fn terms(&self) -> Result<impl Iterator<Item = (&Monomial, &Rational)> + Clone, Obstacle> {
        self.map().map(|terms| terms.iter())
    }

    pub(crate) fn map(&self) -> Result<&Terms, Obstacle> {
        self.0.as_deref().map_err(|obstacle| *obstacle)
    }

    /// Why the expression could not be built, if so.
    #[must_use]
    pub fn obstacle(&self) -> Option<Obstacle> {
        self.0.as_ref().err().copied()
    }

    /// The only term, if there is one.
    pub(crate) fn single(&self) -> Option<(&Monomial, &Rational)> {
        let terms = self.map().ok()?;
        if terms.len() == 1 { terms.iter().next() } else { None }
    }

    /// The value, if the expression is a rational number.
    #[must_use]
    pub fn as_number(&self) -> Option<Rational> {
        let terms = self.map().ok()?;
        match self.single() {
            None => terms.is_empty().then(Rational::zero),
            Some((monomial, coefficient)) => monomial.is_one().then(|| coefficient.clone()),
        }
    }

    /// The variable, if the expression is nothing else.
    #[must_use]
    pub fn as_symbol(&self) -> Option<&Symbol> {
        let (monomial, coefficient) = self.single()?;
        match monomial.single()? {
            Atom::Symbol(symbol) if coefficient.is_one() => Some(symbol),
            _ => None,
        }
    }

    /// Whether any variable of the given role occurs.
    #[must_use]
    pub fn depends_on(&self, role: Role) -> bool {
        self.mentions(&|symbol| symbol.role() == role)
    }

    /// Whether a variable occurs for which the condition holds.
    pub(crate) fn mentions(&self, condition: &impl Fn(&Symbol) -> bool) -> bool {
        self.map().is_ok_and(|terms| terms.keys().any(|monomial| monomial.mentions(condition)))
    }
}

impl Monomial {
    /// Whether a variable occurs for which the condition holds.
    pub(crate) fn mentions(&self, condition: &impl Fn(&Symbol) -> bool) -> bool {
        self.factors().any(|(atom, _)| atom.mentions(condition))
    }
}

impl Atom {
    /// Whether a variable occurs for which the condition holds.
    pub(crate) fn mentions(&self, condition: &impl Fn(&Symbol) -> bool) -> bool {
        match self {
            Self::Constant(_) => false,
            Self::Symbol(symbol) => condition(symbol),
            Self::Function(call) => call.arguments.iter().any(|argument| argument.mentions(condition)),
            Self::Sum(sum) => sum.mentions(condition),
        }
    }

    /// Whether any variable of the given role occurs.
    pub(crate) fn depends_on(&self, role: Role) -> bool {
        self.mentions(&|symbol| symbol.role() == role)
    }
}

impl From<Obstacle> for Expression {
    fn from(obstacle: Obstacle) -> Self {
        Self(Err(obstacle))
    }
}

impl From<&Symbol> for Expression {
    fn from(symbol: &Symbol) -> Self {
        Self::symbol(symbol)
    }
}
