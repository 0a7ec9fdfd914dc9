//! The boundary-value problem: a geodesic between two points.

use super::chart::Chart;
use super::measure::{length, speed_drift, tails};
use super::path::Path;
use super::steady::{Line, at_constant_speed};
use super::variation::Variation;
use crate::error::Error;
use nalgebra::{DMatrix, DVector};

/// A solution with the equation linearised along it.
pub(super) struct Connected {
    pub path: Path,
    pub variation: Variation,
    /// The largest part of the path that its polynomials may miss, relative to its length.
    pub truncation: f64,
    /// The last Newton step relative to the length: what is left is smaller.
    pub last_step: f64,
    pub evaluations: usize,
}

/// Finds a geodesic from the base of the chart to a displacement other than zero, starting from the straight line in the coordinates of the
/// chart, or of the manifold where that leaves it.
///
/// # Errors
/// [`Error::NoGeodesic`].
pub(super) fn connect(chart: &Chart<'_>, end: &DVector<f64>, to: &[f64]) -> Result<Connected, Error> {
    let mut search = Search { chart, end, evaluations: 0, best: None, reason: None };
    let in_chart = |t: f64| {
        let place = end * t;
        let velocity = chart.slopes(&chart.point(&place)).component_mul(end);
        (place, velocity)
    };
    let change = DVector::from_iterator(end.len(), chart.base.iter().zip(to).map(|(from, to)| to - from));
    let in_coordinates = |t: f64| (chart.share_of_the_way(to, t), change.clone());
    let lines: [Line<'_>; 2] = [&in_chart, &in_coordinates];
    for line in lines {
        if let Some(found) = search.refine(Path::sampled(8, vec![0.0, 1.0], |t| line(t).0)) {
            return Ok(found);
        }
        if search.reason.is_none() {
            break;
        }
    }
    for line in lines {
        let start = match at_constant_speed(chart, line) {
            Ok(start) => start,
            Err(refusal) => {
                search.reason.get_or_insert(refusal);
                continue;
            }
        };
        if let Some(found) = search.refine(start.clone()) {
            return Ok(found);
        }
        if let Some(found) = search.relax(start).and_then(|near| search.refine(near)) {
            return Ok(found);
        }
    }
    Err(search.failure())
}

/// A search in progress.
pub(super) struct Search<'c, 'm> {
    pub chart: &'c Chart<'m>,
    pub end: &'c DVector<f64>,
    evaluations: usize,
    /// Length and residual of the path that was nearest to a geodesic, by the size of the step that was left.
    best: Option<Best>,
    reason: Option<Error>,
}

/// The best path so far.
struct Best {
    left: f64,
    length: f64,
    residual: f64,
}

impl Search<'_, '_> {
    /// Solves on finer and finer meshes, until the polynomials have nothing left to tell.
    fn refine(&mut self, mut path: Path) -> Option<Connected> {
        let (mut before, mut stagnant) = (f64::INFINITY, 0);
        loop {
            let (solved, tails, last_step) = self.newton(path)?;
            let truncation = tails.iter().copied().fold(0.0, f64::max);
            stagnant = if truncation > 0.5 * before && truncation < ROUGH { stagnant + 1 } else { 0 };
            let nodes = solved.pieces.len() * solved.rule.degree();
            if truncation <= RESOLVED || stagnant > 2 || (nodes >= MOST_NODES && truncation < ROUGH) {
                let mut variation = self.look(&solved)?;
                variation.solve(&solved)?;
                let evaluations = self.evaluations;
                let found = Connected { path: solved, variation, truncation, last_step, evaluations };
                // a path that has run away may look resolved, measured by its own length; its speed tells
                let length = length(&found.variation, &found.path);
                return (speed_drift(&found, length) < STEADY).then_some(found);
            }
            if nodes >= MOST_NODES {
                return None;
            }
            before = truncation;
            path = if solved.pieces.len() == 1 && solved.rule.degree() < 24 {
                solved.resampled(solved.rule.degree() + 8, solved.breaks.clone())
            } else {
                let cut: Vec<bool> = tails.iter().map(|&tail| tail > RESOLVED).collect();
                solved.resampled(16, solved.bisected(&cut))
            };
        }
    }

    /// Newton's method on one mesh. Returns the path, for every piece the size of the last
    /// coefficients relative to the length, and the size of the last step.
    fn newton(&mut self, mut path: Path) -> Option<(Path, Vec<f64>, f64)> {
        let start = DVector::zeros(self.chart.dimension());
        let mut before = f64::INFINITY;
        let mut radius = f64::INFINITY;
        let mut safe: Option<(Path, Vec<DMatrix<f64>>, f64)> = None;
        for _ in 0..MOST_STEPS {
            let looked = self.look(&path).and_then(|mut variation| {
                variation.solve(&path)?;
                let gap = self.end - path.end();
                let (field, _) = variation.field(&start, &gap, 1.0)?;
                let size = variation.largest(&field);
                Some((variation, field, size))
            });
            let Some((variation, field, size)) = looked.filter(|(_, _, size)| *size <= 2.0 * before) else {
                // back, and a shorter step
                let (from, field, size) = safe.as_ref()?;
                radius = 0.25 * radius.min(*size);
                if radius <= 1e-3 * before {
                    return None;
                }
                path = step(from, field, radius / size);
                continue;
            };
            let length = length(&variation, &path);
            let left = size / length;
            self.remember(&variation, left, length);
            let share = (radius / size).min(1.0);
            let next = step(&path, &field, share);
            if left < CONVERGED || (left < COARSE && size > 0.3 * before && share == 1.0) {
                let tails = tails(&variation, &next, length);
                return Some((next, tails, left));
            }
            radius *= 2.0;
            before = size;
            safe = Some((path, field, size));
            path = next;
        }
        None
    }

    /// Keeps what is known of the path that is nearest to a geodesic.
    pub fn remember(&mut self, variation: &Variation, left: f64, length: f64) {
        if self.best.as_ref().is_none_or(|best| left < best.left) {
            self.best = Some(Best { left, length, residual: variation.largest_residual() / length });
        }
    }

    /// Looks at every node of a path, and keeps the reason if it leaves the manifold.
    pub fn look(&mut self, path: &Path) -> Option<Variation> {
        if self.evaluations > MOST_EVALUATIONS {
            return None;
        }
        match Variation::of(self.chart, path) {
            Ok(variation) => {
                self.evaluations += path.pieces.len() * path.rule.nodes.len();
                Some(variation)
            }
            Err(refusal) => {
                self.reason.get_or_insert(refusal);
                None
            }
        }
    }

    fn failure(self) -> Error {
        let best = self.best.unwrap_or(Best { left: f64::INFINITY, length: f64::INFINITY, residual: f64::INFINITY });
        Error::NoGeodesic {
            from: self.chart.base.clone(),
            to: self.chart.point(self.end),
            length: best.length,
            residual: best.residual,
            reason: self.reason.map(Box::new),
        }
    }
}

/// The path moved by a share of a field.
pub(super) fn step(path: &Path, field: &[DMatrix<f64>], share: f64) -> Path {
    if share == 1.0 {
        return path.moved(field);
    }
    let shorter: Vec<DMatrix<f64>> = field.iter().map(|field| field * share).collect();
    path.moved(&shorter)
}

/// A path whose last coefficients are smaller, relative to its length, is resolved.
const RESOLVED: f64 = 1e-12;

/// One whose last coefficients are smaller is good enough if noise of the metric does not let it become better.
const ROUGH: f64 = 1e-6;

/// A path whose speed varies by more is no geodesic.
const STEADY: f64 = 1e-3;

/// A Newton step that is smaller, relative to the length, leaves nothing to the next.
const CONVERGED: f64 = 1e-6;

/// Below this size steps may shrink slowly: then the mesh is too coarse for its own solution to matter.
const COARSE: f64 = 0.05;

/// The most Newton steps on one mesh.
const MOST_STEPS: usize = 20;

/// The most nodes of a mesh.
pub(super) const MOST_NODES: usize = 2048;

/// The most nodes of all meshes together.
const MOST_EVALUATIONS: usize = 200_000;
