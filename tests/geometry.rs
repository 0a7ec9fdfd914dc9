//! Information geometry.

mod natural_gradient;
