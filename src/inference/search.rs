//! The search for the maximum of an objective: Newton's method or Fisher scoring in a trust region.

use super::coordinates::Coordinates;
use super::missing;
use super::objective::{Local, Objective};
use super::trust_region::Model;
use crate::error::Error;
use nalgebra::{DMatrix, DVector};

/// Which matrix stands for the curvature in a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Scheme {
    /// The observed information: Newton's method, whose error is squared in every step near the maximum.
    #[default]
    Newton,
    /// The expected information: Fisher scoring, whose matrix is never negative. Its error falls by a factor in every step.
    Scoring,
}

/// How a search proceeds and when it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SearchSettings {
    /// The matrix of a step.
    pub scheme: Scheme,
    /// How far from the maximum the search may end, in standard errors: a bound for √(sᵀA⁻¹s). It ends earlier where the rounding of the
    /// score is larger than that.
    pub tolerance: f64,
    /// How many steps it may take.
    pub iterations: usize,
}

impl Default for SearchSettings {
    /// Newton's method to 10⁻¹⁰ standard errors in 200 steps at most.
    fn default() -> Self {
        Self { scheme: Scheme::Newton, tolerance: 1e-10, iterations: 200 }
    }
}

/// A maximum.
pub(super) struct Found {
    pub theta: Vec<f64>,
    pub iterations: usize,
}

/// An objective in coordinates without bounds.
pub(super) struct Landscape<'a> {
    pub objective: &'a dyn Objective,
    pub coordinates: Coordinates,
}

/// A point of the search.
pub(super) struct Point {
    pub phi: DVector<f64>,
    pub theta: Vec<f64>,
    /// In the coordinates φ.
    pub local: Local,
}

impl<'a> Landscape<'a> {
    pub fn new(objective: &'a dyn Objective) -> Self {
        let coordinates = Coordinates::of(objective.parameters().iter().map(|parameter| parameter.domain));
        Self { objective, coordinates }
    }

    /// The objective at φ.
    pub fn at(&self, phi: DVector<f64>) -> Result<Point, Error> {
        let theta = self.coordinates.parameters(phi.as_slice());
        let local = self.coordinates.pull_back(&theta, self.objective.at(&theta)?);
        if let Some(row) = local.gradient.iter().position(|entry| !entry.is_finite()) {
            let value = local.gradient[row];
            return Err(Error::DerivativeNotFinite { what: "gradient", row, column: 0, value });
        }
        if let Some(place) = local.curvature.iter().position(|entry| !entry.is_finite()) {
            let (row, column) = (place % theta.len(), place / theta.len());
            return Err(Error::DerivativeNotFinite { what: "curvature", row, column, value: local.curvature[place] });
        }
        Ok(Point { phi, theta, local })
    }

    /// The matrix of a step.
    fn metric(&self, point: &Point, scheme: Scheme) -> Result<DMatrix<f64>, Error> {
        match scheme {
            Scheme::Newton => Ok(point.local.curvature.clone()),
            Scheme::Scoring => {
                let expected = self.objective.expected_curvature(&point.theta)?;
                Ok(self.coordinates.pull_back_metric(&point.theta, &expected))
            }
        }
    }
}

/// The maximum of an objective near a start.
///
/// # Errors
/// Whatever the objective refuses at the start; and why there is no maximum, where none is found.
pub(super) fn maximum(objective: &dyn Objective, start: &[f64], settings: &SearchSettings) -> Result<Found, Error> {
    climb(objective, start, settings, true)
}

/// The supremum near a start: where the function rises towards infinity or a bound, a point at which it has no more to gain than the
/// square of the tolerance. Steps of Newton's method come there in a few dozens, each a unit of the logarithm.
///
/// # Errors
/// Those of [`maximum`] but for a maximum at infinity or on a bound.
pub(super) fn supremum(objective: &dyn Objective, start: &[f64], settings: &SearchSettings) -> Result<Found, Error> {
    climb(objective, start, settings, false)
}

