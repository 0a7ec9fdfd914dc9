//! The direction of steepest descent at a point.

use super::loss::LocalLoss;
use super::metric::LocalMetric;
use crate::error::{Error, check_length};
use crate::expectation::{Estimate, Provenance};
use crate::information::{Expected, Information};
use nalgebra::{DMatrix, DVector};

/// v = −F⁻¹g, and what belongs to it.
pub(super) struct Direction {
    pub velocity: DVector<f64>,
    /// −Γ(v, v), if the step is to bend.
    acceleration: Option<DVector<f64>>,
    /// F⁻¹
    inverse: DMatrix<f64>,
    /// √(gᵀF⁻¹g)
    pub norm: Estimate,
    /// What the errors of the gradient alone make of the norm.
    pub noise: f64,
}

impl Direction {
    /// The direction of a loss in a metric, F damped to F + λ diag F.
    ///
    /// # Errors
    /// [`Error::Singular`], [`Error::NotPositiveDefinite`] and [`Error::EntryNotFinite`] of the metric.
    pub fn of(names: &[String], loss: &LocalLoss, metric: LocalMetric, damping: f64) -> Result<Self, Error> {
        let LocalMetric { matrix, drawn, connection } = metric;
        let (mut value, mut error) = (matrix.matrix, matrix.error);
        check_length("rows of the metric", names.len(), value.nrows())?;
        for i in 0..names.len().min(value.ncols()).min(error.nrows()).min(error.ncols()) {
            value[(i, i)] *= 1.0 + damping;
            error[(i, i)] *= 1.0 + damping;
        }
        let information = Information::<Expected>::new(names.iter().cloned(), value, error, 1.0, Provenance::Derived)?;
        let inverse = information.inverse()?.matrix().clone();
        let gradient = DVector::from_iterator(names.len(), loss.gradient.iter().map(|entry| entry.value));
        let gradient_error = DVector::from_iterator(names.len(), loss.gradient.iter().map(|entry| entry.error));
        let velocity = -(&inverse * &gradient);
        let norm = gradient.dot(&-&velocity).max(0.0).sqrt();
        // ∂‖g‖ = (v·∂g − ½ vᵀ∂F v)/‖g‖, and no more than ‖∂g‖ of the first
        let size = velocity.abs();
        let noise = gradient_error.dot(&(inverse.abs() * &gradient_error)).sqrt();
        let form = drawn.map_or(size.dot(&(information.error() * &size)), |drawn| drawn.standard_error(&velocity));
        let bent = if norm > 0.0 { 0.5 * form / norm } else { 0.0 };
        Ok(Self {
            acceleration: connection.map(|connection| -connection.product(&velocity, &velocity)),
            norm: Estimate::new(norm, noise + bent),
            noise,
            velocity,
            inverse,
        })
    }

    /// θ + t v − ½ t² Γ(v, v)
    pub fn ahead(&self, point: &[f64], length: f64) -> Vec<f64> {
        let bend = |i: usize| self.acceleration.as_ref().map_or(0.0, |a| 0.5 * length * length * a[i]);
        point.iter().enumerate().map(|(i, &theta)| theta + length * self.velocity[i] + bend(i)).collect()
    }

    /// The norm of another gradient in the metric of this point.
    pub fn norm_of(&self, loss: &LocalLoss) -> f64 {
        let gradient = DVector::from_iterator(loss.gradient.len(), loss.gradient.iter().map(|entry| entry.value));
        gradient.dot(&(&self.inverse * &gradient)).max(0.0).sqrt()
    }
}
