//! What every single observation contributes to the score and the curvature of a fit.

use super::fit::Fit;
use crate::derivatives::{Differentiator, packed_length, unpack};
use crate::error::Error;
use crate::model::{LogLikelihood, Observations};
use nalgebra::{DMatrix, DVector};

/// The derivatives of one observation at θ̂, not multiplied by its weight.
pub(super) struct Contribution {
    /// The place of the observation.
    pub index: usize,
    /// Its weight w.
    pub weight: f64,
    /// s, the score.
    pub score: DVector<f64>,
    /// H, the Hessian.
    pub hessian: DMatrix<f64>,
}

impl<'a, M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'a, M, D> {
    /// The contributions of all observations whose weight is not zero.
    pub(super) fn contributions(
        &self,
    ) -> Result<impl Iterator<Item = Result<Contribution, Error>> + use<'_, 'a, M, D>, Error> {
        let mut at = Differentiator::new(self.model(), self.theta())?;
        let length = at.length();
        let data = self.data();
        let counted = (0..data.count()).filter(move |&index| data.weight(index) != 0.0);
        Ok(counted.map(move |index| {
            let (mut score, mut packed) = (DVector::zeros(length), vec![0.0; packed_length(length)]);
            at.second(data.get(index), score.as_mut_slice(), &mut packed);
            for (quantity, values) in [("score", score.as_slice()), ("Hessian", &packed)] {
                if let Some(&value) = values.iter().find(|value| !value.is_finite()) {
                    return Err(Error::LikelihoodNotFinite { index, quantity, value });
                }
            }
            Ok(Contribution { index, weight: data.weight(index), score, hessian: unpack(length, &packed) })
        }))
    }
}
