//! Challenger: distressed O-rings of the space shuttle against the temperature at launch.
//!
//! Each of 23 flights before the accident had six rings, of which some showed distress. Was a launch at 31 °F safe? A logistic regression
//! on the temperature says what the data could have said, and how uncertain that was.
//!
//! `cargo run --release --example challenger`

#[path = "published/mod.rs"]
mod published;

use fisher_information::inference::Linear;
use fisher_information::regression::{Design, Sample, logistic, predict_mean};
use published::Report;
use std::error::Error;
use std::process::ExitCode;

const GLM: &str = "glm of R 4.2.2";
const ANOVA: &str = "summary and anova(test = \"Rao\"), anova(test = \"LRT\") of R 4.2.2";
const CONFINT: &str = "confint of MASS 7.3-58.2, R 4.2.2";
const PREDICT: &str = "predict(se.fit = TRUE) of R 4.2.2";

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
    published::describe(&fit);

    let mut report = Report::default();
    report.check("intercept", fit.get("intercept")?, "15.0429", GLM);
    report.check("standard error of intercept", covariance.standard_error("intercept")?.value, "7.3786", GLM);
    report.check("temperature", fit.get("temperature")?, "-0.2322", GLM);
    report.check("standard error of temperature", covariance.standard_error("temperature")?.value, "0.1082", GLM);
    let slope = [("temperature", 0.0)];
    let restricted = fit.restricted(&slope)?;
    let tests = [
        ("Wald", fit.wald(&Linear::values(&slope), &covariance)?, "4.6008"),
        ("score", restricted.score_test(&restricted.expected()?)?, "7.2312"),
        ("likelihood-ratio", restricted.likelihood_ratio()?, "7.9520"),
    ];
    for (name, test, printed) in tests {
        report.check(format!("{name} test of no slope"), test.statistic.value, printed, ANOVA);
    }
    let interval = fit.profile("temperature")?.interval(0.95)?;
    report.check("profile interval of temperature, from", interval.ends()[0], "-0.5154", CONFINT);
    report.check("to", interval.ends()[1], "-0.0608", CONFINT);

    // At 31 °F, twenty degrees below any flight before.
    let cold = predict_mean(&fit, &[1.0, 31.0, 0.0], 0.95)?;
    report.check("probability of distress at 31 °F", cold.value, "0.9996", PREDICT);
    report.check("its 95 % interval, from", cold.lower, "0.4816", PREDICT);
    report.check("to", cold.upper, "1.0000", PREDICT);
    report.check("deviance", -2.0 * fit.log_likelihood().value, "20.315", GLM);
    Ok(report)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| report(&data()?))
}
