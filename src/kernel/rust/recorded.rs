//! A recorded log-likelihood with what is summed over the data.

use super::super::assembler::Slot;
use super::super::at_theta;
use super::super::derived::Derived;
use super::super::explanation::Obstacle;
use super::super::program::Program;
use super::super::reduced::{Reduced, Term};
use super::super::rows::Rows;
use super::super::variant::MOST_REDUCED;
use super::at_theta::AtTheta;
use super::number::comparison;
use super::operations::Needs;
use super::pass::Pass;
use crate::recording::graph::{Graph, NodeId};
use crate::recording::{Decision, Trace};
use std::fmt::Write;

/// Programs and the decisions under which they are right.
pub(super) struct Recorded {
    graph: Graph,
    conditions: Vec<Decision>,
    /// How many decisions were taken on the data.
    pub guards: usize,
    reduced: Option<Reduced>,
    rows: Rows,
}

impl Recorded {
    /// Refused if numbers were read out of the recording, or its derivatives are too long.
    pub fn of(trace: Trace) -> Result<Self, Obstacle> {
        if trace.x.is_empty() {
            return Err(Obstacle::Opaque);
        }
        if trace.reads() {
            return Err(Obstacle::Reads);
        }
        let (guards, conditions): (Vec<Decision>, Vec<Decision>) =
            (trace.guards().collect(), trace.conditions().collect());
        let Trace { mut graph, value, theta, x, .. } = trace;
        let value = graph.simplify(&[value])[0];
        let variables: Vec<NodeId> = (0..theta.len() as u32).map(|i| graph.parameter(i)).collect();
        let derived = Derived::of(&mut graph, value, &variables).ok_or(Obstacle::TooLong)?;
        let few = theta.len() <= MOST_REDUCED;
        let reduced = if few { Reduced::of(&mut graph, &derived, &guards, &[x], false) } else { None };
        let rows = Rows::direct(&graph, &derived, &guards);
        Ok(Self { graph, conditions, guards: guards.len(), reduced, rows })
    }

    /// How many decisions were taken on θ.
    pub fn conditions(&self) -> usize {
        self.conditions.len()
    }

    /// How many functions of the data are summed, if everything is combined from them.
    pub fn functions(&self) -> Option<usize> {
        self.reduced.as_ref().map(Reduced::functions)
    }

    /// The function that tells whether the formula is right at θ.
    pub fn holds(&self, needs: &mut Needs) -> String {
        let nodes: Vec<NodeId> = self.conditions.iter().flat_map(|decision| decision.nodes()).collect();
        let at_theta = AtTheta::of(&self.graph, &nodes, needs);
        let comparisons: Vec<String> = self
            .conditions
            .iter()
            .filter_map(|decision| match *decision {
                Decision::Comparison { left, relation, right, holds } => {
                    Some(comparison(&at_theta.node(left), relation, &at_theta.node(right), holds))
                }
                Decision::Read { .. } => None,
            })
            .collect();
        format!(
            "{}    {}\n",
            at_theta.text,
            if comparisons.is_empty() { "true".into() } else { comparisons.join("\n        && ") }
        )
    }

    /// The body of the function that sums everything row by row.
    pub fn by_rows(&self, needs: &mut Needs) -> String {
        let Rows { program, slots, .. } = &self.rows;
        let at_theta = AtTheta::of(&self.graph, &at_theta::nodes(slots).collect::<Vec<_>>(), needs);
        let pass = pass(program, slots, &at_theta, needs, "");
        format!(
            "{}{}    (totals.map(Total::value), strays_seen)\n",
            at_theta.text,
            chunks(&pass, program.sums, "0.0", "total.add(sum);", "")
        )
    }

    /// The body of the function that sums functions of the data.
    pub fn by_functions(&self, needs: &mut Needs) -> Option<String> {
        let reduced = self.reduced.as_ref()?;
        let nodes: Vec<NodeId> = reduced.coefficients().chain(at_theta::nodes(&reduced.slots)).collect();
        let at_theta = AtTheta::of(&self.graph, &nodes, needs);
        let pass = pass(&reduced.program, &reduced.slots, &at_theta, needs, "_and_size");
        let mut text = at_theta.text.clone();
        let sums = reduced.program.sums;
        text += &chunks(&pass, sums, "(0.0, 0.0)", "total.add(sum.0);\n            *size += sum.1;", "sizes");
        let _ = write!(
            text,
            "    let sums: [(f64, f64); {sums}] = std::array::from_fn(|k| (totals[k].value(), sizes[k]));\n    let found = [\n"
        );
        let term = |term: &Term| (at_theta.node(term.coefficient), term.sum);
        let mut put = |terms: &mut dyn Iterator<Item = (String, usize)>| {
            let terms: Vec<String> = terms.map(|(coefficient, sum)| format!("({coefficient}, {sum})")).collect();
            let _ = writeln!(text, "        combine(&sums, &[{}]),", terms.join(", "));
        };
        put(&mut std::iter::once(("1.0".to_owned(), reduced.weight)));
        for terms in std::iter::once(&reduced.value).chain(&reduced.scores) {
            put(&mut terms.iter().map(term));
        }
        for (i, score) in reduced.scores.iter().enumerate() {
            for other in &reduced.scores[..=i] {
                let pairs = score.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
                put(&mut pairs.map(|(a, b)| {
                    let coefficient = format!("{} * {}", term(a).0, term(b).0);
                    (coefficient, reduced.products[&(a.function, b.function)])
                }));
            }
        }
        for terms in &reduced.curvature {
            put(&mut terms.iter().map(term));
        }
        text += "    ];\n    keeps_digits(&found).then(|| (found.map(|(value, _)| value), strays_seen))\n";
        Some(text)
    }
}

fn pass(program: &Program, slots: &[Slot], at_theta: &AtTheta, needs: &mut Needs, suffix: &str) -> Pass {
    let slots: Vec<String> = slots.iter().map(|slot| at_theta.slot(slot)).collect();
    Pass::of(program, &slots, needs, suffix)
}

/// The loop over chunks of rows.
fn chunks(pass: &Pass, sums: usize, zero: &str, add: &str, sizes: &str) -> String {
    let Pass { arrays, loops, reductions, guarded } = pass;
    let mutable = if *guarded { "mut " } else { "" };
    let mut text = format!("{arrays}    let mut totals = [Total::ZERO; {sums}];\n");
    if !sizes.is_empty() {
        let _ = writeln!(text, "    let mut sizes = [0.0; {sums}];");
    }
    let _ = write!(
        text,
        "    let {mutable}strays_seen = 0;\n    let mut chunk = Chunk::ZERO;\n    \
         for start in (0..columns[0].len()).step_by(ROWS) {{\n        \
         chunk.load(columns, weights, start);\n        let Chunk {{ x, w }} = &chunk;\n{loops}"
    );
    if *guarded {
        text += "        strays_seen += (0..ROWS).filter(|&i| (w[i] != 0.0) & (strays[i] != 0.0)).count();\n";
    }
    let zip = if sizes.is_empty() {
        ("total", "totals.iter_mut()")
    } else {
        ("(total, size)", "totals.iter_mut().zip(&mut sizes)")
    };
    let _ = write!(
        text,
        "        let mut sums = [{zero}; {sums}];\n{reductions}        for ({}, sum) in {}.zip(sums) {{\n            {add}\n        }}\n    }}\n",
        zip.0, zip.1
    );
    text
}