/// The search, which looks out for a maximum beyond all finite points if it is to be a `point`.
fn climb(objective: &dyn Objective, start: &[f64], settings: &SearchSettings, point: bool) -> Result<Found, Error> {
    for (parameter, &value) in objective.parameters().iter().zip(start) {
        parameter.check(value)?;
    }
    let landscape = Landscape::new(objective);
    let origin = DVector::from_vec(landscape.coordinates.of_parameters(start));
    let mut here = landscape.at(origin.clone())?;
    let mut scheme = settings.scheme;
    let mut radius = None;
    let mut pace = Pace::default();
    for iterations in 0..settings.iterations {
        let model = Model::new(&here.local.gradient, &landscape.metric(&here, scheme)?);
        let decrement = model.decrement(&here.local.gradient_error);
        if decrement.is_some_and(|d| d <= settings.tolerance.max(model.noise(&here.local.gradient_error))) {
            let observed = Model::new(&here.local.gradient, &here.local.curvature);
            if scheme == Scheme::Scoring && observed.decrement(&here.local.gradient_error).is_none() {
                scheme = Scheme::Newton; // a saddle, which the expected information does not see
                continue;
            }
            if point
                && pace.is_slow()
                && let Some(reason) = missing::ahead(&landscape, &here)
            {
                return Err(reason);
            }
            return Ok(Found { theta: here.theta, iterations });
        }
        let trusted = *radius.get_or_insert_with(|| model.first_radius());
        let step = model.step(trusted);
        let there = match landscape.at(&here.phi + &step.step) {
            Ok(there) => there,
            Err(reason) => {
                radius = Some(step.length / 4.0);
                if step.length < SHORTEST {
                    return Err(missing::stuck(&landscape, &origin, &here, reason));
                }
                continue;
            }
        };
        let rise = there.local.value.value - here.local.value.value;
        let rounding = here.local.value.error + there.local.value.error;
        let settled = step.gain <= rounding && rise.abs() <= 2.0 * rounding;
        if settled {
            // The values no longer tell; the gradients do, while they shrink.
            let (before, after) = (model.norm(&here.local.gradient), model.norm(&there.local.gradient));
            if !before.zip(after).is_some_and(|(before, after)| after < SHRINKING * before) {
                if step.newton && decrement.is_some_and(|d| d <= NEAR) {
                    if point
                        && pace.is_slow()
                        && let Some(reason) = missing::ahead(&landscape, &here)
                    {
                        return Err(reason);
                    }
                    return Ok(Found { theta: here.theta, iterations });
                }
                if step.length < SHORTEST {
                    return Err(missing::not_found(&landscape, &origin, &here, iterations, decrement));
                }
                radius = Some(step.length / 4.0);
                continue;
            }
        } else {
            let ratio = rise / step.gain;
            if ratio < 0.25 || ratio.is_nan() {
                radius = Some(step.length / 4.0);
            } else if ratio > 0.75 && !step.newton {
                radius = Some(trusted * 2.0);
            }
            if !(ratio > ACCEPTABLE) {
                if step.length < SHORTEST {
                    return Err(missing::not_found(&landscape, &origin, &here, iterations, decrement));
                }
                continue;
            }
        }
        pace.record(step.newton, decrement);
        here = there;
        if point
            && pace.is_suspicious()
            && let Some(reason) = missing::ahead(&landscape, &here)
        {
            return Err(reason);
        }
        if let Some(reason) = missing::pole(&landscape, &origin, &here) {
            return Err(reason);
        }
    }
    let model = Model::new(&here.local.gradient, &here.local.curvature);
    let decrement = model.decrement(&here.local.gradient_error);
    Err(missing::not_found(&landscape, &origin, &here, settings.iterations, decrement))
}

/// How fast the decrements of Newton steps fall. Near a maximum each is about the square of the one before. Where the maximum lies at
/// infinity, or on a bound, each is about 0.6 of the one before.
#[derive(Default)]
struct Pace {
    last: Option<f64>,
    slow: usize,
}

impl Pace {
    fn record(&mut self, newton: bool, decrement: Option<f64>) {
        let contraction = self.last.zip(decrement).map(|(before, now)| now / before);
        self.slow = if newton && contraction.is_none_or(|c| c > 0.2) { self.slow + 1 } else { 0 };
        self.last = decrement;
    }

    fn is_slow(&self) -> bool {
        self.slow >= 3
    }

    /// Whether it has been slow for a while; asked again after as long a while.
    fn is_suspicious(&self) -> bool {
        self.slow > 0 && self.slow.is_multiple_of(6) && self.last.is_some_and(|decrement| decrement < 0.5)
    }
}

/// A step that brings less than this share of what the model expects is not taken.
const ACCEPTABLE: f64 = 1e-4;

/// A step of fewer standard errors leads nowhere.
const SHORTEST: f64 = 1e-13;

/// A gradient that shrinks by less than this no longer shrinks but for rounding.
const SHRINKING: f64 = 0.9;

/// A maximum nearer than this, in standard errors, is found, if rounding forbids to come nearer.
const NEAR: f64 = 1e-4;
