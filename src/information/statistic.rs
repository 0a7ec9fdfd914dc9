//! The score and the Hessian of one observation as one vector-valued statistic, so that one pass of any expectation gives
//! E\[s\], E\[s sᵀ\] and −E\[H\] together.

use super::effort::Effort;
use crate::derivatives::{Differentiator, packed_index, packed_length};
use crate::error::Error;
use crate::expectation::{Statistic, one_by_one};
use crate::kernel::{Columns, Path, Pointwise};
use crate::model::{Datum, LogLikelihood, Observation, Theta};
use crate::recording::{Trace, trace};
use std::ops::Range;

/// A quadrature takes about so many evaluations.
const TYPICAL: usize = 300;

/// Fewer at once are not those of a quadrature.
const FEWEST: usize = 32;

/// So many observations at once are draws, of which there are more to come.
const MANY_AT_ONCE: usize = 1024;

/// g(x) = (s, s sᵀ, −H), the matrices as lower triangles, row after row.
pub(super) struct ScoreStatistic<'m, M: LogLikelihood> {
    model: &'m M,
    at: Differentiator<'m, M>,
    hessian: Vec<f64>,
    peak: (f64, Vec<f64>),
    path: Path,
    kernel: Pointwise,
    /// At how many observations it was evaluated, several at a time.
    evaluations: usize,
    /// How much work there is on each path, once that has been asked.
    effort: Option<Effort>,
}

impl<'m, M: LogLikelihood> ScoreStatistic<'m, M> {
    pub(super) fn new(model: &'m M, theta: &Theta<M, f64>, path: Path) -> Result<Self, Error> {
        Ok(Self::of(model, Differentiator::new(model, theta)?, path))
    }

    /// The statistic by dual numbers at a θ that need not lie in the domain of the parameters.
    pub(super) fn unchecked(model: &'m M, theta: &Theta<M, f64>) -> Result<Self, Error> {
        Ok(Self::of(model, Differentiator::unchecked(model, theta)?, Path::Duals))
    }

    fn of(model: &'m M, at: Differentiator<'m, M>, path: Path) -> Self {
        let hessian = vec![0.0; packed_length(at.length())];
        let (peak, kernel) = ((f64::NEG_INFINITY, Vec::new()), Pointwise::default());
        Self { model, at, hessian, peak, path, kernel, evaluations: 0, effort: None }
    }

    /// Whether some more observations are evaluated by a kernel. It depends on nothing but what was evaluated before. The log-likelihood
    /// at the first, if it had to be recorded to tell, is kept.
    fn pays(&mut self, observations: &[&Datum<M, f64>], recorded: &mut Option<Trace>) -> bool {
        let Some(&first) = observations.first() else { return false };
        self.evaluations += observations.len();
        match self.path {
            Path::Automatic if observations.len() >= MANY_AT_ONCE => true,
            Path::Automatic if self.kernel.effort(1) == 0 && observations.len() < FEWEST => false,
            Path::Automatic => {
                let (at, model) = (&self.at, self.model);
                let effort = *self.effort.get_or_insert_with(|| {
                    *recorded = record(model, at.theta(), first);
                    Effort::of(recorded.as_ref())
                });
                match self.kernel.effort(observations.len()) {
                    // Where there were many evaluations, half as many again are expected.
                    0 => effort.saving.saturating_mul(TYPICAL.max(self.evaluations / 2)) >= effort.compilation,
                    by_kernel => effort.saving.saturating_mul(observations.len()) >= by_kernel,
                }
            }
            Path::Kernel => true,
            Path::Duals => false,
        }
    }

    /// The values at an observation by the kernel, if there is one for it.
    pub(super) fn by_kernel(&mut self, x: &Datum<M, f64>) -> Option<Vec<f64>> {
        let mut values = vec![0.0; self.at.length() + 2 * self.hessian.len()];
        let mut columns = Columns { ln_densities: &mut [0.0], values: &mut values };
        let left = self.kernel.evaluate(&[M::Observation::coordinates(x)], &mut columns, &mut |_| None);
        left.is_empty().then_some(values)
    }

    /// Keeps the observation if it is the highest so far.
    #[inline]
    fn rise(&mut self, ln_f: f64, x: &Datum<M, f64>) {
        if ln_f > self.peak.0 {
            self.peak.0 = ln_f;
            self.peak.1.clear();
            self.peak.1.extend_from_slice(M::Observation::coordinates(x));
        }
    }

    /// θ.
    pub(super) fn theta(&self) -> &Theta<M, f64> {
        self.at.theta()
    }

    /// The coordinates of the observation of highest density among those evaluated.
    pub(super) fn peak(&self) -> &[f64] {
        &self.peak.1
    }
}

impl<M: LogLikelihood> Clone for ScoreStatistic<'_, M> {
    fn clone(&self) -> Self {
        Self {
            model: self.model,
            at: self.at.clone(),
            hessian: self.hessian.clone(),
            peak: self.peak.clone(),
            path: self.path,
            kernel: self.kernel.clone(),
            evaluations: self.evaluations,
            effort: self.effort,
        }
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
        self.rise(ln_f, x);
        ln_f
    }

    fn evaluate_all(&mut self, observations: &[&Datum<M, f64>], ln_densities: &mut [f64], values: &mut [f64]) {
        let mut left: Vec<usize> = (0..observations.len()).collect();
        let mut recorded = None;
        if self.pays(observations, &mut recorded) {
            let (model, theta) = (self.model, self.at.theta());
            let coordinates: Vec<&[f64]> = observations.iter().map(|x| M::Observation::coordinates(x)).collect();
            let mut record =
                |place: usize| recorded.take_if(|_| place == 0).or_else(|| record(model, theta, observations[place]));
            left = self.kernel.evaluate(&coordinates, &mut Columns { ln_densities, values }, &mut record);
            left.sort_unstable();
            let by_kernel = (0..observations.len()).filter(|place| left.binary_search(place).is_err());
            if let Some(highest) = by_kernel.max_by(|&a, &b| ln_densities[a].total_cmp(&ln_densities[b])) {
                self.rise(ln_densities[highest], observations[highest]);
            }
        }
        one_by_one(self, observations, &left, ln_densities, values);
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

/// The log-likelihood recorded at an observation. An opaque one is part of what is recorded, so that no recording serves another.
fn record<M: LogLikelihood>(model: &M, theta: &Theta<M, f64>, x: &Datum<M, f64>) -> Option<Trace> {
    M::Observation::from_coordinates(M::Observation::coordinates(x))?;
    trace(model, theta, x).ok()
}
