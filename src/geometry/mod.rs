//! Information geometry: the parameters of a model as a Riemannian manifold, with the Fisher information as its metric.
//!
//! | question | answer |
//! |---|---|
//! | the metric, from a closed form or by expectations | [`FisherMetric`], a [`Manifold`] |
//! | Christoffel symbols, straight lines of other connections | [`Connection`] |
//! | curvature | [`Curvature`], [`statistical_curvature`] |
//! | steepest descent, plain and natural | [`Descent`] of a [`Loss`] in a [`DescentMetric`] |
//!
//! Distances have no unit: near θ the squared distance of θ + δ is δᵀI(θ)δ, so a distance of 1 is about one standard error of a single
//! observation. They do not depend on the coordinates.

mod amari;
mod connection;
mod curvature;
mod efron;
mod fisher;
mod manifold;
mod natural_gradient;
mod score_products;

pub use amari::CubicTensor;
pub use connection::Connection;
pub use curvature::Curvature;
pub use efron::statistical_curvature;
pub use fisher::FisherMetric;
pub use manifold::Manifold;
pub use natural_gradient::{
    Descent, DescentEnd, DescentMetric, DescentPath, DescentPoint, LocalLoss, Loss, LossWithGradient,
    NegativeLogLikelihood, Penalised, SmoothLoss, Step, StepLength,
};
