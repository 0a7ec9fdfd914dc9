//! Random log-likelihoods over random data.

use super::comparison::{Outcome, alike, explanation, numbers, outcomes};
use super::expression::{Expression, Function, Model, Numbers, Operation};
use fisher_information::information::{Table, Weighted};
use fisher_information::kernel::{Explanation, Path, Work};
use fisher_information::model::Observations;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How much the dual numbers round in the model itself: by how much the sums change at most if every operation is off by a few units in
/// the last place, times a factor for there being few trials and another order of operations.
pub fn rounding(model: &Model, data: &dyn Observations<[f64]>, theta: &[f64], exact: &Outcome) -> Vec<f64> {
    const FACTOR: f64 = 32.0;
    let Some(exact) = exact.as_ref().ok().and_then(|sums| numbers(sums).ok()) else { return Vec::new() };
    let mut rounding = vec![0.0_f64; exact.len()];
    for noise in 1..=3 {
        let noisy = Model { noise, ..model.clone() };
        let sums = outcomes(&noisy, data, &[theta.to_vec()], Path::Duals).remove(0);
        // Where it breaks down under a little noise, nothing is known of its digits.
        let Some(found) = sums.ok().and_then(|sums| numbers(&sums).ok()) else {
            return vec![f64::INFINITY; exact.len()];
        };
        for (rounding, (found, exact)) in rounding.iter_mut().zip(found.iter().zip(&exact)) {
            *rounding = rounding.max(FACTOR * (found.value - exact.value).abs());
        }
    }
    rounding
}

/// Between what the numbers of a column lie.
const COLUMNS: [[f64; 2]; 6] = [[-1.0, 1.0], [0.1, 3.0], [-3.0, 5.0], [100.0, 100.1], [1e-3, 2e-3], COUNTS];

/// Those of this column are whole.
const COUNTS: [f64; 2] = [-0.5, 4.5];

/// A model with data for it.
#[derive(Clone, Debug)]
struct Case {
    formula: Expression,
    thetas: Vec<Vec<f64>>,
    columns: Vec<usize>,
    rows: usize,
    weighted: bool,
    seed: u64,
}

fn case() -> impl Strategy<Value = Case> {
    (1..=6_usize, prop::collection::vec(0..COLUMNS.len(), 1..=3)).prop_flat_map(|(parameters, columns)| {
        let theta = || prop::collection::vec(prop_oneof![0.2..2.0, -1.5..-0.2], parameters);
        let rows = prop::sample::select(vec![1_usize, 2, 60, 255, 256, 257, 400, 600]);
        let formula = formula(parameters, columns.len());
        (formula, prop::collection::vec(theta(), 1..=3), Just(columns), rows, any::<bool>(), any::<u64>()).prop_map(
            |(formula, thetas, columns, rows, weighted, seed)| Case { formula, thetas, columns, rows, weighted, seed },
        )
    })
}

/// Expressions that have a value more often than not.
fn formula(parameters: usize, columns: usize) -> BoxedStrategy<Expression> {
    use Function::{Abs, Cos, Exp, Ln, Ln1p, Ln1pExp, LnGamma, Logistic, Negate, Sin, SquareRoot, Tanh};
    let operation = || {
        use Operation::{Add, Divide, Multiply, Subtract};
        prop::sample::select(vec![Add, Add, Subtract, Multiply, Multiply, Divide])
    };
    let leaf = prop_oneof![
        2 => (0..parameters).prop_map(Expression::Parameter),
        1 => (0..columns).prop_map(Expression::Datum),
        6 => (0..parameters, 0..columns, operation(), any::<bool>()).prop_map(|(i, j, operation, swapped)| {
            let (a, b) = (Expression::Parameter(i), Expression::Datum(j));
            if swapped { b.combine(operation, a) } else { a.combine(operation, b) }
        }),
        1 => prop::sample::select(vec![-2.0, -0.5, 0.3, 1.0, 2.0, 7.0]).prop_map(Expression::Number),
        1 => prop::collection::vec((0..parameters, 0..columns), 2..6).prop_map(Expression::Linear),
    ];
    let tame = prop::sample::select(vec![Negate, Sin, Cos, Ln1pExp, Logistic]);
    let of_positive = prop::sample::select(vec![Ln, SquareRoot, LnGamma, Ln1p, Abs]);
    let any = prop::sample::select(vec![Ln, SquareRoot, Exp, Abs, LnGamma, Ln1p]);
    let part = leaf.prop_recursive(5, 24, 4, move |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            8 => (pair.clone(), operation()).prop_map(|((a, b), operation)| a.combine(operation, b)),
            4 => (inner.clone(), tame.clone()).prop_map(|(a, function)| a.apply(function)),
            2 => (inner.clone(), of_positive.clone())
                .prop_map(|(a, function)| (a.powi(2) + Expression::Number(0.4)).apply(function)),
            1 => (inner.clone(), any.clone()).prop_map(|(a, function)| a.apply(function)),
            1 => inner.clone().prop_map(|a| (-a.powi(2)).apply(Exp)),
            // Dual numbers overflow in the tanh of large numbers, where the slope is 0 beyond doubt.
            1 => inner.clone().prop_map(|a| (a.apply(Sin) * Expression::Number(5.0)).apply(Tanh)),
            2 => (inner.clone(), prop::sample::select(vec![-2, -1, 2, 3, 4])).prop_map(|(a, n)| a.powi(n)),
            1 => (inner.clone(), prop::sample::select(vec![0.5, -0.7, 1.9]))
                .prop_map(|(a, n)| Expression::PowerReal(Box::new(a.powi(2) + Expression::Number(0.1)), n)),
            1 => (pair.clone(), pair).prop_map(|((a, b), (then, otherwise))| super::expression::choose(a, b, then, otherwise)),
        ]
    });
    // a few of them, so that most parameters and columns occur
    let parts = prop::collection::vec((part, operation()), 1..=4);
    parts
        .prop_map(|parts| {
            let mut parts = parts.into_iter();
            let first = parts.next().map_or(Expression::Number(0.0), |(first, _)| first);
            parts.fold(first, |all, (part, operation)| all.combine(operation, part))
        })
        .boxed()
}

