//! T6 and T7: the expected information, by quadrature to 10⁻¹⁰ and by a million draws.

use super::TOLERANCE;
use crate::clock::way;
use crate::report::Report;
use crate::sums::Sums;
use crate::{data, hand, kernels, models};
use fisher_information::derivatives::{Differentiator, packed_index};
use fisher_information::distributions::{Gamma, StudentT};
use fisher_information::expectation::Settings;
use fisher_information::information::{Method, moments};
use fisher_information::kernel::Path;
use fisher_information::model::{SampleSpace, Theta};
use std::hint::black_box;

const GAMMA: [f64; 2] = [2.5, 1.5];
const STUDENT_T: [f64; 3] = [0.5, 1.5, 4.5];
const MIXTURE: [f64; 5] = [0.3, -1.0, 2.0, 0.8, 1.3];
const DRAWS: usize = 1_000_000;

pub fn all(report: &Report) {
    quadrature(report, "T6 gamma", &Gamma, &GAMMA, || hand::expected_gamma(black_box(&GAMMA)));
    quadrature(report, "T6 Student's t", &StudentT, &STUDENT_T, || hand::expected_student_t(black_box(&STUDENT_T)));
    quadrature(report, "T6 mixture", &models::Mixture, &MIXTURE, || hand::expected_mixture(black_box(&MIXTURE)));
    draws(report, "T7 mixture, 10⁶ draws");
}

/// The settings of the dual path and of the automatic choice, which is kernels where they pay.
fn settings(draws: usize) -> [Settings; 2] {
    [Path::Duals, Path::Automatic].map(|path| Settings { draws, path, ..Settings::default() })
}

fn quadrature<M: SampleSpace>(report: &Report, name: &str, model: &M, theta: &Theta<M, f64>, hand: fn() -> Sums) {
    if !report.wants(name) {
        return;
    }
    let [duals, kernel] = settings(0);
    let [plain, kernel] = [duals, kernel].map(|settings| {
        let work = move || moments(model, black_box(theta), Method::Quadrature, &settings).expect("convergence");
        way(work, |found| kernels::moments(&found))
    });
    report.three(name, 1, [TOLERANCE; 2], &mut [plain, kernel, way(hand, |sums| sums)]);
}

/// The library regresses on the score to lessen the variance, the loop does not: the two differ by noise, of at most six standard errors.
fn draws(report: &Report, name: &str) {
    if !report.wants(name) {
        return;
    }
    let [duals, kernel] = settings(DRAWS);
    let seed = duals.seed;
    let [plain, kernel] = [duals, kernel].map(|settings| {
        let work =
            move || moments(&models::Mixture, black_box(&MIXTURE), Method::MonteCarlo, &settings).expect("draws");
        way(work, |found| kernels::moments(&found))
    });
    let hand = way(move || hand::drawn_mixture(black_box(&MIXTURE), DRAWS, seed), |sums| sums);
    let noise = 6.0 * spread() / (DRAWS as f64).sqrt();
    report.three(name, 1, [TOLERANCE, noise], &mut [plain, kernel, hand]);
}

/// The largest root mean square of an output of one observation, over ten thousand of them, relative to the scales of
/// [`Sums::distance`].
fn spread() -> f64 {
    let mut at = Differentiator::new(&models::Mixture, &MIXTURE).expect("a θ in the domain");
    let (mut score, mut hessian) = ([0.0; 5], [0.0; 15]);
    let (mut information, mut squares) = ([0.0; 5], [[0.0; 15]; 2]);
    let data = data::numbers(&models::Mixture, &MIXTURE, 10_000);
    for x in &data {
        at.second(x, &mut score, &mut hessian);
        for i in 0..5 {
            information[i] += score[i] * score[i] / data.len() as f64;
            for j in 0..=i {
                let entry = packed_index(i, j);
                squares[0][entry] += (score[i] * score[j]).powi(2) / data.len() as f64;
                squares[1][entry] += hessian[entry].powi(2) / data.len() as f64;
            }
        }
    }
    let relative =
        |i: usize, j: usize| squares.map(|square| square[packed_index(i, j)] / (information[i] * information[j]));
    (0..5).flat_map(|i| (0..=i).map(move |j| (i, j))).flat_map(|(i, j)| relative(i, j)).fold(1.0, f64::max).sqrt()
}
