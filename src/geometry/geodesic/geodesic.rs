//! A geodesic, with what is known about its errors.

use super::boundary::{Connected, connect, integral, length};
use super::chart::{Chart, shifted, slopes};
use super::lobatto::interpolation;
use super::path::locate;
use super::variation::Variation;
use crate::coordinate::Coordinate;
use crate::error::Error;
use crate::expectation::Estimate;
use crate::geometry::Manifold;
use nalgebra::{DMatrix, DVector};

/// A point of a manifold and a tangent vector there.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Tangent {
    /// The coordinates of the point.
    pub point: Vec<f64>,
    /// The components of the vector.
    pub vector: Vec<f64>,
}

#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Geodesic {
    pub(super) names: Vec<String>,
    pub(super) coordinates: Vec<Coordinate>,
    pub(super) base: Vec<f64>,
    pub(super) breaks: Vec<f64>,
    pub(super) nodes: Vec<f64>,
    pub(super) displacement: Vec<DMatrix<f64>>,
    pub(super) velocity: Vec<DMatrix<f64>>,
    pub length: Estimate,
    pub energy_drift: f64,
    pub residual: f64,
    pub evaluations: usize,
}

impl Geodesic {
    pub fn between(manifold: &dyn Manifold, from: &[f64], to: &[f64]) -> Result<Self, Error> {
        let chart = Chart::new(manifold, from)?;
        let connected = connect(&chart, to)?;
        Ok(Self::of(chart, connected))
    }

    fn of(chart: Chart<'_>, connected: Connected) -> Self {
        let Connected { path, variation, truncation, evaluations } = connected;
        let total = length(&variation, &path);
        let drift = variation.speeds().fold(0.0_f64, |worst, speed| worst.max((speed / total - 1.0).abs()));
        let metric = integral(&variation, &path, |piece| &piece.speed_error);
        let error = metric + total * (drift + truncation) ;
        Self {
            residual: variation.largest_residual() / total,
            length: Estimate::new(total, error),
            energy_drift: drift,
            velocity: variation.pieces.iter().map(|piece| DMatrix::from_columns(&piece.velocity)).collect(),
            names: chart.names,
            coordinates: chart.coordinates,
            base: chart.base,
            breaks: path.breaks,
            nodes: path.rule.nodes,
            displacement: path.pieces,
            evaluations,
        }
    }
    pub fn pieces(&self) -> usize { self.displacement.len() }
}

pub fn distance(manifold: &dyn Manifold, from: &[f64], to: &[f64]) -> Result<Estimate, Error> {
    Ok(Geodesic::between(manifold, from, to)?.length)
}
