//! The plain dual path against the loop that one would write by hand, for the normal distribution: value, score, outer products
//! and Hessian of 10 000 observations.
//!
//! It is a program of its own because the compiler inlines the arithmetic of dual numbers into a loop more readily where
//! only one model uses it: `core` has the same loop among other models.

#![allow(clippy::expect_used, missing_docs)]

use divan::{Bencher, black_box, counter::ItemsCount};
use fisher_information::derivatives::Differentiator;
use fisher_information::distributions::Normal;
use fisher_information::prelude::*;
use rand::SeedableRng;

fn main() {
    divan::main();
}

/// Draws from N(1.5, 2), the same for both.
fn data() -> Vec<f64> {
    let mut stream = Stream::seed_from_u64(1);
    (0..10_000).map(|_| Normal.sample(&[1.5, 2.0], &mut stream)).collect()
}

#[divan::bench]
fn by_hand(bencher: Bencher) {
    let data = data();
    let (mean, deviation) = black_box((1.4, 2.1_f64));
    bencher.counter(ItemsCount::new(data.len())).bench_local(|| {
        let (mut value, mut score, mut outer, mut hessian) = (0.0, [0.0; 2], [0.0; 3], [0.0; 3]);
        for &x in black_box(&data) {
            let z = (x - mean) / deviation;
            let (s1, s2) = (z / deviation, (z * z - 1.0) / deviation);
            value += -0.5 * z * z - deviation.ln() - 0.918_938_533_204_672_8;
            score = [score[0] + s1, score[1] + s2];
            outer = [outer[0] + s1 * s1, outer[1] + s1 * s2, outer[2] + s2 * s2];
            let square = deviation * deviation;
            hessian =
                [hessian[0] - 1.0 / square, hessian[1] - 2.0 * z / square, hessian[2] + (1.0 - 3.0 * z * z) / square];
        }
        (value, score, outer, hessian)
    });
}

#[divan::bench]
fn dual_numbers(bencher: Bencher) {
    let data = data();
    let mut at = Differentiator::new(&Normal, &black_box([1.4, 2.1])).expect("a θ in the domain");
    bencher.counter(ItemsCount::new(data.len())).bench_local(|| {
        let (mut value, mut scores, mut outer, mut hessians) = (0.0, [0.0; 2], [0.0; 3], [0.0; 3]);
        let (mut score, mut hessian) = ([0.0; 2], [0.0; 3]);
        for x in black_box(&data) {
            value += at.second(x, &mut score, &mut hessian);
            scores = [scores[0] + score[0], scores[1] + score[1]];
            outer = [outer[0] + score[0] * score[0], outer[1] + score[0] * score[1], outer[2] + score[1] * score[1]];
            (0..3).for_each(|k| hessians[k] += hessian[k]);
        }
        (value, scores, outer, hessians)
    });
}
