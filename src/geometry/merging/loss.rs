//! What a merge costs every expert.

use super::expert::in_expert;
use super::experts::{Experts, Source};
use super::linear::form;
use crate::error::{Error, place_of};
use crate::expectation::Estimate;
use nalgebra::DVector;
use std::fmt;

/// By how much the log-likelihood of every expert is predicted to fall if the parameters move from its own estimate to a common point.
///
/// Printed, it is a table in nats.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PredictedLoss {
    /// The experts.
    pub labels: Vec<String>,
    /// ½δₖᵀFₖδₖ of every expert, in nats.
    pub losses: Vec<Estimate>,
    /// Their sum, in nats.
    pub total: Estimate,
}

impl PredictedLoss {
    /// The loss of one expert.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`] if there is no expert of this label.
    pub fn get(&self, label: &str) -> Result<Estimate, Error> {
        Ok(self.losses[place_of(label, &self.labels)?])
    }
}

impl fmt::Display for PredictedLoss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = |loss: &Estimate| crate::information::digits(loss.value, 4);
        let mut rows = vec![vec![String::new(), "predicted loss".into()]];
        rows.extend(self.labels.iter().zip(&self.losses).map(|(label, loss)| vec![label.clone(), digits(loss)]));
        rows.push(vec!["together".into(), digits(&self.total)]);
        crate::information::table(f, &rows)
    }
}

impl Experts {
    /// ½δₖᵀFₖδₖ with δₖ = θ − θ̂ₖ: the predicted loss of every expert at any point θ, a merge or another proposal, in nats.
    ///
    /// Fₖ is the whole information of the expert, whatever the proposal was made of; weights and the base play no part. No point has a lower
    /// total than the [full merge](Self::merge), where it is half the statistic of [consistency](Self::consistency).
    ///
    /// ```
    /// use fisher_information::geometry::merging::{Expert, Experts, Pooling};
    /// use fisher_information::information::{Observed, Information};
    /// use nalgebra::dmatrix;
    ///
    /// let of = |matrix| Information::<Observed>::exact(["a", "b"], matrix);
    /// let experts = Experts::new([
    ///     Expert::new("steep", &[0.0, 0.0], &of(dmatrix![4.0, 3.0; 3.0, 4.0])?)?,
    ///     Expert::new("round", &[1.0, 0.0], &of(dmatrix![4.0, 0.0; 0.0, 4.0])?)?,
    /// ])?;
    /// let full = experts.predicted_loss(&experts.merge(&Pooling::Full)?.theta())?;
    /// let diagonal = experts.predicted_loss(&experts.merge(&Pooling::Diagonal)?.theta())?;
    /// // The diagonals are alike and meet half-way, at (½, 0); the matrices at (32, −12)/55.
    /// assert_eq!(diagonal.total.value, 1.0);
    /// assert!((full.total.value - 46.0 / 55.0).abs() < 1e-14);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] unless θ has p entries; [`Error::EstimateNotFinite`]; [`Error::InExpert`] around
    /// [`Error::FormulaNotFinite`] of a loss that overflows.
    pub fn predicted_loss(&self, theta: &[f64]) -> Result<PredictedLoss, Error> {
        let theta = self.point("parameters of the proposal", theta)?;
        let mut losses = Vec::new();
        for k in 0..self.experts().len() {
            let Estimate { value, error } = squared_distance(&self.alone(k), &theta, &DVector::zeros(theta.len()))?;
            losses.push(Estimate::new(0.5 * value, 0.5 * error));
        }
        Ok(PredictedLoss { labels: self.labels(), total: sum(&losses), losses })
    }
}

/// δᵀFδ for δ = θ − θ̂, where θ may be off by so much.
pub(super) fn squared_distance(
    source: &Source<'_>,
    theta: &DVector<f64>,
    slack: &DVector<f64>,
) -> Result<Estimate, Error> {
    let here = source.part(theta);
    let own = DVector::from_column_slice(source.expert.estimates());
    let slack = source.part(slack) + (here.abs() + own.abs()) * f64::EPSILON;
    let squared = form(source.expert.curvature(), &(here - own), &slack)
        .map_err(|reason| in_expert(source.expert.label(), reason))?;
    if squared.value.is_finite() {
        return Ok(squared);
    }
    let reason = Error::FormulaNotFinite { quantity: "the predicted loss", value: squared.value };
    Err(in_expert(source.expert.label(), reason))
}

/// The sum, with its rounding.
pub(super) fn sum(terms: &[Estimate]) -> Estimate {
    let (value, error) = terms.iter().fold((0.0, 0.0), |(value, error), term| (value + term.value, error + term.error));
    #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ terms
    Estimate::new(value, error + terms.len() as f64 * f64::EPSILON * value)
}
