//! Information geometry.

mod connections;
mod curvature;
mod distances;
mod merging;
mod natural_gradient;
mod volume;
mod divergences;
