//! The three kinds of Fisher information, as types.

use std::fmt::Debug;

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Expected {}
    impl Sealed for super::Observed {}
    impl Sealed for super::Empirical {}
}

/// A kind of Fisher information: [`Expected`], [`Observed`] or [`Empirical`].
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

impl Kind for Expected {
    const NAME: &'static str = "expected";
}

impl Kind for Observed {
    const NAME: &'static str = "observed";
}

impl Kind for Empirical {
    const NAME: &'static str = "empirical";
}
