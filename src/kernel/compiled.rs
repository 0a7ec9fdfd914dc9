//! A log-likelihood compiled for a data set, as far as it has been asked for.

use super::explanation::{Explanation, Obstacle, Work};
use super::layout::Layout;
use super::pass::{Partial, Pass};
use super::run::{Interruption, Task};
use super::source::Source;
use super::variant::Variant;
use crate::error::Error;
use crate::sums::Sums;

/// The programs for all θ met so far.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    regimes: Vec<Regime>,
    obstacle: Option<Obstacle>,
}

/// The programs for those θ at which the decisions on θ come out in one way.
#[derive(Debug)]
struct Regime {
    /// One for each outcome of the decisions on data.
    variants: Vec<Variant>,
    /// Whether rows that take another course are left to the dual numbers.
    complete: bool,
    /// Whether functions of the data lost too many digits at the last θ, so that rows were computed one by one.
    row_by_row: bool,
    /// Sums of functions of the data alone, which serve every θ.
    statistics: Option<Partial>,
}

/// More outcomes of the decisions on data than this are left to the dual numbers.
const MOST_VARIANTS: usize = 8;

/// Of how many regimes the programs are kept.
const MOST_REGIMES: usize = 8;

/// How many rows show what the data are like.
const SAMPLE: usize = 15;

impl Compiled {
    /// The sums over the data, which are always the same if this is to `keep` sufficient statistics; `None` if the log-likelihood cannot be
    /// compiled.
    ///
    /// # Errors
    /// Those of a data set.
    pub fn sums(&mut self, source: &dyn Source, theta: &[f64], keep: bool) -> Result<Option<Sums>, Error> {
        if self.obstacle.is_some() {
            return Ok(None);
        }
        // Nothing was learnt from rows none of which could be used.
        self.regimes.retain(|regime| !regime.variants.is_empty());
        let place = match self.regimes.iter().position(|regime| regime.holds_at(theta)) {
            Some(place) => place,
            None => match Regime::of(source, theta) {
                Ok(regime) => {
                    self.regimes.truncate(MOST_REGIMES - 1);
                    self.regimes.insert(0, regime);
                    0
                }
                Err(obstacle) => {
                    self.obstacle = Some(obstacle);
                    return Ok(None);
                }
            },
        };
        self.regimes[place].sums(source, theta, keep).map(Some)
    }

    /// What is done at θ, and why.
    pub fn explain(&self, theta: &[f64]) -> Explanation {
        if let Some(obstacle) = self.obstacle {
            return Explanation::Obstacle(obstacle);
        }
        let regime = self.regimes.iter().find(|regime| regime.holds_at(theta));
        let works = |regime: &Regime| regime.variants.iter().map(|variant| regime.work(variant)).collect();
        Explanation::Kernels { courses: regime.map_or_else(Vec::new, works) }
    }
}

/// What came of an attempt to form the sums.
enum Attempt {
    Sums(Sums),
    /// This row takes a course that is not compiled yet.
    AnotherCourse(usize),
    /// Sums of functions of the data lose too many digits here.
    DigitsLost,
}

impl Regime {
    /// The programs at θ, for the rows of a sample.
    fn of(source: &dyn Source, theta: &[f64]) -> Result<Self, Obstacle> {
        let sample = sample(source);
        let mut regime = Self { variants: Vec::new(), complete: false, row_by_row: false, statistics: None };
        for &row in &sample {
            let known = regime.variants.iter().any(|variant| variant.takes(theta, source.row(row)));
            if !known && regime.variants.len() < MOST_VARIANTS {
                match regime.compile(source, row, &sample) {
                    Err(obstacle) if regime.variants.is_empty() => return Err(obstacle),
                    compiled => regime.complete |= compiled.is_err(),
                }
            }
            if regime.variants.iter().any(|variant| !variant.is_guarded()) {
                break;
            }
        }
        Ok(regime)
    }

    /// Compiles the log-likelihood as it is at a row.
    fn compile(&mut self, source: &dyn Source, row: usize, sample: &[usize]) -> Result<(), Obstacle> {
        let trace = source.trace(row).ok_or(Obstacle::Opaque)?;
        let alike: Vec<Vec<f64>> = sample
            .iter()
            .map(|&row| source.row(row))
            .filter(|x| trace.holds_at(&trace.theta, x))
            .map(<[f64]>::to_vec)
            .collect();
        self.variants.push(Variant::of(trace, &alike)?);
        Ok(())
    }

