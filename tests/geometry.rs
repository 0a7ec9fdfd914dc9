//! Information geometry.

mod connections;
mod curvature;
mod distances;
mod divergences;
mod frechet_means;
mod geodesics;
mod geodesics_anywhere;
mod merging;
mod natural_gradient;
mod sphere;
mod transport;
mod volume;
