//! Intervals and regions: how precisely parameters, functions of them, and new observations are known.
//!
//! | | depends on the coordinates | computed from |
//! |---|---|---|
//! | Wald, delta method ([`wald`], [`delta`]) | yes | a covariance and derivatives at θ̂ |
//! | profile likelihood ([`profile`], [`region`]) | no | maxima of the likelihood on slices ([`slice`]: [`held`], [`level_set`]), along a [`ray`] |
//! | prediction ([`predictive`]) | hardly | distribution functions, averaged |

mod delta;
mod function;
mod held;
mod interval;
mod inversion;
mod level_set;
mod predictive;
mod profile;
mod quantile_of;
mod quantiles;
mod ray;
mod region;
mod slice;
mod wald;

pub use delta::{DeltaMethod, DeltaMethods};
pub use function::{Expansion, LinearCombination, ParameterFunction, SmoothFunction};
pub use interval::{End, Interval};
pub use predictive::Predictive;
pub use profile::{Profile, ProfilePoint};
pub use quantile_of::QuantileOf;
pub use region::{Contour, OpenDirection, Region};
