//! Functions that occur in several places and are computed once.

use super::super::super::expression::Function;
use super::super::tree::Formula;
use super::code::name;
use super::identifiers::Identifiers;
use std::collections::BTreeMap;

/// The functions that occur more than once, what they depend on before them.
pub(super) fn functions<'a>(formulas: impl IntoIterator<Item = &'a Formula>) -> Vec<&'a Formula> {
    let mut counts = BTreeMap::new();
    let mut order = Vec::new();
    for formula in formulas {
        count(formula, &mut counts, &mut order);
    }
    order.retain(|formula| counts.get(formula).is_some_and(|&count| count > 1));
    order
}

fn count<'a>(formula: &'a Formula, counts: &mut BTreeMap<&'a Formula, usize>, order: &mut Vec<&'a Formula>) {
    let own = is_function(formula) && !formula.symbols().is_empty();
    if own {
        let times = counts.entry(formula).or_default();
        *times += 1;
        if *times > 1 {
            return;
        }
    }
    for part in formula.parts() {
        count(part, counts, order);
    }
    if own {
        order.push(formula);
    }
}

fn is_function(formula: &Formula) -> bool {
    match formula {
        Formula::Call(_) | Formula::Exponential(_) | Formula::Root(_) => true,
        Formula::Power(_, exponent) => !matches!(**exponent, Formula::Number(_)),
        _ => false,
    }
}

/// A name for what a function computes: digamma_alpha.
pub(super) fn described(formula: &Formula, identifiers: &Identifiers) -> String {
    let function = match formula {
        Formula::Call(call) => match (call.function, call.raised) {
            (Function::Polygamma(1), _) => "trigamma".to_owned(),
            (Function::Polygamma(order @ 2..), _) => format!("polygamma_{order}"),
            (function, true) => name(function).trim_start_matches("ln_").to_owned(),
            (function, false) => name(function).to_owned(),
        },
        Formula::Exponential(_) => "exp".to_owned(),
        Formula::Root(_) => "sqrt".to_owned(),
        _ => "power".to_owned(),
    };
    let mut variables: Vec<String> = Vec::new();
    for symbol in formula.symbols() {
        let variable = identifiers.variable(symbol);
        if !variables.contains(&variable) {
            variables.push(variable);
        }
    }
    std::iter::once(function).chain(variables).collect::<Vec<_>>().join("_")
}
