//! What a recorded log-likelihood decided by the numbers it saw.

use super::graph::NodeId;

/// A place where the course of a log-likelihood, or a number in it, depended on the values of the parameters and data.
///
/// The graph of a [`Trace`](super::Trace) is the log-likelihood wherever all decisions come out the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decision {
    /// Two values were compared.
    Comparison {
        /// The left side.
        left: NodeId,
        /// The relation that was asked for.
        relation: Relation,
        /// The right side.
        right: NodeId,
        /// Whether the relation held.
        holds: bool,
    },
    /// A value left the graph as an `f64`, for a purpose unknown: the graph is known to be right only where it is the same.
    Read {
        /// What was read.
        node: NodeId,
        /// Its value.
        value: f64,
    },
}

/// A relation between two real numbers. None of them holds if one of the two is NaN.
///
/// a > b is b < a, and a ≥ b is b ≤ a.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// left < right
    Less,
    /// left ≤ right
    LessOrEqual,
    /// left = right
    Equal,
}

impl Relation {
    /// Whether the relation holds between two numbers.
    #[must_use]
    pub fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Equal => left == right,
        }
    }
}

impl Decision {
    /// The nodes whose values decided.
    pub fn nodes(self) -> impl Iterator<Item = NodeId> {
        let nodes = match self {
            Self::Comparison { left, right, .. } => [Some(left), Some(right)],
            Self::Read { node, .. } => [Some(node), None],
        };
        nodes.into_iter().flatten()
    }

    /// Whether the decision comes out the same with other values of the nodes.
    pub(crate) fn recurs(self, value: impl Fn(NodeId) -> f64) -> bool {
        match self {
            Self::Comparison { left, relation, right, holds } => relation.holds(value(left), value(right)) == holds,
            Self::Read { node, value: read } => {
                let now = value(node);
                now.to_bits() == read.to_bits() || (now.is_nan() && read.is_nan())
            }
        }
    }
}
