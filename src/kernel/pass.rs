//! One pass over a data set: chunks of blocks, in parallel, summed in a fixed order.

use super::at_theta;
use super::machine::{Block, Machine};
use super::product::Products;
use super::program::Program;
use super::reduced::Reduced;
use super::rows::Rows;
use super::signs;
use super::source::{Source, load};
use super::vector::BLOCK;
use crate::error::Error;
use crate::sums::Sums;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// What is run for the rows whose decisions come out in one way.
pub(super) struct Task<'k> {
    pub program: Cow<'k, Program>,
    pub slots: Vec<f64>,
    pub rows: Option<&'k Rows>,
}

impl<'k> Task<'k> {
    /// Sums functions of the data.
    pub fn reduced(reduced: &'k Reduced, values: &[f64]) -> Self {
        let slots = at_theta::slots(&reduced.slots, values);
        Self { program: Cow::Owned(signs::at(&reduced.program, &slots)), slots, rows: None }
    }

    /// Sums what is computed for each row.
    pub fn rows(rows: &'k Rows, values: &[f64]) -> Self {
        Self { program: Cow::Borrowed(&rows.program), slots: at_theta::slots(&rows.slots, values), rows: Some(rows) }
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
    source: &'a dyn Source,
    tasks: &'a [Task<'a>],
    complete: bool,
    /// Machines that no chunk is using at the moment.
    idle: Mutex<Vec<Vec<Run<'a>>>>,
}

/// How many blocks make a chunk, at most; fewer if a block is much work.
const CHUNK: usize = 64;

impl<'a> Pass<'a> {
    /// A pass over a data set. If the tasks are `complete`, rows that none of them is for are left to the dual numbers.
    pub fn new(source: &'a dyn Source, tasks: &'a [Task<'a>], complete: bool) -> Self {
        Self { source, tasks, complete, idle: Mutex::default() }
    }

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
        self.blocks(rows.clone()).map_err(|interruption| match interruption {
            // Rows wait until there is a block of their kind, so that one before may be wrong too.
            Interruption::Error(error) => {
                Interruption::Error(self.source.by_duals(&mut rows.into_iter()).err().unwrap_or(error))
            }
            Interruption::Unknown(row) => Interruption::Unknown(row),
        })
    }

    fn blocks(&self, rows: Range<usize>) -> Result<Partial, Interruption> {
        // A machine has no state but its memory, so one that was left behind by a panic is as good as another.
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let mut runs =
            idle().pop().unwrap_or_else(|| self.tasks.iter().map(|task| Run::new(task, self.source.width())).collect());
        let mut duals = None;
        for start in rows.clone().step_by(BLOCK) {
            self.block(start..rows.end.min(start + BLOCK), &mut runs, &mut duals)?;
        }
        for run in &mut runs {
            run.flush(self.source, &mut duals)?;
        }
        let sums = |run: &mut Run<'_>| {
            let empty = Sums::zero(run.task.dimension());
            std::mem::replace(&mut run.sums, empty)
        };
        let tasks = runs.iter_mut().map(sums).collect();
        idle().push(runs);
        Ok(Partial { tasks, duals })
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
            Weights::Irregular => return by_duals(self.source, &mut rows.into_iter(), duals),
        };
        let given = self.source.weights().and_then(|weights| weights.get(rows.clone()));
        if !load(self.source, rows.clone(), given, &mut first.machine.columns) {
            return by_duals(self.source, &mut rows.into_iter(), duals);
        }
        first.machine.weights = weights;
        if first.machine.run(&first.task.program, &first.task.slots) {
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
        // Where rounding decides, the dual numbers do.
        let mut doubtful: Vec<bool> = first.machine.violations.0.iter().map(|count| count.is_infinite()).collect();
        for (number, run) in (1..).zip(others.iter_mut()) {
            if !owner.contains(&None) {
                break;
            }
            for (to, from) in run.machine.columns.iter_mut().zip(&first.machine.columns) {
                to.0 = from.0;
            }
            let holds = run.machine.run(&run.task.program, &run.task.slots);
            for (place, owner) in owner.iter_mut().enumerate() {
                if owner.is_none() && (holds || run.machine.violations.0[place] == 0.0) {
                    *owner = Some(number);
                }
                doubtful[place] |= !holds && run.machine.violations.0[place].is_infinite();
            }
        }
        let mut left = Vec::new();
        let columns = std::mem::take(&mut first.machine.columns);
        let weights = first.machine.weights.take();
        for (place, owner) in owner.into_iter().enumerate() {
            let row = rows.start + place;
            let weight = weights.as_ref().map_or(1.0, |weights| weights.0[place]);
            match owner {
                _ if weight == 0.0 => {}
                _ if doubtful[place] => left.push(row),
                Some(0) => first.push(self.source, row, &columns, place, weight, duals)?,
                Some(number) => others[number - 1].push(self.source, row, &columns, place, weight, duals)?,
                None if self.complete => left.push(row),
                None => return Err(Interruption::Unknown(row)),
            }
        }
        first.machine.columns = columns;
        if left.is_empty() { Ok(()) } else { by_duals(self.source, &mut left.into_iter(), duals) }
    }
}

