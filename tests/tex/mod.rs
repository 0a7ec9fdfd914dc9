//! A reader of the formulas in the documentation: TeX in, numbers out.
//!
//! ```text
//! f(x; k) = \frac{x^{k-1}}{\Gamma(k)}\, e^{-x}, \qquad I(k) = \psi_1(k)
//! ```
//!
//! is parsed into two [`Definition`]s, whose right sides are evaluated once x and k are given. Every number carries a bound of
//! its rounding error, so that whoever compares it knows where a formula as printed cancels.
//!
//! A formula has to be unambiguous. Products bind closer than the slash, as in print: `1/2\sigma^2` is 1/(2σ²). A function
//! without parentheses takes one factor, `\ln x^2`, and what may follow it is another function; `\ln 2x` is refused. A sum takes the
//! products behind it, up to the next plus or minus.

mod evaluate;
mod functions;
mod parse;
mod rounded;
mod symbol;
mod token;
mod tree;

pub use evaluate::Scope;
pub use rounded::Rounded;
pub use symbol::{of_symbol, unbraced};
pub use tree::{Definition, Formula};

use std::fmt;

/// What is wrong with a formula, and at which byte of its text.
#[derive(Debug)]
pub struct Mistake {
    pub at: usize,
    pub what: String,
}

impl Mistake {
    fn new(at: usize, what: impl Into<String>) -> Self {
        Self { at, what: what.into() }
    }
}

/// A mistake in its text, as a compiler shows it.
pub struct Shown<'a> {
    pub mistake: &'a Mistake,
    pub text: &'a str,
    /// The file, and the number of the line in which the text begins.
    pub file: &'a str,
    pub line: usize,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let before = &self.text[..self.mistake.at];
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let line = self.text[start..].lines().next().unwrap_or_default();
        let column = before[start..].chars().count();
        let number = self.line + before.matches('\n').count();
        writeln!(f, "{}:{number}: {}", self.file, self.mistake.what)?;
        writeln!(f, "    {line}")?;
        write!(f, "    {:column$}^", "")
    }
}

#[cfg(test)]
mod tests;
