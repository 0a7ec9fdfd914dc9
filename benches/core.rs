//! The core's costs. `cargo bench` prints them side by side, so that they can be read as ratios of one run.
//!
//! - `derivatives`: value, score, outer products and Hessian of a data set, an observation at a time (10 000 observations);
//!   `by_hand` is the loop one would write for the normal distribution alone.
//! - `expected`: the expected information by quadrature to 10⁻¹⁰, and by Monte Carlo.

#![allow(clippy::expect_used, missing_docs)]

use divan::{Bencher, black_box, counter::ItemsCount};
use fisher_information::derivatives::{Differentiator, packed_index, packed_length};
use fisher_information::distributions::{Beta, Cauchy, Gamma, Normal, StudentT};
use fisher_information::expectation::Settings;
use fisher_information::information::{Method, moments};
use fisher_information::prelude::*;
use rand::SeedableRng;
use std::borrow::Borrow;

fn main() {
    divan::main();
}

const OBSERVATIONS: usize = 10_000;

/// Two normal components: weight of the first, means, deviations.
struct Mixture;

impl LogLikelihood for Mixture {
    type Parameters = Fixed<5>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[weight, m1, m2, s1, s2]: &[D; 5], &x: &D) -> D {
        let (z1, z2) = ((x - m1) / s1, (x - m2) / s2);
        let first = weight / s1 * (z1 * z1 * -0.5).exp();
        let second = (-weight + 1.0) / s2 * (z2 * z2 * -0.5).exp();
        (first + second).ln() - 0.918_938_533_204_672_8
    }
}

impl SampleSpace for Mixture {
    fn support(&self, _: &[f64; 5]) -> Support {
        Support::real()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler()
    }
}

impl Sampler for Mixture {
    fn sample<R: rand::Rng + ?Sized>(&self, &[weight, m1, m2, s1, s2]: &[f64; 5], rng: &mut R) -> f64 {
        let first = rand::RngExt::random::<f64>(rng) < weight;
        Normal.sample(&if first { [m1, s1] } else { [m2, s2] }, rng)
    }
}

/// Logistic regression on rows (covariates…, response).
struct Logistic;

impl LogLikelihood for Logistic {
    type Parameters = Dynamic;
    type Observation = [f64];

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, beta: &[D], row: &[D]) -> D {
        let Some((&response, covariates)) = row.split_last() else { return D::from(f64::NAN) };
        let predictor: D = covariates.iter().zip(beta).map(|(&x, &b)| x * b).sum();
        response * predictor - predictor.ln_1p_exp()
    }
}

fn draws<M: Sampler<Observation = f64>>(model: &M, theta: &<M::Parameters as ParameterSpace>::Of<f64>) -> Vec<f64> {
    let mut stream = Stream::seed_from_u64(1);
    (0..OBSERVATIONS).map(|_| model.sample(theta, &mut stream)).collect()
}

/// One pass over the data: value, score, outer products, Hessian.
fn pass<M: LogLikelihood>(
    bencher: Bencher,
    model: &M,
    theta: &<M::Parameters as ParameterSpace>::Of<f64>,
    data: &[<M::Observation as Observation>::Owned],
) {
    let mut at = Differentiator::new(model, theta).expect("a θ in the domain");
    let size = at.length();
    let (mut score, mut hessian) = (vec![0.0; size], vec![0.0; packed_length(size)]);
    let mut sums = (0.0, vec![0.0; size], vec![0.0; packed_length(size)], vec![0.0; packed_length(size)]);
    bencher.counter(ItemsCount::new(data.len())).bench_local(move || {
        for x in black_box(data) {
            sums.0 += at.second(x.borrow(), &mut score, &mut hessian);
            for i in 0..size {
                sums.1[i] += score[i];
                for j in 0..=i {
                    sums.2[packed_index(i, j)] += score[i] * score[j];
                    sums.3[packed_index(i, j)] += hessian[packed_index(i, j)];
                }
            }
        }
        sums.0
    });
}

#[divan::bench_group]
mod derivatives {
    use super::*;

    #[divan::bench]
    fn normal_by_hand(bencher: Bencher) {
        let data = draws(&Normal, &[1.5, 2.0]);
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
                hessian = [
                    hessian[0] - 1.0 / square,
                    hessian[1] - 2.0 * z / square,
                    hessian[2] + (1.0 - 3.0 * z * z) / square,
                ];
            }
            (value, score, outer, hessian)
        });
    }

    #[divan::bench]
    fn normal(bencher: Bencher) {
        pass(bencher, &Normal, &[1.4, 2.1], &draws(&Normal, &[1.5, 2.0]));
    }

    #[divan::bench]
    fn gamma(bencher: Bencher) {
        pass(bencher, &Gamma, &[2.3, 1.4], &draws(&Gamma, &[2.5, 1.5]));
    }

    #[divan::bench]
    fn student_t(bencher: Bencher) {
        pass(bencher, &StudentT, &[0.4, 1.6, 5.0], &draws(&StudentT, &[0.5, 1.5, 4.5]));
    }

    #[divan::bench]
    fn mixture(bencher: Bencher) {
        pass(bencher, &Mixture, &[0.35, -0.9, 1.9, 0.85, 1.2], &draws(&Mixture, &[0.3, -1.0, 2.0, 0.8, 1.3]));
    }

    #[divan::bench(args = [10, 50])]
    fn logistic(bencher: Bencher, width: usize) {
        let normal = draws(&Normal, &[0.0, 1.0]);
        let rows: Vec<Vec<f64>> = normal
            .chunks_exact(width)
            .take(200)
            .map(|chunk| [&[1.0], &chunk[1..], &[f64::from(u8::from(chunk[0] > 0.0))]].concat())
            .collect();
        pass(bencher, &Logistic, &vec![0.25; width], &rows);
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
