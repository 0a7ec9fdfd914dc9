//! Symmetric positive definite matrices as their lower triangles, row after row, and the triangular factors of Cholesky.

use crate::derivatives::{packed_index, packed_length};
use crate::distributions::numerics::excess::ratio_excess;
use crate::error::Error;
use crate::model::{Parameter, symbol};
use crate::scalar::Scalar;

/// The row and the column of an entry of a triangle.
pub(super) fn place(packed: usize) -> (usize, usize) {
    let row = (0..packed).take_while(|row| packed_index(row + 1, 0) <= packed).count();
    (row, packed - packed_index(row, 0))
}

/// Entry (i, j) of a symmetric matrix.
pub(super) fn entry<D: Scalar>(matrix: &[D], i: usize, j: usize) -> D {
    matrix[packed_index(i.max(j), i.min(j))]
}

/// Replaces A by the triangle L of A = L Lᵀ; NaN from the first row on at which A is not positive definite.
#[inline]
pub(super) fn factor<D: Scalar>(size: usize, matrix: &mut [D]) {
    for i in 0..size {
        for j in 0..=i {
            let mut sum = matrix[packed_index(i, j)];
            for k in 0..j {
                sum -= matrix[packed_index(i, k)] * matrix[packed_index(j, k)];
            }
            matrix[packed_index(i, j)] = if i == j { sum.sqrt() } else { sum / matrix[packed_index(j, j)] };
        }
    }
}

/// Replaces x by L⁻¹ x.
#[inline]
pub(super) fn solve<D: Scalar>(factor: &[D], x: &mut [D]) {
    for i in 0..x.len() {
        for j in 0..i {
            let known = x[j];
            x[i] -= factor[packed_index(i, j)] * known;
        }
        x[i] /= factor[packed_index(i, i)];
    }
}

/// Replaces x by L⁻ᵀ x.
pub(super) fn solve_transposed<D: Scalar>(factor: &[D], x: &mut [D]) {
    for i in (0..x.len()).rev() {
        for j in i + 1..x.len() {
            let known = x[j];
            x[i] -= factor[packed_index(j, i)] * known;
        }
        x[i] /= factor[packed_index(i, i)];
    }
}

/// Replaces x by L x.
pub(super) fn multiply<D: Scalar>(factor: &[D], x: &mut [D]) {
    for i in (0..x.len()).rev() {
        x[i] = (0..=i).map(|j| factor[packed_index(i, j)] * x[j]).sum();
    }
}

/// ln det L = ½ ln det A
#[inline]
pub(super) fn ln_determinant<D: Scalar>(size: usize, factor: &[D]) -> D {
    (0..size).map(|i| factor[packed_index(i, i)].ln()).sum()
}

/// Replaces L by A⁻¹.
pub(super) fn invert<D: Scalar>(size: usize, factor: &mut [D]) {
    for i in 0..size {
        let pivot = factor[packed_index(i, i)].recip();
        for j in 0..i {
            let sum: D = (j..i).map(|k| factor[packed_index(i, k)] * factor[packed_index(k, j)]).sum();
            factor[packed_index(i, j)] = -sum * pivot;
        }
        factor[packed_index(i, i)] = pivot;
    }
    // A⁻¹ = L⁻ᵀ L⁻¹: an entry takes the rows of L⁻¹ from its own on, which are still there.
    for i in 0..size {
        for j in 0..=i {
            factor[packed_index(i, j)] =
                (i..size).map(|k| factor[packed_index(k, i)] * factor[packed_index(k, j)]).sum();
        }
    }
}

/// Refuses a matrix that is not positive definite, naming the entries of its smallest leading block that is not.
///
/// # Errors
/// [`Error::ParametersOutsideDomain`].
pub(super) fn check(size: usize, what: &str, matrix: &[f64], entries: &[Parameter]) -> Result<(), Error> {
    let mut factored = matrix.to_vec();
    factor(size, &mut factored);
    let Some(row) = (0..size).find(|&i| factored[packed_index(i, i)].is_nan() || factored[packed_index(i, i)] <= 0.0)
    else {
        return Ok(());
    };
    let block = packed_index(row + 1, 0);
    Err(Error::ParametersOutsideDomain {
        names: entries[..block].iter().map(|entry| entry.name.clone().into_owned()).collect(),
        values: matrix[..block].to_vec(),
        condition: format!("the {what} matrix is not positive definite"),
    })
}

