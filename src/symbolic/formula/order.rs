//! The order in which terms are written: constants, functions, powers, exponentials; what depends on the observation last.
//!
//! A polynomial is written by rising powers, 1 − p and η₂ − η₁², or by falling ones where that avoids a sign in front, α − 1; terms of the
//! same degree as in x² − 2μx + μ². A constant follows a variable that is added to it: ν + 1.

use super::super::expression::{Atom, Exponent, Function, Monomial, Role, Symbol};
use super::tree::Formula;
use num_traits::Zero;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// What a term is made of, in the order of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Number,
    Function,
    Powers,
    Exponential,
}

/// Where a term belongs.
#[derive(Clone, Debug)]
pub(super) struct Rank {
    class: Class,
    data: bool,
    degree: Exponent,
    monomial: Monomial,
}

/// One or several terms of a sum, written together.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub rank: Rank,
    pub formula: Formula,
}

impl Rank {
    pub(super) fn of(monomial: &Monomial) -> Self {
        let class = monomial.factors().map(|(atom, _)| class(atom)).max_by_key(|class| weight(*class));
        let class = class.unwrap_or(Class::Number);
        let counted = |atom: &Atom| match class {
            Class::Number => false,
            // A covariate is given: a + bx is linear.
            Class::Powers => match atom {
                Atom::Symbol(symbol) => symbol.role() != Role::Covariate,
                atom => matches!(atom, Atom::Sum(_)),
            },
            _ => matches!(atom, Atom::Function(_)),
        };
        let degree = monomial
            .factors()
            .filter(|(atom, _)| counted(atom))
            .fold(Exponent::zero(), |sum, (_, exponent)| sum + exponent);
        let data = monomial.mentions(&|symbol| symbol.role() == Role::Datum);
        Self { class, data, degree, monomial: monomial.clone() }
    }

    /// The first of some terms.
    pub(super) fn first<'a>(monomials: impl Iterator<Item = &'a Monomial>) -> Self {
        let ranks = monomials.map(Self::of);
        ranks.min_by(|a, b| a.compare(b, false)).unwrap_or_else(|| Self::of(&Monomial::default()))
    }

    fn compare(&self, other: &Self, polynomial: bool) -> Ordering {
        let data = if polynomial { Ordering::Equal } else { self.data.cmp(&other.data) };
        data.then_with(|| self.class.cmp(&other.class))
            .then_with(|| self.degree.cmp(&other.degree))
            .then_with(|| self.alphabetical(other))
    }

    /// By falling powers, with the constants last.
    fn falls_to(&self, other: &Self) -> Ordering {
        let constant = |rank: &Self| rank.class == Class::Number;
        constant(other)
            .cmp(&constant(self))
            .then_with(|| self.degree.cmp(&other.degree))
            .then_with(|| other.compare(self, true))
    }

    /// By falling powers of the variables, those of the observation first; then by the length of arguments.
    fn alphabetical(&self, other: &Self) -> Ordering {
        by_symbols(&self.monomial, &other.monomial)
            .then_with(|| length(&self.monomial).cmp(&length(&other.monomial)))
            .then_with(|| self.mentioned().cmp(&other.mentioned()))
            .then_with(|| other.monomial.cmp(&self.monomial))
    }

    /// The variables, those under functions too.
    fn mentioned(&self) -> BTreeSet<Symbol> {
        let found = RefCell::new(BTreeSet::new());
        self.monomial.mentions(&|symbol| {
            found.borrow_mut().insert(symbol.clone());
            false
        });
        found.into_inner()
    }

    /// Whether this is a variable.
    fn is_variable(&self) -> bool {
        matches!(self.monomial.single(), Some(Atom::Symbol(_)))
    }
}

