//! Eigenvalues, rank and null directions, decided against the errors of the entries.

use super::bounds::{self, EPSILON};
use super::combination::{Combination, echelon};
use super::labelled::Labelled;
use super::scaling::Scaled;
use crate::error::Error;
use crate::expectation::Estimate;
use nalgebra::{DMatrix, DVector};

/// The eigenvalues and eigenvectors of an information matrix scaled to a unit diagonal, S = D^(−1/2) I D^(−1/2).
///
/// Unlike those of the matrix itself they do not depend on the units of the parameters. The error of the eigenvalue of a unit
/// vector v is |v|ᵀ E |v|, with E the errors of S and a bound on the rounding of the decomposition: a matrix within
/// the errors has a quotient vᵀSv that is smaller by just that much. So an eigenvalue not above its error cannot be told from
/// zero, and the rank counts the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectrum {
    names: Vec<String>,
    scale: DVector<f64>,
    values: Vec<Estimate>,
    vectors: DMatrix<f64>,
    /// |v|ᵀE for every eigenvector: how far a matrix within the errors may carry it.
    drift: Vec<DVector<f64>>,
    error: DMatrix<f64>,
}

impl Spectrum {
    pub(super) fn of(entries: &Labelled) -> Self {
        let Scaled { scale, matrix, error } = Scaled::of(entries);
        let (values, vectors) = eigen(matrix);
        let drift: Vec<DVector<f64>> = vectors
            .column_iter()
            .map(|v| {
                let v = DMatrix::from_column_slice(v.len(), 1, v.abs().as_slice());
                bounds::product(&error, &v).column(0).into_owned()
            })
            .collect();
        let estimate = |(k, value): (usize, f64)| {
            let v = vectors.column(k);
            let error = v.iter().zip(drift[k].iter()).map(|(v, e)| bounds::times(v.abs(), *e)).sum();
            Estimate { value, error }
        };
        Self {
            values: values.into_iter().enumerate().map(estimate).collect(),
            names: entries.names().to_vec(),
            scale,
            vectors,
            drift,
            error,
        }
    }

    /// The p eigenvalues of S, in ascending order.
    #[must_use]
    pub fn values(&self) -> &[Estimate] {
        &self.values
    }

    /// The orthonormal eigenvectors of S, the columns of a p × p matrix, in the order of the values. In the units of the
    /// parameters, an eigenvector v is the direction D^(−1/2)v.
    #[must_use]
    pub fn vectors(&self) -> &DMatrix<f64> {
        &self.vectors
    }

    /// The square roots of the diagonal, D^(1/2), by which rows and columns were divided.
    #[must_use]
    pub fn scale(&self) -> &DVector<f64> {
        &self.scale
    }

    /// How many eigenvalues differ from zero by more than their errors.
    #[must_use]
    pub fn rank(&self) -> usize {
        self.values.len() - self.null().count()
    }

    /// How many eigenvalues exceed `tolerance` times the largest in size; for a caller who knows better than the errors.
    #[must_use]
    pub fn rank_within(&self, tolerance: f64) -> usize {
        let largest = self.values.iter().fold(0.0, |m: f64, e| m.max(e.value.abs()));
        self.values.iter().filter(|e| e.value.abs() > tolerance * largest).count()
    }

    /// Whether all eigenvalues exceed their errors.
    #[must_use]
    pub fn is_positive_definite(&self) -> bool {
        self.values.iter().all(|e| e.value > e.error)
    }

    /// The ratio of the largest eigenvalue to the smallest in size, ∞ if the rank is not full.
    #[must_use]
    pub fn condition_number(&self) -> f64 {
        let size = |pick: fn(f64, f64) -> f64, start| self.values.iter().fold(start, |m, e| pick(m, e.value.abs()));
        if self.null().next().is_some() { f64::INFINITY } else { size(f64::max, 0.0) / size(f64::min, f64::INFINITY) }
    }

    /// The directions δ with I δ = 0: the parameters may move along them and the log-likelihood does not notice.
    ///
    /// A basis with as few coefficients as elimination leaves.
    #[must_use]
    pub fn null_directions(&self) -> Vec<Combination> {
        self.directions(|k| self.is_null(k))
    }

