//! A formula against the expectation computed from the density.

use super::Refusal;
use super::density::LogDensity;
use super::expression::Expression;
use super::points;
use crate::expectation::{Method, Provenance, Settings};
use crate::information::{Expected, Information, moments, moments_given};
use crate::model::{Observation, ParameterSpace, SampleSpace, Theta, checked_parameters};
use std::borrow::Borrow;

/// How a formula compares with E\[s sᵀ\] by quadrature, summation or, failing both, draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Verification {
    /// The largest difference of an entry, relative to √(Iᵢᵢ Iⱼⱼ).
    pub difference: f64,
    /// What the expectation says that its own error is at most, on the same scale.
    pub error: f64,
    /// The parameters at which they were compared, for each row in turn if there are covariates.
    pub points: Vec<Vec<f64>>,
}

/// A formula that is further off than this, and further than its own rounding and the error of the expectation, is refused.
const TOLERANCE: f64 = 1e-12;

/// An integral that is less sure than this verifies nothing.
const WORST: f64 = 1e-6;

/// At how many parameter vectors a formula is compared.
const POINTS: usize = 3;

impl Verification {
    /// Compares the formula with the density.
    ///
    /// # Errors
    /// [`Refusal::NotVerified`] if they differ, [`Refusal::NoPoint`] if no expectation could be computed.
    pub(super) fn of<M: SampleSpace>(
        model: &M,
        density: &LogDensity,
        formula: &[Vec<Expression>],
    ) -> Result<Self, Refusal> {
        // Draws, where there is nothing better, are dear and tell little.
        let settings = Settings { draws: 20_000, ..Settings::default() };
        let mut verification = Self { difference: 0.0, error: 0.0, points: Vec::new() };
        if density.rows.is_empty() {
            let reference =
                |theta: &Theta<M, f64>| moments(model, theta, Method::Automatic, &settings)?.information().map(sure);
            let references = match &density.at {
                Some(theta) => points::near(model, theta, POINTS, reference)?,
                None => points::scattered(model, POINTS, reference)?,
            };
            let first = references.first().map(|(theta, _)| theta.clone());
            verification.compare_all(formula, references, &[])?;
            // On the other side of the thresholds in the code, where it may compute something else.
            let beyond = first.filter(|_| density.at.is_none()).and_then(|theta| density.beyond(&theta));
            if let Some(theta) = beyond {
                let space = M::Parameters::from_slice(&theta)?;
                let found = checked_parameters(model, space.borrow()).and_then(|_| reference(space.borrow()));
                // Far out a formula may have lost its digits, and then says nothing.
                let tells = |found: &Information<Expected>| {
                    entries(found).all(|(i, j)| rounding(&formula[i][j], &theta, &[]) <= WORST * scale(found, i, j))
                };
                if let Some(found) = found.ok().flatten().filter(tells) {
                    verification.compare_all(formula, vec![(theta, found)], &[])?;
                }
            }
        }
        for row in &density.rows {
            let Some(datum) = M::Observation::from_coordinates(row) else { return Err(Refusal::Opaque) };
            let reference = |theta: &Theta<M, f64>| {
                moments_given(model, theta, datum, Method::Automatic, &settings)?.information().map(sure)
            };
            verification.compare_all(formula, points::scattered(model, POINTS, reference)?, row)?;
        }
        Ok(verification)
    }

    fn compare_all(
        &mut self,
        formula: &[Vec<Expression>],
        references: Vec<(Vec<f64>, Information<Expected>)>,
        row: &[f64],
    ) -> Result<(), Refusal> {
        for (theta, reference) in references {
            self.compare(formula, &theta, row, &reference)?;
            self.points.push(theta);
        }
        Ok(())
    }

    fn compare(
        &mut self,
        formula: &[Vec<Expression>],
        theta: &[f64],
        row: &[f64],
        reference: &Information<Expected>,
    ) -> Result<(), Refusal> {
        let (matrix, error) = (reference.matrix(), reference.error());
        // The error of an average over draws is one standard deviation, not a bound.
        let drawn = matches!(reference.provenance(), Provenance::MonteCarlo { .. });
        let doubt = |error: f64| if drawn { 5.0 * error } else { error };
        for (i, j) in entries(reference) {
            let scale = scale(reference, i, j);
            let absolute = (formula[i][j].evaluate(theta, row) - matrix[(i, j)]).abs();
            // Parameters without any information are none in the formula either.
            let difference = if absolute == 0.0 { 0.0 } else { absolute / scale };
            let rounding = (rounding(&formula[i][j], theta, row) / scale).min(WORST);
            if difference.is_nan() || difference > TOLERANCE.max(rounding).max(doubt(error[(i, j)] / scale)) {
                return Err(Refusal::NotVerified { difference, at: theta.to_vec() });
            }
            self.difference = self.difference.max(difference);
            self.error = self.error.max(error[(i, j)] / scale);
        }
        Ok(())
    }
}

/// The entries of the lower triangle.
fn entries(reference: &Information<Expected>) -> impl Iterator<Item = (usize, usize)> + use<> {
    (0..reference.matrix().nrows()).flat_map(|i| (0..=i).map(move |j| (i, j)))
}

/// √(Iᵢᵢ Iⱼⱼ)
fn scale(reference: &Information<Expected>, i: usize, j: usize) -> f64 {
    (reference.matrix()[(i, i)] * reference.matrix()[(j, j)]).sqrt()
}

/// What rounding may make of a formula whose terms cancel.
fn rounding(formula: &Expression, theta: &[f64], row: &[f64]) -> f64 {
    64.0 * f64::EPSILON * formula.size(theta, row)
}

/// The information, if it is known well enough to verify anything; averages over draws are taken as they are.
fn sure(reference: Information<Expected>) -> Option<Information<Expected>> {
    let relative = |(i, j)| reference.error()[(i, j)] / scale(&reference, i, j);
    let worst = entries(&reference).map(relative).fold(0.0, f64::max);
    let drawn = matches!(reference.provenance(), Provenance::MonteCarlo { .. });
    (drawn || worst <= WORST).then_some(reference)
}
