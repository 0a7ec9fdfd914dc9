//! Information geometry: the parameters of a model as a Riemannian manifold, with the Fisher information as its metric.
//!
//! | question | answer |
//! |---|---|
//! | the metric, from a closed form or by expectations | [`FisherMetric`], a [`Manifold`] |
//! | how far one member of a family is from another | [`fisher_rao_distance`] |
//! | the same by a formula, by an integral, by a geodesic | [`closed_form_distance`], [`one_parameter_distance`], [`geodesic_distance`] |
//! | shortest paths, between points or from a velocity | [`Geodesic`] |
//! | points as vectors and back, vectors carried along | [`logarithm_map`], [`exponential_map`], [`Geodesic::transport`] |
//! | means of points | [`frechet_mean`] |
//! | Christoffel symbols, straight lines of other connections | [`Connection`], [`FisherMetric::alpha_connection`] |
//! | curvature | [`Curvature`], [`FisherMetric::alpha_curvature`], [`statistical_curvature`] |
//! | how unlike two distributions are, other than by a path | [`divergence`] |
//! | steepest descent, plain and natural | [`natural_gradient`] |
//! | one model from several | [`merging`] |
//! | Jeffreys's prior, and how large a model is | [`JeffreysPrior`], [`ln_jeffreys`], [`volume`] |
//! | a parameter orthogonal to one of interest | [`Orthogonal`], [`orthogonal_curve`] |
//! | pictures of a parameter plane | `picture`, with the feature `pictures` |
//!
//! Distances have no unit: near θ the squared distance of θ + δ is δᵀI(θ)δ, so a distance of 1 is about one standard error of a single
//! observation. They do not depend on the coordinates.

mod amari;
mod connection;
mod curvature;
pub mod divergence;
mod efron;
mod fisher;
mod fisher_rao;
mod formula;
mod geodesic;
mod integral;
mod jeffreys;
mod manifold;
pub mod merging;
pub mod natural_gradient;
mod one_parameter;
mod orthogonal;
#[cfg(feature = "pictures")]
pub mod picture;
mod runge_kutta;
mod score_products;
mod volume;

pub use amari::CubicTensor;
pub use connection::Connection;
pub use curvature::Curvature;
pub use efron::statistical_curvature;
pub use fisher::FisherMetric;
pub use fisher_rao::fisher_rao_distance;
pub use formula::closed_form_distance;
pub use geodesic::{
    FrechetMean, Geodesic, Tangent, Transported, exponential_map, frechet_mean, geodesic_distance, logarithm_map,
};
pub use jeffreys::{JeffreysPrior, ln_jeffreys};
pub use manifold::Manifold;
pub use one_parameter::one_parameter_distance;
pub use orthogonal::{Orthogonal, orthogonal_curve};
pub use volume::{Volume, volume};
