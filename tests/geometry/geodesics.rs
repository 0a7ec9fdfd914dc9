//! Geodesics between points and from a velocity, against distances of 25 digits.

use crate::reference::geometry::{Distance, distances};
use fisher_information::distributions::*;
use fisher_information::geometry::{
    FisherMetric, Geodesic, Manifold, exponential_map, geodesic_distance, logarithm_map,
};
use fisher_information::model::{Dynamic, Known, LogLikelihood};
use std::num::NonZeroU32;

/// Calls a function with the manifold of a reference row.
fn with_manifold(row: &Distance, call: &dyn Fn(&dyn Manifold)) {
    let fixed = |name: &str| row.fixed[name];
    let count = |name: &str| NonZeroU32::new(fixed(name) as u32).unwrap();
    fn all(model: &impl fisher_information::model::SampleSpace, call: &dyn Fn(&dyn Manifold)) {
        call(&FisherMetric::of(model));
    }
    fn some<M>(model: M, known: &[(&str, f64)], call: &dyn Fn(&dyn Manifold))
    where
        M: fisher_information::model::SampleSpace,
    {
        all(&Known::<M, Dynamic>::new(model, known).unwrap(), call);
    }
    let spread = [("variance 1", "Sigma11"), ("covariance 2 1", "Sigma21"), ("variance 2", "Sigma22")];
    match (row.family.as_str(), row.p.len(), row.parametrisation.as_str()) {
        ("Poisson", ..) => all(&Poisson, call),
        ("Exponential", ..) => all(&Exponential, call),
        ("Bernoulli", ..) => all(&Bernoulli, call),
        ("Binomial", ..) => all(&Binomial::new(count("n")), call),
        ("Geometric", ..) => all(&Geometric, call),
        ("NegativeBinomial", ..) => some(NegativeBinomial, &[("size", fixed("r"))], call),
        ("Laplace", 1, _) => some(Laplace, &[("location", 0.5)], call),
        ("Laplace", ..) => all(&Laplace, call),
        ("Normal", 1, text) if text.starts_with("standard") => some(Normal, &[(&names(&Normal)[0], 0.5)], call),
        ("Normal", 1, _) => some(Normal, &[(&names(&Normal)[1], fixed("sigma"))], call),
        ("Normal", ..) => all(&Normal, call),
        ("LogNormal", ..) => all(&LogNormal, call),
        ("Cauchy", ..) => all(&Cauchy, call),
        ("Logistic", ..) => all(&Logistic, call),
        ("Gumbel", ..) => all(&Gumbel, call),
        ("InverseGaussian", ..) => all(&InverseGaussian, call),
        ("Rayleigh", ..) => all(&Rayleigh, call),
        ("Pareto", ..) => all(&Pareto::new(1.0).unwrap(), call),
        ("Weibull", 1, _) => some(Weibull, &[("shape", fixed("k"))], call),
        ("Weibull", ..) => all(&Weibull, call),
        ("Gamma", 1, _) => some(GammaScale, &[("shape", fixed("shape"))], call),
        ("Gamma", ..) => all(&Gamma, call),
        ("Beta", ..) => all(&Beta, call),
        ("ChiSquared", ..) => all(&ChiSquared, call),
        ("VonMises", ..) => some(VonMises, &[("mean direction", 0.5)], call),
        ("StudentT", 2, _) => some(StudentT, &[("degrees of freedom", fixed("dof"))], call),
        ("StudentT", ..) => all(&StudentT, call),
        ("Dirichlet", ..) => all(&Dirichlet::<3>, call),
        ("Categorical", 2, _) => all(&Categorical::<2>, call),
        ("Categorical", 3, _) => all(&Categorical::<3>, call),
        ("Categorical", 4, _) => all(&Categorical::<4>, call),
        ("Multinomial", 2, _) => all(&Multinomial::<2>::new(count("n")), call),
        ("MultivariateNormal", 2, _) => {
            some(MultivariateNormal::<2, 5>, &spread.map(|(name, column)| (name, fixed(column))), call);
        }
        ("MultivariateNormal", 4, _) => {
            some(MultivariateNormal::<2, 5>, &[("mean 1", 0.0), ("mean 2", 1.0)], call);
        }
        ("MultivariateNormal", 9, _) => {
            some(MultivariateNormal::<3, 9>, &[("mean 1", 0.0), ("mean 2", 1.0), ("mean 3", 2.0)], call);
        }
        ("MultivariateNormalDiagonal", ..) => some(BivariateNormal, &[("correlation", 0.0)], call),
        other => panic!("no model for {other:?}"),
    }
}

