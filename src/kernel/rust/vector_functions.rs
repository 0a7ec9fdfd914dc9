//! The source of the branch-free elementary functions, as far as they are used: that of [`vector`](crate::kernel::vector) itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The files, each a module.
const FILES: [(&str, &str); 11] = [
    ("arctangent", include_str!("../vector/arctangent.rs")),
    ("arithmetic", include_str!("../vector/arithmetic.rs")),
    ("cube_root", include_str!("../vector/cube_root.rs")),
    ("digamma", include_str!("../vector/digamma.rs")),
    ("exponential", include_str!("../vector/exponential.rs")),
    ("gamma", include_str!("../vector/gamma.rs")),
    ("hyperbolic", include_str!("../vector/hyperbolic.rs")),
    ("logarithm", include_str!("../vector/logarithm.rs")),
    ("logistic", include_str!("../vector/logistic.rs")),
    ("power", include_str!("../vector/power.rs")),
    ("trigonometric", include_str!("../vector/trigonometric.rs")),
];

/// A file in its parts.
struct Module {
    /// What is imported: the path of each name.
    imports: BTreeMap<&'static str, &'static str>,
    /// Functions and constants in order.
    items: Vec<Item>,
}

struct Item {
    name: &'static str,
    /// With its documentation, without examples.
    text: String,
    /// What the code names.
    words: BTreeSet<&'static str>,
}

impl Module {
    /// The parts of a file, in which empty lines stand between items and nowhere else.
    fn of(file: &'static str) -> Self {
        let (mut imports, mut items) = (BTreeMap::new(), Vec::new());
        for part in file.split("\n\n") {
            let code = part.lines().filter(|line| !line.starts_with("//"));
            for import in code.clone().filter_map(|line| line.strip_prefix("use ")) {
                let (path, names) = import.trim_end_matches(';').rsplit_once("::").unwrap_or_default();
                imports.extend(words(names).map(|name| (name, path)));
            }
            let name = code.clone().find_map(|line| {
                let mut words = words(line).skip_while(|word| !matches!(*word, "fn" | "const" | "type"));
                (!line.starts_with(['#', ' '])).then(|| words.nth(1)).flatten()
            });
            if let Some(name) = name {
                let mut fences = 0;
                let kept = part.lines().filter(|line| {
                    let fence = line.starts_with("/// ```");
                    fences += usize::from(fence);
                    !fence && fences % 2 == 0
                });
                let text =
                    kept.collect::<Vec<_>>().join("\n").replace("\n///\n#", "\n#").replace("\n///\n///\n", "\n///\n");
                items.push(Item { name, text, words: code.flat_map(words).collect() });
            }
        }
        Self { imports, items }
    }
}

/// The identifiers in a text.
fn words(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// A module `vector` with these functions and all that they call; nothing without functions.
pub(super) fn source(functions: &BTreeSet<&'static str>) -> String {
    if functions.is_empty() {
        return String::new();
    }
    let modules: Vec<(&str, Module)> = FILES.iter().map(|&(name, file)| (name, Module::of(file))).collect();
    let mut pending: Vec<(&str, &str)> = Vec::new();
    let mut exports = String::new();
    for (module, Module { items, .. }) in &modules {
        for item in items.iter().filter(|item| functions.contains(item.name)) {
            pending.push((module, item.name));
            // Writing to a string does not fail.
            let _ = writeln!(exports, "    pub use {module}::{};", item.name);
        }
    }
    let mut needed: BTreeSet<(&str, &str)> = BTreeSet::new();
    while let Some((place, name)) = pending.pop() {
        let found = modules.iter().find(|(module, _)| *module == place);
        let Some((_, Module { imports, items })) = found else { continue };
        let Some(item) = items.iter().find(|item| item.name == name) else { continue };
        if !needed.insert((place, name)) {
            continue;
        }
        for &word in &item.words {
            match imports.get(word).and_then(|path| path.strip_prefix("super::")) {
                Some(module) => pending.push((module, word)),
                None => pending.push((place, word)),
            }
        }
    }
    let mut text = format!(
        "/// Elementary functions without branches, which become vector instructions.\nmod vector {{\n{exports}"
    );
    for (module, Module { imports, items }) in &modules {
        let kept: Vec<&Item> = items.iter().filter(|item| needed.contains(&(*module, item.name))).collect();
        if kept.is_empty() {
            continue;
        }
        let used = |name: &str| kept.iter().any(|item| item.words.contains(name));
        let _ = write!(text, "\n    mod {module} {{\n");
        for (name, path) in imports.iter().filter(|(name, _)| used(name)) {
            let _ = writeln!(text, "        use {path}::{name};");
        }
        for item in kept {
            text.push('\n');
            for line in item.text.lines() {
                let indent = if line.is_empty() { "" } else { "        " };
                let _ = writeln!(text, "{indent}{line}");
            }
        }
        text += "    }\n";
    }
    text + "}\n"
}
