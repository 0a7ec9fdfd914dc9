//! T1, T2, T4 and T5: models of numbers with few parameters.

use super::TOLERANCE;
use crate::clock::way;
use crate::report::Report;
use crate::sums::Sums;
use crate::{data, hand, kernels, models, plain};
use fisher_information::distributions::{Gamma, Normal, StudentT};
use fisher_information::model::{Fixed, LogLikelihood, Sampler};
use std::hint::black_box;

/// A model of numbers with `P` parameters.
struct Task<M, const P: usize> {
    name: &'static str,
    model: M,
    /// From which the data are drawn.
    truth: [f64; P],
    theta: [f64; P],
    /// Another θ, where the sums over the data are kept, so that it costs nothing like the first.
    second_theta: Option<[f64; P]>,
    hand: fn(&[f64; P], &[f64]) -> Sums,
}

pub fn all(report: &Report) {
    Task {
        name: "T1 normal",
        model: Normal,
        truth: [1.5, 2.0],
        theta: [1.4, 2.1],
        second_theta: Some([1.45, 2.05]),
        hand: hand::normal,
    }
    .run::<3>(report);
    Task {
        name: "T2 gamma",
        model: Gamma,
        truth: [2.5, 1.5],
        theta: [2.3, 1.4],
        second_theta: Some([2.4, 1.45]),
        hand: hand::gamma,
    }
    .run::<3>(report);
    Task {
        name: "T4 Student's t",
        model: StudentT,
        truth: [0.5, 1.5, 4.5],
        theta: [0.4, 1.6, 5.0],
        second_theta: None,
        hand: hand::student_t,
    }
    .run::<6>(report);
    Task {
        name: "T5 mixture",
        model: models::Mixture,
        truth: [0.3, -1.0, 2.0, 0.8, 1.3],
        theta: [0.35, -0.9, 1.9, 0.85, 1.2],
        second_theta: None,
        hand: hand::mixture,
    }
    .run::<15>(report);
}

impl<M, const P: usize> Task<M, P>
where
    M: LogLikelihood<Parameters = Fixed<P>, Observation = f64> + Sampler,
{
    /// All lines of the task, with `T` entries in a triangle.
    fn run<const T: usize>(&self, report: &Report) {
        self.whole::<T>(report, self.name.into(), 1_000_000);
        if let Some(theta) = self.second_theta {
            for observations in [100_000, 1_000_000] {
                self.again::<T>(report, &theta, format!("{}, second θ, n = {observations}", self.name), observations);
            }
        }
        self.whole::<T>(report, format!("{}, n = 1000", self.name), 1000);
    }

    /// From a model never seen to the result.
    fn whole<const T: usize>(&self, report: &Report, name: String, observations: usize) {
        if !report.wants(&name) {
            return;
        }
        let (model, theta) = (&self.model, &self.theta);
        let data = data::numbers(model, &self.truth, observations);
        let mut ways = [
            way(|| plain::numbers::<_, P, T>(model, black_box(theta), black_box(&data)), |sums| sums),
            way(|| kernels::evaluator(model, black_box(&data))(black_box(theta)), |found| kernels::sums(&found)),
            way(|| (self.hand)(black_box(theta), black_box(&data)), |sums| sums),
        ];
        report.three(&name, observations, [TOLERANCE; 2], &mut ways);
    }

    /// At another θ, when one has been seen.
    fn again<const T: usize>(&self, report: &Report, theta: &[f64; P], name: String, observations: usize) {
        if !report.wants(&name) {
            return;
        }
        let model = &self.model;
        let data = data::numbers(model, &self.truth, observations);
        let evaluator = kernels::evaluator(model, &data);
        evaluator(&self.theta);
        let mut ways = [
            way(|| plain::numbers::<_, P, T>(model, black_box(theta), black_box(&data)), |sums| sums),
            way(|| evaluator(black_box(theta)), |found| kernels::sums(&found)),
            way(|| (self.hand)(black_box(theta), black_box(&data)), |sums| sums),
        ];
        report.three(&name, observations, [TOLERANCE; 2], &mut ways);
    }
}
