//! Every family of the catalogue, its Fisher matrix as formulas that were found from nothing but the code of its log-density.
//!
//! The library knows most of these matrices, typed in from books. Here that knowledge is not used but for comparison: each
//! log-density is run on symbols, taken apart and solved ([`expected_information`]). What is found is compared twice, with E[s sᵀ]
//! by quadrature, summation or draws, which the library does before it answers, and with the matrix from the book at the parameters
//! of the catalogue, some of them awkward. Where nothing is found, the reason is printed.
//!
//! `cargo run --release --example closed_forms` prints formulas, figures and times of all families, and
//! `cargo run --release --example closed_forms gamma beta` those of two. It exits with a failure if a formula falls short, if a
//! family is refused that should not be, or one is found that is known to be out of reach: a list to be shortened then.

use fisher_information::distributions::{Visitor, visit_all};
use fisher_information::information::closed_form;
use fisher_information::prelude::*;
use fisher_information::symbolic::{
    Action, Derivation, ExpectedInformation, Matrix, Number, Refusal, Symbol, Verification, expected_information,
};
use nalgebra::DMatrix;
use std::borrow::Borrow;
use std::cmp::Reverse;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The families that the method does not reach: neither exponential nor the orbit of a group, or too large for a formula.
pub const REFUSED: [&str; 19] = [
    "Student's t",
    "generalised gamma",
    "Rice",
    "generalised extreme value",
    "skew-normal",
    "Lomax",
    "Burr",
    "generalised Pareto",
    "Gompertz",
    "F",
    "Kumaraswamy",
    "negative binomial",
    "beta-binomial",
    "Skellam",
    "Conway–Maxwell–Poisson",
    "3-dimensional normal",
    "multivariate t",
    "mixture of two normals",
    "mixture of two Poissons",
];

/// Formula and book: ten digits, relative to √(Iᵢᵢ Iⱼⱼ). Some formulas are multiplied out, which costs digits where terms cancel.
const ACCURACY: f64 = 1e-10;

/// A matrix that is wider than a page of this many letters is printed an entry at a time, and an entry of more than two lines is cut
/// to one.
const WIDTH: usize = 110;

/// A family and what was found.
pub struct Entry {
    /// The family.
    pub family: &'static str,
    /// The formulas, or why there are none.
    pub result: Result<ExpectedInformation, Refusal>,
    /// Whether the family brings a formula of its own, typed in from a book.
    pub in_the_book: bool,
    /// How far the two are apart: the largest entry of the difference relative to √(Iᵢᵢ Iⱼⱼ), at any of the parameters given.
    pub from_the_book: Option<f64>,
    /// How long it took to find the formulas.
    pub time: Duration,
}

impl Entry {
    /// Looks for the closed form of a family.
    pub fn of<M: SampleSpace>(family: &'static str, model: &M, points: &[&[f64]]) -> Self {
        let start = Instant::now();
        let result = expected_information(model);
        let time = start.elapsed();
        let book: Vec<_> = points.iter().filter_map(|theta| Some((*theta, book(model, theta)?))).collect();
        let difference = |found: &ExpectedInformation| {
            book.iter().map(|(theta, own)| difference(&found.evaluate(theta), own)).reduce(larger)
        };
        let from_the_book = result.as_ref().ok().and_then(difference);
        Self { family, result, in_the_book: !book.is_empty(), from_the_book, time }
    }

    /// What is not as it should be.
    pub fn shortcomings(&self) -> Vec<String> {
        let refused = REFUSED.contains(&self.family);
        let outcome = match &self.result {
            Ok(_) if refused => Some("there is a formula, though it is listed as out of reach".into()),
            Err(refusal) if !refused => Some(cut(refusal.to_string())),
            _ => None,
        };
        let differs = |difference: f64| difference.is_nan() || difference > ACCURACY;
        let difference = self.from_the_book.filter(|difference| differs(*difference));
        let difference = difference.map(|difference| format!("formula and book differ by {difference:.1e}"));
        outcome.into_iter().chain(difference).map(|what| format!("{}: {what}", self.family)).collect()
    }

