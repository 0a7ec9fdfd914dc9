//! Whether the coefficients of a design can be told apart.

use super::model::Regression;
use super::predictor::Placed;
use crate::error::Error;
use crate::expectation::Provenance;
use crate::information::{Information, Observed};
use crate::model::{LogLikelihood, Observations};
use nalgebra::DMatrix;

impl<F: LogLikelihood> Regression<F> {
    /// Checks the design of a data set: that there are as many observations as parameters, and that the columns of every linear predictor
    /// are linearly independent.
    ///
    /// The rank is that of XᵀWX, decided against a bound of its rounding errors. A constant column beside an intercept is collinear.
    ///
    /// ```
    /// use fisher_information::Error;
    /// use fisher_information::regression::{Covariates, linear};
    ///
    /// let model = linear(&Covariates::named(["intercept", "male", "female"])?)?;
    /// let rows: Vec<Vec<f64>> = [0.0, 1.0, 0.0, 1.0, 1.0].iter().map(|&x| vec![1.0, x, 1.0 - x, 3.0]).collect();
    /// let error = model.check_design(&rows).expect_err("the columns are collinear");
    /// assert_eq!(error, Error::Collinear { directions: vec!["intercept − male − female".into()] });
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::FewerObservationsThanParameters`], [`Error::Collinear`]; [`Error::NoData`], [`Error::RowWidth`],
    /// [`Error::ObservationNotFinite`].
    pub fn check_design(&self, data: &(impl Observations<[f64]> + ?Sized)) -> Result<(), Error> {
        if data.count() == 0 {
            return Err(Error::NoData);
        }
        let used: Vec<usize> = (0..data.count()).filter(|&index| data.weight(index) > 0.0).collect();
        if used.len() < self.length() {
            return Err(Error::FewerObservationsThanParameters { observations: used.len(), parameters: self.length() });
        }
        for &index in &used {
            let row = data.get(index);
            if self.response_of(row).is_none() {
                return Err(Error::RowWidth { row: index, expected: self.width(), found: row.len() });
            }
            if let Some(coordinate) = row.iter().position(|entry| !entry.is_finite()) {
                return Err(Error::ObservationNotFinite { index, coordinate, value: row[coordinate] });
            }
        }
        let mut directions = Vec::new();
        for predictor in self.predictors.iter().filter(|predictor| predictor.covariates.is_some()) {
            let rows = used.iter().map(|&index| (predictor.design(data.get(index)), data.weight(index)));
            let gram = gram(predictor.coefficients.len(), rows);
            directions.extend(self.null_directions(predictor, gram, used.len())?);
        }
        if directions.is_empty() { Ok(()) } else { Err(Error::Collinear { directions }) }
    }

    /// The combinations of the columns of a predictor that vanish.
    fn null_directions(
        &self,
        predictor: &Placed,
        [gram, error]: [DMatrix<f64>; 2],
        rows: usize,
    ) -> Result<Vec<String>, Error> {
        let names = self.parameters[predictor.coefficients.clone()].iter().map(|parameter| parameter.name.clone());
        #[allow(clippy::cast_precision_loss)] // fewer than 2⁵³ rows
        let information =
            Information::<Observed>::new(names, gram, error, rows as f64, Provenance::Data { observations: rows })?;
        Ok(information.null_directions().iter().map(ToString::to_string).collect())
    }
}

/// XᵀWX and a bound on its errors. The sums carry their own rounding along (Ogita, Rump and Oishi, *Accurate sum and dot product*, SIAM
/// J. Sci. Comput. 26 (2005), algorithm 5.3), so that only the last rounding and that of the weights remain.
pub(super) fn gram<'r>(size: usize, rows: impl Iterator<Item = (&'r [f64], f64)>) -> [DMatrix<f64>; 2] {
    let mut sum = DMatrix::<f64>::zeros(size, size);
    let (mut lost, mut magnitude) = (sum.clone(), sum.clone());
    for (x, weight) in rows {
        for j in 0..size {
            let right = weight * x[j];
            for i in j..size {
                let product = x[i] * right;
                let rest = x[i].mul_add(right, -product);
                let total = sum[(i, j)] + product;
                let part = total - sum[(i, j)];
                lost[(i, j)] += (sum[(i, j)] - (total - part)) + (product - part) + rest;
                sum[(i, j)] = total;
                magnitude[(i, j)] += product.abs();
            }
        }
    }
    let symmetric = |m: &DMatrix<f64>| DMatrix::from_fn(size, size, |i, j| m[(i.max(j), i.min(j))]);
    [symmetric(&(sum + lost)), symmetric(&magnitude) * (4.0 * f64::EPSILON)]
}
