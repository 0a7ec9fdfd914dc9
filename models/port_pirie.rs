//! Port Pirie: the highest sea level of each year, and the level that is exceeded once in a hundred.
//!
//! Annual maxima have nearly a generalised extreme value distribution. Its quantile at 1 − 1/T is the return level of T years,
//! a function of all three parameters; its standard error comes by the delta method from the exact gradient, and its likelihood is so
//! skew that the profile interval is another.
//!
//! `cargo run --release --example port_pirie`

#[path = "published/mod.rs"]
mod published;

use fisher_information::distributions::GeneralizedExtremeValue;
use fisher_information::inference::{QuantileOf, maximum_likelihood};
use published::Report;
use std::error::Error;
use std::process::ExitCode;

const COLES: &str = "Coles (2001), section 3.4.1";

/// The levels in metres.
///
/// # Errors
/// A table that cannot be read.
pub fn data() -> Result<Vec<f64>, Box<dyn Error>> {
    Ok(published::table("port_pirie.csv")?.numbers("sea_level")?)
}

/// Fits the distribution and compares it with the book.
///
/// # Errors
/// Those of the library.
pub fn report(levels: &Vec<f64>) -> Result<Report, Box<dyn Error>> {
    let fit = maximum_likelihood(&GeneralizedExtremeValue, levels)?;
    let covariance = fit.covariance()?;
    published::describe(&fit);

    let mut report = Report::default();
    for (name, estimate, error) in
        [("location", "3.87", "0.028"), ("scale", "0.198", "0.020"), ("shape", "-0.050", "0.098")]
    {
        report.check(name, fit.get(name)?, estimate, COLES);
        report.check(format!("standard error of {name}"), covariance.standard_error(name)?.value, error, COLES);
    }
    // The level that is exceeded in one year of so many.
    let level = |years: f64| QuantileOf::new(&GeneralizedExtremeValue, 1.0 - 1.0 / years);
    let ten = fit.delta_method(&level(10.0)?, &covariance)?;
    report.check("return level of 10 years", ten.value, "4.30", COLES);
    report.check("its variance", ten.standard_error().powi(2), "0.00303", COLES);
    let century = level(100.0)?;
    let (wald, profile) = (fit.delta_method(&century, &covariance)?, fit.profile_of(&century)?.interval(0.95)?);
    println!("return level of 100 years, by delta method {} and by profile {profile}\n", wald.interval(0.95)?);
    report.check("return level of 100 years", wald.value, "4.69", COLES);
    report.check("log-likelihood", fit.log_likelihood().value, "4.34", COLES);
    Ok(report)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| report(&data()?))
}
