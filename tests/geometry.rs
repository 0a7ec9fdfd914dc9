//! Information geometry.

mod connections;
mod curvature;
mod distances;
mod divergences;
mod merging;
mod natural_gradient;
mod volume;
