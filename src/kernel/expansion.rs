//! The expansion of nodes into coefficients in θ times functions of the data.
//!
//! What is not a sum, a product or a power is a function: of the data alone, such as ln x, or of θ too, such as 1/(1 + z²/ν).
//! Functions of the data alone are expanded about their value in the middle of the data, T(x) = (T(x) − T₀) + T₀ and
//! ln X(x) = ln(X(x)/X₀) + ln X₀, so that the powers of what remains lose no digits to a distant origin. Where functions may depend on θ,
//! a residual x − μ is one of them, for the same reason: each component of a mixture has its own origin.

use super::polynomial::{MonomialId, Monomials, Polynomial};
use crate::recording::graph::hasher::{FastMap, FastSet};
use crate::recording::graph::{Binary, Graph, Node, NodeId, Unary};

/// Some observations of a data set.
pub(super) type Sample = [Vec<f64>];

/// How many products stand in a logarithm at most that is taken apart.
const DEEPEST: usize = 32;

/// A function of the data whose middle is as many times larger than its scatter is far from the origin.
const FAR: f64 = 1000.0;

/// What functions may depend on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Over {
    /// The data alone.
    Data,
    /// The data, and θ too.
    DataAndParameters,
}

/// An expansion in progress.
pub(super) struct Expansion<'a> {
    pub graph: &'a mut Graph,
    pub monomials: Monomials,
    sample: &'a Sample,
    over: Over,
    /// The functions of the data that lie far from the origin.
    distant: FastSet<NodeId>,
    known: FastMap<NodeId, Polynomial>,
    /// How many products of terms may still be formed.
    budget: usize,
}

impl<'a> Expansion<'a> {
    pub fn new(graph: &'a mut Graph, sample: &'a Sample, over: Over, budget: usize) -> Self {
        Self {
            graph,
            monomials: Monomials::new(),
            sample,
            over,
            distant: FastSet::default(),
            known: FastMap::default(),
            budget,
        }
    }

    /// Whether coefficients may be small differences of large numbers, such as y₀ − β₀ − β₁x₀ in the middle of a distant line. Their rounding
    /// would be the same for all rows, where that of the rows themselves averages out.
    pub fn is_distant(&self) -> bool {
        self.distant.len() > 1
    }

    /// The expansion of a node; `None` if there are too many terms, or functions of what they may not depend on.
    pub fn of(&mut self, output: NodeId) -> Option<Polynomial> {
        let mut pending = vec![output];
        while let Some(&id) = pending.last() {
            if self.known.contains_key(&id) {
                pending.pop();
                continue;
            }
            let before = pending.len();
            for operand in self.expanded(id) {
                if !self.known.contains_key(&operand) {
                    pending.push(operand);
                }
            }
            if pending.len() == before {
                let found = self.node(id)?;
                self.known.insert(id, found);
            }
        }
        self.known.get(&output).cloned()
    }

    /// The operands that have to be expanded before a node is.
    fn expanded(&self, id: NodeId) -> Vec<NodeId> {
        if !self.graph.depends_on_data(id) || self.is_residual(id) {
            return Vec::new();
        }
        match self.graph.node(id) {
            node @ (Node::Binary(Binary::Add | Binary::Subtract | Binary::Multiply | Binary::Divide, ..)
            | Node::MultiplyAdd(..)
            | Node::Unary(Unary::Negate | Unary::Reciprocal, _)
            | Node::PowerInteger(..)) => node.operands().collect(),
            _ => Vec::new(),
        }
    }

    fn node(&mut self, id: NodeId) -> Option<Polynomial> {
        if !self.graph.depends_on_data(id) {
            return Some(self.constant(id));
        }
        if self.is_residual(id) {
            return self.function(id);
        }
        Some(match self.graph.node(id) {
            Node::Unary(Unary::Negate, x) => self.known[&x].negated(self.graph),
            Node::Unary(Unary::Reciprocal, x) => self.power(x, -1)?,
            Node::PowerInteger(x, n) => self.power(x, n)?,
            Node::Binary(Binary::Add, a, b) => self.known[&a].plus(&self.known[&b], self.graph),
            Node::Binary(Binary::Subtract, a, b) => self.known[&a].minus(&self.known[&b], self.graph),
            Node::Binary(Binary::Multiply, a, b) => self.product(a, b)?,
            Node::Binary(Binary::Divide, a, b) if !self.graph.depends_on_data(b) => {
                let quotient = self.known[&a].clone();
                quotient.map(|coefficient| self.graph.divide(coefficient, b))
            }
            Node::Binary(Binary::Divide, a, b) => {
                let (dividend, inverse) = (self.known[&a].clone(), self.power(b, -1)?);
                self.multiply(&dividend, &inverse)?
            }
            Node::MultiplyAdd(a, b, c) => self.product(a, b)?.plus(&self.known[&c], self.graph),
            Node::Unary(Unary::Ln, x) => self.logarithm(id, x)?,
            _ => self.function(id)?,
        })
    }

    fn constant(&mut self, coefficient: NodeId) -> Polynomial {
        match self.graph.as_constant(coefficient) {
            Some(0.0) => Polynomial::default(),
            _ => Polynomial::term(MonomialId::ONE, coefficient),
        }
    }

    fn product(&mut self, a: NodeId, b: NodeId) -> Option<Polynomial> {
        let (a, b) = (self.known[&a].clone(), self.known[&b].clone());
        self.multiply(&a, &b)
    }

