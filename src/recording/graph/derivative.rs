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
        let (zero, one) = (self.constant(0.0), self.constant(1.0));
        if output == variable {
            return one;
        }
        // A node is made of earlier ones only.
        if output < variable {
            return zero;
        }
        let mut known = self.derivatives.remove(&variable).unwrap_or_default();
        if known.len() <= output.index() {
            known.resize(output.index() + 1, None);
        }
        let derivative = self.derivative_given(output, variable, (zero, one), &mut known);
        self.derivatives.insert(variable, known);
        derivative
    }

    /// The derivative of a node that is later than the variable, given those that are known, to which more are added.
    fn derivative_given(
        &mut self,
        output: NodeId,
        variable: NodeId,
        (zero, one): (NodeId, NodeId),
        known: &mut [Option<NodeId>],
    ) -> NodeId {
        if let Some(derivative) = known[output.index()] {
            return derivative;
        }
        let first = variable.index() + 1;
        let mut needed = vec![false; output.index() + 1 - first];
        needed[output.index() - first] = true;
        for place in (first..=output.index()).rev() {
            if needed[place - first] {
                for operand in self.nodes[place].operands() {
                    if operand > variable && known[operand.index()].is_none() {
                        needed[operand.index() - first] = true;
                    }
                }
            }
        }
        let mut derivative = zero;
        for place in (first..=output.index()).filter(|place| needed[place - first]) {
            let slope = |_: &Self, operand: NodeId| match operand {
                _ if operand == variable => Some(one),
                _ => known[operand.index()].filter(|&of| of != zero),
            };
            derivative = self.chain_rule(NodeId::new(place), slope).unwrap_or(zero);
            known[place] = Some(derivative);
        }
        derivative
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
