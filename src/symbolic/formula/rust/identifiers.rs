//! Names of variables in Rust: distinct, in snake case, no keywords.

use super::super::super::expression::Symbol;
use super::super::names::{self, Word};
use std::collections::{BTreeMap, BTreeSet};

/// The names that are taken, and those of the variables.
#[derive(Clone, Debug, Default)]
pub(super) struct Identifiers {
    taken: BTreeSet<String>,
    variables: BTreeMap<Symbol, String>,
}

const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

impl Identifiers {
    /// Distinct names for the variables, the first come first.
    pub(super) fn of<'a>(symbols: impl IntoIterator<Item = &'a Symbol>) -> Self {
        let mut identifiers = Self::default();
        for symbol in symbols {
            if !identifiers.variables.contains_key(symbol) {
                let name = identifiers.fresh(&snake_case(symbol.name()));
                identifiers.variables.insert(symbol.clone(), name);
            }
        }
        identifiers
    }

    /// The name of a variable.
    pub(super) fn variable(&self, symbol: &Symbol) -> String {
        self.variables.get(symbol).cloned().unwrap_or_else(|| snake_case(symbol.name()))
    }

    /// A name like this that is not taken, which then is.
    pub(super) fn fresh(&mut self, name: &str) -> String {
        let escaped = if KEYWORDS.contains(&name) { format!("{name}_") } else { name.to_owned() };
        let mut candidate = escaped.clone();
        let mut number = 2_u64;
        while !self.taken.insert(candidate.clone()) {
            candidate = format!("{escaped}_{number}");
            number += 1;
        }
        candidate
    }
}

/// "σ₁²" as sigma_1_squared.
fn snake_case(name: &str) -> String {
    let word = |Word { letters, subscript, power }: &Word| {
        let power = match power.as_str() {
            "" => None,
            "2" => Some("squared".to_owned()),
            "3" => Some("cubed".to_owned()),
            other => Some(format!("power_{other}")),
        };
        let letters = names::spelled(letters).to_lowercase();
        [Some(letters), (!subscript.is_empty()).then(|| subscript.clone()), power]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("_")
    };
    let joined = names::words(name).iter().map(word).collect::<Vec<_>>().join("_");
    let valid = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' };
    let plain: String = joined.chars().map(valid).collect();
    let plain = plain.trim_matches('_');
    if plain.starts_with(|c: char| c.is_ascii_alphabetic()) { plain.to_owned() } else { format!("v{plain}") }
}
