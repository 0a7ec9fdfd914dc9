//! Simulation: what an estimator does over many data sets, each number with its Monte Carlo standard error.
//!
//! | to | call |
//! |---|---|
//! | compare an estimator with the Cramér–Rao bound | [`efficiency`] |
//! | see that maximum likelihood is asymptotically normal | [`asymptotic_normality`] |
//! | refit a model to data drawn anew | [`Fit::bootstrap`](super::Fit::bootstrap), [`Fit::parametric_bootstrap`](super::Fit::parametric_bootstrap) |
//!
//! Replication r has the ChaCha stream number r of the seed, so the results are the same bit for bit on any number of threads. A
//! replication that fails is kept with its reason, and counted in every table.

mod bootstrap;
mod efficiency;
mod moments;
mod normality;
mod replications;

pub use bootstrap::Bootstrap;
pub use efficiency::{Efficiency, efficiency};
pub use normality::{AsymptoticNormality, asymptotic_normality};
pub use replications::{Failure, Replications, SimulationSettings};

pub(super) use moments::{centred, covariance};
