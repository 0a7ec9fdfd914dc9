//! Expressions as a directed acyclic graph in which equal subexpressions are one node.
//!
//! Nodes stand in an arena in the order in which they were made, operands before what is made of them. Every pass over a graph
//! is therefore a loop, never a recursion, and a sum of a million terms is as good as any other expression.

mod adjoint;
mod algebra;
mod derivative;
mod evaluate;
pub(crate) mod hasher;
mod node;
mod partial;
mod rules;
mod special_rules;
mod spherical_bessel;

pub use node::{Binary, Constant, Node, NodeId, Unary};
pub(crate) use partial::value as partial_value;

use hasher::FastMap;

/// An arena of expressions in parameters θ₀, θ₁, … and data x₀, x₁, …
///
/// ```
/// use fisher_information::symbolic::graph::Graph;
///
/// let mut graph = Graph::new();
/// let (rate, x) = (graph.parameter(0), graph.datum(0));
/// let (first, second) = (graph.multiply(rate, x), graph.multiply(x, rate));
/// assert_eq!(first, second);
/// assert_eq!(graph.derivative(first, rate), x);
/// assert_eq!(graph.evaluate(&[first], &[2.0], &[3.5]), [7.0]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    dependence: Vec<Dependence>,
    index: FastMap<Node, NodeId>,
    /// By variable the derivatives of the nodes, at their places, as far as known.
    derivatives: FastMap<NodeId, Vec<Option<NodeId>>>,
}

/// What the value of a node can depend on.
#[derive(Clone, Copy, Debug, Default)]
struct Dependence {
    parameters: bool,
    data: bool,
}

impl Graph {
    /// A graph without nodes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many nodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Makes room for so many more nodes.
    pub(crate) fn reserve(&mut self, more: usize) {
        self.nodes.reserve(more);
        self.dependence.reserve(more);
        self.index.reserve(more);
    }

    /// Whether there are no nodes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// A node.
    ///
    /// # Panics
    /// If the node belongs to another, larger graph.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Node {
        self.nodes[id.index()]
    }

    /// The number that a node is, if it is a constant.
    #[must_use]
    pub fn as_constant(&self, id: NodeId) -> Option<f64> {
        match self.node(id) {
            Node::Constant(constant) => Some(constant.value()),
            _ => None,
        }
    }

    /// Whether a node contains a datum.
    #[must_use]
    pub fn depends_on_data(&self, id: NodeId) -> bool {
        self.dependence[id.index()].data
    }

    /// Whether a node contains a parameter.
    #[must_use]
    pub fn depends_on_parameters(&self, id: NodeId) -> bool {
        self.dependence[id.index()].parameters
    }

    /// The node as it is, without any simplification; the one that is there, if there is an equal one. Operands of a
    /// commutative operation are sorted first.
    ///
    /// # Panics
    /// If an operand belongs to another, larger graph.
    pub fn insert(&mut self, node: Node) -> NodeId {
        let node = node.sorted();
        if let Some(&id) = self.index.get(&node) {
            return id;
        }
        let mut dependence =
            Dependence { parameters: matches!(node, Node::Parameter(_)), data: matches!(node, Node::Datum(_)) };
        for operand in node.operands() {
            let of = self.dependence[operand.index()];
            dependence.parameters |= of.parameters;
            dependence.data |= of.data;
        }
        let id = NodeId::new(self.nodes.len());
        self.nodes.push(node);
        self.dependence.push(dependence);
        self.index.insert(node, id);
        id
    }

    /// A number.
    pub fn constant(&mut self, value: f64) -> NodeId {
        self.insert(Node::Constant(Constant::new(value)))
    }

    /// The parameter θᵢ.
    pub fn parameter(&mut self, index: u32) -> NodeId {
        self.insert(Node::Parameter(index))
    }

    /// The coordinate xᵢ of the observation.
    pub fn datum(&mut self, index: u32) -> NodeId {
        self.insert(Node::Datum(index))
    }

    /// The nodes that some nodes are made of, themselves included, operands first.
    #[must_use]
    pub fn reachable(&self, from: &[NodeId]) -> Vec<NodeId> {
        let size = from.iter().map(|id| id.index() + 1).max().unwrap_or(0);
        let mut needed = vec![false; size];
        for id in from {
            needed[id.index()] = true;
        }
        for i in (0..size).rev() {
            if needed[i] {
                for operand in self.nodes[i].operands() {
                    needed[operand.index()] = true;
                }
            }
        }
        (0..size).filter(|&i| needed[i]).map(NodeId::new).collect()
    }
}

#[cfg(test)]
mod tests;
