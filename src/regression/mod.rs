//! Regressions: families whose parameters are functions of covariates.

mod columns;
mod families;
mod model;
mod predictor;
mod second_order;
mod space;
mod start;

pub use columns::{Columns, Covariates};
pub use families::*;
pub use model::Regression;
pub use predictor::Predictor;
pub use space::simulate;
