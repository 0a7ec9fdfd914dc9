//! Kernels on one thread and on two.

use crate::clock::way;
use crate::report::Report;
use crate::{data, kernels, models};
use fisher_information::distributions::StudentT;
use fisher_information::model::{LogLikelihood, Observations, Theta};
use rayon::ThreadPool;
use std::hint::black_box;

pub fn all(report: &Report, pools: &[ThreadPool; 2]) {
    for (name, covariates, observations) in
        [("T3a logistic, threads", 10, 100_000), ("T3b logistic, threads", 50, 20_000)]
    {
        let (theta, truth) = (data::coefficients(covariates), vec![0.25; covariates]);
        compare(report, pools, name, &models::Logistic, &theta[..], || data::rows(&truth, covariates, observations));
    }
    compare(report, pools, "T4 Student's t, threads", &StudentT, &[0.4, 1.6, 5.0], || {
        data::numbers(&StudentT, &[0.5, 1.5, 4.5], 1_000_000)
    });
    compare(report, pools, "T5 mixture, threads", &models::Mixture, &[0.35, -0.9, 1.9, 0.85, 1.2], || {
        data::numbers(&models::Mixture, &[0.3, -1.0, 2.0, 0.8, 1.3], 1_000_000)
    });
}

fn compare<M, D>(
    report: &Report,
    pools: &[ThreadPool; 2],
    name: &str,
    model: &M,
    theta: &Theta<M, f64>,
    data: impl Fn() -> D,
) where
    M: LogLikelihood,
    D: Observations<M::Observation>,
    Theta<M, f64>: Sync,
{
    if !report.wants(name) {
        return;
    }
    let data = data();
    let mut ways = pools.each_ref().map(|pool| {
        let work = || pool.install(|| kernels::evaluator(model, black_box(&data))(black_box(theta)));
        way(work, |found| kernels::sums(&found))
    });
    report.threads(name, &mut ways);
}
