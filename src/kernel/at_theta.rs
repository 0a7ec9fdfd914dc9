//! What depends on θ alone.

use super::assembler::Slot;
use crate::recording::graph::{Graph, NodeId};

/// The nodes to be evaluated once for each θ, operands first.
#[derive(Clone, Debug, Default)]
pub(super) struct AtTheta {
    order: Vec<NodeId>,
}

impl AtTheta {
    /// What some nodes are made of; none may depend on the data.
    pub fn of(graph: &Graph, nodes: &[NodeId]) -> Self {
        Self { order: graph.reachable(nodes) }
    }

    /// The values, at the places of the nodes in the graph.
    pub fn values(&self, graph: &Graph, theta: &[f64]) -> Vec<f64> {
        let mut values = vec![f64::NAN; self.order.last().map_or(0, |last| last.index() + 1)];
        for &id in &self.order {
            values[id.index()] = graph.node(id).value(|operand| values[operand.index()], theta, &[]);
        }
        values
    }
}

/// What the slots of a program hold.
pub(super) fn slots(slots: &[Slot], values: &[f64]) -> Vec<f64> {
    let value = |slot: &Slot| match slot {
        Slot::Node(id) => values.get(id.index()).copied().unwrap_or(f64::NAN),
        Slot::Reciprocal(id) => values.get(id.index()).map_or(f64::NAN, |value| value.recip()),
        Slot::Number(number) => number.value(),
    };
    slots.iter().map(value).collect()
}

/// The nodes that slots need.
pub(super) fn nodes(slots: &[Slot]) -> impl Iterator<Item = NodeId> {
    slots.iter().filter_map(|slot| match slot {
        Slot::Node(id) | Slot::Reciprocal(id) => Some(*id),
        Slot::Number(_) => None,
    })
}
