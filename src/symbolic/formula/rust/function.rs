//! A matrix as a Rust function.

use super::super::super::expression::{Expression, Symbol};
use super::super::arrange;
use super::super::tree::Formula;
use super::code::Writer;
use super::identifiers::Identifiers;
use super::shared;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The source of a function that computes a matrix over any `D: Scalar`: of parameters, and of an observation if there are data.
///
/// ```text
/// pub fn information<D: Scalar>(&[alpha, beta]: &[D; 2]) -> [[D; 2]; 2] {
///     let beta_alpha = -beta.recip();
///     [
///         [alpha.polygamma(1), beta_alpha],
///         [beta_alpha, alpha / beta.powi(2)],
///     ]
/// }
/// ```
///
/// An entry that is equal to one across the diagonal is computed once, and so is a function that occurs twice.
#[must_use]
pub fn function(name: &str, parameters: &[Symbol], data: &[Symbol], rows: &[Vec<Expression>]) -> String {
    let entries: Vec<Vec<Formula>> = rows.iter().map(|row| row.iter().map(arrange::computed).collect()).collect();
    let variables = parameters.iter().chain(data).chain(entries.iter().flatten().flat_map(Formula::symbols));
    let mut writer = Writer { identifiers: Identifiers::of(variables), bound: BTreeMap::new() };
    let used: BTreeSet<&Symbol> = entries.iter().flatten().flat_map(Formula::symbols).collect();

    let mut body = String::new();
    let mirrored = mirrored(&entries);
    // An entry above the diagonal that is below it too is written once.
    let is_copy = |i: usize, j: usize| mirrored.iter().any(|&(row, column, _)| (row, column) == (j, i));
    let places =
        entries.iter().enumerate().flat_map(|(i, row)| row.iter().enumerate().map(move |(j, entry)| (i, j, entry)));
    let written = places.filter(|&(i, j, _)| !is_copy(i, j)).map(|(_, _, entry)| entry);
    for part in shared::functions(written) {
        let variable = shared::described(part, &writer.identifiers);
        bind(&mut writer, &mut body, part, &variable);
    }
    for &(i, j, entry) in &mirrored {
        let described = [i, j].map(|k| parameters.get(k).map(|symbol| writer.identifiers.variable(symbol)));
        let [Some(row), Some(column)] = described else { continue };
        if !writer.bound.contains_key(entry) && !entry.symbols().is_empty() && !matches!(entry, Formula::Symbol(_)) {
            bind(&mut writer, &mut body, entry, &format!("{row}_{column}"));
        }
    }

    let argument = |symbols: &[Symbol]| {
        let name = |symbol| if used.contains(symbol) { writer.identifiers.variable(symbol) } else { "_".to_owned() };
        format!("&[{}]: &[D; {}]", symbols.iter().map(name).collect::<Vec<_>>().join(", "), symbols.len())
    };
    let observation = if data.is_empty() { String::new() } else { format!(", {}", argument(data)) };
    let (height, width) = (rows.len(), rows.iter().map(Vec::len).max().unwrap_or(0));
    let lines = entries.iter().map(|row| {
        let values = row.iter().map(|entry| writer.value(entry)).collect::<Vec<_>>();
        format!("        [{}],\n", values.join(", "))
    });
    format!(
        "pub fn {name}<D: Scalar>({}{observation}) -> [[D; {width}]; {height}] {{\n{body}    [\n{}    ]\n}}\n",
        argument(parameters),
        lines.collect::<String>()
    )
}

fn bind(writer: &mut Writer, body: &mut String, part: &Formula, name: &str) {
    let value = writer.value(part);
    let variable = writer.identifiers.fresh(name);
    // Writing to a string does not fail.
    let _ = writeln!(body, "    let {variable} = {value};");
    writer.bound.insert(part.clone(), variable);
}

/// The entries below the diagonal that are the same across it, with their rows and columns.
fn mirrored(entries: &[Vec<Formula>]) -> Vec<(usize, usize, &Formula)> {
    let across = |i: usize, j: usize| entries.get(j).and_then(|row| row.get(i));
    let below =
        entries.iter().enumerate().flat_map(|(i, row)| row.iter().take(i).enumerate().map(move |(j, e)| (i, j, e)));
    below.filter(|&(i, j, entry)| across(i, j) == Some(entry)).collect()
}
