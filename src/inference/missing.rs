//! Why there is no maximum: the likelihood rises towards infinity, towards a bound of a parameter, or without bound; or it has a kink.

use super::landscape::Point;
use super::objective::Local;
use super::search::{Missing, Search};
use super::trust_region::{Model, Step};
use crate::error::Error;
use nalgebra::{Cholesky, DVector};

/// Refuses to go on where the function still rises two, four and eight steps of Newton's method ahead. Near a maximum the first of them
/// leads there, and eight to a point where the function is lower by 24 d², with the distance d in standard errors. Where that is lost in
/// rounding, the steps are longer.
///
/// Where it falls in the end, beyond many more steps, there is a maximum on the way, and the search should begin anew there.
pub(super) fn ahead(search: &Search<'_>) -> Result<(), Missing> {
    let here = &search.here;
    let mut step = Model::new(&here.local, &here.local.curvature).step(f64::MAX);
    if !step.newton || step.gain <= 0.0 {
        return Ok(());
    }
    step.step *= (CLEARLY * here.local.value.error / step.gain).sqrt().max(1.0);
    let after = |steps: f64| &here.phi + &step.step * steps;
    let mut level = here.local.value.value;
    for steps in [2.0, 4.0, 8.0] {
        match search.landscape.value(after(steps)) {
            Some(value) if value >= level => level = value,
            _ => return Ok(()),
        }
    }
    let reason = at_the_end(search, &step.step);
    let mut steps = 8.0;
    while let Some(value) = search.landscape.value(after(2.0 * steps)).filter(|_| steps < FARTHEST) {
        if value < level - search.here.local.value.error {
            return Err(Missing { reason, beyond: Some(after(steps)) });
        }
        (steps, level) = (2.0 * steps, value.max(level));
    }
    Err(reason.into())
}

/// What the end of a direction is called.
fn at_the_end(search: &Search<'_>, direction: &DVector<f64>) -> Error {
    let largest = direction.amax();
    let moving = (0..direction.len()).filter(|&i| direction[i].abs() > 1e-3 * largest);
    let bound = |i: usize| search.landscape.coordinates.get(i).bound_ahead(direction[i]).map(|bound| (i, bound));
    if let Some((i, bound)) = moving.clone().find_map(bound) {
        return boundary(search, i, bound);
    }
    let names = search.landscape.names();
    let terms = moving.map(|i| (names[i].as_str(), direction[i] / largest));
    Error::MaximumAtInfinity { direction: written(terms), log_likelihood: search.here.local.value.value }
}

