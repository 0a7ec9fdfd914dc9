//! Twenty hospitals that share no rows: a logistic regression is fitted in each, merged in one round, and held against the fit to all rows.
//!
//! The data are simulated, so that the truth is known and the sizes can be changed. In each hospital the dose goes with the age in another
//! way: here the old are given more, there less. Each hospital alone sees a valley, and the valleys cross. A merge that keeps the whole
//! Fisher matrices knows that; one that keeps their diagonals does not; the plain average does not even know which hospitals are large.
//!
//! `cargo run --release --example shards`

use fisher_information::Error;
use fisher_information::geometry::merging::{Consistency, Expert, Experts, Pooling};
use fisher_information::information::{Covariance, ScoreSums};
use fisher_information::model::{Observations, Table};
use fisher_information::regression::{Covariates, logistic, simulate};
use nalgebra::DVector;
use rand::{RngExt, SeedableRng};
use std::process::ExitCode;

/// The columns of the design.
pub const COLUMNS: [&str; 6] = ["intercept", "age", "dose", "weight", "female", "smoker"];

/// The coefficients with which the responses are drawn.
pub const TRUTH: [f64; 6] = [-1.0, 0.7, -0.5, 0.3, 0.4, 0.6];

/// Rows of all hospitals, of `mean_rows` on average, between half and one and a half times as many.
///
/// # Errors
/// Those of the library.
pub fn hospitals(count: usize, mean_rows: usize, seed: u64) -> Result<Vec<Table>, Error> {
    let model = logistic(&Covariates::named(COLUMNS)?)?;
    let mut stream = chacha20::ChaCha8Rng::seed_from_u64(seed);
    let mut tables = Vec::new();
    for k in 0..count {
        let place = (k as f64 + 0.5) / count as f64;
        let habit = 1.9 * place - 0.95; // the correlation of dose and age: from −0.9 to 0.9
        let rows = (mean_rows as f64 * (0.5 + (7 * k % count) as f64 / (count - 1).max(1) as f64)).round();
        let mut normal = || rand_distr::Distribution::<f64>::sample(&rand_distr::StandardNormal, &mut stream);
        let mut values = Vec::new();
        for _ in 0..rows as usize {
            let (age, weight) = (normal(), normal());
            let dose = habit * age + (1.0 - habit * habit).sqrt() * (0.6 * weight + 0.8 * normal());
            let (female, smoker) = (f64::from(normal() > 0.0), f64::from(normal() > 0.8));
            values.extend([1.0, age, dose, weight, female, smoker, 0.0]);
        }
        let seed = stream.random();
        tables.push(simulate(&model, &TRUTH, &Table::new(COLUMNS.len() + 1, values)?, seed)?);
    }
    Ok(tables)
}

/// A proposal for the coefficients of all hospitals.
#[derive(Clone, Debug)]
pub struct Row {
    /// How it was made.
    pub method: &'static str,
    /// The coefficients.
    pub theta: Vec<f64>,
    /// The largest distance of a coefficient from that of the fit to all rows, in standard errors of that fit.
    pub largest: f64,
    /// The distance from that fit in its metric, (δᵀAδ)^(1/2): the largest of any combination of coefficients, in standard errors.
    pub distance: f64,
    /// The root mean square of that distance, as the Fisher matrices of the hospitals predict it: (tr(A Cov) − p)^(1/2), with the covariance
    /// of the average. It knows nothing of the bias of small samples.
    pub expected: Option<f64>,
    /// The sum of ½δₖᵀFₖδₖ, in nats.
    pub predicted: f64,
    /// The sum of ℓₖ(θ̂ₖ) − ℓₖ(θ), in nats.
    pub actual: f64,
}

/// What came of merging the fits of hospitals.
pub struct Study {
    /// How many rows there are.
    pub observations: f64,
    /// The proposals.
    pub rows: Vec<Row>,
    /// Whether the hospitals agree.
    pub consistency: Consistency,
    /// The covariance of the fit to all rows.
    pub whole: Covariance,
    /// The covariance of the full merge.
    pub merged: Covariance,
}

impl Study {
    /// The proposal made by this method.
    pub fn row(&self, method: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.method == method)
    }
}

