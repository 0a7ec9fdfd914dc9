//! Fisher–Rao distances of positive definite matrices and of multivariate normal distributions.

use super::triangle::{entry, factor, invert, solve};
use crate::derivatives::{packed_index, packed_length};
use crate::distributions::numerics::fisher_rao::{HalfPlane, difference_of_roots};
use crate::scalar::Scalar;

/// Σ ln²λ over the eigenvalues λ of A⁻¹B: the square of the distance that no change of coordinates of the vectors alters.
///
/// Source: Skovgaard, A Riemannian geometry of the multivariate normal model, *Scand. J. Statist.* 11 (1984), 211–223.
pub(super) fn squared_logarithm<D: Scalar>(size: usize, a: &[D], b: &[D]) -> D {
    let (mut excess, mut doublings) = (relative_excess(size, a, b), 0);
    // ln(1 + E) = 2ᵏ ln of the root of degree 2ᵏ, and 1 + E − 1 is known without rounding.
    while norm(size, &excess) > NEAR && doublings < MOST_DOUBLINGS {
        excess = excess_of_root(size, &excess);
        doublings += 1;
    }
    let logarithm = logarithm(size, &excess);
    let square: D = pairs(size).map(|(i, j)| entry(&logarithm, i, j).powi(2)).sum();
    square * 4.0_f64.powi(doublings)
}

/// Where the series of the logarithm begins to be used: its eighteen terms leave out less than 10⁻¹⁷ of it.
const NEAR: f64 = 0.25;

/// The logarithm of no number is larger than 2¹⁰.
const MOST_DOUBLINGS: i32 = 16;

/// All places of a square matrix.
fn pairs(size: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..size).flat_map(move |i| (0..size).map(move |j| (i, j)))
}

/// The triangle of a matrix with the given entries.
fn triangle<D: Scalar>(size: usize, entry: impl Fn(usize, usize) -> D) -> Vec<D> {
    (0..size).flat_map(|i| (0..=i).map(move |j| (i, j))).map(|(i, j)| entry(i, j)).collect()
}

/// √Σ Eᵢⱼ²
fn norm<D: Scalar>(size: usize, matrix: &[D]) -> f64 {
    pairs(size).map(|(i, j)| entry(matrix, i, j).re().powi(2)).sum::<f64>().sqrt()
}

/// E = L⁻¹(B − A)L⁻ᵀ with A = L Lᵀ: 1 + E has the eigenvalues of A⁻¹B.
fn relative_excess<D: Scalar>(size: usize, a: &[D], b: &[D]) -> Vec<D> {
    let mut l = a.to_vec();
    factor(size, &mut l);
    let solved = |entry: &dyn Fn(usize, usize) -> D| -> Vec<Vec<D>> {
        let row = |i| {
            let mut row: Vec<D> = (0..size).map(|j| entry(i, j)).collect();
            solve(&l, &mut row);
            row
        };
        (0..size).map(row).collect()
    };
    let half = solved(&|i, j| entry(b, i, j) - entry(a, i, j));
    let excess = solved(&|i, j| half[j][i]);
    triangle(size, |i, j| excess[i][j])
}

/// The product of two symmetric matrices that commute.
fn product<D: Scalar>(size: usize, a: &[D], b: &[D]) -> Vec<D> {
    triangle(size, |i, j| (0..size).map(|k| entry(a, i, k) * entry(b, k, j)).sum())
}

/// The inverse of c + A.
fn shifted_inverse<D: Scalar>(size: usize, shift: f64, matrix: &[D]) -> Vec<D> {
    let mut inverse = triangle(size, |i, j| if i == j { entry(matrix, i, j) + shift } else { entry(matrix, i, j) });
    factor(size, &mut inverse);
    invert(size, &mut inverse);
    inverse
}

/// √(1 + E) − 1 = E (1 + √(1 + E))⁻¹
fn excess_of_root<D: Scalar>(size: usize, excess: &[D]) -> Vec<D> {
    product(size, excess, &shifted_inverse(size, 1.0, &root(size, excess)))
}

