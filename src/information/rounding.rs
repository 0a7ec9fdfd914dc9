//! How much of a moment is rounding inside the model's own arithmetic.
//!
//! A Hessian such as that of Student's degrees of freedom is a small difference of large terms. Its rounding error is the same
//! at every x, so no sum over x shows it. It is made visible here: θ is moved by a few units in the last place, the change
//! that the next derivatives predict is taken away, and what remains is rounding. Where a kernel was used, its difference from the dual
//! numbers is rounding too.

use super::statistic::ScoreStatistic;
use crate::derivatives::{packed_index, third_derivatives};
use crate::error::Error;
use crate::expectation::{Estimate, Statistic};
use crate::model::{LogLikelihood, Observation, ParameterSpace};
use std::borrow::Borrow;

/// By how many units in the last place the parameters are moved.
const STEPS: [f64; 4] = [-3.0, -1.0, 1.0, 2.0];

/// Adds twice the rounding seen at the highest point that the expectation met to the error of every component.
pub(super) fn add<M: LogLikelihood>(
    model: &M,
    mut statistic: ScoreStatistic<'_, M>,
    values: &mut [Estimate],
) -> Result<(), Error> {
    let peak = statistic.peak().to_vec();
    let Some(x) = M::Observation::from_coordinates(&peak) else { return Ok(()) };
    let mut here = vec![0.0; values.len()];
    statistic.evaluate(x, &mut here);
    for ((value, by_duals), by_kernel) in values.iter_mut().zip(&here).zip(statistic.by_kernel(x).iter().flatten()) {
        value.error = value.error.max(2.0 * (by_kernel - by_duals).abs());
    }
    let third = third_derivatives(model, statistic.theta(), x)?;
    let theta = statistic.theta().as_ref();
    let size = theta.len();
    let (score, matrices) = here.split_at(size);
    let curvature = &matrices[matrices.len() / 2..];
    let mut there = here.clone();
    for units in STEPS {
        let moved = M::Parameters::build(size, |i| theta[i] + theta[i] * units * f64::EPSILON);
        let by: Vec<f64> = moved.as_ref().iter().zip(theta).map(|(moved, theta)| moved - theta).collect();
        ScoreStatistic::unchecked(model, moved.borrow())?.evaluate(x, &mut there);
        let turned: Vec<f64> =
            (0..size).map(|i| -(0..size).map(|k| entry(curvature, i, k) * by[k]).sum::<f64>()).collect();
        let mut predicted = turned.clone();
        predicted.extend(pairs(size).map(|(i, j)| score[i] * turned[j] + score[j] * turned[i]));
        predicted.extend(pairs(size).map(|(i, j)| -(0..size).map(|k| third[k][(i, j)] * by[k]).sum::<f64>()));
        for (component, value) in values.iter_mut().enumerate() {
            let rounding = (there[component] - here[component] - predicted[component]).abs();
            if rounding.is_finite() {
                value.error = value.error.max(2.0 * rounding);
            }
        }
    }
    Ok(())
}

/// The entries of a lower triangle, row after row.
fn pairs(size: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..size).flat_map(|i| (0..=i).map(move |j| (i, j)))
}

/// Entry (i, j) of a symmetric matrix stored as its lower triangle.
fn entry(packed: &[f64], i: usize, j: usize) -> f64 {
    packed[packed_index(i.max(j), i.min(j))]
}