    fn holds_at(&self, theta: &[f64]) -> bool {
        self.variants.iter().all(|variant| variant.holds_at(theta))
    }

    fn sums(&mut self, source: &dyn Source, theta: &[f64], keep: bool) -> Result<Sums, Error> {
        self.row_by_row = false;
        loop {
            match self.attempt(source, theta, keep)? {
                Attempt::Sums(sums) => return Ok(sums),
                Attempt::AnotherCourse(row) => {
                    // A course that cannot be compiled is left to the dual numbers, with all others that are not known.
                    self.complete |= self.compile(source, row, &sample(source)).is_err();
                }
                Attempt::DigitsLost => self.row_by_row = true,
            }
        }
    }

    fn attempt(&mut self, source: &dyn Source, theta: &[f64], keep: bool) -> Result<Attempt, Error> {
        let kept = if self.row_by_row { None } else { self.statistics.take() };
        let partial = match kept {
            Some(statistics) => statistics,
            None => {
                let tasks: Vec<Task<'_>> = self.variants.iter().map(|variant| self.task(variant, theta)).collect();
                let complete = self.complete || self.variants.len() >= MOST_VARIANTS;
                match Pass::new(source, &tasks, complete).run() {
                    Ok(partial) => partial,
                    Err(Interruption::Error(error)) => return Err(error),
                    Err(Interruption::Unknown(row)) => return Ok(Attempt::AnotherCourse(row)),
                }
            }
        };
        let sums = self.combined(&partial, theta);
        let sufficient = |variant: &Variant| variant.reduced.as_ref().is_some_and(|(reduced, _)| reduced.sufficient);
        if keep && !self.row_by_row && partial.duals.is_none() && self.variants.iter().all(sufficient) {
            self.statistics = Some(partial);
        }
        Ok(sums.map_or(Attempt::DigitsLost, Attempt::Sums))
    }

    /// What is run for the rows of a variant.
    fn task<'v>(&self, variant: &'v Variant, theta: &[f64]) -> Task<'v> {
        match &variant.reduced {
            Some((reduced, at_theta)) if !self.row_by_row => Task::reduced(reduced, &variant.values(at_theta, theta)),
            _ => {
                let (rows, at_theta) = variant.rows();
                Task::rows(rows, &variant.values(at_theta, theta))
            }
        }
    }

    /// The sums over the rows of all variants; `None` if digits were lost.
    fn combined(&self, partial: &Partial, theta: &[f64]) -> Option<Sums> {
        // There are no sums where no row has a weight.
        let none = || Sums::zero(Layout::new(theta.len()).dimension());
        let mut total = partial.duals.clone().unwrap_or_else(none);
        for (variant, own) in self.variants.iter().zip(&partial.tasks) {
            match &variant.reduced {
                Some((reduced, at_theta)) if !self.row_by_row => {
                    if !own.is_empty() {
                        total.merge_with(&reduced.combine(&variant.values(at_theta, theta), own)?);
                    }
                }
                _ => total.merge_with(own),
            }
        }
        Some(total)
    }

    /// What is done for the rows of a variant.
    fn work(&self, variant: &Variant) -> Work {
        match (&variant.reduced, variant.predictors()) {
            (Some((reduced, _)), _) if !self.row_by_row => {
                Work::Functions { count: reduced.functions(), sufficient: reduced.sufficient }
            }
            (_, Some(predictors)) => Work::Predictors { count: predictors },
            _ => Work::Rows,
        }
    }
}

/// Some rows that count and are not wrong, evenly spread: one from about the middle of each stretch that has one.
fn sample(source: &dyn Source) -> Vec<usize> {
    let count = source.count();
    let size = SAMPLE.min(count);
    let stretch = |k: usize| {
        let (start, middle, end) = (k * count / size, (2 * k + 1) * count / (2 * size), (k + 1) * count / size);
        (middle..end).chain(start..middle).find(|&row| is_usable(source, row))
    };
    (0..size).filter_map(stretch).collect()
}

/// Whether a row has a weight, as many numbers as it should, and none that is not finite.
fn is_usable(source: &dyn Source, row: usize) -> bool {
    let weight = source.weights().map_or(1.0, |weights| weights.get(row).copied().unwrap_or(0.0));
    let values = source.row(row);
    weight > 0.0 && weight.is_finite() && values.len() == source.width() && values.iter().all(|value| value.is_finite())
}
