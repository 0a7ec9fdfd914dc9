//! Geodesics between random points over many decades, and what cannot be one.

use fisher_information::Error;
use fisher_information::distributions::*;
use fisher_information::geometry::{
    FisherMetric, Geodesic, Manifold, exponential_map, geodesic_distance, logarithm_map,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn settings(cases: u32, seed: u64) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..ProptestConfig::default() }
}

/// 10ˣ for x between these.
fn decades(from: f64, to: f64) -> impl Strategy<Value = f64> {
    (from..to).prop_map(|exponent| 10.0_f64.powf(exponent))
}

/// That a length is right within its error, or that the failure has a type.
fn is_right(found: Result<fisher_information::expectation::Estimate, Error>, exact: f64) -> Result<(), TestCaseError> {
    match found {
        Ok(length) => {
            prop_assert!((length.value - exact).abs() <= length.error, "{length}, not {exact}");
            Ok(())
        }
        Err(refusal) => Err(TestCaseError::fail(format!("{refusal}, not {exact}"))),
    }
}

proptest! {
    #![proptest_config(settings(60, 61))]

    #[test]
    fn normals(mu in -20.0..20.0_f64, p in decades(-2.0, 3.0), q in decades(-2.0, 3.0)) {
        let exact = 8.0_f64.sqrt() * (0.5 * (mu / 2.0_f64.sqrt()).hypot(p - q) / (p * q).sqrt()).asinh();
        is_right(geodesic_distance(&FisherMetric::of(&Normal), &[0.5, p], &[0.5 + mu, q]), exact)?;
    }

    #[test]
    fn inverse_gaussians(from in (decades(-2.0, 2.0), decades(-2.0, 2.0)), to in (decades(-2.0, 2.0), decades(-2.0, 2.0))) {
        // w = 2/√μ and y = 1/√λ with ds² = (dw² + 2dy²)/y²
        let place = |(mean, shape): (f64, f64)| (2.0 / mean.sqrt(), shape.sqrt().recip());
        let ((w, y), (v, z)) = (place(from), place(to));
        let exact = 8.0_f64.sqrt() * (0.5 * ((w - v) / 2.0_f64.sqrt()).hypot(y - z) / (y * z).sqrt()).asinh();
        is_right(geodesic_distance(&FisherMetric::of(&InverseGaussian), &[from.0, from.1], &[to.0, to.1]), exact)?;
    }

    #[test]
    fn poissons(p in decades(-6.0, 6.0), q in decades(-6.0, 6.0)) {
        is_right(geodesic_distance(&FisherMetric::of(&Poisson), &[p], &[q]), 2.0 * (p.sqrt() - q.sqrt()).abs())?;
    }

    #[test]
    fn categories(p in prop::array::uniform4(decades(-4.0, 0.0)), q in prop::array::uniform4(decades(-4.0, 0.0))) {
        let share = |x: [f64; 4]| { let sum: f64 = x.iter().sum(); x.map(|x| x / sum) };
        let (p, q) = (share(p), share(q));
        // 2 arccos Σ√(pq), by the chord, which keeps the digits of small angles
        let chord: f64 = p.iter().zip(&q).map(|(p, q)| (p.sqrt() - q.sqrt()).powi(2)).sum::<f64>().sqrt();
        is_right(geodesic_distance(&FisherMetric::of(&Categorical::<3>), &p[..3], &q[..3]), 4.0 * (0.5 * chord).asin())?;
    }
}

proptest! {
    #![proptest_config(settings(24, 62))]

    /// There and back again, the triangle inequality, and the maps.
    #[test]
    fn gammas(a in prop::array::uniform2(decades(-2.0, 2.0)), b in prop::array::uniform2(decades(-2.0, 2.0)), c in prop::array::uniform2(decades(-2.0, 2.0))) {
        let gamma = FisherMetric::of(&Gamma);
        let distance = |p: &[f64], q: &[f64]| geodesic_distance(&gamma, p, q).unwrap();
        let (there, back, on, all) = (distance(&a, &b), distance(&b, &a), distance(&b, &c), distance(&a, &c));
        prop_assert!((there.value - back.value).abs() <= there.error + back.error, "{there} {back}");
        prop_assert!(all.value <= (there.value + on.value) * (1.0 + 1e-12));
        let vector = logarithm_map(&gamma, &a, &b).unwrap();
        let to = exponential_map(&gamma, &a, &vector).unwrap();
        // an error of the velocity grows at most as fast as in a space of the most negative curvature
        let miss = distance(&to, &b).value;
        prop_assert!(miss < 1e-10 * there.value * there.value.exp(), "{to:?} {b:?}");
    }
}

