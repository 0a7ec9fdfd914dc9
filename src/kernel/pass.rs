//! One pass over a data set: chunks of blocks, in parallel, summed in a fixed order.

use super::at_theta;
use super::machine::{Block, Machine};
use super::product::Products;
use super::program::Program;
use super::reduced::Reduced;
use super::rows::Rows;
use super::source::{Source, load};
use super::vector::BLOCK;
use crate::error::Error;
use crate::sums::Sums;
use std::ops::Range;

/// What is run for the rows whose decisions come out in one way.
pub(super) struct Task<'k> {
    pub program: &'k Program,
    pub slots: Vec<f64>,
    pub rows: Option<&'k Rows>,
}

impl<'k> Task<'k> {
    /// Sums functions of the data.
    pub fn reduced(reduced: &'k Reduced, values: &[f64]) -> Self {
        Self { program: &reduced.program, slots: at_theta::slots(&reduced.slots, values), rows: None }
    }

    /// Sums what is computed for each row.
    pub fn rows(rows: &'k Rows, values: &[f64]) -> Self {
        Self { program: &rows.program, slots: at_theta::slots(&rows.slots, values), rows: Some(rows) }
    }

    /// How many sums there are.
    fn dimension(&self) -> usize {
        match self.rows.and_then(|rows| rows.design.as_ref()) {
            Some(design) => design.dimension(),
            None => self.program.sums,
        }
    }
}

/// The sums over some rows: those of each task, and those of rows that no kernel could take.
#[derive(Clone, Debug)]
pub(super) struct Partial {
    pub tasks: Vec<Sums>,
    pub duals: Option<Sums>,
}

impl Partial {
    fn merge(mut self, other: Self) -> Self {
        for (own, others) in self.tasks.iter_mut().zip(&other.tasks) {
            own.merge_with(others);
        }
        self.duals = match (self.duals, other.duals) {
            (Some(own), Some(others)) => Some(own.merge(&others)),
            (one, None) | (None, one) => one,
        };
        self
    }
}

/// Why a pass ended early.
#[derive(Debug)]
pub(super) enum Interruption {
    /// Something is wrong with an observation.
    Error(Error),
    /// No task is for this row.
    Unknown(usize),
}

/// A pass in preparation.
pub(super) struct Pass<'a> {
    pub source: &'a dyn Source,
    pub tasks: &'a [Task<'a>],
    /// Whether rows that no task is for are left to the dual numbers.
    pub complete: bool,
}

/// How many blocks make a chunk, at most; fewer if a block is much work.
const CHUNK: usize = 64;

