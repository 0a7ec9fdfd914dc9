//! T10. Scores of a block of rows, then the lower triangle of their products, tile by tile.

use super::tile::{WIDTH, add_product};
use crate::sums::Sums;
use fisher_information::kernel::vector::{exp, ln};

/// Classes beside the first, whose predictor is 0.
const PREDICTORS: usize = 10;

/// Rows are taken so many at a time, so that their scores stay in the second cache.
const ROWS: usize = 128;

/// A tile is eight rows of the matrix by 24 columns.
const ACROSS: usize = 3;

/// Ten blocks of coefficients, one for each class beside the first; the last columns of the table say which of these classes it is.
pub fn multinomial(coefficients: &[f64], table: &[f64]) -> Sums {
    let size = coefficients.len();
    let width = size.next_multiple_of(WIDTH * ACROSS);
    let mut products = vec![0.0; width * width];
    let mut score = vec![0.0; width];
    let value = accumulate(coefficients, table, &mut score, &mut products);
    score.truncate(size);
    let outer = (0..size).flat_map(|i| products[i * width..=i * width + i].iter().copied()).collect();
    Sums { value, score, outer, hessian: Vec::new() }
}

#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma"
))]
fn accumulate(coefficients: &[f64], table: &[f64], score: &mut [f64], products: &mut [f64]) -> f64 {
    let features = coefficients.len() / PREDICTORS;
    let width = score.len();
    let mut scores = vec![0.0; ROWS * width];
    let mut value = 0.0;
    for block in table.chunks(ROWS * (features + PREDICTORS)) {
        let scores = &mut scores[..block.len() / (features + PREDICTORS) * width];
        for (row, scores) in block.chunks_exact(features + PREDICTORS).zip(scores.chunks_exact_mut(width)) {
            let (x, classes) = row.split_at(features);
            let mut predictors = [0.0; PREDICTORS];
            for (predictor, coefficients) in predictors.iter_mut().zip(coefficients.chunks_exact(features)) {
                *predictor = dot(coefficients, x);
            }
            let largest = predictors.iter().fold(0.0, |a: f64, &b| if b > a { b } else { a });
            let odds = predictors.map(|predictor| exp(predictor - largest));
            let whole = odds.iter().sum::<f64>() + exp(-largest);
            value -= largest + ln(whole);
            for (k, scores) in scores.chunks_exact_mut(features).take(PREDICTORS).enumerate() {
                value += classes[k] * predictors[k];
                let residual = classes[k] - odds[k] / whole;
                for (score, x) in scores.iter_mut().zip(x) {
                    *score = residual * x;
                }
            }
            for (sum, score) in score.iter_mut().zip(&*scores) {
                *sum += score;
            }
        }
        for right in (0..width).step_by(ACROSS * WIDTH) {
            for left in (right..width).step_by(WIDTH) {
                let corner = &mut products[left * width + right..];
                let (a, b) = ((&*scores, left, width), (&*scores, right, width));
                add_product::<WIDTH, ACROSS>(a, b, (corner, width));
            }
        }
    }
    value
}

/// aᵀb
#[inline(always)]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut lanes = [0.0; WIDTH];
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<WIDTH>(), b.as_chunks::<WIDTH>());
    for (a, b) in a.iter().zip(b) {
        for lane in 0..WIDTH {
            lanes[lane] = a[lane].mul_add(b[lane], lanes[lane]);
        }
    }
    lanes.iter().sum::<f64>() + a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f64>()
}
