//! The whole catalogue, with parameters known and in other coordinates: what is found holds where it was not verified.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use fisher_information::distributions::{Visitor, visit_all};
use fisher_information::expectation::{Method, Provenance, Settings};
use fisher_information::information::moments;
use fisher_information::model::{
    Domain, Dynamic, Elementwise, Known, Link, LogLikelihood, ParameterSpace, Reparametrised, SampleSpace, Sampler,
};
use fisher_information::symbolic::{expected_information, exponential_family};
use std::borrow::Borrow;

/// All families, and all with some parameters known and the others in other coordinates.
struct Everything {
    failures: Vec<String>,
    found: usize,
    seen: usize,
}

/// A mixing of numbers, so that families differ in what is known of them.
fn scatter(name: &str, index: usize, salt: usize) -> usize {
    name.bytes().fold(index * 31 + salt * 17, |hash, byte| (hash * 131 + usize::from(byte)) % 1_000_003)
}

fn links(domain: Domain) -> Vec<Link> {
    match (domain.lower, domain.upper) {
        (0.0, f64::INFINITY) => vec![Link::Log, Link::SquareRoot, Link::Identity],
        (0.0, 1.0) => vec![Link::Logit, Link::SquareRoot, Link::Identity],
        _ => vec![Link::Identity],
    }
}

impl Visitor for Everything {
    fn visit<M>(&mut self, name: &'static str, model: &M, points: &[&[f64]])
    where
        M: SampleSpace + Sampler + Clone + Send + 'static,
    {
        for salt in 0..3 {
            let parameters = LogLikelihood::parameters(model);
            let theta = points[0];
            // Of at least one parameter nothing is known; in the first round of all.
            let is_known =
                |i: usize| salt > 0 && i != salt % parameters.len() && scatter(name, i, salt).is_multiple_of(3);
            let names: Vec<(&str, f64)> =
                (0..theta.len()).filter(|&i| is_known(i)).map(|i| (parameters[i].name.as_ref(), theta[i])).collect();
            let Ok(known) = Known::<M, Dynamic>::new(model.clone(), &names) else { continue };
            let left: Vec<usize> = (0..theta.len()).filter(|&i| !is_known(i)).collect();
            let links: Vec<Link> = left
                .iter()
                .map(|&i| {
                    let choices = links(parameters[i].domain);
                    choices[scatter(name, i, salt + 7) % choices.len()]
                })
                .collect();
            let phi: Vec<f64> = left.iter().zip(&links).map(|(&i, link)| link.apply(theta[i])).collect();
            let at = format!("{name}, known {names:?}, {links:?}");
            let model = Reparametrised::new(known, Elementwise(links));
            self.seen += 1;
            let answer = expected_information(&model);
            let family = exponential_family(&model);
            if let (Ok(family), Ok(_)) = (&family, &answer) {
                assert!(family.statistics.len() == family.natural.len(), "{at}");
            }
            let Ok(found) = answer else { continue };
            self.found += 1;
            // At a point of its own, where it was not verified.
            let point = Dynamic::from_slice(&phi).unwrap();
            let point: &[f64] = point.borrow();
            let Ok(reference) = moments(&model, point, Method::Automatic, &Settings::default())
                .and_then(|moments| moments.information())
            else {
                continue;
            };
            if matches!(reference.provenance(), Provenance::MonteCarlo { .. }) {
                continue;
            }
            let matrix = found.evaluate(&phi);
            for (i, row) in matrix.iter().enumerate() {
                for (j, got) in row.iter().enumerate() {
                    let (want, error) = (reference.matrix()[(i, j)], reference.error()[(i, j)]);
                    let unit = (reference.matrix()[(i, i)] * reference.matrix()[(j, j)]).sqrt();
                    let difference = (got - want).abs();
                    if difference.is_nan() || difference > 1e-9 * unit + error {
                        self.failures.push(format!(
                            "{at} at {phi:?}: entry ({i}, {j}) is {got} for {want} ± {error:.1e}: {}",
                            found.matrix().rows()[i][j].to_string().chars().take(200).collect::<String>()
                        ));
                    }
                }
            }
        }
    }
}

#[test]
fn the_catalogue_in_any_coordinates_with_anything_known() {
    let mut everything = Everything { failures: Vec::new(), found: 0, seen: 0 };
    visit_all(&mut everything);
    println!("{} of {} found", everything.found, everything.seen);
    assert!(everything.failures.is_empty(), "{}", everything.failures.join("\n"));
    assert!(everything.found >= everything.seen / 2);
}
