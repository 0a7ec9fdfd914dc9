//! The symbols of parameters. That they are those of the printed formulas, the page of the catalogue asks.

use super::catalogue;
use fisher_information::distributions::*;
use fisher_information::model::{Elementwise, Link, LogLikelihood, Parameter, Reparametrised};
use std::collections::BTreeSet;

/// Asserts that there is a symbol for each parameter and none twice.
pub fn assert_distinct(model: &str, parameters: &[Parameter]) {
    let symbols: Vec<&str> = parameters.iter().map(|parameter| parameter.symbol.as_ref()).collect();
    assert!(symbols.iter().all(|symbol| !symbol.trim().is_empty()), "{model}: {symbols:?}");
    assert_eq!(symbols.iter().collect::<BTreeSet<_>>().len(), symbols.len(), "{model}: {symbols:?}");
}

fn symbols(model: &impl LogLikelihood) -> Vec<String> {
    model.parameters().into_iter().map(|parameter| parameter.symbol.into_owned()).collect()
}

#[test]
fn every_parameter_has_a_symbol_of_its_own() {
    for entry in catalogue() {
        assert_distinct(entry.name, &entry.model.parameters());
    }
}

#[test]
fn models_made_of_models_have_the_symbols_of_these() {
    let two = Mixture::new(vec![NormalVariance; 2]).unwrap();
    assert_eq!(symbols(&two), ["w₁", "μ₁", "σ₁²", "μ₂", "σ₂²"]);
    let nested = Mixture::new(vec![Mixture::new(vec![Poisson, Poisson]).unwrap(); 2]).unwrap();
    assert_eq!(symbols(&nested), ["w₁", "w₁,₁", "λ₁,₁", "λ₂,₁", "w₁,₂", "λ₁,₂", "λ₂,₂"]);
    assert_eq!(symbols(&ZeroInflated::new(ZeroInflatedPoisson)), ["ω", "ω′", "λ"]);
    assert_eq!(symbols(&LocationScale::new(Normal)), ["μ", "σ", "μ′", "σ′"]);
    assert_eq!(symbols(&Truncated::new(Gamma, 1.0, 2.0).unwrap()), ["α", "β"]);
}

#[test]
fn a_link_stands_before_the_symbol() {
    let links = Elementwise(vec![Link::Identity, Link::Log]);
    assert_eq!(symbols(&Reparametrised::new(Normal, links)), ["μ", "ln σ"]);
    assert_eq!(symbols(&Reparametrised::new(Geometric, Elementwise(vec![Link::Logit]))), ["logit p"]);
    assert_eq!(symbols(&Reparametrised::new(Poisson, Elementwise(vec![Link::SquareRoot]))), ["√λ"]);
}

#[test]
fn entries_of_a_matrix_are_told_apart() {
    for dimension in [1, 2, 12] {
        let parameters = NormalVector::new(dimension).parameters();
        assert_distinct("normal vector", &parameters);
        assert_eq!(parameters[parameters.len() - 1].symbol, ["Σ₁₁", "Σ₂₂", "Σ₁₂,₁₂"][dimension.min(3) - 1]);
    }
}
