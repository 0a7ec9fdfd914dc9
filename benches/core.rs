//! The core's costs. `cargo bench` prints them side by side, so that they can be read as ratios of one run.
//!
//! - `derivatives`: value, score, outer products and Hessian of a data set, an observation at a time (10 000 observations).
//! - `expected`: the expected information by quadrature to 10⁻¹⁰, and by Monte Carlo.

#![allow(clippy::expect_used, missing_docs)]

use divan::{Bencher, black_box, counter::ItemsCount};
use fisher_information::derivatives::{Differentiator, packed_index, packed_length};
use fisher_information::distributions::{Beta, Cauchy, Gamma, Normal, StudentT};
use fisher_information::expectation::Settings;
use fisher_information::information::{Method, moments};
use fisher_information::prelude::*;
use rand::SeedableRng;

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
