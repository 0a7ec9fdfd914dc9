//! A manifold in coordinates without bounds, measured from one of its points.

use crate::coordinate::Coordinate;
use crate::error::{Error, check_length};
use crate::geometry::{Connection, Curvature, Manifold};
use crate::model::names;
use nalgebra::{DMatrix, DVector};

/// Coordinates φ of the whole line for every parameter (its logarithm or logit where it has bounds), counted from a base point: so no step
/// crosses a bound, and points close to the base are told apart to full relative accuracy.
pub(super) struct Chart<'m> {
    pub manifold: &'m dyn Manifold,
    pub names: Vec<String>,
    pub base: Vec<f64>,
    pub coordinates: Vec<Coordinate>,
}

impl<'m> Chart<'m> {
    /// The chart around a point.
    ///
    /// # Errors
    /// Those of a point outside the manifold.
    pub fn new(manifold: &'m dyn Manifold, base: &[f64]) -> Result<Self, Error> {
        let parameters = manifold.coordinates(base)?;
        check_length("coordinates of a point", parameters.len(), base.len())?;
        let coordinates = parameters.iter().map(|parameter| Coordinate::of(parameter.domain)).collect();
        Ok(Self { manifold, names: names(parameters), base: base.to_vec(), coordinates })
    }

    pub fn dimension(&self) -> usize {
        self.base.len()
    }

    /// The displacement of a point from the base.
    ///
    /// # Errors
    /// Those of a point outside the manifold.
    pub fn displacement(&self, point: &[f64]) -> Result<DVector<f64>, Error> {
        check_length("coordinates of a point", self.dimension(), point.len())?;
        self.manifold.coordinates(point)?;
        Ok(self.displacement_of(point))
    }

    fn displacement_of(&self, point: &[f64]) -> DVector<f64> {
        let places = self.coordinates.iter().zip(&self.base).zip(point);
        DVector::from_iterator(point.len(), places.map(|((coordinate, &base), &to)| coordinate.difference(base, to)))
    }

    /// The displacement of the point that lies this share of the straight way to another, in the coordinates of the manifold.
    pub fn share_of_the_way(&self, to: &[f64], share: f64) -> DVector<f64> {
        let between: Vec<f64> = self.base.iter().zip(to).map(|(base, to)| base + share * (to - base)).collect();
        self.displacement_of(&between)
    }

    /// The point with this displacement.
    pub fn point(&self, displacement: &DVector<f64>) -> Vec<f64> {
        shifted(&self.coordinates, &self.base, displacement)
    }

    /// The connection at a displacement.
    ///
    /// # Errors
    /// Those of a point outside the manifold and of its metric.
    pub fn connection(&self, displacement: &DVector<f64>) -> Result<Local<Connection>, Error> {
        let point = self.point(displacement);
        Ok(self.local(&point, self.manifold.connection(&point)?))
    }

    /// The curvature at a displacement.
    ///
    /// # Errors
    /// Those of a point outside the manifold and of its metric.
    pub fn curvature(&self, displacement: &DVector<f64>) -> Result<Local<Curvature>, Error> {
        let point = self.point(displacement);
        Ok(self.local(&point, self.manifold.curvature(&point)?))
    }

    /// dθ/dφ at a point.
    pub fn slopes(&self, point: &[f64]) -> DVector<f64> {
        slopes(&self.coordinates, point)
    }

    fn local<G: AsRef<Connection>>(&self, point: &[f64], geometry: G) -> Local<G> {
        let bends = self.coordinates.iter().zip(point).map(|(coordinate, &theta)| coordinate.slopes(theta).1);
        Local { slopes: self.slopes(point), bends: DVector::from_iterator(point.len(), bends), geometry }
    }
}

/// The point at a displacement φ − φ(base).
pub(super) fn shifted(coordinates: &[Coordinate], base: &[f64], displacement: &DVector<f64>) -> Vec<f64> {
    let places = coordinates.iter().zip(base).zip(displacement.iter());
    places.map(|((coordinate, &base), &by)| coordinate.shifted(base, by)).collect()
}

/// dθ/dφ at a point.
pub(super) fn slopes(coordinates: &[Coordinate], point: &[f64]) -> DVector<f64> {
    let slopes = coordinates.iter().zip(point).map(|(coordinate, &theta)| coordinate.slopes(theta).0);
    DVector::from_iterator(point.len(), slopes)
}

/// What the geometry at a point is in the coordinates φ: with the slopes θ′ and θ″ of each, g, Γ and R transform as
///
/// ```math
/// g^\varphi(u, v) = g(\theta' u, \theta' v), \qquad
/// \Gamma^\varphi(u, v) = \frac{\Gamma(\theta' u, \theta' v) + \theta'' u v}{\theta'}, \qquad
/// R^\varphi(u, v) v = \frac{R(\theta' u, \theta' v)\, \theta' v}{\theta'}
/// ```
pub(super) struct Local<G> {
    slopes: DVector<f64>,
    bends: DVector<f64>,
    geometry: G,
}

impl<G: AsRef<Connection>> Local<G> {
    /// g(u, v)
    pub fn inner_product(&self, u: &DVector<f64>, v: &DVector<f64>) -> f64 {
        let (u, v) = (self.slopes.component_mul(u), self.slopes.component_mul(v));
        self.geometry.as_ref().inner_product(&u, &v)
    }

    /// √g(u, u)
    pub fn norm(&self, u: &DVector<f64>) -> f64 {
        let largest = u.amax();
        if largest == 0.0 {
            return 0.0;
        }
        // squares of small vectors would vanish
        let unit = u / largest;
        let squared = self.inner_product(&unit, &unit);
        // rounding may make it negative; what is not a number stays
        if squared < 0.0 { 0.0 } else { largest * squared.sqrt() }
    }

    /// By how much g(u, u) may be off, from the errors of the metric.
    pub fn norm_squared_error(&self, u: &DVector<f64>) -> f64 {
        let u = self.slopes.component_mul(u).abs();
        u.dot(&(&self.geometry.as_ref().metric().error * &u))
    }

    /// gᵢⱼ
    pub fn metric(&self) -> DMatrix<f64> {
        let metric = &self.geometry.as_ref().metric().matrix;
        DMatrix::from_fn(metric.nrows(), metric.ncols(), |i, j| metric[(i, j)] * self.slopes[i] * self.slopes[j])
    }

    /// The matrix of v ↦ Γ(u, v).
    pub fn along(&self, u: &DVector<f64>) -> DMatrix<f64> {
        let mut matrix = self.geometry.as_ref().along(&self.slopes.component_mul(u));
        for j in 0..u.len() {
            for i in 0..u.len() {
                matrix[(i, j)] *= self.slopes[j] / self.slopes[i];
            }
            matrix[(j, j)] += self.bends[j] * u[j] / self.slopes[j];
        }
        matrix
    }
}

impl Local<Curvature> {
    /// The matrix of J ↦ R(J, u)u.
    pub fn tidal(&self, u: &DVector<f64>) -> DMatrix<f64> {
        let matrix = self.geometry.tidal(&self.slopes.component_mul(u));
        DMatrix::from_fn(u.len(), u.len(), |i, j| matrix[(i, j)] * self.slopes[j] / self.slopes[i])
    }
}

impl AsRef<Self> for Connection {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl AsRef<Connection> for Curvature {
    fn as_ref(&self) -> &Connection {
        self.connection()
    }
}
