//! Gradients by a reverse sweep.
//!
//! Source: Griewank and Walther, *Evaluating Derivatives* (2008), section 3.2: the gradient of a function of any number of variables
//! costs a small multiple of the function.

use super::hasher::FastMap;
use super::{Graph, NodeId};

impl Graph {
    /// The gradient by one sweep from the output to the variables: the adjoint of a node is the sum over the nodes made of it of their
    /// adjoints times their derivatives in it.
    ///
    /// ```
    /// use fisher_information::recording::graph::Graph;
    ///
    /// let mut graph = Graph::new();
    /// let (a, b) = (graph.parameter(0), graph.parameter(1));
    /// let product = graph.multiply(a, b);
    /// assert_eq!(graph.adjoint_gradient(product, &[a, b]), [b, a]);
    /// ```
    ///
    /// # Panics
    /// If a node belongs to another, larger graph.
    pub fn adjoint_gradient(&mut self, output: NodeId, variables: &[NodeId]) -> Vec<NodeId> {
        let (zero, one) = (self.constant(0.0), self.constant(1.0));
        let order = self.reachable(&[output]);
        // What no variable enters has no part in it.
        let mut active: FastMap<NodeId, bool> = FastMap::default();
        for &id in &order {
            let is_active = variables.contains(&id) || self.node(id).operands().any(|operand| active[&operand]);
            active.insert(id, is_active);
        }
        let mut adjoints: FastMap<NodeId, NodeId> = FastMap::default();
        adjoints.insert(output, one);
        for &id in order.iter().rev() {
            let Some(&adjoint) = adjoints.get(&id) else { continue };
            if variables.contains(&id) {
                continue;
            }
            let mut operands: Vec<NodeId> = self.node(id).operands().filter(|operand| active[operand]).collect();
            operands.sort_unstable();
            operands.dedup();
            for operand in operands {
                let slope = self.chain_rule(id, |_, of| (of == operand).then_some(one));
                let Some(slope) = slope else { continue };
                let part = self.multiply(adjoint, slope);
                let sum = match adjoints.get(&operand) {
                    Some(&known) => self.add(known, part),
                    None => part,
                };
                adjoints.insert(operand, sum);
            }
        }
        variables.iter().map(|variable| adjoints.get(variable).copied().unwrap_or(zero)).collect()
    }

    /// The gradient by the sweep, forward or reverse, that leaves fewer operations.
    ///
    /// # Panics
    /// If a node belongs to another, larger graph.
    pub fn gradient_by_either_sweep(&mut self, output: NodeId, variables: &[NodeId]) -> Vec<NodeId> {
        let reverse = self.adjoint_gradient(output, variables);
        if variables.len() > MOST_FORWARD {
            return reverse;
        }
        let forward: Vec<NodeId> = variables.iter().map(|&variable| self.derivative(output, variable)).collect();
        if self.reachable(&forward).len() <= self.reachable(&reverse).len() { forward } else { reverse }
    }
}

/// With more variables than this a forward sweep for each is not even tried.
const MOST_FORWARD: usize = 16;