/// √(1 + E), by the iteration of Denman and Beavers (1976), which doubles the digits of derivatives as those of the value.
fn root<D: Scalar>(size: usize, excess: &[D]) -> Vec<D> {
    const SETTLED: f64 = 1e-8;
    const DERIVATIVES: usize = 4;
    const MOST: usize = 600;

    let unit = |i: usize, j: usize| f64::from(u8::from(i == j));
    let mut root = triangle(size, |i, j| entry(excess, i, j) + unit(i, j));
    let mut inverse = triangle(size, |i, j| D::from(unit(i, j)));
    let (mut after, mut steps) = (0, 0);
    while after < DERIVATIVES && steps < MOST {
        let (of_root, of_inverse) = (shifted_inverse(size, 0.0, &root), shifted_inverse(size, 0.0, &inverse));
        let mean = |a: &[D], b: &[D]| a.iter().zip(b).map(|(&a, &b)| (a + b) * 0.5).collect::<Vec<D>>();
        let next = mean(&root, &of_inverse);
        inverse = mean(&inverse, &of_root);
        let change = triangle(size, |i, j| entry(&next, i, j) - entry(&root, i, j));
        if norm(size, &change) <= SETTLED * norm(size, &next) {
            after += 1;
        }
        root = next;
        steps += 1;
    }
    root
}

/// ln(1 + E) = 2 artanh(E (2 + E)⁻¹), for a small E.
fn logarithm<D: Scalar>(size: usize, excess: &[D]) -> Vec<D> {
    const TERMS: u32 = 9;

    let z = product(size, excess, &shifted_inverse(size, 2.0, excess));
    let square = product(size, &z, &z);
    // Σ z²ᵏ/(2k + 1) by Horner's rule.
    let coefficient = |k: u32| 1.0 / f64::from(2 * k + 1);
    let constant = |value: f64| triangle(size, |i, j| D::from(if i == j { value } else { 0.0 }));
    let series = (0..TERMS).rev().fold(constant(coefficient(TERMS)), |sum, k| {
        let sum = product(size, &sum, &square);
        sum.iter().zip(constant(coefficient(k))).map(|(&sum, unit)| sum + unit).collect()
    });
    product(size, &z, &series).into_iter().map(|entry| entry * 2.0).collect()
}

/// √(δᵀA⁻¹δ)
pub(super) fn mahalanobis<D: Scalar>(a: &[D], mut shift: Vec<D>) -> D {
    let mut l = a.to_vec();
    factor(shift.len(), &mut l);
    solve(&l, &mut shift);
    shift.into_iter().map(|z| z * z).sum::<D>().sqrt()
}

/// The distance of two normal distributions, each of K means and the triangle of a covariance matrix, for which there are formulas
/// - among all means, or some, for a known covariance matrix;
/// - among all covariance matrices, for known means;
/// - of coordinates that are known to be independent, whose squares add up.
pub(super) fn normal<D: Scalar>(size: usize, theta: &[D], other: &[D], free: &[bool]) -> Option<D> {
    let ((means, here), (other_means, there)) = (theta.split_at(size), other.split_at(size));
    let (mean_is_free, entry_is_free) = free.split_at_checked(size)?;
    let (no_mean, no_entry) = (!mean_is_free.contains(&true), !entry_is_free.contains(&true));
    if no_entry {
        return Some(mahalanobis(here, means.iter().zip(other_means).map(|(&a, &b)| b - a).collect()));
    }
    if no_mean && !entry_is_free.contains(&false) {
        return Some((squared_logarithm(size, here, there) * 0.5).sqrt());
    }
    let uncorrelated = (0..packed_length(size)).all(|packed| {
        let (i, j) = super::triangle::place(packed);
        i == j || !entry_is_free[packed] && here[packed].re() == 0.0
    });
    uncorrelated.then(|| independent(size, theta, other, free)).flatten()
}

/// The distance of independent normal variables with variances.
fn independent<D: Scalar>(size: usize, theta: &[D], other: &[D], free: &[bool]) -> Option<D> {
    let mut square = D::from(0.0);
    for i in 0..size {
        let place = size + packed_index(i, i);
        let (variance, other_variance) = (theta[place], other[place]);
        let may_vary = [free[i], free[place]];
        if may_vary.contains(&true) {
            let plane = HalfPlane::orthogonal(D::from(1.0), D::from(2.0));
            let widening = difference_of_roots(other_variance, variance);
            let deviations = [variance.sqrt(), other_variance.sqrt()];
            square += plane.distance(other[i] - theta[i], widening, deviations, &may_vary)?.powi(2);
        }
    }
    Some(square.sqrt())
}
