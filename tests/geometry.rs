//! Information geometry.
