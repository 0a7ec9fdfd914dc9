//! Remission of leukaemia: a trial of 6-mercaptopurine against a placebo, with patients still in remission when it ended.
//!
//! A lifetime that had not ended counts with its probability to last so long. Under the Weibull law the treatment multiplies lifetimes
//! by a factor (accelerated failure time) and divides the hazard by a power of it (proportional hazards): the same model twice.
//!
//! `cargo run --release --example gehan`

#[path = "published/mod.rs"]
mod published;

use fisher_information::regression::{Design, Law, Sample, accelerated_failure_time};
use published::Report;
use std::error::Error;
use std::process::ExitCode;

const SURVREG: &str = "survreg of survival 3.5-3, R 4.2.2; Venables and Ripley (2002), section 13.2";

/// The patients: treatment, weeks, and whether the remission ended.
///
/// # Errors
/// A table that cannot be read.
pub fn data() -> Result<Sample, Box<dyn Error>> {
    let frame = published::table("gehan.csv")?;
    let design = Design::new().intercept().categorical_against("treatment", "6-MP");
    Ok(design.response("weeks").response("relapsed").rows(&frame)?)
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
    let printed = [("intercept", "3.516", "0.252"), ("treatment[control]", "-1.267", "0.311")];
    for (name, estimate, error) in printed {
        report.check(name, fit.get(name)?, estimate, SURVREG);
        report.check(format!("error of {name}"), covariance.standard_error(name)?.value, error, SURVREG);
    }
    let scale = fit.get("scale")?;
    report.check("ln scale", scale.ln(), "-0.312", SURVREG);
    report.check("error of ln scale", covariance.standard_error("scale")?.value / scale, "0.147", SURVREG);
    report.check("log-likelihood", fit.log_likelihood().value, "-106.6", SURVREG);
    Ok(report)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| report(&data()?))
}
