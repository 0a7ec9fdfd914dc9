//! Models compared by how well they would predict: information criteria.

mod criteria;
mod table;

pub use criteria::Criteria;
pub use table::{Comparison, ComparisonRow};
