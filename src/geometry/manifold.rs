//! What geometry needs to know of a metric.

use super::{Connection, Curvature};
use crate::error::Error;
use crate::information::MatrixEstimate;
use crate::model::Parameter;

/// An open set of parameters with a Riemannian metric, known with its connection and its curvature at every point.
///
/// [`FisherMetric`](super::FisherMetric) is one for every model. Whatever else has a metric in coordinates may be one too: geodesics,
/// distances, means and transport are written for any.
pub trait Manifold: Sync {
    /// The coordinates of a point with their domains, after checking the point against them.
    ///
    /// # Errors
    /// [`Error::ParameterCount`], [`Error::ParameterOutsideDomain`] naming the coordinate, [`Error::ParametersOutsideDomain`].
    fn coordinates(&self, point: &[f64]) -> Result<Vec<Parameter>, Error>;

    /// The p × p metric gᵢⱼ with the errors of its entries.
    ///
    /// # Errors
    /// Points outside the manifold; a metric that has no value there.
    fn metric(&self, point: &[f64]) -> Result<MatrixEstimate, Error>;

    /// The metric and the Christoffel symbols of its Levi-Civita connection.
    ///
    /// # Errors
    /// As [`metric`](Self::metric); [`Error::Singular`] where the metric is.
    fn connection(&self, point: &[f64]) -> Result<Connection, Error>;

    /// The connection and the Riemann curvature tensor.
    ///
    /// # Errors
    /// As [`connection`](Self::connection).
    fn curvature(&self, point: &[f64]) -> Result<Curvature, Error>;
}
