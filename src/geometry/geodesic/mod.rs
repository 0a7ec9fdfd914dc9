//! Geodesics: the straightest and shortest paths of a manifold, and what is done along them.

mod boundary;
mod chart;
mod conjugate;
mod initial;
mod lobatto;
mod maps;
mod mean;
mod measure;
mod path;
mod relaxation;
mod solution;
mod steady;
mod transport;
mod variation;

pub use maps::{exponential_map, geodesic_distance, logarithm_map};
pub use mean::{FrechetMean, frechet_mean};
pub use solution::{Geodesic, Tangent};
pub use transport::Transported;
