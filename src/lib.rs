//! placeholder
pub mod derivatives;
pub mod distributions;
pub mod error;
pub mod expectation;
pub mod information;
pub mod model;
pub mod notes;
pub mod scalar;
/// prelude
pub mod prelude {
    pub use crate::model::*;
    pub use crate::scalar::Scalar;
}
pub use error::Error;
