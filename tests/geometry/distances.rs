//! Distances by formulas: reference digits, the eikonal equation, and laws.

use crate::reference::geometry::{Distance, distances};
use fisher_information::any::{AnyModel, Entry};
use fisher_information::distributions::*;
use fisher_information::geometry::closed_form_distance;
use fisher_information::model::*;
use fisher_information::prelude::*;
use num_dual::DualSVec64;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::num::NonZeroU32;

/// A model of whatever type.
type Model = Box<dyn AnyModel>;

/// A model of which some parameters are known.
fn known<M: SampleSpace + Send + 'static>(model: M, values: &[(&str, f64)]) -> Model {
    Box::new(Known::<_, Dynamic>::new(model, values).unwrap())
}

/// The lower triangle of a square matrix whose rows are written one after the other.
fn triangle(square: &[f64]) -> Vec<f64> {
    let size = (1..).find(|size| size * size == square.len()).unwrap();
    (0..size).flat_map(|i| (0..=i).map(move |j| square[i * size + j])).collect()
}

/// The model of a row of the reference, with the points in its coordinates; `None` if no formula is known.
fn model(row: &Distance) -> Option<(Model, [Vec<f64>; 2])> {
    let fixed = |name: &str| row.fixed[name];
    let trials = || NonZeroU32::new(row.fixed["n"] as u32).unwrap();
    let points = || [row.p.clone(), row.q.clone()];
    let whole: Model = match (row.family.as_str(), row.p.len()) {
        ("Poisson", _) => Box::new(Poisson),
        ("Exponential", _) => Box::new(Exponential),
        ("Bernoulli", _) => Box::new(Bernoulli),
        ("Binomial", _) => Box::new(Binomial::new(trials())),
        ("Geometric", _) => Box::new(Geometric),
        ("NegativeBinomial", _) => known(NegativeBinomial, &[("size", fixed("r"))]),
        ("Laplace", 1) => known(Laplace, &[("location", -0.5)]),
        ("Normal", 1) if row.fixed.is_empty() => known(Normal, &[("mean", 3.0)]),
        ("Normal", 1) => known(Normal, &[("deviation", fixed("sigma"))]),
        ("Rayleigh", _) => Box::new(Rayleigh),
        ("Pareto", _) => Box::new(Pareto::new(2.0).unwrap()),
        ("Weibull", 1) => known(Weibull, &[("shape", fixed("k"))]),
        ("Gamma", 1) => known(GammaScale, &[("shape", fixed("shape"))]),
        ("Normal", 2) => Box::new(Normal),
        ("LogNormal", 2) => Box::new(LogNormal),
        ("Laplace", 2) => Box::new(Laplace),
        ("Cauchy", 2) => Box::new(Cauchy),
        ("Logistic", 2) => Box::new(Logistic),
        ("StudentT", 2) => known(StudentT, &[("degrees of freedom", fixed("dof"))]),
        ("Gumbel", 2) => Box::new(Gumbel),
        ("Weibull", 2) => Box::new(Weibull),
        ("InverseGaussian", 2) => Box::new(InverseGaussian),
        ("Categorical", 2) => Box::new(Categorical::<2>),
        ("Categorical", 3) => Box::new(Categorical::<3>),
        ("Categorical", 4) => Box::new(Categorical::<4>),
        ("Multinomial", 2) => Box::new(Multinomial::<2>::new(trials())),
        ("MultivariateNormal", 4) => {
            let known = known(MultivariateNormal::<2, 5>, &[("mean 1", 1.0), ("mean 2", -2.0)]);
            return Some((known, [triangle(&row.p), triangle(&row.q)]));
        }
        ("MultivariateNormal", 9) => {
            let known = known(NormalVector::new(3), &[("mean 1", 1.0), ("mean 2", -2.0), ("mean 3", 0.0)]);
            return Some((known, [triangle(&row.p), triangle(&row.q)]));
        }
        ("MultivariateNormal", 2) => known(
            NormalVector::new(2),
            &[("variance 1", fixed("Sigma11")), ("covariance 2 1", fixed("Sigma12")), ("variance 2", fixed("Sigma22"))],
        ),
        ("MultivariateNormalDiagonal", _) => {
            let reordered = |theta: &[f64]| vec![theta[0], theta[2], theta[1] * theta[1], theta[3] * theta[3]];
            let known = known(NormalVector::new(2), &[("covariance 2 1", 0.0)]);
            return Some((known, [reordered(&row.p), reordered(&row.q)]));
        }
        ("ChiSquared" | "VonMises" | "Gamma" | "Beta" | "StudentT" | "Dirichlet", _) => return None,
        other => panic!("no model for {other:?}"),
    };
    Some((whole, points()))
}

