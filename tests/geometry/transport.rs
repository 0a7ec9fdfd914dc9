//! Parallel transport.

use fisher_information::Error;
use fisher_information::distributions::{Beta, Categorical, Gamma, Normal, StudentT};
use fisher_information::geometry::{FisherMetric, Geodesic, Manifold};
use nalgebra::DVector;
use std::f64::consts::{PI, TAU};

fn inner(manifold: &dyn Manifold, point: &[f64], u: &[f64], v: &[f64]) -> f64 {
    let at = manifold.connection(point).unwrap();
    at.inner_product(&DVector::from_column_slice(u), &DVector::from_column_slice(v))
}

#[test]
fn lengths_and_angles_stay() {
    let rows: [(&dyn Manifold, [&[f64]; 4]); 4] = [
        (&FisherMetric::of(&Gamma), [&[0.5, 2.0], &[4.0, 0.5], &[1.0, 0.3], &[-0.2, 1.0]]),
        (&FisherMetric::of(&Beta), [&[2.0, 5.0], &[5.0, 2.0], &[1.0, 0.3], &[-0.2, 1.0]]),
        (&FisherMetric::of(&StudentT), [&[0.0, 1.0, 3.0], &[1.0, 2.0, 5.0], &[1.0, 0.0, 2.0], &[0.3, 1.0, -4.0]]),
        (&FisherMetric::of(&Categorical::<2>), [&[0.0625, 0.0625], &[0.875, 0.0625], &[0.1, 0.3], &[-0.2, 0.1]]),
    ];
    for (manifold, [from, to, u, v]) in rows {
        let path = Geodesic::between(manifold, from, to).unwrap();
        let (end, start) = (path.end(), path.start());
        let carry = |vector: &[f64]| path.transport(manifold, vector).unwrap();
        let (a, b, along) = (carry(u), carry(v), carry(&start.vector));
        assert_eq!(a.end.point, end.point);
        let scale = (inner(manifold, from, u, u) * inner(manifold, from, v, v)).sqrt();
        let change = inner(manifold, &end.point, &a.end.vector, &b.end.vector) - inner(manifold, from, u, v);
        assert!(change.abs() < 1e-10 * scale, "{change:.1e}");
        assert!(a.length_drift < 1e-10 && b.length_drift < 1e-10, "{a:?} {b:?}");
        // the velocity is carried to the velocity
        let off: Vec<f64> = along.end.vector.iter().zip(&end.vector).map(|(a, b)| a - b).collect();
        let off = inner(manifold, &end.point, &off, &off).sqrt() / path.length().value;
        assert!(off < 1e-9, "{off:.1e}");
        // and back again
        let back = Geodesic::between(manifold, to, from).unwrap().transport(manifold, &a.end.vector).unwrap();
        for (back, u) in back.end.vector.iter().zip(u) {
            assert!((back - u).abs() < 1e-9, "{back} {u}");
        }
    }
}

/// Around a triangle a vector turns by the curvature times the area: on the normals K = −½, and the area of a triangle is
/// (π − its angles)/½.
#[test]
fn around_a_triangle_a_vector_turns_by_its_curvature() {
    let normal = FisherMetric::of(&Normal);
    let corners = [[0.0, 1.0], [0.3, 1.1], [0.1, 1.4]];
    let side = |i: usize, j: usize| Geodesic::between(&normal, &corners[i % 3], &corners[j % 3]).unwrap();
    let mut vector = vec![1.0, 0.0];
    for i in 0..3 {
        vector = side(i, i + 1).transport(&normal, &vector).unwrap().end.vector;
    }
    let turned = |u: &[f64], v: &[f64]| {
        // orthonormal components are (μ̇, √2 σ̇)/σ
        let angle = |w: &[f64]| (2.0_f64.sqrt() * w[1]).atan2(w[0]);
        let turn = angle(v) - angle(u);
        turn - (turn / TAU).round() * TAU
    };
    let angles: f64 =
        (0..3).map(|i| turned(&side(i, i + 1).start().vector, &side(i, i + 2).start().vector).abs()).sum();
    let area = (PI - angles) / 0.5;
    assert!(area > 0.01, "{area}");
    // counterclockwise, and negative curvature turns back
    let rotation = turned(&[1.0, 0.0], &vector);
    assert!((rotation + 0.5 * area).abs() < 1e-11, "{rotation} {area}");
}

#[test]
fn what_cannot_be_carried_is_named() {
    let normal = FisherMetric::of(&Normal);
    let path = Geodesic::between(&normal, &[0.0, 1.0], &[1.0, 2.0]).unwrap();
    assert!(matches!(path.transport(&normal, &[1.0]), Err(Error::LengthMismatch { expected: 2, found: 1, .. })));
    assert!(matches!(path.transport(&normal, &[f64::NAN, 1.0]), Err(Error::TangentNotFinite { .. })));
    assert_eq!(path.transport(&normal, &[0.0, 0.0]).unwrap().end.vector, [0.0, 0.0]);
}
