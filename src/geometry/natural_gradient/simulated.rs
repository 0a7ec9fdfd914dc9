//! The expected information of a data set by draws of its responses.

use crate::derivatives::{Differentiator, packed_index, packed_length, unpack};
use crate::error::{Error, check_length};
use crate::model::{Observations, OwnedDatum, ParameterSpace, Sampler, Stream};
use nalgebra::{DMatrix, DVector};
use rand::SeedableRng;
use std::borrow::Borrow;

/// Σ w s sᵀ over the rows of a data set with responses drawn at θ, once for each draw of all of them.
///
/// The draws are kept, since the standard error of a quadratic form is far smaller than those of the entries suggest: in every direction
/// the relative error of the average is about the same, however near it is to singular.
pub(super) struct Drawn(Vec<DMatrix<f64>>);

impl Drawn {
    /// Draw r has the ChaCha stream number r of the seed.
    pub fn at<M, D>(model: &M, point: &[f64], data: &D, draws: usize, seed: u64) -> Result<Self, Error>
    where
        M: Sampler,
        D: Observations<M::Observation> + ?Sized,
    {
        if draws < 2 {
            return Err(Error::TooFewDraws { draws, needed: 2 });
        }
        if data.count() == 0 {
            return Err(Error::NoData);
        }
        if let Some(weights) = data.weights() {
            check_length("weights", data.count(), weights.len())?;
        }
        let theta = M::Parameters::from_slice(point)?;
        let mut at = Differentiator::new(model, theta.borrow())?;
        let size = at.length();
        let mut score = vec![0.0; size];
        let mut all = Vec::with_capacity(draws);
        for draw in 0..draws {
            let mut stream = Stream::seed_from_u64(seed);
            stream.set_stream(draw as u64);
            let mut sum = vec![0.0; packed_length(size)];
            for index in 0..data.count() {
                let weight = data.weight(index);
                let drawn: OwnedDatum<M> = model.sample_given(theta.borrow(), data.get(index), &mut stream);
                at.first(drawn.borrow(), &mut score);
                if let Some(&value) = score.iter().find(|entry| !entry.is_finite()) {
                    return Err(Error::LikelihoodNotFinite { index, quantity: "score of a drawn response", value });
                }
                for i in 0..size {
                    for j in 0..=i {
                        sum[packed_index(i, j)] += weight * score[i] * score[j];
                    }
                }
            }
            all.push(unpack(size, &sum));
        }
        Ok(Self(all))
    }

    /// The average of the draws.
    pub fn mean(&self) -> DMatrix<f64> {
        let size = self.0.first().map_or(0, DMatrix::nrows);
        self.0.iter().fold(DMatrix::zeros(size, size), |sum, draw| sum + draw) / self.count()
    }

    /// The standard error of vᵀFv.
    pub fn standard_error(&self, v: &DVector<f64>) -> f64 {
        let forms: Vec<f64> = self.0.iter().map(|draw| v.dot(&(draw * v))).collect();
        let mean = forms.iter().sum::<f64>() / self.count();
        let squares: f64 = forms.iter().map(|form| (form - mean).powi(2)).sum();
        (squares / (self.count() * (self.count() - 1.0))).sqrt()
    }

    #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ draws
    fn count(&self) -> f64 {
        self.0.len() as f64
    }
}
