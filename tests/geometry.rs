//! Information geometry.

mod connections;
mod curvature;
mod distances;
mod volume;