#[test]
fn formulas_have_the_reference_digits() {
    let mut compared = 0;
    for row in distances() {
        let Some((model, [p, q])) = model(&row) else { continue };
        let there = model.closed_form_distance(&p, &q).unwrap().unwrap();
        let back = model.closed_form_distance(&q, &p).unwrap().unwrap();
        for found in [there, back] {
            let relative = (found.value / row.distance - 1.0).abs();
            assert!(relative < 4e-15, "{} {:?} {:?}: {found}, off by {relative:e}", row.family, row.p, row.q);
            assert!((found.value - row.distance).abs() <= found.error, "{} {:?}: {found}", row.family, row.p);
        }
        compared += 1;
    }
    assert_eq!(compared, 85);
}

/// Where there is no formula, none is given.
#[test]
fn families_without_a_formula_say_so() {
    let silent: [(Model, &[f64], &[f64]); 6] = [
        (Box::new(Gamma), &[1.0, 1.0], &[3.0, 2.0]),
        (Box::new(StudentT), &[0.0, 1.0, 3.0], &[1.0, 2.0, 5.0]),
        (Box::new(NegativeBinomial), &[2.0, 0.5], &[3.0, 0.25]),
        (Box::new(NormalVector::new(2)), &[0.0, 0.0, 1.0, 0.0, 1.0], &[1.0, 0.0, 2.0, 0.0, 1.0]),
        (known(BivariateNormal, &[("deviation 1", 1.0)]), &[0.0, 0.0, 1.0, 0.5], &[1.0, 0.0, 1.0, 0.5]),
        (known(StudentT, &[("location", 0.0)]), &[1.0, 3.0], &[2.0, 3.0]),
    ];
    for (model, theta, other) in silent {
        assert_eq!(model.closed_form_distance(theta, other).unwrap(), None);
    }
}

#[test]
fn points_outside_are_named() {
    for (theta, other) in [([0.0, -1.0], [0.0, 1.0]), ([0.0, 1.0], [0.0, f64::NAN])] {
        let error = closed_form_distance(&Normal, &theta, &other).unwrap_err();
        assert!(matches!(&error, Error::ParameterOutsideDomain { name, .. } if name == "deviation"), "{error}");
    }
    let error = closed_form_distance(&NormalVector::new(2), &[0.0; 3], &[0.0; 5]).unwrap_err();
    assert!(matches!(error, Error::ParameterCount { .. } | Error::ParameterOutsideDomain { .. }), "{error}");
}

