//! The exponential map and its inverse.

use super::Geodesic;
use crate::error::Error;
use crate::geometry::Manifold;

/// exp_p(v): where the geodesic from p with the velocity v is at the time 1, at the distance √g(v, v) along it.
///
/// ```
/// use fisher_information::{distributions::Normal, geometry::{FisherMetric, exponential_map, logarithm_map}};
///
/// let normal = FisherMetric::of(&Normal);
/// let to = exponential_map(&normal, &[0.0, 1.0], &[0.5, -0.2])?;
/// let back = logarithm_map(&normal, &[0.0, 1.0], &to)?;
/// assert!((back[0] - 0.5).abs() < 1e-10 && (back[1] + 0.2).abs() < 1e-10);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// As [`Geodesic::shoot`].
pub fn exponential_map(manifold: &dyn Manifold, point: &[f64], vector: &[f64]) -> Result<Vec<f64>, Error> {
    Ok(Geodesic::shoot(manifold, point, vector, 1.0)?.end().point)
}

/// log_p(q): the velocity at p of the geodesic that is at q at the time 1. Its length √g(v, v) is the distance.
///
/// # Errors
/// As [`Geodesic::between`].
pub fn logarithm_map(manifold: &dyn Manifold, point: &[f64], to: &[f64]) -> Result<Vec<f64>, Error> {
    Ok(Geodesic::between(manifold, point, to)?.start().vector)
}
