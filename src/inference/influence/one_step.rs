//! Influence to first order: leverage, influence functions, Cook's distance and estimates without an observation by one Newton step.

use crate::error::Error;
use crate::inference::Fit;
use crate::information::{digits, table};
use crate::model::{LogLikelihood, Observations};
use nalgebra::{Cholesky, DVector};
use std::fmt;

/// The influence of every observation on a fit.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Influence {
    names: Vec<String>,
    observations: Vec<ObservationInfluence>,
}

/// The influence of one observation, with its weight w: of all its repetitions, if there are any.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ObservationInfluence {
    /// Which observation, counted from 0.
    pub index: usize,
    /// tr(A⁻¹ w Aᵢ), Aᵢ = −H of the observation: its share of the information. All together make p, less if there is a prior. In linear
    /// and in logistic regression it is the diagonal of the hat matrix.
    pub leverage: f64,
    /// A⁻¹ w s: what the observation adds to the estimates, to first order (empirical influence function).
    pub influence: Vec<f64>,
    /// θ̂ less the estimates without the observation, by one step of Newton's method from θ̂: (A − wAᵢ)⁻¹ w s. Nothing if A − wAᵢ is not
    /// positive: without the observation θ cannot be estimated, or not by one step.
    pub change: Option<Vec<f64>>,
    /// Those in standard errors of the estimates (DFBETAS).
    pub scaled_change: Option<Vec<f64>>,
    /// Cook's distance: changeᵀ A change/p.
    pub cooks_distance: Option<f64>,
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// The influence of every observation on the estimates. Observations of weight 0 have none and are not listed.
    ///
    /// ```
    /// use fisher_information::{distributions::NormalVariance, inference::maximum_likelihood};
    ///
    /// let fit = maximum_likelihood(&NormalVariance, &[1.0, 2.0, 2.0, 3.0, 12.0])?;
    /// let influence = fit.influence()?;
    /// let outlier = influence.most_influential().next().map(|observation| observation.index);
    /// assert_eq!(outlier, Some(4));
    /// let mean = influence.observations()[4].influence[0];
    /// assert!((mean - (12.0 - 4.0) / 5.0).abs() < 1e-12);                 // (x − x̄)/n
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// Source: R. D. Cook and S. Weisberg, *Residuals and Influence in Regression* (1982), section 5.2; D. Pregibon, *Logistic regression
    /// diagnostics*, Ann. Statist. 9 (1981), doi:10.1214/aos/1176345513, on the one step.
    ///
    /// # Errors
    /// [`Error::Singular`], [`Error::NotPositiveDefinite`]; [`Error::LikelihoodNotFinite`].
    pub fn influence(&self) -> Result<Influence, Error> {
        let curvature = self.curvature()?;
        let inverse = curvature.inverse()?;
        let deviations: Vec<f64> = inverse.standard_errors().iter().map(|estimate| estimate.value).collect();
        let mut observations = Vec::new();
        for contribution in self.contributions()? {
            let contribution = contribution?;
            let score: DVector<f64> = &contribution.score * contribution.weight;
            let share = &contribution.hessian * -contribution.weight;
            // In units in which A is the identity to its diagonal, so that the factorisation does not depend on the units of θ.
            let without = curvature.matrix() - &share;
            let scaled = without.map_with_location(|i, j, entry| entry * deviations[i] * deviations[j]);
            let unit = DVector::from_column_slice(&deviations);
            let solved =
                Cholesky::new(scaled).map(|factor| factor.solve(&score.component_mul(&unit)).component_mul(&unit));
            let change = solved.filter(|change| change.iter().all(|entry| entry.is_finite()));
            #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ parameters
            let distance = |change: &DVector<f64>| change.dot(&(curvature.matrix() * change)) / change.len() as f64;
            observations.push(ObservationInfluence {
                index: contribution.index,
                leverage: (inverse.matrix() * &share).trace(),
                influence: (inverse.matrix() * &score).iter().copied().collect(),
                scaled_change: change.as_ref().map(|c| c.iter().zip(&deviations).map(|(c, d)| c / d).collect()),
                cooks_distance: change.as_ref().map(distance),
                change: change.map(|change| change.iter().copied().collect()),
            });
        }
        Ok(Influence { names: self.names().to_vec(), observations })
    }
}

impl Influence {
    /// The names of the parameters.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The observations, in the order of the data.
    #[must_use]
    pub fn observations(&self) -> &[ObservationInfluence] {
        &self.observations
    }

    /// The observations by Cook's distance, the largest first; one without which θ cannot be estimated comes before all others.
    pub fn most_influential(&self) -> impl Iterator<Item = &ObservationInfluence> {
        let distance = |observation: &ObservationInfluence| observation.cooks_distance.unwrap_or(f64::INFINITY);
        let mut sorted: Vec<&ObservationInfluence> = self.observations.iter().collect();
        sorted.sort_by(|a, b| distance(b).total_cmp(&distance(a)));
        sorted.into_iter()
    }
}

/// The ten most influential observations, with the changes of the parameters in standard errors.
impl fmt::Display for Influence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["observation", "leverage", "Cook's distance"].into_iter().map(String::from);
        let mut rows = vec![head.chain(self.names.iter().cloned()).collect::<Vec<_>>()];
        for observation in self.most_influential().take(10) {
            let changes = match &observation.scaled_change {
                Some(changes) => changes.iter().map(|change| digits(*change, 3)).collect(),
                None => vec!["–".to_owned(); self.names.len()],
            };
            let distance = observation.cooks_distance.map_or_else(|| "–".into(), |distance| digits(distance, 3));
            let start = [observation.index.to_string(), digits(observation.leverage, 3), distance];
            rows.push(start.into_iter().chain(changes).collect());
        }
        table(f, &rows)
    }
}
