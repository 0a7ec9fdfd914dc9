//! Conjugate points: whether a geodesic is shorter than the paths near it.

use super::path::Path;
use super::variation::Variation;
use nalgebra::DMatrix;
use std::f64::consts::PI;

impl Variation {
    /// How many points are conjugate to the start before the end: the number of negative eigenvalues of the index form
    ///
    /// ```math
    /// \int g(D_t J, D_t J) - g(R(J, \gamma')\, \gamma', J)\, dt
    /// ```
    ///
    /// on fields that vanish at the ends. There is none where no curvature along the path is above (π/length)² (Sturm, Rauch); else they
    /// are counted if there are not too many nodes.
    pub fn conjugate_points(&self, path: &Path) -> Option<usize> {
        let tidal = self.pieces.iter().flat_map(|piece| &piece.tidal);
        // the eigenvalues of a self-adjoint map are below the root of the sum of their squares
        let bound = tidal.map(|matrix| (matrix * matrix).trace().max(0.0).sqrt()).fold(0.0, f64::max);
        if bound < PI * PI {
            return Some(0);
        }
        let (size, degree) = (self.dimension, path.rule.degree());
        let inner = (self.pieces.len() * degree - 1) * size;
        if inner > MOST_COUNTED {
            return None;
        }
        let mut form = DMatrix::zeros(inner + 2 * size, inner + 2 * size);
        for (number, piece) in self.pieces.iter().enumerate() {
            let (first, length) = (number * degree * size, (degree + 1) * size);
            let rate = 2.0 / piece.duration;
            for k in 0..=degree {
                let mut derivative = DMatrix::zeros(size, length);
                for j in 0..=degree {
                    for c in 0..size {
                        derivative[(c, j * size + c)] = rate * path.rule.derivative[(k, j)];
                    }
                }
                let mut here = derivative.columns_mut(k * size, size);
                here += &piece.along[k];
                let metric = piece.local[k].metric();
                let weight = path.rule.weights[k] / rate;
                let mut place = form.view_mut((first, first), (length, length));
                place += derivative.transpose() * &metric * derivative * weight;
                let mut place = form.view_mut((first + k * size, first + k * size), (size, size));
                place -= metric * &piece.tidal[k] * weight;
            }
        }
        let form = form.view((size, size), (inner, inner)).into_owned();
        let symmetric = (&form + form.transpose()) * 0.5;
        Some(symmetric.symmetric_eigenvalues().iter().filter(|&&eigenvalue| eigenvalue < 0.0).count())
    }
}

/// Up to so many unknowns the conjugate points are counted.
const MOST_COUNTED: usize = 800;
