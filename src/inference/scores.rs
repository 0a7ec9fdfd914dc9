//! The scores of the single observations of a fit.

use super::fit::Fit;
use crate::derivatives::Differentiator;
use crate::error::Error;
use crate::expectation::{BLOCK, fold_blocks};
use crate::model::{LogLikelihood, Observations};
use nalgebra::DMatrix;

impl<'a, M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'a, M, D> {
    /// The weights of the observations, if they have any.
    #[must_use]
    pub fn weights(&self) -> Option<&'a [f64]> {
        self.data().weights()
    }

    /// The score of every observation at θ̂, as an n × p matrix: row i is sᵢ = ∂ln f(xᵢ; θ̂)/∂θ.
    ///
    /// The rows are not multiplied by the [weights](Self::weights) w, and know nothing of a prior. The row of an observation of weight 0,
    /// which is never evaluated, is 0. At a maximum of the likelihood Σ w s = 0.
    ///
    /// ```
    /// use fisher_information::{distributions::Poisson, inference::maximum_likelihood};
    ///
    /// let fit = maximum_likelihood(&Poisson, &[1.0, 0.0, 3.0, 4.0])?;
    /// let scores = fit.scores()?;
    /// assert_eq!(scores.shape(), (4, 1));
    /// assert!((scores[(3, 0)] - 1.0).abs() < 1e-12);      // x/λ − 1 with λ = 2
    /// assert!(scores.sum().abs() < 1e-12);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::LikelihoodNotFinite`] with the observation.
    pub fn scores(&self) -> Result<DMatrix<f64>, Error> {
        let (count, width) = (self.data().count(), self.estimates().len());
        let weights = self.weights();
        let at = Differentiator::new(self.model(), self.theta())?;
        let block = |b: usize| {
            let (mut at, first) = (at.clone(), b * BLOCK);
            let mut rows = vec![0.0; BLOCK.min(count - first) * width];
            for (index, row) in (first..).zip(rows.chunks_exact_mut(width)) {
                if weights.is_some_and(|weights| weights[index] == 0.0) {
                    continue; // the weights were counted when the model was fitted
                }
                at.first(self.data().get(index), row);
                if let Some(&value) = row.iter().find(|value| !value.is_finite()) {
                    return Err(Error::LikelihoodNotFinite { index, quantity: "score", value });
                }
            }
            Ok(rows)
        };
        let mut rows = Vec::with_capacity(count * width);
        fold_blocks(count.div_ceil(BLOCK), &block, |block| rows.extend(block))?;
        Ok(DMatrix::from_row_slice(count, width, &rows))
    }
}
