//! The response of a row given its covariates: its support, its expected information, and draws of it.

use super::model::Regression;
use crate::error::Error;
use crate::information::{expected, expected_of_design};
use crate::model::{Observation, Observations, ParameterSpace, SampleSpace, Sampler, Stream, Support, Table};
use nalgebra::DMatrix;
use rand::SeedableRng;
use std::borrow::Borrow;

/// The support of a response that begins at place `start` of a row.
fn within_row(support: Support, start: usize) -> Support {
    let shifted = |pieces: Vec<(usize, Support)>| {
        Support::Response(pieces.into_iter().map(|(place, support)| (place + start, support)).collect())
    };
    match support {
        Support::Response(random) => shifted(random),
        Support::Product(factors) => shifted(factors.into_iter().enumerate().collect()),
        // Several coordinates of one whole are no list of coordinates.
        Support::Unstructured | Support::Simplex { .. } | Support::Compositions { .. } => Support::Unstructured,
        number => shifted(vec![(0, number)]),
    }
}

impl<F: SampleSpace> SampleSpace for Regression<F> {
    /// The support of the response where every linear predictor is 0.
    fn support(&self, theta: &[f64]) -> Support {
        within_row(self.linked.model.support(self.family_at_zero(theta).borrow()), self.response)
    }

    fn support_given(&self, theta: &[f64], row: &[f64]) -> Support {
        let (Ok(at), Some(y)) = (self.family_at(theta, row), self.response_of(row)) else {
            return Support::Unstructured;
        };
        within_row(self.linked.model.support_given(at.borrow(), y), self.response)
    }

    fn information_given(&self, theta: &[f64], row: &[f64]) -> Option<Result<[DMatrix<f64>; 2], Error>> {
        Some(information_given(self, theta, row))
    }
}

impl<F: SampleSpace> Regression<F> {
    /// The expected information of a row about its predictors η and constants, and the errors of its entries: Iₖₗ g′ₖ g′ₗ with the
    /// information I of the family at the row's parameters and g′ = dθ/dη.
    pub(super) fn information_of_predictors(&self, theta: &[f64], row: &[f64]) -> Result<[DMatrix<f64>; 2], Error> {
        let eta = self.predictors_at(theta, row)?;
        let at = F::Parameters::build(eta.len(), |k| self.predictors[k].link.inverse(eta[k]));
        let family = &self.linked.model;
        let Some(y) = self.response_of(row) else {
            return Err(Error::LengthMismatch {
                what: "entries of the row",
                expected: self.response + 1,
                found: row.len(),
            });
        };
        let of_rows = matches!(family.support(at.borrow()), Support::Response(_))
            || family.information_given(at.borrow(), y).is_some();
        let inner =
            if of_rows { expected_of_design(family, at.borrow(), [y])? } else { expected(family, at.borrow())? };
        let slopes: Vec<f64> = self.predictors.iter().zip(&eta).map(|(p, &eta)| p.link.slope(eta)).collect();
        let matrix = inner.matrix().map_with_location(|k, l, value| value * slopes[k] * slopes[l]);
        let rounding = 8.0 * f64::EPSILON;
        let error = inner.error().map_with_location(|k, l, error| {
            (error + rounding * inner.matrix()[(k, l)].abs()) * (slopes[k] * slopes[l]).abs()
        });
        Ok([matrix, error])
    }
}

/// Σ Iₖₗ xₖ xₗᵀ with the information I about the predictors.
fn information_given<F: SampleSpace>(
    model: &Regression<F>,
    theta: &[f64],
    row: &[f64],
) -> Result<[DMatrix<f64>; 2], Error> {
    let [inner, inner_error] = model.information_of_predictors(theta, row)?;
    let size = model.length();
    let (mut matrix, mut error) = (DMatrix::zeros(size, size), DMatrix::zeros(size, size));
    for (k, first) in model.predictors.iter().enumerate() {
        for (l, second) in model.predictors.iter().enumerate() {
            for (i, x) in first.coefficients.clone().zip(first.design(row)) {
                for (j, z) in second.coefficients.clone().zip(second.design(row)) {
                    matrix[(i, j)] = inner[(k, l)] * x * z;
                    error[(i, j)] = inner_error[(k, l)] * (x * z).abs();
                }
            }
        }
    }
    Ok([matrix, error])
}

impl<F: SampleSpace + Sampler> Sampler for Regression<F> {
    /// A response where every covariate is 0 but the columns of ones.
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64], rng: &mut R) -> Vec<f64> {
        let mut row = vec![0.0; self.response];
        for predictor in &self.predictors {
            if let (Some(covariates), Some(intercept)) = (&predictor.covariates, predictor.intercept) {
                row[covariates.start + intercept - predictor.coefficients.start] = 1.0;
            }
        }
        let drawn = match self.family_at(theta, &row) {
            Ok(at) => F::Observation::coordinates(self.linked.model.sample(at.borrow(), rng).borrow()).to_vec(),
            Err(_) => vec![f64::NAN],
        };
        row.extend(drawn);
        row
    }

    /// The row with a response drawn given its covariates; NaN in a row of the wrong length.
    fn sample_given<R: rand::Rng + ?Sized>(&self, theta: &[f64], row: &[f64], rng: &mut R) -> Vec<f64> {
        let (Ok(at), Some(y)) = (self.family_at(theta, row), self.response_of(row)) else {
            return vec![f64::NAN; row.len()];
        };
        let drawn = self.linked.model.sample_given(at.borrow(), y, rng);
        [&row[..self.response], F::Observation::coordinates(drawn.borrow())].concat()
    }
}

/// The rows with new responses, drawn given their covariates.
///
/// ```
/// use fisher_information::regression::{Covariates, poisson, simulate};
///
/// let model = poisson(&Covariates::named(["intercept", "x"])?)?;
/// let rows = vec![vec![1.0, 0.0, 0.0], vec![1.0, 3.0, 0.0]];      // the responses that stand there do not matter
/// let drawn = simulate(&model, &[1.0, 2.0], &rows, 1)?;
/// assert_eq!(drawn.values()[..2], [1.0, 0.0]);
/// assert!(drawn.values()[5] > 900.0);                             // a count of mean e⁷ = 1097
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// Parameters outside their domain; [`Error::RowWidth`]; [`Error::NoData`].
pub fn simulate<F: SampleSpace + Sampler>(
    model: &Regression<F>,
    theta: &[f64],
    rows: &(impl Observations<[f64]> + ?Sized),
    seed: u64,
) -> Result<Table, Error> {
    crate::model::checked_parameters(model, theta)?;
    if rows.count() == 0 {
        return Err(Error::NoData);
    }
    let mut stream = Stream::seed_from_u64(seed);
    let columns = rows.get(0).len();
    let mut values = Vec::with_capacity(columns * rows.count());
    for index in 0..rows.count() {
        let row = rows.get(index);
        if row.len() != columns || model.response_of(row).is_none() {
            return Err(Error::RowWidth { row: index, expected: columns, found: row.len() });
        }
        values.extend(model.sample_given(theta, row, &mut stream));
    }
    Table::new(columns, values)
}
