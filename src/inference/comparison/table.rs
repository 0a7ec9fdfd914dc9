//! A table of models.

use super::criteria::Criteria;
use crate::error::Error;
use crate::information::{digits, table};
use std::fmt;

/// Models of the same data, the best by Akaike's criterion first.
///
/// ```
/// use fisher_information::distributions::{Exponential, Gamma, Weibull};
/// use fisher_information::inference::{Comparison, maximum_likelihood};
///
/// let times = [1.1, 0.6, 2.3, 1.9, 0.8, 1.4, 3.0, 1.2];
/// let comparison = Comparison::of([
///     ("exponential", maximum_likelihood(&Exponential, &times)?.criteria()?),
///     ("gamma", maximum_likelihood(&Gamma, &times)?.criteria()?),
///     ("Weibull", maximum_likelihood(&Weibull, &times)?.criteria()?),
/// ])?;
/// let weights: f64 = comparison.rows().iter().map(|row| row.weight).sum();
/// assert!((weights - 1.0).abs() < 1e-15);
/// assert_eq!(comparison.rows()[0].name, "gamma");
/// assert_eq!(comparison.rows()[2].name, "exponential");
/// # Ok::<(), fisher_information::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Comparison {
    rows: Vec<ComparisonRow>,
}

/// A model among others.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ComparisonRow {
    /// What the model is called.
    pub name: String,
    /// Its criteria.
    pub criteria: Criteria,
    /// How far its AIC is above the lowest.
    pub difference: f64,
    /// Akaike's weight: exp(−difference/2), divided by the sum of those of all models.
    pub weight: f64,
}

impl Comparison {
    /// The models with these names and criteria.
    ///
    /// # Errors
    /// [`Error::NoData`] if there are none, [`Error::ObservationsDiffer`] if they are of different numbers of observations,
    /// [`Error::FormulaNotFinite`] for a log-likelihood that is not finite.
    pub fn of<N: Into<String>>(models: impl IntoIterator<Item = (N, Criteria)>) -> Result<Self, Error> {
        let mut models: Vec<(String, Criteria)> = models.into_iter().map(|(name, of)| (name.into(), of)).collect();
        let expected = models.first().ok_or(Error::NoData)?.1.observations;
        for (_, criteria) in &models {
            if criteria.observations != expected {
                return Err(Error::ObservationsDiffer { expected, found: criteria.observations });
            }
            if !criteria.aic().is_finite() {
                return Err(Error::FormulaNotFinite { quantity: "the criterion of Akaike", value: criteria.aic() });
            }
        }
        models.sort_by(|(_, a), (_, b)| a.aic().total_cmp(&b.aic()));
        let lowest = models[0].1.aic(); // there is a first
        let share = |criteria: &Criteria| (-0.5 * (criteria.aic() - lowest)).exp();
        let total: f64 = models.iter().map(|(_, criteria)| share(criteria)).sum();
        let row = |(name, criteria): (String, Criteria)| {
            let (difference, weight) = (criteria.aic() - lowest, share(&criteria) / total);
            ComparisonRow { name, criteria, difference, weight }
        };
        Ok(Self { rows: models.into_iter().map(row).collect() })
    }

    /// The models, the lowest AIC first.
    #[must_use]
    pub fn rows(&self) -> &[ComparisonRow] {
        &self.rows
    }
}

/// ```text
///              p  log-likelihood      AIC  difference  weight     AICc     BIC      TIC
/// gamma        2        -8.60811  21.2162           0  0.53…
/// ```
impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["", "p", "log-likelihood", "AIC", "difference", "weight", "AICc", "BIC", "TIC"];
        let mut rows = vec![head.map(String::from).to_vec()];
        for ComparisonRow { name, criteria, difference, weight } in &self.rows {
            rows.push(vec![
                name.clone(),
                criteria.parameters.to_string(),
                digits(criteria.log_likelihood, 6),
                digits(criteria.aic(), 6),
                digits(*difference, 4),
                digits(*weight, 3),
                criteria.aicc().map_or_else(|_| "–".into(), |value| digits(value, 6)),
                digits(criteria.bic(), 6),
                digits(criteria.tic(), 6),
            ]);
        }
        table(f, &rows)
    }
}
