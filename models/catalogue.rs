//! Every family of the catalogue, its closed form held against its own density and its own draws.
//!
//! A closed form is typed in from a book; the density is typed in from a book as well. If the two agree to ten digits, by
//! quadrature or summation of the score's outer product, neither has a slip. The draws say the same of the sampler, and the
//! two forms of the information, E[s sᵀ] and −E[H], say that the model is regular, or, for Laplace's location, why not. Where
//! observations cannot be integrated or summed over, as matrices cannot, both forms are averages over draws, and equal within
//! their standard errors.
//!
//! `cargo run --release --example catalogue` prints a line for each family and parameter point, and the worst figures. It
//! exits with a failure if one falls short.

#[path = "catalogue/compare.rs"]
pub mod compare;

use compare::{ACCURACY, Comparison, Gap};
use fisher_information::Error;
use fisher_information::any::Entry as Family;
use fisher_information::distributions::visit_all;
use indicatif::{ProgressBar, ProgressStyle};
use std::process::ExitCode;

/// A family at a parameter point, and what was found.
pub struct Entry {
    /// The family.
    pub family: &'static str,
    /// The point.
    pub theta: Vec<f64>,
    /// The figures, or why there are none.
    pub result: Result<Comparison, Error>,
}

impl Entry {
    /// Where the entry falls short, each with the family and the point.
    fn shortcomings(&self) -> Vec<String> {
        let found = match &self.result {
            Ok(comparison) => comparison.shortcomings(),
            Err(refusal) => vec![refusal.to_string()],
        };
        let at = format!("{} at {}", self.family, point(&self.theta));
        found.into_iter().map(|what| format!("{at}: {what}")).collect()
    }

    /// The entry as a line of the table.
    fn cells(&self) -> Vec<String> {
        let mut cells = vec![self.family.to_owned(), point(&self.theta)];
        match &self.result {
            Ok(comparison) => {
                let Comparison { deterministic, random, .. } = comparison;
                let equality = if comparison.hessian_fails() {
                    "Hessian fails".into()
                } else {
                    format!("{:.1e}", comparison.equality.difference)
                };
                let known = |figure: fn(&Gap) -> String| deterministic.as_ref().map_or_else(|| "–".into(), figure);
                cells.extend([
                    comparison.evaluations.to_string(),
                    format!("{:.2}", comparison.time.as_secs_f64() * 1e3),
                    known(|gap| format!("{:.1e}", gap.difference)),
                    known(|gap| format!("{:.1e}", gap.bar)),
                    known(|gap| ratio(gap.deviations)),
                    format!("{:.1}", random.deviations),
                    equality,
                ]);
            }
            Err(_) => cells.extend(std::iter::repeat_n("–".to_owned(), HEADER.len() - 3)),
        }
        cells.push(if self.shortcomings().is_empty() { "" } else { "✗" }.into());
        cells
    }
}

/// A parameter vector, large and small numbers in powers of ten.
fn point(theta: &[f64]) -> String {
    let number = |&x: &f64| match x.abs() {
        0.0 | 0.01..1e4 => x.to_string(),
        _ => format!("{x:e}"),
    };
    theta.iter().map(number).collect::<Vec<_>>().join(", ")
}

/// A part of an error bar, or a multiple of it.
fn ratio(x: f64) -> String {
    if x < 100.0 { format!("{x:.2}") } else { format!("{x:.1e}") }
}

const HEADER: [&str; 10] =
    ["family", "parameters", "evaluations", "ms", "difference", "error bar", "of bar", "draws", "equality", ""];

const COLUMNS: &str = "
evaluations, ms  of the density by quadrature, terms by summation, or draws where there is neither, and the time they took
difference       of closed form and E[s sᵀ] thus found: largest entry, relative to √(Iᵢᵢ Iⱼⱼ)
error bar        what the library says that is at most; of bar: the largest part of its bar an entry takes
draws            of closed form (or integral, or sum) and Monte Carlo: largest entry of the difference, in standard errors
equality         of E[s sᵀ] and −E[H], or what the library says of them where they are not equal by nature";

