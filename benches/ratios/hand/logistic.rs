//! T3. With the predictor η = xᵀβ, the probability p, s = y − p and the weight W = p (1 − p), the outer products are Xᵀ diag(s²) X and the
//! Hessian is −Xᵀ diag(W) X.

use super::tile::{Piece, WIDTH, add_product, copy_masked, dot};
use crate::sums::Sums;
use fisher_information::kernel::vector::{exp, ln};

/// Rows are taken so many at a time, so that they and their products with the weights stay in the first cache.
const ROWS: usize = 32;

/// As many parameters as covariates, 56 at most; the last column of the table is the response.
pub fn logistic(coefficients: &[f64], table: &[f64]) -> Sums {
    let size = coefficients.len();
    let pieces = size.div_ceil(WIDTH);
    assert!(pieces <= 7 && size.is_multiple_of(2));
    let (mut score, mut products) = (vec![[0.0; WIDTH]; pieces], vec![0.0; 2 * size * pieces * WIDTH]);
    let value = accumulate(coefficients, table, &mut score, &mut products);
    let [hessian, outer] = [(0, -1.0), (2, 1.0)].map(|(weight, sign)| {
        let row = |i: usize| products[(4 * (i / 2) + weight + i % 2) * pieces * WIDTH..][..=i].iter();
        (0..size).flat_map(|i| row(i).map(|entry| sign * entry)).collect()
    });
    Sums { value, score: score.as_flattened()[..size].to_vec(), outer, hessian }
}

/// Adds Σ s x, two rows of Xᵀ diag(W) X as far as the diagonal, the same of Xᵀ diag(s²) X, two more of each, …; returns Σ ℓ.
#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma"
))]
fn accumulate(coefficients: &[f64], table: &[f64], score: &mut [Piece], products: &mut [f64]) -> f64 {
    // Short loops over the pieces of a row are unrolled where their number is known.
    match score.len() {
        2 => over_blocks(2, coefficients, table, score, products),
        pieces => over_blocks(pieces, coefficients, table, score, products),
    }
}

#[inline(always)]
fn over_blocks(pieces: usize, coefficients: &[f64], table: &[f64], score: &mut [Piece], products: &mut [f64]) -> f64 {
    let (size, stride, width) = (coefficients.len(), coefficients.len() + 1, pieces * WIDTH);
    let mut beta = vec![0.0; width];
    beta[..size].copy_from_slice(coefficients);
    let mask: Vec<u64> = (0..width).map(|j| if j < size { u64::MAX } else { 0 }).collect();
    // Covariates filled up with zeros, and their products with the two weights, a pair of columns at a time.
    let (mut rows, mut weighted) = (vec![0.0; ROWS * width], vec![0.0; 2 * ROWS * width]);
    let mut value = 0.0;
    // The last block is copied, since rows are read beyond their ends.
    let mut last = vec![0.0; ROWS * stride + width];
    for start in (0..table.len()).step_by(ROWS * stride) {
        let rest = &table[start..];
        let (source, count) = if rest.len() >= last.len() {
            (rest, ROWS)
        } else {
            last[..rest.len()].copy_from_slice(rest);
            (&last[..], ROWS.min(rest.len() / stride))
        };
        let (mut predictors, mut responses) = ([0.0; ROWS], [0.0; ROWS]);
        for (r, row) in rows.chunks_exact_mut(width).enumerate() {
            let from = &source[r * stride..];
            copy_masked(row, from, &mask);
            predictors[r] = dot(row, &beta);
            responses[r] = from[size];
        }
        let (mut values, mut residuals, mut weights) = ([0.0; ROWS], [0.0; ROWS], [[0.0; ROWS]; 2]);
        for r in 0..ROWS {
            let eta: f64 = predictors[r];
            let smaller = exp(-eta.abs());
            let (whole, larger) = (1.0 + smaller, if eta > 0.0 { eta } else { 0.0 });
            let inverse = whole.recip();
            let residual = responses[r] - if eta > 0.0 { inverse } else { smaller * inverse };
            values[r] = responses[r] * eta - larger - ln(whole);
            residuals[r] = residual;
            weights[0][r] = smaller * inverse * inverse;
            weights[1][r] = residual * residual;
        }
        value += values[..count].iter().sum::<f64>();
        for (r, (row, weighted)) in rows.chunks_exact(width).zip(weighted.chunks_exact_mut(2 * width)).enumerate() {
            let [w, s] = [weights[0][r], weights[1][r]];
            for (score, row) in score.iter_mut().zip(row.as_chunks::<WIDTH>().0) {
                for lane in 0..WIDTH {
                    score[lane] = residuals[r].mul_add(row[lane], score[lane]);
                }
            }
            for (weighted, pair) in weighted.as_chunks_mut().0.iter_mut().zip(row.as_chunks().0) {
                let &[a, b] = pair;
                *weighted = [w * a, w * b, s * a, s * b];
            }
        }
        for (pair, products) in products.chunks_exact_mut(4 * width).enumerate() {
            let (left, right) = ((&weighted[..], 4 * pair, 2 * width), (&rows[..], 0, width));
            match pair / 4 {
                0 => add_product::<4, 1>(left, right, (products, width)),
                1 => add_product::<4, 2>(left, right, (products, width)),
                2 => add_product::<4, 3>(left, right, (products, width)),
                3 => add_product::<4, 4>(left, right, (products, width)),
                4 => add_product::<4, 5>(left, right, (products, width)),
                5 => add_product::<4, 6>(left, right, (products, width)),
                _ => add_product::<4, 7>(left, right, (products, width)),
            }
        }
    }
    value
}
