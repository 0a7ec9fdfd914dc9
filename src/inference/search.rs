//! The search for the maximum of an objective: Newton's method or Fisher scoring in a trust region.

use super::landscape::{Landscape, Point};
use super::missing;
use super::objective::{Local, Objective};
use super::pace::Pace;
use super::trust_region::{Model, Step};
use crate::error::Error;
use nalgebra::DVector;

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

/// The maximum of an objective near a start.
///
/// # Errors
/// Whatever the objective refuses at the start; and why there is no maximum, where none is found.
pub(super) fn maximum(objective: &dyn Objective, start: &[f64], settings: &SearchSettings) -> Result<Found, Error> {
    let landscape = Landscape::new(objective);
    match Search::new(&landscape, landscape.coordinates_of(start)?, *settings, Goal::Maximum)?.climb() {
        Ok(found) => Ok(found),
        Err(Missing { reason, beyond: None }) => Err(reason),
        // It rises for long ahead, but falls in the end: from an inflection, not towards a limit.
        Err(Missing { reason, beyond: Some(beyond) }) => {
            let again = Search::new(&landscape, beyond, *settings, Goal::FastMaximum).ok().map(Search::climb);
            again.and_then(Result::ok).ok_or(reason)
        }
    }
}

/// The supremum near a start: where the function rises towards infinity or a bound, a point at which it has no more to gain than the
/// square of the tolerance. Steps of Newton's method come there in a few dozens, each a unit of the logarithm.
///
/// # Errors
/// Those of [`maximum`] but for a maximum at infinity or on a bound.
pub(super) fn supremum(objective: &dyn Objective, start: &[f64], settings: &SearchSettings) -> Result<Found, Error> {
    let landscape = Landscape::new(objective);
    let search = Search::new(&landscape, landscape.coordinates_of(start)?, *settings, Goal::Supremum)?;
    search.climb().map_err(|missing| missing.reason)
}

/// What a search looks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goal {
    /// A maximum.
    Maximum,
    /// A maximum that is reached at the pace of Newton's method, so that it cannot be a limit.
    FastMaximum,
    /// A maximum or a limit.
    Supremum,
}

/// Why there is no maximum, and a point from which another search may find one nevertheless.
pub(super) struct Missing {
    pub reason: Error,
    pub beyond: Option<DVector<f64>>,
}

impl From<Error> for Missing {
    fn from(reason: Error) -> Self {
        Self { reason, beyond: None }
    }
}

/// A search on its way.
pub(super) struct Search<'a> {
    pub landscape: &'a Landscape<'a>,
    pub origin: DVector<f64>,
    /// Where it was some time ago: when half as many steps had been taken, or less.
    pub earlier: DVector<f64>,
    pub here: Point,
    settings: SearchSettings,
    /// How far the quadratic model is trusted.
    radius: Option<f64>,
    /// Why the function had no value where the last steps would have led.
    pub refusal: Option<Error>,
    pace: Pace,
    goal: Goal,
}

/// What becomes of a step.
enum Trial {
    /// It leads here.
    Taken(Box<Point>),
    /// It brings too little.
    Rejected,
    /// There is no function where it leads.
    Refused(Error),
    /// Neither values nor gradients can tell here from there.
    Lost,
}

impl<'a> Search<'a> {
    fn new(
        landscape: &'a Landscape<'a>,
        origin: DVector<f64>,
        settings: SearchSettings,
        goal: Goal,
    ) -> Result<Self, Error> {
        let here = landscape.at(origin.clone())?;
        let (earlier, pace) = (origin.clone(), Pace::default());
        Ok(Self { landscape, origin, earlier, here, settings, radius: None, refusal: None, pace, goal })
    }

    /// Step by step to the maximum.
    fn climb(mut self) -> Result<Found, Missing> {
        for iterations in 0..self.settings.iterations {
            if iterations.is_power_of_two() {
                self.earlier.clone_from(&self.here.phi);
            }
            let model = self.model()?;
            let decrement = model.decrement(&self.here.local.gradient_error);
            if decrement.is_some_and(|distance| self.is_near(&model, distance)) {
                if self.is_saddle() {
                    self.settings.scheme = Scheme::Newton; // the expected information does not see it
                    continue;
                }
                return self.arrive(iterations);
            }
            let step = self.step(&model);
            match self.attempt(&model, &step, decrement) {
                Trial::Taken(there) => {
                    self.refusal = None;
                    self.pace.record(step.newton, decrement);
                    self.here = *there;
                    self.look_ahead()?;
                }
                Trial::Lost => return self.arrive(iterations),
                Trial::Rejected => self.radius = Some(step.length / 4.0),
                Trial::Refused(reason) => {
                    self.radius = Some(step.length / 4.0);
                    self.refusal = Some(reason);
                }
            }
            if self.radius.is_some_and(|radius| radius < SHORTEST) {
                if decrement.is_some_and(|distance| distance <= self.resolution()) {
                    return self.arrive(iterations);
                }
                return Err(missing::not_found(&self, &step, iterations, decrement).into());
            }
        }
        let model = Model::new(&self.here.local, &self.here.local.curvature);
        let (step, decrement) = (model.step(SHORTEST), model.decrement(&self.here.local.gradient_error));
        Err(missing::not_found(&self, &step, self.settings.iterations, decrement).into())
    }

