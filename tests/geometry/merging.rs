//! Merging of models: averages, losses, consistency, refinement.

mod averages;
mod bases;
mod consistency;
mod refusals;
mod regressions;

use fisher_information::expectation::Provenance;
use fisher_information::geometry::merging::{Expert, Experts};
use fisher_information::information::{Information, Observed};
use nalgebra::{DMatrix, DVector};
use rand::SeedableRng;
use rand_distr::{Distribution, StandardNormal};

pub type Stream = chacha20::ChaCha8Rng;

pub fn stream(seed: u64) -> Stream {
    Stream::seed_from_u64(seed)
}

pub fn normal(stream: &mut Stream) -> f64 {
    StandardNormal.sample(stream)
}

/// A matrix taken to be right to rounding.
pub fn information(names: &[&str], matrix: DMatrix<f64>) -> Information<Observed> {
    let error = matrix.abs() * (4.0 * f64::EPSILON);
    Information::new(names.iter().copied(), matrix, error, 1.0, Provenance::ClosedForm).unwrap()
}

pub fn expert(label: &str, names: &[&str], estimates: &[f64], matrix: DMatrix<f64>) -> Expert {
    Expert::new(label, estimates, &information(names, matrix)).unwrap()
}

/// L Lᵀ + ½, with L random.
pub fn random_matrix(size: usize, stream: &mut Stream) -> DMatrix<f64> {
    let root = DMatrix::from_fn(size, size, |_, _| normal(stream));
    &root * root.transpose() + DMatrix::identity(size, size) * 0.5
}

pub const NAMES: [&str; 3] = ["a", "b", "c"];

/// Experts who know all of a, b and c, as experts and as numbers.
pub fn random_experts(count: usize, seed: u64) -> (Experts, Vec<(DVector<f64>, DMatrix<f64>)>) {
    let mut stream = stream(seed);
    let mut numbers = Vec::new();
    for _ in 0..count {
        let matrix = random_matrix(3, &mut stream);
        numbers.push((DVector::from_fn(3, |_, _| normal(&mut stream)), matrix));
    }
    let experts = numbers.iter().enumerate();
    let experts = experts
        .map(|(k, (estimate, matrix))| expert(&format!("expert {k}"), &NAMES, estimate.as_slice(), matrix.clone()));
    (Experts::new(experts).unwrap(), numbers)
}

/// The largest difference.
pub fn apart(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}
