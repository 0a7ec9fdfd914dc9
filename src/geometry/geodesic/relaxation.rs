//! The way from a line that is far from any geodesic to the neighbourhood of one.

use super::boundary::{MOST_NODES, Search, step};
use super::measure::{length, tails};
use super::path::Path;
use nalgebra::{DMatrix, DVector};

impl Search<'_, '_> {
    /// Newton's method on the length, step by step no farther than the curvature lets the linear equation hold, on a mesh that follows the
    /// steps: for ends so far apart that the straight line is no start. Ends near a geodesic.
    pub fn relax(&mut self, mut path: Path) -> Option<Path> {
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
                if radius <= 1e-6 {
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
}

/// On the way to a geodesic the mesh follows path and steps to this share of a step.
const FOLLOWED: f64 = 0.03;

/// The most steps, or refinements of the mesh, on the way to a geodesic between ends far apart.
const MOST_RELAXATIONS: usize = 400;
