//! Kullback–Leibler divergences against reference values, by the formula of the model and by its density.

use crate::reference::geometry::{Divergence as Row, divergences};
use fisher_information::distributions::*;
use fisher_information::expectation::{Method, Provenance, Settings};
use fisher_information::geometry::divergence::{Divergence, between, within};
use fisher_information::model::{Fixed, Known, ParameterSpace, SampleSpace};
use std::borrow::Borrow;
use std::num::NonZeroU32;

/// By whichever way is preferred, by the density, and by the density of what might be two models.
fn three_ways<M: SampleSpace>(model: &M, row: &Row) -> [Divergence; 3] {
    let theta = M::Parameters::from_slice(&row.p).unwrap();
    let other = M::Parameters::from_slice(&row.q).unwrap();
    let pair = within(model, theta.borrow(), other.borrow()).unwrap();
    // By a method of its own a pair does without formulas.
    let by_density =
        || within(model, theta.borrow(), other.borrow()).unwrap().by(Method::Automatic, &Settings::default());
    let two = between(model, theta.borrow(), model, other.borrow()).unwrap();
    [pair, by_density(), two].map(|pair| pair.kullback_leibler().unwrap_or_else(|error| panic!("{row:?}: {error}")))
}

fn all_ways(row: &Row) -> [Divergence; 3] {
    let trials = || NonZeroU32::new(row.fixed["n"] as u32).unwrap();
    match row.family.as_str() {
        "Normal" => three_ways(&Normal, row),
        "Exponential" => three_ways(&Exponential, row),
        "Gamma" => three_ways(&Gamma, row),
        "InverseGamma" => three_ways(&InverseGamma, row),
        "Beta" => three_ways(&Beta, row),
        "Weibull" => three_ways(&Weibull, row),
        "Pareto" => three_ways(&Pareto::new(1.0).unwrap(), row),
        "Rayleigh" => three_ways(&Rayleigh, row),
        "Cauchy" => three_ways(&Cauchy, row),
        "InverseGaussian" => three_ways(&InverseGaussian, row),
        "Gumbel" => three_ways(&Gumbel, row),
        "Laplace" => three_ways(&Laplace, row),
        "VonMises" => three_ways(&VonMises, row),
        "Poisson" => three_ways(&Poisson, row),
        "Bernoulli" => three_ways(&Bernoulli, row),
        "Binomial" => three_ways(&Binomial::new(trials()), row),
        "Geometric" => three_ways(&Geometric, row),
        "NegativeBinomial" => {
            let known = [("size", row.fixed["r"])];
            three_ways(&Known::<_, Fixed<1>>::new(NegativeBinomial, &known).unwrap(), row)
        }
        "Categorical" => three_ways(&Categorical::<2>, row),
        "Multinomial" => three_ways(&Multinomial::<2>::new(trials()), row),
        "Dirichlet" => three_ways(&Dirichlet::<3>, row),
        "MultivariateNormal" => three_ways(&MultivariateNormal::<2, 5>, row),
        family => panic!("no model for {family}"),
    }
}

/// A beta density that goes like 1/√(1 − x) has 10⁻⁸ of its mass between 1 and the last number before it.
fn unresolved(row: &Row) -> bool {
    row.family == "Beta" && row.p[1].min(row.q[1]) < 1.0
}

#[test]
fn every_row_by_formula_and_by_density() {
    let (mut rows, mut formulas) = (0, 0);
    for row in divergences() {
        let found = all_ways(&row);
        for (way, found) in found.iter().enumerate() {
            let off = (found.value() - row.divergence).abs();
            assert!(off <= found.error(), "{way} {row:?} {found} off by {off:e}");
            if way > 0 && unresolved(&row) {
                assert!(found.error() <= 1e-6 * row.divergence, "{way} {row:?} {found}");
                continue;
            }
            assert!(off <= 1e-10 * row.divergence, "{way} {row:?} {found}");
            assert!(found.error() <= 1e-8 * row.divergence, "{way} {row:?} {found}");
        }
        let provenance = |found: &Divergence| match found {
            Divergence::Finite { provenance, .. } => provenance.clone(),
            Divergence::Infinite(why) => panic!("{row:?}: {why}"),
        };
        formulas += usize::from(provenance(&found[0]) == Provenance::ClosedForm);
        assert!(found[1..].iter().all(|found| {
            matches!(provenance(found), Provenance::Quadrature { .. } | Provenance::Summation { .. })
        }));
        rows += 1;
    }
    assert_eq!((rows, formulas), (80, 74));
}
