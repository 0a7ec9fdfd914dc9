//! The log-likelihood of a data set as a function of θ.

use super::blocks::FEWEST;
use super::partial::ScoreSums;
use crate::error::Error;
use crate::kernel::{Compiled, Explanation, Path};
use crate::model::{LogLikelihood, Observations, Theta};
use std::sync::{Arc, Mutex, PoisonError};

/// The log-likelihood of a data set as a function of θ, with its score, its empirical and its observed information.
///
/// What is compiled for one θ serves the others: only the part of a kernel that depends on θ alone is evaluated anew. For an
/// exponential family the sums over the data are sufficient statistics; they are formed once, and a second θ takes the
/// same time for any number of observations.
///
/// ```
/// use fisher_information::{distributions::Gamma, information::DataLikelihood, kernel::Path};
///
/// let data: Vec<f64> = (1..=300).map(|k| f64::from(k) * 0.01).collect();
/// let likelihood = DataLikelihood::new(&Gamma, &data).along(Path::Kernel);
/// let (here, there) = (likelihood.at(&[2.0, 1.0])?, likelihood.at(&[2.1, 1.1])?);
/// assert!(here.log_likelihood().value > there.log_likelihood().value - 10.0);
/// assert_eq!(likelihood.explain(&[2.1, 1.1])?.to_string(), "kernel: the sums of 6 functions of the data alone");
/// # Ok::<(), fisher_information::Error>(())
/// ```
/// A clone shares what has been compiled.
#[derive(Debug)]
pub struct DataLikelihood<'a, M, D: ?Sized> {
    model: &'a M,
    data: &'a D,
    path: Path,
    compiled: Arc<Mutex<Compiled>>,
}

impl<'a, M: LogLikelihood, D: Observations<M::Observation> + ?Sized> DataLikelihood<'a, M, D> {
    /// The log-likelihood of these data.
    pub fn new(model: &'a M, data: &'a D) -> Self {
        Self { model, data, path: Path::Automatic, compiled: Arc::default() }
    }

    /// Along a path asked for by name.
    #[must_use]
    pub fn along(self, path: Path) -> Self {
        Self { path, ..self }
    }

    /// The sums over the data at θ.
    ///
    /// # Errors
    /// Those of [`ScoreSums::of`].
    pub fn at(&self, theta: &Theta<M, f64>) -> Result<ScoreSums, Error> {
        // Whatever was being compiled when a model panicked is whole, or was not yet put there.
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        ScoreSums::with(self.model, theta, [self.data], |part| part.sum_along(self.path, &mut compiled, true))
    }

    /// Which path is taken at θ, and why. What is not compiled yet will be.
    ///
    /// # Errors
    /// Those of [`at`](Self::at).
    pub fn explain(&self, theta: &Theta<M, f64>) -> Result<Explanation, Error> {
        let observations = self.data.count();
        match self.path {
            Path::Duals => return Ok(Explanation::Asked),
            Path::Automatic if observations < FEWEST => {
                return Ok(Explanation::Few { observations, threshold: FEWEST });
            }
            Path::Automatic | Path::Kernel => {}
        }
        self.at(theta)?;
        let compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(compiled.explain(theta.as_ref()))
    }
}

impl<M, D: ?Sized> Clone for DataLikelihood<'_, M, D> {
    fn clone(&self) -> Self {
        let Self { model, data, path, compiled } = self;
        Self { model, data, path: *path, compiled: Arc::clone(compiled) }
    }
}