fn class(atom: &Atom) -> Class {
    match atom {
        Atom::Constant(_) => Class::Number,
        Atom::Symbol(_) => Class::Powers,
        Atom::Sum(sum) => {
            let classes = sum.terms().into_iter().flatten().flat_map(|(monomial, _)| monomial.factors());
            classes.map(|(atom, _)| class(atom)).max_by_key(|class| weight(*class)).unwrap_or(Class::Number)
        }
        Atom::Function(call) if !call.arguments.iter().any(|argument| argument.mentions(&|_| true)) => Class::Number,
        Atom::Function(call) if call.function == Function::Exp => Class::Exponential,
        Atom::Function(_) => Class::Function,
    }
}

/// Which factor decides about the class of a product.
fn weight(class: Class) -> u8 {
    match class {
        Class::Number => 0,
        Class::Powers => 1,
        Class::Exponential => 2,
        Class::Function => 3,
    }
}

fn by_symbols(a: &Monomial, b: &Monomial) -> Ordering {
    let symbols = |monomial: &Monomial| -> Vec<(Symbol, Exponent)> {
        let symbol = |(atom, exponent): (&Atom, Exponent)| match atom {
            Atom::Symbol(symbol) => Some((symbol.clone(), exponent)),
            _ => None,
        };
        let mut found: Vec<_> = monomial.factors().filter_map(symbol).collect();
        found.sort_by(|(a, _), (b, _)| alphabet(a, b));
        found
    };
    let (a, b) = (symbols(a), symbols(b));
    for ((x, e), (y, f)) in a.iter().zip(&b) {
        let order = alphabet(x, y).then_with(|| f.cmp(e));
        if order.is_ne() {
            return order;
        }
    }
    b.len().cmp(&a.len())
}

/// The observation first, then the parameters, then what is given.
fn alphabet(a: &Symbol, b: &Symbol) -> Ordering {
    let place = |symbol: &Symbol| match symbol.role() {
        Role::Datum => 0,
        Role::Parameter => 1,
        Role::Covariate => 2,
    };
    place(a).cmp(&place(b)).then_with(|| a.index().cmp(&b.index()))
}

/// How many terms the arguments of the functions of a product have.
fn length(monomial: &Monomial) -> usize {
    let atoms = monomial.factors().map(|(atom, _)| match atom {
        Atom::Function(call) => call.arguments.iter().map(|argument| argument.terms().map_or(0, Iterator::count)).sum(),
        Atom::Sum(sum) => sum.terms().map_or(0, Iterator::count),
        _ => 1,
    });
    atoms.sum()
}

/// The terms of a sum in the order of writing.
pub(super) fn arranged(mut pieces: Vec<Piece>) -> Formula {
    let polynomial = pieces.iter().all(|piece| piece.rank.class != Class::Function);
    pieces.sort_by(|a, b| a.rank.compare(&b.rank, polynomial));
    let negative = |pieces: &[Piece]| pieces.first().is_some_and(|piece| piece.formula.is_negative());
    if polynomial {
        let first = pieces.iter().find(|piece| piece.rank.class != Class::Number);
        let follows = first.is_some_and(|piece| piece.rank.is_variable() && !piece.formula.is_negative());
        if follows || negative(&pieces) {
            let mut falling = pieces.clone();
            falling.sort_by(|a, b| b.rank.falls_to(&a.rank));
            if !negative(&falling) {
                pieces = falling;
            }
        }
    }
    if let Some(first) = pieces.iter().position(|piece| !piece.formula.is_negative()) {
        pieces[..=first].rotate_right(1);
    }
    Formula::sum(pieces.into_iter().map(|piece| piece.formula).collect())
}

/// Whether the first term by rank comes with a plus, so that of a sum and its negative exactly one does.
pub(super) fn leads_positive<'a, C: num_traits::Signed + 'a>(
    terms: impl Iterator<Item = (&'a Monomial, &'a C)>,
) -> bool {
    let ranked = terms.map(|(monomial, coefficient)| (Rank::of(monomial), coefficient.is_positive()));
    ranked.min_by(|(a, _), (b, _)| a.compare(b, true)).is_none_or(|(_, positive)| positive)
}
