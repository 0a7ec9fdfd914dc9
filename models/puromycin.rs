//! Puromycin: the Michaelis–Menten curve of an enzyme, a regression that is not linear.
//!
//! The rate of a reaction at concentration c is V c/(K + c), observed with normal errors of deviation σ. Least squares and maximum
//! likelihood agree about V and K; about σ² they differ by n/(n − 2), and so do their squared standard errors.
//!
//! `cargo run --release --example puromycin`

#[path = "published/mod.rs"]
mod published;

use fisher_information::distributions::Normal;
use fisher_information::inference::MaximumLikelihood;
use fisher_information::prelude::*;
use published::Report;
use std::error::Error;
use std::process::ExitCode;

const NLS: &str = "nls of R 4.2.2; Bates and Watts (1988), section 2.3";

/// A rate given a concentration: an observation is (concentration, rate).
pub struct MichaelisMenten;

impl LogLikelihood for MichaelisMenten {
    type Parameters = Fixed<3>;
    type Observation = [f64; 2];

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[limit, half, deviation]: &[D; 3], &[concentration, rate]: &[D; 2]) -> D {
        Normal.ln_likelihood(&[limit * concentration / (half + concentration), deviation], &rate)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::positive("limit").symbol("V"),
            Parameter::positive("half").symbol("K"),
            Parameter::positive("deviation"),
        ]
    }
}

impl SampleSpace for MichaelisMenten {
    fn support(&self, _: &[f64; 3]) -> Support {
        Support::response(1, Support::real())
    }
}

/// Concentrations and rates of the treated cells.
///
/// # Errors
/// A table that cannot be read.
pub fn data() -> Result<Vec<[f64; 2]>, Box<dyn Error>> {
    let table = published::table("puromycin.csv")?;
    let (concentrations, rates) = (table.numbers("concentration")?, table.numbers("rate")?);
    let cells = table.categories("state")?.into_iter().zip(concentrations.into_iter().zip(rates));
    Ok(cells.filter(|(state, _)| *state == "treated").map(|(_, (concentration, rate))| [concentration, rate]).collect())
}

/// Fits the curve and compares it with R.
///
/// # Errors
/// Those of the library.
pub fn report(cells: &Vec<[f64; 2]>) -> Result<Report, Box<dyn Error>> {
    let fit = MaximumLikelihood::new(&MichaelisMenten, cells).start(&[200.0, 0.1, 10.0]).scoring().fit()?;
    let covariance = fit.expected()?.inverse()?;
    published::describe(&fit);

    // Least squares divides by n − 2 where the likelihood divides by n.
    let spread = (fit.observations() / (fit.observations() - 2.0)).sqrt();
    let errors = covariance.standard_errors();
    let mut report = Report::default();
    report.check("V", fit.get("limit")?, "2.127e+02", NLS);
    report.check("standard error of V", errors[0].value * spread, "6.947e+00", NLS);
    report.check("K", fit.get("half")?, "6.412e-02", NLS);
    report.check("standard error of K", errors[1].value * spread, "8.281e-03", NLS);
    report.check("residual standard error", fit.get("deviation")? * spread, "10.93", NLS);
    Ok(report)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| report(&data()?))
}
