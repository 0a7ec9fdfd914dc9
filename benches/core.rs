//! The core's costs. `cargo bench` prints them side by side, so that they can be read as ratios of one run.
//!
//! - `derivatives`: value, score, outer products and Hessian of a data set, an observation at a time (10 000 observations).
//! - `expected`: the expected information by quadrature to 10⁻¹⁰, and by Monte Carlo.

#![allow(clippy::expect_used, missing_docs)]

#[path = "../models/tasks/logistic.rs"]
mod logistic;
#[path = "../models/tasks/mixture.rs"]
mod mixture;

use divan::{Bencher, black_box, counter::ItemsCount};
use fisher_information::derivatives::{Differentiator, packed_index, packed_length};
use fisher_information::distributions::{Beta, Cauchy, Gamma, Normal, StudentT};
use fisher_information::expectation::Settings;
use fisher_information::information::{Method, moments};
use fisher_information::prelude::*;
use logistic::Logistic;
use mixture::Mixture;
use rand::SeedableRng;

fn main() {
    divan::main();
}

const OBSERVATIONS: usize = 10_000;

fn draws<M: Sampler<Observation = f64>>(model: &M, theta: &<M::Parameters as ParameterSpace>::Of<f64>) -> Vec<f64> {
    let mut stream = Stream::seed_from_u64(1);
    (0..OBSERVATIONS).map(|_| model.sample(theta, &mut stream)).collect()
}

/// One pass over the data: value, score, outer products, Hessian. `P` parameters, `T` entries in a triangle.
fn pass<M, const P: usize, const T: usize>(bencher: Bencher, model: &M, theta: &[f64; P], data: &[f64])
where
    M: LogLikelihood<Parameters = Fixed<P>, Observation = f64>,
{
    let mut at = Differentiator::new(model, theta).expect("a θ in the domain");
    bencher.counter(ItemsCount::new(data.len())).bench_local(|| {
        let (mut value, mut scores, mut outers, mut hessians) = (0.0, [0.0; P], [0.0; T], [0.0; T]);
        let (mut score, mut hessian) = ([0.0; P], [0.0; T]);
        for x in black_box(data) {
            value += at.second(x, &mut score, &mut hessian);
            for i in 0..P {
                scores[i] += score[i];
                for j in 0..=i {
                    outers[packed_index(i, j)] += score[i] * score[j];
                }
            }
            for (sum, entry) in hessians.iter_mut().zip(&hessian) {
                *sum += entry;
            }
        }
        (value, scores, outers, hessians)
    });
}

/// The same for rows, where the number of parameters is known at run time only.
fn pass_over_rows<M>(bencher: Bencher, model: &M, theta: &[f64], rows: &[Vec<f64>])
where
    M: LogLikelihood<Parameters = Dynamic, Observation = [f64]>,
{
    let mut at = Differentiator::new(model, theta).expect("a θ in the domain");
    let (mut score, mut hessian) = (vec![0.0; theta.len()], vec![0.0; packed_length(theta.len())]);
    let mut sums = vec![0.0; hessian.len()];
    bencher.counter(ItemsCount::new(rows.len())).bench_local(move || {
        let mut value = 0.0;
        for row in black_box(rows) {
            value += at.second(row, &mut score, &mut hessian);
            for (sum, entry) in sums.iter_mut().zip(&hessian) {
                *sum += entry;
            }
        }
        value
    });
}

#[divan::bench_group]
mod derivatives {
    use super::*;

    #[divan::bench]
    fn normal(bencher: Bencher) {
        pass::<_, 2, 3>(bencher, &Normal, &[1.4, 2.1], &draws(&Normal, &[1.5, 2.0]));
    }

    #[divan::bench]
    fn gamma(bencher: Bencher) {
        pass::<_, 2, 3>(bencher, &Gamma, &[2.3, 1.4], &draws(&Gamma, &[2.5, 1.5]));
    }

    #[divan::bench]
    fn student_t(bencher: Bencher) {
        pass::<_, 3, 6>(bencher, &StudentT, &[0.4, 1.6, 5.0], &draws(&StudentT, &[0.5, 1.5, 4.5]));
    }

    #[divan::bench]
    fn mixture(bencher: Bencher) {
        pass::<_, 5, 15>(
            bencher,
            &Mixture,
            &[0.35, -0.9, 1.9, 0.85, 1.2],
            &draws(&Mixture, &[0.3, -1.0, 2.0, 0.8, 1.3]),
        );
    }

    #[divan::bench(args = [10, 50])]
    fn logistic(bencher: Bencher, width: usize) {
        let normal = draws(&Normal, &[0.0, 1.0]);
        let rows: Vec<Vec<f64>> = normal
            .chunks_exact(width)
            .take(200)
            .map(|chunk| [&[1.0], &chunk[1..], &[f64::from(u8::from(chunk[0] > 0.0))]].concat())
            .collect();
        pass_over_rows(bencher, &Logistic, &vec![0.25; width], &rows);
    }
}

#[divan::bench_group]
mod expected {
    use super::*;

    fn quadrature<M: SampleSpace>(bencher: Bencher, model: &M, theta: &<M::Parameters as ParameterSpace>::Of<f64>) {
        bencher.bench_local(|| moments(model, black_box(theta), Method::Quadrature, &Settings::default()));
    }

    #[divan::bench]
    fn normal(bencher: Bencher) {
        quadrature(bencher, &Normal, &[0.0, 1.0]);
    }

    #[divan::bench]
    fn gamma(bencher: Bencher) {
        quadrature(bencher, &Gamma, &[2.5, 1.5]);
    }

    #[divan::bench]
    fn beta(bencher: Bencher) {
        quadrature(bencher, &Beta, &[2.5, 4.0]);
    }

    #[divan::bench]
    fn cauchy(bencher: Bencher) {
        quadrature(bencher, &Cauchy, &[0.0, 1.0]);
    }

    #[divan::bench]
    fn student_t(bencher: Bencher) {
        quadrature(bencher, &StudentT, &[0.5, 1.5, 4.5]);
    }

    #[divan::bench]
    fn mixture(bencher: Bencher) {
        quadrature(bencher, &Mixture, &[0.3, -1.0, 2.0, 0.8, 1.3]);
    }

    #[divan::bench(sample_count = 5)]
    fn mixture_by_monte_carlo_of_a_million(bencher: Bencher) {
        let settings = Settings { draws: 1_000_000, ..Settings::default() };
        let theta = [0.3, -1.0, 2.0, 0.8, 1.3];
        bencher.bench_local(|| moments(&Mixture, black_box(&theta), Method::MonteCarlo, &settings));
    }
}
