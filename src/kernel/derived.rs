//! The derivatives of a log-likelihood as nodes of its graph.

use crate::derivatives::packed_length;
use crate::recording::graph::{Graph, NodeId};

/// A value with its first and second derivatives.
#[derive(Clone, Debug)]
pub(super) struct Derived {
    pub value: NodeId,
    pub gradient: Vec<NodeId>,
    /// Minus the second derivatives, the lower triangle row after row.
    pub curvature: Vec<NodeId>,
}

/// Graphs of derivatives beyond this are not formed.
const MOST_NODES: usize = 200_000;

/// Up to so many variables a forward sweep for each takes no longer than what is saved by sharing it with the second derivatives.
const MOST_FORWARD: usize = 8;

impl Derived {
    /// The derivatives with respect to some nodes; `None` if their formulas are too long.
    pub fn of(graph: &mut Graph, value: NodeId, variables: &[NodeId]) -> Option<Self> {
        let gradient = graph.gradient_by_either_sweep(value, variables);
        Self::of_gradient(graph, value, gradient, variables)
    }

    /// The same in the shortest time, though perhaps not with the fewest operations.
    pub fn at_once(graph: &mut Graph, value: NodeId, variables: &[NodeId]) -> Option<Self> {
        graph.reserve((value.index() * variables.len()).min(MOST_NODES));
        let gradient = match variables.len() {
            0..=MOST_FORWARD => variables.iter().map(|&variable| graph.derivative(value, variable)).collect(),
            _ => graph.adjoint_gradient(value, variables),
        };
        Self::of_gradient(graph, value, gradient, variables)
    }

    /// The second derivatives from the first.
    fn of_gradient(graph: &mut Graph, value: NodeId, gradient: Vec<NodeId>, variables: &[NodeId]) -> Option<Self> {
        let mut curvature = Vec::with_capacity(packed_length(variables.len()));
        for (i, &slope) in gradient.iter().enumerate() {
            for &variable in &variables[..=i] {
                let second = graph.derivative(slope, variable);
                curvature.push(graph.negate(second));
            }
            if graph.len() > MOST_NODES {
                return None;
            }
        }
        Some(Self { value, gradient, curvature })
    }
}
