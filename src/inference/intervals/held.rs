//! Slices on which some parameters are held fast.

use super::function::Expansion;
use super::slice::{Slice, Summit, Terrain, supremum};
use crate::error::Error;
use crate::inference::objective::Restricted;
use nalgebra::{DMatrix, DVector};

/// Parameters that move together along a straight line in coordinates without bounds, all others being free.
pub(super) struct Held<'a> {
    pub terrain: &'a Terrain<'a>,
    /// Which are held.
    pub places: Vec<usize>,
    /// Their coordinates at t = 0 …
    pub origin: Vec<f64>,
    /// … and by how much they change with t.
    pub direction: Vec<f64>,
}

impl Held<'_> {
    /// The maximum with the held parameters at the values that they have in `theta`.
    pub fn summit(&self, t: f64, mut theta: Vec<f64>) -> Result<Summit, Error> {
        let Terrain { objective, coordinates } = self.terrain;
        let free: Vec<usize> = (0..theta.len()).filter(|i| !self.places.contains(i)).collect();
        if !free.is_empty() {
            let rest = Restricted::new(*objective, &theta, free);
            theta = rest.all(&supremum(&rest, &rest.free(&theta))?);
        }
        let local = objective.at(&theta)?;
        let constraint = |&place: &usize| {
            let gradient = DVector::from_fn(theta.len(), |i, _| f64::from(u8::from(i == place)));
            (Expansion { value: theta[place], gradient, hessian: DMatrix::zeros(theta.len(), theta.len()) }, 0.0)
        };
        let constraints: Vec<_> = self.places.iter().map(constraint).collect();
        let speed = |k: usize| self.direction[k] * coordinates.get(self.places[k]).slopes(theta[self.places[k]]).0;
        let change: Vec<f64> = (0..self.places.len()).map(speed).collect();
        let tangent = self.terrain.tangent(&theta, &local, &constraints, &change);
        Ok(Summit {
            t,
            value: local.value,
            slope: self.places.iter().zip(&change).map(|(&place, change)| local.gradient[place] * change).sum(),
            tangent: tangent.unwrap_or_else(|| DVector::zeros(theta.len())),
            theta,
        })
    }
}

impl Slice for Held<'_> {
    fn maximum(&self, t: f64, near: &Summit) -> Result<Summit, Error> {
        let from = |mut theta: Vec<f64>| {
            for (k, &place) in self.places.iter().enumerate() {
                let phi = self.origin[k] + t * self.direction[k];
                theta[place] = self.terrain.coordinates.get(place).parameter(phi);
            }
            self.summit(t, theta)
        };
        // What is predicted need not be a point where the model has a value.
        from(self.terrain.predict(t, near)).or_else(|_| from(near.theta.clone()))
    }
}
