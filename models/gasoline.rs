//! Gasoline from crude oil: a share between 0 and 1 as response, by beta regression.
//!
//! The yield of a distillation depends on the crude oil and on the temperature at which all has evaporated. The precision φ of the beta
//! distribution is hard to know from 32 distillations: its standard error is a quarter of it, and the profile interval is skew.
//!
//! `cargo run --release --example gasoline`

#[path = "published/mod.rs"]
mod published;

use fisher_information::regression::{Design, Sample, beta};
use published::Report;
use std::error::Error;
use std::process::ExitCode;

const BOOK: &str = "Ferrari and Cribari-Neto (2004), Table 1; betareg, J. Statist. Software 34(2)";

/// The distillations.
///
/// # Errors
/// A table that cannot be read.
pub fn data() -> Result<Sample, Box<dyn Error>> {
    let frame = published::table("gasoline.csv")?;
    let design = Design::new().intercept().categorical_against("crude", "J").numeric("end_point");
    Ok(design.response_transformed("yield", |percent| percent / 100.0).rows(&frame)?)
}

/// Fits the regression and compares it with others.
///
/// # Errors
/// Those of the library.
pub fn report(distillations: &Sample) -> Result<Report, Box<dyn Error>> {
    let model = beta(distillations.covariates())?;
    let fit = model.fit(distillations)?;
    let covariance = fit.expected()?.inverse()?;
    published::describe(&fit);

    let mut report = Report::default();
    let printed = [
        ("intercept", "-6.15957", "0.18232"),
        ("crude[A]", "1.72773", "0.10123"),
        ("crude[B]", "1.32260", "0.11790"),
        ("crude[C]", "1.57231", "0.11610"),
        ("crude[D]", "1.05971", "0.10236"),
        ("crude[E]", "1.13375", "0.10352"),
        ("crude[F]", "1.04016", "0.10604"),
        ("crude[G]", "0.54369", "0.10913"),
        ("crude[H]", "0.49590", "0.10893"),
        ("crude[I]", "0.38579", "0.11859"),
        ("end_point", "0.01097", "0.00041"),
        ("precision", "440.27838856", "110.02562"),
    ];
    for (name, estimate, error) in printed {
        report.check(name, fit.get(name)?, estimate, BOOK);
        report.check(format!("error of {name}"), covariance.standard_error(name)?.value, error, BOOK);
    }
    Ok(report)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| report(&data()?))
}