/// That parameter `i` goes to a bound: where the function has a pole, or its maximum.
fn boundary(search: &Search<'_>, i: usize, bound: f64) -> Error {
    let (value, log_likelihood) = (search.here.theta[i], search.here.local.value.value);
    let name = search.landscape.names().swap_remove(i);
    if search.here.local.gradient[i].abs() > STEEP && moved(search, i).abs() > FAR {
        Error::UnboundedLikelihood { name, bound, value, log_likelihood }
    } else {
        Error::MaximumOnBoundary { name, bound, value, log_likelihood }
    }
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

/// How far parameter `i` has moved, in its coordinate.
fn moved(search: &Search<'_>, i: usize) -> f64 {
    search.here.phi[i] - search.origin[i]
}

/// The bound that parameter `i` has moved towards, if it has come nearer by a factor e^`far`.
fn approached(search: &Search<'_>, i: usize, far: f64) -> Option<f64> {
    let moved = moved(search, i);
    search.landscape.coordinates.get(i).bound_ahead(moved).filter(|_| moved.abs() > far)
}

/// Whether the function has a pole ahead: a bounded parameter has come nearer to its bound by a factor 10¹¹, and the function rises by as
/// much with every further factor, as far as one can look, or has done so up to a factor 10⁸⁶.
pub(super) fn pole(search: &Search<'_>) -> Option<Error> {
    let here = &search.here;
    (0..here.phi.len()).find_map(|i| {
        let (bound, moved) = (approached(search, i, FAR)?, moved(search, i));
        let slope = here.local.gradient[i] * moved.signum();
        let goes_on = |distance: f64| {
            let mut phi = here.phi.clone();
            phi[i] += moved.signum() * distance;
            let value = search.landscape.value(phi);
            value.is_some_and(|value| value - here.local.value.value > 0.5 * slope * distance)
        };
        let certain = || moved.abs() > FURTHEST || [5.0, 25.0, 100.0].into_iter().all(goes_on);
        (slope > STEEP && certain()).then(|| boundary(search, i, bound))
    })
}

/// Whether the search has ended on a bound: a parameter has come much nearer to it, and is nearer than a small part of its standard error;
/// or the maximum of the quadratic model of the parameters themselves lies beyond it.
pub(super) fn on_a_bound(search: &Search<'_>) -> Option<Error> {
    let Point { theta, original, .. } = &search.here;
    let places = || 0..theta.len();
    let close = |i: usize| {
        let bound = approached(search, i, NEARER)?;
        let distance = (theta[i] - bound).abs() * original.curvature[(i, i)].abs().sqrt();
        (distance < NEGLIGIBLE).then(|| boundary(search, i, bound))
    };
    let model = Model::new(original, &original.curvature);
    let outside = |i: usize| {
        let step = model.step(f64::MAX);
        let bound = search.landscape.coordinates.get(i).bound_ahead(step.step[i])?;
        let beyond = step.newton && step.step[i].abs() >= (bound - theta[i]).abs();
        beyond.then(|| boundary(search, i, bound))
    };
    let far = model.norm(&original.gradient).is_some_and(|distance| distance > OFF);
    places().find_map(close).or_else(|| if far { places().find_map(outside) } else { None })
}

/// Why a search has ended without a maximum, after a step that led nowhere.
pub(super) fn not_found(search: &Search<'_>, step: &Step, iterations: usize, decrement: Option<f64>) -> Error {
    let (names, values) = (search.landscape.names(), search.here.theta.clone());
    let at_a_bound = || (0..names.len()).find_map(|i| Some(boundary(search, i, approached(search, i, ENOUGH)?)));
    let known = pole(search)
        .or_else(at_a_bound)
        .or_else(|| far_away(search, ENOUGH))
        .or_else(|| kink(search, step))
        .or_else(|| unidentified(search))
        .or_else(|| drift(search));
    known.unwrap_or_else(|| match search.refusal.clone().or_else(|| refusal_ahead(search, step)) {
        Some(reason) => Error::MaximumOnConstraint { names, values, reason: Box::new(reason) },
        None => Error::NoMaximum { iterations, names, values, standard_errors: decrement },
    })
}

/// Why there is no function a little further on.
fn refusal_ahead(search: &Search<'_>, step: &Step) -> Option<Error> {
    WIDTHS.into_iter().find_map(|width| search.landscape.at(&search.here.phi + &step.step * width).err())
}

/// Whether parameters that are bounded on one side have gone far to the other.
fn far_away(search: &Search<'_>, far: f64) -> Option<Error> {
    let names = search.landscape.names();
    let away = |i: usize| {
        let (coordinate, moved) = (search.landscape.coordinates.get(i), moved(search, i));
        coordinate.is_half_line() && coordinate.bound_ahead(moved).is_none() && moved.abs() > far
    };
    let gone: Vec<usize> = (0..names.len()).filter(|&i| away(i)).collect();
    let largest = gone.iter().map(|&i| moved(search, i).abs()).reduce(f64::max)?;
    let terms = gone.iter().map(|&i| (names[i].as_str(), moved(search, i).abs() / largest));
    let log_likelihood = search.here.local.value.value;
    Some(Error::MaximumAtInfinity { direction: written(terms), log_likelihood })
}

/// Whether the search has ended so far away that the curvature is lost.
pub(super) fn beyond_numbers(search: &Search<'_>) -> Option<Error> {
    let lost = Cholesky::new(search.here.original.curvature.clone()).is_none();
    if lost { far_away(search, FAR) } else { None }
}

/// Whether the function says nothing about a bounded parameter here: one standard error is thousands of factors e, so that it may be anything
/// between its bounds. The weight of two components that are alike is such a parameter.
fn unidentified(search: &Search<'_>) -> Option<Error> {
    let Local { gradient, curvature, .. } = &search.here.local;
    let bounded = |i: usize| search.landscape.coordinates.get(i).largest_unit().is_finite();
    let free = |&i: &usize| bounded(i) && curvature[(i, i)].abs() < NOTHING && gradient[i].abs() < NOTHING;
    let names = search.landscape.names();
    let parameters = names.len();
    let directions: Vec<String> = (0..parameters).filter(free).map(|i| names[i].clone()).collect();
    (!directions.is_empty()).then(|| Error::Singular { rank: parameters - directions.len(), parameters, directions })
}

/// Whether the function has risen on the way that the search has come, and does not fall ahead.
fn drift(search: &Search<'_>) -> Option<Error> {
    let here = &search.here;
    let way = &here.phi - &search.earlier;
    let noise = 4.0 * here.local.value.error;
    let mut level = here.local.value.value;
    if level - search.landscape.value(search.earlier.clone())? <= noise {
        return None;
    }
    for ahead in [1.0, 2.0, 4.0, 8.0] {
        let value = search.landscape.value(&here.phi + &way * ahead)?;
        if value < level - noise {
            return None;
        }
        level = value.max(level);
    }
    Some(at_the_end(search, &way))
}

/// Whether the slope of a parameter jumps from upwards to downwards within a step too short to matter, by more than the curvature and
/// rounding explain.
fn kink(search: &Search<'_>, step: &Step) -> Option<Error> {
    let here = &search.here;
    let names = search.landscape.names();
    WIDTHS.into_iter().find_map(|width| {
        let aside = &step.step * width;
        let slopes = |sign: f64| Some(search.landscape.at(&here.phi + &aside * sign).ok()?.local.gradient);
        let (behind, beyond) = (slopes(-1.0)?, slopes(1.0)?);
        let explained = (here.local.curvature.abs() * aside.abs()) * 4.0 + &here.local.gradient_error * 4.0;
        let direction = |i: usize| aside[i].signum();
        let jumps = |i: &usize| {
            let (before, after) = (behind[*i] * direction(*i), beyond[*i] * direction(*i));
            before > 0.0 && after < 0.0 && before - after > explained[*i]
        };
        let (kinked, values): (Vec<_>, Vec<_>) =
            (0..names.len()).filter(jumps).map(|i| (names[i].clone(), here.theta[i])).unzip();
        let log_likelihood = here.local.value.value;
        (!kinked.is_empty()).then_some(Error::Kink { names: kinked, values, log_likelihood })
    })
}

/// How far a coordinate has moved towards a bound, as a logarithm.
const FAR: f64 = 25.0;

/// The same for a search that has failed.
const ENOUGH: f64 = 12.0;

/// The same for an estimate on the bound.
const NEARER: f64 = 3.0;

/// An estimate nearer to a bound than this part of its standard error is on it.
const NEGLIGIBLE: f64 = 1e-4;

/// A curvature and a slope that a logarithm or a logit does not notice.
const NOTHING: f64 = 1e-6;

/// Farther than this from the maximum, in standard errors, is not there.
const OFF: f64 = 1e-3;

/// The rise of a log-likelihood with every factor e nearer to a pole is the number of observations there.
const STEEP: f64 = 0.1;

/// A change so many times the rounding error is clear.
const CLEARLY: f64 = 100.0;

/// So many Newton steps ahead a maximum is looked for.
const FARTHEST: f64 = 1e9;

/// The slopes are compared so many times the shortest step apart, so that rounding does not hide that there are two points.
const WIDTHS: [f64; 3] = [1e2, 1e5, 1e8];

/// What no change of units explains, as a logarithm.
const FURTHEST: f64 = 200.0;
