//! Geodesics: the straightest and shortest paths of a manifold, and what is done along them.

mod boundary;
mod chart;
mod initial;
mod lobatto;
mod maps;
mod mean;
mod path;
mod solution;
mod transport;
mod variation;

pub use maps::{exponential_map, logarithm_map};
pub use mean::{FrechetMean, frechet_mean};
pub use solution::{Geodesic, Tangent, geodesic_distance};
pub use transport::Transported;
