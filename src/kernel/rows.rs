//! The log-likelihood and its derivatives row by row, and their products.

use super::assembler::{Assembler, Slot};
use super::derived::Derived;
use super::predictors::Structure;
use super::product::{Column, Design};
use super::program::{Operand, Program, Reduction};
use crate::recording::Decision;
use crate::recording::graph::{Graph, Node};

/// Everything that is asked of a row is computed for it, and summed.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    pub program: Program,
    pub slots: Vec<Slot>,
    /// Linear predictors, if the sums are formed from derivatives in them.
    pub design: Option<Design>,
}

impl Rows {
    /// The sums of the derivatives in the parameters themselves.
    pub fn direct(graph: &Graph, derived: &Derived, guards: &[Decision]) -> Self {
        let mut assembler = Assembler::new(graph, &[]);
        for &guard in guards {
            assembler.guard(guard);
        }
        assembler.reduce(Reduction::Weight);
        let value = assembler.value(derived.value);
        assembler.reduce(Reduction::Sum(value));
        let scores: Vec<Operand> = derived.gradient.iter().map(|&score| assembler.value(score)).collect();
        for &score in &scores {
            assembler.reduce(Reduction::Sum(score));
        }
        for (i, &score) in scores.iter().enumerate() {
            for &other in &scores[..=i] {
                assembler.reduce(Reduction::Product(score, other));
            }
        }
        for &entry in &derived.curvature {
            let entry = assembler.value(entry);
            assembler.reduce(Reduction::Sum(entry));
        }
        let (program, slots) = assembler.finish();
        Self { program, slots, design: None }
    }

    /// The derivatives in linear predictors, from which those in the parameters follow.
    pub fn structured(
        graph: &Graph,
        structure: &Structure,
        derived: &Derived,
        guards: &[Decision],
        parameters: usize,
    ) -> Self {
        let mut assembler = Assembler::new(graph, &structure.computed);
        for &guard in guards {
            assembler.guard(guard);
        }
        assembler.reduce(Reduction::Weight);
        let value = assembler.value(derived.value);
        assembler.reduce(Reduction::Sum(value));
        for node in derived.gradient.iter().chain(&derived.curvature) {
            let operand = assembler.value(*node);
            assembler.output(operand);
        }
        let design = Design::new(parameters, &structure.variables, |node| match graph.node(node) {
            Node::Datum(index) if !structure.computed.iter().any(|(of, _)| *of == index) => Column::Data(index),
            _ => {
                let operand = assembler.value(node);
                Column::Output(assembler.output(operand) as u32)
            }
        });
        let (program, slots) = assembler.finish();
        Self { program, slots, design: Some(design) }
    }
}
