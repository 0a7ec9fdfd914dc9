//! Information geometry: the parameters of a model as a Riemannian manifold, with the Fisher information as its metric.
//!
//! | question | answer |
//! |---|---|
//! | the metric, from a closed form or by expectations | [`FisherMetric`], a [`Manifold`] |
//! | Christoffel symbols, straight lines of other connections | [`Connection`] |
//! | the distance of two members of a family, by a formula | [`closed_form_distance`] |
//! | curvature | [`Curvature`], [`statistical_curvature`] |
//! | pictures of a parameter plane | `picture`, with the feature `pictures` |
//! | shortest paths, between points or from a velocity | [`Geodesic`], [`geodesic_distance`] |
//! | points as vectors and back, vectors carried along | [`logarithm_map`], [`exponential_map`], [`Geodesic::transport`] |
//! | means of points | [`frechet_mean`] |
//! | steepest descent, plain and natural | [`Descent`] of a [`Loss`] in a [`DescentMetric`] |
//!
//! Distances have no unit: near θ the squared distance of θ + δ is δᵀI(θ)δ, so a distance of 1 is about one standard error of a single
//! observation. They do not depend on the coordinates.

mod amari;
mod connection;
mod curvature;
pub mod divergence;
mod efron;
mod fisher;
mod formula;
mod geodesic;
mod manifold;
pub mod merging;
#[cfg(feature = "pictures")]
pub mod picture;
mod natural_gradient;
mod score_products;

pub use amari::CubicTensor;
pub use connection::Connection;
pub use curvature::Curvature;
pub use efron::statistical_curvature;
pub use fisher::FisherMetric;
pub use formula::closed_form_distance;
pub use geodesic::{Geodesic, Tangent, geodesic_distance};
pub use geodesic::{
    FrechetMean, Geodesic, Tangent, Transported, exponential_map, frechet_mean, geodesic_distance, logarithm_map,
};
pub use manifold::Manifold;
pub use natural_gradient::{
    Descent, DescentEnd, DescentMetric, DescentPath, DescentPoint, LocalLoss, Loss, LossWithGradient,
    NegativeLogLikelihood, Penalised, SmoothLoss, Step, StepLength,
};