/// ½ tr(A⁻¹ ∂A/∂a A⁻¹ ∂A/∂b) for two entries a and b of A, given A⁻¹: the Fisher information of the entries of a covariance
/// matrix.
pub(super) fn information<D: Scalar>(inverse: &[D], a: usize, b: usize) -> D {
    let ((i, j), (k, l)) = (place(a), place(b));
    let sum = entry(inverse, i, k) * entry(inverse, j, l) + entry(inverse, i, l) * entry(inverse, j, k);
    // An entry off the diagonal stands in the matrix twice.
    let half = |row: usize, column: usize| if row == column { 0.5 } else { 1.0 };
    sum * (half(i, j) * half(k, l))
}

/// A⁻¹v and A⁻¹ in place of v and A.
pub(super) fn exchange<D: Scalar>(vector: &mut [D], matrix: &mut [D]) {
    factor(vector.len(), matrix);
    solve(matrix, vector);
    solve_transposed(matrix, vector);
    invert(vector.len(), matrix);
}

/// Multiplies the diagonal by one number and the other entries by another.
pub(super) fn scale<D: Scalar>(matrix: &mut [D], diagonal: f64, others: f64) {
    for (packed, entry) in matrix.iter_mut().enumerate() {
        let (i, j) = place(packed);
        *entry *= if i == j { diagonal } else { others };
    }
}

/// The entries of the matrix that is written as a letter, numbered from 1: those on the diagonal and the others, by their names.
pub(super) fn names(size: usize, letter: &str, diagonal: &str, others: &str) -> Vec<Parameter> {
    let entry = |packed| {
        let (i, j) = place(packed);
        let (row, column) = (i + 1, j + 1);
        let entry = if i == j {
            Parameter::positive(format!("{diagonal} {row}"))
        } else {
            Parameter::real(format!("{others} {row} {column}"))
        };
        entry.symbol(symbol::entry(letter, row, column))
    };
    (0..packed_length(size)).map(entry).collect()
}

/// tr(B⁻¹A) − K − ln det(B⁻¹A) ≥ 0 and ln det(B⁻¹A), to relative accuracy also where A is near B.
///
/// With A = L Lᵀ, B = M Mᵀ and E = M⁻¹(A − B) M⁻ᵀ, the pivots of I + E are (Lᵢᵢ/Mᵢᵢ)² = 1 + pᵢ, and the trace of E less its
/// determinant's logarithm is Σ pᵢ − ln(1 + pᵢ) and the sum of what the pivots take off the diagonal of E.
pub(super) fn divergence<D: Scalar>(size: usize, a: &[D], b: &[D]) -> (D, D) {
    let (mut l, mut m) = (a.to_vec(), b.to_vec());
    factor(size, &mut l);
    factor(size, &mut m);
    let rows = |of: &dyn Fn(usize, usize) -> D| -> Vec<Vec<D>> {
        let solved = |i| {
            let mut row: Vec<D> = (0..size).map(|j| of(i, j)).collect();
            solve(&m, &mut row);
            row
        };
        (0..size).map(solved).collect()
    };
    let half = rows(&|i, j| entry(a, i, j) - entry(b, i, j));
    let mut e = rows(&|i, j| half[j][i]);
    let (mut divergence, mut ln_determinant) = (D::from(0.0), D::from(0.0));
    let mut ratios: Vec<D> = Vec::new();
    for i in 0..size {
        for j in 0..i {
            let taken: D = (0..j).map(|k| e[i][k] * e[j][k] / ratios[k]).sum();
            e[i][j] -= taken;
        }
        let taken: D = (0..i).map(|k| e[i][k] * e[i][k] / ratios[k]).sum();
        let (ratio, p) = ((l[packed_index(i, i)] / m[packed_index(i, i)]).powi(2), e[i][i] - taken);
        divergence += taken + ratio_excess(ratio, p);
        ln_determinant += if p.abs() < 0.5 { p.ln_1p() } else { ratio.ln() };
        ratios.push(ratio);
    }
    (divergence, ln_determinant)
}
