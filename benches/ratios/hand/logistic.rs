//! T3. With the predictor η = xᵀβ, the probability p, s = y − p and the weight W = p (1 − p), the outer products are Xᵀ diag(s²) X and the
//! Hessian is −Xᵀ diag(W) X.

use super::tile::{WIDTH, add_multiple, add_product, dot, masked};
use crate::sums::Sums;
use fisher_information::kernel::vector::{exp, ln};

/// Rows are taken so many at a time, so that they and their products with the weights stay in the first cache.
const ROWS: usize = 32;

/// As many parameters as covariates, 10 or 50; the last column of the table is the response.
#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma"
))]
pub fn logistic(coefficients: &[f64], table: &[f64]) -> Sums {
    match coefficients.len() {
        10 => over_blocks::<2>(coefficients, table),
        50 => over_blocks::<7>(coefficients, table),
        other => panic!("no task has {other} covariates"),
    }
}

/// The sums with rows filled up to `V` × 8 numbers.
#[inline(always)]
fn over_blocks<const V: usize>(coefficients: &[f64], table: &[f64]) -> Sums {
    let (size, stride) = (coefficients.len(), coefficients.len() + 1);
    let mut beta = [[0.0; WIDTH]; V];
    beta.as_flattened_mut()[..size].copy_from_slice(coefficients);
    let mut score = [[0.0; WIDTH]; V];
    // Two rows of Xᵀ diag(W) X as far as the diagonal, and the same of Xᵀ diag(s²) X
    let mut products = vec![[[[0.0; WIDTH]; V]; 4]; size / 2];
    let mut rows = [[[0.0; WIDTH]; V]; ROWS];
    let mut weighted = [[[[0.0; 4]; 4]; V]; ROWS];
    let mut value = 0.0;
    // The last block is copied, since rows are read beyond their ends.
    let mut last = vec![0.0; ROWS * stride + V * WIDTH];
    for start in (0..table.len()).step_by(ROWS * stride) {
        let rest = &table[start..];
        let (source, count) = if rest.len() >= last.len() {
            (rest, ROWS)
        } else {
            last[..rest.len()].copy_from_slice(rest);
            (&last[..], ROWS.min(rest.len() / stride))
        };
        let (mut predictors, mut responses) = ([0.0; ROWS], [0.0; ROWS]);
        for r in 0..ROWS {
            rows[r] = masked(&source[r * stride..], size);
            predictors[r] = dot(&rows[r], &beta);
            responses[r] = source[r * stride + size];
        }
        let (mut values, mut residuals, mut weights) = ([0.0; ROWS], [0.0; ROWS], [[0.0; ROWS]; 2]);
        for r in 0..ROWS {
            let eta = predictors[r];
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
        for r in 0..ROWS {
            add_multiple(&mut score, residuals[r], &rows[r]);
            let [w, s] = [weights[0][r], weights[1][r]];
            for v in 0..V {
                for pair in 0..4 {
                    let [a, b] = [rows[r][v][2 * pair], rows[r][v][2 * pair + 1]];
                    weighted[r][v][pair] = [w * a, w * b, s * a, s * b];
                }
            }
        }
        let (x, wx) = (rows.as_flattened().as_flattened(), weighted.as_flattened().as_flattened().as_flattened());
        for (pair, products) in products.iter_mut().enumerate() {
            let (left, right) = ((wx, 4 * pair, 2 * V * WIDTH), (x, 0, V * WIDTH));
            let to = (products.as_flattened_mut().as_flattened_mut(), V * WIDTH);
            match pair / 4 {
                0 => add_product::<4, 1>(left, right, to),
                1 => add_product::<4, 2>(left, right, to),
                2 => add_product::<4, 3>(left, right, to),
                3 => add_product::<4, 4>(left, right, to),
                4 => add_product::<4, 5>(left, right, to),
                5 => add_product::<4, 6>(left, right, to),
                _ => add_product::<4, 7>(left, right, to),
            }
        }
    }
    let [hessian, outer] = [(0, -1.0), (2, 1.0)].map(|(weight, sign)| {
        let row = |i: usize| products[i / 2][weight + i % 2].as_flattened()[..=i].iter();
        (0..size).flat_map(|i| row(i).map(|entry| sign * entry)).collect()
    });
    Sums { value, score: score.as_flattened()[..size].to_vec(), outer, hessian }
}
