//! Inference: what follows from one log-likelihood and data.
//!
//! | to | call |
//! |---|---|
//! | fit a model | [`maximum_likelihood`], [`MaximumLikelihood`] for starts, scoring, priors |
//! | see that it is a maximum | [`Fit::certificate`] |
//! | compare standard errors | [`Fit::covariances`]: observed, expected, outer product, sandwich; [`Fit::clustered`] |
//! | bound parameters | [`Fit::wald_intervals`], [`Fit::wald_intervals_within_domain`], [`Fit::profile_intervals`] |
//! | bound functions of them | [`Fit::delta_method`], [`Fit::profile_of`]; [`ParameterFunction`], [`LinearCombination`], [`QuantileOf`] |
//! | see a profile likelihood | [`Fit::profile`], [`Profile::curve`], [`Profile::at`] |
//! | bound two parameters together | [`Fit::region`] |
//! | predict a new observation | [`Fit::plug_in`], [`Fit::predictive`] |
//! | test hypotheses | [`Fit::wald`], [`Fit::wald_nonlinear`]; [`Fit::restricted`] for score and likelihood-ratio tests; [`likelihood_ratio`]; [`hausman`] |
//! | compare models | [`Fit::criteria`], [`Comparison`] |
//! | see whether the model may be true | [`Fit::information_equality`] with White's test |
//! | see what the data determine | [`Fit::identification`], [`Identification`] |
//! | see what single observations do | [`Fit::influence`], [`Fit::without`], [`Fit::local_influence`] |
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
mod comparison;
mod contributions;
mod coordinates;
mod covariances;
mod diagnosis;
mod draws;
mod fit;
mod hypothesis;
mod influence;
mod intervals;
mod landscape;
mod laplace;
mod likelihood;
mod maximum_likelihood;
mod missing;
mod objective;
mod pace;
mod prior;
mod scores;
mod search;
mod simulation;
mod trust_region;

pub use certificate::Certificate;
pub use comparison::{Comparison, ComparisonRow, Criteria};
pub use covariances::{ClusteredScores, CovarianceKind, Covariances, SmallSample};
pub use diagnosis::{EqualityEntry, Identification, InformationEquality};
pub use draws::{
    SampledInformation, effective_draws, information_from_chain, information_from_covariance, information_from_draws,
};
pub use fit::Fit;
pub use hypothesis::{Linear, NullLaw, RestrictedFit, Restriction, Test, TestKind, hausman, likelihood_ratio, wald};
pub use influence::{Influence, LeftOut, LocalInfluence, ObservationInfluence};
pub use intervals::{
    Contour, DeltaMethod, DeltaMethods, End, Expansion, Interval, LinearCombination, OpenDirection, ParameterFunction,
    Predictive, Profile, ProfilePoint, QuantileOf, Region, SmoothFunction,
};
pub use laplace::{Laplace, LaplaceQuality, PeakExpansion};
pub use maximum_likelihood::{MaximumLikelihood, maximum_likelihood};
pub use prior::{NormalPrior, Prior};
pub use search::{Scheme, SearchSettings};
pub use simulation::{
    AsymptoticNormality, Bootstrap, Efficiency, Failure, Replications, SimulationSettings, asymptotic_normality,
    efficiency,
};
