//! How long a path is, and how well its polynomials follow it.

use super::boundary::Connected;
use super::path::Path;
use super::variation::{Piece, Variation};
use crate::expectation::Estimate;
use nalgebra::DMatrix;

/// ∫ |γ′| dt
pub(super) fn length(variation: &Variation, path: &Path) -> f64 {
    integral(variation, path, |piece| &piece.speed)
}

/// The length with its error: of the speed, which should be constant, of the metric, and of rounding.
pub(super) fn length_estimate(connected: &Connected) -> Estimate {
    let Connected { path, variation, truncation, last_step, .. } = connected;
    let total = length(variation, path);
    let metric = integral(variation, path, |piece| &piece.speed_error);
    let rounding = ROUNDING * (1.0 + path.end().amax().min(1.0));
    // a path that is off by ε is too long by ε²
    let path = speed_drift(connected, total) + truncation + last_step * last_step;
    Estimate::new(total, metric + total * (path + rounding))
}

/// By how much the speed differs from its mean, relative to it.
pub(super) fn speed_drift(connected: &Connected, mean: f64) -> f64 {
    let drifts = connected.variation.speeds().map(|speed| (speed / mean - 1.0).abs());
    // what is not a number stays
    drifts.fold(0.0, |worst: f64, drift| if drift <= worst { worst } else { drift + 0.0 * worst })
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
pub(super) fn tails(variation: &Variation, path: &Path, length: f64) -> Vec<f64> {
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

/// What rounding is granted to a length, relative to it.
const ROUNDING: f64 = 16.0 * f64::EPSILON;
