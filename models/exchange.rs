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
use fisher_information::information::{ScoreSums, sandwich};
use fisher_information::prelude::*;
use published::Report;
use std::error::Error;
use std::process::ExitCode;

const BENCHMARK: &str = "Fiorentini, Calzolari and Panattoni (1996); Brooks, Burke and Persand (2001)";

/// Returns yₜ = μ + εₜ with εₜ normal of variance hₜ = ω + α εₜ₋₁² + β hₜ₋₁, where h₀ and ε₀² are the mean of all εₜ².
/// An observation is the series.
pub struct Garch;

/// The same where an observation is one day, given the days before it: it is known by its number in the series.
pub struct Days(pub Vec<f64>);

/// The log-densities of the first so many days, each given those before it.
#[inline(always)]
fn days<D: Scalar>([mean, constant, shock, memory]: [D; 4], series: &[f64], count: usize) -> impl Iterator<Item = D> {
    let length = series.len() as f64;
    let (sum, squares) = series.iter().fold((0.0, 0.0), |(sum, squares), y| (sum + y, squares + y * y));
    let average = mean * mean - mean * (2.0 * sum / length) + squares / length;
    let state = (average, average);
    series[..count].iter().scan(state, move |(variance, last), &y| {
        *variance = constant + shock * *last + memory * *variance;
        *last = (-mean + y) * (-mean + y);
        Some((variance.ln() + *last / *variance + std::f64::consts::TAU.ln()) * -0.5)
    })
}

fn parameters() -> Vec<Parameter> {
    vec![
        Parameter::real("mean").symbol("μ"),
        Parameter::positive("constant").symbol("ω"),
        Parameter::positive("shock").symbol("α"),
        Parameter::positive("memory").symbol("β"),
    ]
}

impl LogLikelihood for Garch {
    type Parameters = Fixed<4>;
    type Observation = Opaque<Vec<f64>>;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &[D; 4], series: &Vec<f64>) -> D {
        days(*theta, series, series.len()).fold(D::from(0.0), |sum, day| sum + day)
    }

    fn parameters(&self) -> Vec<Parameter> {
        parameters()
    }
}

impl LogLikelihood for Days {
    type Parameters = Fixed<4>;
    type Observation = Opaque<usize>;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &[D; 4], &day: &usize) -> D {
        days(*theta, &self.0, self.0.len().min(day + 1)).last().unwrap_or(D::from(f64::NAN))
    }

    fn parameters(&self) -> Vec<Parameter> {
        parameters()
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
    // The sum over the days is the same likelihood; the days have a scatter of scores, which a single series has not.
    let all: Vec<usize> = (0..series[0].len()).collect();
    let sums = ScoreSums::of(&Days(series[0].clone()), fit.theta(), &all)?;
    let hessian = fit.covariance()?;
    let outer = sums.empirical()?.inverse()?;
    let sandwich = sandwich(&sums.observed()?, &sums.empirical()?)?;

    let mut report = Report::default();
    // The benchmark prints 0.0107613 for the constant, cut off rather than rounded: the maximum is at 0.01076140.
    let printed = [
        ("mean", "-0.00619041", ["0.00846212", "0.00843359", "0.00918935"]),
        ("constant", "0.010761", ["0.00285271", "0.00132298", "0.00649319"]),
        ("shock", "0.153134", ["0.0265228", "0.01397", "0.0535317"]),
        ("memory", "0.805974", ["0.0335527", "0.0165604", "0.0724614"]),
    ];
    for (name, estimate, errors) in printed {
        report.check(name, fit.get(name)?, estimate, BENCHMARK);
        let kinds = [("Hessian", &hessian), ("outer products", &outer), ("sandwich", &sandwich)];
        for ((kind, covariance), error) in kinds.into_iter().zip(errors) {
            report.check(format!("error of {name}, {kind}"), covariance.standard_error(name)?.value, error, BENCHMARK);
        }
    }
    Ok(report)
}

/// Runs the model.
pub fn main() -> ExitCode {
    published::run(|| report(&data()?))
}
