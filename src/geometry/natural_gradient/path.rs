//! Where a descent went, and how it ended.

use crate::error::Error;
use crate::expectation::Estimate;

/// A point of a descent.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DescentPoint {
    /// θ
    pub theta: Vec<f64>,
    /// The loss.
    pub value: Estimate,
    /// √(gᵀF⁻¹g), the norm of the gradient in the metric of the descent, with what errors of g and F make of it. For minus a log-likelihood
    /// and its Fisher information it is the distance to the minimum in standard errors, as far as the quadratic model of scoring holds. NaN ± ∞
    /// where the metric has no value.
    pub norm: Estimate,
    /// The length t of the step that led on from here, as a multiple of the natural gradient; nothing at the end.
    pub length: Option<f64>,
}

/// How a descent ended.
#[derive(Clone, Debug, PartialEq)]
pub enum DescentEnd {
    /// The norm of the gradient is not above the tolerance.
    Converged,
    /// Neither the loss nor its gradient can tell the point from its neighbours: their errors are larger than the differences.
    Rounding,
    /// The steps were used up.
    Exhausted,
    /// There is no step from the last point. The error says why: [`Error::ParameterOutsideDomain`] names the parameter of which every
    /// step, however short, would leave the domain; [`Error::Singular`] the directions of which the metric knows nothing; and
    /// [`Error::NoDecrease`] is that of a loss that does not fall along minus its gradient.
    Stopped(Error),
}

/// All points of a descent: the start, and one for each step.
#[derive(Clone, Debug, PartialEq)]
pub struct DescentPath {
    names: Vec<String>,
    points: Vec<DescentPoint>,
    end: DescentEnd,
}

impl DescentPath {
    /// A path of one point or more.
    pub(super) fn new(names: Vec<String>, points: Vec<DescentPoint>, end: DescentEnd) -> Self {
        Self { names, points, end }
    }

    /// The names of the parameters.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// All points, from the start to the end.
    #[must_use]
    pub fn points(&self) -> &[DescentPoint] {
        &self.points
    }

    /// How many steps were taken.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.points.len() - 1
    }

    /// The last point, which is the best of a descent with a line search.
    #[must_use]
    pub fn last(&self) -> &DescentPoint {
        &self.points[self.points.len() - 1] // the start is always there
    }

    /// How it ended.
    #[must_use]
    pub fn end(&self) -> &DescentEnd {
        &self.end
    }

    /// The minimum; or what else has no slope, a saddle in which the descent began.
    ///
    /// # Errors
    /// [`Error::DescentNotEnded`] with the point where it was, if the steps did not suffice; the reason, if there was none to take.
    pub fn minimum(&self) -> Result<&[f64], Error> {
        let last = self.last();
        match &self.end {
            DescentEnd::Converged | DescentEnd::Rounding => Ok(&last.theta),
            DescentEnd::Exhausted => Err(Error::DescentNotEnded {
                steps: self.steps(),
                names: self.names.clone(),
                values: last.theta.clone(),
                norm: last.norm.value,
            }),
            DescentEnd::Stopped(reason) => Err(reason.clone()),
        }
    }
}