/// Everything in the catalogue that has a formula, with models of known parameters.
fn with_formulas() -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    visit_all(&mut entries);
    entries.retain(|entry| {
        let [theta, other] = [&entry.points[0], &entry.points[1]];
        entry.model.closed_form_distance(theta, other).unwrap().is_some()
    });
    assert!(entries.len() >= 24, "{}", entries.len());
    let mut push = |name: &'static str, model: Model, points: &[&[f64]]| {
        let points = points.iter().map(|theta| theta.to_vec()).collect();
        entries.push(Entry { name, type_name: "", model, points });
    };
    let scales: &[&[f64]] = &[&[0.5], &[3.0]];
    for (name, model) in [
        ("gamma", known(Gamma, &[("shape", 2.5)])),
        ("gamma, by scale", known(GammaScale, &[("shape", 0.5)])),
        ("inverse gamma", known(InverseGamma, &[("shape", 2.5)])),
        ("Nakagami", known(Nakagami, &[("shape", 2.5)])),
        ("generalised gamma", known(GeneralizedGamma, &[("shape", 2.5), ("power", 1.5)])),
        ("Lomax scale", known(Lomax, &[("shape", 2.5)])),
        ("Lomax shape", known(Lomax, &[("scale", 2.5)])),
        ("generalised Pareto", known(GeneralizedPareto, &[("shape", -0.25)])),
        ("Kumaraswamy a", known(Kumaraswamy, &[("b", 2.5)])),
        ("power", known(Kumaraswamy, &[("b", 1.0)])),
        ("Kumaraswamy b", known(Kumaraswamy, &[("a", 2.5)])),
        ("von Mises", known(VonMises, &[("concentration", 2.5)])),
        ("Burr k", known(Burr, &[("first shape", 2.5), ("scale", 0.5)])),
        ("normal deviation", known(Normal, &[("mean", 2.5)])),
        ("normal variance", known(NormalVariance, &[("mean", 2.5)])),
        ("Weibull shape", known(Weibull, &[("scale", 2.5)])),
        ("inverse Gaussian mean", known(InverseGaussian, &[("shape", 2.5)])),
        ("t scale", known(StudentT, &[("location", 2.5), ("degrees of freedom", 4.0)])),
    ] {
        push(name, model, scales);
    }
    push("negative binomial", known(NegativeBinomial, &[("size", 2.5)]), &[&[0.25], &[0.5]]);
    let planes: &[&[f64]] = &[&[0.5, 2.0], &[3.0, 0.25]];
    push("t", known(StudentT, &[("degrees of freedom", 2.5)]), planes);
    push("Burr", known(Burr, &[("second shape", 2.5)]), planes);
    push("generalised extreme value", known(GeneralizedExtremeValue, &[("shape", 0.25)]), planes);
    let covariances: &[&[f64]] = &[&[1.0, 0.5, 2.0], &[3.0, -0.25, 1.0]];
    push("covariances", known(MultivariateNormal::<2, 5>, &[("mean 1", 0.0), ("mean 2", 0.0)]), covariances);
    push("Wishart", known(Wishart::new(2), &[("degrees of freedom", 4.5)]), covariances);
    let means: &[&[f64]] = &[&[1.0, 0.5], &[3.0, -0.25]];
    let deviations = [("deviation 1", 0.5), ("deviation 2", 2.0), ("correlation", 0.75)];
    push("means", known(BivariateNormal, &deviations), means);
    push(
        "deviations and correlation",
        known(BivariateNormal, &[("mean 1", 0.0), ("mean 2", 0.0)]),
        &[&[1.0, 2.0, 0.5], &[3.0, 1.0, -0.75]],
    );
    push("one mean", known(BivariateNormal, &[deviations[0], deviations[1], deviations[2], ("mean 1", 0.0)]), scales);
    push(
        "independent normals",
        known(BivariateNormal, &[("correlation", 0.0), ("mean 2", 1.0)]),
        &[&[0.0, 1.0, 2.0], &[1.0, 2.0, 0.5]],
    );
    entries
}