    fn multiply(&mut self, a: &Polynomial, b: &Polynomial) -> Option<Polynomial> {
        self.budget = self.budget.checked_sub(a.0.len() * b.0.len())?;
        Some(a.times(b, self.graph, &mut self.monomials))
    }

    /// xⁿ; for negative n with 1/x as a function.
    fn power(&mut self, x: NodeId, n: i32) -> Option<Polynomial> {
        let base = if n >= 0 {
            self.known[&x].clone()
        } else if let Some((MonomialId::ONE, coefficient)) = self.known[&x].single() {
            let inverse = self.graph.unary(Unary::Reciprocal, coefficient);
            Polynomial::term(MonomialId::ONE, inverse)
        } else {
            let inverse = self.graph.unary(Unary::Reciprocal, x);
            self.function(inverse)?
        };
        const MOST: u32 = 8;
        let n = n.unsigned_abs();
        if n > MOST {
            return None;
        }
        let mut power = base.clone();
        for _ in 1..n {
            power = self.multiply(&power, &base)?;
        }
        Some(power)
    }

    /// Whether a node is the difference, or the sum, of a function of the data and one of θ, where that is kept as it is.
    fn is_residual(&self, id: NodeId) -> bool {
        let alone = |of: NodeId, other: NodeId| {
            !self.graph.depends_on_parameters(of)
                && self.graph.depends_on_parameters(other)
                && !self.graph.depends_on_data(other)
        };
        match self.graph.node(id) {
            Node::Binary(Binary::Add | Binary::Subtract, a, b) if self.over == Over::DataAndParameters => {
                alone(a, b) || alone(b, a)
            }
            _ => false,
        }
    }

    /// A function of the data, about its value in their middle if it depends on them alone.
    fn function(&mut self, id: NodeId) -> Option<Polynomial> {
        if self.over == Over::Data && self.graph.depends_on_parameters(id) {
            return None;
        }
        let one = self.graph.constant(1.0);
        if let Some(middle) = self.middle(id) {
            let middle = self.graph.constant(middle);
            let rest = self.graph.subtract(id, middle);
            let rest = self.monomials.of(vec![(rest, 1)]);
            let mut terms = vec![(MonomialId::ONE, middle), (rest, one)];
            terms.sort_unstable_by_key(|term| term.0);
            return Some(Polynomial(terms));
        }
        let monomial = self.monomials.of(vec![(id, 1)]);
        Some(Polynomial::term(monomial, one))
    }

    /// ln(T(θ) X(x)) = ln(X/X₀) + ln(T X₀); the logarithm of anything else is a function.
    fn logarithm(&mut self, id: NodeId, argument: NodeId) -> Option<Polynomial> {
        let Some((scale, data)) = self.split(argument, DEEPEST) else { return self.function(id) };
        let one = self.graph.constant(1.0);
        let ln = self.graph.unary(Unary::Ln, data);
        // e^{middle of ln X}, or X₀ = 1 if ln X is small
        let middle = self.middle(ln).map_or(1.0, f64::exp);
        if !(middle.is_finite() && middle > 0.0) {
            return self.function(id);
        }
        let (inverse, middle) = (self.graph.constant(middle.recip()), self.graph.constant(middle));
        let ratio = self.graph.multiply(data, inverse);
        let (rest, scaled) = (self.graph.unary(Unary::Ln, ratio), self.graph.multiply(scale, middle));
        let coefficient = self.graph.unary(Unary::Ln, scaled);
        let rest = self.monomials.of(vec![(rest, 1)]);
        let constant = self.constant(coefficient);
        Some(constant.plus(&Polynomial::term(rest, one), self.graph))
    }

    /// A node as a factor that depends on θ alone times one that depends on the data alone.
    fn split(&mut self, id: NodeId, deepest: usize) -> Option<(NodeId, NodeId)> {
        let deepest = deepest.checked_sub(1)?;
        let one = self.graph.constant(1.0);
        match (self.graph.depends_on_parameters(id), self.graph.depends_on_data(id)) {
            (false, _) => return Some((one, id)),
            (true, false) => return Some((id, one)),
            (true, true) => {}
        }
        match self.graph.node(id) {
            Node::Binary(Binary::Multiply, a, b) => {
                let ((s, a), (t, b)) = (self.split(a, deepest)?, self.split(b, deepest)?);
                Some((self.graph.multiply(s, t), self.graph.multiply(a, b)))
            }
            Node::Binary(Binary::Divide, a, b) => {
                let ((s, a), (t, b)) = (self.split(a, deepest)?, self.split(b, deepest)?);
                Some((self.graph.divide(s, t), self.graph.divide(a, b)))
            }
            Node::Unary(Unary::Reciprocal, x) => {
                let (s, x) = self.split(x, deepest)?;
                Some((self.graph.unary(Unary::Reciprocal, s), self.graph.unary(Unary::Reciprocal, x)))
            }
            _ => None,
        }
    }

    /// The median of a function of the data alone over the sample, if it is more than twice the scatter about it.
    fn middle(&mut self, id: NodeId) -> Option<f64> {
        if self.graph.depends_on_parameters(id) || self.sample.is_empty() {
            return None;
        }
        let mut values: Vec<f64> = self.sample.iter().map(|x| self.graph.evaluate(&[id], &[], x)[0]).collect();
        let middle = median(&mut values);
        let mut distances: Vec<f64> = values.iter().map(|value| (value - middle).abs()).collect();
        let scatter = median(&mut distances);
        if middle.abs() > FAR * scatter {
            self.distant.insert(id);
        }
        (middle.is_finite() && middle.abs() > 2.0 * scatter).then_some(middle)
    }
}

/// The element in the middle of the order.
fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}
