//! Linear predictors of many columns: alone, several with columns and parameters in common, with offsets, in random links.

use super::comparison::{alike, assert_alike, explanation, outcomes};
use super::expression::Function::{Exp, Ln, Ln1pExp, Logistic, Sin, Tanh};
use super::expression::{Expression, Model, c, choose, normal, p, table, x};
use super::random::rounding;
use fisher_information::information::Weighted;
use fisher_information::kernel::{Explanation, Path, Work};
use fisher_information::model::Observations;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Σ θᵢ xᵢ over these parameters, each with the column of its number.
fn predictor(parameters: impl IntoIterator<Item = usize>) -> Expression {
    Expression::Linear(parameters.into_iter().map(|i| (i, i)).collect())
}

/// Some small numbers of either sign.
fn theta(parameters: usize) -> Vec<f64> {
    (0..parameters).map(|i| 0.3 * (1.0 + i as f64).sin()).collect()
}

/// Asserts that both paths agree, and that the kernel works with so many linear predictors.
fn assert_structured(what: &str, formula: Expression, parameters: usize, rows: usize, predictors: usize) {
    let model = Model::from(formula);
    let data = table(rows, &vec![[-1.0, 1.0]; parameters + 2], 41);
    let mut last = theta(parameters);
    last[parameters - 1] = 1.1;
    let mut other = last.clone();
    other[0] = -0.7;
    let weights: Vec<f64> = (0..rows).map(|i| 0.5 + (i % 5) as f64).collect();
    let weighted = Weighted { data: &data, weights: &weights };
    assert_alike(what, &model, &data, &[last.clone(), other]);
    assert_alike(what, &model, &weighted, std::slice::from_ref(&last));
    let found = explanation(&model, &data, &last).unwrap();
    assert_eq!(found, Explanation::Kernels { courses: vec![Work::Predictors { count: predictors }] }, "{what}");
}

#[test]
fn one_predictor() {
    for (parameters, rows) in [(2, 300), (9, 257), (16, 100), (17, 300), (60, 130)] {
        let eta = || predictor(0..parameters);
        let y = || x(parameters).apply(Logistic);
        assert_structured("logistic", y() * eta() - eta().apply(Ln1pExp), parameters, rows, 1);
        assert_structured(
            "Poisson with an offset",
            {
                let eta = || eta() + x(parameters + 1);
                y() * eta() - eta().apply(Exp)
            },
            parameters,
            rows,
            1,
        );
    }
}

#[test]
fn a_parameter_beside_the_predictor() {
    for parameters in [9, 12, 33] {
        let last = parameters - 1;
        let regression = normal(x(parameters), predictor(0..last), p(last));
        assert_structured("deviation", regression, parameters, 300, 1);
        // in the predictor, and outside it
        let eta = || predictor(0..parameters);
        let both = x(parameters) * eta() - eta().apply(Ln1pExp) + (p(1) * x(0)).apply(Sin) * p(last);
        assert_structured("both", both, parameters, 300, 1);
    }
}

#[test]
fn several_predictors() {
    let parameters = 14;
    // one for the mean, one for the logarithm of the deviation; apart, with columns and with parameters in common
    for (mean, deviation) in [(0..7, 7..14), (0..9, 5..14), (0..14, 3..11), (0..14, 0..13)] {
        let log_deviation = || predictor(deviation.clone());
        let z = (x(parameters) - predictor(mean.clone())) / log_deviation().apply(Exp);
        assert_structured("two", -log_deviation() - c(0.5) * z.powi(2), parameters, 300, 2);
    }
    // the same columns with other parameters
    let second = Expression::Linear((0..7).map(|i| (7 + i, i)).collect());
    let two = (predictor(0..7).apply(Tanh) + second).apply(Ln1pExp);
    assert_structured("columns in common", -two, parameters, 300, 2);
    // a parameter with two columns
    let twice = || Expression::Linear((0..14).map(|i| (i % 7, i)).collect());
    let model = x(14) * twice() - twice().apply(Ln1pExp) + (p(13) * x(0)).apply(Sin) + (p(12) * x(1)).apply(Sin);
    let model = model - (p(7) + p(8) + p(9) + p(10) + p(11)).powi(2);
    assert_alike("twice", &Model::from(model), &table(300, &[[-1.0, 1.0]; 15], 42), &[theta(14)]);
}

