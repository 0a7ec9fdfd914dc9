//! Expectations over the positive vectors that sum to 1: the simplex is broken off a stick, piece by piece, which makes it the
//! whole of a space with one coordinate fewer.
//!
//! ```math
//! x_k = \Lambda(t_k) \prod_{j<k} \Lambda(-t_j), \qquad x_K = \prod_{j<K} \Lambda(-t_j), \qquad
//! \Lambda(t) = \frac{1}{1+e^{-t}}, \qquad
//! \Bigl|\frac{\partial(x_1, \dots, x_{K-1})}{\partial(t_1, \dots, t_{K-1})}\Bigr| = \prod_{k=1}^{K} x_k
//! ```
//!
//! Every coordinate, the last one too, is a product and keeps all its digits however small it is. A density that is unbounded
//! at a face, like xᵃ⁻¹ with a < 1, falls off like eᵃᵗ in the new coordinates.

use super::{Expectation, Integrand, Settings, cubature, mixed};
use crate::error::Error;
use crate::model::Support;
use crate::scalar::Scalar;

/// Part of the mass that may lie closer to a face than any number, relative to the highest density. The errors cover it.
const UNRESOLVED: f64 = 1e-6;

/// E\[g\] over the simplex with `parts` coordinates.
pub(crate) fn integrate(
    integrand: &mut dyn Integrand,
    parts: usize,
    settings: &Settings,
) -> Result<Expectation, Error> {
    if !(2..=4).contains(&parts) {
        return Err(Error::Unsupported { method: "quadrature over a simplex", needs: "two to four parts" });
    }
    let mut stick = Stick { integrand, x: vec![0.0; parts], peak: (f64::NEG_INFINITY, Vec::new()), beyond: Vec::new() };
    let found = if parts == 2 {
        mixed::integrate(&mut stick, &[Support::real()], settings)
    } else {
        cubature::integrate(&mut stick, &vec![Support::real(); parts - 1], settings)
    };
    if stick.is_unresolved() {
        return Err(Error::Unresolved { missing: stick.beyond[0].min(1.0) });
    }
    let mut found = found.map_err(|refusal| on_the_simplex(refusal, &stick.x))?;
    for (estimate, beyond) in found.mass.iter_mut().chain(&mut found.values).zip(&stick.beyond) {
        estimate.error += beyond;
    }
    Ok(found)
}

/// A refusal that names the last point evaluated, by its place on the simplex.
fn on_the_simplex(refusal: Error, x: &[f64]) -> Error {
    match refusal {
        Error::DensityNotFinite { value, .. } => Error::DensityNotFinite { at: x.to_vec(), value },
        Error::StatisticNotFinite { component, value, .. } => {
            Error::StatisticNotFinite { component, at: x.to_vec(), value }
        }
        other => other,
    }
}

/// A function of the coordinates of the simplex as a function of t.
struct Stick<'a> {
    integrand: &'a mut dyn Integrand,
    x: Vec<f64>,
    /// The greatest height so far, and the x it is at.
    peak: (f64, Vec<f64>),
    /// What [`beyond_the_faces`](Self::beyond_the_faces) found; empty before the peak is known.
    beyond: Vec<f64>,
}

impl Stick<'_> {
    /// Sets x and returns ln |∂x/∂t|; `None` if a coordinate is too small for a number with all its digits.
    fn place(&mut self, t: &[f64]) -> Option<f64> {
        let mut rest = 1.0;
        let (last, first) = self.x.split_last_mut()?;
        for (x, &t) in first.iter_mut().zip(t) {
            *x = rest * Scalar::logistic(t);
            rest *= Scalar::logistic(-t);
        }
        *last = rest;
        self.ln_slope()
    }

    fn ln_slope(&self) -> Option<f64> {
        let resolved = self.x.iter().all(|&x| x >= f64::MIN_POSITIVE);
        resolved.then(|| self.x.iter().map(|x| x.ln()).sum())
    }

    /// Remembers the highest point, and passes its height on.
    fn height(&mut self, ln_f: f64, ln_slope: f64) -> f64 {
        let height = ln_f + ln_slope;
        if height > self.peak.0 {
            self.peak.0 = height;
            self.peak.1.clone_from(&self.x);
        }
        height
    }

    /// About how much of the mass, and of every component, lies beyond the smallest numbers, closer to the faces: what is seen
    /// where a coordinate is the smallest number and the others are as at the peak.
    fn beyond_the_faces(&mut self) -> Vec<f64> {
        let mut values = vec![0.0; self.integrand.dimension()];
        let mut beyond = vec![0.0; values.len() + 1];
        let (top, peak) = self.peak.clone();
        for (face, &at_peak) in peak.iter().enumerate() {
            self.x.iter_mut().zip(&peak).for_each(|(x, peak)| *x = peak / (1.0 - at_peak));
            self.x[face] = f64::MIN_POSITIVE;
            let Some(ln_slope) = self.ln_slope() else { continue };
            let weight = 4.0 * (self.integrand.evaluate(&self.x, &mut values) + ln_slope - top).exp();
            if weight > 0.0 {
                beyond[0] += weight;
                beyond[1..].iter_mut().zip(&values).for_each(|(beyond, value)| *beyond += weight * value.abs());
            }
        }
        beyond
    }

    fn is_unresolved(&self) -> bool {
        self.beyond.first().is_some_and(|mass| *mass > UNRESOLVED)
    }
}

impl Integrand for Stick<'_> {
    fn dimension(&self) -> usize {
        self.integrand.dimension()
    }

    fn evaluate(&mut self, t: &[f64], values: &mut [f64]) -> f64 {
        // The engines look for the peak by the log-density alone, before they evaluate anything.
        if self.beyond.is_empty() {
            self.beyond = self.beyond_the_faces();
        }
        if self.is_unresolved() {
            return f64::NAN;
        }
        let Some(ln_slope) = self.place(t) else { return f64::NEG_INFINITY };
        let ln_f = self.integrand.evaluate(&self.x, values);
        self.height(ln_f, ln_slope)
    }

    fn evaluate_all(&mut self, points: &[f64], ln_densities: &mut [f64], values: &mut [f64]) {
        if self.beyond.is_empty() {
            self.beyond = self.beyond_the_faces();
        }
        if self.is_unresolved() {
            return ln_densities.fill(f64::NAN);
        }
        let count = ln_densities.len();
        let coordinates = (points.len() / count.max(1)).max(1);
        let mut places = Vec::with_capacity(count);
        let mut slopes = Vec::with_capacity(count);
        for point in points.chunks_exact(coordinates) {
            // Where a part has no number left nothing is asked of the values.
            slopes.push(self.place(point));
            places.extend_from_slice(&self.x);
        }
        self.integrand.evaluate_all(&places, ln_densities, values);
        for ((ln_density, slope), x) in ln_densities.iter_mut().zip(slopes).zip(places.chunks_exact(self.x.len())) {
            self.x.copy_from_slice(x);
            *ln_density = slope.map_or(f64::NEG_INFINITY, |slope| self.height(*ln_density, slope));
        }
    }

    fn ln_density(&mut self, t: &[f64]) -> f64 {
        let Some(ln_slope) = self.place(t) else { return f64::NEG_INFINITY };
        let ln_f = self.integrand.ln_density(&self.x);
        self.height(ln_f, ln_slope)
    }

    fn scales(&self, magnitudes: &mut [f64]) {
        self.integrand.scales(magnitudes);
    }
}
