//! Pictures of a parameter plane in SVG (feature `pictures`): indicatrices of a metric, geodesics, paths of descents over the
//! contours of what they descend.
//!
//! ```
//! use fisher_information::{distributions::Normal, geometry::{FisherMetric, picture::{Colour, Plane}}};
//!
//! let mut plane = Plane::new(("μ", -3.0..3.0), ("σ", 0.2..3.0))?;
//! plane.indicatrices(&FisherMetric::of(&Normal), 0.3, (6, 5))?;
//! plane.curve(&[[-2.0, 0.5], [0.0, 2.0], [2.0, 0.5]], Colour::Blue)?;
//! let svg = plane.svg()?;
//! assert!(svg.starts_with("<svg") && svg.contains("polyline"));
//! # Ok::<(), fisher_information::Error>(())
//! ```

mod clip;
mod contour;
mod indicatrix;
mod plane;

pub use plane::{Colour, Plane};
