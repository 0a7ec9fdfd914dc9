//! Polynomials in functions of the data, whose coefficients depend on θ alone.

use crate::recording::graph::hasher::FastMap;
use crate::recording::graph::{Binary, Graph, NodeId, Unary};

/// A product of powers of functions of the data, each a node of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct MonomialId(u32);

impl MonomialId {
    /// The empty product.
    pub const ONE: Self = Self(0);

    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The factors of a monomial, in order: function and exponent.
pub(super) type Factors = Vec<(NodeId, u32)>;

/// All monomials met so far.
#[derive(Clone, Debug)]
pub(super) struct Monomials {
    factors: Vec<Factors>,
    index: FastMap<Factors, MonomialId>,
    products: FastMap<(MonomialId, MonomialId), MonomialId>,
}

impl Monomials {
    pub fn new() -> Self {
        let mut monomials = Self { factors: Vec::new(), index: FastMap::default(), products: FastMap::default() };
        monomials.of(Vec::new());
        monomials
    }

    /// The monomial with these factors.
    pub fn of(&mut self, factors: Factors) -> MonomialId {
        if let Some(&known) = self.index.get(&factors) {
            return known;
        }
        let id = MonomialId(self.factors.len() as u32);
        self.index.insert(factors.clone(), id);
        self.factors.push(factors);
        id
    }

    pub fn factors(&self, monomial: MonomialId) -> &Factors {
        &self.factors[monomial.index()]
    }

    /// The sum of the exponents.
    pub fn degree(&self, monomial: MonomialId) -> u32 {
        self.factors(monomial).iter().map(|(_, exponent)| exponent).sum()
    }

    pub fn product(&mut self, a: MonomialId, b: MonomialId) -> MonomialId {
        if a == MonomialId::ONE {
            return b;
        }
        if b == MonomialId::ONE {
            return a;
        }
        let key = (a.min(b), a.max(b));
        if let Some(&known) = self.products.get(&key) {
            return known;
        }
        let mut factors = self.factors(a).clone();
        for &(function, exponent) in &self.factors[b.index()] {
            match factors.binary_search_by_key(&function, |factor| factor.0) {
                Ok(place) => factors[place].1 += exponent,
                Err(place) => factors.insert(place, (function, exponent)),
            }
        }
        let product = self.of(factors);
        self.products.insert(key, product);
        product
    }

    /// a/b, if b divides a.
    pub fn quotient(&mut self, a: MonomialId, b: MonomialId) -> Option<MonomialId> {
        let mut factors = self.factors(a).clone();
        for &(function, exponent) in &self.factors[b.index()] {
            let place = factors.binary_search_by_key(&function, |factor| factor.0).ok()?;
            factors[place].1 = factors[place].1.checked_sub(exponent)?;
        }
        factors.retain(|factor| factor.1 > 0);
        Some(self.of(factors))
    }
}

/// Σ coefficient × monomial, in the order of the monomials.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Polynomial(pub Vec<(MonomialId, NodeId)>);

impl Polynomial {
    /// A coefficient times a monomial.
    pub fn term(monomial: MonomialId, coefficient: NodeId) -> Self {
        Self(vec![(monomial, coefficient)])
    }

    /// The only term, if there is but one.
    pub fn single(&self) -> Option<(MonomialId, NodeId)> {
        match self.0.as_slice() {
            [term] => Some(*term),
            _ => None,
        }
    }

    /// The sum of two.
    pub fn plus(&self, other: &Self, graph: &mut Graph) -> Self {
        self.merge(other, graph, |_, b| b, Binary::Add)
    }

    /// The difference of two.
    pub fn minus(&self, other: &Self, graph: &mut Graph) -> Self {
        self.merge(other, graph, |graph, b| graph.negate(b), Binary::Subtract)
    }

    fn merge(&self, other: &Self, graph: &mut Graph, alone: fn(&mut Graph, NodeId) -> NodeId, both: Binary) -> Self {
        let mut terms = Vec::with_capacity(self.0.len() + other.0.len());
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        loop {
            match (left.peek(), right.peek()) {
                (None, None) => break,
                (Some(&&a), None) => {
                    terms.push(a);
                    left.next();
                }
                (None, Some(&&b)) => {
                    terms.push((b.0, alone(graph, b.1)));
                    right.next();
                }
                (Some(&&a), Some(&&b)) if a.0 < b.0 => {
                    terms.push(a);
                    left.next();
                }
                (Some(&&a), Some(&&b)) if b.0 < a.0 => {
                    terms.push((b.0, alone(graph, b.1)));
                    right.next();
                }
                (Some(&&a), Some(&&b)) => {
                    let coefficient = if both == Binary::Add { graph.add(a.1, b.1) } else { graph.subtract(a.1, b.1) };
                    terms.push((a.0, coefficient));
                    left.next();
                    right.next();
                }
            }
        }
        terms.retain(|&(_, coefficient)| graph.as_constant(coefficient) != Some(0.0));
        Self(terms)
    }

    /// Every coefficient replaced.
    pub fn map(&self, mut coefficient: impl FnMut(NodeId) -> NodeId) -> Self {
        Self(self.0.iter().map(|&(monomial, of)| (monomial, coefficient(of))).collect())
    }

    /// −p
    pub fn negated(&self, graph: &mut Graph) -> Self {
        self.map(|coefficient| graph.build(crate::recording::graph::Node::Unary(Unary::Negate, coefficient)))
    }

    /// The product of two.
    pub fn times(&self, other: &Self, graph: &mut Graph, monomials: &mut Monomials) -> Self {
        let mut terms: FastMap<MonomialId, NodeId> = FastMap::default();
        for &(m, a) in &self.0 {
            for &(n, b) in &other.0 {
                let coefficient = graph.multiply(a, b);
                let sum = match terms.get(&monomials.product(m, n)) {
                    Some(&known) => graph.add(known, coefficient),
                    None => coefficient,
                };
                terms.insert(monomials.product(m, n), sum);
            }
        }
        let mut terms: Vec<_> = terms.into_iter().collect();
        terms.sort_unstable_by_key(|term| term.0);
        terms.retain(|&(_, coefficient)| graph.as_constant(coefficient) != Some(0.0));
        Self(terms)
    }
}
