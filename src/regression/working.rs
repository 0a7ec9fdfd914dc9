//! A fitted regression as a weighted linear one: the working score and weight of every row in its first linear predictor.

use super::collinear::gram;
use super::model::Regression;
use super::second_order::over_predictors;
use crate::derivatives::packed_length;
use crate::error::Error;
use crate::expectation::Provenance;
use crate::inference::Fit;
use crate::information::{Covariance, Information, Observed};
use crate::model::{Observations, SampleSpace};
use nalgebra::DVector;

/// The rows of a fit about the first linear predictor η of the family; the other parameters are taken as known.
pub(super) struct Working<'a> {
    names: Vec<String>,
    /// The covariates of η.
    pub design: Vec<&'a [f64]>,
    /// u = ∂ℓ/∂η
    pub score: Vec<f64>,
    /// w = E[u²], the information of the row about η.
    pub weight: Vec<f64>,
    /// How many observations each row stands for.
    pub repetitions: Vec<f64>,
}

impl<'a> Working<'a> {
    /// # Errors
    /// Where a row has no expected information; [`Error::Unsupported`] if no parameter has a linear predictor.
    pub fn of<F: SampleSpace, D: Observations<[f64]> + ?Sized>(fit: &Fit<'a, Regression<F>, D>) -> Result<Self, Error> {
        let (model, data) = (fit.model(), fit.data());
        let needs = "a linear predictor";
        let Some(place) = model.predictors.iter().position(|predictor| predictor.covariates.is_some()) else {
            return Err(Error::Unsupported { method: "a working regression", needs });
        };
        let predictor = &model.predictors[place];
        let mut working = Self {
            names: fit.names()[predictor.coefficients.clone()].to_vec(),
            design: Vec::with_capacity(data.count()),
            score: Vec::with_capacity(data.count()),
            weight: Vec::with_capacity(data.count()),
            repetitions: (0..data.count()).map(|i| data.weight(i)).collect(),
        };
        let count = model.predictors.len();
        let (mut u, mut w) = (vec![0.0; count], vec![0.0; packed_length(count)]);
        for index in 0..data.count() {
            let row = data.get(index);
            let found =
                model.response_of(row).and_then(|y| over_predictors(model, fit.theta(), row, y, &mut u, &mut w));
            if found.is_none() {
                return Err(Error::LikelihoodNotFinite { index, quantity: "log-likelihood", value: f64::NAN });
            }
            let [information, _] = model.information_of_predictors(fit.theta(), row)?;
            working.design.push(predictor.design(row));
            working.score.push(u[place]);
            working.weight.push(information[(place, place)]);
        }
        Ok(working)
    }

    /// How many coefficients η has.
    #[allow(clippy::cast_precision_loss)] // fewer than 2⁵³ coefficients
    pub fn coefficients(&self) -> f64 {
        self.names.len() as f64
    }

    /// The number of observations, repetitions counted.
    pub fn observations(&self) -> f64 {
        self.repetitions.iter().sum()
    }

    /// Σ aᵢ vᵢ xᵢ xᵢᵀ with the repetitions a, as an information of any kind.
    pub fn sum<K: crate::information::Kind>(&self, value: impl Fn(usize) -> f64) -> Result<Information<K>, Error> {
        let rows = self.design.iter().enumerate().map(|(i, &x)| (x, self.repetitions[i] * value(i)));
        let [matrix, error] = gram(self.names.len(), rows);
        let provenance = Provenance::Data { observations: self.design.len() };
        Information::new(self.names.clone(), matrix, error, self.observations(), provenance)
    }

    /// Σ a w x xᵀ, the information about the coefficients.
    ///
    /// # Errors
    /// [`Error::EntryNotFinite`].
    pub fn information(&self) -> Result<Information<Observed>, Error> {
        self.sum(|i| self.weight[i])
    }

    /// The diagonal of the hat matrix, hᵢ = wᵢ xᵢᵀ (XᵀWX)⁻¹ xᵢ: the leverage of one repetition of a row.
    ///
    /// # Errors
    /// Those of [`Information::inverse`].
    pub fn hat(&self) -> Result<Vec<f64>, Error> {
        let covariance: Covariance = self.information()?.inverse()?;
        let value = |(x, weight): (&&[f64], &f64)| {
            let x = DVector::from_column_slice(x);
            weight * x.dot(&(covariance.matrix() * &x))
        };
        Ok(self.design.iter().zip(&self.weight).map(value).collect())
    }

    /// 1 − h of every row.
    ///
    /// # Errors
    /// [`Error::FullLeverage`] naming the first row where nothing is left.
    pub fn left(&self) -> Result<Vec<f64>, Error> {
        let left = |(row, hat): (usize, f64)| match 1.0 - hat {
            left if left > 64.0 * f64::EPSILON => Ok(left),
            _ => Err(Error::FullLeverage { row }),
        };
        self.hat()?.into_iter().enumerate().map(left).collect()
    }

    /// n − p.
    ///
    /// # Errors
    /// [`Error::FewerObservationsThanParameters`] unless it is positive.
    pub fn degrees_of_freedom(&self) -> Result<f64, Error> {
        let freedom = self.observations() - self.coefficients();
        if freedom > 0.0 {
            return Ok(freedom);
        }
        Err(Error::TooFewObservations {
            what: "a residual variance",
            needed: self.coefficients(),
            found: self.observations(),
        })
    }
}
