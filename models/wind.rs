//! Wind in New York, summer of 1973: a Weibull distribution of daily speeds, and whether it fits.
//!
//! `cargo run --release --example wind`

#[path = "published/mod.rs"]
mod published;

use fisher_information::distributions::Weibull;
use fisher_information::inference::maximum_likelihood;
use published::Report;
use std::error::Error;
use std::process::ExitCode;

const FITDISTR: &str = "fitdistr(airquality$Wind, \"weibull\") of MASS 7.3-58.2, R 4.2.2";

/// The speeds in miles an hour.
///
/// # Errors
/// A table that cannot be read.
pub fn data() -> Result<Vec<f64>, Box<dyn Error>> {
    Ok(published::table("wind.csv")?.numbers("wind")?)
}

/// Fits the distribution and compares it with R.
///
/// # Errors
/// Those of the library.
pub fn report(speeds: &Vec<f64>) -> Result<Report, Box<dyn Error>> {
    let fit = maximum_likelihood(&Weibull, speeds)?;
    let covariance = fit.covariance()?;
    published::describe(&fit);

    let errors = covariance.standard_errors();
    let mut report = Report::default();
    report.check("shape", fit.get("shape")?, "3.053", FITDISTR);
    report.check("standard error of shape", errors[0].value, "0.188", FITDISTR);
    report.check("scale", fit.get("scale")?, "11.136", FITDISTR);
    report.check("standard error of scale", errors[1].value, "0.311", FITDISTR);
    Ok(report)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| report(&data()?))
}
