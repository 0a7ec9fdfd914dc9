//! The maximum of a likelihood on a slice through the parameter space, which moves along a path.

use super::function::Expansion;
use crate::error::Error;
use crate::expectation::Estimate;
use crate::inference::coordinates::Coordinates;
use crate::inference::objective::{Local, Objective};
use crate::inference::search::{self, SearchSettings};
use nalgebra::{DMatrix, DVector};

/// A family of slices, one for each t: at t = 0 the one through the maximum.
pub(super) trait Slice {
    /// The maximum on slice t, searched from a summit nearby.
    fn maximum(&self, t: f64, near: &Summit) -> Result<Summit, Error>;
}

/// The maximum on one slice.
#[derive(Clone, Debug)]
pub(super) struct Summit {
    pub t: f64,
    pub theta: Vec<f64>,
    /// The likelihood here …
    pub value: Estimate,
    /// … and its derivative along the path.
    pub slope: f64,
    /// dφ/dt, in coordinates without bounds.
    pub tangent: DVector<f64>,
}

/// A likelihood with coordinates without bounds.
pub(super) struct Terrain<'a> {
    pub objective: &'a dyn Objective,
    pub coordinates: Coordinates,
}

impl<'a> Terrain<'a> {
    pub fn new(objective: &'a dyn Objective) -> Self {
        let coordinates = Coordinates::of(objective.parameters().iter().map(|parameter| parameter.domain));
        Self { objective, coordinates }
    }

    /// Where slice t would have its maximum if all moved on as at a summit; as a start for the search it need not be right.
    pub fn predict(&self, t: f64, near: &Summit) -> Vec<f64> {
        let from = DVector::from_vec(self.coordinates.of_parameters(&near.theta));
        let ahead = &from + &near.tangent * (t - near.t);
        let usable = ahead.iter().all(|phi| phi.is_finite());
        self.coordinates.parameters(if usable { ahead.as_slice() } else { from.as_slice() })
    }

    /// How far along the path the likelihood falls by ½, to second order at its maximum; nothing if it does not fall but for rounding.
    pub fn standard_error(&self, top: &Summit) -> Result<Option<f64>, Error> {
        let local = self.coordinates.pull_back(&top.theta, self.objective.at(&top.theta)?);
        let curvature = top.tangent.dot(&(&local.curvature * &top.tangent));
        let size = top.tangent.abs().dot(&(local.curvature.abs() * top.tangent.abs()));
        Ok((curvature > ROUNDING * size).then(|| curvature.sqrt().recip()))
    }

    /// By how much the parameters move as constraints g(θ) = c with the given expansions do, on the slope of multipliers μ: from the
    /// equations for the maximum, M dθ + Gᵀdμ = 0 and G dθ = dc with M = A + Σ μ H.
    ///
    /// Nothing if they are singular, as where the likelihood is flat.
    pub fn tangent(
        &self,
        theta: &[f64],
        local: &Local,
        constraints: &[(Expansion, f64)],
        change: &[f64],
    ) -> Option<DVector<f64>> {
        let (size, count) = (theta.len(), constraints.len());
        let slope = |i: usize| self.coordinates.get(i).slopes(theta[i]).0;
        // In the coordinates of the search, where the entries are of like size.
        let mut matrix = DMatrix::zeros(size + count, size + count);
        let mut curvature = local.curvature.clone();
        for (expansion, multiplier) in constraints {
            curvature += &expansion.hessian * *multiplier;
        }
        for i in 0..size {
            for j in 0..size {
                matrix[(i, j)] = curvature[(i, j)] * slope(i) * slope(j);
            }
            for (k, (expansion, _)) in constraints.iter().enumerate() {
                let entry = expansion.gradient[i] * slope(i);
                (matrix[(size + k, i)], matrix[(i, size + k)]) = (entry, entry);
            }
        }
        let mut right = DVector::zeros(size + count);
        right.rows_mut(size, count).copy_from_slice(change);
        let solved = matrix.lu().solve(&right)?;
        solved.iter().all(|entry| entry.is_finite()).then(|| solved.rows(0, size).into_owned())
    }
}

/// Where the supremum on a slice is, or a point as near to it as rounding permits.
pub(super) fn supremum(objective: &dyn Objective, start: &[f64]) -> Result<Vec<f64>, Error> {
    let settings = SearchSettings { tolerance: TOLERANCE, ..SearchSettings::default() };
    match search::supremum(objective, start, &settings) {
        Ok(found) => Ok(found.theta),
        Err(Error::NoMaximum { values, standard_errors: Some(distance), .. }) if distance < NEAR => Ok(values),
        Err(reason) => Err(reason),
    }
}

/// Near enough for the value, which is wrong by half the square of it.
const TOLERANCE: f64 = 1e-6;

/// Near enough where rounding forbids more.
const NEAR: f64 = 1e-4;

/// A curvature smaller than this, relative to its terms, is none.
const ROUNDING: f64 = 1e-12;
