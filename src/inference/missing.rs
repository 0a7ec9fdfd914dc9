//! Why there is no maximum: the likelihood rises towards infinity, towards a bound of a parameter, or without bound.

use super::coordinates::Coordinate;
use super::search::{Landscape, Point};
use super::trust_region::Model;
use crate::error::Error;
use nalgebra::DVector;

/// Whether the maximum lies beyond all finite points ahead: the function still rises where two, four and eight steps of Newton's method
/// in a row would lead. Near a maximum the first of them leads there, and eight to a point where the function is lower by 24 d², with the
/// distance d in standard errors. Nothing is said where that is lost in rounding.
pub(super) fn ahead(landscape: &Landscape<'_>, here: &Point) -> Option<Error> {
    let step = Model::new(&here.local.gradient, &here.local.curvature).step(f64::MAX);
    if !step.newton || step.gain < 10.0 * here.local.value.error {
        return None;
    }
    let mut level = here.local.value.value;
    for steps in [2.0, 4.0, 8.0] {
        let there = landscape.at(&here.phi + &step.step * steps).ok()?;
        if there.local.value.value < level {
            return None;
        }
        level = there.local.value.value;
    }
    Some(at_the_end(landscape, here, &step.step))
}

/// What the end of a direction is called.
fn at_the_end(landscape: &Landscape<'_>, here: &Point, direction: &DVector<f64>) -> Error {
    let log_likelihood = here.local.value.value;
    let parameters = landscape.objective.parameters();
    let largest = direction.amax();
    let moving: Vec<usize> = (0..direction.len()).filter(|&i| direction[i].abs() > 1e-3 * largest).collect();
    for &i in &moving {
        let bound = bound_ahead(landscape.coordinates.get(i), direction[i]);
        if let Some(bound) = bound {
            let name = parameters[i].name.clone().into_owned();
            return Error::MaximumOnBoundary { name, bound, value: here.theta[i], log_likelihood };
        }
    }
    let terms = moving.iter().map(|&i| (parameters[i].name.as_ref(), direction[i] / largest));
    Error::MaximumAtInfinity { direction: written(terms), log_likelihood }
}

/// A direction as a sum of names with two digits to each coefficient.
fn written<'a>(terms: impl Iterator<Item = (&'a str, f64)>) -> String {
    let mut text = String::new();
    for (name, coefficient) in terms {
        let sign = match (text.is_empty(), coefficient < 0.0) {
            (true, true) => "−",
            (true, false) => "",
            (false, true) => " − ",
            (false, false) => " + ",
        };
        let size = format!("{:.2}", coefficient.abs());
        text += sign;
        if size != "1.00" {
            text += &size;
            text.push(' ');
        }
        text += name;
    }
    text
}

/// The finite bound that a coordinate approaches when it goes on in this direction.
fn bound_ahead(coordinate: Coordinate, direction: f64) -> Option<f64> {
    match coordinate {
        Coordinate::Above(bound) if direction < 0.0 => Some(bound),
        Coordinate::Below(bound) if direction > 0.0 => Some(bound),
        Coordinate::Between(lower, upper) => Some(if direction < 0.0 { lower } else { upper }),
        _ => None,
    }
}

/// Whether the function has a pole ahead: a bounded parameter has come nearer to its bound by a factor 10¹¹, and the function still
/// rises by as much with every further factor.
pub(super) fn pole(landscape: &Landscape<'_>, origin: &DVector<f64>, here: &Point) -> Option<Error> {
    (0..here.phi.len()).find_map(|i| {
        let moved = here.phi[i] - origin[i];
        let slope = here.local.gradient[i] * moved.signum();
        let bound = bound_ahead(landscape.coordinates.get(i), moved)?;
        (moved.abs() > FAR && slope > STEEP).then(|| Error::UnboundedLikelihood {
            name: landscape.objective.parameters()[i].name.clone().into_owned(),
            bound,
            value: here.theta[i],
            log_likelihood: here.local.value.value,
        })
    })
}

/// Whether a parameter has come to its bound, as nearly as numbers can.
fn at_a_bound(landscape: &Landscape<'_>, origin: &DVector<f64>, here: &Point) -> Option<Error> {
    (0..here.phi.len()).find_map(|i| {
        let moved = here.phi[i] - origin[i];
        let bound = bound_ahead(landscape.coordinates.get(i), moved)?;
        (moved.abs() > FAR).then(|| Error::MaximumOnBoundary {
            name: landscape.objective.parameters()[i].name.clone().into_owned(),
            bound,
            value: here.theta[i],
            log_likelihood: here.local.value.value,
        })
    })
}

/// Why no step ahead can be taken although the function rises.
pub(super) fn stuck(landscape: &Landscape<'_>, origin: &DVector<f64>, here: &Point, reason: Error) -> Error {
    pole(landscape, origin, here).unwrap_or_else(|| Error::MaximumOnConstraint {
        names: landscape.objective.parameters().iter().map(|parameter| parameter.name.clone().into_owned()).collect(),
        values: here.theta.clone(),
        reason: Box::new(reason),
    })
}

/// That a search has ended without a maximum and without a reason.
pub(super) fn not_found(
    landscape: &Landscape<'_>,
    origin: &DVector<f64>,
    here: &Point,
    iterations: usize,
    decrement: Option<f64>,
) -> Error {
    pole(landscape, origin, here).or_else(|| at_a_bound(landscape, origin, here)).unwrap_or_else(|| Error::NoMaximum {
        iterations,
        names: landscape.objective.parameters().iter().map(|parameter| parameter.name.clone().into_owned()).collect(),
        values: here.theta.clone(),
        standard_errors: decrement,
    })
}

/// How far a coordinate has moved towards a bound, as a logarithm.
const FAR: f64 = 25.0;

/// The rise of a log-likelihood with every factor e nearer to a pole is the number of observations there.
const STEEP: f64 = 0.1;
