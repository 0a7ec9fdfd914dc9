//! How often tests reject true hypotheses, in samples drawn with fixed seeds.

use super::misspecification::draws;
use fisher_information::distributions::Exponential;
use fisher_information::inference::{Linear, Restriction, maximum_likelihood};
use fisher_information::prelude::*;

/// 1/λ = 1
struct Mean;

impl Restriction<Fixed<1>> for Mean {
    fn names(&self) -> Vec<String> {
        vec!["mean = 1".into()]
    }

    fn values<D: Scalar>(&self, &[rate]: &[D; 1]) -> Vec<D> {
        vec![rate.recip() - 1.0]
    }
}

/// Pr(r < lower or r > upper), where r is the mean of n exponential waits of mean 1.
fn outside(n: f64, lower: f64, upper: f64) -> f64 {
    let below = if lower > 0.0 { n.regularized_gamma_p(n * lower) } else { 0.0 };
    below + n.regularized_gamma_q(n * upper)
}

/// The zero of an increasing function.
fn bisect(mut low: f64, mut high: f64, function: impl Fn(f64) -> f64) -> f64 {
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if function(middle) < 0.0 { low = middle } else { high = middle }
    }
    high
}

/// With n waits of mean r the score test of λ = 1 is n(1 − r)², Wald's n(1 − r)² in λ and n(1 − 1/r)² in 1/λ, and the likelihood-ratio test
/// 2n(r − 1 − ln r); Σx has a gamma distribution. So the sizes are known exactly.
#[test]
fn sizes_of_tests_of_an_exponential_rate() {
    let (n, critical, samples) = (10.0, 3.841458820694124_f64, 4000);
    let half_width = (critical / n).sqrt();
    let deviance = |r: f64| 2.0 * n * (r - 1.0 - r.ln()) - critical;
    let exact = [
        outside(n, 1.0 - half_width, 1.0 + half_width),
        outside(n, 1.0 / (1.0 + half_width), 1.0 / (1.0 - half_width)),
        outside(n, bisect(1e-3, 1.0, |r| -deviance(r)), bisect(1.0, 10.0, deviance)),
    ];
    // scipy 1.10, scipy.stats.gamma
    for (size, by_hand) in exact.into_iter().zip([0.045078377079424324, 0.09648707044677257, 0.051909321397151306]) {
        assert!((size - by_hand).abs() < 1e-12, "{size}");
    }
    let mut rejections = [0.0; 4];
    for sample in 0..samples {
        let waits = draws(&Exponential, &[1.0], 10, sample);
        let fit = maximum_likelihood(&Exponential, &waits).unwrap();
        let covariance = fit.covariance().unwrap();
        let restricted = fit.restricted(&[("rate", 1.0)]).unwrap();
        let tests = [
            restricted.score_test(&restricted.expected().unwrap()).unwrap(),
            fit.wald_nonlinear(&Mean, &covariance).unwrap(),
            restricted.likelihood_ratio().unwrap(),
            fit.wald(&Linear::values(&[("rate", 1.0)]), &covariance).unwrap(),
        ];
        for (count, test) in rejections.iter_mut().zip(&tests) {
            *count += f64::from(u8::from(test.rejects(0.05)));
        }
    }
    #[allow(clippy::cast_precision_loss)]
    let samples = samples as f64;
    for (count, size) in rejections.into_iter().zip([exact[0], exact[1], exact[2], exact[0]]) {
        let error = (size * (1.0 - size) / samples).sqrt();
        assert!((count / samples - size).abs() < 4.0 * error, "{} instead of {size} ± {error}", count / samples);
    }
}
