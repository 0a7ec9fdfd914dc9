//! Merging: one model out of several, by their Fisher matrices.
//!
//! Each [`Expert`] is an estimate with its information: a fit to a shard of the data, a study, a model tuned for a task. To second order its
//! log-likelihood is a parabola; [`Experts`] adds the parabolas.
//!
//! | to | call |
//! |---|---|
//! | make an expert | [`Expert::from_fit`], [`Expert::new`], [`Expert::from_covariance`], [`Expert::from_standard_errors`] |
//! | average by precision | [`Experts::merge`] with a [`Pooling`]: full, in blocks, diagonal, or uniform for comparison |
//! | trust some less, or start from a prior | [`Experts::with_weights`], [`Experts::with_base`]: nothing of the kind is done unasked |
//! | move from a common base | [`Experts::step`]; [`Expert::without_base`] takes the pull of the base out |
//! | know what a merge costs | [`Experts::predicted_loss`], of any proposal |
//! | ask whether they agree | [`Experts::consistency`], [`Experts::pairwise`], [`Experts::heterogeneity`] |
//! | go on to the maximum of all data | [`Experts::refine`], one more round |
//!
//! ```
//! use fisher_information::distributions::Gamma;
//! use fisher_information::geometry::merging::{Expert, Experts, Pooling};
//! use fisher_information::inference::maximum_likelihood;
//!
//! let data = [1.2, 0.7, 3.1, 2.2, 0.4, 1.9, 0.9, 1.4, 2.7, 1.1, 0.6, 2.0];
//! let (left, right) = (maximum_likelihood(&Gamma, &data[..6])?, maximum_likelihood(&Gamma, &data[6..])?);
//! let experts = Experts::new([Expert::from_fit("left", &left)?, Expert::from_fit("right", &right)?])?;
//! let merge = experts.merge(&Pooling::Full)?;
//!
//! let consistency = experts.consistency()?;
//! assert_eq!(consistency.test.degrees_of_freedom(), 2);
//! let loss = experts.predicted_loss(&merge.theta())?;
//! assert!((loss.total.value - consistency.test.statistic.value / 2.0).abs() < 1e-12);
//! # Ok::<(), fisher_information::Error>(())
//! ```
//!
//! The page [merging](crate::notes::merging) has the mathematics and an example with twenty shards.

mod consistency;
mod expert;
mod experts;
mod heterogeneity;
mod linear;
mod loss;
mod merge;
mod pooling;
mod refine;

pub use consistency::{Consistency, Pair};
pub use expert::Expert;
pub use experts::Experts;
pub use heterogeneity::Heterogeneity;
pub use loss::PredictedLoss;
pub use merge::Merge;
pub use pooling::Pooling;
pub use refine::Refinement;
