//! The step of a search: the maximum of a quadratic model within a distance that it is trusted for.

use super::objective::Local;
use nalgebra::{Cholesky, DMatrix, DVector, Dyn, SymmetricEigen};

/// A step with what the model expects of it, in units in which the curvature has a unit diagonal.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// The step in the coordinates of the search.
    pub step: DVector<f64>,
    /// Its length in scaled units: roughly, in standard errors.
    pub length: f64,
    /// By how much the model of second order rises.
    pub gain: f64,
    /// Whether it is the Newton step: the model has a maximum, and the step leads there.
    pub newton: bool,
}

/// The quadratic model g·p − ½pᵀBp of a function at a point, scaled to a unit diagonal.
#[derive(Clone, Debug)]
pub(super) struct Model {
    scale: DVector<f64>,
    gradient: DVector<f64>,
    matrix: DMatrix<f64>,
    cholesky: Option<Cholesky<f64, Dyn>>,
}

impl Model {
    /// The model of a function, with its curvature or another matrix B in the place of that.
    pub fn new(local: &Local, curvature: &DMatrix<f64>) -> Self {
        Self::with_units(local, curvature, |_| f64::INFINITY)
    }

    /// The same with a largest unit for some coordinates: one without dimension should not move by more, however little the curvature
    /// says of it.
    pub fn with_units(local: &Local, curvature: &DMatrix<f64>, largest_unit: impl Fn(usize) -> f64) -> Self {
        let largest = curvature.diagonal().abs().max();
        let floor = if largest > 0.0 { largest.sqrt() * SMALLEST } else { 1.0 };
        let scale = |i: usize| curvature[(i, i)].abs().sqrt().max(floor).max(1.0 / largest_unit(i));
        let scale = DVector::from_fn(local.gradient.len(), |i, _| scale(i));
        let size = scale.len();
        let matrix = DMatrix::from_fn(size, size, |i, j| curvature[(i, j)] / scale[i] / scale[j]);
        Self { gradient: local.gradient.component_div(&scale), cholesky: Cholesky::new(matrix.clone()), scale, matrix }
    }

    /// √(gᵀB⁻¹g), the distance to the maximum of the model in standard errors; nothing if it has none.
    ///
    /// Where B is singular to rounding, it counts the directions in which it is not, if the gradient has no part in the others.
    pub fn decrement(&self, gradient_error: &DVector<f64>) -> Option<f64> {
        if let Some(decrement) = self.norm_of_scaled(&self.gradient) {
            return Some(decrement);
        }
        let eigen = eigen(&self.matrix)?;
        let components = eigen.eigenvectors.transpose() * &self.gradient;
        let noise = gradient_error.component_div(&self.scale).norm() + NULL * self.gradient.norm();
        let mut sum = 0.0;
        for (component, &value) in components.iter().zip(&eigen.eigenvalues) {
            if value > NULL {
                sum += component * component / value;
            } else if value < -NULL || component.abs() > noise {
                return None;
            }
        }
        Some(sum.sqrt())
    }

    /// √(vᵀB⁻¹v) of another gradient.
    pub fn norm(&self, gradient: &DVector<f64>) -> Option<f64> {
        self.norm_of_scaled(&gradient.component_div(&self.scale))
    }

    /// √(eᵀ|B⁻¹|e): what errors in the gradient add to the decrement at most.
    pub fn noise(&self, gradient_error: &DVector<f64>) -> f64 {
        let Some(cholesky) = &self.cholesky else { return 0.0 };
        let error = gradient_error.component_div(&self.scale);
        error.dot(&(cholesky.inverse().abs() * &error)).sqrt()
    }

    fn norm_of_scaled(&self, gradient: &DVector<f64>) -> Option<f64> {
        let solved = self.cholesky.as_ref()?.solve(gradient);
        Some(gradient.dot(&solved).max(0.0).sqrt())
    }

    /// The first radius: the length of the gradient, which is that of the Newton step if the parameters are orthogonal.
    pub fn first_radius(&self) -> f64 {
        self.gradient.norm().max(1.0)
    }

    /// The maximum of the model within `radius`.
    ///
    /// Source: Moré and Sorensen, *Computing a trust region step*, SIAM J. Sci. Stat. Comput. 4 (1983), doi:10.1137/0904038;
    /// with all eigenvectors at hand, the hard case needs no care but a component along the last.
    pub fn step(&self, radius: f64) -> Step {
        let radius = radius.max(f64::MIN_POSITIVE);
        if let Some(cholesky) = &self.cholesky {
            let step = cholesky.solve(&self.gradient);
            if step.norm() <= radius {
                return self.finish(step, true);
            }
        }
        let Some(eigen) = eigen(&self.matrix) else {
            // Steepest ascent needs no decomposition.
            let length = self.gradient.norm().max(f64::MIN_POSITIVE);
            return self.finish(&self.gradient * (radius / length), false);
        };
        let components = eigen.eigenvectors.transpose() * &self.gradient;
        let lowest = eigen.eigenvalues.imin();
        let values = &eigen.eigenvalues;
        // (B + μ)p = g with the least μ ≥ 0 that makes B + μ positive and ‖p‖ ≤ radius: ‖p‖ falls in μ, so μ is bisected.
        let length = |shift: f64| {
            let sum: f64 = components.iter().zip(values).map(|(c, value)| (c / (value + shift)).powi(2)).sum();
            sum.sqrt()
        };
        let least = (-values[lowest]).max(0.0);
        let tiny = f64::EPSILON * (1.0 + values.amax());
        let mut shift = least + tiny;
        if length(shift) > radius {
            let (mut low, mut high) = (shift, least + tiny + self.gradient.norm() / radius);
            for _ in 0..BISECTIONS {
                shift = 0.5 * (low + high);
                if length(shift) > radius {
                    low = shift
                } else {
                    high = shift
                }
                if high - low <= 1e-3 * high {
                    break;
                }
            }
            shift = high;
        }
        let mut along = DVector::from_fn(values.len(), |k, _| components[k] / (values[k] + shift));
        let short = radius * radius - along.norm_squared();
        if short > 0.0 && values[lowest] < -tiny {
            // The gradient says nothing of the direction in which the function curves upwards: a saddle.
            along[lowest] = f64::copysign((along[lowest].powi(2) + short).sqrt(), components[lowest]);
        }
        self.finish(&eigen.eigenvectors * along, false)
    }

    fn finish(&self, scaled: DVector<f64>, newton: bool) -> Step {
        let gain = self.gradient.dot(&scaled) - 0.5 * scaled.dot(&(&self.matrix * &scaled));
        Step { step: scaled.component_div(&self.scale), length: scaled.norm(), gain, newton }
    }
}

/// Eigenvalues and eigenvectors, if the iteration comes to an end.
fn eigen(matrix: &DMatrix<f64>) -> Option<SymmetricEigen<f64, Dyn>> {
    SymmetricEigen::try_new(matrix.clone(), f64::EPSILON, SWEEPS * matrix.nrows())
}

/// Far more than the two or three iterations that an eigenvalue takes.
const SWEEPS: usize = 100;

/// An eigenvalue of a matrix with a unit diagonal that cannot be told from zero.
const NULL: f64 = 1e-12;

/// The smallest scale beside the largest: a parameter of which the data say nothing still has a unit.
const SMALLEST: f64 = 1e-12;

const BISECTIONS: usize = 100;
