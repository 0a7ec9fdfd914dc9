//! Nodes made with the rules of algebra.
//!
//! Recording keeps every operation as it was done. What is made *from* a recording, its derivatives above all, goes through the
//! functions here, which compute with numbers, drop neutral elements and let signs meet. The rules are identities of the
//! real numbers: a result is the same wherever the operands are finite, up to the sign of a zero.

use super::{Binary, Graph, Node, NodeId, Unary};

/// Makes a function of nodes for each operation.
macro_rules! operations {
    ($($(#[$meta:meta])* $name:ident($($operand:ident),*) = $node:expr;)*) => {
        impl Graph {
            $(
                $(#[$meta])*
                pub fn $name(&mut self, $($operand: NodeId),*) -> NodeId {
                    self.build($node)
                }
            )*
        }
    };
}

operations! {
    /// a + b
    add(a, b) = Node::Binary(Binary::Add, a, b);
    /// a − b
    subtract(a, b) = Node::Binary(Binary::Subtract, a, b);
    /// a·b
    multiply(a, b) = Node::Binary(Binary::Multiply, a, b);
    /// a/b
    divide(a, b) = Node::Binary(Binary::Divide, a, b);
    /// aᵇ
    power(a, b) = Node::Binary(Binary::Power, a, b);
    /// −a
    negate(a) = Node::Unary(Unary::Negate, a);
}

impl Graph {
    /// A function of one node.
    pub fn unary(&mut self, function: Unary, x: NodeId) -> NodeId {
        self.build(Node::Unary(function, x))
    }

    /// xⁿ
    pub fn power_integer(&mut self, x: NodeId, n: i32) -> NodeId {
        self.build(Node::PowerInteger(x, n))
    }

    /// The node, simplified as far as its operation and its operands tell.
    ///
    /// # Panics
    /// If an operand belongs to another, larger graph.
    pub fn build(&mut self, node: Node) -> NodeId {
        let folds = !matches!(node, Node::Constant(_) | Node::Parameter(_) | Node::Datum(_))
            && node.operands().all(|operand| self.as_constant(operand).is_some());
        if folds {
            let value = node.value(|operand| self.as_constant(operand).unwrap_or(f64::NAN), &[], &[]);
            return self.constant(value);
        }
        match node {
            Node::Unary(Unary::Negate, x) => self.negated(x),
            Node::Binary(Binary::Add, a, b) => self.sum(a, b),
            Node::Binary(Binary::Subtract, a, b) => self.difference(a, b),
            Node::Binary(Binary::Multiply, a, b) => self.product(a, b),
            Node::Binary(Binary::Divide, a, b) => self.quotient(a, b),
            Node::Binary(Binary::Power, x, n) if self.as_constant(n) == Some(1.0) => x,
            Node::Binary(Binary::Power, _, n) if self.as_constant(n) == Some(0.0) => self.constant(1.0),
            Node::PowerInteger(x, 1) => x,
            Node::PowerInteger(_, 0) => self.constant(1.0),
            Node::PowerReal(x, n) if n.value() == 1.0 => x,
            Node::PowerReal(_, n) if n.value() == 0.0 => self.constant(1.0),
            Node::MultiplyAdd(a, b, c) if [a, b, c].iter().any(|&of| self.as_constant(of).is_some()) => {
                let product = self.multiply(a, b);
                self.add(product, c)
            }
            other => self.insert(other),
        }
    }

    /// Some nodes rebuilt from the bottom up by the rules of algebra.
    ///
    /// # Panics
    /// If a node belongs to another, larger graph.
    pub fn simplify(&mut self, outputs: &[NodeId]) -> Vec<NodeId> {
        let order = self.reachable(outputs);
        let mut simple: Vec<_> = (0..order.last().map_or(0, |last| last.index() + 1)).map(NodeId::new).collect();
        for id in order {
            let node = self.node(id).map(|operand| simple[operand.index()]);
            simple[id.index()] = self.build(node);
        }
        outputs.iter().map(|id| simple[id.index()]).collect()
    }

    /// The operand of a negation.
    fn opposite(&self, id: NodeId) -> Option<NodeId> {
        match self.node(id) {
            Node::Unary(Unary::Negate, x) => Some(x),
            _ => None,
        }
    }

    fn negated(&mut self, x: NodeId) -> NodeId {
        match self.node(x) {
            Node::Unary(Unary::Negate, inner) => inner,
            Node::Binary(Binary::Subtract, a, b) => self.subtract(b, a),
            _ => self.insert(Node::Unary(Unary::Negate, x)),
        }
    }

    fn sum(&mut self, a: NodeId, b: NodeId) -> NodeId {
        if self.as_constant(a) == Some(0.0) {
            b
        } else if self.as_constant(b) == Some(0.0) {
            a
        } else if let Some(b) = self.opposite(b) {
            self.subtract(a, b)
        } else if let Some(a) = self.opposite(a) {
            self.subtract(b, a)
        } else {
            self.insert(Node::Binary(Binary::Add, a, b))
        }
    }

    fn difference(&mut self, a: NodeId, b: NodeId) -> NodeId {
        if a == b {
            self.constant(0.0)
        } else if self.as_constant(a) == Some(0.0) {
            self.negate(b)
        } else if self.as_constant(b) == Some(0.0) {
            a
        } else if let Some(b) = self.opposite(b) {
            self.add(a, b)
        } else {
            self.insert(Node::Binary(Binary::Subtract, a, b))
        }
    }

    fn product(&mut self, a: NodeId, b: NodeId) -> NodeId {
        let (factor, x) = if self.as_constant(a).is_some() { (a, b) } else { (b, a) };
        match self.as_constant(factor) {
            Some(0.0) => return self.constant(0.0),
            Some(1.0) => return x,
            Some(-1.0) => return self.negate(x),
            _ => {}
        }
        match (self.opposite(a), self.opposite(b)) {
            (Some(a), Some(b)) => self.multiply(a, b),
            (Some(a), None) => {
                let product = self.multiply(a, b);
                self.negate(product)
            }
            (None, Some(b)) => {
                let product = self.multiply(a, b);
                self.negate(product)
            }
            (None, None) => self.insert(Node::Binary(Binary::Multiply, a, b)),
        }
    }

    fn quotient(&mut self, a: NodeId, b: NodeId) -> NodeId {
        match (self.as_constant(a), self.as_constant(b)) {
            (Some(0.0), _) => return self.constant(0.0),
            (Some(1.0), _) => return self.unary(Unary::Reciprocal, b),
            (_, Some(1.0)) => return a,
            (_, Some(-1.0)) => return self.negate(a),
            _ => {}
        }
        match (self.opposite(a), self.opposite(b)) {
            (Some(a), Some(b)) => self.divide(a, b),
            (Some(a), None) => {
                let quotient = self.divide(a, b);
                self.negate(quotient)
            }
            (None, Some(b)) => {
                let quotient = self.divide(a, b);
                self.negate(quotient)
            }
            (None, None) => self.insert(Node::Binary(Binary::Divide, a, b)),
        }
    }
}
