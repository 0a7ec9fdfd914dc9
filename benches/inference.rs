//! Fits of regressions: derivatives of a row, and whole searches.

#![allow(clippy::expect_used, missing_docs)]

use divan::{Bencher, black_box, counter::ItemsCount};
use fisher_information::derivatives::Differentiator;
use fisher_information::inference::MaximumLikelihood;
use fisher_information::prelude::*;
use fisher_information::regression::{
    Covariates, NegativeBinomialMean, Regression, logistic, negative_binomial, simulate,
};
use rand::SeedableRng;

fn main() {
    divan::main();
}

const ROWS: usize = 20_000;
const THETA: [f64; 6] = [1.0, 0.4, -0.3, 0.2, 0.1, 0.6];

/// Counts with mean exp(Xβ) and variance μ + αμ²; the columns are ones and standard normal numbers.
fn counts() -> (Regression<NegativeBinomialMean>, Table) {
    let covariates = Covariates::named(["intercept", "x1", "x2", "x3", "x4"]).expect("different names");
    let model = negative_binomial(&covariates).expect("one predictor");
    let mut stream = Stream::seed_from_u64(8);
    let mut normal = || -> f64 { rand_distr::Distribution::sample(&rand_distr::StandardNormal, &mut stream) };
    let rows: Vec<Vec<f64>> = (0..ROWS).map(|_| vec![1.0, normal(), normal(), normal(), normal(), 0.0]).collect();
    let data = simulate(&model, &THETA, &rows, 8).expect("parameters in their domain");
    (model, data)
}

/// From the fit with an intercept alone to a gradient of norm 10⁻¹⁰.
#[divan::bench(sample_count = 20)]
fn negative_binomial_regression(bencher: Bencher) {
    let (model, data) = counts();
    let alone = negative_binomial(&Covariates::named(["intercept"]).expect("a name")).expect("one predictor");
    let responses: Vec<Vec<f64>> = (0..ROWS).map(|i| vec![1.0, data.get(i)[5]]).collect();
    let fit = alone.fit(&responses).expect("counts that vary");
    let [intercept, dispersion] = fit.estimates() else { panic!("two parameters") };
    let start = [*intercept, 0.0, 0.0, 0.0, 0.0, *dispersion];
    bencher.bench_local(|| {
        let fit = MaximumLikelihood::new(black_box(&model), &data).start(&start).fit().expect("a maximum");
        assert!(fit.certificate().gradient_norm.value < 1e-10, "{:?}", fit.certificate());
        fit.log_likelihood().value
    });
}

/// Value, score and Hessian of a row, six parameters through two predictors.
#[divan::bench]
fn negative_binomial_row(bencher: Bencher) {
    let (model, data) = counts();
    let mut at = Differentiator::new(&model, black_box(&THETA)).expect("parameters in their domain");
    let (mut score, mut hessian) = ([0.0; 6], [0.0; 21]);
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        (0..ROWS).map(|i| at.second(data.get(i), &mut score, &mut hessian) + score[0] + hessian[20]).sum::<f64>()
    });
}

/// The same for logistic regression with 10 and 50 coefficients; `core` has it over all of them.
#[divan::bench(args = [10, 50])]
fn logistic_row(bencher: Bencher, columns: usize) {
    let model = logistic(&Covariates::named((0..columns).map(|i| format!("x{i}"))).expect("names")).expect("columns");
    let mut stream = Stream::seed_from_u64(2);
    let mut row: Vec<f64> =
        (0..columns).map(|_| rand_distr::Distribution::sample(&rand_distr::StandardNormal, &mut stream)).collect();
    row.push(1.0);
    let theta: Vec<f64> = (0..columns).map(|i| 0.01 * (i as f64)).collect();
    let mut at = Differentiator::new(&model, black_box(&theta)).expect("parameters in their domain");
    let (mut score, mut hessian) = (vec![0.0; columns], vec![0.0; columns * (columns + 1) / 2]);
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| at.second(black_box(&row), &mut score, &mut hessian));
}
