//! What every single observation does to a fit.

mod left_out;
mod local;
mod one_step;

pub use left_out::LeftOut;
pub use local::LocalInfluence;
pub use one_step::{Influence, ObservationInfluence};
