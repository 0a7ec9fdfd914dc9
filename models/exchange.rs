//! Mark against pound: a GARCH(1, 1) model of daily returns, where one observation is a whole series.
//!
//! The variance of a day follows from the day before: hₜ = ω + α εₜ₋₁² + β hₜ₋₁, with εₜ = yₜ − μ. The likelihood does not
//! factor into one of independent days, but dual numbers run through the recursion like any others. The three standard errors differ by a
//! factor of two: the normal distribution is wrong, and the sandwich is the one to report.
//!
//! `cargo run --release --example exchange`

#[path = "published/mod.rs"]
mod published;

use fisher_information::inference::MaximumLikelihood;
use fisher_information::prelude::*;
use published::Report;
use std::error::Error;
use std::process::ExitCode;

const BENCHMARK: &str = "Fiorentini, Calzolari and Panattoni (1996); Brooks, Burke and Persand (2001)";

/// Returns yₜ = μ + εₜ with εₜ normal of variance hₜ = ω + α εₜ₋₁² + β hₜ₋₁, given that h₀ and ε₀² are the mean of all εₜ².
pub struct Garch;

impl LogLikelihood for Garch {
    type Parameters = Fixed<4>;
    type Observation = Opaque<Vec<f64>>;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[mean, constant, shock, memory]: &[D; 4], returns: &Vec<f64>) -> D {
        let residual = |y: &f64| -mean + *y;
        let squares = |y: &f64| residual(y) * residual(y);
        let average = returns.iter().map(squares).fold(D::from(0.0), |sum, square| sum + square) / returns.len() as f64;
        let (mut variance, mut last) = (average, average);
        let mut sum = D::from(-0.5 * returns.len() as f64 * std::f64::consts::TAU.ln());
        for y in returns {
            variance = constant + shock * last + memory * variance;
            last = squares(y);
            sum -= (variance.ln() + last / variance) * 0.5;
        }
        sum
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::real("mean").symbol("μ"),
            Parameter::positive("constant").symbol("ω"),
            Parameter::positive("shock").symbol("α"),
            Parameter::positive("memory").symbol("β"),
        ]
    }
}

/// The returns in per cent, one series.
///
/// # Errors
/// A table that cannot be read.
pub fn data() -> Result<Vec<Vec<f64>>, Box<dyn Error>> {
    Ok(vec![published::table("exchange.csv")?.numbers("return")?])
}

/// Fits the model and compares it with the benchmark.
///
/// # Errors
/// Those of the library.
pub fn report(series: &Vec<Vec<f64>>) -> Result<Report, Box<dyn Error>> {
    let fit = MaximumLikelihood::new(&Garch, series).start(&[0.0, 0.01, 0.1, 0.8]).fit()?;
    let covariance = fit.covariance()?;
    println!("{}", covariance.estimates(fit.estimates())?);

    let errors = covariance.standard_errors();
    let mut report = Report::default();
    // The benchmark prints 0.0107613 for the constant, cut off rather than rounded: the maximum is at 0.01076140.
    let printed = [
        ("mean", "-0.00619041", "0.00846212"),
        ("constant", "0.010761", "0.00285271"),
        ("shock", "0.153134", "0.0265228"),
        ("memory", "0.805974", "0.0335527"),
    ];
    for ((name, estimate, error), own) in printed.into_iter().zip(errors) {
        report.check(name, fit.get(name)?, estimate, BENCHMARK);
        report.check(format!("standard error of {name}"), own.value, error, BENCHMARK);
    }
    Ok(report)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| report(&data()?))
}
