//! Expressions as they are read and compiled: plain text, Unicode, LaTeX and Rust.
//!
//! | | of the expression 1/(2σ⁴) |
//! |---|---|
//! | [`text`](Expression::text) | `1/(2*sigma^4)` |
//! | [`unicode`](Expression::unicode), and `Display` | 1/(2σ⁴) |
//! | [`latex`](Expression::latex) | `\frac{1}{2\sigma^{4}}` |
//! | [`rust`](Expression::rust) | `(sigma_squared.powi(2) * 2.0).recip()` |
//!
//! An expression is arranged once, as a tree, and each notation is a walk over that tree. A parameter that is named σ² is written with
//! powers of σ, one that is named ln σ with σ and its logarithm; in Rust every parameter is a variable of its own. The functions are named
//! as in the NIST DLMF: ψ₁ = ψ′, Φ, I₀, P, Q, I_x(a, b); A is I₁/I₀ and γ is Euler's constant.

mod angles;
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
