//! The symbolic reading, from outside.

mod algebra;
mod anywhere;
mod closed_forms;
mod families;
mod formulas;
mod generated;
mod groups;
mod matrices;
mod plain_text;
mod programs;
mod refusals;
mod threads;
mod traces;

use fisher_information::symbolic::graph::{Binary, Graph, Node, NodeId, Unary};

/// The sum of the absolute values of the terms that a node adds up.
fn sizes(graph: &Graph, outputs: &[NodeId], theta: &[f64], x: &[f64]) -> Vec<f64> {
    let order = graph.reachable(outputs);
    let values = graph.evaluate(&order, theta, x);
    let mut sizes: Vec<f64> = Vec::new();
    let place = |id| order.binary_search(&id).unwrap();
    for (&id, value) in order.iter().zip(&values) {
        let size = |id| sizes[place(id)];
        sizes.push(match graph.node(id) {
            Node::Binary(Binary::Add | Binary::Subtract, a, b) => size(a) + size(b),
            Node::Binary(Binary::Multiply, a, b) => size(a) * size(b),
            Node::Binary(Binary::Divide, a, b) => size(a) / values[place(b)].abs(),
            Node::Unary(Unary::Negate, a) => size(a),
            _ => value.abs(),
        });
    }
    outputs.iter().map(|&id| sizes[place(id)]).collect()
}
