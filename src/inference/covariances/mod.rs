//! The covariances of an estimator, side by side.
//!
//! With the observed information A = −Σ w H, the expected information I, the empirical information B = Σ w s sᵀ and the clustered
//! information C = Σ S Sᵀ:
//!
//! | | formula | right if |
//! |---|---|---|
//! | [`Observed`](CovarianceKind::Observed) | A⁻¹ | the model is true |
//! | [`Expected`](CovarianceKind::Expected) | I⁻¹ | the model is true |
//! | [`OuterProduct`](CovarianceKind::OuterProduct) | B⁻¹ | the model is true, and the data many |
//! | [`Sandwich`](CovarianceKind::Sandwich) | A⁻¹BA⁻¹ | the observations are independent |
//! | [`SandwichExpected`](CovarianceKind::SandwichExpected) | I⁻¹BI⁻¹ | they are independent, and the model is true in its curvature |
//! | [`Clustered`](CovarianceKind::Clustered) | A⁻¹CA⁻¹ | the clusters are independent, and many |
//!
//! If the model is true, all of them estimate the same matrix. A large difference says that it is not, or that the data are few.

mod clustered;
mod estimators;
mod table;

pub use clustered::{ClusteredScores, SmallSample};
pub use table::{CovarianceKind, Covariances};