fn data(case: &Case) -> (Table, Vec<f64>) {
    let columns: Vec<[f64; 2]> = case.columns.iter().map(|&kind| COLUMNS[kind]).collect();
    let mut numbers = Numbers(case.seed);
    let weights = (0..case.rows).map(|i| if i % 4 == 1 { 0.0 } else { numbers.between(0.5, 2.0) }).collect();
    let mut values = super::expression::table(case.rows, &columns, case.seed).values().to_vec();
    for row in values.chunks_mut(columns.len()) {
        row.iter_mut()
            .zip(&columns)
            .filter(|(_, column)| **column == COUNTS)
            .for_each(|(value, _)| *value = value.round());
    }
    (Table::new(columns.len(), values).unwrap(), weights)
}

/// What became of a case.
fn kind(model: &Model, data: &dyn Observations<[f64]>, theta: &[f64]) -> &'static str {
    match explanation(model, data, theta) {
        Ok(Explanation::Kernels { courses }) => match courses.as_slice() {
            [Work::Functions { sufficient: true, .. }] => "sufficient statistics",
            [Work::Functions { .. }] => "functions",
            [Work::Predictors { .. }] => "predictors",
            [_] => "rows",
            _ => "several courses",
        },
        Ok(_) => "duals",
        Err(_) => "error",
    }
}

/// How many models are tried.
const CASES: u32 = 192;

#[test]
fn random_models() {
    let config = ProptestConfig {
        cases: CASES,
        rng_seed: RngSeed::Fixed(7),
        failure_persistence: None,
        max_shrink_iters: 300,
        ..ProptestConfig::default()
    };
    let kinds: RefCell<BTreeMap<&str, usize>> = RefCell::default();
    let outcome = TestRunner::new(config).run(&case(), |case| {
        let model = Model::from(case.formula.clone());
        let (table, weights) = data(&case);
        let weighted = Weighted { data: &table, weights: &weights };
        let data: &dyn Observations<[f64]> = if case.weighted && case.rows > 1 { &weighted } else { &table };
        let [kernel, duals] = [Path::Kernel, Path::Duals].map(|path| outcomes(&model, data, &case.thetas, path));
        for ((kernel, duals), theta) in kernel.iter().zip(&duals).zip(&case.thetas) {
            if let Err(difference) = alike(kernel, duals, &[]) {
                let rounding = rounding(&model, data, theta, duals);
                prop_assert_eq!(
                    alike(kernel, duals, &rounding),
                    Ok(()),
                    "{} without rounding, at {:?}",
                    difference,
                    theta
                );
            }
        }
        *kinds.borrow_mut().entry(kind(&model, data, &case.thetas[0])).or_default() += 1;
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let kinds = kinds.into_inner();
    let share = |kind: &str| f64::from(kinds.get(kind).map_or(0, |&count| count as u32)) / f64::from(CASES);
    for (kind, least) in [
        ("sufficient statistics", 0.1),
        ("functions", 0.1),
        ("predictors", 0.05),
        ("rows", 0.02),
        ("several courses", 0.02),
    ] {
        assert!(share(kind) >= least, "{kind}: {kinds:?}");
    }
    assert!(share("error") <= 0.3, "{kinds:?}");
}
