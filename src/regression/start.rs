//! The fit with intercepts alone, by moments, as a start.

use super::model::Regression;
use super::predictor::Placed;
use crate::model::{Datum, LogLikelihood, Observations, SampleSpace};
use nalgebra::{DMatrix, DVector};

/// The responses of a data set of rows.
struct Responses<'a, F> {
    model: &'a Regression<F>,
    rows: &'a dyn Observations<[f64]>,
}

impl<F: LogLikelihood> Observations<F::Observation> for Responses<'_, F> {
    fn count(&self) -> usize {
        self.rows.count()
    }

    fn get(&self, index: usize) -> &Datum<F, f64> {
        match self.model.response_of(self.rows.get(index)) {
            Some(response) => response,
            None => unreachable!("every row had a response when the rows were looked through"),
        }
    }

    fn weights(&self) -> Option<&[f64]> {
        self.rows.weights()
    }
}

/// What the family says of the responses alone, in the intercepts; the slopes are 0. A predictor without an intercept gets the
/// coefficients that come nearest to the same constant by least squares.
pub(super) fn starting_values<F: SampleSpace>(
    model: &Regression<F>,
    rows: &dyn Observations<[f64]>,
) -> Option<Vec<f64>> {
    let weights_fit = rows.weights().is_none_or(|weights| weights.len() == rows.count());
    if rows.count() == 0 || !weights_fit || (0..rows.count()).any(|i| model.response_of(rows.get(i)).is_none()) {
        return None;
    }
    let start = model.linked.model.starting_values(&Responses { model, rows })?;
    let mut theta = vec![0.0; model.length()];
    for (predictor, &own) in model.predictors.iter().zip(start.as_ref()) {
        let target = predictor.link.apply(own);
        if !target.is_finite() {
            return None;
        }
        match predictor.intercept {
            Some(place) => theta[place] = target - mean_offset(predictor, rows),
            None => theta[predictor.coefficients.clone()].copy_from_slice(&nearest(predictor, rows, target)),
        }
    }
    Some(theta)
}

fn mean_offset(predictor: &Placed, rows: &dyn Observations<[f64]>) -> f64 {
    let Some(place) = predictor.offset else { return 0.0 };
    let sum = |f: &dyn Fn(usize) -> f64| (0..rows.count()).map(f).sum::<f64>();
    sum(&|i| rows.weight(i) * rows.get(i)[place]) / sum(&|i| rows.weight(i))
}

/// The coefficients that bring the predictor nearest to a constant; 0 if the columns are collinear, which the fit will find out.
fn nearest(predictor: &Placed, rows: &dyn Observations<[f64]>, target: f64) -> Vec<f64> {
    let size = predictor.coefficients.len();
    let (mut gram, mut cross) = (DMatrix::zeros(size, size), DVector::zeros(size));
    for index in 0..rows.count() {
        let (row, weight) = (rows.get(index), rows.weight(index));
        let x = DVector::from_column_slice(predictor.design(row));
        let left = target - predictor.offset.map_or(0.0, |place| row[place]);
        cross.axpy(weight * left, &x, 1.0);
        gram.ger(weight, &x, &x, 1.0);
    }
    gram.cholesky().map_or_else(|| vec![0.0; size], |factor| factor.solve(&cross).as_slice().to_vec())
}
