//! Information geometry: the parameters of a model as a Riemannian manifold, with the Fisher information as its metric.
//!
//! | question | answer |
//! |---|---|
//! | the metric, from a closed form or by expectations | [`FisherMetric`], a [`Manifold`] |
//! | Christoffel symbols, straight lines of other connections | [`Connection`] |
//! | the distance of two members of a family, by a formula | [`closed_form_distance`] |
//! | the same, in a family of one parameter, by quadrature | [`one_parameter_distance`] |
//! | Jeffreys's prior | [`JeffreysPrior`], [`ln_jeffreys`] |
//! | how large a model is | [`volume`] |
//! | a parameter orthogonal to one of interest | [`Orthogonal`], [`orthogonal_curve`] |
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
mod integral;
mod jeffreys;
mod manifold;
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
pub use jeffreys::{JeffreysPrior, ln_jeffreys};
pub use manifold::Manifold;
pub use one_parameter::one_parameter_distance;
pub use orthogonal::{Orthogonal, orthogonal_curve};
pub use volume::{Volume, volume};
