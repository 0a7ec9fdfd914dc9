//! Information geometry.

mod connections;
mod curvature;
