//! What shows that a point is a maximum.

use super::objective::Local;
use super::trust_region::Model;
use crate::expectation::Estimate;
use crate::information::{Information, Observed};

/// The evidence that a point is a maximum, in the coordinates of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Certificate {
    /// ‖s‖, the Euclidean norm of the gradient, with the rounding error of that.
    pub gradient_norm: Estimate,
    /// √(sᵀA⁻¹s), the norm of the gradient in the metric of the information A: the distance to the maximum in standard errors. NaN if A has
    /// no inverse.
    pub distance: f64,
    /// The smallest eigenvalue of A scaled to a unit diagonal. The function is concave here if it exceeds its error; the nearer it is to
    /// zero, the less some combination of the parameters is determined.
    pub smallest_eigenvalue: Estimate,
    /// The condition number of the same matrix; ∞ if the smallest eigenvalue cannot be told from zero.
    pub condition_number: f64,
    /// How many steps the search took.
    pub iterations: usize,
}

impl Certificate {
    pub(super) fn of(local: &Local, curvature: &Information<Observed>, iterations: usize) -> Self {
        let spectrum = curvature.spectrum();
        Self {
            gradient_norm: Estimate::new(local.gradient.norm(), local.gradient_error.norm()),
            distance: Model::new(local, &local.curvature).norm(&local.gradient).unwrap_or(f64::NAN),
            smallest_eigenvalue: spectrum.values().first().copied().unwrap_or(Estimate::new(f64::NAN, f64::INFINITY)),
            condition_number: spectrum.condition_number(),
            iterations,
        }
    }

    /// Whether the point is a maximum beyond doubt: a step of Newton's method is shorter than `standard_errors`, and the function is
    /// concave.
    #[must_use]
    pub fn holds(&self, standard_errors: f64) -> bool {
        self.distance <= standard_errors && self.smallest_eigenvalue.value > self.smallest_eigenvalue.error
    }
}
