//! What closed forms cost. `cargo bench --bench symbolic` prints, for a few families,
//!
//! - `trace`: a log-density recorded and brought into normal form, once for each branch on the data;
//! - `score`: that, and its derivatives;
//! - `expected_information`: that, E[score] = 0 solved for the statistics, and the comparison with E[s sᵀ] at three points;
//! - `comparison`: three such expectations by quadrature alone, the part of the line above that is not algebra.

#![allow(missing_docs)]

use divan::{Bencher, black_box};
use fisher_information::distributions::{Beta, BivariateNormal, Dirichlet, Gamma, Normal};
use fisher_information::expectation::Settings;
use fisher_information::information::{Method, moments};
use fisher_information::prelude::*;
use fisher_information::symbolic::{self, LogDensity};

fn main() {
    divan::main();
}

/// A benchmark of one function for each of the families.
macro_rules! families {
    ($group:ident, $measured:expr) => {
        #[divan::bench_group]
        mod $group {
            use super::*;

            #[divan::bench]
            fn normal(bencher: Bencher) {
                bencher.bench_local(|| $measured(black_box(&Normal), &[0.5, 1.5]));
            }

            #[divan::bench]
            fn gamma(bencher: Bencher) {
                bencher.bench_local(|| $measured(black_box(&Gamma), &[1.7, 1.5]));
            }

            #[divan::bench]
            fn beta(bencher: Bencher) {
                bencher.bench_local(|| $measured(black_box(&Beta), &[1.7, 1.5]));
            }

            #[divan::bench]
            fn dirichlet(bencher: Bencher) {
                bencher.bench_local(|| $measured(black_box(&Dirichlet::<3>), &[1.7, 1.5, 1.3]));
            }

            #[divan::bench]
            fn bivariate_normal(bencher: Bencher) {
                bencher.bench_local(|| $measured(black_box(&BivariateNormal), &[0.5, 0.3, 1.3, 1.1, -0.4]));
            }
        }
    };
}

families!(trace, |model, _: &[f64]| LogDensity::of(model));
families!(score, |model, _: &[f64]| symbolic::score(model));
families!(expected_information, |model, _: &[f64]| symbolic::expected_information(model));
families!(comparison, three_expectations);

/// What [`symbolic::expected_information`] compares its formula with, as often as it does.
fn three_expectations<M: SampleSpace>(model: &M, theta: &Theta<M, f64>) -> [bool; 3] {
    [(); 3].map(|()| moments(model, theta, Method::Automatic, &Settings::default()).is_ok())
}
