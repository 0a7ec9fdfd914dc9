//! Every family of the catalogue, its Fisher matrix as formulas that were found from nothing but the code of its log-density.
//!
//! The library knows most of these matrices, typed in from books. Here that knowledge is not used but for comparison: each
//! log-density is run on symbols, taken apart and solved ([`expected_information`]). What is found is compared twice, with E[s sᵀ]
//! by quadrature, summation or draws, which the library does before it answers, and with the matrix from the book at the parameters
//! of the catalogue, some of them awkward. Where nothing is found, the reason is printed.
//!
//! `cargo run --release --example closed_forms` prints formulas, figures and times of all families, and
//! `cargo run --release --example closed_forms gamma beta` those of two. It exits with a failure if a formula falls short, if a
//! family is refused that should not be, or found that should not be.

use fisher_information::distributions::{Visitor, visit_all};
use fisher_information::information::closed_form;
use fisher_information::prelude::*;
use fisher_information::symbolic::{Action, Derivation, ExpectedInformation, Matrix, Refusal, expected_information};
use std::borrow::Borrow;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The families that have no formula of this kind: their information is an integral.
const INTEGRALS: [&str; 0] = [];

/// Formula and book: nine digits, relative to √(Iᵢᵢ Iⱼⱼ). Formulas are multiplied out, which costs digits where terms cancel.
const ACCURACY: f64 = 1e-9;

/// A formula that would be wider than a page of this many letters is printed an entry at a time, and an entry that is longer is cut.
const WIDTH: usize = 110;

/// A family and what was found.
pub struct Entry {
    /// The family.
    pub family: &'static str,
    /// The formulas, or why there are none.
    pub result: Result<ExpectedInformation, Refusal>,
    /// How far the formulas are from the family's own: the largest entry of the difference relative to √(Iᵢᵢ Iⱼⱼ), at any of the
    /// parameters of the catalogue.
    pub from_the_book: Option<f64>,
    /// How long it took to find them.
    pub time: Duration,
}

impl Entry {
    /// Looks for the closed form of a family.
    pub fn of<M: SampleSpace>(family: &'static str, model: &M, points: &[&[f64]]) -> Self {
        let start = Instant::now();
        let result = expected_information(model);
        let time = start.elapsed();
        let differences = result.iter().flat_map(|found| points.iter().filter_map(|theta| from_the_book(found, model, theta)));
        let from_the_book = differences.reduce(f64::max);
        Self { family, result, from_the_book, time }
    }

    /// What is not as it should be.
    pub fn shortcomings(&self) -> Vec<String> {
        let expected = !INTEGRALS.contains(&self.family);
        let outcome = match &self.result {
            Ok(_) if !expected => Some("a formula, where none is expected".into()),
            Err(refusal) if expected => Some(refusal.to_string()),
            _ => None,
        };
        let difference = self.from_the_book.filter(|difference| difference.is_nan() || *difference > ACCURACY);
        let difference = difference.map(|difference| format!("formula and book differ by {difference:.1e}"));
        outcome.into_iter().chain(difference).map(|what| format!("{}: {what}", self.family)).collect()
    }

    /// The name, the formulas and a line about them.
    fn print(&self) {
        println!("{}", self.family);
        let milliseconds = self.time.as_secs_f64() * 1e3;
        match &self.result {
            Ok(found) => {
                for line in lines(found.matrix()) {
                    println!("  {line}");
                }
                let verification = found.verification();
                let mut facts = vec![
                    derivation(found.derivation()),
                    format!("off by {:.0e} ± {:.0e}", verification.difference, verification.error),
                ];
                facts.extend(self.from_the_book.map(|difference| format!("from the book by {difference:.0e}")));
                println!("  {}, {milliseconds:.1} ms\n", facts.join(", "));
            }
            Err(refusal) => println!("  none: {refusal}, {milliseconds:.1} ms\n"),
        }
    }
}

/// The largest difference between the formulas and the family's own at θ, relative to √(Iᵢᵢ Iⱼⱼ), if the family has them.
fn from_the_book<M: SampleSpace>(found: &ExpectedInformation, model: &M, theta: &[f64]) -> Option<f64> {
    let own = closed_form(model, M::Parameters::from_slice(theta).ok()?.borrow()).ok()??;
    let (own, found) = (own.matrix(), found.evaluate::<f64>(theta));
    let difference = |(i, j): (usize, usize)| (found[i][j] - own[(i, j)]).abs() / (own[(i, i)] * own[(j, j)]).sqrt();
    let pairs = (0..own.nrows()).flat_map(|i| (0..=i).map(move |j| (i, j)));
    // A NaN is a difference as well, and the largest.
    pairs.map(difference).reduce(|a, b| if a >= b || a.is_nan() { a } else { b })
}

