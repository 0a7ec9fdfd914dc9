//! The score and the Hessian of one observation as one vector-valued statistic, so that one pass of any expectation gives
//! E\[s\], E\[s sᵀ\] and −E\[H\] together.

use crate::derivatives::{Differentiator, packed_index, packed_length};
use crate::error::Error;
use crate::expectation::{Statistic, one_by_one};
use crate::kernel::{Columns, Path, Pointwise};
use crate::model::{Datum, LogLikelihood, Observation, Theta};
use crate::recording::trace;
use std::ops::Range;

/// From how many observations on a kernel pays for its compilation. Compilation and the evaluation by dual numbers take times in
/// proportion to the operations of the log-likelihood times the number of its derivatives, so that their ratio is about the same for all.
const FEWEST: usize = 128;

/// Fewer observations at a time than this are not worth a block.
const FEWEST_AT_ONCE: usize = 8;

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
        Self { model, at, hessian, peak, path, kernel, evaluations: 0 }
    }

    /// Whether so many observations more are evaluated by a kernel.
    fn pays(&mut self, observations: usize) -> bool {
        self.evaluations += observations;
        match self.path {
            Path::Automatic => observations >= FEWEST_AT_ONCE && self.evaluations >= FEWEST,
            Path::Kernel => true,
            Path::Duals => false,
        }
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

    /// The observation of highest density among those evaluated.
    pub(super) fn peak(&self) -> Option<&Datum<M, f64>> {
        M::Observation::from_coordinates(&self.peak.1)
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
        if self.pays(observations.len()) {
            let (model, theta) = (self.model, self.at.theta());
            let coordinates: Vec<&[f64]> = observations.iter().map(|x| M::Observation::coordinates(x)).collect();
            // An opaque observation is part of what is recorded, so that no recording serves another.
            let is_opaque = |x: &Datum<M, f64>| M::Observation::from_coordinates(M::Observation::coordinates(x)).is_none();
            let record = |place: usize| match observations[place] {
                x if is_opaque(x) => None,
                x => trace(model, theta, x).ok(),
            };
            left = self.kernel.evaluate(&coordinates, &mut Columns { ln_densities, values }, &record);
            let highest = (0..observations.len()).max_by(|&a, &b| ln_densities[a].total_cmp(&ln_densities[b]));
            if let Some(place) = highest.filter(|place| !left.contains(place)) {
                self.rise(ln_densities[place], observations[place]);
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
