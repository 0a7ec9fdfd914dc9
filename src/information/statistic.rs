//! The score and the Hessian of one observation as one vector-valued statistic, so that one pass of any expectation gives
//! E\[s\], E\[s sᵀ\] and −E\[H\] together.

use crate::derivatives::{Differentiator, packed_index, packed_length};
use crate::error::Error;
use crate::expectation::Statistic;
use crate::model::{Datum, LogLikelihood, Observation, Theta};
use std::ops::Range;

/// g(x) = (s, s sᵀ, −H), the matrices as lower triangles, row after row.
pub(super) struct ScoreStatistic<'m, M: LogLikelihood> {
    at: Differentiator<'m, M>,
    hessian: Vec<f64>,
    peak: (f64, Vec<f64>),
}

impl<'m, M: LogLikelihood> ScoreStatistic<'m, M> {
    pub(super) fn new(model: &'m M, theta: &Theta<M, f64>) -> Result<Self, Error> {
        Ok(Self::of(Differentiator::new(model, theta)?))
    }

    /// The statistic at a θ that need not lie in the domain of the parameters.
    pub(super) fn unchecked(model: &'m M, theta: &Theta<M, f64>) -> Result<Self, Error> {
        Ok(Self::of(Differentiator::unchecked(model, theta)?))
    }

    fn of(at: Differentiator<'m, M>) -> Self {
        let hessian = vec![0.0; packed_length(at.length())];
        Self { at, hessian, peak: (f64::NEG_INFINITY, Vec::new()) }
    }

    /// θ.
    pub(super) fn theta(&self) -> &Theta<M, f64> {
        self.at.theta()
    }

    /// The observation of highest density among those evaluated.
    pub(super) fn peak(&self) -> Option<&Datum<M, f64>> {
        M::Observation::from_coordinates(&self.peak.1)
    }
}

impl<M: LogLikelihood> Clone for ScoreStatistic<'_, M> {
    fn clone(&self) -> Self {
        Self { at: self.at.clone(), hessian: self.hessian.clone(), peak: self.peak.clone() }
    }
}

impl<M: LogLikelihood> Statistic<M> for ScoreStatistic<'_, M> {
    fn dimension(&self) -> usize {
        self.at.length() + 2 * self.hessian.len()
    }

    #[inline]
    fn evaluate(&mut self, x: &Datum<M, f64>, values: &mut [f64]) -> f64 {
        let (score, matrices) = values.split_at_mut(self.at.length());
        let (outer, curvature) = matrices.split_at_mut(self.hessian.len());
        let ln_f = self.at.second(x, score, &mut self.hessian);
        for i in 0..score.len() {
            for j in 0..=i {
                outer[packed_index(i, j)] = score[i] * score[j];
            }
        }
        for (negative, entry) in curvature.iter_mut().zip(&self.hessian) {
            *negative = -entry;
        }
        if ln_f > self.peak.0 {
            self.peak.0 = ln_f;
            self.peak.1.clear();
            self.peak.1.extend_from_slice(M::Observation::coordinates(x));
        }
        ln_f
    }

    #[inline]
    fn ln_density(&mut self, x: &Datum<M, f64>) -> f64 {
        self.at.value(x)
    }

    /// A score component is measured against its standard deviation √E\[sᵢ²\], a matrix entry against two of them.
    fn scales(&self, magnitudes: &mut [f64]) {
        let (score, matrices) = magnitudes.split_at_mut(self.at.length());
        let (outer, curvature) = matrices.split_at_mut(self.hessian.len());
        for (i, scale) in score.iter_mut().enumerate() {
            *scale = outer[packed_index(i, i)].sqrt();
        }
        for matrix in [outer, curvature] {
            for i in 0..score.len() {
                for j in 0..=i {
                    matrix[packed_index(i, j)] = score[i] * score[j];
                }
            }
        }
    }

    fn controls(&self) -> Range<usize> {
        0..self.at.length()
    }
}
