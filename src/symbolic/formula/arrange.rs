//! An expression as textbooks print it.
//!
//! A sum is tried as one fraction with its common factors drawn out, as groups of terms with the same denominator, the same functions or the
//! same data, and as the terms as they stand. The shortest wins, and among equals the first of these.

use super::super::expression::{Atom, Expression, Function, Monomial, Rational, Role};
use super::order::{self, Piece, Rank};
use super::product::product;
use super::tree::Formula;
use super::{angles, conjugates, rewrite, unicode};
use num_traits::{One, Signed};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

/// How a formula is arranged.
#[derive(Clone, Copy)]
pub(super) struct Style<'a> {
    /// Whether it is to be computed: then 1 − ρ and 1 + ρ stay apart, whose product is exact to rounding where 1 − ρ² is not.
    pub computed: bool,
    /// How deep the part is nested.
    depth: usize,
    /// What is arranged already: the candidates for a sum have most parts in common.
    known: &'a RefCell<HashMap<Expression, Formula>>,
}

impl Style<'_> {
    fn deeper(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }
}

/// From here on sums are printed as they stand.
const DEEPEST: usize = 12;

/// A numerator with more terms is left in its fractions, since nobody would read it and its factors take long to find.
const WIDEST: usize = 60;

/// Sums with more terms are printed as they stand.
const LARGE: usize = 64;

/// The formula of an expression.
pub(super) fn formula(expression: &Expression) -> Formula {
    arranged(&rewrite::plain_names(expression), Style { computed: false, depth: 0, known: &RefCell::default() })
}

/// The formula of an expression by which it is computed.
pub(super) fn computed(expression: &Expression) -> Formula {
    arranged(expression, Style { computed: true, depth: 0, known: &RefCell::default() })
}

/// The formula of an expression whose variables have plain names.
pub(super) fn arranged(expression: &Expression, style: Style<'_>) -> Formula {
    if let Some(obstacle) = expression.obstacle() {
        return Formula::Missing(obstacle);
    }
    if let Some(formula) = style.known.borrow().get(expression) {
        return formula.clone();
    }
    let joined = angles::joined(&rewrite::joined_logarithms(expression));
    let formula = order::arranged(shortest(&joined, style.deeper()));
    style.known.borrow_mut().insert(expression.clone(), formula.clone());
    formula
}

/// The terms of a sum in their shortest form.
fn shortest(sum: &Expression, style: Style<'_>) -> Vec<Piece> {
    let terms = as_they_stand(sum, style);
    if terms.len() < 2 || terms.len() > LARGE || style.depth > DEEPEST {
        return terms;
    }
    let candidates = one_product(sum, style)
        .into_iter()
        .chain(grouped(sum, style, denominator))
        .chain(grouped(sum, style, functions))
        .chain(grouped(sum, style, data))
        .chain([terms.clone()]);
    candidates.min_by_key(|pieces| length(pieces)).unwrap_or(terms)
}

/// How long a sum is, in characters. Factors may cost their brackets, p(1 − p), and a short fraction one of them, −(1 − γ)/λ.
fn length(pieces: &[Piece]) -> usize {
    const SHORT: usize = 30;
    let count = unicode::written(&order::arranged(pieces.to_vec())).chars().count();
    let allowance = match pieces {
        [piece] if count <= SHORT => match &piece.formula {
            Formula::Product(_) => 2,
            Formula::Negative(of) if !matches!(**of, Formula::Fraction(..)) => 0,
            Formula::Negative(_) | Formula::Fraction(..) => 1,
            _ => 0,
        },
        _ => 0,
    };
    count.saturating_sub(allowance)
}

fn as_they_stand(sum: &Expression, style: Style<'_>) -> Vec<Piece> {
    let terms = sum.terms().into_iter().flatten();
    let piece = |(m, c): (&Monomial, &Rational)| Piece { rank: Rank::of(m), formula: product(c, m, style) };
    terms.map(piece).collect()
}

/// The sum as one product, if it is more than the sum in brackets.
fn one_product(sum: &Expression, style: Style<'_>) -> Option<Vec<Piece>> {
    if sum.together().ok()?.numerator.terms().ok()?.count() > WIDEST {
        return None;
    }
    let factors = sum.factors().ok()?;
    let whole = if style.computed { factors.product } else { conjugates::joined(&factors.product) };
    if let Some(Atom::Sum(own)) = whole.single()
        && factors.coefficient.abs().is_one()
        && (own == sum || -own == *sum)
    {
        return None;
    }
    let rank = Rank::first(sum.terms().ok()?.map(|(monomial, _)| monomial));
    Some(vec![Piece { rank, formula: product(&factors.coefficient, &whole, style) }])
}

/// The sum of the groups of terms that have something in common, each in its shortest form.
fn grouped(sum: &Expression, style: Style<'_>, key: impl Fn(&Monomial) -> Monomial) -> Option<Vec<Piece>> {
    let mut groups: BTreeMap<Monomial, Vec<Expression>> = BTreeMap::new();
    let terms = sum.terms().ok()?;
    let count = terms.clone().count();
    for (monomial, coefficient) in terms {
        groups.entry(key(monomial)).or_default().push(Expression::term(monomial.clone(), coefficient.clone()));
    }
    if groups.len() < 2 || groups.len() == count {
        return None;
    }
    Some(groups.into_values().flat_map(|terms| shortest(&terms.into_iter().sum(), style.deeper())).collect())
}

fn denominator(monomial: &Monomial) -> Monomial {
    monomial.split(|_, exponent| exponent.is_negative()).0
}

fn functions(monomial: &Monomial) -> Monomial {
    monomial.split(|atom, _| matches!(atom, Atom::Function(call) if call.function != Function::Exp)).0
}

fn data(monomial: &Monomial) -> Monomial {
    monomial.split(|atom, _| atom.depends_on(Role::Datum)).0
}
