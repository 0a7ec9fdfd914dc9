//! Curvature at a point: the Riemann tensor and what is made of it.

use super::Connection;
use crate::error::{Error, check_length};
use crate::expectation::Estimate;
use crate::information::MatrixEstimate;
use nalgebra::{DMatrix, DVector};

/// The curvature tensor of a connection at a point, with the metric and the connection there.
///
/// ```math
/// R_{ijkl} = g\bigl( R(\partial_i, \partial_j)\, \partial_k,\ \partial_l \bigr), \qquad
/// R(X, Y) = \nabla_X \nabla_Y - \nabla_Y \nabla_X - \nabla_{[X, Y]}
/// ```
///
/// With this sign a sphere is positively curved: the sectional curvature of the plane of u and v is
///
/// ```math
/// K(u, v) = \frac{R(u, v, v, u)}{g(u, u)\, g(v, v) - g(u, v)^2}
/// ```
///
/// ```
/// use fisher_information::{distributions::Normal, geometry::{FisherMetric, Manifold}};
///
/// let at = FisherMetric::of(&Normal).curvature(&[1.0, 3.0])?;
/// assert!((at.gaussian()?.value + 0.5).abs() < 1e-15);        // a hyperbolic plane
/// assert!((at.scalar().value + 1.0).abs() < 1e-15);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Lee, *Introduction to Riemannian Manifolds*, 2nd ed. (2018), chapters 7 and 8; Amari and Nagaoka, *Methods of Information
/// Geometry* (2000), section 1.6.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Curvature {
    connection: Connection,
    /// Rᵢⱼₖₗ, the last index fastest.
    riemann: Vec<Estimate>,
}

impl Curvature {
    /// The curvature of a connection from the antisymmetrised derivatives of its symbols, C(i, j, k, l) = ∂ᵢΓⱼₖ,ₗ − ∂ⱼΓᵢₖ,ₗ:
    ///
    /// ```math
    /// R_{ijkl} = C_{ijkl} - \sum_{m,n} g^{mn} \left( \Gamma_{jk,m} \Gamma^*_{il,n} - \Gamma_{ik,m} \Gamma^*_{jl,n} \right)
    /// ```
    ///
    /// where Γ* is the dual connection, ∂ᵢgⱼₖ = Γᵢⱼ,ₖ + Γ*ᵢₖ,ⱼ; a Levi-Civita connection is its own dual.
    pub(super) fn new(
        connection: Connection,
        dual: &Connection,
        derivatives: impl Fn(usize, usize, usize, usize) -> Estimate,
    ) -> Self {
        let size = connection.dimension();
        let products = Products::new(&connection, dual);
        let mut riemann = vec![Estimate::new(0.0, 0.0); size.pow(4)];
        for i in 0..size {
            for j in 0..size {
                for k in 0..size {
                    for l in 0..size {
                        let c = derivatives(i, j, k, l);
                        let (minus, plus) = (products.at(j, k, i, l), products.at(i, k, j, l));
                        riemann[index(size, [i, j, k, l])] =
                            Estimate::new(c.value - minus.value + plus.value, c.error + minus.error + plus.error);
                    }
                }
            }
        }
        Self { connection, riemann }
    }

    /// The curvature with this tensor Rᵢⱼₖₗ, for manifolds that are no model.
    #[must_use]
    pub fn with_tensor(connection: Connection, entry: impl Fn(usize, usize, usize, usize) -> Estimate) -> Self {
        let size = connection.dimension();
        let entries = (0..size.pow(4)).map(|place| {
            let [i, j, k, l] = indices(size, place);
            entry(i, j, k, l)
        });
        Self { riemann: entries.collect(), connection }
    }

    /// The metric and the connection.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Rᵢⱼₖₗ with its error.
    ///
    /// # Panics
    /// If there are not so many coordinates.
    #[must_use]
    pub fn riemann(&self, i: usize, j: usize, k: usize, l: usize) -> Estimate {
        self.riemann[index(self.connection.dimension(), [i, j, k, l])]
    }

    /// The matrix of J ↦ R(J, v)v, which bends geodesics that start side by side: D²J/dt² = −R(J, ẋ)ẋ.
    #[must_use]
    pub fn tidal(&self, v: &DVector<f64>) -> DMatrix<f64> {
        let size = v.len();
        let lowered = DMatrix::from_fn(size, size, |l, i| {
            let mut sum = 0.0;
            for j in 0..size {
                for k in 0..size {
                    sum += self.riemann(i, j, k, l).value * v[j] * v[k];
                }
            }
            sum
        });
        self.connection.inverse_metric() * lowered
    }