/// The gradient of the distance from θ′ has length 1 in the metric, wherever θ is: with d → 0 as θ → θ′, this equation determines the
/// distance. It knows of the formulas nothing but the Fisher information.
#[test]
fn the_gradient_of_every_formula_has_length_one() {
    for entry in with_formulas() {
        let (theta, other) = (&entry.points[0], &entry.points[1]);
        let distance = |theta: &[f64]| entry.model.closed_form_distance(theta, other).unwrap().unwrap().value;
        let slope = |i: usize| {
            let step = 1e-3 * theta[i].abs().max(0.25);
            let at = |steps: f64| {
                let mut moved = theta.clone();
                moved[i] += steps * step;
                distance(&moved)
            };
            // The central difference of sixth order.
            (45.0 * (at(1.0) - at(-1.0)) - 9.0 * (at(2.0) - at(-2.0)) + (at(3.0) - at(-3.0))) / (60.0 * step)
        };
        let gradient = nalgebra::DVector::from_fn(theta.len(), |i, _| slope(i));
        let information = entry.model.expected(theta).unwrap();
        let inverse = information.inverse().unwrap();
        let square = gradient.dot(&(inverse.matrix() * &gradient));
        assert!((square - 1.0).abs() < 1e-9, "{}: {square}", entry.name);
    }
}

/// The same by dual numbers, to rounding.
#[test]
fn formulas_are_differentiated_by_dual_numbers() {
    fn square<const P: usize, M>(model: &M, theta: [f64; P], other: [f64; P]) -> f64
    where
        M: FisherRao<Parameters = Fixed<P>> + ClosedForm,
    {
        let seeded = std::array::from_fn(|i| DualSVec64::from_re(theta[i]).derivative(i));
        let distance = model.distance(&seeded, &other.map(DualSVec64::from_re), &[true; P]).unwrap();
        let gradient = distance.eps.unwrap_generic(nalgebra::Const::<P>, nalgebra::Const::<1>);
        let metric = model.information(&theta);
        let metric = nalgebra::SMatrix::<f64, P, P>::from_fn(|i, j| metric[i][j]);
        gradient.dot(&metric.cholesky().unwrap().solve(&gradient))
    }

    let covariances =
        Known::<_, Fixed<3>>::new(MultivariateNormal::<2, 5>, &[("mean 1", 0.0), ("mean 2", 0.0)]).unwrap();
    let deviations = Known::<_, Fixed<3>>::new(BivariateNormal, &[("mean 1", 0.0), ("mean 2", 0.0)]).unwrap();
    let in_other_coordinates = Reparametrised::new(Gumbel, Elementwise(vec![Link::Identity, Link::Log]));
    for square in [
        square(&Gumbel, [0.5, 2.0], [3.0, 0.25]),
        square(&in_other_coordinates, [0.5, 2.0], [3.0, 0.25]),
        square(&Weibull, [0.5, 2.0], [3.0, 0.25]),
        square(&NormalVariance, [0.5, 2.0], [0.5, 0.25]),
        square(&InverseGaussian, [0.5, 2.0], [3.0, 0.25]),
        square(&Geometric, [0.5], [0.25]),
        square(&Categorical::<2>, [0.5, 0.25], [0.125, 0.125]),
        square(&covariances, [1.0, 0.5, 2.0], [3.0, -0.25, 1.0]),
        // A multiple: all eigenvalues are equal.
        square(&covariances, [1.0, 0.5, 2.0], [64.0, 32.0, 128.0]),
        square(&deviations, [1.0, 2.0, 0.5], [3.0, 1.0, -0.75]),
    ] {
        assert!((square - 1.0).abs() < 1e-12, "{square}");
    }
}

/// Close to θ the square of the distance is twice the divergence, and symmetric, and no digits are lost.
#[test]
fn formulas_are_accurate_for_close_points() {
    for entry in with_formulas() {
        let theta = &entry.points[0];
        let information = entry.model.expected(theta).unwrap();
        let moved: Vec<f64> = theta.iter().map(|&entry| entry + 1e-9 * entry.abs().max(0.25)).collect();
        let step = nalgebra::DVector::from_fn(theta.len(), |i, _| moved[i] - theta[i]);
        let length = step.dot(&(information.matrix() * &step)).sqrt();
        let there = entry.model.closed_form_distance(theta, &moved).unwrap().unwrap().value;
        let back = entry.model.closed_form_distance(&moved, theta).unwrap().unwrap().value;
        assert!((there / length - 1.0).abs() < 1e-7, "{}: {there} {length}", entry.name);
        assert!((there / back - 1.0).abs() < 1e-13, "{}: {there} {back}", entry.name);
        assert_eq!(entry.model.closed_form_distance(theta, theta).unwrap().unwrap().value, 0.0, "{}", entry.name);
    }
}

