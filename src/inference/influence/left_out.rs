//! The fit without an observation, found anew.

use crate::error::Error;
use crate::expectation::Estimate;
use crate::inference::Fit;
use crate::inference::search::{self, SearchSettings};
use crate::model::{LogLikelihood, Observations, Weighted};
use nalgebra::DVector;

/// The estimates without an observation.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LeftOut {
    /// The observation that is left out, counted from 0.
    pub index: usize,
    /// The estimates θ̂₍ᵢ₎ from the others.
    pub estimates: Vec<f64>,
    /// θ̂ − θ̂₍ᵢ₎
    pub change: Vec<f64>,
    /// 2(ℓ(θ̂) − ℓ(θ̂₍ᵢ₎)) with ℓ of all observations, and of the prior if there is one: the displacement of the likelihood.
    pub displacement: Estimate,
    /// Cook's distance (θ̂ − θ̂₍ᵢ₎)ᵀ A (θ̂ − θ̂₍ᵢ₎)/p.
    pub cooks_distance: f64,
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// The maximum of the likelihood without one observation, searched from θ̂.
    ///
    /// ```
    /// use fisher_information::{distributions::Exponential, inference::maximum_likelihood};
    ///
    /// let fit = maximum_likelihood(&Exponential, &[0.5, 0.25, 2.0, 1.0, 0.25])?;
    /// let without = fit.without(2)?;
    /// assert!((without.estimates[0] - 2.0).abs() < 1e-12);                                    // 4 waits, sum 2
    /// let by_hand = 2.0 * (5.0 * 1.25_f64.ln() - 5.0 - (5.0 * 2.0_f64.ln() - 8.0));
    /// assert!((without.displacement.value - by_hand).abs() < 1e-12);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// Source: R. D. Cook, *Assessment of local influence*, J. R. Statist. Soc. B 48 (1986), on the displacement.
    ///
    /// # Errors
    /// [`Error::UnknownObservation`]; why there is no maximum without it, as
    /// [`MaximumLikelihood::fit`](crate::inference::MaximumLikelihood::fit).
    pub fn without(&self, index: usize) -> Result<LeftOut, Error> {
        let count = self.data().count();
        if index >= count {
            return Err(Error::UnknownObservation { index, count });
        }
        let mut weights = self.data().weights().map_or_else(|| vec![1.0; count], <[f64]>::to_vec);
        weights[index] = 0.0;
        let others = Weighted { data: self.data(), weights: &weights };
        let likelihood = self.likelihood.of_other(&others);
        let found = search::maximum(&likelihood, self.estimates(), &SearchSettings::default())?;

        let (here, there) =
            (self.likelihood.local(self.sums())?, self.likelihood.local(&self.likelihood.sums(&found.theta)?)?);
        let change = DVector::from_column_slice(self.estimates()) - DVector::from_column_slice(&found.theta);
        #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ parameters
        let cooks_distance = change.dot(&(&here.curvature * &change)) / change.len() as f64;
        Ok(LeftOut {
            index,
            estimates: found.theta,
            change: change.iter().copied().collect(),
            displacement: Estimate::new(
                2.0 * (here.value.value - there.value.value),
                2.0 * (here.value.error + there.value.error),
            ),
            cooks_distance,
        })
    }
}
