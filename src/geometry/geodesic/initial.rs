//! The initial-value problem: a geodesic from a point with a velocity.

use super::chart::Chart;
use super::lobatto::Lobatto;
use crate::error::Error;
use differential_equations::interpolate::Interpolation;
use differential_equations::methods::ExplicitRungeKutta;
use differential_equations::ode::{ODE, OrdinaryNumericalMethod};
use differential_equations::status::Status;
use nalgebra::{DMatrix, DVector};
use std::cell::{Cell, RefCell};

/// A geodesic as far as it was asked for.
pub(super) struct Followed {
    pub breaks: Vec<f64>,
    pub nodes: Vec<f64>,
    pub displacement: Vec<DMatrix<f64>>,
    pub velocity: Vec<DMatrix<f64>>,
    pub energy_drift: f64,
    pub evaluations: usize,
}

/// Follows the geodesic from the base of the chart, a step of the integrator a piece.
///
/// # Errors
/// [`Error::GeodesicEnds`].
pub(super) fn follow(chart: &Chart<'_>, velocity: &DVector<f64>, duration: f64) -> Result<Followed, Error> {
    let size = chart.dimension();
    let equation = Equation { chart, evaluations: Cell::new(0), refusal: RefCell::new(None) };
    let start: Vec<f64> = std::iter::repeat_n(0.0, size).chain(velocity.iter().map(|v| v * duration)).collect();
    // time is counted in durations, and lengths in the metric at the start, or the whole length if that is shorter
    let here = chart.connection(&DVector::zeros(size))?;
    let (metric, speed) = (here.metric(), here.norm(velocity));
    let units: Vec<f64> = (0..size).map(|i| (speed * duration).min(1.0) / metric[(i, i)].sqrt()).collect();
    let absolute = |tolerance: f64| -> Vec<f64> { units.iter().chain(&units).map(|unit| tolerance * unit).collect() };
    let (mut tolerance, mut steps) = (TOLERANCE, 0_usize);
    let mut method = ExplicitRungeKutta::dop853().rtol(tolerance).atol(absolute(tolerance)).max_steps(usize::MAX);

    let rule = Lobatto::new(8);
    let mut followed = Followed {
        breaks: vec![0.0],
        nodes: rule.nodes.clone(),
        displacement: Vec::new(),
        velocity: Vec::new(),
        energy_drift: 0.0,
        evaluations: 0,
    };
    let energy = (speed * duration).powi(2);
    let (mut time, mut state) = (0.0, start);
    let ends = |time: f64, state: &[f64]| Error::GeodesicEnds {
        time: time * duration,
        names: chart.names.clone(),
        values: chart.point(&DVector::from_column_slice(&state[..size])),
        reason: equation.refusal.take().map(Box::new),
    };
    if method.init(&equation, time, 1.0, &state).is_err() || equation.refusal.borrow().is_some() {
        // the first look ahead was too bold
        equation.refusal.take();
        method = method.h0(1e-6);
        if method.init(&equation, time, 1.0, &state).is_err() {
            return Err(ends(time, &state));
        }
    }
    let mut last_refusal = None;
    while time < 1.0 {
        let step = method.h().min(1.0 - time);
        steps += 1;
        if step <= SHORTEST * time.max(1e-6) || step.is_nan() || steps > MOST_STEPS {
            equation.refusal.replace(last_refusal);
            return Err(ends(time, &state));
        }
        if steps.is_multiple_of(PATIENCE) && tolerance < COARSEST {
            // near an edge the metric loses digits, and no step is short enough for a tolerance below its noise
            tolerance *= 100.0;
            method = method.rtol(tolerance).atol(absolute(tolerance)).h0(step);
            if method.init(&equation, time, 1.0, &state).is_err() {
                return Err(ends(time, &state));
            }
        }
        method.set_h(step);
        let outcome = method.step(&equation);
        if let Some(refusal) = equation.refusal.take() {
            // a stage lay outside the manifold: from the last good point again, more carefully
            last_refusal = Some(refusal);
            method = method.h0(0.25 * step);
            if method.init(&equation, time, 1.0, &state).is_err() {
                equation.refusal.replace(last_refusal);
                return Err(ends(time, &state));
            }
            continue;
        }
        if outcome.is_err() {
            return Err(ends(time, &state));
        }
        if matches!(method.status(), Status::RejectedStep) {
            continue;
        }
        let (before, now) = (time, method.t());
        time = if 1.0 - now < 4.0 * f64::EPSILON { 1.0 } else { now };
        state.clone_from(method.y());
        let columns = rule.nodes.iter().map(|x| {
            let between = (0.5 * ((1.0 - x) * before + (1.0 + x) * now)).clamp(before, now);
            method.interpolate(between).map(DVector::from_vec)
        });
        let Ok(columns) = columns.collect::<Result<Vec<_>, _>>() else { return Err(ends(time, &state)) };
        let piece = DMatrix::from_columns(&columns);
        followed.displacement.push(piece.rows(0, size).into_owned());
        followed.velocity.push(piece.rows(size, size) / duration);
        followed.breaks.push(time * duration);
        let (place, moving) = (DVector::from_column_slice(&state[..size]), DVector::from_column_slice(&state[size..]));
        let speed = chart.connection(&place)?.norm(&moving);
        followed.energy_drift = followed.energy_drift.max((speed * speed / energy - 1.0).abs());
    }
    followed.evaluations = equation.evaluations.get() + followed.displacement.len();
    Ok(followed)
}

/// (x, ẋ)′ = (ẋ, −Γ(ẋ, ẋ))
struct Equation<'c, 'm> {
    chart: &'c Chart<'m>,
    evaluations: Cell<usize>,
    /// Why a point was refused. The integrator sees NaN, and rejects the step.
    refusal: RefCell<Option<Error>>,
}

impl ODE<f64, Vec<f64>> for Equation<'_, '_> {
    fn diff(&self, _: f64, state: &Vec<f64>, slope: &mut Vec<f64>) {
        let size = self.chart.dimension();
        let (place, velocity) = state.split_at(size);
        let (place, velocity) = (DVector::from_column_slice(place), DVector::from_column_slice(velocity));
        self.evaluations.set(self.evaluations.get() + 1);
        let acceleration = match self.chart.connection(&place) {
            Ok(local) => -(local.along(&velocity) * &velocity),
            Err(refusal) => {
                self.refusal.borrow_mut().get_or_insert(refusal);
                DVector::repeat(size, f64::NAN)
            }
        };
        slope[..size].copy_from_slice(velocity.as_slice());
        slope[size..].copy_from_slice(acceleration.as_slice());
    }
}

/// The error that a step may have, relative to the components and to a unit of length.
const TOLERANCE: f64 = 1e-13;

/// After so many steps a hundred times as much is granted,
const PATIENCE: usize = 500;

/// up to this.
const COARSEST: f64 = 1e-8;

/// A step that is shorter, relative to the time, does not move the clock.
const SHORTEST: f64 = 1e-13;

/// The most steps.
const MOST_STEPS: usize = 20_000;
