//! The models on real data: that every published number is met to its last digit, and that a change of the data is noticed.
#![allow(clippy::duplicate_mod)] // each model is a program of its own, with what they have in common inside

#[path = "../models/beetles.rs"]
mod beetles;
#[path = "../models/challenger.rs"]
mod challenger;
#[path = "../models/descent.rs"]
#[allow(dead_code)] // its main prints the survey that is tested here
mod descent;
#[path = "../models/exchange.rs"]
pub mod exchange;
#[path = "../models/gasoline.rs"]
mod gasoline;
#[path = "../models/gehan.rs"]
mod gehan;
#[path = "../models/housing.rs"]
mod housing;
#[path = "../models/lake_huron.rs"]
pub mod lake_huron;
#[path = "../models/law_school.rs"]
pub mod law_school;
#[path = "../models/lung.rs"]
mod lung;
#[path = "../models/old_faithful.rs"]
mod old_faithful;
#[path = "../models/port_pirie.rs"]
mod port_pirie;
#[path = "../models/puromycin.rs"]
pub mod puromycin;
#[path = "../models/quine.rs"]
mod quine;
#[path = "../models/stackloss.rs"]
mod stackloss;
#[path = "../models/wind.rs"]
mod wind;

use beetles::DoseResponse;
use fisher_information::model::{Observations, Table};
use fisher_information::regression::Sample;
use std::process::ExitCode;

#[test]
fn the_beetles_agree_with_all_printed_digits() {
    assert_eq!(beetles::main(), ExitCode::SUCCESS);
}

#[test]
fn one_beetle_more_is_noticed() {
    let mut groups = beetles::data().unwrap();
    groups[3][2] += 1.0;
    for curve in [DoseResponse::Logit, DoseResponse::Probit, DoseResponse::ExtremeValue] {
        let report = beetles::report(curve, &groups).unwrap();
        assert!(report.checks.iter().all(|check| !check.agrees()), "{curve:?}");
    }
}

/// A sample whose first row has another response.
fn changed(sample: Sample, by: f64) -> Sample {
    let mut values = sample.table().values().to_vec();
    let last = sample.table().columns() - 1;
    values[last] += by;
    let table = Table::new(last + 1, values).unwrap();
    let weights = sample.weights().map(<[f64]>::to_vec);
    Sample::new(table, sample.covariates().clone(), weights).unwrap()
}

/// A series or sample whose first number is another.
fn moved(mut numbers: Vec<f64>, by: f64) -> Vec<f64> {
    numbers[0] += by;
    numbers
}

/// A test for each model: that it meets the published numbers on its data, and not on other data.
macro_rules! published {
    ($($model:ident: $change:expr;)*) => {$(
        #[test]
        fn $model() {
            assert_eq!($model::main(), ExitCode::SUCCESS);
            let data = ($change)($model::data().unwrap());
            assert!(!$model::report(&data).unwrap().agrees(), "a change of the data is not noticed");
        }
    )*};
}

published! {
    challenger: |flights| changed(flights, 1.0);
    exchange: |mut series: Vec<Vec<f64>>| vec![moved(series.remove(0), 0.5)];
    gasoline: |distillations| changed(distillations, 0.01);
    gehan: |patients| changed(patients, -1.0);
    housing: |residents| changed(residents, 1.0);
    lake_huron: |mut series: Vec<Vec<f64>>| vec![moved(series.remove(0), 0.5)];
    law_school: |(patterns, counts)| (patterns, moved(counts, 1.0));
    lung: |patients| changed(patients, -1.0);
    old_faithful: |waiting| moved(waiting, 5.0);
    port_pirie: |levels| moved(levels, 0.1);
    puromycin: |mut cells: Vec<[f64; 2]>| {
        cells[0][1] += 1.0;
        cells
    };
    quine: |children| changed(children, 1.0);
    stackloss: |days| changed(days, 1.0);
    wind: |speeds| moved(speeds, 1.0);
}

#[test]
fn natural_gradients_arrive_in_a_few_steps_and_plain_ones_in_good_units_alone() {
    let mut rows = descent::survey().unwrap();
    assert_eq!(descent::report(&rows), ExitCode::SUCCESS);
    let plain = |problem: &str| {
        let row = rows.iter().find(|row| row.method == descent::PLAIN && row.problem.starts_with(problem)).unwrap();
        (row.steps, row.arrives())
    };
    assert_eq!(plain("Challenger"), (descent::MOST, false));
    assert!(rows.iter().any(|row| row.steps == descent::MOST && row.distance > 1.0));
    assert!(plain("beetles").0 > 20_000 && plain("beetles").1);
    assert!(plain("quine").0 < 1000 && plain("quine").1);
    for row in rows.iter().filter(|row| row.method != descent::PLAIN) {
        assert!(row.steps <= 20, "{}, {}: {} steps", row.problem, row.method, row.steps);
    }
    rows[1].distance = 1e-3;
    assert_eq!(descent::report(&rows), ExitCode::FAILURE);
}
