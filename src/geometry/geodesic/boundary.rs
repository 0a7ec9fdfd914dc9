//! The boundary-value problem: a geodesic between two points.

use super::chart::Chart;
use super::path::Path;
use super::variation::{Piece, Variation};
use crate::error::Error;
use crate::expectation::Estimate;
use nalgebra::{DMatrix, DVector};

/// A solution with the equation linearised along it.
pub(super) struct Connected {
    pub path: Path,
    pub variation: Variation,
    /// The largest part of the path that its polynomials may miss, relative to its length.
    pub truncation: f64,
    pub evaluations: usize,
}

/// Finds a geodesic from the base of the chart to a displacement other than zero, starting from the straight line in the coordinates of the
/// chart, or of the manifold where that leaves it.
///
/// # Errors
/// [`Error::NoGeodesic`].
pub(super) fn connect(chart: &Chart<'_>, end: &DVector<f64>, to: &[f64]) -> Result<Connected, Error> {
    let mut search = Search { chart, end, evaluations: 0, best: None, reason: None };
    let line = |degree| Path::sampled(degree, vec![0.0, 1.0], |t| end * t);
    if let Some(found) = search.refine(line(8)) {
        return Ok(found);
    }
    let start = if search.reason.is_none() {
        line(16)
    } else {
        let other = |degree| Path::sampled(degree, vec![0.0, 1.0], |t| chart.share_of_the_way(to, t));
        if let Some(found) = search.refine(other(8)) {
            return Ok(found);
        }
        other(16)
    };
    if let Some(found) = search.relax(start).and_then(|near| search.refine(near)) {
        return Ok(found);
    }
    Err(search.failure())
}

struct Search<'c, 'm> {
    chart: &'c Chart<'m>,
    end: &'c DVector<f64>,
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
            let (solved, tails) = self.newton(path)?;
            let truncation = tails.iter().copied().fold(0.0, f64::max);
            stagnant = if truncation > 0.5 * before && truncation < ROUGH { stagnant + 1 } else { 0 };
            let nodes = solved.pieces.len() * solved.rule.degree();
            if truncation <= RESOLVED || stagnant > 2 || (nodes >= MOST_NODES && truncation < ROUGH) {
                let mut variation = self.look(&solved)?;
                variation.solve(&solved)?;
                return Some(Connected { path: solved, variation, truncation, evaluations: self.evaluations });
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

    /// Newton's method on one mesh. Returns the path and for every piece the size of the last coefficients relative to the length.
    fn newton(&mut self, mut path: Path) -> Option<(Path, Vec<f64>)> {
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
                if !(radius > 1e-3 * before) {
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
                return Some((next, tails));
            }
            radius *= 2.0;
            before = size;
            safe = Some((path, field, size));
            path = next;
        }
        None
    }

    /// Newton's method on the length, step by step no farther than the curvature lets the linear equation hold, on a mesh that follows the
    /// steps: for ends so far apart that the straight line is no start. Ends near a geodesic.
    fn relax(&mut self, mut path: Path) -> Option<Path> {
        let start = DVector::zeros(self.chart.dimension());
        let mut radius = 1.0_f64;
        let mut safe: Option<(Path, Vec<DMatrix<f64>>, f64, f64)> = None;
        for _ in 0..MOST_RELAXATIONS {
            let looked = self.look(&path).and_then(|mut variation| {
                variation.solve(&path)?;
                let (field, _) = variation.field(&start, &(self.end - path.end()), 1.0)?;
                let size = variation.largest(&field);
                let length = length(&variation, &path);
                Some((variation, field, size, length))
            });
            let longer = |length: f64| safe.as_ref().is_some_and(|(_, _, _, before)| length > before * (1.0 + 1e-6));
            let Some((variation, field, size, length)) = looked.filter(|(_, _, _, length)| !longer(*length)) else {
                let (from, field, size, _) = safe.as_ref()?;
                radius = 0.25 * radius.min(*size);
                if !(radius > 1e-6) {
                    return None;
                }
                path = step(from, field, radius / size);
                continue;
            };
            let (of_path, of_field) = (tails(&variation, &path, length), tails(&variation, &path.with(&field), size));
            let share = size.min(radius) / length;
            let worst = of_path.iter().zip(&of_field).map(|(path, field)| (path / share).max(*field));
            let cut: Vec<bool> = worst.clone().map(|tail| tail > FOLLOWED).collect();
            if cut.contains(&true) && path.pieces.len() * path.rule.degree() < MOST_NODES {
                path = path.resampled(16, path.bisected(&cut));
                safe = None;
                continue;
            }
            self.remember(&variation, size / length, length);
            if size < 0.1 * length.min(1.0) {
                return Some(path.moved(&field));
            }
            // two halves of degree 16 are one piece with coefficients 2¹⁶ times as large
            let fine: Vec<bool> = worst.map(|tail| tail < FOLLOWED / 65536.0).collect();
            let next = step(&path, &field, (radius / size).min(1.0));
            radius *= 2.0;
            safe = Some((path, field, size, length));
            path = next.resampled(16, next.merged(&fine));
        }
        None
    }

