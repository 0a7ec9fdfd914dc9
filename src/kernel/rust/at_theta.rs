//! What depends on θ alone, as variables before the loops.

use super::super::assembler::Slot;
use super::super::program::Operand;
use super::number::literal;
use super::operations::{Needs, step};
use crate::recording::graph::{Graph, Node, NodeId};
use std::collections::HashMap;
use std::fmt::Write;

/// Variables for nodes that depend on θ alone.
pub(super) struct AtTheta {
    /// The source of each node: a variable, a number or a parameter.
    values: HashMap<usize, String>,
    /// Their definitions.
    pub text: String,
}

impl AtTheta {
    /// The variables for what some nodes are made of.
    pub fn of(graph: &Graph, nodes: &[NodeId], needs: &mut Needs) -> Self {
        let mut found = Self { values: HashMap::new(), text: String::new() };
        let mut variables = 0;
        for id in graph.reachable(nodes) {
            let node = graph.node(id);
            let value = match (node, step(node)) {
                (_, Some(step)) => {
                    let value = needs.once(step, |operand| match operand {
                        Operand::Register(index) => found.at(index as usize),
                        Operand::Column(_) | Operand::Slot(_) => literal(f64::NAN),
                    });
                    let variable = format!("t{variables}");
                    variables += 1;
                    // Writing to a string does not fail.
                    let _ = writeln!(found.text, "    let {variable} = {value};");
                    variable
                }
                (Node::Constant(constant), None) => literal(constant.value()),
                (Node::Parameter(index), None) => format!("theta[{index}]"),
                // No datum is among what depends on θ alone.
                (_, None) => literal(f64::NAN),
            };
            found.values.insert(id.index(), value);
        }
        found
    }

    fn at(&self, index: usize) -> String {
        self.values.get(&index).cloned().unwrap_or_else(|| literal(f64::NAN))
    }

    /// The source of a node.
    pub fn node(&self, id: NodeId) -> String {
        self.at(id.index())
    }

    /// The source of what a slot holds.
    pub fn slot(&self, slot: &Slot) -> String {
        match slot {
            Slot::Node(id) => self.node(*id),
            Slot::Reciprocal(id) => format!("(1.0 / {})", self.node(*id)),
            Slot::Number(number) => literal(number.value()),
        }
    }
}
