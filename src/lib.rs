//! placeholder
pub mod notes;
pub mod scalar;
