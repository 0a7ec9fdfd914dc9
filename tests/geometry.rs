//! Information geometry.

mod divergences;
