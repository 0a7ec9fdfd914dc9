//! Advanced lung cancer: survival by age, sex and how well a patient gets through the day, for the third of them censored.
//!
//! `cargo run --release --example lung`

#[path = "published/mod.rs"]
mod published;

use fisher_information::regression::{Design, Law, Sample, accelerated_failure_time};
use published::Report;
use std::error::Error;
use std::process::ExitCode;

const SURVREG: &str = "survreg(Surv(time, status) ~ ph.ecog + age + sex, lung), survival 3.5-3, R 4.2.2";

/// The patients.
///
/// # Errors
/// A table that cannot be read.
pub fn data() -> Result<Sample, Box<dyn Error>> {
    let frame = published::table("lung.csv")?;
    let design = Design::new().intercept().numeric("age").categorical_against("sex", "male").numeric("ecog");
    Ok(design.response("days").response("died").rows(&frame)?)
}

/// Fits the regression and compares it with others.
///
/// # Errors
/// Those of the library.
pub fn report(patients: &Sample) -> Result<Report, Box<dyn Error>> {
    let model = accelerated_failure_time(Law::Weibull, patients.covariates())?;
    let fit = model.fit(patients)?;
    let covariance = fit.covariance()?;
    published::describe(&fit);

    let mut report = Report::default();
    let printed =
        [("age", "-0.00748", "0.00676"), ("sex[female]", "0.40109", "0.12373"), ("ecog", "-0.33964", "0.08348")];
    for (name, estimate, error) in printed {
        report.check(name, fit.get(name)?, estimate, SURVREG);
        report.check(format!("error of {name}"), covariance.standard_error(name)?.value, error, SURVREG);
    }
    let scale = fit.get("scale")?;
    report.check("ln scale", scale.ln(), "-0.31319", SURVREG);
    report.check("error of ln scale", covariance.standard_error("scale")?.value / scale, "0.06135", SURVREG);
    report.check("log-likelihood", fit.log_likelihood().value, "-1132.4", SURVREG);
    Ok(report)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| report(&data()?))
}
