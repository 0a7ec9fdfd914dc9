//! Information geometry.

mod distances;
