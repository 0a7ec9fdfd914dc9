//! One pass over a data set: chunks of blocks, in parallel, summed in a fixed order.

use super::run::{Interruption, Run, Task, by_duals};
use super::source::{Source, load};
use super::vector::BLOCK;
use super::weights::{self, Weights};
use crate::sums::Sums;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

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
        let tasks = runs.iter_mut().map(Run::take_sums).collect();
        idle().push(runs);
        Ok(Partial { tasks, duals })
    }

    /// The sums over a block of rows.
    fn block(&self, rows: Range<usize>, runs: &mut [Run<'_>], duals: &mut Option<Sums>) -> Result<(), Interruption> {
        let Some((first, others)) = runs.split_first_mut() else {
            return by_duals(self.source, &mut rows.into_iter(), duals);
        };
        let weights = match weights::of(self.source, rows.clone()) {
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
