//! An objective as a search sees it: in coordinates without bounds.

use super::coordinates::Coordinates;
use super::objective::{Local, Objective};
use super::search::Scheme;
use crate::error::Error;
use nalgebra::{DMatrix, DVector};

/// An objective in coordinates without bounds.
pub(super) struct Landscape<'a> {
    pub objective: &'a dyn Objective,
    pub coordinates: Coordinates,
}

/// A point of the search.
pub(super) struct Point {
    /// Its coordinates φ.
    pub phi: DVector<f64>,
    /// Its parameters θ.
    pub theta: Vec<f64>,
    /// The objective in the coordinates φ …
    pub local: Local,
    /// … and in the parameters θ.
    pub original: Local,
}

impl<'a> Landscape<'a> {
    pub fn new(objective: &'a dyn Objective) -> Self {
        let coordinates = Coordinates::of(objective.parameters().iter().map(|parameter| parameter.domain));
        Self { objective, coordinates }
    }

    /// φ of parameters that the model allows.
    pub fn coordinates_of(&self, theta: &[f64]) -> Result<DVector<f64>, Error> {
        for (parameter, &value) in self.objective.parameters().iter().zip(theta) {
            parameter.check(value)?;
        }
        Ok(DVector::from_vec(self.coordinates.of_parameters(theta)))
    }

    /// The objective at φ.
    pub fn at(&self, phi: DVector<f64>) -> Result<Point, Error> {
        let theta = self.coordinates.parameters(phi.as_slice());
        let original = self.objective.at(&theta)?;
        let local = self.coordinates.pull_back(&theta, original.clone());
        if let Some(row) = local.gradient.iter().position(|entry| !entry.is_finite()) {
            let value = local.gradient[row];
            return Err(Error::DerivativeNotFinite { what: "gradient", row, column: 0, value });
        }
        if let Some(place) = local.curvature.iter().position(|entry| !entry.is_finite()) {
            let (row, column) = (place % theta.len(), place / theta.len());
            return Err(Error::DerivativeNotFinite { what: "curvature", row, column, value: local.curvature[place] });
        }
        Ok(Point { phi, theta, local, original })
    }

    /// The matrix of a step.
    pub fn metric(&self, point: &Point, scheme: Scheme) -> Result<DMatrix<f64>, Error> {
        match scheme {
            Scheme::Newton => Ok(point.local.curvature.clone()),
            Scheme::Scoring => {
                let expected = self.objective.expected_curvature(&point.theta)?;
                Ok(self.coordinates.pull_back_metric(&point.theta, &expected))
            }
        }
    }

    /// The names of the parameters.
    pub fn names(&self) -> Vec<String> {
        self.objective.parameters().iter().map(|parameter| parameter.name.clone().into_owned()).collect()
    }

    /// The value at φ, if there is one.
    pub fn value(&self, phi: DVector<f64>) -> Option<f64> {
        self.at(phi).ok().map(|point| point.local.value.value)
    }
}