    /// The best step within the radius that carries no bounded parameter much nearer to its bound: what the model says there is worth
    /// nothing.
    fn step(&mut self, model: &Model) -> Step {
        let mut step = model.step(*self.radius.get_or_insert_with(|| model.first_radius()));
        for _ in 0..SHORTENINGS {
            let leap = self.landscape.coordinates.largest_leap(&step.step) / LEAP;
            if leap <= 1.0 {
                break;
            }
            self.radius = Some(step.length / leap);
            step = model.step(step.length / leap);
        }
        step
    }

    /// The quadratic model here.
    fn model(&self) -> Result<Model, Error> {
        let metric = self.landscape.metric(&self.here, self.settings.scheme)?;
        Ok(Model::with_units(&self.here.local, &metric, |i| self.landscape.coordinates.get(i).largest_unit()))
    }

    /// Whether scoring has come to a point where the function curves upwards in some direction.
    fn is_saddle(&self) -> bool {
        let observed = || Model::new(&self.here.local, &self.here.local.curvature);
        self.settings.scheme == Scheme::Scoring && observed().decrement(&self.here.local.gradient_error).is_none()
    }

    /// Compares what a step brings with what the model expects of it, and trusts the model farther or less far.
    fn attempt(&mut self, model: &Model, step: &Step, decrement: Option<f64>) -> Trial {
        let there = match self.landscape.at(&self.here.phi + &step.step) {
            Ok(there) => there,
            Err(reason) => return Trial::Refused(reason),
        };
        let rise = there.local.value.value - self.here.local.value.value;
        let rounding = self.here.local.value.error + there.local.value.error;
        if step.gain <= rounding && rise.abs() <= 2.0 * rounding {
            // The values no longer tell; the gradients do, while they shrink.
            let (before, after) = (model.norm(&self.here.local.gradient), model.norm(&there.local.gradient));
            let shrinks = before.zip(after).is_some_and(|(before, after)| after < SHRINKING * before);
            return match decrement {
                _ if shrinks => Trial::Taken(Box::new(there)),
                Some(distance) if distance <= NEAR => Trial::Lost,
                _ => Trial::Rejected,
            };
        }
        let ratio = rise / step.gain;
        if ratio < 0.25 || ratio.is_nan() {
            self.radius = Some(step.length / 4.0);
        } else if ratio > 0.75 && !step.newton {
            self.radius = self.radius.map(|radius| radius * 2.0);
        }
        if ratio > ACCEPTABLE { Trial::Taken(Box::new(there)) } else { Trial::Rejected }
    }

    /// How far apart neighbouring numbers are, in standard errors.
    fn resolution(&self) -> f64 {
        let Point { theta, original: Local { curvature, .. }, .. } = &self.here;
        theta.iter().enumerate().map(|(i, theta)| f64::EPSILON * theta.abs() * curvature[(i, i)].abs().sqrt()).sum()
    }

    /// Whether the maximum is so near, in standard errors, that rounding allows no better.
    fn is_near(&self, model: &Model, distance: f64) -> bool {
        let noise = model.noise(&self.here.local.gradient_error);
        distance <= self.settings.tolerance.max(noise.min(NEAR))
    }

    /// Gives up where the function has no maximum ahead.
    fn look_ahead(&self) -> Result<(), Missing> {
        if let Some(reason) = missing::pole(self) {
            return Err(reason.into());
        }
        if self.goal != Goal::Supremum && self.pace.is_suspicious() { missing::ahead(self) } else { Ok(()) }
    }

    /// The end of the search, if it is a maximum.
    fn arrive(self, iterations: usize) -> Result<Found, Missing> {
        if self.goal == Goal::Supremum {
            return Ok(Found { theta: self.here.theta, iterations });
        }
        if self.pace.is_slow() {
            missing::ahead(&self)?;
        }
        if let Some(reason) = missing::on_a_bound(&self).or_else(|| missing::beyond_numbers(&self)) {
            return Err(reason.into());
        }
        if self.goal == Goal::FastMaximum && !self.pace.is_fast() {
            let model = Model::new(&self.here.local, &self.here.local.curvature);
            let decrement = model.decrement(&self.here.local.gradient_error);
            return Err(missing::not_found(&self, &model.step(SHORTEST), iterations, decrement).into());
        }
        Ok(Found { theta: self.here.theta, iterations })
    }
}

/// How much nearer to its bound a step may carry a parameter, as a logarithm.
const LEAP: f64 = 5.0;

/// A shorter step has another direction, so that once may not be enough.
const SHORTENINGS: usize = 4;

/// A step that brings less than this share of what the model expects is not taken.
const ACCEPTABLE: f64 = 1e-4;

/// A step of fewer standard errors leads nowhere.
const SHORTEST: f64 = 1e-13;

/// A gradient that shrinks by less than this no longer shrinks but for rounding.
const SHRINKING: f64 = 0.9;

/// A maximum nearer than this, in standard errors, is found, if rounding forbids to come nearer.
const NEAR: f64 = 1e-4;
