//! Matrices: columns in brackets.

use super::super::expression::Expression;
use super::arrange;
use super::{latex, text, unicode};

/// How a formula is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// Plain ASCII text: `1/(2*sigma^4)`.
    Text,
    /// Unicode on one line: 1/(2σ⁴).
    Unicode,
    /// LaTeX: `\frac{1}{2\sigma^{4}}`.
    Latex,
}

impl Expression {
    /// The expression in this notation.
    #[must_use]
    pub fn written(&self, notation: Notation) -> String {
        let formula = arrange::formula(self);
        match notation {
            Notation::Text => text::written(&formula),
            Notation::Unicode => unicode::written(&formula),
            Notation::Latex => latex::written(&formula),
        }
    }
}

/// The rows of a matrix, one on a line, with columns below each other.
#[must_use]
pub fn matrix(rows: &[Vec<Expression>], notation: Notation) -> String {
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|entry| entry.written(notation)).collect()).collect();
    let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| cells.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let separator = if notation == Notation::Latex { " & " } else { "  " };
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join(separator)
    };
    let lines: Vec<String> = cells.iter().map(line).collect();
    let last = lines.len().saturating_sub(1);
    match notation {
        Notation::Text => lines.iter().map(|line| format!("[ {line} ]")).collect::<Vec<_>>().join("\n"),
        Notation::Unicode => {
            let brackets = |position: usize| match position {
                _ if last == 0 => ('[', ']'),
                0 => ('⎡', '⎤'),
                _ if position == last => ('⎣', '⎦'),
                _ => ('⎢', '⎥'),
            };
            let bracketed = |(position, line): (usize, &String)| {
                let (open, close) = brackets(position);
                format!("{open} {line} {close}")
            };
            lines.iter().enumerate().map(bracketed).collect::<Vec<_>>().join("\n")
        }
        Notation::Latex => {
            let rows: Vec<_> = lines.iter().map(|line| format!("  {}", line.trim_end())).collect();
            format!("\\begin{{pmatrix}}\n{}\n\\end{{pmatrix}}", rows.join(" \\\\\n"))
        }
    }
}