/// The weights of a block of rows.
enum Weights {
    /// All are 1.
    All,
    Some(Box<Block>),
    /// No row has weight.
    Nothing,
    /// One is not a weight.
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
    waiting: Waiting,
}

/// Rows that wait until there is a block of them.
struct Waiting {
    rows: Vec<usize>,
    columns: Vec<Box<Block>>,
    weights: Box<Block>,
}

impl<'t> Run<'t> {
    fn new(task: &'t Task<'t>, width: usize) -> Self {
        Self {
            task,
            machine: Machine::new(&task.program, width),
            products: task.rows.and_then(|rows| rows.design.as_ref()).map(Products::new),
            sums: Sums::zero(task.dimension()),
            waiting: Waiting {
                rows: Vec::new(),
                columns: (0..width).map(|_| Block::filled(0.0)).collect(),
                weights: Block::filled(0.0),
            },
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

    /// Takes a row of its kind, which stands at a place of some columns, to be run when there is a block of them.
    fn push(
        &mut self,
        source: &dyn Source,
        row: usize,
        columns: &[Box<Block>],
        place: usize,
        weight: f64,
        duals: &mut Option<Sums>,
    ) -> Result<(), Interruption> {
        let waiting = &mut self.waiting;
        let to = waiting.rows.len();
        for (column, from) in waiting.columns.iter_mut().zip(columns) {
            column.0[to] = from.0[place];
        }
        waiting.weights.0[to] = weight;
        waiting.rows.push(row);
        if waiting.rows.len() == BLOCK { self.flush(source, duals) } else { Ok(()) }
    }

    /// Runs over the rows that wait.
    fn flush(&mut self, source: &dyn Source, duals: &mut Option<Sums>) -> Result<(), Interruption> {
        let rows = std::mem::take(&mut self.waiting.rows);
        if rows.is_empty() {
            return Ok(());
        }
        for column in &mut self.waiting.columns {
            let first = column.0[0];
            column.0[rows.len()..].fill(first);
        }
        self.waiting.weights.0[rows.len()..].fill(0.0);
        let columns = std::mem::replace(&mut self.machine.columns, std::mem::take(&mut self.waiting.columns));
        self.machine.weights = Some(self.waiting.weights.clone());
        let holds = self.machine.run(&self.task.program, &self.task.slots);
        let answer = match holds {
            true => self.absorb(source, &mut rows.into_iter(), duals),
            false => by_duals(source, &mut rows.into_iter(), duals),
        };
        self.waiting.columns = std::mem::replace(&mut self.machine.columns, columns);
        answer
    }
}