    /// The name, the formulas and what is known about them.
    fn print(&self) {
        println!("{}, {:.1} ms", self.family, milliseconds(self.time));
        match &self.result {
            Ok(found) => {
                print_indented(&lines(found.matrix()));
                print_indented(&derivation(found.derivation()));
                let Verification { difference, error, points } = found.verification();
                let at = points.len();
                println!("  verified: off by {difference:.0e} at {at} points, where E[s sᵀ] is known to {error:.0e}");
                if let Some(difference) = self.from_the_book {
                    println!("  from the book: {difference:.0e}");
                }
            }
            Err(refusal) => {
                println!("  {}", cut(format!("none: {refusal}")));
                if self.in_the_book {
                    println!("  the book has one");
                }
            }
        }
        println!();
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn print_indented(lines: &[String]) {
    for line in lines {
        println!("  {line}");
    }
}

/// The information at θ by the family's own formula, if it has one.
fn book<M: SampleSpace>(model: &M, theta: &[f64]) -> Option<DMatrix<f64>> {
    let own = closed_form(model, M::Parameters::from_slice(theta).ok()?.borrow()).ok()??;
    Some(own.matrix().clone())
}

/// The largest entry of the difference of two matrices, relative to √(Iᵢᵢ Iⱼⱼ).
fn difference(found: &[Vec<f64>], own: &DMatrix<f64>) -> f64 {
    let relative = |i: usize, j: usize| (found[i][j] - own[(i, j)]).abs() / (own[(i, i)] * own[(j, j)]).sqrt();
    (0..own.nrows()).flat_map(|i| (0..=i).map(move |j| relative(i, j))).fold(0.0, larger)
}

/// The larger of two numbers; NaN is the largest of all.
fn larger(a: f64, b: f64) -> f64 {
    if a >= b || a.is_nan() { a } else { b }
}

/// A matrix as it is read: whole if it fits on the page, else an entry on a line, those of the upper triangle that are not zero.
fn lines(matrix: &Matrix) -> Vec<String> {
    let whole = matrix.to_string();
    if whole.lines().all(|line| line.chars().count() <= WIDTH) {
        return whole.lines().map(str::to_owned).collect();
    }
    let names: Vec<&str> = matrix.parameters().iter().map(Symbol::name).collect();
    let rows = matrix.rows();
    let pairs = (0..rows.len()).flat_map(|i| (i..rows.len()).map(move |j| (i, j)));
    let (zeros, others): (Vec<_>, Vec<_>) = pairs.partition(|&(i, j)| rows[i][j].is_zero());
    let entry = |(i, j): (usize, usize)| cut(format!("I({}, {}) = {}", names[i], names[j], rows[i][j]));
    let zeros = (!zeros.is_empty()).then(|| format!("and {} zeros above the diagonal", zeros.len()));
    others.into_iter().map(entry).chain(zeros).collect()
}

/// A text of two lines at most, a longer one cut to one line with a word on what is missing.
fn cut(line: String) -> String {
    let length = line.chars().count();
    if length <= 2 * WIDTH {
        return line;
    }
    let kept: String = line.chars().take(WIDTH).collect();
    format!("{kept} … and {} more letters", length - WIDTH)
}

/// How a formula was derived, with the numbers in it on lines of their own.
fn derivation(derivation: &Derivation) -> Vec<String> {
    match derivation {
        Derivation::ExponentialFamily { statistics } => {
            vec![format!("by E[score] = 0: {}", count(*statistics, "statistic"))]
        }
        Derivation::WithProbabilities { statistics, points } => {
            let (statistics, points) = (count(*statistics, "statistic"), count(*points, "point"));
            vec![format!("by E[score] = 0 and probabilities: {statistics}, {points}")]
        }
        Derivation::Group { action, numbers } => {
            let action = match action {
                Action::Location { .. } => "location",
                Action::Scale { .. } => "scale",
                Action::LocationScale { .. } => "location and scale",
                Action::ScalePower { .. } => "scale and power",
                other => &format!("{other:?}"),
            };
            let line = |number: &Number| {
                let guess = number.recognised.as_ref().map(|guess| format!(", it seems {guess}"));
                format!("{} = {} ± {:.0e}{}", number.name, number.value, number.error, guess.unwrap_or_default())
            };
            std::iter::once(format!("by a group: {action}")).chain(numbers.iter().map(line)).collect()
        }
        other => vec![format!("{other:?}")],
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
    println!(
        "{} of {} families have a formula: {} by E[score] = 0, {} with probabilities of points, {} by a group",
        found().count(),
        entries.len(),
        derived(|by| matches!(by, Derivation::ExponentialFamily { .. })),
        derived(|by| matches!(by, Derivation::WithProbabilities { .. })),
        derived(|by| matches!(by, Derivation::Group { .. })),
    );
    let in_the_book =
        |found: bool| entries.iter().filter(|entry| entry.in_the_book && entry.result.is_ok() == found).count();
    let worst = entries.iter().filter_map(|entry| entry.from_the_book).fold(0.0, larger);
    println!(
        "of those with a formula in the book {} are found, different by at most {worst:.0e}, and {} are not",
        in_the_book(true),
        in_the_book(false),
    );
    let mut by_time: Vec<&Entry> = entries.iter().collect();
    by_time.sort_by_key(|entry| Reverse(entry.time));
    let time = |entry: &&Entry| format!("{} {:.0} ms", entry.family, milliseconds(entry.time));
    for (which, what) in [(true, "found"), (false, "refused")] {
        let slowest = by_time.iter().filter(|entry| entry.result.is_ok() == which).take(5).map(time);
        println!("slowest {what}: {}", slowest.collect::<Vec<_>>().join(", "));
    }

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
