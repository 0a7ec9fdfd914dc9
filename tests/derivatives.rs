//! Scores, Hessians and third derivatives of one observation, for fixed and for dynamic parameters.

use fisher_information::derivatives::{Differentiator, derivatives, packed_length, score, third_derivatives};
use fisher_information::distributions::{Gamma, Normal};
use fisher_information::prelude::*;
use nalgebra::DMatrix;

/// Logistic regression on rows (covariates…, response).
struct Logistic;

impl LogLikelihood for Logistic {
    type Parameters = Dynamic;
    type Observation = [f64];

    fn ln_likelihood<D: Scalar>(&self, beta: &[D], row: &[D]) -> D {
        let (response, covariates) = row.split_last().unwrap();
        let predictor: D = covariates.iter().zip(beta).map(|(&x, &b)| x * b).sum();
        *response * predictor - predictor.ln_1p_exp()
    }
}

/// A row and coefficients of a width, without a pattern that could hide a misplaced entry.
fn row_and_coefficients(width: usize) -> (Vec<f64>, Vec<f64>) {
    let mut row: Vec<f64> = (0..width).map(|k| (1.7 * k as f64 + 0.3).sin()).collect();
    row.push(1.0);
    (row, (0..width).map(|k| 0.25 * (0.9 * k as f64).cos()).collect())
}

/// Relative to the size of the row's products, which is at most 1: the derivatives are polynomials in p, x and y.
const EXACT: f64 = 1e-14;

#[test]
fn rows_of_any_width_are_differentiated_in_chunks() {
    for width in [1, 7, 8, 9, 16, 23, 50] {
        let (row, beta) = row_and_coefficients(width);
        let predictor: f64 = (0..width).map(|k| row[k] * beta[k]).sum();
        let p = 1.0 / (1.0 + (-predictor).exp());
        let at = derivatives(&Logistic, &beta, &row).unwrap();
        let (value, first) = score(&Logistic, &beta, &row).unwrap();
        assert!((at.value - p.ln()).abs() < EXACT && value == at.value, "{width}");
        for i in 0..width {
            assert!((at.score[i] - (1.0 - p) * row[i]).abs() < EXACT, "{width}: {i}");
            assert!((first[i] - at.score[i]).abs() < EXACT, "{width}: {i}");
            for j in 0..width {
                assert!((at.hessian[(i, j)] + p * (1.0 - p) * row[i] * row[j]).abs() < EXACT, "{width}: ({i}, {j})");
            }
        }
    }
}

#[test]
fn third_derivatives_of_rows_cross_the_chunks() {
    let width = 19;
    let (row, beta) = row_and_coefficients(width);
    let predictor: f64 = (0..width).map(|k| row[k] * beta[k]).sum();
    let p = 1.0 / (1.0 + (-predictor).exp());
    let third = third_derivatives(&Logistic, &beta, &row).unwrap();
    for (k, third) in third.iter().enumerate() {
        for i in 0..width {
            for j in 0..width {
                let want = -p * (1.0 - p) * (1.0 - 2.0 * p) * row[i] * row[j] * row[k];
                assert!((third[(i, j)] - want).abs() < EXACT, "({i}, {j}, {k})");
            }
        }
    }
}

#[test]
fn third_derivatives_of_the_gamma_are_polygammas() {
    let [shape, rate] = [2.5, 0.75];
    let third = third_derivatives(&Gamma, &[shape, rate], &1.3).unwrap();
    // ℓ = α ln β − ln Γ(α) + …: ∂³ααα = −ψ₂(α), ∂³αββ = −1/β², ∂³βββ = 2α/β³
    let tetragamma = -0.236_204_051_641_727_4; // ψ₂(2.5), mpmath
    let want = [
        DMatrix::from_row_slice(2, 2, &[-tetragamma, 0.0, 0.0, -1.0 / (rate * rate)]),
        DMatrix::from_row_slice(2, 2, &[0.0, -1.0 / (rate * rate), -1.0 / (rate * rate), 2.0 * shape / rate.powi(3)]),
    ];
    for (third, want) in third.iter().zip(&want) {
        assert!((third - want).amax() < 1e-13, "{third} {want}");
    }
}

/// The likelihood of an observation that is not made of numbers: counts of two words in a text.
struct Words;

impl LogLikelihood for Words {
    type Parameters = Fixed<1>;
    type Observation = Opaque<String>;

    fn ln_likelihood<D: Scalar>(&self, &[p]: &[D; 1], text: &String) -> D {
        text.split_whitespace().map(|word| if word == "yes" { p.ln() } else { (-p).ln_1p() }).sum()
    }
}

#[test]
fn opaque_observations_are_differentiated_too() {
    let at = derivatives(&Words, &[0.25], &"yes no no yes no".to_string()).unwrap();
    assert!((at.score[0] - (2.0 / 0.25 - 3.0 / 0.75)).abs() < EXACT);
    assert!((at.hessian[(0, 0)] + 2.0 / 0.0625 + 3.0 / 0.5625).abs() < 1e-13);
}

#[test]
fn a_differentiator_serves_many_observations() {
    let mut at = Differentiator::new(&Normal, &[1.0, 2.0]).unwrap();
    let (mut score, mut hessian) = ([0.0; 2], vec![0.0; packed_length(2)]);
    for x in [-3.0, 0.0, 4.0] {
        let z = (x - 1.0) / 2.0;
        let value = at.second(&x, &mut score, &mut hessian);
        assert_eq!(value, at.value(&x));
        assert!((score[0] - z / 2.0).abs() < EXACT && (score[1] - (z * z - 1.0) / 2.0).abs() < EXACT);
        let want = [-0.25, -2.0 * z / 4.0, (1.0 - 3.0 * z * z) / 4.0];
        assert!(hessian.iter().zip(want).all(|(got, want)| (got - want).abs() < EXACT), "{hessian:?}");
    }
}

#[test]
fn no_parameters_is_an_error() {
    let refusal = score(&Logistic, &[], &[1.0][..]).unwrap_err();
    assert_eq!(refusal, Error::ParameterCount { expected: 1, found: 0 });
}
