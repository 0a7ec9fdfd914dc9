//! Entropies and divergences, each formula against an expectation of the density.

use super::catalogue;
use fisher_information::Error;
use fisher_information::any::Entry;
use fisher_information::expectation::{Estimate, Expectation, Method, Provenance, Settings};

/// The largest error of a formula, relative to E|g|, where the integral's own error bar does not excuse more.
const FORMULA: f64 = 1e-9;

/// E_θ[g] with its error.
fn average(entry: &Entry, theta: &[f64], g: &(dyn Fn(&[f64]) -> f64 + Sync)) -> Result<Expectation, Error> {
    let write = |x: &[f64], values: &mut [f64]| values[0] = g(x);
    entry.model.expectation(theta, 1, &write, Method::Automatic, &Settings::default())
}

/// A formula is what the expectation says, or the expectation cannot be had and says why.
fn agree(what: &str, entry: &Entry, theta: &[f64], formula: f64, average: Result<Expectation, Error>) -> bool {
    match average {
        // By draws alone: five standard errors.
        Ok(Expectation { values, provenance: Provenance::MonteCarlo { .. }, .. }) => {
            let Estimate { value, error } = values[0];
            assert!(
                (formula - value).abs() <= 5.0 * error,
                "{}: {what} is {formula}, drawn {value} ± {error}",
                entry.name
            );
            true
        }
        Ok(Expectation { values, .. }) => {
            let Estimate { value, error } = values[0];
            let difference = (formula - value).abs();
            assert!(
                difference <= FORMULA * value.abs().max(1.0) + error && error <= 1e-6 * value.abs().max(1.0),
                "{} at {theta:?}: {what} is {formula} by its formula, {value} ± {error:.1e} by the density",
                entry.name
            );
            true
        }
        // A divergent expectation and nothing else is infinite.
        Err(Error::Divergent { .. } | Error::StatisticNotFinite { .. }) => {
            assert_eq!(formula, f64::INFINITY, "{} at {theta:?}: {what}", entry.name);
            true
        }
        // Mass beyond the numbers there are, or a sum with a long tail.
        Err(Error::Unresolved { .. } | Error::NoConvergence { .. } | Error::SlowTail { .. }) => false,
        Err(other) => panic!("{} at {theta:?}: {what}: {other}", entry.name),
    }
}

#[test]
fn entropies_are_expectations_of_the_density() {
    let (mut families, mut skipped) = (0, Vec::new());
    for entry in catalogue() {
        let mut known = false;
        for theta in &entry.points {
            let [Some(formula), _] = entry.model.formulas(theta, theta).unwrap() else { break };
            known = true;
            let found = average(entry, theta, &|x| -entry.model.ln_likelihood(theta, x).unwrap());
            if !agree("the entropy", entry, theta, formula, found) {
                skipped.push((entry.name, theta));
            }
        }
        families += usize::from(known);
    }
    println!("{families} entropies; not to be had by the density: {skipped:?}");
    assert!(families >= 25, "{families}");
    assert!(skipped.len() <= 3, "{skipped:?}");
}

#[test]
fn divergences_are_expectations_of_the_density() {
    let (mut families, mut skipped) = (0, Vec::new());
    for entry in catalogue() {
        let mut known = false;
        // From each point to one near it; the points themselves may be worlds apart.
        for theta in &entry.points {
            let other: Vec<f64> = theta.iter().map(|t| t * 0.9375).collect();
            let Ok([_, Some(formula)]) = entry.model.formulas(theta, &other) else { continue };
            known = true;
            let ln_ratio = |x: &[f64]| {
                entry.model.ln_likelihood(theta, x).unwrap() - entry.model.ln_likelihood(&other, x).unwrap()
            };
            if !agree("the divergence", entry, theta, formula, average(entry, theta, &ln_ratio)) {
                skipped.push((entry.name, theta));
            }
        }
        families += usize::from(known);
    }
    println!("{families} divergences; not to be had by the density: {skipped:?}");
    assert!(families >= 20, "{families}");
    assert!(skipped.len() <= 3, "{skipped:?}");
}

/// Near θ the divergence is half the squared length of the step in the Fisher metric; at θ it is zero.
#[test]
fn divergences_are_half_the_squared_distance_nearby() {
    for entry in catalogue() {
        for theta in &entry.points {
            let Some(zero) = entry.model.formulas(theta, theta).unwrap()[1] else { break };
            let step = 2.0_f64.powi(-20);
            let other: Vec<f64> = theta.iter().map(|t| if *t == 0.0 { step } else { t * (1.0 + step) }).collect();
            let Ok([_, Some(near)]) = entry.model.formulas(theta, &other) else { continue };
            let information = entry.model.expected(theta).unwrap();
            let by: Vec<f64> = other.iter().zip(theta).map(|(other, theta)| other - theta).collect();
            let mut squared = 0.0;
            for (i, row) in information.matrix().row_iter().enumerate() {
                squared += by[i] * row.iter().zip(&by).map(|(entry, by)| entry * by).sum::<f64>();
            }
            if !near.is_finite() || squared > 1e-2 {
                continue; // an infinite divergence, or a step that is not small for this θ
            }
            assert!(zero.abs() <= 1e-3 * squared, "{} at {theta:?}: {zero} from itself", entry.name);
            // The next term is of the order of the step in units of the distance to the end of the domain.
            let relative = (near / (0.5 * squared) - 1.0).abs();
            assert!(relative < 5e-3, "{} at {theta:?}: {near} for {}", entry.name, 0.5 * squared);
        }
    }
}
