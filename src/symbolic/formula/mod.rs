//! Expressions as they are read and compiled: plain text, Unicode, LaTeX and Rust.

mod arrange;
mod conjugates;
mod exponentials;
mod latex;
mod matrix;
mod names;
mod number;
mod order;
mod product;
mod rewrite;
mod rust;
mod text;
mod tree;
mod unicode;

pub use matrix::{Notation, matrix};
pub use rust::function;

use super::expression::Expression;
use std::fmt;

/// In Unicode.
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.unicode())
    }
}

impl Expression {
    /// In plain ASCII text: `1/(2*sigma^4)`.
    #[must_use]
    pub fn text(&self) -> String {
        self.written(Notation::Text)
    }

    /// In Unicode, as it is written on one line: 1/(2σ⁴).
    #[must_use]
    pub fn unicode(&self) -> String {
        self.written(Notation::Unicode)
    }

    /// In LaTeX: `\frac{1}{2\sigma^{4}}`.
    #[must_use]
    pub fn latex(&self) -> String {
        self.written(Notation::Latex)
    }
}

#[cfg(test)]
mod tests;
