//! The core's costs: derivatives of one observation, and the expected information of one model.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use divan::{Bencher, black_box, counter::ItemsCount};
use fisher_information::derivatives::Differentiator;
use fisher_information::distributions::Normal;
use fisher_information::prelude::*;
use rand::SeedableRng;

fn main() {
    divan::main();
}

/// Ten thousand draws from N(1.5, 2).
fn normal_data() -> Vec<f64> {
    let mut rng = Stream::seed_from_u64(1);
    (0..10_000).map(|_| Normal.sample(&[1.5, 2.0], &mut rng)).collect()
}

/// The plain dual path: value, score and Hessian of the normal, summed over the data at a θ that is not the truth.
#[divan::bench]
fn normal_score_and_hessian(bencher: Bencher) {
    let data = normal_data();
    let mut at = Differentiator::new(&Normal, &[1.4, 2.1]).expect("a θ in the domain");
    bencher.counter(ItemsCount::new(data.len())).bench_local(|| {
        let (mut total, mut scores, mut hessians) = (0.0, [0.0; 2], [0.0; 3]);
        let (mut score, mut hessian) = ([0.0; 2], [0.0; 3]);
        for x in black_box(&data) {
            total += at.second(x, &mut score, &mut hessian);
            (0..2).for_each(|i| scores[i] += score[i]);
            (0..3).for_each(|i| hessians[i] += hessian[i]);
        }
        (total, scores, hessians)
    });
}
