//! A path of polynomial pieces.

use super::lobatto::Lobatto;
use nalgebra::{DMatrix, DVector};

/// A continuous path over \[0, 1\] in a chart: between any two breaks a polynomial, by its values at Chebyshev–Lobatto points.
#[derive(Clone)]
pub(super) struct Path {
    pub rule: Lobatto,
    /// Where the pieces begin and end.
    pub breaks: Vec<f64>,
    /// For every piece the displacements at its nodes, one a column.
    pub pieces: Vec<DMatrix<f64>>,
}

impl Path {
    /// The path that takes these values at the nodes.
    pub fn sampled(degree: usize, breaks: Vec<f64>, mut at: impl FnMut(f64) -> DVector<f64>) -> Self {
        let rule = Lobatto::new(degree);
        let columns = |ends: &[f64]| {
            let columns: Vec<DVector<f64>> = times(&rule, ends[0], ends[1]).map(&mut at).collect();
            DMatrix::from_columns(&columns)
        };
        let pieces = breaks.windows(2).map(columns).collect();
        Self { rule, breaks, pieces }
    }

    /// The same path by other pieces of another degree.
    pub fn resampled(&self, degree: usize, breaks: Vec<f64>) -> Self {
        Self::sampled(degree, breaks, |t| self.at(t))
    }

    /// The displacement at a time.
    pub fn at(&self, t: f64) -> DVector<f64> {
        let (piece, x) = locate(&self.breaks, t);
        &self.pieces[piece] * DVector::from_vec(self.rule.interpolation(x))
    }

    /// The displacement at the end.
    pub fn end(&self) -> DVector<f64> {
        let last = &self.pieces[self.pieces.len() - 1];
        last.column(last.ncols() - 1).into_owned()
    }

    /// How long a piece lasts.
    pub fn duration(&self, piece: usize) -> f64 {
        self.breaks[piece + 1] - self.breaks[piece]
    }

    /// The path moved by a field.
    pub fn moved(&self, field: &[DMatrix<f64>]) -> Self {
        let pieces = self.pieces.iter().zip(field).map(|(piece, by)| piece + by).collect();
        Self { pieces, ..self.clone() }
    }

    /// A field along the path in its place.
    pub fn with(&self, field: &[DMatrix<f64>]) -> Self {
        Self { pieces: field.to_vec(), ..self.clone() }
    }

    /// The breaks with these pieces cut in two.
    pub fn bisected(&self, cut: &[bool]) -> Vec<f64> {
        let mut breaks = vec![self.breaks[0]];
        for (ends, cut) in self.breaks.windows(2).zip(cut) {
            if *cut {
                breaks.push(0.5 * (ends[0] + ends[1]));
            }
            breaks.push(ends[1]);
        }
        breaks
    }

    /// The breaks without those between two halves of what was one piece, if both are in this list.
    pub fn merged(&self, list: &[bool]) -> Vec<f64> {
        let mut breaks = vec![self.breaks[0]];
        let mut piece = 0;
        while piece < self.pieces.len() {
            let (start, duration) = (self.breaks[piece], self.duration(piece));
            let halves = piece + 1 < self.pieces.len()
                && self.duration(piece + 1) == duration
                && (start / duration) % 2.0 == 0.0
                && list[piece]
                && list[piece + 1];
            piece += if halves { 2 } else { 1 };
            breaks.push(self.breaks[piece]);
        }
        breaks
    }
}

/// The times of the nodes between two breaks, the ends exactly.
fn times(rule: &Lobatto, start: f64, end: f64) -> impl Iterator<Item = f64> {
    rule.nodes.iter().map(move |x| 0.5 * ((1.0 - x) * start + (1.0 + x) * end))
}

/// The piece in which a time lies, and where in \[−1, 1\].
pub(super) fn locate(breaks: &[f64], t: f64) -> (usize, f64) {
    let piece = breaks.partition_point(|&end| end <= t).clamp(1, breaks.len() - 1) - 1;
    let (start, end) = (breaks[piece], breaks[piece + 1]);
    (piece, (((t - start) - (end - t)) / (end - start)).clamp(-1.0, 1.0))
}
