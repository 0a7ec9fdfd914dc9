//! Regressions, which have a shortcut of their own to their derivatives: the kernel gives what it gives.

use super::comparison::assert_alike;
use super::expression::Numbers;
use fisher_information::information::{Table, Weighted};
use fisher_information::model::LogLikelihood;
use fisher_information::regression::*;

/// Rows of an intercept, so many covariates, and a response.
fn rows(covariates: usize, response: &[f64], seed: u64) -> Table {
    let mut numbers = Numbers(seed);
    let mut values = Vec::new();
    for _ in 0..500 {
        values.push(1.0);
        values.extend((0..covariates).map(|_| numbers.next()));
        let place = numbers.between(0.0, response.len() as f64) as usize;
        values.push(response[place.min(response.len() - 1)]);
    }
    Table::new(covariates + 2, values).unwrap()
}

fn assert_both<M: LogLikelihood<Observation = [f64]>>(what: &str, model: &M, data: &Table, theta: &[f64]) {
    let other: Vec<f64> = theta.iter().map(|value| 0.5 * value).collect();
    let weights: Vec<f64> = (0..500).map(|i| f64::from(i % 3)).collect();
    assert_alike(what, model, data, &[theta.to_vec(), other.clone(), theta.to_vec()]);
    assert_alike(what, model, &Weighted { data, weights: &weights }, &[other]);
}

#[test]
fn regressions() {
    const WIDTH: usize = 12;
    let names: Vec<String> = (0..=WIDTH).map(|i| format!("x{i}")).collect();
    let columns: Covariates = Columns::new(names).unwrap().into();
    let theta: Vec<f64> = (0..=WIDTH).map(|i| 0.4 * (i as f64).cos()).collect();
    let with = |extra: f64| [&theta[..], &[extra]].concat();
    let counts = rows(WIDTH, &[0.0, 1.0, 2.0, 7.0, 40.0], 51);
    for link in [BinaryLink::Logit, BinaryLink::Probit, BinaryLink::ComplementaryLogLog] {
        assert_both("binary", &binary(link, &columns).unwrap(), &rows(WIDTH, &[0.0, 1.0], 52), &theta);
    }
    assert_both("Poisson", &poisson(&columns).unwrap(), &counts, &theta);
    assert_both("negative binomial", &negative_binomial(&columns).unwrap(), &counts, &with(0.6));
    assert_both("linear", &linear(&columns).unwrap(), &rows(WIDTH, &[0.3, -1.2, 4.0], 53), &with(0.8));
    let few: Covariates = Columns::new(["one", "x", "z"]).unwrap().into();
    let multinomial = multinomial(4, &few).unwrap();
    assert_both("multinomial", &multinomial, &rows(2, &[0.0, 1.0, 2.0, 3.0], 54), &theta[..9]);
}
