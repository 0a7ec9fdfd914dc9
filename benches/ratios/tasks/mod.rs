//! The tasks: which model, which data, which θ.

pub mod expected;
pub mod numbers;
pub mod rows;
pub mod threads;

/// How far results may be apart, relative to the scales of [`Sums::distance`](crate::sums::Sums::distance).
pub const TOLERANCE: f64 = 1e-9;