fn names(model: &impl LogLikelihood) -> Vec<String> {
    model.parameters().into_iter().map(|parameter| parameter.name.into_owned()).collect()
}

/// A point of a row in the parameters of the model.
fn point(row: &Distance, values: &[f64]) -> Vec<f64> {
    match (row.family.as_str(), values.len()) {
        ("MultivariateNormal", 4) => vec![values[0], values[2], values[3]],
        ("MultivariateNormal", 9) => [0, 3, 4, 6, 7, 8].map(|i| values[i]).to_vec(),
        ("MultivariateNormalDiagonal", _) => [0, 2, 1, 3].map(|i| values[i]).to_vec(),
        _ => values.to_vec(),
    }
}

#[test]
fn lengths_are_the_distances_of_the_reference() {
    let rows = distances();
    assert!(rows.len() > 80, "{}", rows.len());
    for row in &rows {
        with_manifold(row, &|manifold| {
            let (p, q) = (point(row, &row.p), point(row, &row.q));
            for (from, to) in [(&p, &q), (&q, &p)] {
                let path = Geodesic::between(manifold, from, to).unwrap_or_else(|error| panic!("{row:?}: {error}"));
                let error = (path.length().value / row.distance - 1.0).abs();
                // the information of a negative binomial is a sum, to ten digits
                assert!(
                    error < 1e-12 || (row.family == "NegativeBinomial" && error < 1e-9),
                    "{row:?}: off by {error:.1e}"
                );
                let claimed = path.length().error / row.distance;
                assert!(error <= claimed, "{row:?}: off by {error:.1e}, {claimed:.1e} claimed");
                assert!(claimed < 1e-9, "{row:?}: {claimed:.1e} claimed");
                assert!(path.energy_drift() < 1e-8, "{row:?}: {:.1e}", path.energy_drift());
                assert!(path.end_point_residual(manifold, to).unwrap() < 1e-12, "{row:?}");
                assert_eq!(path.conjugate_points(), Some(0), "{row:?}");
            }
        });
    }
}

/// The integrator knows nothing of the collocation.
#[test]
fn shooting_with_the_first_velocity_hits_the_end() {
    for row in &distances() {
        with_manifold(row, &|manifold| {
            if row.family == "NegativeBinomial" || row.distance > 8.0 {
                return; // small errors of the velocity grow along the way
            }
            let (p, q) = (point(row, &row.p), point(row, &row.q));
            let start = Geodesic::between(manifold, &p, &q).unwrap().start();
            let shot = Geodesic::shoot(manifold, &start.point, &start.vector, 1.0).unwrap();
            assert!((shot.length().value / row.distance - 1.0).abs() < 1e-10, "{row:?}: {}", shot.length());
            let miss = shot.end_point_residual(manifold, &q).unwrap();
            assert!(miss < 1e-8, "{row:?}: misses by {miss:.1e}");
            assert!(shot.energy_drift() < 1e-10, "{row:?}: {:.1e}", shot.energy_drift());
        });
    }
}

#[test]
fn metrics_by_expectation_give_the_same_distances() {
    for row in &distances() {
        let path = match (row.family.as_str(), row.p.len()) {
            ("Gamma", 2) => geodesic_distance(&FisherMetric::by_expectation(&Gamma), &row.p, &row.q),
            ("Beta", 2) => geodesic_distance(&FisherMetric::by_expectation(&Beta), &row.p, &row.q),
            _ => continue,
        };
        let length = path.unwrap();
        let error = (length.value - row.distance).abs();
        // a beta density with a pole at 1 has mass between the numbers next to 1: its information is known to 10⁻⁵, and says so
        let digits = if row.family == "Beta" && row.p[1] < 1.0 { 1e-6 } else { 1e-8 };
        assert!(error < digits * row.distance && error <= length.error, "{row:?}: {length}, off by {error:.1e}");
        assert!(length.error < 100.0 * digits * row.distance, "{row:?}: {length}");
    }
}

