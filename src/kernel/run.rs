//! What is run for the rows of one kind, and what becomes of their sums.

use super::at_theta;
use super::machine::{Block, Machine};
use super::product::Products;
use super::program::Program;
use super::reduced::Reduced;
use super::rows::Rows;
use super::signs;
use super::source::Source;
use super::vector::BLOCK;
use crate::error::Error;
use crate::sums::Sums;
use std::borrow::Cow;

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
    pub fn dimension(&self) -> usize {
        match self.rows.and_then(|rows| rows.design.as_ref()) {
            Some(design) => design.dimension(),
            None => self.program.sums,
        }
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

/// A task on its way through a chunk.
pub(super) struct Run<'t> {
    pub task: &'t Task<'t>,
    pub machine: Machine,
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
    pub fn new(task: &'t Task<'t>, width: usize) -> Self {
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

    /// The sums so far, which begin anew.
    pub fn take_sums(&mut self) -> Sums {
        std::mem::replace(&mut self.sums, Sums::zero(self.task.dimension()))
    }

    /// Adds the sums over the rows that the machine has just run over; rows whose sums are not finite go to the dual numbers.
    pub fn absorb(
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
    pub fn push(
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
    pub fn flush(&mut self, source: &dyn Source, duals: &mut Option<Sums>) -> Result<(), Interruption> {
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

/// Adds the sums over some rows by dual numbers.
pub(super) fn by_duals(
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
