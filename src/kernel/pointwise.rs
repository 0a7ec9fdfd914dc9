//! The log-likelihood at one θ with its derivatives at each of many observations, for expectations.

use super::assembler::Assembler;
use super::at_theta::{self, AtTheta};
use super::derived::Derived;
use super::loops::STRIP;
use super::machine::Machine;
use super::program::Program;
use super::vector::BLOCK;
use crate::derivatives::{packed_index, packed_length};
use crate::recording::Trace;
use crate::recording::graph::NodeId;
use std::sync::Arc;

/// A log-likelihood compiled at one θ.
///
/// A clone shares what is compiled. Which program an observation takes follows from the observation alone, so that its numbers are
/// the same whatever others came before, as long as there are not too many programs.
#[derive(Clone, Default)]
pub(crate) struct Pointwise {
    courses: Vec<Course>,
    /// Whether nothing more is compiled.
    complete: bool,
}

/// More outcomes of the decisions on data than this are left to the dual numbers.
const MOST_COURSES: usize = 8;

/// About how many nanoseconds an instruction takes for a strip.
const INSTRUCTION: usize = 20;

/// What is asked of an observation: ln f; s, s sᵀ and −H, the matrices as lower triangles.
pub(crate) struct Columns<'a> {
    /// ln f for each observation
    pub ln_densities: &'a mut [f64],
    /// Component c of observation k at c n + k, where n is the number of observations
    pub values: &'a mut [f64],
}

impl Pointwise {
    /// Evaluates at observations that are given by their coordinates; those that are left to the dual numbers: where the
    /// log-likelihood cannot be compiled, and where something is not finite.
    ///
    /// `trace` records the log-likelihood at an observation.
    pub fn evaluate(
        &mut self,
        observations: &[&[f64]],
        columns: &mut Columns<'_>,
        trace: &mut dyn FnMut(usize) -> Option<Trace>,
    ) -> Vec<usize> {
        let (mut left, mut place) = (Vec::new(), 0);
        let mut pending: Vec<usize> = (0..observations.len()).collect();
        while let Some(&first) = pending.first() {
            if place == self.courses.len() && !self.compile(first, trace) {
                left.append(&mut pending);
                break;
            }
            pending = self.courses[place].take(observations, pending, columns, &mut left);
            place += 1;
        }
        left
    }

    /// About how many nanoseconds so many observations take if there are some of every kind; 0 if nothing is compiled.
    pub fn effort(&self, observations: usize) -> usize {
        let instructions: usize = self.courses.iter().map(|course| course.program.0.instructions.len()).sum();
        INSTRUCTION * instructions * observations.div_ceil(STRIP)
    }

    /// Compiles the log-likelihood as it is at an observation.
    fn compile(&mut self, observation: usize, trace: &mut dyn FnMut(usize) -> Option<Trace>) -> bool {
        if self.complete || self.courses.len() >= MOST_COURSES {
            return false;
        }
        match trace(observation).and_then(Course::of) {
            Some(course) => self.courses.push(course),
            None => self.complete = true,
        }
        !self.complete
    }
}

/// The program for the observations at which the decisions come out in one way.
struct Course {
    program: Arc<(Program, Vec<f64>)>,
    parameters: usize,
    width: usize,
    /// The memory of the program, once it has run.
    machine: Option<Machine>,
}

impl Clone for Course {
    fn clone(&self) -> Self {
        Self { program: self.program.clone(), parameters: self.parameters, width: self.width, machine: None }
    }
}

impl Course {
    /// Nothing if numbers were read out of the recording, or the derivatives are too long.
    fn of(trace: Trace) -> Option<Self> {
        if trace.reads() {
            return None;
        }
        let guards: Vec<_> = trace.guards().collect();
        let Trace { mut graph, value, theta, x, .. } = trace;
        let value = graph.simplify(&[value])[0];
        let variables: Vec<NodeId> = (0..theta.len() as u32).map(|i| graph.parameter(i)).collect();
        let derived = Derived::at_once(&mut graph, value, &variables)?;
        let mut assembler = Assembler::new(&graph, &[]);
        for &guard in &guards {
            assembler.guard(guard);
        }
        let ln_density = assembler.value(derived.value);
        assembler.output(ln_density);
        for &entry in derived.gradient.iter().chain(&derived.curvature) {
            let entry = assembler.value(entry);
            assembler.output(entry);
        }
        let (program, slots) = assembler.finish();
        let nodes: Vec<NodeId> = at_theta::nodes(&slots).collect();
        let slots = at_theta::slots(&slots, &AtTheta::of(&graph, &nodes).values(&graph, &theta));
        let (program, parameters) = (Arc::new((program, slots)), theta.len());
        Some(Self { program, parameters, width: x.len(), machine: None })
    }