    /// A basis of the linear functions g·θ that can be estimated: those that are constant along the null directions.
    #[must_use]
    pub fn estimable_combinations(&self) -> Vec<Combination> {
        let basis = self.rows(|k| !self.is_null(k));
        self.combinations(basis, |i, coefficient| coefficient * self.scale[i])
    }

    /// Eigenvector k as a direction, in names and in the units of the parameters.
    pub(crate) fn direction(&self, k: usize) -> Combination {
        let coefficients = self.vectors.column(k).iter().zip(self.scale.iter()).map(|(c, scale)| c / scale).collect();
        Combination::normalised(&self.names, coefficients)
    }

    /// gᵀI⁻¹g where g·θ is estimable, and ∞ where it is not.
    ///
    /// # Errors
    /// [`Error::NotPositiveDefinite`].
    pub(super) fn variance(&self, gradient: &DVector<f64>) -> Result<Estimate, Error> {
        self.check_not_negative()?;
        let h = gradient.component_div(&self.scale);
        let mut solution = DVector::zeros(h.len());
        let mut value = 0.0;
        for (k, eigenvalue) in self.values.iter().enumerate() {
            let v = self.vectors.column(k);
            let component = v.dot(&h);
            if !self.is_null(k) {
                value += component * component / eigenvalue.value;
                solution += v * (component / eigenvalue.value);
            } else if component.abs() > self.tolerance() * h.norm() {
                return Ok(Estimate::new(f64::INFINITY, 0.0));
            }
        }
        let solution = solution.abs();
        let rounding = bounds::rounding(2 * h.len()) * h.abs().dot(&solution);
        Ok(Estimate::new(value, bounds::form(&solution, &self.error, &solution) + rounding))
    }

    /// That the rank is full and no eigenvalue negative.
    pub(super) fn check_positive_definite(&self) -> Result<(), Error> {
        if self.is_positive_definite() { Ok(()) } else { Err(self.refusal()) }
    }

    /// That no eigenvalue is negative by more than its error.
    fn check_not_negative(&self) -> Result<(), Error> {
        match self.values.first() {
            Some(smallest) if smallest.value < -smallest.error => Err(Error::NotPositiveDefinite {
                direction: self.directions(|k| k == 0).iter().map(ToString::to_string).collect(),
                eigenvalue: smallest.value,
                error: smallest.error,
            }),
            _ => Ok(()),
        }
    }

    /// Why the matrix has no inverse. One whose factorisation failed although its eigenvalues exceed their errors is singular
    /// along the smallest.
    pub(super) fn refusal(&self) -> Error {
        if let Err(negative) = self.check_not_negative() {
            return negative;
        }
        let any = self.null().next().is_some();
        let directions = self.directions(|k| if any { self.is_null(k) } else { k == 0 });
        Error::Singular {
            rank: self.names.len() - directions.len(),
            parameters: self.names.len(),
            directions: directions.iter().map(ToString::to_string).collect(),
        }
    }

    fn is_null(&self, k: usize) -> bool {
        self.values[k].value.abs() <= self.values[k].error
    }

    fn null(&self) -> impl Iterator<Item = usize> {
        (0..self.values.len()).filter(|&k| self.is_null(k))
    }

    /// How far, at most, a null vector of a matrix within the errors may lean out of the null space found: the sine of the angle
    /// is at most ‖Ev‖ over the distance to the other eigenvalues.
    /// Source: Davis and Kahan, *The rotation of eigenvectors by a perturbation III*, SIAM J. Numer. Anal. 7 (1970),
    /// doi:10.1137/0707001.
    fn tolerance(&self) -> f64 {
        let gap = (0..self.values.len())
            .filter(|&k| !self.is_null(k))
            .fold(1.0, |gap: f64, k| gap.min(self.values[k].value.abs()));
        let drift = self.null().fold(0.0, |drift: f64, k| drift.max(self.drift[k].norm()));
        (2.0 * drift / gap).clamp(TINY, LARGE)
    }

