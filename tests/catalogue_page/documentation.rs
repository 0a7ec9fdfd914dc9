//! What the documentation comment of a family says.

use super::ROOT;
use crate::tex::{Mistake, Shown};
use fisher_information::any::Entry;
use std::fs;

/// The documentation comment of a structure, taken apart.
pub struct Documentation {
    /// From the root of the project.
    pub file: String,
    /// The name of the structure.
    pub name: String,
    /// The names under which the catalogue shows it.
    pub examples: Vec<&'static str>,
    /// The first paragraph.
    pub summary: String,
    /// The formulas, and the number of the line in which they begin.
    pub tex: String,
    pub line: usize,
    /// The paragraphs between formulas and source, without code.
    pub remarks: Vec<String>,
    /// Beginning with "Source:".
    pub source: String,
    /// The whole file.
    text: String,
}

impl Documentation {
    /// The documentation of a family, found by the path of its type: `…::continuous::gamma::Gamma` is in `continuous/gamma.rs`.
    pub fn of(entry: &Entry) -> Result<Self, String> {
        let path = entry.type_name.split('<').next().unwrap_or_default();
        let path = path.strip_prefix("fisher_information::").ok_or(format!("{path} is not a type of this library"))?;
        let (module, name) = path.rsplit_once("::").ok_or(format!("{path} is not in a module"))?;
        let file = format!("src/{}.rs", module.replace("::", "/"));
        let text = fs::read_to_string(format!("{ROOT}/{file}")).map_err(|error| format!("{file}: {error}"))?;
        Self::read(file, name, text, entry.name)
    }

    /// Takes the comment above `pub struct name` apart.
    fn read(file: String, name: &str, text: String, example: &'static str) -> Result<Self, String> {
        let missing = |what: &str| format!("{file}: the documentation of {name} has no {what}");
        let declared = ["struct", "enum"].map(|kind| format!("pub {kind} {name}"));
        let lines: Vec<&str> = text.lines().collect();
        let end = lines
            .iter()
            .position(|line| declared.iter().any(|start| begins_with_word(line, start)))
            .ok_or(format!("{file} does not declare {name}"))?;
        let attributes = lines[..end].iter().rev().take_while(|line| line.starts_with("#[")).count();
        let end = end - attributes;
        let start = end - lines[..end].iter().rev().take_while(|line| line.starts_with("///")).count();

        let (mut paragraphs, mut formulas) = (vec![String::new()], None);
        let mut fence: Option<&str> = None;
        for (number, line) in (start..end).map(|i| (i + 1, lines[i].trim_start_matches("///"))) {
            let line = line.strip_prefix(' ').unwrap_or(line);
            match (fence, line.strip_prefix("```")) {
                (None, Some(language)) => {
                    fence = Some(language);
                    if language == "math" {
                        if formulas.is_some() {
                            return Err(format!("{file}:{number}: a second block of formulas"));
                        }
                        formulas = Some((number + 1, String::new()));
                    }
                    paragraphs.push(String::new());
                }
                (Some(_), Some(_)) => fence = None,
                (Some("math"), None) => {
                    if let Some((_, tex)) = &mut formulas {
                        tex.push_str(line);
                        tex.push('\n');
                    }
                }
                (Some(_), None) => {}
                (None, None) if line.is_empty() => paragraphs.push(String::new()),
                (None, None) => {
                    if let Some(paragraph) = paragraphs.last_mut() {
                        let gap = if paragraph.is_empty() { "" } else { "\n" };
                        *paragraph = format!("{paragraph}{gap}{line}");
                    }
                }
            }
        }
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        let (line, tex) = formulas.ok_or_else(|| missing("block of formulas, ```math"))?;
        let source = paragraphs.iter().position(|paragraph| paragraph.starts_with("Source:"));
        let source = paragraphs.remove(source.ok_or_else(|| missing("line that begins with `Source:`"))?);
        if paragraphs.is_empty() {
            return Err(missing("first sentence"));
        }
        let summary = paragraphs.remove(0);
        let (name, examples) = (name.to_owned(), vec![example]);
        Ok(Self { file, name, examples, summary, tex, line, remarks: paragraphs, source, text })
    }

    /// The same with another formula.
    pub fn doctored(&self, from: &str, to: &str) -> Self {
        assert!(self.tex.contains(from), "{}: no {from} to be replaced", self.file);
        let tex = self.tex.replace(from, to);
        Self {
            file: self.file.clone(),
            name: self.name.clone(),
            examples: self.examples.clone(),
            summary: self.summary.clone(),
            tex,
            line: self.line,
            remarks: self.remarks.clone(),
            source: self.source.clone(),
            text: self.text.clone(),
        }
    }

    /// Whether it is that of this structure in this file.
    pub fn is_of(&self, file: &str, name: &str) -> bool {
        (self.file.as_str(), self.name.as_str()) == (file, name)
    }

    /// Whether the file implements a trait for the structure.
    pub fn implements(&self, name: &str) -> bool {
        let found = format!(" {name} for {}", self.name);
        self.text.lines().any(|line| line.starts_with("impl") && line.contains(&found))
    }

    /// A mistake in the formulas, where it stands in the file.
    pub fn show(&self, mistake: &Mistake) -> String {
        Shown { mistake, text: &self.tex, file: &self.file, line: self.line }.to_string()
    }
}

/// Whether a line begins with a text that ends where a word does.
fn begins_with_word(line: &str, start: &str) -> bool {
    line.strip_prefix(start).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}