impl Pass<'_> {
    /// The sums over all rows, of which there must be one.
    ///
    /// # Errors
    /// The first row that stands in the way.
    pub fn run(&self) -> Result<Partial, Interruption> {
        let work = self.tasks.iter().map(Task::dimension).max().unwrap_or(1);
        let chunk = (CHUNK * 32 / work.max(1)).clamp(4, CHUNK) * BLOCK;
        let count = self.source.count();
        crate::sums::tree(
            0..count.div_ceil(chunk),
            &|index| {
                let start = index * chunk;
                self.chunk(start..count.min(start + chunk))
            },
            Partial::merge,
        )
    }

    fn chunk(&self, rows: Range<usize>) -> Result<Partial, Interruption> {
        let mut runs: Vec<Run<'_>> = self.tasks.iter().map(|task| Run::new(task, self.source.width())).collect();
        let mut duals = None;
        for start in rows.clone().step_by(BLOCK) {
            self.block(start..rows.end.min(start + BLOCK), &mut runs, &mut duals)?;
        }
        for run in &mut runs {
            run.flush(self.source, &mut duals)?;
        }
        Ok(Partial { tasks: runs.into_iter().map(|run| run.sums).collect(), duals })
    }

    /// The sums over a block of rows.
    fn block(&self, rows: Range<usize>, runs: &mut [Run<'_>], duals: &mut Option<Sums>) -> Result<(), Interruption> {
        let Some((first, others)) = runs.split_first_mut() else {
            return by_duals(self.source, &mut rows.into_iter(), duals);
        };
        let weights = match weights(self.source, rows.clone()) {
            Weights::All => None,
            Weights::Some(weights) => Some(weights),
            Weights::Nothing => return Ok(()),
            // Rows without weight are not looked at, and those that are wrong are named.
            Weights::Irregular => return by_duals(self.source, &mut rows.into_iter(), duals),
        };
        if !load(self.source, rows.clone(), &mut first.machine.columns) {
            return by_duals(self.source, &mut rows.into_iter(), duals);
        }
        first.machine.weights = weights;
        if first.machine.run(first.task.program, &first.task.slots) {
            return first.absorb(self.source, &mut rows.into_iter(), duals);
        }
        self.sort(rows, first, others, duals)
    }

    /// Gives each row of a block to the task that it is for.
    fn sort(
        &self,
        rows: Range<usize>,
        first: &mut Run<'_>,
        others: &mut [Run<'_>],
        duals: &mut Option<Sums>,
    ) -> Result<(), Interruption> {
        let mut owner: Vec<Option<usize>> =
            (0..rows.len()).map(|place| (first.machine.violations.0[place] == 0.0).then_some(0)).collect();
        for (number, run) in (1..).zip(others.iter_mut()) {
            for (to, from) in run.machine.columns.iter_mut().zip(&first.machine.columns) {
                to.0 = from.0;
            }
            run.machine.weights = None;
            let holds = run.machine.run(run.task.program, &run.task.slots);
            for (place, owner) in owner.iter_mut().enumerate() {
                if owner.is_none() && (holds || run.machine.violations.0[place] == 0.0) {
                    *owner = Some(number);
                }
            }
        }
        for (place, owner) in owner.into_iter().enumerate() {
            let row = rows.start + place;
            match owner {
                Some(0) => first.push(self.source, row, duals)?,
                Some(number) => others[number - 1].push(self.source, row, duals)?,
                None if self.complete => by_duals(self.source, &mut std::iter::once(row), duals)?,
                None => return Err(Interruption::Unknown(row)),
            }
        }
        Ok(())
    }
}

/// The weights of a block of rows.
enum Weights {
    All,
    Some(Box<Block>),
    Nothing,
    Irregular,
}

/// The weights of rows, 0 beyond the last.
fn weights(source: &dyn Source, rows: Range<usize>) -> Weights {
    let count = rows.len();
    match source.weights() {
        None if count == BLOCK => Weights::All,
        None => {
            let mut weights = Block::filled(0.0);
            weights.0[..count].fill(1.0);
            Weights::Some(weights)
        }
        Some(given) => {
            let given = given.get(rows).unwrap_or_default();
            if given.len() != count || given.iter().any(|weight| !(*weight >= 0.0 && weight.is_finite())) {
                return Weights::Irregular;
            }
            if given.iter().all(|weight| *weight == 0.0) {
                return Weights::Nothing;
            }
            if given.contains(&0.0) {
                return Weights::Irregular;
            }
            let mut weights = Block::filled(0.0);
            weights.0[..count].copy_from_slice(given);
            Weights::Some(weights)
        }
    }
}

/// Adds the sums over some rows by dual numbers.
fn by_duals(
    source: &dyn Source,
    rows: &mut dyn Iterator<Item = usize>,
    duals: &mut Option<Sums>,
) -> Result<(), Interruption> {
    let found = source.by_duals(rows).map_err(Interruption::Error)?;
    *duals = Some(match duals.take() {
        Some(sums) => sums.merge(&found),
        None => found,
    });
    Ok(())
}

/// A task on its way through a chunk.
struct Run<'t> {
    task: &'t Task<'t>,
    machine: Machine,
    products: Option<Products>,
    sums: Sums,
    /// Rows that wait until there is a block of them.
    waiting: Vec<usize>,
}

impl<'t> Run<'t> {
    fn new(task: &'t Task<'t>, width: usize) -> Self {
        Self {
            task,
            machine: Machine::new(task.program, width),
            products: task.rows.and_then(|rows| rows.design.as_ref()).map(Products::new),
            sums: Sums::zero(task.dimension()),
            waiting: Vec::new(),
        }
    }

    /// Adds the sums over the rows that the machine has just run over; rows whose sums are not finite go to the dual numbers.
    fn absorb(
        &mut self,
        source: &dyn Source,
        rows: &mut dyn Iterator<Item = usize>,
        duals: &mut Option<Sums>,
    ) -> Result<(), Interruption> {
        let design = self.task.rows.and_then(|rows| rows.design.as_ref());
        let (values, magnitudes) = match (design, &mut self.products) {
            (Some(design), Some(products)) => {
                design.add(&self.machine, products);
                (&products.values, &products.magnitudes)
            }
            _ => (&self.machine.sums, &self.machine.magnitudes),
        };
        if magnitudes.iter().all(|magnitude| magnitude.is_finite()) {
            self.sums.add(values, magnitudes);
            return Ok(());
        }
        by_duals(source, rows, duals)
    }

    /// Takes a row of its kind, to be run when there is a block of them.
    fn push(&mut self, source: &dyn Source, row: usize, duals: &mut Option<Sums>) -> Result<(), Interruption> {
        self.waiting.push(row);
        if self.waiting.len() == BLOCK { self.flush(source, duals) } else { Ok(()) }
    }

    /// Runs over the rows that wait.
    fn flush(&mut self, source: &dyn Source, duals: &mut Option<Sums>) -> Result<(), Interruption> {
        let rows = std::mem::take(&mut self.waiting);
        let Some(&first) = rows.first() else { return Ok(()) };
        let mut weights = Block::filled(0.0);
        for (place, row) in rows.iter().copied().chain(std::iter::repeat(first)).take(BLOCK).enumerate() {
            for (column, &value) in self.machine.columns.iter_mut().zip(source.row(row)) {
                column.0[place] = value;
            }
            if place < rows.len() {
                weights.0[place] = source.weights().map_or(1.0, |weights| weights[row]);
            }
        }
        self.machine.weights = Some(weights);
        if self.machine.run(self.task.program, &self.task.slots) {
            return self.absorb(source, &mut rows.into_iter(), duals);
        }
        by_duals(source, &mut rows.into_iter(), duals)
    }
}