/// A distance does not depend on the coordinates.
#[test]
fn other_coordinates_do_not_matter() {
    let in_logarithms = Reparametrised::new(Weibull, Elementwise(vec![Link::Log, Link::Inverse]));
    let there = closed_form_distance(&in_logarithms, &[0.0, 1.0], &[2.0_f64.ln(), 0.25]).unwrap().unwrap();
    let plain = closed_form_distance(&Weibull, &[1.0, 1.0], &[2.0, 4.0]).unwrap().unwrap();
    assert!((there.value / plain.value - 1.0).abs() < 1e-15);

    let other_way = Known::<_, Fixed<1>>::new(in_logarithms, &[("ln shape", 0.0)]).unwrap();
    assert_eq!(closed_form_distance(&other_way, &[1.0], &[0.25]).unwrap(), None);
}

/// Of scales that differ by hundreds of orders of magnitude, and of locations that are astronomically far apart.
#[test]
fn extremes_do_not_overflow() {
    let far = |theta: [f64; 2], other: [f64; 2]| closed_form_distance(&Cauchy, &theta, &other).unwrap().unwrap().value;
    // √2 ln(Δ/σ), to rounding
    let expected = 2.0_f64.sqrt() * 500.0 * 10.0_f64.ln();
    assert!((far([0.0, 1e-200], [1e300, 1e-200]) / expected - 1.0).abs() < 1e-15);
    let expected = 600.0 * 10.0_f64.ln() / 2.0_f64.sqrt();
    assert!((far([0.0, 1e-300], [0.0, 1e300]) / expected - 1.0).abs() < 1e-15);

    let rare = closed_form_distance(&Geometric, &[1e-300], &[0.5]).unwrap().unwrap().value;
    let expected = (4.0_f64.ln() + 300.0 * 10.0_f64.ln()) - 2.0 * 0.5_f64.sqrt().atanh();
    assert!((rare / expected - 1.0).abs() < 1e-15);
}

/// The angle between mean directions is the shorter one.
#[test]
fn directions_go_round() {
    let circle = Known::<_, Fixed<1>>::new(VonMises, &[("concentration", 2.0)]).unwrap();
    let distance = |a: f64, b: f64| closed_form_distance(&circle, &[a], &[b]).unwrap().unwrap().value;
    assert!((distance(-3.0, 3.0) / distance(0.0, std::f64::consts::TAU - 6.0) - 1.0).abs() < 1e-14);
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(61), failure_persistence: None, cases: 256, ..Default::default() })]

    /// d(a, c) ≤ d(a, b) + d(b, c) on the covariance matrices, whose formula has most steps.
    #[test]
    fn the_triangle_inequality_holds(roots in prop::array::uniform9(-2.0..2.0_f64)) {
        let covariance = |root: &[f64]| {
            let (a, b, c) = (root[0].exp(), root[1], root[2].exp());
            vec![a * a, a * b, b * b + c * c]
        };
        let model = known(NormalVector::new(2), &[("mean 1", 0.0), ("mean 2", 0.0)]);
        let [a, b, c] = [0, 3, 6].map(|from| covariance(&roots[from..from + 3]));
        let distance = |a: &[f64], b: &[f64]| model.closed_form_distance(a, b).unwrap().unwrap().value;
        prop_assert!(distance(&a, &c) <= (distance(&a, &b) + distance(&b, &c)) * (1.0 + 1e-14));
        prop_assert!((distance(&a, &c) - distance(&c, &a)).abs() <= 1e-11 * distance(&a, &c));
    }
}
