//! A manifold that is no model: a sphere, on which geodesics meet again.

use fisher_information::Error;
use fisher_information::distributions::Categorical;
use fisher_information::expectation::Estimate;
use fisher_information::geometry::{Connection, Curvature, FisherMetric, Geodesic, Manifold, geodesic_distance};
use fisher_information::information::MatrixEstimate;
use fisher_information::model::Parameter;
use nalgebra::DMatrix;

/// The unit sphere without a point, by its stereographic projection: g = h² 1 with h = 2/(1 + x² + y²).
struct Sphere;

impl Sphere {
    fn scale(point: &[f64]) -> f64 {
        2.0 / (1.0 + point[0] * point[0] + point[1] * point[1])
    }
}

impl Manifold for Sphere {
    fn coordinates(&self, point: &[f64]) -> Result<Vec<Parameter>, Error> {
        if point.len() != 2 {
            return Err(Error::ParameterCount { expected: 2, found: point.len() });
        }
        Ok(vec![Parameter::real("x"), Parameter::real("y")])
    }

    fn metric(&self, point: &[f64]) -> Result<MatrixEstimate, Error> {
        let matrix = DMatrix::identity(2, 2) * Self::scale(point).powi(2);
        Ok(MatrixEstimate { error: &matrix * 1e-16, matrix })
    }

    fn connection(&self, point: &[f64]) -> Result<Connection, Error> {
        let h = Self::scale(point);
        // ∂ₖ h² = −2 h³ xₖ
        let slope = |k: usize| -2.0 * h.powi(3) * point[k];
        let delta = |i, j| if i == j { 1.0 } else { 0.0 };
        let symbol = |i, j, k| 0.5 * (slope(i) * delta(j, k) + slope(j) * delta(i, k) - slope(k) * delta(i, j));
        let first = (0..2).map(|k| DMatrix::from_fn(2, 2, |i, j| symbol(i, j, k))).collect();
        Connection::new(self.coordinates(point)?, self.metric(point)?, first, vec![DMatrix::zeros(2, 2); 2])
    }

    fn curvature(&self, point: &[f64]) -> Result<Curvature, Error> {
        let area = Self::scale(point).powi(4);
        let tensor = |i, j, k, l| match (i, j, k, l) {
            (0, 1, 1, 0) | (1, 0, 0, 1) => Estimate::exact(area),
            (0, 1, 0, 1) | (1, 0, 1, 0) => Estimate::exact(-area),
            _ => Estimate::exact(0.0),
        };
        Ok(Curvature::with_tensor(self.connection(point)?, tensor))
    }
}

/// Through the middle of the projection a straight line is a great circle: a distance of r is the angle 2 arctan r.
#[test]
fn the_long_way_round_a_sphere_passes_a_conjugate_point() {
    let short = Geodesic::between(&Sphere, &[0.5, 0.0], &[-0.7, 0.0]).unwrap();
    assert!((short.length().value - 2.0 * (0.5_f64.atan() + 0.7_f64.atan())).abs() < 1e-12);
    assert_eq!(short.conjugate_points(), Some(0));
    let long = Geodesic::between(&Sphere, &[3.0, 0.0], &[-3.0, 0.0]).unwrap();
    let exact = 4.0 * 3.0_f64.atan();
    assert!(exact > std::f64::consts::PI);
    assert!((long.length().value - exact).abs() < 1e-11, "{}", long.length());
    // the other way is shorter
    assert_eq!(long.conjugate_points(), Some(1));
}

/// Any two points nearer than π, against the angle between unit vectors.
#[test]
fn distances_on_a_sphere_are_angles() {
    let lift = |p: &[f64; 2]| {
        let h = Sphere::scale(p);
        [h * p[0], h * p[1], 1.0 - h]
    };
    for (p, q) in [([0.2, 0.3], [1.5, -0.4]), ([2.0, 1.0], [1.0, 2.5]), ([-0.4, 0.8], [0.9, 0.9])] {
        let (a, b) = (lift(&p), lift(&q));
        let chord: f64 = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
        let found = geodesic_distance(&Sphere, &p, &q).unwrap();
        let exact = 2.0 * (0.5 * chord).asin();
        assert!((found.value - exact).abs() <= found.error && found.error < 1e-10, "{found} {exact}");
    }
}

#[test]
fn the_simplex_is_too_small_for_conjugate_points() {
    // of a sphere of radius 2 the probabilities are an orthant: no two points are farther apart than π, and antipodes are at 2π
    let simplex = FisherMetric::of(&Categorical::<2>);
    let path = Geodesic::between(&simplex, &[0.999, 0.0005], &[0.0005, 0.999]).unwrap();
    assert!(path.length().value > 0.9 * std::f64::consts::PI);
    assert_eq!(path.conjugate_points(), Some(0));
}
