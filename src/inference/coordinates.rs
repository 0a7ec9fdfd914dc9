//! Coordinates without bounds, in which a search cannot leave the domain.

use super::objective::Local;
use crate::coordinate::Coordinate;
use crate::model::Domain;
use nalgebra::{DMatrix, DVector};

/// One coordinate for each parameter.
pub(crate) struct Coordinates(Vec<Coordinate>);

impl Coordinates {
    pub fn of(domains: impl Iterator<Item = Domain>) -> Self {
        Self(domains.map(Coordinate::of).collect())
    }

    /// That of parameter `index`.
    pub fn get(&self, index: usize) -> Coordinate {
        self.0[index]
    }

    /// The largest move of a coordinate of a bounded parameter in a step.
    pub fn largest_leap(&self, step: &DVector<f64>) -> f64 {
        let bounded = self.0.iter().zip(step).filter(|(coordinate, _)| **coordinate != Coordinate::Plain);
        bounded.fold(0.0, |largest, (_, step)| largest.max(step.abs()))
    }

    /// θ(φ)
    pub fn parameters(&self, phi: &[f64]) -> Vec<f64> {
        self.0.iter().zip(phi).map(|(coordinate, &phi)| coordinate.parameter(phi)).collect()
    }

    /// φ(θ)
    pub fn of_parameters(&self, theta: &[f64]) -> Vec<f64> {
        self.0.iter().zip(theta).map(|(coordinate, &theta)| coordinate.of_parameter(theta)).collect()
    }

    /// A function of θ as a function of φ: with t = dθ/dφ, the gradient is t g and the curvature t A tᵀ − g d²θ/dφ².
    pub fn pull_back(&self, theta: &[f64], local: Local) -> Local {
        let slopes: Vec<(f64, f64)> =
            self.0.iter().zip(theta).map(|(coordinate, &theta)| coordinate.slopes(theta)).collect();
        let Local { value, mut gradient, mut gradient_error, mut curvature } = local;
        for (i, &(slope, bend)) in slopes.iter().enumerate() {
            for (j, &(other, _)) in slopes.iter().enumerate() {
                curvature[(i, j)] *= slope * other;
            }
            curvature[(i, i)] -= gradient[i] * bend;
            gradient[i] *= slope;
            gradient_error[i] *= slope;
        }
        Local { value, gradient, gradient_error, curvature }
    }

    /// A metric of θ as a metric of φ.
    pub fn pull_back_metric(&self, theta: &[f64], metric: &DMatrix<f64>) -> DMatrix<f64> {
        let slope = |i: usize| self.0[i].slopes(theta[i]).0;
        DMatrix::from_fn(metric.nrows(), metric.ncols(), |i, j| slope(i) * metric[(i, j)] * slope(j))
    }
}
