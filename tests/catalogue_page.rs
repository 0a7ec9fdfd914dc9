//! The page `docs/catalogue.md`: that it is what the documentation comments and the code say, and that its formulas are right.
//!
//! `UPDATE_CATALOGUE=1 cargo test catalogue_page` writes the page.

mod documentation;
mod formulas;
mod page;

use documentation::Documentation;
use fisher_information::any::Entry;
use fisher_information::distributions::visit_all;
use std::fs;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The families of the catalogue with their documentation, and what is missing from it. A generic model may be shown several
/// times; the first time counts.
fn read() -> (Vec<(Entry, Documentation)>, Vec<String>) {
    let mut entries: Vec<Entry> = Vec::new();
    visit_all(&mut entries);
    let (mut families, mut complaints) = (Vec::<(Entry, Documentation)>::new(), Vec::new());
    for entry in entries {
        match Documentation::of(&entry) {
            Ok(found) => match families.iter_mut().find(|(_, first)| first.is_of(&found.file, &found.name)) {
                Some((_, first)) => first.examples.push(entry.name),
                None => families.push((entry, found)),
            },
            Err(complaint) => complaints.push(format!("{}: {complaint}", entry.name)),
        }
    }
    (families, complaints)
}

fn families() -> Vec<(Entry, Documentation)> {
    read().0
}

#[test]
fn every_family_is_documented() {
    let (_, complaints) = read();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn the_page_is_up_to_date() {
    let path = format!("{ROOT}/docs/catalogue.md");
    let kept = fs::read_to_string(&path).unwrap();
    let written = page::write(&kept, &families());
    if std::env::var_os("UPDATE_CATALOGUE").is_some() {
        fs::write(&path, &written).unwrap();
        return;
    }
    if let Some((number, (kept, written))) = (1..)
        .zip(kept.lines().map(Some).chain([None]).zip(written.lines().map(Some).chain([None])))
        .find(|(_, (kept, written))| kept != written)
    {
        let shown = |line: Option<&str>| line.map_or("the end".to_owned(), |line| format!("`{line}`"));
        panic!(
            "docs/catalogue.md is not what the documentation comments and the code say.\n\
             The first difference is in line {number}: {} should be {}.\n\
             `UPDATE_CATALOGUE=1 cargo test catalogue_page` writes the page; read what it changes before you keep it.",
            shown(kept),
            shown(written)
        );
    }
}

#[test]
fn every_file_of_a_family_is_on_the_page() {
    let families = families();
    for group in page::GROUPS {
        for file in fs::read_dir(format!("{ROOT}/src/distributions/{group}")).unwrap() {
            let file = file.unwrap();
            let path = format!("src/distributions/{group}/{}", file.file_name().into_string().unwrap());
            let text = fs::read_to_string(file.path()).unwrap();
            let models = text.lines().filter_map(|line| line.strip_prefix("impl")?.split_once("SampleSpace for "));
            for (_, rest) in models {
                let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
                let private = text.contains(&format!("\nstruct {name}")) || text.contains(&format!("\nenum {name}"));
                // A visitor asks for draws.
                let drawn = text.lines().any(|line| line.contains(&format!("Sampler for {name}")));
                assert!(
                    private || !drawn || families.iter().any(|(_, family)| family.is_of(&path, &name)),
                    "{path}: no visit line of src/distributions/{group}/mod.rs shows {name}, or its documentation is incomplete"
                );
            }
        }
    }
}

#[test]
fn what_a_family_implements_it_declares() {
    for (entry, family) in families().iter().filter(|(entry, _)| !entry.type_name.contains('<')) {
        let known = page::Known::of(entry);
        for (implemented, declared, capability) in [
            ("ClosedForm", known.closed_form, "closed_form"),
            ("Quantile", known.quantile, "quantile"),
            ("DistributionFunction", known.distribution_function, "distribution_function"),
            ("Entropy", known.entropy, "entropy"),
            ("KullbackLeibler", known.divergence, "divergence"),
            ("Sampler", known.sampler, "sampler"),
        ] {
            assert_eq!(
                family.implements(implemented),
                declared,
                "{}: `impl {implemented} for {}` and `.{capability}()` among its capabilities go together",
                family.file,
                family.name
            );
        }
        // Which of its parameters have to be known for a formula of the distance, the entry does not say.
        let text = fs::read_to_string(format!("{ROOT}/{}", family.file)).unwrap();
        assert_eq!(family.implements("FisherRao"), text.contains(".fisher_rao()"), "{}: FisherRao", family.file);
    }
}
