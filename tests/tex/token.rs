//! Characters and commands of TeX, without what only moves ink.

use super::Mistake;

/// A character, a command such as `\frac`, or a command with a word: `\begin{pmatrix}`, `\operatorname{sech}`, `\text{otherwise}`.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    pub text: &'a str,
    pub at: usize,
}

/// The end of a line of an aligned block; a row of a matrix ends with `\\`.
pub const NEW_LINE: &str = "\\newline";

/// Spaces and sizes, which mean nothing. `\qquad` separates statements.
const INK: [&str; 18] = [
    "\\,", "\\;", "\\:", "\\!", "\\ ", "~", "\\quad", "\\left", "\\right", "\\big", "\\bigl", "\\bigr", "\\Big",
    "\\Bigl", "\\Bigr", "\\bigg", "\\biggl", "\\biggr",
];

/// Commands that are read together with the word in braces behind them.
const WITH_WORD: [&str; 5] = ["\\begin", "\\end", "\\operatorname", "\\text", "\\mathrm"];

/// The tokens of a text. Inside `aligned`, `&` means nothing and `\\` ends a line.
pub fn tokens(text: &str) -> Result<Vec<Token<'_>>, Mistake> {
    let mut found: Vec<Token> = Vec::new();
    let mut environments = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let length = length(&text[at..]).ok_or_else(|| Mistake::new(at, "a word in braces is expected behind this"))?;
        let token = Token { text: &text[at..at + length], at };
        at += token.text.len();
        let aligned = !matches!(environments.last(), Some(&("pmatrix" | "cases")));
        match token.text {
            "\\begin{aligned}" => environments.push("aligned"),
            "\\end{aligned}" => drop(environments.pop()),
            "&" if aligned => {}
            "\\\\" if aligned => found.push(Token { text: NEW_LINE, ..token }),
            "\\qquad" if found.last().is_some_and(|last| last.text == NEW_LINE) => {} // the indentation of a line
            "}" if found.last().is_some_and(|last| last.text == "{") => drop(found.pop()), // an empty group
            blank if INK.contains(&blank) || blank.trim().is_empty() => {}
            other => {
                if let Some(name) = word(other, "\\begin") {
                    environments.push(name);
                } else if word(other, "\\end").is_some() {
                    environments.pop();
                }
                found.push(token);
            }
        }
    }
    Ok(found)
}

/// The word of `\command{word}`.
pub fn word<'a>(token: &'a str, command: &str) -> Option<&'a str> {
    token.strip_prefix(command)?.strip_prefix('{')?.strip_suffix('}')
}

/// How long the first token of a text is, or `None` if its word is missing.
fn length(text: &str) -> Option<usize> {
    let mut characters = text.chars();
    let first = characters.next()?.len_utf8();
    if !text.starts_with('\\') {
        return Some(first);
    }
    let letters = characters.as_str().bytes().take_while(u8::is_ascii_alphabetic).count();
    let command = first + if letters == 0 { characters.next()?.len_utf8() } else { letters };
    if !WITH_WORD.contains(&&text[..command]) {
        return Some(command);
    }
    let word = text[command..].strip_prefix('{')?.find('}')?;
    Some(command + word + 2)
}
