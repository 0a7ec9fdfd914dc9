//! Stack loss: a linear model of 21 days of a chemical plant, with five kinds of standard errors.
//!
//! `cargo run --release --example stackloss`

#[path = "published/mod.rs"]
mod published;

use fisher_information::regression::HeteroscedasticityCorrection::{HC0, HC1, HC2, HC3};
use fisher_information::regression::{Design, Dispersion, Leverage, Sample, heteroscedastic_covariance, linear};
use published::Report;
use std::error::Error;
use std::process::ExitCode;

const LM: &str = "lm of R 4.2.2";
const SANDWICH: &str = "vcovHC of sandwich 3.0-2, R 4.2.2";

/// The days.
///
/// # Errors
/// A table that cannot be read.
pub fn data() -> Result<Sample, Box<dyn Error>> {
    let frame = published::table("stackloss.csv")?;
    let design =
        Design::new().intercept().numeric("air_flow").numeric("water_temperature").numeric("acid_concentration");
    Ok(design.response("stack_loss").rows(&frame)?)
}

/// Fits the regression and compares it with others.
///
/// # Errors
/// Those of the library.
pub fn report(days: &Sample) -> Result<Report, Box<dyn Error>> {
    let model = linear(days.covariates())?;
    let fit = model.fit(days)?;
    let covariance = fit.covariance()?;
    published::describe(&fit);
    // Least squares divides by n − 4 where the likelihood divides by n.
    let freedom = fit.observations() - 4.0;
    let spread = (fit.observations() / freedom).sqrt();
    let mut report = Report::default();
    let printed = [
        ("intercept", "-39.9197", "11.8960"),
        ("air_flow", "0.7156", "0.1349"),
        ("water_temperature", "1.2953", "0.3680"),
        ("acid_concentration", "-0.1521", "0.1563"),
    ];
    for (name, estimate, error) in printed {
        report.check(name, fit.get(name)?, estimate, LM);
        report.check(format!("error of {name}"), covariance.standard_error(name)?.value * spread, error, LM);
    }
    for (correction, printed) in [
        (HC0, ["6.4116", "0.1589", "0.4465", "0.0864"]),
        (HC1, ["7.1261", "0.1767", "0.4963", "0.0961"]),
        (HC2, ["7.5576", "0.1839", "0.5118", "0.1016"]),
        (HC3, ["9.0011", "0.2134", "0.5888", "0.1206"]),
    ] {
        let robust = heteroscedastic_covariance(&fit, correction)?;
        for ((name, error), printed) in robust.names().iter().zip(robust.standard_errors()).zip(printed) {
            report.check(format!("error of {name}, {correction:?}"), error.value, printed, SANDWICH);
        }
    }
    let leverage = Leverage::of(&fit, Dispersion::Estimated)?;
    report.check("Cook's distance of the last day", leverage.cooks_distance()[20], "0.6920", LM);
    report.check("leverage of day 17", leverage.hat()[16], "0.4121", LM);
    report.check("studentised residual of the last day", leverage.studentised()[20], "-3.3305", LM);
    report.check("residual standard error", fit.get("deviation")? * spread, "3.243", LM);
    Ok(report)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| report(&data()?))
}
