//! A log-likelihood compiled for a data set, as far as it has been asked for.

use super::explanation::{Explanation, Obstacle, Work};
use super::pass::{Interruption, Partial, Pass, Task};
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
    /// Whether functions of the data were summed at the cost of too many digits, so that rows are computed one by one.
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
        match self.regimes[place].sums(source, theta, keep) {
            Err(Failure::Error(error)) => Err(error),
            Err(Failure::Obstacle(obstacle)) => {
                self.obstacle = Some(obstacle);
                Ok(None)
            }
            Ok(sums) => Ok(Some(sums)),
        }
    }

    /// What is done at θ, and why.
    pub fn explain(&self, theta: &[f64]) -> Option<Explanation> {
        if let Some(obstacle) = self.obstacle {
            return Some(Explanation::duals(obstacle));
        }
        let regime = self.regimes.iter().find(|regime| regime.holds_at(theta))?;
        Some(Explanation::kernels(regime.variants.iter().map(|variant| regime.work(variant)).collect()))
    }
}

/// Why there are no sums.
enum Failure {
    Error(Error),
    Obstacle(Obstacle),
}

impl Regime {
    /// The programs at θ, for the rows of a sample.
    fn of(source: &dyn Source, theta: &[f64]) -> Result<Self, Obstacle> {
        let sample = sample(source);
        let mut regime = Self { variants: Vec::new(), row_by_row: false, statistics: None };
        for &row in &sample {
            let known = regime.variants.iter().any(|variant| variant.takes(theta, source.row(row)));
            if !known && regime.variants.len() < MOST_VARIANTS {
                regime.compile(source, row, &sample)?;
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

    fn sums(&mut self, source: &dyn Source, theta: &[f64], keep: bool) -> Result<Sums, Failure> {
        loop {
            if let Some(found) = self.attempt(source, theta, keep)? {
                return Ok(found);
            }
        }
    }

    /// The sums, or `None` if something was learnt that makes another attempt worth while: another variant, or that digits are lost.
    fn attempt(&mut self, source: &dyn Source, theta: &[f64], keep: bool) -> Result<Option<Sums>, Failure> {
        let is_reduced = |variant: &Variant| !self.row_by_row && variant.reduced.is_some();
        let partial = match self.statistics.take() {
            Some(statistics) => statistics,
            None => {
                let tasks: Vec<Task<'_>> = self
                    .variants
                    .iter()
                    .map(|variant| match &variant.reduced {
                        Some((reduced, at_theta)) if !self.row_by_row => {
                            Task::reduced(reduced, &variant.values(at_theta, theta))
                        }
                        _ => {
                            let (rows, at_theta) = variant.rows();
                            Task::rows(rows, &variant.values(at_theta, theta))
                        }
                    })
                    .collect();
                match Pass::new(source, &tasks, self.variants.len() >= MOST_VARIANTS).run() {
                    Ok(partial) => partial,
                    Err(Interruption::Error(error)) => return Err(Failure::Error(error)),
                    Err(Interruption::Unknown(row)) => {
                        drop(tasks);
                        self.compile(source, row, &sample(source)).map_err(Failure::Obstacle)?;
                        return Ok(None);
                    }
                }
            }
        };
        let mut total = partial.duals.clone();
        for (variant, own) in self.variants.iter().zip(&partial.tasks) {
            let own = match &variant.reduced {
                Some((reduced, at_theta)) if is_reduced(variant) && !own.is_empty() => {
                    match reduced.combine(&variant.values(at_theta, theta), own) {
                        Some(combined) => combined,
                        None => {
                            self.row_by_row = true;
                            return Ok(None);
                        }
                    }
                }
                Some(_) if is_reduced(variant) => continue,
                _ => own.clone(),
            };
            total = Some(match total {
                Some(sums) => sums.merge(&own),
                None => own,
            });
        }
        let sufficient = |variant: &Variant| variant.reduced.as_ref().is_some_and(|(reduced, _)| reduced.sufficient);
        if keep && !self.row_by_row && partial.duals.is_none() && self.variants.iter().all(sufficient) {
            self.statistics = Some(partial);
        }
        total.map(Some).ok_or(Failure::Error(Error::NoData))
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

/// Some rows, evenly spread.
fn sample(source: &dyn Source) -> Vec<usize> {
    let count = source.count();
    let size = SAMPLE.min(count);
    (0..size).map(|k| (2 * k + 1) * count / (2 * size)).collect()
}
