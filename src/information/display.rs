//! Tables for people: as many digits as the errors justify, six at most.

use super::covariance::Covariance;
use super::kind::Kind;
use super::labelled::Labelled;
use super::result::Information;
use crate::expectation::Estimate;
use std::fmt;

/// The digits of a number without an error.
const DIGITS: i32 = 6;

/// A number to six digits or to the first digit of its error, whichever is fewer; `0` if the error is larger.
fn number(value: f64, error: f64) -> String {
    fixed(value, DIGITS, error)
}

/// A number to so many digits.
pub(crate) fn digits(value: f64, digits: i32) -> String {
    fixed(value, digits, 0.0)
}

fn fixed(value: f64, digits: i32, error: f64) -> String {
    if value.is_nan() {
        return "NaN".into();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞".into() } else { "-∞".into() };
    }
    if value == 0.0 {
        return "0".into();
    }
    let decimals = (digits - 1 - exponent(value)).min(decimals(error));
    let magnitude = exponent(round(value, decimals));
    let text = if round(value, decimals) == 0.0 {
        "0".into()
    } else if (-4..DIGITS).contains(&magnitude) {
        format!("{:.*}", usize::try_from(decimals).unwrap_or(0), round(value, decimals))
    } else {
        format!("{:.*e}", usize::try_from(decimals + magnitude).unwrap_or(0), value)
    };
    trim(&text)
}

/// The decimals up to the first digit of an error; none that matter if it is zero or unknown.
fn decimals(error: f64) -> i32 {
    if error > 0.0 && error.is_finite() { -exponent(error) } else { i32::MAX }
}

/// e with 10ᵉ ≤ |x| < 10ᵉ⁺¹.
#[allow(clippy::cast_possible_truncation)] // between −324 and 308
fn exponent(x: f64) -> i32 {
    x.abs().log10().floor() as i32
}

/// x to so many decimals, which may be fewer than none.
fn round(x: f64, decimals: i32) -> f64 {
    match usize::try_from(decimals) {
        Ok(decimals) => format!("{x:.decimals$}").parse().unwrap_or(x),
        Err(_) => (x / 10f64.powi(-decimals)).round() * 10f64.powi(-decimals),
    }
}

/// Without zeros at the end of the fraction.
fn trim(text: &str) -> String {
    let (mantissa, power) = text.split_once('e').map_or((text, None), |(m, e)| (m, Some(e)));
    let mantissa = if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
    power.map_or_else(|| mantissa.into(), |power| format!("{mantissa}e{power}"))
}

/// Columns of text, the first flush left, the others flush right.
pub(crate) fn table(f: &mut fmt::Formatter<'_>, rows: &[Vec<String>]) -> fmt::Result {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len)).map(width).collect();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
            let space = " ".repeat(width - cell.chars().count());
            line += &if column == 0 { format!("{cell}{space}") } else { format!("  {space}{cell}") };
        }
        writeln!(f, "{}", line.trim_end())?;
    }
    Ok(())
}

/// The matrix under its names.
///
/// ```text
///            mean  deviation
/// mean       0.25          0
/// deviation     0        0.5
/// largest error 8.9e-16 of the diagonal
/// ```
impl fmt::Display for Labelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = vec![std::iter::once(String::new()).chain(self.names().iter().cloned()).collect()];
        for (i, name) in self.names().iter().enumerate() {
            let entry = |j: usize| number(self.matrix()[(i, j)], self.error()[(i, j)]);
            rows.push(std::iter::once(name.clone()).chain((0..self.size()).map(entry)).collect::<Vec<_>>());
        }
        table(f, &rows)?;
        let (relative, largest) = (self.relative_error(), self.error().max());
        if relative.is_finite() {
            write!(f, "largest error {relative:.1e} of the diagonal")
        } else if largest.is_finite() {
            write!(f, "largest error {largest:.1e}")
        } else {
            write!(f, "largest error unknown")
        }
    }
}

/// Kind, number of observations and provenance, and the matrix under its names.
impl<K: Kind> fmt::Display for Information<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.observations();
        let s = if n == 1.0 { "" } else { "s" };
        let (kind, provenance) = (K::NAME, self.provenance());
        let count = if n.fract() == 0.0 { n.to_string() } else { number(n, 0.0) };
        writeln!(f, "{kind} information of {count} observation{s} ({provenance})")?;
        self.entries().fmt(f)
    }
}

/// Provenance, and the matrix under its names.
impl fmt::Display for Covariance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "covariance ({})", self.provenance())?;
        self.entries().fmt(f)
    }
}

/// Estimates with their standard errors, printed to two digits of the standard error.
///
/// ```text
///            estimate  standard error
/// mean           1.03            0.20
/// deviation      2.01            0.14
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Estimates {
    /// The names of the parameters.
    pub names: Vec<String>,
    /// Their estimates.
    pub estimates: Vec<f64>,
    /// Their standard errors.
    pub standard_errors: Vec<Estimate>,
}

impl fmt::Display for Estimates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = vec![vec![String::new(), "estimate".into(), "standard error".into()]];
        for ((name, &estimate), deviation) in self.names.iter().zip(&self.estimates).zip(&self.standard_errors) {
            let spread = deviation.value;
            let (estimate, spread) = if spread > 0.0 && spread.is_finite() {
                let decimals = 1 - exponent(spread);
                let places = usize::try_from(decimals).unwrap_or(0);
                let fixed = |x: f64| format!("{:.places$}", round(x, decimals));
                (fixed(estimate), fixed(spread))
            } else {
                (number(estimate, 0.0), number(spread, 0.0))
            };
            rows.push(vec![name.clone(), estimate, spread]);
        }
        table(f, &rows)
    }
}
