//! T3 and T10: models of rows with many parameters.

use super::TOLERANCE;
use crate::clock::way;
use crate::report::Report;
use crate::sums::Sums;
use crate::{data, hand, kernels, models, plain};
use fisher_information::model::Observations;
use std::hint::black_box;

/// The features of T10.
const FEATURES: usize = 50;

pub fn all(report: &Report) {
    logistic(report, "T3a logistic, p = 10", 10, 100_000);
    logistic(report, "T3a logistic, n = 1000", 10, 1000);
    logistic(report, "T3b logistic, p = 50", 50, 20_000);
    logistic(report, "T3b logistic, n = 1000", 50, 1000);
    multinomial(report, "T10 multinomial, p = 500", 2000);
}

fn logistic(report: &Report, name: &str, covariates: usize, observations: usize) {
    if !report.wants(name) {
        return;
    }
    let theta = data::coefficients(covariates);
    let table = data::rows(&vec![0.25; covariates], covariates, observations);
    assert_eq!(table.count(), observations);
    let (theta, table) = (&theta[..], &table);
    let mut ways = [
        way(|| plain::rows(&models::Logistic, black_box(theta), black_box(table)), |sums| sums),
        way(
            || kernels::evaluator(&models::Logistic, black_box(table))(black_box(theta)),
            |found| kernels::sums(&found),
        ),
        way(|| hand::logistic(black_box(theta), black_box(table.values())), |sums| sums),
    ];
    report.three(name, observations, [TOLERANCE; 2], &mut ways);
}

/// The score and the outer products alone: the Hessian has as many entries again, and nobody asks for it at this size.
fn multinomial(report: &Report, name: &str, observations: usize) {
    if !report.wants(name) {
        return;
    }
    let model = models::Multinomial(FEATURES);
    let theta = data::small_coefficients(10 * FEATURES);
    let table = data::rows(&vec![0.0; theta.len()], FEATURES, observations);
    let (model, theta, table) = (&model, &theta[..], &table);
    let mut ways = [
        way(|| plain::rows_first(model, black_box(theta), black_box(table)), |sums| sums),
        way(
            || kernels::evaluator(model, black_box(table))(black_box(theta)),
            |found| Sums { hessian: Vec::new(), ..kernels::sums(&found) },
        ),
        way(|| hand::multinomial(black_box(theta), black_box(table.values())), |sums| sums),
    ];
    report.three(name, observations, [TOLERANCE; 2], &mut ways);
}
