//! A connection at a point: Christoffel symbols.

use crate::error::{Error, check_length};
use crate::expectation::{Estimate, Provenance};
use crate::information::{Expected, Information, MatrixEstimate};
use crate::model::{Parameter, names};
use nalgebra::{DMatrix, DVector};

/// A metric g and the Christoffel symbols of a torsion-free connection at a point.
///
/// ```math
/// \nabla_{\partial_i} \partial_j = \sum_k \Gamma^k_{ij}\, \partial_k, \qquad
/// \Gamma_{ij,k} = \sum_l \Gamma^l_{ij}\, g_{lk}
/// ```
///
/// For the Levi-Civita connection of the metric
///
/// ```math
/// \Gamma_{ij,k} = \tfrac12 \left( \partial_i g_{jk} + \partial_j g_{ik} - \partial_k g_{ij} \right)
/// ```
///
/// ```
/// use fisher_information::{distributions::Normal, geometry::{FisherMetric, Manifold}};
///
/// let at = FisherMetric::of(&Normal).connection(&[0.0, 2.0])?;
/// let symbols = [(0, 0, 1, 0.25), (0, 1, 0, -0.5), (1, 1, 1, -0.5)];     // Γ^σ_μμ = 1/2σ, Γ^μ_μσ = Γ^σ_σσ = −1/σ
/// assert!(symbols.iter().all(|&(i, j, k, symbol)| (at.second_kind(i, j, k) - symbol).abs() < 1e-15));
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Amari and Nagaoka, *Methods of Information Geometry* (2000), sections 1.5, 1.10 and 2.3.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Connection {
    names: Vec<String>,
    metric: MatrixEstimate,
    inverse: DMatrix<f64>,
    /// Element k is the symmetric matrix Γᵢⱼ,ₖ.
    first_kind: Vec<DMatrix<f64>>,
    /// The absolute errors of those.
    error: Vec<DMatrix<f64>>,
    /// Element k is the symmetric matrix Γᵏᵢⱼ.
    second_kind: Vec<DMatrix<f64>>,
    provenance: Provenance,
}

impl Connection {
    /// The connection with these Christoffel symbols of the first kind: element k is the symmetric matrix of Γᵢⱼ,ₖ over i and j,
    /// with an error for each.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`]; [`Error::DerivativeNotFinite`] of a symbol; [`Error::EntryNotFinite`], [`Error::Singular`] or
    /// [`Error::NotPositiveDefinite`] of the metric.
    pub fn new(
        parameters: Vec<Parameter>,
        metric: MatrixEstimate,
        first_kind: Vec<DMatrix<f64>>,
        error: Vec<DMatrix<f64>>,
    ) -> Result<Self, Error> {
        let names = names(parameters);
        let size = names.len();
        check_length("matrices of Christoffel symbols", size, first_kind.len())?;
        check_length("matrices of their errors", size, error.len())?;
        for matrix in [&metric.matrix, &metric.error].into_iter().chain(&first_kind).chain(&error) {
            check_length("rows of a matrix", size, matrix.nrows())?;
            check_length("columns of a matrix", size, matrix.ncols())?;
        }
        for matrix in &first_kind {
            if let Some(place) = matrix.iter().position(|entry| !entry.is_finite()) {
                let (row, column) = (place % size, place / size);
                let value = matrix[(row, column)];
                return Err(Error::DerivativeNotFinite { what: "metric", row, column, value });
            }
        }
        let inverse = inverse(&names, &metric)?;
        let raised =
            |k: usize| (0..size).fold(DMatrix::zeros(size, size), |sum, l| sum + &first_kind[l] * inverse[(k, l)]);
        let second_kind = (0..size).map(raised).collect();
        Ok(Self { names, metric, inverse, first_kind, error, second_kind, provenance: Provenance::Derived })
    }

    /// The same, with how it was obtained; without it, by computation from other results.
    #[must_use]
    pub fn obtained(self, provenance: Provenance) -> Self {
        Self { provenance, ..self }
    }

    /// How it was obtained. Of draws the errors are standard errors.
    #[must_use]
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// How many coordinates there are.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.names.len()
    }

    /// The names of the coordinates.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The metric with its errors.
    #[must_use]
    pub fn metric(&self) -> &MatrixEstimate {
        &self.metric
    }

    /// The inverse gⁱʲ of the metric.
    #[must_use]
    pub fn inverse_metric(&self) -> &DMatrix<f64> {
        &self.inverse
    }

    /// Γᵢⱼ,ₖ, the symbol of the first kind, with its error.
    ///
    /// # Panics
    /// If there are not so many coordinates.
    #[must_use]
    pub fn first_kind(&self, i: usize, j: usize, k: usize) -> Estimate {
        Estimate::new(self.first_kind[k][(i, j)], self.error[k][(i, j)])
    }

    /// Γᵏᵢⱼ, the symbol of the second kind.
    ///
    /// # Panics
    /// If there are not so many coordinates.
    #[must_use]
    pub fn second_kind(&self, i: usize, j: usize, k: usize) -> f64 {
        self.second_kind[k][(i, j)]
    }

    /// g(u, v) of two tangent vectors.
    #[must_use]
    pub fn inner_product(&self, u: &DVector<f64>, v: &DVector<f64>) -> f64 {
        u.dot(&(&self.metric.matrix * v))
    }

    /// Γ(u, v), the vector with components Γᵏᵢⱼ uⁱ vʲ. A geodesic x(t) fulfils ẍ = −Γ(ẋ, ẋ); a vector v carried along with it v̇ = −Γ(ẋ, v).
    #[must_use]
    pub fn product(&self, u: &DVector<f64>, v: &DVector<f64>) -> DVector<f64> {
        DVector::from_iterator(u.len(), self.second_kind.iter().map(|symbols| u.dot(&(symbols * v))))
    }

    /// The matrix of v ↦ Γ(u, v).
    #[must_use]
    pub fn along(&self, u: &DVector<f64>) -> DMatrix<f64> {
        let size = self.dimension();
        let rows = self.second_kind.iter().map(|symbols| symbols * u);
        let mut matrix = DMatrix::zeros(size, size);
        for (k, row) in rows.enumerate() {
            matrix.set_row(k, &row.transpose());
        }
        matrix
    }
}

/// The inverse of a metric. One that is singular within its errors is named by [`Information::inverse`].
fn inverse(names: &[String], metric: &MatrixEstimate) -> Result<DMatrix<f64>, Error> {
    let size = names.len();
    let scale = DVector::from_fn(size, |i, _| metric.matrix[(i, i)].sqrt().recip());
    let scaled = DMatrix::from_fn(size, size, |i, j| metric.matrix[(i, j)] * scale[i] * scale[j]);
    if let Some(factor) = scaled.cholesky()
        && (0..size).all(|i| factor.l_dirty()[(i, i)] > REGULAR)
    {
        let inverse = factor.inverse();
        return Ok(DMatrix::from_fn(size, size, |i, j| inverse[(i, j)] * scale[i] * scale[j]));
    }
    let information = Information::<Expected>::new(
        names.iter().cloned(),
        metric.matrix.clone(),
        metric.error.clone(),
        1.0,
        Provenance::Derived,
    )?;
    Ok(information.inverse()?.matrix().clone())
}

/// A pivot of a matrix with a unit diagonal that is safely not zero; below, its errors decide.
const REGULAR: f64 = 1e-4;
