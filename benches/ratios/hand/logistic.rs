//! T3. With the predictor η = xᵀβ, the probability p, s = y − p and the weight W = p (1 − p), the outer products are Xᵀ diag(s²) X and the
//! Hessian is −Xᵀ diag(W) X.

use super::tile::{WIDTH, add_product};
use crate::sums::Sums;
use fisher_information::derivatives::packed_length;
use fisher_information::kernel::vector::{exp, ln};

/// Rows are taken so many at a time, so that their products with the weights stay in the first cache.
const ROWS: usize = 32;

/// As many parameters as covariates; the last column of the table is the response.
pub fn logistic(coefficients: &[f64], table: &[f64]) -> Sums {
    let size = coefficients.len();
    assert!(size <= 56);
    let width = size.next_multiple_of(WIDTH);
    let mut sums = vec![0.0; 2 * width * width];
    let mut score = vec![0.0; width];
    let value = accumulate(coefficients, table, &mut score, &mut sums);
    let mut hessian = Vec::with_capacity(packed_length(size));
    let mut outer = Vec::with_capacity(packed_length(size));
    for i in 0..size {
        // Two rows of one matrix, then the same of the other.
        let row = (i / 2 * 4 + i % 2) * width;
        hessian.extend(sums[row..=row + i].iter().map(|sum| -sum));
        outer.extend_from_slice(&sums[row + 2 * width..=row + 2 * width + i]);
    }
    score.truncate(size);
    Sums { value, score, outer, hessian }
}

#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma"
))]
fn accumulate(coefficients: &[f64], table: &[f64], score: &mut [f64], sums: &mut [f64]) -> f64 {
    let size = coefficients.len();
    let width = score.len();
    let mut beta = vec![0.0; width];
    beta[..size].copy_from_slice(coefficients);
    // Covariates filled up with zeros, and their products with the two weights, a pair of columns at a time.
    let mut rows = vec![0.0; ROWS * width];
    let mut weighted = vec![0.0; ROWS * 2 * width];
    let mut values = [0.0; ROWS];
    for block in table.chunks(ROWS * (size + 1)) {
        let (mut predictors, mut responses) = ([0.0; ROWS], [0.0; ROWS]);
        for (r, (row, from)) in rows.chunks_exact_mut(width).zip(block.chunks_exact(size + 1)).enumerate() {
            row[..size].copy_from_slice(&from[..size]);
            responses[r] = from[size];
            predictors[r] = dot(row, &beta);
        }
        let count = block.len() / (size + 1);
        let (mut residuals, mut first, mut second) = ([0.0; ROWS], [0.0; ROWS], [0.0; ROWS]);
        let mut block_values = [0.0; ROWS];
        for r in 0..ROWS {
            let eta = predictors[r];
            let smaller = exp(-eta.abs());
            let (whole, larger) = (1.0 + smaller, if eta > 0.0 { eta } else { 0.0 });
            let probability = (if eta > 0.0 { 1.0 } else { smaller }) / whole;
            residuals[r] = responses[r] - probability;
            first[r] = smaller / (whole * whole);
            second[r] = residuals[r] * residuals[r];
            block_values[r] = responses[r] * eta - larger - ln(whole);
        }
        for r in 0..count {
            values[r] += block_values[r];
        }
        let rows = &rows[..count * width];
        for (r, (row, weighted)) in rows.chunks_exact(width).zip(weighted.chunks_exact_mut(2 * width)).enumerate() {
            for (pair, weighted) in row.as_chunks::<2>().0.iter().zip(weighted.as_chunks_mut::<4>().0) {
                *weighted = [first[r] * pair[0], first[r] * pair[1], second[r] * pair[0], second[r] * pair[1]];
            }
            for (score, x) in score.iter_mut().zip(row) {
                *score = residuals[r].mul_add(*x, *score);
            }
        }
        let weighted = &weighted[..count * 2 * width];
        for (pair, sums) in sums.chunks_exact_mut(4 * width).enumerate().take(size.div_ceil(2)) {
            let (left, right) = ((weighted, 4 * pair, 2 * width), (rows, 0, width));
            match pair / 4 {
                0 => add_product::<4, 1>(left, right, (sums, width)),
                1 => add_product::<4, 2>(left, right, (sums, width)),
                2 => add_product::<4, 3>(left, right, (sums, width)),
                3 => add_product::<4, 4>(left, right, (sums, width)),
                4 => add_product::<4, 5>(left, right, (sums, width)),
                5 => add_product::<4, 6>(left, right, (sums, width)),
                _ => add_product::<4, 7>(left, right, (sums, width)),
            }
        }
    }
    values.iter().sum()
}

/// aᵀb for lengths that are multiples of eight.
#[inline(always)]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut lanes = [0.0; WIDTH];
    for (a, b) in a.as_chunks::<WIDTH>().0.iter().zip(b.as_chunks::<WIDTH>().0) {
        for lane in 0..WIDTH {
            lanes[lane] = a[lane].mul_add(b[lane], lanes[lane]);
        }
    }
    let half: [f64; 4] = std::array::from_fn(|lane| lanes[lane] + lanes[lane + 4]);
    (half[0] + half[2]) + (half[1] + half[3])
}
