//! Information geometry.

mod merging;
