//! How parameters are written in formulas.

use super::Parameter;
use std::borrow::Cow;

/// The Greek letters by their English names.
const GREEK: [(&str, &str); 24] = [
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("iota", "ι"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("omicron", "ο"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("upsilon", "υ"),
    ("phi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
];

const SUBSCRIPTS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// The symbol that a name stands for: "α" for "alpha", "Ω" for "Omega", "β₁" for "beta_1", "x₂" for "x2".
pub(super) fn of_name(name: &str) -> Option<Cow<'static, str>> {
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &name[word.len()..];
    let word = if digits.is_empty() { word } else { word.strip_suffix(['_', ' ']).unwrap_or(word) };
    let letter = letter(word)?;
    if digits.is_empty() {
        return Some(letter);
    }
    Some(Cow::Owned(letter.chars().chain(digits.chars().filter_map(lowered)).collect()))
}

/// The letter that a word is or stands for; a capital one if the word begins with a capital.
fn letter(word: &str) -> Option<Cow<'static, str>> {
    if let Some((_, letter)) = GREEK.iter().find(|(english, _)| *english == word) {
        return Some(Cow::Borrowed(letter));
    }
    let mut characters = word.chars();
    let first = characters.next()?;
    let rest = characters.as_str();
    if rest.is_empty() {
        return first.is_alphabetic().then(|| Cow::Owned(word.to_owned()));
    }
    let small = |english: &str| english.starts_with(first.to_ascii_lowercase()) && english[1..] == *rest;
    let (_, letter) = GREEK.iter().find(|(english, _)| first.is_ascii_uppercase() && small(english))?;
    Some(Cow::Owned(letter.to_uppercase()))
}

/// A digit as a subscript.
fn lowered(digit: char) -> Option<char> {
    SUBSCRIPTS.get(digit.to_digit(10)? as usize).copied()
}

/// A number as a subscript.
fn subscript(index: usize) -> String {
    index.to_string().chars().filter_map(lowered).collect()
}

/// A symbol with an index: "μ₁" for "μ", "σ₁²" for "σ²", and "Σ₁₂,₃" for a symbol that has an index already.
pub(crate) fn indexed(symbol: &str, index: usize) -> String {
    let letter = symbol.trim_end_matches(SUPERSCRIPTS);
    let comma = if letter.ends_with(SUBSCRIPTS) { "," } else { "" };
    format!("{letter}{comma}{}{}", subscript(index), &symbol[letter.len()..])
}

/// The parameters written as one letter with indices: "μ₁", "μ₂", …
pub(crate) fn numbered(letter: &str, parameters: impl IntoIterator<Item = Parameter>) -> Vec<Parameter> {
    let numbered = parameters.into_iter().zip(1..).map(|(parameter, i)| parameter.symbol(indexed(letter, i)));
    numbered.collect()
}

/// A symbol with the place of an entry in a symmetric matrix, the smaller index first: "Σ₁₂". From the tenth row on a comma stands
/// between the two.
pub(crate) fn entry(symbol: &str, i: usize, j: usize) -> String {
    let (first, second) = (i.min(j), i.max(j));
    let comma = if second < 10 { "" } else { "," };
    format!("{symbol}{}{comma}{}", subscript(first), subscript(second))
}

/// The parameters with a prime at each symbol that one before them has: a scale added to a model with a scale.
pub(crate) fn told_apart(mut parameters: Vec<Parameter>) -> Vec<Parameter> {
    for last in 1..parameters.len() {
        let (before, rest) = parameters.split_at_mut(last);
        while before.iter().any(|other| other.symbol == rest[0].symbol) {
            rest[0].symbol.to_mut().push('′');
        }
    }
    parameters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_letters_become_letters() {
        for (name, symbol) in [
            ("alpha", "α"),
            ("Sigma", "Σ"),
            ("sigma_12", "σ₁₂"),
            ("mu 1", "μ₁"),
            ("theta2", "θ₂"),
            ("θ3", "θ₃"),
            ("b0", "b₀"),
            ("x", "x"),
        ] {
            assert_eq!(of_name(name).as_deref(), Some(symbol));
        }
        for name in ["", "1", "_1", "SIGMA", "alphabet", "mean 1", "ln rate", "alpha_", "alpha_x1", "éta", "²"] {
            assert_eq!(of_name(name), None, "{name}");
        }
    }

    #[test]
    fn an_index_stands_before_a_power_and_behind_another_index() {
        assert_eq!(indexed("μ", 12), "μ₁₂");
        assert_eq!(indexed("σ²", 1), "σ₁²");
        assert_eq!(indexed("Σ₁₂", 3), "Σ₁₂,₃");
        assert_eq!(indexed("", 1), "₁");
        assert_eq!([entry("Σ", 2, 1), entry("Σ", 1, 12)], ["Σ₁₂", "Σ₁,₁₂"]);
    }

    #[test]
    fn a_symbol_that_is_taken_gets_primes() {
        let parameters = ["a", "b", "a", "a", "b"].map(Parameter::real).to_vec();
        let symbols: Vec<_> = told_apart(parameters).into_iter().map(|parameter| parameter.symbol).collect();
        assert_eq!(symbols, ["a", "b", "a′", "a″", "b′"].map(|symbol| symbol.replace('″', "′′")));
    }
}
