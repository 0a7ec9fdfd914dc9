//! The catalogue: one file a family, each with its density, support, sampler, quantile, closed-form information and source.

mod normal;

pub use normal::Normal;