    /// Keeps what is known of the path that is nearest to a geodesic.
    fn remember(&mut self, variation: &Variation, left: f64, length: f64) {
        if self.best.as_ref().is_none_or(|best| left < best.left) {
            self.best = Some(Best { left, length, residual: variation.largest_residual() / length });
        }
    }

    fn look(&mut self, path: &Path) -> Option<Variation> {
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

fn step(path: &Path, field: &[DMatrix<f64>], share: f64) -> Path {
    if share == 1.0 {
        return path.moved(field);
    }
    let shorter: Vec<DMatrix<f64>> = field.iter().map(|field| field * share).collect();
    path.moved(&shorter)
}

/// ∫ |γ′| dt
fn length(variation: &Variation, path: &Path) -> f64 {
    integral(variation, path, |piece| &piece.speed)
}

/// The length with its error: of the speed, which should be constant, of the metric, and of rounding.
pub(super) fn length_estimate(connected: &Connected) -> Estimate {
    let Connected { path, variation, truncation, .. } = connected;
    let total = length(variation, path);
    let metric = integral(variation, path, |piece| &piece.speed_error);
    let rounding = ROUNDING * (1.0 + path.end().amax().min(1.0));
    Estimate::new(total, metric + total * (speed_drift(connected, total) + truncation + rounding))
}

/// By how much the speed differs from its mean, relative to it.
pub(super) fn speed_drift(connected: &Connected, mean: f64) -> f64 {
    connected.variation.speeds().fold(0.0_f64, |worst, speed| worst.max((speed / mean - 1.0).abs()))
}

/// The integral of what is known at the nodes.
fn integral(variation: &Variation, path: &Path, values: impl Fn(&Piece) -> &Vec<f64>) -> f64 {
    let pieces = variation.pieces.iter().map(|piece| {
        let sum: f64 = path.rule.weights.iter().zip(values(piece)).map(|(weight, value)| weight * value).sum();
        0.5 * piece.duration * sum
    });
    pieces.sum()
}

/// For every piece the last Chebyshev coefficients in units of the metric, relative to the length.
fn tails(variation: &Variation, path: &Path, length: f64) -> Vec<f64> {
    let of_piece = |(piece, values): (&Piece, &DMatrix<f64>)| {
        let mut scale = vec![0.0_f64; values.nrows()];
        for local in &piece.local {
            let metric = local.metric();
            for (i, scale) in scale.iter_mut().enumerate() {
                *scale = scale.max(metric[(i, i)].sqrt());
            }
        }
        let rows = scale.iter().enumerate().map(|(i, scale)| {
            let row = values.row(i);
            // the last digits of the displacements are no coefficients
            let rounding = 8.0 * f64::EPSILON * row.amax();
            scale * (path.rule.tail(row.iter().copied()) - rounding).max(0.0)
        });
        rows.fold(0.0, f64::max) / length
    };
    variation.pieces.iter().zip(&path.pieces).map(of_piece).collect()
}

/// A path whose last coefficients are smaller, relative to its length, is resolved.
const RESOLVED: f64 = 1e-12;

/// One whose last coefficients are smaller is good enough if noise of the metric does not let it become better.
const ROUGH: f64 = 1e-6;

/// On the way to a geodesic the mesh follows path and steps to this share of a step.
const FOLLOWED: f64 = 0.03;

/// A Newton step that is smaller, relative to the length, leaves nothing to the next.
const CONVERGED: f64 = 1e-6;

/// Below this size steps may shrink slowly: then the mesh is too coarse for its own solution to matter.
const COARSE: f64 = 0.05;

/// The most Newton steps on one mesh.
const MOST_STEPS: usize = 20;

/// The most steps, or refinements of the mesh, on the way to a geodesic between ends far apart.
const MOST_RELAXATIONS: usize = 400;

/// The most nodes of a mesh.
const MOST_NODES: usize = 2048;

/// What rounding is granted to a length, relative to it.
const ROUNDING: f64 = 16.0 * f64::EPSILON;
