//! Linear algebra of curvatures that may be singular.

use crate::error::Error;
use crate::expectation::{Estimate, Provenance};
use crate::information::{Information, Labelled, Observed, Spectrum};
use nalgebra::{DMatrix, DVector};

/// The information of an expert or a sum of several. They may be of different kinds, and the type has to have one: what counts here is that
/// it is a curvature, and its algebra.
pub(super) type Curvature = Information<Observed>;

/// A matrix with its errors as a curvature.
pub(super) fn curvature(entries: &Labelled, provenance: &Provenance) -> Result<Curvature, Error> {
    let (matrix, error) = (entries.matrix().clone(), entries.error().clone());
    Information::new(entries.names(), matrix, error, 1.0, provenance.clone())
}

/// The entries of a matrix at their places in a larger one, 0 elsewhere.
pub(super) fn spread(matrix: &DMatrix<f64>, places: &[usize], size: usize) -> DMatrix<f64> {
    let mut wide = DMatrix::zeros(size, size);
    for (i, &row) in places.iter().enumerate() {
        for (j, &column) in places.iter().enumerate() {
            wide[(row, column)] = matrix[(i, j)];
        }
    }
    wide
}

/// G with FGF = F and GFG = G: the inverse where F is regular, 0 along the directions that cannot be told from null directions.
pub(super) fn generalised_inverse(spectrum: &Spectrum) -> DMatrix<f64> {
    let size = spectrum.scale().len();
    let mut inverse = DMatrix::zeros(size, size);
    for (vector, _) in directions(spectrum).filter(|(_, eigenvalue)| eigenvalue.value > eigenvalue.error) {
        inverse += &vector * vector.transpose();
    }
    inverse
}

/// The largest component of g along a null direction of F, as a share of the whole.
pub(super) fn leak(spectrum: &Spectrum, g: &DVector<f64>) -> f64 {
    let h = g.component_div(spectrum.scale());
    let size = h.norm();
    let null = (0..h.len()).filter(|&k| spectrum.values()[k].value <= spectrum.values()[k].error);
    let largest = null.fold(0.0, |largest: f64, k| largest.max(spectrum.vectors().column(k).dot(&h).abs()));
    if size > 0.0 { largest / size } else { 0.0 }
}

/// The eigenvectors in the units of the parameters over the roots of their eigenvalues, with the eigenvalues.
fn directions(spectrum: &Spectrum) -> impl Iterator<Item = (DVector<f64>, Estimate)> {
    let direction = |(k, &value): (usize, &Estimate)| {
        let vector = spectrum.vectors().column(k).component_div(spectrum.scale());
        (vector / value.value.abs().sqrt(), value)
    };
    spectrum.values().iter().enumerate().map(direction)
}

/// E v for bounds that may be infinite: ∞·0 = 0.
pub(super) fn bound(matrix: &DMatrix<f64>, vector: &DVector<f64>) -> DVector<f64> {
    let term = |e: f64, v: f64| if e == 0.0 || v == 0.0 { 0.0 } else { e * v };
    DVector::from_fn(matrix.nrows(), |i, _| (0..matrix.ncols()).map(|j| term(matrix[(i, j)], vector[j])).sum())
}

/// ½δᵀFδ or the like of a small difference δ = a − b of given numbers, each of which may be off by `slack`.
pub(super) fn form(information: &Curvature, delta: &DVector<f64>, slack: &DVector<f64>) -> Result<Estimate, Error> {
    let form = information.quadratic_form(delta.as_slice())?;
    let slope = (information.matrix() * delta).abs();
    let moved = 2.0 * slope.dot(slack) + slack.dot(&(information.matrix().abs() * slack));
    Ok(Estimate::new(form.value.max(0.0), form.error + if moved.is_nan() { f64::INFINITY } else { moved }))
}
