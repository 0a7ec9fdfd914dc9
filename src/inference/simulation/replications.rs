//! The same experiment, many times.

use super::moments;
use crate::error::{Error, check_length};
use crate::expectation::{Estimate, Provenance, fold_blocks};
use crate::information::Covariance;
use crate::model::Stream;
use nalgebra::DMatrix;
use rand::SeedableRng;
use std::fmt;

/// How many data sets are drawn, and from which streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SimulationSettings {
    /// How many.
    pub replications: usize,
    /// The seed of all random streams.
    pub seed: u64,
}

impl Default for SimulationSettings {
    /// Ten thousand replications, seed 0.
    fn default() -> Self {
        Self { replications: 10_000, seed: 0 }
    }
}

/// A replication without an estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// Which replication, counted from 0.
    pub replication: usize,
    /// Why.
    pub reason: Error,
}

/// The estimates of many data sets.
#[derive(Clone, Debug, PartialEq)]
pub struct Replications {
    names: Vec<String>,
    estimates: DMatrix<f64>,
    failures: Vec<Failure>,
    seed: u64,
}

impl Replications {
    /// The numbers with these names that an experiment gives, in each of many replications.
    ///
    /// # Errors
    /// [`Error::TooFewDraws`] below two replications, [`Error::TooManyFailures`] if fewer than two succeed.
    pub(super) fn of(
        names: Vec<String>,
        settings: &SimulationSettings,
        experiment: &(dyn Fn(&mut Stream) -> Result<Vec<f64>, Error> + Sync),
    ) -> Result<Self, Error> {
        const NEEDED: usize = 2;
        let &SimulationSettings { replications, seed } = settings;
        if replications < NEEDED {
            return Err(Error::TooFewDraws { draws: replications, needed: NEEDED });
        }
        let one = |replication: usize| {
            let mut stream = Stream::seed_from_u64(seed);
            stream.set_stream(replication as u64);
            Ok(experiment(&mut stream).and_then(|estimates| checked(&names, estimates)))
        };
        let (mut rows, mut failures, mut replication) = (Vec::new(), Vec::new(), 0);
        fold_blocks(replications, &one, |found| {
            match found {
                Ok(estimates) => rows.extend(estimates),
                Err(reason) => failures.push(Failure { replication, reason }),
            }
            replication += 1;
        })?;
        let succeeded = replications - failures.len();
        match failures.first() {
            Some(Failure { replication, reason }) if succeeded < NEEDED => Err(Error::TooManyFailures {
                failures: failures.len(),
                replications,
                needed: NEEDED,
                first: *replication,
                reason: Box::new(reason.clone()),
            }),
            _ => {
                let estimates = DMatrix::from_row_slice(succeeded, names.len(), &rows);
                Ok(Self { names, estimates, failures, seed })
            }
        }
    }

    /// Some of the numbers, under other names.
    pub(super) fn columns(&self, first: usize, names: &[String]) -> Self {
        Self {
            names: names.to_vec(),
            estimates: self.estimates.columns(first, names.len()).into_owned(),
            failures: self.failures.clone(),
            seed: self.seed,
        }
    }

    /// The names of the estimates.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The estimates of the replications that succeeded, one row for each, in order.
    #[must_use]
    pub fn estimates(&self) -> &DMatrix<f64> {
        &self.estimates
    }

    /// How many replications succeeded.
    #[must_use]
    pub fn count(&self) -> usize {
        self.estimates.nrows()
    }

    /// The replications that failed, with their reasons. All other numbers are those of the replications that did not: if it takes
    /// certain data to fail, they are numbers about the other data.
    #[must_use]
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// The mean of each estimate, with its Monte Carlo standard error.
    #[must_use]
    pub fn mean(&self) -> Vec<Estimate> {
        moments::mean(&self.estimates)
    }

    /// The covariance of the estimates, with the Monte Carlo standard error of every entry.
    ///
    /// # Errors
    /// [`Error::EntryNotFinite`] if a moment overflows.
    pub fn covariance(&self) -> Result<Covariance, Error> {
        let [matrix, error] = moments::covariance(&self.estimates);
        Covariance::new(&self.names, matrix, error, self.provenance())
    }

    /// How the moments were obtained.
    #[must_use]
    pub fn provenance(&self) -> Provenance {
        Provenance::MonteCarlo { draws: self.count(), seed: self.seed }
    }
}

/// How many replications succeeded, and how many did not.
impl fmt::Display for Replications {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failed = self.failures.len();
        write!(f, "{} replications", self.count() + failed)?;
        match self.failures.first() {
            None => write!(f, ", none failed"),
            Some(Failure { replication, reason }) => {
                write!(f, ", {failed} failed; the first, number {replication}: {reason}")
            }
        }
    }
}

/// The estimates, if there are as many as names and all are finite.
fn checked(names: &[String], estimates: Vec<f64>) -> Result<Vec<f64>, Error> {
    check_length("estimates", names.len(), estimates.len())?;
    match estimates.iter().position(|value| !value.is_finite()) {
        None => Ok(estimates),
        Some(place) => Err(Error::EstimateNotFinite { name: names[place].clone(), value: estimates[place] }),
    }
}