/// 2η and −η are functions of η, and η + x is another predictor only by a number that depends on data.
#[test]
fn multiples_of_a_predictor() {
    let parameters = 12;
    let eta = || predictor(0..parameters);
    let double =
        || Expression::Linear((0..parameters).map(|i| (i, i)).chain((0..parameters).map(|i| (i, i))).collect());
    let data = table(400, &[[-1.0, 1.0]; 14], 43);
    let formulas = [
        ("scaled", -(eta() * c(2.0)).apply(Ln1pExp) - (eta() * c(-0.5)).apply(Ln1pExp)),
        ("negative", -(-eta()).apply(Ln1pExp) - eta().apply(Ln1pExp)),
        ("summed twice", -double().apply(Ln1pExp) - eta().apply(Ln1pExp)),
        ("shifted", -(eta() + x(12)).apply(Ln1pExp) - (eta() - x(13)).apply(Ln1pExp)),
        ("scaled by data", -(eta() * x(12)).apply(Ln1pExp) - eta().powi(2)),
        ("scaled by θ", -(eta() * p(0)).apply(Ln1pExp) - eta().powi(2)),
        ("divided", -((eta() + c(1.0)) / (x(12) + c(3.0))).apply(Sin) - (eta() / c(3.0)).powi(2)),
        ("linear", eta() * x(12) - x(13)),
        ("in two terms", (eta() - eta()).apply(Exp) - eta().powi(2)),
        ("with a branch", choose(eta(), c(0.0), -eta().powi(2), -eta().apply(Exp) * x(12))),
        ("with a branch on data", choose(x(0), c(0.1), -eta().powi(2), -eta().apply(Exp) * p(3))),
    ];
    for (what, formula) in formulas {
        assert_alike(
            what,
            &Model::from(formula),
            &data,
            &[theta(parameters), vec![0.2; parameters], theta(parameters)],
        );
    }
}

/// Proportional odds: a difference of two logistic functions of η and two of several thresholds, by data.
#[test]
fn thresholds() {
    let parameters = 11;
    let eta = || predictor(0..8);
    let at = |threshold: usize| (p(threshold) - eta()).apply(Logistic);
    let upper = choose(x(11), c(0.5), (at(9) - at(8)).apply(Ln), (at(10) - at(9)).apply(Ln));
    let model = Model::from(choose(x(11), c(-0.2), at(8).apply(Ln), upper));
    let mut theta = theta(parameters);
    theta[8..].copy_from_slice(&[-0.5, 0.2, 1.4]);
    assert_alike("thresholds", &model, &table(1000, &[[-1.0, 1.0]; 12], 44), &[theta]);
}

/// Which parameters are in a predictor, with which columns, and whether there is an offset.
type Predictor = (Vec<(usize, usize)>, bool);

fn structure() -> impl Strategy<Value = (usize, Vec<Predictor>, Vec<usize>, Vec<usize>)> {
    (2..=20_usize).prop_flat_map(|parameters| {
        let linear = prop::collection::vec((0..parameters, 0..6_usize), 1..parameters + 2);
        let predictors = prop::collection::vec((linear, any::<bool>()), 1..=3);
        (Just(parameters), predictors, prop::collection::vec(0..7_usize, 3), prop::collection::vec(0..parameters, 0..2))
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        rng_seed: RngSeed::Fixed(19),
        failure_persistence: None,
        max_shrink_iters: 100,
        ..ProptestConfig::default()
    })]

    #[test]
    fn random_links((parameters, predictors, links, alone) in structure()) {
        let linked = predictors.iter().zip(&links).map(|((terms, offset), link)| {
            let eta = || {
                let eta = Expression::Linear(terms.clone());
                if *offset { eta + x(6) } else { eta }
            };
            match link {
                0 => x(7) * eta() - eta().apply(Ln1pExp),
                1 => x(7) * eta() - eta().apply(Exp),
                2 => -(x(7) - eta()).powi(2),
                3 => (eta() * x(7)).apply(Sin),
                4 => -(c(1.0) + (x(7) - eta()).powi(2)).apply(Ln),
                5 => (eta() * c(0.5)).apply(Tanh) + eta(),
                _ => -choose(x(7), eta(), eta() - x(7), (x(7) - eta()) * c(0.3)),
            }
        });
        let formula = linked.reduce(|a, b| a + b).unwrap();
        let formula = alone.iter().fold(formula, |sum, &i| sum * (p(i) * x(0)).apply(Exp));
        let model = Model::from(formula);
        let data = table(280, &[[-1.0, 1.0]; 8], 45);
        let data: &dyn Observations<[f64]> = &data;
        let thetas = [theta(parameters), vec![0.4; parameters]];
        let [kernel, duals] = [Path::Kernel, Path::Duals].map(|path| outcomes(&model, data, &thetas, path));
        for ((kernel, duals), theta) in kernel.iter().zip(&duals).zip(&thetas) {
            if let Err(difference) = alike(kernel, duals, &[]) {
                let rounding = rounding(&model, data, theta, duals);
                prop_assert_eq!(alike(kernel, duals, &rounding), Ok(()), "{} without rounding", difference);
            }
        }
    }
}
