//! Whether a model and its data fit together: the information equality, and what the data identify.

mod identification;
mod indicators;
mod information_equality;

pub use identification::Identification;
pub use information_equality::{EqualityEntry, InformationEquality};
