//! The Law School Admission Test, section 6: a two-parameter logistic model of item responses.
//!
//! A person of ability z answers item i correctly with probability 1/(1 + e^−(aᵢz + cᵢ)). Abilities are standard normal, and the
//! likelihood of a pattern of answers is an integral over them, here by the trapezoidal rule, whose error for such a smooth integrand is
//! that of rounding. A pattern stands for all who gave it: its
//! count is a weight.
//!
//! `cargo run --release --example law_school`

#[path = "published/mod.rs"]
mod published;

use fisher_information::inference::MaximumLikelihood;
use fisher_information::model::Weighted;
use fisher_information::prelude::*;
use fisher_information::scalar::log_sum_exp;
use published::Report;
use std::error::Error;
use std::process::ExitCode;

const LTM: &str = "Rizopoulos (2006), J. Statist. Software 17(5), section 3";

/// How many items there are.
const ITEMS: usize = 5;

/// The pattern of answers of a person: 1 for right and 0 for wrong. Slopes a₁, … and intercepts c₁, …
pub struct TwoParameterLogistic;

impl LogLikelihood for TwoParameterLogistic {
    type Parameters = Fixed<{ 2 * ITEMS }>;
    type Observation = [f64; ITEMS];

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, items: &[D; 2 * ITEMS], answers: &[D; ITEMS]) -> D {
        let (slopes, intercepts) = items.split_at(ITEMS);
        let terms: [D; 65] = std::array::from_fn(|k| {
            let ability = (k as f64 - 32.0) * STEP;
            let ln_weight = -0.5 * (ability * ability + std::f64::consts::TAU.ln()) + STEP.ln();
            let answers = answers.iter().zip(slopes).zip(intercepts);
            answers.fold(D::from(ln_weight), |sum, ((&answer, &slope), &intercept)| {
                let z = slope * ability + intercept;
                sum + answer * z - z.ln_1p_exp()
            })
        });
        log_sum_exp(&terms)
    }

    fn parameters(&self) -> Vec<Parameter> {
        let slopes = (1..=ITEMS).map(|item| Parameter::real(format!("slope {item}")));
        slopes.chain((1..=ITEMS).map(|item| Parameter::real(format!("intercept {item}")))).collect()
    }
}

/// The distance of the abilities at which the integrand is evaluated, from −8 to 8.
const STEP: f64 = 0.25;

/// The patterns, and how many of the thousand gave each.
pub type Answers = (Vec<[f64; ITEMS]>, Vec<f64>);

/// The patterns and their counts.
///
/// # Errors
/// A table that cannot be read.
pub fn data() -> Result<Answers, Box<dyn Error>> {
    let table = published::table("lsat.csv")?;
    let items = ["item1", "item2", "item3", "item4", "item5"].map(|name| table.numbers(name));
    let mut patterns = vec![[0.0; ITEMS]; table.rows()];
    for (item, answers) in items.into_iter().enumerate() {
        for (pattern, answer) in patterns.iter_mut().zip(answers?) {
            pattern[item] = answer;
        }
    }
    Ok((patterns, table.numbers("count")?))
}

/// Fits the items and compares them with others.
///
/// # Errors
/// Those of the library.
pub fn report((patterns, counts): &Answers) -> Result<Report, Box<dyn Error>> {
    let data = Weighted { data: patterns, weights: counts };
    let start = [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    let fit = MaximumLikelihood::new(&TwoParameterLogistic, &data).start(&start).fit()?;
    published::describe(&fit);

    let ln_likelihood = fit.log_likelihood().value;
    let parameters = fit.estimates().len() as f64;
    let mut report = Report::default();
    report.check("log-likelihood", ln_likelihood, "-2466.653", LTM);
    report.check("AIC", 2.0 * parameters - 2.0 * ln_likelihood, "4953.307", LTM);
    report.check("BIC", parameters * fit.observations().ln() - 2.0 * ln_likelihood, "5002.384", LTM);
    Ok(report)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| report(&data()?))
}
