//! Geodesics between two points, with what else is found from them.

#![allow(clippy::expect_used, missing_docs)]

use divan::{Bencher, black_box};
use fisher_information::distributions::{Beta, Dirichlet, Gamma, Normal, StudentT};
use fisher_information::geometry::{
    FisherMetric, Geodesic, Manifold, exponential_map, frechet_mean, geodesic_distance, logarithm_map,
};

fn main() {
    divan::main();
}

/// T9: from (1, 1) to (3, 2), right to 10⁻¹⁰.
#[divan::bench]
fn gamma_distance(bencher: Bencher) {
    let gamma = FisherMetric::of(&Gamma);
    bencher.bench_local(|| {
        let distance = geodesic_distance(&gamma, black_box(&[1.0, 1.0]), black_box(&[3.0, 2.0])).expect("a geodesic");
        assert!((distance.value - 0.991_483_673_569_576_9).abs() < 1e-10 && distance.error < 1e-10);
        distance.value
    });
}

/// The same by quadrature of the score products at every node.
#[divan::bench(sample_count = 10)]
fn gamma_distance_by_expectation(bencher: Bencher) {
    let gamma = FisherMetric::by_expectation(&Gamma);
    bencher.bench_local(|| {
        let distance = geodesic_distance(&gamma, black_box(&[1.0, 1.0]), black_box(&[3.0, 2.0])).expect("a geodesic");
        assert!((distance.value - 0.991_483_673_569_576_9).abs() < 1e-10);
        distance.value
    });
}

#[divan::bench]
fn gamma_curvature(bencher: Bencher) {
    let gamma = FisherMetric::of(&Gamma);
    bencher.bench_local(|| gamma.curvature(black_box(&[2.0, 1.5])).expect("a point").scalar());
}

#[divan::bench]
fn beta_distance(bencher: Bencher) {
    let beta = FisherMetric::of(&Beta);
    bencher.bench_local(|| geodesic_distance(&beta, black_box(&[2.0, 5.0]), &[5.0, 2.0]).expect("a geodesic"));
}

#[divan::bench]
fn student_t_distance(bencher: Bencher) {
    let t = FisherMetric::of(&StudentT);
    bencher.bench_local(|| geodesic_distance(&t, black_box(&[0.0, 1.0, 3.0]), &[1.0, 2.0, 5.0]).expect("a geodesic"));
}

#[divan::bench]
fn dirichlet_distance(bencher: Bencher) {
    let dirichlet = FisherMetric::of(&Dirichlet::<3>);
    bencher.bench_local(|| {
        geodesic_distance(&dirichlet, black_box(&[1.0, 1.0, 1.0]), &[2.0, 3.0, 4.0]).expect("a geodesic")
    });
}

/// A half-circle over 38 units of length, whose straight chord is a million units long.
#[divan::bench(sample_count = 10)]
fn normals_far_apart(bencher: Bencher) {
    let normal = FisherMetric::of(&Normal);
    let sigma = 1.0 / 1024.0;
    bencher.bench_local(|| Geodesic::between(&normal, black_box(&[0.0, sigma]), &[1000.0, sigma]).expect("a geodesic"));
}

#[divan::bench]
fn gamma_exponential_map(bencher: Bencher) {
    let gamma = FisherMetric::of(&Gamma);
    let vector = logarithm_map(&gamma, &[1.0, 1.0], &[3.0, 2.0]).expect("a geodesic");
    bencher.bench_local(|| exponential_map(&gamma, black_box(&[1.0, 1.0]), &vector).expect("a geodesic"));
}

#[divan::bench]
fn gamma_mean_of_four(bencher: Bencher) {
    let gamma = FisherMetric::of(&Gamma);
    let points: [&[f64]; 4] = [&[0.5, 2.0], &[4.0, 0.5], &[1.0, 1.0], &[30.0, 12.0]];
    bencher.bench_local(|| frechet_mean(&gamma, black_box(&points), &[1.0; 4]).expect("a mean"));
}