/// A matrix as it is read: whole if it fits on the page, else an entry on a line, the upper triangle, without zeros.
fn lines(matrix: &Matrix) -> Vec<String> {
    let whole = matrix.to_string();
    if whole.lines().all(|line| line.chars().count() <= WIDTH) {
        return whole.lines().map(str::to_owned).collect();
    }
    let names: Vec<&str> = matrix.parameters().iter().map(|parameter| parameter.name()).collect();
    let mut lines = Vec::new();
    let mut zeros = 0;
    for (i, row) in matrix.rows().iter().enumerate() {
        for (j, entry) in row.iter().enumerate().skip(i) {
            if entry.is_zero() {
                zeros += 1;
            } else {
                lines.push(cut(format!("I({}, {}) = {entry}", names[i], names[j])));
            }
        }
    }
    if zeros > 0 {
        lines.push(format!("and {zeros} zeros above the diagonal"));
    }
    lines
}

/// A line no longer than the page, with a word on what is missing.
fn cut(line: String) -> String {
    let length = line.chars().count();
    if length <= WIDTH {
        return line;
    }
    let kept: String = line.chars().take(WIDTH - 30).collect();
    format!("{kept} … and {} more letters", length - (WIDTH - 30))
}

/// How a formula was derived, in a few words.
fn derivation(derivation: &Derivation) -> String {
    match derivation {
        Derivation::ExponentialFamily { statistics } => format!("exponential family, {}", count(*statistics, "statistic")),
        Derivation::WithProbabilities { statistics, points } => {
            format!("{} and the probability of {}", count(*statistics, "statistic"), count(*points, "point"))
        }
        Derivation::Group { action, numbers } => {
            let action = match action {
                Action::Location { .. } => "location",
                Action::Scale { .. } => "scale",
                Action::LocationScale { .. } => "location and scale",
                Action::ScalePower { .. } => "scale and power",
                _ => "group",
            };
            let numbers = numbers.iter().map(|number| {
                let guess = number.recognised.as_ref().map_or_else(String::new, |guess| format!(", recognised as {guess}"));
                format!("{} = {:.15} ± {:.0e}{guess}", number.name, number.value, number.error)
            });
            format!("{action} with {}", numbers.collect::<Vec<_>>().join("; "))
        }
        other => format!("{other:?}"),
    }
}

/// A number of things.
fn count(n: usize, thing: &str) -> String {
    if n == 1 { format!("1 {thing}") } else { format!("{n} {thing}s") }
}

/// Prints what was found, the totals and what falls short; a failure if anything does.
pub fn report(entries: &[Entry]) -> ExitCode {
    for entry in entries {
        entry.print();
    }
    let found = || entries.iter().filter_map(|entry| entry.result.as_ref().ok());
    let derived = |by: fn(&Derivation) -> bool| found().filter(|found| by(found.derivation())).count();
    let largest = |figures: &mut dyn Iterator<Item = f64>| figures.fold(0.0, f64::max);
    println!(
        "{} of {} families have a formula: {} by E[score] = 0, {} with probabilities of points, {} by a group",
        found().count(),
        entries.len(),
        derived(|by| matches!(by, Derivation::ExponentialFamily { .. })),
        derived(|by| matches!(by, Derivation::WithProbabilities { .. })),
        derived(|by| matches!(by, Derivation::Group { .. })),
    );
    println!(
        "off by at most {:.0e}, from the book by at most {:.0e}",
        largest(&mut found().map(|found| found.verification().difference)),
        largest(&mut entries.iter().filter_map(|entry| entry.from_the_book)),
    );
    let mut by_time: Vec<&Entry> = entries.iter().collect();
    by_time.sort_by_key(|entry| std::cmp::Reverse(entry.time));
    let slowest = by_time.iter().take(5).map(|entry| format!("{} {:.0} ms", entry.family, entry.time.as_secs_f64() * 1e3));
    println!("slowest: {}", slowest.collect::<Vec<_>>().join(", "));

    let shortcomings: Vec<String> = entries.iter().flat_map(Entry::shortcomings).collect();
    for shortcoming in &shortcomings {
        println!("✗ {shortcoming}");
    }
    if shortcomings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What was found of each family visited.
struct Survey<'a> {
    names: &'a [String],
    entries: Vec<Entry>,
}

impl Visitor for Survey<'_> {
    fn visit<M>(&mut self, family: &'static str, model: &M, points: &[&[f64]])
    where
        M: SampleSpace + Sampler + Clone + Send + 'static,
    {
        if self.names.is_empty() || self.names.iter().any(|name| name == family) {
            self.entries.push(Entry::of(family, model, points));
        }
    }
}

/// Looks for the closed forms of the families with these names, or of all of them if there are no names, and reports.
pub fn survey(names: &[String]) -> ExitCode {
    let mut survey = Survey { names, entries: Vec::new() };
    visit_all(&mut survey);
    report(&survey.entries)
}

/// Surveys the families named on the command line, or all of them.
#[allow(dead_code)] // the tests, which include this file, have no command line
pub fn main() -> ExitCode {
    survey(&std::env::args().skip(1).collect::<Vec<_>>())
}
