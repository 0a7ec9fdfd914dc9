//! The kinds of Fisher information, as types.

use std::fmt::Debug;

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Expected {}
    impl Sealed for super::Observed {}
    impl Sealed for super::Empirical {}
    impl Sealed for super::Clustered {}
    impl Sealed for super::Sampled {}
}

/// A kind of Fisher information: [`Expected`], [`Observed`], [`Empirical`], [`Clustered`] or [`Sampled`].
pub trait Kind: sealed::Sealed + Copy + Debug + PartialEq + Send + Sync + 'static {
    /// The name of the kind, as it appears in tables and in stored results.
    const NAME: &'static str;
}

/// Expected information, E\[s sᵀ\] = −E\[H\] for a regular model: a property of model and θ, without data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected;

/// Observed information, −Σ w H: the curvature of the log-likelihood of a data set.
///
/// At the maximum it is not negative; away from it, it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observed;

/// Empirical information, Σ w s sᵀ: the sum of the outer products of the scores of a data set, not centred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Empirical;

/// Clustered information, Σ S Sᵀ over groups of observations, with S = Σ w s the score of a group: the variance of the score of a data set
/// whose observations depend on one another within the groups.
///
/// Of groups of one observation each, of weight 1, it is the empirical information.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clustered;

/// The inverse of a covariance that was itself estimated from draws: of an estimator, by simulation or a bootstrap, or of a posterior
/// density, by a Markov chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sampled;

impl Kind for Expected {
    const NAME: &'static str = "expected";
}

impl Kind for Observed {
    const NAME: &'static str = "observed";
}

impl Kind for Empirical {
    const NAME: &'static str = "empirical";
}

impl Kind for Clustered {
    const NAME: &'static str = "clustered";
}

impl Kind for Sampled {
    const NAME: &'static str = "sampled";
}

/// What may be the bread of a [`sandwich`](super::sandwich()), the curvature of the log-likelihood: [`Observed`] or, on average, [`Expected`].
pub trait Bread: Kind {}

impl Bread for Observed {}
impl Bread for Expected {}

/// What may be the meat of a [`sandwich`](super::sandwich()), an estimate of the variance of the score: [`Empirical`] or [`Clustered`].
pub trait Meat: Kind {}

impl Meat for Empirical {}
impl Meat for Clustered {}
