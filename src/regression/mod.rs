//! Regressions: families whose parameters are functions of covariates.

mod collinear;
mod columns;
mod curve;
mod design;
mod families;
mod fit;
mod frame;
mod model;
mod predictor;
mod sample;
mod second_order;
mod space;
mod start;

pub use columns::{Columns, Covariates};
pub use curve::{ConstantDeviation, Curve, Deviation, NonlinearRegression, PowerOfMean};
pub use design::Design;
pub use families::*;
pub use frame::Frame;
pub use model::Regression;
pub use predictor::Predictor;
pub use sample::Sample;
pub use space::simulate;
