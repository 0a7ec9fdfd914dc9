//! Challenger: distressed O-rings of the space shuttle against the temperature at launch.
//!
//! Each of 23 flights before the accident had six rings, of which some showed distress. Was a launch at 31 °F safe? A logistic regression
//! on the temperature says what the data could have said, and how uncertain that was.
//!
//! `cargo run --release --example challenger`

#[path = "published/mod.rs"]
mod published;

use fisher_information::regression::{Design, Sample, logistic};
use published::Report;
use std::error::Error;
use std::process::ExitCode;

const GLM: &str = "glm of R 4.2.2";

/// Flights with the temperature, and whether any ring showed distress.
///
/// # Errors
/// A table that cannot be read.
pub fn data() -> Result<Sample, Box<dyn Error>> {
    let frame = published::table("challenger.csv")?;
    Ok(Design::new().intercept().numeric("temperature").response("any").rows(&frame)?)
}

/// Fits the regression and compares it with others.
///
/// # Errors
/// Those of the library.
pub fn report(flights: &Sample) -> Result<Report, Box<dyn Error>> {
    let model = logistic(flights.covariates())?;
    let fit = model.fit(flights)?;
    let covariance = fit.covariance()?;
    println!("{}", covariance.estimates(fit.estimates())?);

    let mut report = Report::default();
    report.check("intercept", fit.get("intercept")?, "15.0429", GLM);
    report.check("standard error of intercept", covariance.standard_error("intercept")?.value, "7.3786", GLM);
    report.check("temperature", fit.get("temperature")?, "-0.2322", GLM);
    report.check("standard error of temperature", covariance.standard_error("temperature")?.value, "0.1082", GLM);
    report.check("deviance", -2.0 * fit.log_likelihood().value, "20.315", GLM);
    Ok(report)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| report(&data()?))
}