/// Fits every hospital and all of them together, merges, refines and compares.
///
/// # Errors
/// Those of the library: of a hospital in which the covariates separate the responses, say.
pub fn study(tables: &[Table]) -> Result<Study, Error> {
    let model = logistic(&Covariates::named(COLUMNS)?)?;
    let fits = tables.iter().map(|table| model.fit(table)).collect::<Result<Vec<_>, _>>()?;
    let labels = (1..=fits.len()).map(|k| format!("hospital {k}"));
    let experts = labels.zip(&fits).map(|(label, fit)| Expert::from_fit(label, fit));
    let experts = Experts::new(experts.collect::<Result<Vec<_>, _>>()?)?;

    let all = Table::new(COLUMNS.len() + 1, tables.iter().flat_map(|table| table.values().to_vec()).collect())?;
    let whole = model.fit(&all)?;
    let (curvature, covariance) = (whole.observed()?, whole.covariance()?);
    let apart: f64 = fits.iter().map(|fit| fit.log_likelihood().value).sum();

    let total = experts.information()?;
    let excess = |covariance: &Covariance| {
        let ratio = (total.matrix() * covariance.matrix()).trace() - COLUMNS.len() as f64;
        ratio.max(0.0).sqrt()
    };
    let mut proposals: Vec<(&'static str, Vec<f64>, Option<f64>)> = Vec::new();
    let blocks = Pooling::blocks([vec!["age", "dose", "weight"], vec!["intercept", "female", "smoker"]]);
    for (method, pooling) in [
        ("plain average", Pooling::Uniform),
        ("diagonal", Pooling::Diagonal),
        ("two blocks", blocks),
        ("full", Pooling::Full),
    ] {
        let merge = experts.merge(&pooling)?;
        proposals.push((method, merge.theta(), Some(excess(&merge.covariance))));
    }
    for (method, start) in [("diagonal, refined", 1), ("full, refined", 3)] {
        let refined = experts.refine(&proposals[start].1, |k, theta| ScoreSums::of(&model, theta, &tables[k]))?;
        proposals.push((method, refined.theta(), None));
    }
    proposals.push(("fit to all rows", whole.estimates().to_vec(), None));

    let mut rows = Vec::new();
    for (method, theta, expected) in proposals {
        let delta: Vec<f64> = theta.iter().zip(whole.estimates()).map(|(merged, whole)| merged - whole).collect();
        let errors = covariance.standard_errors();
        rows.push(Row {
            method,
            largest: delta.iter().zip(&errors).map(|(delta, error)| (delta / error.value).abs()).fold(0.0, f64::max),
            distance: curvature.quadratic_form(&delta)?.value.max(0.0).sqrt(),
            expected,
            predicted: experts.predicted_loss(&theta)?.total.value,
            actual: apart - ScoreSums::of(&model, &theta, &all)?.log_likelihood().value,
            theta,
        });
    }
    Ok(Study {
        observations: whole.observations(),
        rows,
        consistency: experts.consistency()?,
        merged: experts.merge(&Pooling::Full)?.covariance,
        whole: covariance,
    })
}

/// Prints the study of twenty hospitals.
fn report() -> Result<(), Error> {
    let tables = hospitals(20, 1000, 1)?;
    let study = study(&tables)?;
    let smallest = tables.iter().map(Observations::count).min().unwrap_or(0);
    println!("{} rows in {} hospitals, {smallest} in the smallest\n", study.observations, tables.len());
    println!("                      distance from the fit to all rows,");
    println!("                       in standard errors of that fit           loss in nats");
    println!("                     coefficient  combination  expected     predicted     actual");
    for row in &study.rows {
        let expected = row.expected.map_or("–".into(), |expected| format!("{expected:.3}"));
        println!(
            "{:<19}{:>13.4}{:>13.4}{:>10}{:>14.3}{:>11.3}",
            row.method, row.largest, row.distance, expected, row.predicted, row.actual
        );
    }
    let ratio = DVector::from_iterator(
        COLUMNS.len(),
        study.merged.standard_errors().iter().zip(study.whole.standard_errors()).map(|(a, b)| a.value / b.value),
    );
    println!("\nstandard errors of the full merge over those of the fit: {:.4} to {:.4}", ratio.min(), ratio.max());
    println!("\n{}", study.consistency);
    Ok(())
}

/// Runs the study.
pub fn main() -> ExitCode {
    match report() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
