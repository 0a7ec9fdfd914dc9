//! The Fisher–Rao distance, by the best way there is.

use super::{FisherMetric, closed_form_distance, geodesic_distance, one_parameter_distance};
use crate::error::Error;
use crate::expectation::Estimate;
use crate::model::{SampleSpace, Theta};

/// The Fisher–Rao distance between f(·; θ) and f(·; θ′): the length of the shortest path between them,
///
/// ```math
/// d(\theta, \theta') = \min_{\theta(\cdot)} \int_0^1 \sqrt{\dot\theta(t)^{\mathsf T} I(\theta(t))\, \dot\theta(t)}\; dt
/// ```
///
/// by the [formula](closed_form_distance) that the model declares; else, of one parameter, by an [integral](one_parameter_distance); else
/// along a [geodesic](geodesic_distance), whose metric is the closed form where there is one and found by expectations where there is
/// none.
///
/// ```
/// use fisher_information::distributions::{ChiSquared, Gamma, Normal};
/// use fisher_information::geometry::fisher_rao_distance;
///
/// let normal = fisher_rao_distance(&Normal, &[0.0, 1.0], &[10.0, 1.0])?;      // 2√2 arsinh(10/√8)
/// assert!((normal.value - 8.0_f64.sqrt() * (10.0 / 8.0_f64.sqrt()).asinh()).abs() < 1e-14);
/// let chi_squared = fisher_rao_distance(&ChiSquared, &[1.0], &[4.0])?;        // ½ ∫ √ψ₁(k/2) dk
/// assert!((chi_squared.value - 1.813_128_849_087_861_5).abs() < 1e-13);
/// let gamma = fisher_rao_distance(&Gamma, &[1.0, 1.0], &[3.0, 2.0])?;
/// assert!((gamma.value - 0.991_483_673_569_576_9).abs() < 1e-13);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Rao, *Information and the accuracy attainable in the estimation of statistical parameters*, Bull. Calcutta Math. Soc. 37
/// (1945) 81–91.
///
/// # Errors
/// Parameters outside their domain; a metric that does not exist or is singular on the way;
/// [`Error::NoGeodesic`] with the best path.
pub fn fisher_rao_distance<M: SampleSpace>(
    model: &M,
    theta: &Theta<M, f64>,
    other: &Theta<M, f64>,
) -> Result<Estimate, Error> {
    if let Some(distance) = closed_form_distance(model, theta, other)? {
        return Ok(distance);
    }
    let metric = FisherMetric::of(model);
    match (theta.as_ref(), other.as_ref()) {
        ([_], [_]) => one_parameter_distance(&metric, theta, other),
        (from, to) => geodesic_distance(&metric, from, to),
    }
}
