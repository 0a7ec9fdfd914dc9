//! What the models on real data have in common: their tables, and numbers of ours beside published ones.

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

/// The named columns of a table of `models/data`, a row each.
///
/// # Errors
/// A file that is missing, a column that it does not have, a cell that is no number.
pub fn numbers<const K: usize>(file: &str, columns: [&str; K]) -> Result<Vec<[f64; K]>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(format!("{}/models/data/{file}", env!("CARGO_MANIFEST_DIR")))?;
    let header = reader.headers()?.clone();
    let mut places = [0; K];
    for (place, column) in places.iter_mut().zip(columns) {
        *place =
            header.iter().position(|name| name == column).ok_or_else(|| format!("{file} has no column {column}"))?;
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let mut row = [0.0; K];
        for (entry, &place) in row.iter_mut().zip(&places) {
            *entry = record[place].parse().map_err(|_| format!("{file}: {:?} is no number", &record[place]))?;
        }
        rows.push(row);
    }
    Ok(rows)
}
