//! Indicatrices: what the metric takes for a circle.

use super::{Colour, Plane};
use crate::error::Error;
use crate::geometry::Manifold;
use nalgebra::{Cholesky, DMatrix, DVector};
use std::f64::consts::TAU;

impl Plane {
    /// Ellipses {θ + v : g(v, v) = r²} about the points of a grid of so many columns and rows: the points at distance r from the middle,
    /// to first order. All are of equal size to the metric; where they look small, distances are large.
    ///
    /// # Errors
    /// [`Error::ParameterCount`] if the manifold has not two coordinates; [`Error::InvalidRadius`]; those of the metric.
    pub fn indicatrices(
        &mut self,
        manifold: &dyn Manifold,
        radius: f64,
        (columns, rows): (u32, u32),
    ) -> Result<&mut Self, Error> {
        if !(radius.is_finite() && radius > 0.0) {
            return Err(Error::InvalidRadius { value: radius });
        }
        let [across, up] = self.ranges().map(Clone::clone);
        let centre = |range: &std::ops::Range<f64>, place: u32, of: u32| {
            range.start + (range.end - range.start) * (f64::from(place) + 0.5) / f64::from(of)
        };
        for column in 0..columns {
            for row in 0..rows {
                let middle = [centre(&across, column, columns), centre(&up, row, rows)];
                let ellipse = indicatrix(manifold, middle, radius)?;
                self.line(ellipse, Colour::Grey, 3)?;
            }
        }
        Ok(self)
    }
}

/// The points θ + v with g(v, v) = r².
fn indicatrix(manifold: &dyn Manifold, middle: [f64; 2], radius: f64) -> Result<Vec<[f64; 2]>, Error> {
    let metric = manifold.metric(&middle)?.matrix;
    if metric.nrows() != 2 {
        return Err(Error::ParameterCount { expected: 2, found: metric.nrows() });
    }
    // g = LLᵀ, so v = r L⁻ᵀ(cos t, sin t)
    let factor = Cholesky::new(metric).map_or_else(|| DMatrix::from_element(2, 2, f64::NAN), |factor| factor.l());
    let point = |step: u32| {
        let angle = TAU * f64::from(step) / f64::from(STEPS);
        let unit = DVector::from_vec(vec![radius * angle.cos(), radius * angle.sin()]);
        let v = factor.tr_solve_lower_triangular(&unit);
        v.map_or([f64::NAN; 2], |v| [middle[0] + v[0], middle[1] + v[1]])
    };
    Ok((0..=STEPS).map(point).collect())
}

/// How many pieces an ellipse has.
const STEPS: u32 = 48;
