//! An expression as textbooks print it.
//!
//! A sum is tried as one fraction with its common factors drawn out, as groups of terms with the same denominator, the same functions or the
//! same data, and as the terms as they stand. The shortest wins, and among equals the first of these.

use super::super::expression::{Atom, Expression, Function, Monomial, Rational, Role};
use super::order::{self, Piece, Rank};
use super::product::product;
use super::tree::Formula;
use super::{conjugates, rewrite, unicode};
use num_traits::{One, Signed};
use std::collections::BTreeMap;

/// How a formula is arranged.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// Whether it is to be computed: then 1 − ρ and 1 + ρ stay apart, whose product is exact to rounding where 1 − ρ² is not.
    pub computed: bool,
    /// How deep the part is nested.
    depth: usize,
}

impl Style {
    fn deeper(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }
}

/// From here on sums are printed as they stand.
const DEEPEST: usize = 12;

/// Sums with more terms are printed as they stand.
const LARGE: usize = 64;

/// The formula of an expression.
pub(super) fn formula(expression: &Expression) -> Formula {
    arranged(&rewrite::plain_names(expression), Style { computed: false, depth: 0 })
}

/// The formula of an expression by which it is computed.
pub(super) fn computed(expression: &Expression) -> Formula {
    arranged(expression, Style { computed: true, depth: 0 })
}

/// The formula of an expression whose variables have plain names.
pub(super) fn arranged(expression: &Expression, style: Style) -> Formula {
    match expression.obstacle() {
        Some(obstacle) => Formula::Missing(obstacle),
        None => order::arranged(shortest(&rewrite::joined_logarithms(expression), style.deeper())),
    }
}

/// The terms of a sum in their shortest form.
fn shortest(sum: &Expression, style: Style) -> Vec<Piece> {
    let terms = as_they_stand(sum, style);
    if terms.len() < 2 || terms.len() > LARGE || style.depth > DEEPEST {
        return terms;
    }
    let candidates = one_product(sum, style)
        .into_iter()
        .chain(grouped(sum, style, |monomial| denominator(monomial)))
        .chain(grouped(sum, style, |monomial| functions(monomial)))
        .chain(grouped(sum, style, |monomial| data(monomial)))
        .chain([terms.clone()]);
    candidates.min_by_key(|pieces| length(pieces)).unwrap_or(terms)
}

fn length(pieces: &[Piece]) -> usize {
    unicode::written(&order::arranged(pieces.to_vec())).chars().count()
}

fn as_they_stand(sum: &Expression, style: Style) -> Vec<Piece> {
    let terms = sum.terms().into_iter().flatten();
    let piece = |(m, c): (&Monomial, &Rational)| Piece { rank: Rank::of(m), formula: product(c, m, style) };
    terms.map(piece).collect()
}

/// The sum as one product, if it is more than the sum in brackets.
fn one_product(sum: &Expression, style: Style) -> Option<Vec<Piece>> {
    let factors = sum.factors().ok()?;
    let whole = if style.computed { factors.product } else { conjugates::joined(&factors.product) };
    if let Some(Atom::Sum(own)) = whole.single() {
        if factors.coefficient.abs().is_one() && (own == sum || -own == *sum) {
            return None;
        }
    }
    let rank = Rank::first(sum.terms().ok()?.map(|(monomial, _)| monomial));
    Some(vec![Piece { rank, formula: product(&factors.coefficient, &whole, style) }])
}

/// The sum of the groups of terms that have something in common, each in its shortest form.
fn grouped(sum: &Expression, style: Style, key: impl Fn(&Monomial) -> Monomial) -> Option<Vec<Piece>> {
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