#[test]
fn points_that_are_none_are_named() {
    let gamma = FisherMetric::of(&Gamma);
    for bad in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
        for (p, q) in [([1.0, bad], [1.0, 1.0]), ([1.0, 1.0], [bad, 1.0])] {
            assert!(matches!(Geodesic::between(&gamma, &p, &q), Err(Error::ParameterOutsideDomain { .. })));
        }
        assert!(matches!(
            Geodesic::shoot(&gamma, &[bad, 1.0], &[1.0, 0.0], 1.0),
            Err(Error::ParameterOutsideDomain { .. })
        ));
    }
    let refused = Geodesic::between(&gamma, &[1.0], &[1.0, 1.0]).unwrap_err();
    assert_eq!(refused, Error::ParameterCount { expected: 2, found: 1 });
    let refused = Geodesic::between(&gamma, &[1.0, 1.0], &[1.0, 1.0, 1.0]).unwrap_err();
    assert!(matches!(refused, Error::LengthMismatch { expected: 2, found: 3, .. }), "{refused}");
    let simplex = FisherMetric::of(&Categorical::<2>);
    let refused = Geodesic::between(&simplex, &[0.2, 0.2], &[0.7, 0.6]).unwrap_err();
    assert!(matches!(refused, Error::ParametersOutsideDomain { .. }), "{refused}");
    for vector in [[f64::NAN, 1.0], [0.0, f64::INFINITY]] {
        let refused = Geodesic::shoot(&gamma, &[1.0, 1.0], &vector, 1.0).unwrap_err();
        assert!(matches!(refused, Error::TangentNotFinite { .. }), "{refused}");
    }
    for time in [-1.0, f64::NAN, f64::INFINITY] {
        let refused = Geodesic::shoot(&gamma, &[1.0, 1.0], &[1.0, 0.0], time).unwrap_err();
        assert!(matches!(refused, Error::InvalidTime { .. }), "{refused}");
    }
    let path = Geodesic::between(&gamma, &[1.0, 1.0], &[2.0, 1.0]).unwrap();
    for time in [-0.1, 1.1, f64::NAN] {
        assert!(matches!(path.at(time), Err(Error::InvalidTime { longest: 1.0, .. })));
    }
}

/// A great circle leaves the orthant of √p where one of them is zero.
#[test]
fn a_geodesic_that_leaves_the_simplex_says_when_and_where() {
    let simplex = FisherMetric::of(&Categorical::<2>);
    // √p = (0.6, 0.48, 0.64), moved so that the last goes down along the sphere
    let root = [0.6_f64, 0.48, 0.64];
    let point = [root[0] * root[0], root[1] * root[1]];
    // the direction −(e₃ − (e₃·r) r) on the sphere of radius 1, of length √(1 − r₃²)
    let away = (1.0 - root[2] * root[2]).sqrt();
    let down = [root[2] * root[0] / away, root[2] * root[1] / away];
    // ṗ = 2rṙ; the distance is 2 × the angle
    let velocity = [2.0 * root[0] * down[0], 2.0 * root[1] * down[1]];
    let (end, stop) = (root[2].asin(), Geodesic::shoot(&simplex, &point, &velocity, 2.0).unwrap_err());
    let Error::GeodesicEnds { time, values, .. } = &stop else { panic!("{stop}") };
    assert!((time - end).abs() < 1e-6, "{time} {end}");
    assert!((values[0] - 0.36 / 0.5904).abs() < 1e-5 && (values[0] + values[1] - 1.0).abs() < 1e-6, "{values:?}");
    let before = Geodesic::shoot(&simplex, &point, &velocity, 0.9 * end).unwrap();
    let last = 1.0 - before.end().point.iter().sum::<f64>();
    assert!((last.sqrt() - (0.1 * end).sin()).abs() < 1e-10, "{last}");
    assert!((before.length().value - 1.8 * end).abs() < 1e-10);
}

/// A Poisson mean reaches 0 in a finite time, a scale never; but it leaves the numbers of double precision.
#[test]
fn velocities_without_measure_end_in_a_typed_error() {
    let poisson = FisherMetric::of(&Poisson);
    for speed in [1e3, 1e8, 1e200] {
        let ended = Geodesic::shoot(&poisson, &[1.0], &[-speed], 1.0).unwrap_err();
        let Error::GeodesicEnds { time, .. } = ended else { panic!("{ended}") };
        assert!(time <= 2.1 / speed + 1e-12, "{speed} {time}");
    }
    let normal = FisherMetric::of(&Normal);
    let ended = Geodesic::shoot(&normal, &[0.0, 1.0], &[0.0, 1e4], 1.0).unwrap_err();
    assert!(matches!(ended, Error::GeodesicEnds { .. }), "{ended}");
    let here: &dyn Manifold = &normal;
    assert!(here.metric(&[0.0, 1e300]).is_ok());
}
