//! Old Faithful: a mixture of two normal distributions for the minutes between eruptions.
//!
//! The waiting time is short after a short eruption and long after a long one, so its density has two peaks:
//! f(x) = w N(x; μ₁, σ₁) + (1 − w) N(x; μ₂, σ₂). The EM algorithm is the usual way to its maximum, slowly and without standard errors;
//! Newton's method takes ten steps, and the observed information is there when it ends.
//!
//! `cargo run --release --example old_faithful`

#[path = "published/mod.rs"]
mod published;

use fisher_information::distributions::{Mixture, Normal};
use fisher_information::inference::maximum_likelihood;
use published::Report;
use std::error::Error;
use std::process::ExitCode;

const MIXTOOLS: &str = "normalmixEM of mixtools 2.0.0; Benaglia et al. (2009), section 3";

/// The minutes to the next eruption.
///
/// # Errors
/// A table that cannot be read.
pub fn data() -> Result<Vec<f64>, Box<dyn Error>> {
    Ok(published::table("faithful.csv")?.numbers("waiting")?)
}

/// Fits the mixture and compares it with what others find.
///
/// # Errors
/// Those of the library.
pub fn report(waiting: &Vec<f64>) -> Result<Report, Box<dyn Error>> {
    let model = Mixture::new(vec![Normal, Normal])?;
    let fit = maximum_likelihood(&model, waiting)?;
    published::describe(&fit);

    let mut report = Report::default();
    for (name, printed) in [("weight 1", "0.361"), ("mean 1", "54.61"), ("mean 2", "80.09")] {
        report.check(name, fit.get(name)?, printed, MIXTOOLS);
    }
    for (name, printed) in [("deviation 1", "5.871"), ("deviation 2", "5.868")] {
        report.check(name, fit.get(name)?, printed, MIXTOOLS);
    }
    report.check("log-likelihood", fit.log_likelihood().value, "-1034.002", MIXTOOLS);
    Ok(report)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| report(&data()?))
}
