//! Copenhagen housing: the satisfaction of residents, in three ordered classes.
//!
//! Under proportional odds a covariate shifts a hidden satisfaction, which is seen only between two cut points. A row of the table stands
//! for all residents of one kind: their number is a weight.
//!
//! `cargo run --release --example housing`

#[path = "published/mod.rs"]
mod published;

use fisher_information::regression::{BinaryLink, Design, Sample, ordinal};
use published::Report;
use std::error::Error;
use std::process::ExitCode;

const POLR: &str = "polr of MASS; Venables and Ripley (2002), section 7.3";

/// The residents.
///
/// # Errors
/// A table that cannot be read.
pub fn data() -> Result<Sample, Box<dyn Error>> {
    let frame = published::table("housing.csv")?;
    let design = Design::new()
        .categorical_against("influence", "Low")
        .categorical_against("type", "Tower")
        .categorical_against("contact", "Low");
    Ok(design.response_among("satisfaction", &["Low", "Medium", "High"]).weights("residents").rows(&frame)?)
}

/// Fits the regression and compares it with others.
///
/// # Errors
/// Those of the library.
pub fn report(residents: &Sample) -> Result<Report, Box<dyn Error>> {
    let model = ordinal(BinaryLink::Logit, 3, residents.covariates())?;
    let fit = model.fit(residents)?;
    let covariance = fit.covariance()?;
    published::describe(&fit);

    let mut report = Report::default();
    let printed = [
        ("influence[Medium]", "0.5664", "0.10465"),
        ("influence[High]", "1.2888", "0.12716"),
        ("type[Apartment]", "-0.57235", "0.11924"),
        ("type[Atrium]", "-0.3662", "0.15517"),
        ("type[Terrace]", "-1.0910", "0.15149"),
        ("contact[High]", "0.3603", "0.09554"),
        ("cut 0|1", "-0.4961", "0.1248"),
        ("cut 1|2", "0.6907", "0.1255"),
    ];
    for (name, estimate, error) in printed {
        report.check(name, fit.get(name)?, estimate, POLR);
        report.check(format!("error of {name}"), covariance.standard_error(name)?.value, error, POLR);
    }
    let deviance = -2.0 * fit.log_likelihood().value;
    report.check("AIC", deviance + 2.0 * printed.len() as f64, "3495.149", POLR);
    Ok(report)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| report(&data()?))
}
