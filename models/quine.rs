//! School attendance: days absent of children in rural New South Wales, as a negative binomial regression.
//!
//! The counts vary far more than a Poisson distribution allows. The negative binomial distribution with variance μ + αμ² has room for that;
//! a sandwich around the Poisson fit is the other way out, and both are shown.
//!
//! `cargo run --release --example quine`

#[path = "published/mod.rs"]
mod published;

use fisher_information::regression::{Design, Sample, negative_binomial};
use published::Report;
use std::error::Error;
use std::process::ExitCode;

const GLM_NB: &str = "glm.nb of MASS 7.3-58.2, R 4.2.2";
const STATSMODELS: &str = "NegativeBinomial of statsmodels 0.15.0";

/// The children.
///
/// # Errors
/// A table that cannot be read.
pub fn data() -> Result<Sample, Box<dyn Error>> {
    let frame = published::table("quine.csv")?;
    let design = Design::new().intercept().categorical("ethnicity").categorical("sex").categorical("age");
    Ok(design.categorical("learner").response("days").rows(&frame)?)
}

/// Fits the regression and compares it with others.
///
/// # Errors
/// Those of the library.
pub fn report(children: &Sample) -> Result<Report, Box<dyn Error>> {
    let model = negative_binomial(children.covariates())?;
    let fit = model.fit(children)?;
    let covariance = fit.covariance()?;
    published::describe(&fit);
    // MASS takes the expected information, in which the dispersion is orthogonal to the coefficients; statsmodels the observed.
    let expected = fit.expected()?.inverse()?;
    let mut report = Report::default();
    let printed = [
        ("intercept", "2.89458", "0.22842", "0.2279"),
        ("ethnicity[N]", "-0.56937", "0.15333", "0.1576"),
        ("sex[M]", "0.08232", "0.15992", "0.1647"),
        ("age[F1]", "-0.44843", "0.23975", "0.2376"),
        ("age[F2]", "0.08808", "0.23619", "0.2415"),
        ("age[F3]", "0.35690", "0.24832", "0.2466"),
        ("learner[SL]", "0.29211", "0.18647", "0.1829"),
    ];
    for (name, estimate, error, observed) in printed {
        report.check(name, fit.get(name)?, estimate, GLM_NB);
        report.check(format!("error of {name}, expected"), expected.standard_error(name)?.value, error, GLM_NB);
        report.check(
            format!("error of {name}, observed"),
            covariance.standard_error(name)?.value,
            observed,
            STATSMODELS,
        );
    }
    report.check("1/dispersion", 1.0 / fit.get("dispersion")?, "1.2749", GLM_NB);
    report.check("dispersion", fit.get("dispersion")?, "0.7844", STATSMODELS);
    report.check("error of dispersion", covariance.standard_error("dispersion")?.value, "0.0991", STATSMODELS);
    report.check("2 × log-likelihood", 2.0 * fit.log_likelihood().value, "-1093.151", GLM_NB);
    Ok(report)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| report(&data()?))
}