/// Columns of text, the first two flush left, the others flush right.
fn print_table(rows: &[Vec<String>]) {
    let length = |row: &Vec<String>, column: usize| row[column].chars().count();
    let widths = std::array::from_fn::<usize, { HEADER.len() }, _>(|column| {
        rows.iter().map(|row| length(row, column)).max().unwrap_or(0)
    });
    for row in rows {
        let cells = row.iter().zip(widths).enumerate().map(|(column, (cell, width))| match column {
            0 | 1 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        println!("{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}

/// The largest of some figures, 0 of none.
fn largest(figures: impl Iterator<Item = f64>) -> f64 {
    figures.fold(0.0, f64::max)
}

/// Prints the table, what falls short, and the worst figures; a failure if anything falls short.
pub fn report(entries: &[Entry]) -> ExitCode {
    let header = HEADER.map(str::to_owned).to_vec();
    print_table(&[vec![header], entries.iter().map(Entry::cells).collect()].concat());
    println!("{COLUMNS}\n");

    let shortcomings: Vec<String> = entries.iter().flat_map(Entry::shortcomings).collect();
    for shortcoming in &shortcomings {
        println!("✗ {shortcoming}");
    }
    let found = || entries.iter().filter_map(|entry| entry.result.as_ref().ok());
    let sound = || found().filter(|comparison| comparison.shortcomings().is_empty());
    let closed = || sound().filter_map(|comparison| Some((comparison.deterministic?, comparison)));
    let (exact, rest): (Vec<_>, Vec<_>) = closed().partition(|(gap, _)| gap.difference <= ACCURACY);
    for (group, what) in [(exact, format!("to {ACCURACY:e}")), (rest, "as far as x is resolved".into())] {
        let difference = largest(group.iter().map(|(gap, _)| gap.difference));
        let regular = group.iter().filter(|(_, comparison)| !comparison.hessian_fails());
        let equality = largest(regular.map(|(_, comparison)| comparison.equality.difference));
        println!(
            "agreeing {what:<24} {:>3}, difference at most {difference:.1e}, equality at most {equality:.1e}",
            group.len()
        );
    }
    let (drawn, open): (Vec<_>, Vec<_>) =
        sound().filter(|comparison| comparison.deterministic.is_none()).partition(|comparison| comparison.drawn);
    for (group, what) in [(open, "without a closed form"), (drawn, "by draws alone")] {
        let equality = largest(group.iter().map(|comparison| comparison.equality.difference));
        println!("{what:<33} {:>3}, equality at most {equality:.1e}", group.len());
    }
    println!(
        "worst of all: {} of an error bar, draws {:.1} standard errors off; {} of {} points fall short",
        ratio(largest(found().filter_map(|comparison| comparison.deterministic).map(|gap| gap.deviations))),
        largest(found().map(|comparison| comparison.random.deviations)),
        entries.iter().filter(|entry| !entry.shortcomings().is_empty()).count(),
        entries.len(),
    );
    if shortcomings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The families of the catalogue with one of these names, or all of them if there are no names.
pub fn families(names: &[String]) -> Vec<Family> {
    let mut families = Vec::new();
    visit_all(&mut families);
    families.retain(|family: &Family| names.is_empty() || names.iter().any(|name| name == family.name));
    families
}

/// Surveys families and reports.
pub fn survey(families: &[Family]) -> ExitCode {
    // Not drawn where stderr is not a terminal.
    let style =
        ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
    let count: usize = families.iter().map(|family| family.points.len()).sum();
    let progress = ProgressBar::new(count as u64).with_style(style);
    let mut entries = Vec::new();
    for family in families {
        progress.set_message(family.name);
        for theta in &family.points {
            let result = Comparison::of(family.name, family.model.as_ref(), theta);
            entries.push(Entry { family: family.name, theta: theta.clone(), result });
            progress.inc(1);
        }
    }
    progress.finish_and_clear();
    report(&entries)
}

/// Surveys the families named on the command line, or all of them.
#[allow(dead_code)] // the tests, which include this file, have no command line
pub fn main() -> ExitCode {
    survey(&families(&std::env::args().skip(1).collect::<Vec<_>>()))
}
