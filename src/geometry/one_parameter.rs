//! Distances in families of one parameter.

use super::FisherMetric;
use super::integral::Range;
use super::volume::volume_element;
use crate::error::{Error, check_length};
use crate::expectation::Estimate;
use crate::model::{SampleSpace, Theta, checked_parameters};

/// The Fisher–Rao distance in a family of one parameter, where only one curve joins two points:
///
/// ```math
/// d(\theta, \theta') = \left| \int_\theta^{\theta'} \sqrt{I(t)}\, dt \right|
/// ```
///
/// by Gauss–Kronrod quadrature in a coordinate that suits the domain. The error is that of the quadrature and of I.
///
/// ```
/// use fisher_information::{distributions::Poisson, geometry::{FisherMetric, one_parameter_distance}};
///
/// let distance = one_parameter_distance(&FisherMetric::of(&Poisson), &[1.0], &[4.0])?;
/// assert!((distance.value - 2.0).abs() <= distance.error);                    // 2 |√λ′ − √λ|
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Rao, Information and the accuracy attainable in the estimation of statistical parameters, *Bull. Calcutta Math. Soc.* 37
/// (1945), 81–91.
///
/// # Errors
/// Parameters outside their domain; [`Error::LengthMismatch`] if there is more than one; those of the metric on the way.
pub fn one_parameter_distance<M: SampleSpace>(
    metric: &FisherMetric<'_, M>,
    theta: &Theta<M, f64>,
    other: &Theta<M, f64>,
) -> Result<Estimate, Error> {
    let parameters = checked_parameters(metric.model(), theta)?;
    checked_parameters(metric.model(), other)?;
    check_length("parameters of a curve", 1, parameters.len())?;
    let (Some(parameter), &[one], &[two]) = (parameters.into_iter().next(), theta.as_ref(), other.as_ref()) else {
        return Err(Error::ParameterCount { expected: 1, found: other.as_ref().len() });
    };
    if one == two {
        return Ok(Estimate::exact(0.0));
    }
    let (lower, upper) = (one.min(two), one.max(two));
    let range = Range { name: parameter.name.into_owned(), domain: parameter.domain, lower, upper };
    range.integrate(&mut |theta| volume_element(metric, &[theta]))
}
