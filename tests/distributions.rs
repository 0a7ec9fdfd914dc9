//! The catalogue: densities and their derivatives, closed forms, distribution functions, draws and quantiles, entropies and
//! divergences, natural parameters, symbols, laws that hold for every family, and how each fails.

mod closed_forms;
mod densities;
mod distribution_functions;
mod draws;
mod exponential_families;
mod failure_modes;
mod formulas;
mod laws;
mod statrs;
mod symbols;

use fisher_information::any::Entry;
use fisher_information::distributions::visit_all;
use fisher_information::model::Support;
use std::sync::LazyLock;

/// Every family of the catalogue, each compiled once for all tests.
pub fn catalogue() -> &'static [Entry] {
    static CATALOGUE: LazyLock<Vec<Entry>> = LazyLock::new(|| {
        let mut families = Vec::new();
        visit_all(&mut families);
        families
    });
    &CATALOGUE
}

/// A family by its name.
pub fn family(name: &str) -> &'static Entry {
    catalogue().iter().find(|entry| entry.name == name).unwrap_or_else(|| panic!("no family {name}"))
}

/// Whether a family is one of numbers with a density.
pub fn is_continuous(entry: &Entry) -> bool {
    matches!(entry.model.support(&entry.points[0]), Ok(Support::Interval { .. }))
}

/// Whether a family is one of numbers with probabilities.
pub fn is_discrete(entry: &Entry) -> bool {
    matches!(entry.model.support(&entry.points[0]), Ok(Support::Integers { .. } | Support::Points(_)))
}

#[test]
fn there_are_at_least_forty_five_families_each_with_three_points_and_a_name_of_its_own() {
    let names: std::collections::BTreeSet<_> = catalogue().iter().map(|entry| entry.name).collect();
    assert!(names.len() >= 45, "{} families", names.len());
    assert_eq!(names.len(), catalogue().len(), "a name is used twice");
    for entry in catalogue() {
        assert_eq!(entry.points.len(), 3, "{}", entry.name);
    }
}