    /// Evaluates at those of the pending observations whose decisions come out this way; the others.
    fn take(
        &mut self,
        observations: &[&[f64]],
        pending: Vec<usize>,
        columns: &mut Columns<'_>,
        left: &mut Vec<usize>,
    ) -> Vec<usize> {
        let (program, slots) = &*self.program;
        let machine = self.machine.get_or_insert_with(|| Machine::new(program, self.width));
        let (mut candidates, mut others): (Vec<usize>, Vec<usize>) =
            pending.into_iter().partition(|&place| observations[place].len() == self.width);
        while !candidates.is_empty() {
            // A run ends at the first decision that comes out otherwise for some of a block. The rest of it waits for another run,
            // until there is a block of them.
            let mut waiting = Vec::new();
            for block in candidates.chunks(BLOCK) {
                load(machine, observations, block);
                if machine.run_first(block.len(), program, slots) {
                    store(machine, self.parameters, block, columns, left);
                    continue;
                }
                for (&place, &violations) in block.iter().zip(&machine.violations.0) {
                    if violations == 0.0 { waiting.push(place) } else { others.push(place) }
                }
            }
            candidates = waiting;
        }
        others.sort_unstable();
        others
    }
}

/// Writes observations into the columns of a machine, and the first once more in the places that are left.
fn load(machine: &mut Machine, observations: &[&[f64]], taken: &[usize]) {
    for (coordinate, column) in machine.columns.iter_mut().enumerate() {
        for (to, &place) in column.0.iter_mut().zip(taken) {
            *to = observations[place][coordinate];
        }
        let first = column.0[0];
        column.0[taken.len()..].fill(first);
    }
}

/// Reads the outputs of a machine, and multiplies the scores. What is not finite is left to those who can say what is wrong.
fn store(machine: &Machine, parameters: usize, taken: &[usize], columns: &mut Columns<'_>, left: &mut Vec<usize>) {
    let (Some(&first), Some(&last)) = (taken.first(), taken.last()) else { return };
    let range = first..last + 1;
    let (count, pairs) = (columns.ln_densities.len(), packed_length(parameters));
    let mut wrong = [0.0; BLOCK];
    for (number, output) in machine.outputs.iter().enumerate() {
        let column = match number.checked_sub(1) {
            None => &mut *columns.ln_densities,
            Some(score) if score < parameters => &mut columns.values[score * count..][..count],
            Some(curvature) => &mut columns.values[(pairs + curvature) * count..][..count],
        };
        for (wrong, value) in wrong[..taken.len()].iter_mut().zip(&output.0) {
            *wrong += value * 0.0;
        }
        if range.len() == taken.len() {
            column[range.clone()].copy_from_slice(&output.0[..taken.len()]);
        } else {
            taken.iter().zip(&output.0).for_each(|(&place, &value)| column[place] = value);
        }
    }
    let (scores, products) = columns.values.split_at_mut(parameters * count);
    for (i, a) in scores.chunks_exact(count).enumerate() {
        for (j, b) in scores.chunks_exact(count).enumerate().take(i + 1) {
            // Observations in between are those of other courses, whose products are formed again.
            let product = &mut products[packed_index(i, j) * count..][range.clone()];
            for ((product, a), b) in product.iter_mut().zip(&a[range.clone()]).zip(&b[range.clone()]) {
                *product = a * b;
            }
        }
    }
    left.extend(taken.iter().zip(&wrong).filter(|(_, wrong)| **wrong != 0.0).map(|(&place, _)| place));
}
