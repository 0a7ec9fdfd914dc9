//! Lake Huron: an autoregression of annual levels, by its exact likelihood.
//!
//! The level departs from its mean as xₜ = φ xₜ₋₁ + εₜ with normal εₜ of deviation σ; the first year has the stationary variance
//! σ²/(1 − φ²). One observation is the series. There is only one, so the empirical information is of rank 1 and there is no sandwich:
//! the observed information is all there is.
//!
//! `cargo run --release --example lake_huron`

#[path = "published/mod.rs"]
mod published;

use fisher_information::distributions::Normal;
use fisher_information::inference::MaximumLikelihood;
use fisher_information::prelude::*;
use published::Report;
use std::error::Error;
use std::process::ExitCode;

const ARIMA: &str = "arima(LakeHuron, order = c(1, 0, 0), optim.control = list(reltol = 1e-15)), R 4.2.2";

/// A stationary series of mean μ, autoregression φ and innovations of deviation σ.
pub struct Autoregression;

impl LogLikelihood for Autoregression {
    type Parameters = Fixed<3>;
    type Observation = Opaque<Vec<f64>>;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[mean, persistence, deviation]: &[D; 3], series: &Vec<f64>) -> D {
        let stationary = deviation / ((-persistence + 1.0) * (persistence + 1.0)).sqrt();
        let first = series.first().map_or(D::from(0.0), |&x| Normal.ln_likelihood(&[mean, stationary], &D::from(x)));
        series.windows(2).fold(first, |sum, years| {
            let expected = mean + persistence * (-mean + years[0]);
            sum + Normal.ln_likelihood(&[expected, deviation], &D::from(years[1]))
        })
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::real("mean"),
            Parameter::new("persistence", Domain { lower: -1.0, upper: 1.0 }).symbol("φ"),
            Parameter::positive("deviation"),
        ]
    }
}

/// The levels in feet, one series.
///
/// # Errors
/// A table that cannot be read.
pub fn data() -> Result<Vec<Vec<f64>>, Box<dyn Error>> {
    Ok(vec![published::table("lake_huron.csv")?.numbers("level")?])
}

/// Fits the autoregression and compares it with R.
///
/// # Errors
/// Those of the library.
pub fn report(series: &Vec<Vec<f64>>) -> Result<Report, Box<dyn Error>> {
    let fit = MaximumLikelihood::new(&Autoregression, series).start(&[579.0, 0.5, 1.0]).fit()?;
    let covariance = fit.covariance()?;
    published::describe(&fit);

    let errors = covariance.standard_errors();
    let mut report = Report::default();
    report.check("persistence", fit.get("persistence")?, "0.8376", ARIMA);
    // R prints 0.0538 for its error; the Hessian there is a quotient of differences. It is 0.05386.
    report.check("mean", fit.get("mean")?, "579.1151", ARIMA);
    report.check("standard error of mean", errors[0].value, "0.4240", ARIMA);
    report.check("variance of the innovations", fit.get("deviation")?.powi(2), "0.5093", ARIMA);
    report.check("log-likelihood", fit.log_likelihood().value, "-106.6", ARIMA);
    Ok(report)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| report(&data()?))
}