    /// The simplest basis of the span of the chosen eigenvectors, as directions.
    fn directions(&self, chosen: impl Fn(usize) -> bool) -> Vec<Combination> {
        self.combinations(self.rows(chosen), |i, coefficient| coefficient / self.scale[i])
    }

    /// The chosen eigenvectors as rows.
    fn rows(&self, chosen: impl Fn(usize) -> bool) -> Vec<Vec<f64>> {
        let columns = (0..self.values.len()).filter(|&k| chosen(k));
        columns.map(|k| self.vectors.column(k).iter().copied().collect()).collect()
    }

    /// The simplest basis of the span of the rows, in the units of the parameters.
    fn combinations(&self, rows: Vec<Vec<f64>>, unscale: impl Fn(usize, f64) -> f64) -> Vec<Combination> {
        let basis = echelon(rows, self.tolerance()).into_iter();
        basis
            .map(|row| {
                let coefficients = row.into_iter().enumerate().map(|(i, c)| unscale(i, c)).collect();
                Combination::normalised(&self.names, coefficients)
            })
            .collect()
    }
}

/// The least share of a unit vector that counts as more than rounding.
const TINY: f64 = 1e-10;

/// The largest share of a unit vector that errors may explain away.
const LARGE: f64 = 0.1;

/// The eigenvalues, ascending, and the eigenvectors of a symmetric matrix with entries of at most 1, by Jacobi's method.
///
/// It finds small eigenvalues of a positive definite matrix of unit diagonal to a relative accuracy that no method based
/// on a tridiagonal form reaches, and it cannot fail.
/// Source: Demmel and Veselić, *Jacobi's method is more accurate than QR*, SIAM J. Matrix Anal. Appl. 13 (1992),
/// doi:10.1137/0613074.
pub(crate) fn eigen(mut a: DMatrix<f64>) -> (Vec<f64>, DMatrix<f64>) {
    let size = a.nrows();
    let mut vectors = DMatrix::identity(size, size);
    for _ in 0..SWEEPS {
        let mut rotated = false;
        for i in 1..size {
            for j in 0..i {
                let off = a[(i, j)].abs();
                let small = EPSILON * (a[(i, i)].abs() * a[(j, j)].abs()).sqrt();
                if off > small.max(NEGLIGIBLE) {
                    rotate(&mut a, &mut vectors, j, i);
                    rotated = true;
                }
            }
        }
        if !rotated {
            break;
        }
    }
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by(|&i, &j| a[(i, i)].total_cmp(&a[(j, j)]));
    let values = order.iter().map(|&i| a[(i, i)]).collect();
    (values, DMatrix::from_fn(size, size, |i, k| vectors[(i, order[k])]))
}

/// Makes entry (p, q) zero by a rotation in the plane of p and q.
fn rotate(a: &mut DMatrix<f64>, vectors: &mut DMatrix<f64>, p: usize, q: usize) {
    let off = a[(p, q)];
    let ratio = (a[(q, q)] - a[(p, p)]) / (2.0 * off);
    let tangent = f64::copysign(1.0, ratio) / (ratio.abs() + ratio.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    let turn = |x: f64, y: f64| (cosine * x - sine * y, sine * x + cosine * y);
    let (first, last) = (a[(p, p)] - tangent * off, a[(q, q)] + tangent * off);
    for k in 0..a.nrows() {
        if k != p && k != q {
            let (x, y) = turn(a[(k, p)], a[(k, q)]);
            (a[(k, p)], a[(p, k)], a[(k, q)], a[(q, k)]) = (x, x, y, y);
        }
        (vectors[(k, p)], vectors[(k, q)]) = turn(vectors[(k, p)], vectors[(k, q)]);
    }
    (a[(p, p)], a[(q, q)], a[(p, q)], a[(q, p)]) = (first, last, 0.0, 0.0);
}

/// The method converges quadratically: six to ten sweeps are usual.
const SWEEPS: usize = 60;

/// An entry that no longer matters beside a unit diagonal.
const NEGLIGIBLE: f64 = 1e-30;
