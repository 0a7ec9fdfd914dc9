//! Derivatives of expressions.
//!
//! One pass over the nodes that the expression is made of, operands first, forms the derivative of each from those of its
//! operands. What is shared in the expression is shared in the derivative, and each derivative is kept for the next question.

use super::{Graph, NodeId};

impl Graph {
    /// ∂`output`/∂`variable`, where the variable is a parameter, a datum or any other node that is held to be independent of
    /// those beside it.
    ///
    /// Along a comparison that decided something the derivative is that of the branch taken; |x| has the derivative
    /// sign(x), and sign(x) has 0.
    ///
    /// # Panics
    /// If a node belongs to another, larger graph.
    pub fn derivative(&mut self, output: NodeId, variable: NodeId) -> NodeId {
        if let Some(&known) = self.derivatives.get(&(output, variable)) {
            return known;
        }
        let zero = self.constant(0.0);
        for id in self.reachable(&[output]) {
            if id == variable {
                let one = self.constant(1.0);
                self.derivatives.insert((id, variable), one);
            } else if id > variable && !self.derivatives.contains_key(&(id, variable)) {
                // A node is made of earlier ones only.
                let derivative = self.chain_rule(id, |graph, operand| {
                    graph.derivatives.get(&(operand, variable)).copied().filter(|&of| of != zero)
                });
                self.derivatives.insert((id, variable), derivative.unwrap_or(zero));
            }
        }
        self.derivatives.get(&(output, variable)).copied().unwrap_or(zero)
    }

    /// The derivatives with respect to the parameters θ₀, θ₁, …, as many as there are.
    ///
    /// # Panics
    /// If the node belongs to another, larger graph.
    pub fn gradient(&mut self, output: NodeId, parameters: u32) -> Vec<NodeId> {
        (0..parameters)
            .map(|i| {
                let variable = self.parameter(i);
                self.derivative(output, variable)
            })
            .collect()
    }

    /// The second derivatives with respect to the parameters, the lower triangle row after row
    /// ([`packed_index`](crate::derivatives::packed_index)).
    ///
    /// # Panics
    /// If the node belongs to another, larger graph.
    pub fn hessian(&mut self, output: NodeId, parameters: u32) -> Vec<NodeId> {
        let gradient = self.gradient(output, parameters);
        let mut packed = Vec::with_capacity(gradient.len() * (gradient.len() + 1) / 2);
        for (i, &slope) in gradient.iter().enumerate() {
            for j in 0..=i {
                let variable = self.parameter(j as u32);
                packed.push(self.derivative(slope, variable));
            }
        }
        packed
    }
}
