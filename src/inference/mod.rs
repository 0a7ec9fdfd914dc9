//! Inference: what follows from one log-likelihood and data.
//!
//! | to | call |
//! |---|---|
//! | fit a model | [`maximum_likelihood`], [`MaximumLikelihood`] for starts, scoring, priors |
//! | see that it is a maximum | [`Fit::certificate`] |
//! | compare standard errors | [`Fit::covariances`]: observed, expected, outer product, sandwich; [`Fit::clustered`] |
//! | draw the data anew | [`Fit::bootstrap`], [`Fit::bootstrap_of_clusters`], [`Fit::parametric_bootstrap`] |
//! | find information in draws | [`information_from_draws`], [`information_from_chain`], [`information_from_covariance`] |
//! | hold an estimator against the Cramér–Rao bound | [`efficiency`] |
//! | see the law of an estimate | [`asymptotic_normality`] |
//! | take a likelihood for a normal density | [`Fit::laplace`], [`Fit::laplace_quality`], [`Fit::expansions`] |
//! | have the score of every observation | [`Fit::scores`] |
//!
//! ```
//! use fisher_information::{distributions::Weibull, inference::maximum_likelihood};
//!
//! let fit = maximum_likelihood(&Weibull, &[1.1, 0.6, 2.3, 1.9, 0.8, 1.4, 3.0, 1.2])?;
//! assert!(fit.certificate().holds(1e-8));
//! let errors = fit.covariance()?.standard_errors();
//! assert!(errors[0].value > 0.0);
//! # Ok::<(), fisher_information::Error>(())
//! ```

mod certificate;
mod coordinates;
mod covariances;
mod draws;
mod fit;
mod laplace;
mod likelihood;
mod maximum_likelihood;
mod missing;
mod objective;
mod prior;
mod scores;
mod search;
mod simulation;
mod trust_region;

pub use certificate::Certificate;
pub use covariances::{ClusteredScores, CovarianceKind, Covariances, SmallSample};
pub use draws::{
    SampledInformation, effective_draws, information_from_chain, information_from_covariance, information_from_draws,
};
pub use fit::Fit;
pub use laplace::{Expansion, Laplace, LaplaceQuality};
pub use maximum_likelihood::{MaximumLikelihood, maximum_likelihood};
pub use prior::{NormalPrior, Prior};
pub use search::{Scheme, SearchSettings};
pub use simulation::{
    AsymptoticNormality, Bootstrap, Efficiency, Failure, Replications, SimulationSettings, asymptotic_normality,
    efficiency,
};