#[test]
fn points_close_together_keep_their_digits() {
    let normal = FisherMetric::of(&Normal);
    for apart in [1e-3_f64, 1e-5, 1e-8, 1e-11] {
        // μ = x√2 and σ are half-plane coordinates: 2√2 arsinh(½ Δ/√(σσ′))
        let (to, base) = ([3.0 + 2.0 * apart, 2.0 * (1.0 + apart)], [3.0, 2.0]);
        let (across, up) = ((to[0] - base[0]) / 2.0_f64.sqrt(), to[1] - base[1]);
        let exact = 8.0_f64.sqrt() * (0.5 * across.hypot(up) / (to[1] * base[1]).sqrt()).asinh();
        let found = geodesic_distance(&normal, &base, &to).unwrap();
        assert!((found.value / exact - 1.0).abs() < 1e-13, "{apart}: {found}, not {exact}");
        assert!((found.value - exact).abs() <= found.error, "{apart}: {found}, not {exact}");
    }
    let bernoulli = FisherMetric::of(&Bernoulli);
    for p in [0.25_f64, 0.75] {
        let to = p + 1e-9;
        // Δp/√(pq) to first order, and the second at the middle
        let middle = 0.5 * (p + to);
        let exact = (to - p) / (middle * (1.0 - middle)).sqrt();
        let found = geodesic_distance(&bernoulli, &[p], &[to]).unwrap();
        assert!((found.value / exact - 1.0).abs() < 1e-13, "{found}, not {exact}");
    }
}

#[test]
fn a_point_is_at_no_distance_from_itself() {
    let path = Geodesic::between(&FisherMetric::of(&Gamma), &[2.0, 0.3], &[2.0, 0.3]).unwrap();
    assert_eq!(path.length().value, 0.0);
    assert_eq!(path.at(0.5).unwrap().point, [2.0, 0.3]);
    assert_eq!(path.start().vector, [0.0, 0.0]);
    assert_eq!(exponential_map(&FisherMetric::of(&Gamma), &[2.0, 0.3], &[0.0, 0.0]).unwrap(), [2.0, 0.3]);
}

/// A half-circle of radius 500 in the half-plane, whose straight chord is 27 000 times as long.
#[test]
fn ends_far_apart_are_drawn_together() {
    let normal = FisherMetric::of(&Normal);
    let sigma = 1.0 / 1024.0;
    let exact = 8.0_f64.sqrt() * (500.0 / 2.0_f64.sqrt() / sigma).asinh();
    let path = Geodesic::between(&normal, &[0.0, sigma], &[1000.0, sigma]).unwrap();
    let error = (path.length().value / exact - 1.0).abs();
    assert!(error < 1e-9 && error <= path.length().error, "{}: off by {error:.1e}", path.length());
    let top = path.at(0.5).unwrap().point;
    assert!((top[0] - 500.0).abs() < 1e-6, "{top:?}");
    assert!((top[1] - (sigma * sigma + 125_000.0).sqrt()).abs() < 1e-6, "{top:?}");
}

/// Normals: a path between any two is a half-circle in (μ/√2, σ), whose centre has σ = 0.
#[test]
fn paths_lie_where_they_should() {
    let path = Geodesic::between(&FisherMetric::of(&Normal), &[-1.0, 0.5], &[2.0, 3.0]).unwrap();
    let x = |mu: f64| mu / 2.0_f64.sqrt();
    let (a, b) = ((x(-1.0), 0.5_f64), (x(2.0), 3.0_f64));
    let centre = 0.5 * ((b.0 * b.0 + b.1 * b.1) - (a.0 * a.0 + a.1 * a.1)) / (b.0 - a.0);
    let radius = (a.0 - centre).hypot(a.1);
    for step in 0..=20 {
        let at = path.at(f64::from(step) / 20.0).unwrap();
        let away = (x(at.point[0]) - centre).hypot(at.point[1]);
        assert!((away / radius - 1.0).abs() < 1e-11, "{at:?}");
        let speed = (at.vector[0].powi(2) + 2.0 * at.vector[1].powi(2)).sqrt() / at.point[1];
        assert!((speed / path.length().value - 1.0).abs() < 1e-10, "{at:?}");
    }
    assert_eq!(path.names(), ["mean", "deviation"].map(String::from).as_slice());
}

#[test]
fn the_maps_are_inverse_to_each_other() {
    for (model, point, vector) in [
        (&FisherMetric::of(&Gamma) as &dyn Manifold, [2.0, 0.7], [0.8, -0.3]),
        (&FisherMetric::of(&Beta), [0.6, 3.0], [-0.2, 1.5]),
        (&FisherMetric::of(&Categorical::<2>), [0.2, 0.5], [0.15, -0.2]),
    ] {
        let to = exponential_map(model, &point, &vector).unwrap();
        let back = logarithm_map(model, &point, &to).unwrap();
        for (back, component) in back.iter().zip(vector) {
            assert!((back - component).abs() < 1e-11, "{back} {component}");
        }
    }
}
