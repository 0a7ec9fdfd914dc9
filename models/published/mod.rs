//! What the models on real data have in common: their tables, and numbers of ours beside published ones.

use fisher_information::inference::Fit;
use fisher_information::model::{LogLikelihood, Observations};
use fisher_information::regression::Frame;
use std::error::Error;
use std::process::ExitCode;

/// A number of ours and the same number as others print it.
pub struct Check {
    what: String,
    ours: f64,
    printed: &'static str,
    source: &'static str,
}

impl Check {
    /// Ours to as many digits as the other.
    fn rounded(&self) -> String {
        let (mantissa, exponent) = self.printed.split_once('e').map_or((self.printed, None), |(m, e)| (m, Some(e)));
        let decimals = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        match exponent {
            Some(exponent) => {
                let ours = format!("{:.decimals$e}", self.ours);
                let (mantissa, power) = ours.split_once('e').unwrap_or((&ours, "0"));
                let same = power.parse() == exponent.parse::<i32>();
                if same { format!("{mantissa}e{exponent}") } else { ours }
            }
            None => format!("{:.decimals$}", self.ours),
        }
    }

    /// Whether all digits printed are ours.
    pub fn agrees(&self) -> bool {
        self.rounded() == self.printed
    }
}

/// The comparisons of a model with what others have published of the same data.
#[derive(Default)]
pub struct Report {
    /// One for each published number.
    pub checks: Vec<Check>,
}

impl Report {
    /// Puts a number of ours beside a published one.
    pub fn check(&mut self, what: impl Into<String>, ours: f64, printed: &'static str, source: &'static str) {
        self.checks.push(Check { what: what.into(), ours, printed, source });
    }

    /// Whether all agree.
    pub fn agrees(&self) -> bool {
        !self.checks.is_empty() && self.checks.iter().all(Check::agrees)
    }

    /// Prints the comparisons; those that differ are marked.
    fn print(&self) {
        let width = self.checks.iter().map(|check| check.what.chars().count()).max().unwrap_or(0) + 2;
        println!("{:<width$}{:>14}   published", "", "ours");
        for check in &self.checks {
            let verdict = if check.agrees() { '=' } else { '✗' };
            println!("{:<width$}{:>14} {verdict} {:<14}{}", check.what, check.rounded(), check.printed, check.source);
        }
    }
}

/// Runs a model and prints its comparisons: a failure if a number differs.
pub fn run(model: impl FnOnce() -> Result<Report, Box<dyn Error>>) -> ExitCode {
    match model() {
        Ok(report) => {
            report.print();
            if report.agrees() {
                return ExitCode::SUCCESS;
            }
            eprintln!("the numbers marked ✗ differ");
        }
        Err(error) => eprintln!("{error}"),
    }
    ExitCode::FAILURE
}

/// Prints what a fit says: estimates and standard errors of every kind, profile intervals, and a diagnosis.
pub fn describe<M, D>(fit: &Fit<'_, M, D>)
where
    M: LogLikelihood,
    D: Observations<M::Observation> + ?Sized,
{
    let distance = fit.certificate().distance;
    println!("a maximum to {distance:.0e} standard errors, in {} steps\n", fit.certificate().iterations);
    println!("{}", fit.covariances_of_data());
    match fit.profile_intervals(0.95) {
        Ok(intervals) => intervals.iter().for_each(|interval| println!("{interval}")),
        Err(reason) => println!("no profile: {reason}"),
    }
    match fit.information_equality().and_then(|equality| equality.chesher_lancaster()) {
        Ok(test) => {
            let (statistic, degrees) = (test.statistic.value, test.degrees_of_freedom());
            println!(
                "\nWhite's information-matrix test: {statistic:.2} against χ²({degrees}), p = {:.2e}",
                test.p_value()
            );
        }
        Err(reason) => println!("\nno test of the information equality: {reason}"),
    }
    if let Ok(influence) = fit.influence()
        && let Some(most) = influence.most_influential().next()
    {
        println!("the most influential observation is number {}\n", most.index);
    }
}

/// A table of `models/data`.
///
/// # Errors
/// [`fisher_information::Error::Input`] if it cannot be read.
pub fn table(file: &str) -> Result<Frame, fisher_information::Error> {
    Frame::read(format!("{}/models/data/{file}", env!("CARGO_MANIFEST_DIR")))
}