    /// K(u, v), the sectional curvature of the plane of two tangent vectors.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`]; [`Error::NoPlane`] if the vectors do not span a plane.
    pub fn sectional(&self, u: &[f64], v: &[f64]) -> Result<Estimate, Error> {
        let size = self.connection.dimension();
        check_length("components of a tangent vector", size, u.len())?;
        check_length("components of a tangent vector", size, v.len())?;
        let metric = self.connection.metric();
        let form = |a: &[f64], b: &[f64]| {
            let mut sum = Estimate::new(0.0, 0.0);
            for (i, a) in a.iter().enumerate() {
                for (j, b) in b.iter().enumerate() {
                    sum.value += metric.matrix[(i, j)] * a * b;
                    sum.error += metric.error[(i, j)] * (a * b).abs();
                }
            }
            sum
        };
        let (uu, vv, uv) = (form(u, u), form(v, v), form(u, v));
        let area = uu.value * vv.value - uv.value * uv.value;
        if area.is_nan() || area <= FLAT * uu.value * vv.value {
            return Err(Error::NoPlane { u: u.to_vec(), v: v.to_vec() });
        }
        let area_error = uu.error * vv.value + uu.value * vv.error + 2.0 * uv.value.abs() * uv.error;
        let mut sum = Estimate::new(0.0, 0.0);
        for (place, entry) in self.riemann.iter().enumerate() {
            let [i, j, k, l] = indices(size, place);
            let weight = u[i] * v[j] * v[k] * u[l];
            sum.value += entry.value * weight;
            sum.error += (entry.error + 2.0 * f64::EPSILON * entry.value.abs()) * weight.abs();
        }
        let value = sum.value / area;
        Ok(Estimate::new(value, (sum.error + value.abs() * area_error) / area))
    }

    /// The Gaussian curvature of a surface: the sectional curvature of its only plane.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if there are not two coordinates.
    pub fn gaussian(&self) -> Result<Estimate, Error> {
        check_length("coordinates of a surface", 2, self.connection.dimension())?;
        self.sectional(&[1.0, 0.0], &[0.0, 1.0])
    }

    /// The Ricci tensor Rⱼₖ = Σ gⁱˡ Rᵢⱼₖₗ.
    #[must_use]
    pub fn ricci(&self) -> MatrixEstimate {
        let size = self.connection.dimension();
        let (inverse, inverse_error) = (self.connection.inverse_metric(), self.inverse_error());
        let mut ricci = MatrixEstimate { matrix: DMatrix::zeros(size, size), error: DMatrix::zeros(size, size) };
        for (place, entry) in self.riemann.iter().enumerate() {
            let [i, j, k, l] = indices(size, place);
            ricci.matrix[(j, k)] += inverse[(i, l)] * entry.value;
            ricci.error[(j, k)] += inverse[(i, l)].abs() * entry.error + inverse_error[(i, l)] * entry.value.abs();
        }
        ricci
    }

    /// The scalar curvature Σ gʲᵏ Rⱼₖ: twice the Gaussian curvature of a surface.
    #[must_use]
    pub fn scalar(&self) -> Estimate {
        let (ricci, inverse, inverse_error) = (self.ricci(), self.connection.inverse_metric(), self.inverse_error());
        let error = inverse.abs().dot(&ricci.error) + inverse_error.dot(&ricci.matrix.abs());
        Estimate::new(inverse.dot(&ricci.matrix), error)
    }

    /// |g⁻¹| E |g⁻¹| to first order, with the rounding of the inverse.
    fn inverse_error(&self) -> DMatrix<f64> {
        inverse_error(&self.connection)
    }
}

/// What the errors of a metric and rounding make of its inverse, to first order.
fn inverse_error(connection: &Connection) -> DMatrix<f64> {
    let (inverse, metric) = (connection.inverse_metric().abs(), connection.metric());
    let entries = &metric.error + metric.matrix.abs() * (2.0 * f64::EPSILON);
    &inverse * entries * &inverse
}

/// Σ gᵐⁿ Γₐᵦ,ₘ Γ*꜀ᵤ,ₙ with its error.
struct Products<'a> {
    connection: &'a Connection,
    dual: &'a Connection,
    inverse_error: DMatrix<f64>,
}

impl<'a> Products<'a> {
    fn new(connection: &'a Connection, dual: &'a Connection) -> Self {
        Self { connection, dual, inverse_error: inverse_error(connection) }
    }

    fn at(&self, a: usize, b: usize, c: usize, d: usize) -> Estimate {
        let size = self.connection.dimension();
        let inverse = self.connection.inverse_metric();
        let mut sum = Estimate::new(0.0, 0.0);
        for m in 0..size {
            let left = self.connection.first_kind(a, b, m);
            for n in 0..size {
                let right = self.dual.first_kind(c, d, n);
                let weight = inverse[(m, n)];
                sum.value += weight * left.value * right.value;
                sum.error += weight.abs() * (left.error * right.value.abs() + left.value.abs() * right.error)
                    + self.inverse_error[(m, n)] * (left.value * right.value).abs();
            }
        }
        sum
    }
}

/// Where an entry of the curvature tensor stands.
fn index(size: usize, [i, j, k, l]: [usize; 4]) -> usize {
    ((i * size + j) * size + k) * size + l
}

/// The indices of the entry that stands in this place.
fn indices(size: usize, place: usize) -> [usize; 4] {
    [place / size.pow(3), place / size.pow(2) % size, place / size % size, place % size]
}

/// Two vectors whose squared sine is smaller do not span a plane.
const FLAT: f64 = 1e-14;
