//! Families at their limits.

use fisher_information::derivatives::derivatives;
use fisher_information::distributions::{NegativeBinomial, Poisson};
use fisher_information::prelude::*;
use fisher_information::regression::*;

/// As α → 0 the derivatives of the negative binomial are those of the Poisson distribution, and that in α is ((y − μ)² − y)/2.
#[test]
fn without_dispersion_a_negative_binomial_is_poisson() {
    for (mean, y) in [(3.0, 0.0), (3.0, 1.0), (3.0, 7.0), (0.01, 2.0), (70.0, 63.0), (70.0, 64.0), (900.0, 1000.0)] {
        let poisson = derivatives(&Poisson, &[mean], &y).unwrap();
        let slope = ((y - mean) * (y - mean) - y) / 2.0;
        // ∂²ℓ/∂α² at 0: −Σ j² + yμ² − 2μ³/3, with Σ j² = (y − 1)y(2y − 1)/6.
        let curvature = -(y - 1.0) * y * (2.0 * y - 1.0) / 6.0 + y * mean * mean - 2.0 * mean * mean * mean / 3.0;
        for dispersion in [1e-18, 1e-14] {
            let at = derivatives(&NegativeBinomialMean, &[mean, dispersion], &y).unwrap();
            // To first order in α.
            let (value, score) = (poisson.value + dispersion * slope, poisson.score[0] - dispersion * (y - mean));
            assert!((at.value - value).abs() < 1e-12 * (1.0 + value.abs()), "{mean} {y}: {} {value}", at.value);
            assert!((at.score[0] - score).abs() < 1e-12 * (1.0 + score.abs()), "{mean} {y}: {} {score}", at.score[0]);
            let scale = y + mean + (y - mean) * (y - mean);
            assert!((at.score[1] - slope).abs() < 1e-9 * scale, "{mean} {y}: {} {slope}", at.score[1]);
            let scale = curvature.abs() + mean.powi(3) + y.powi(3) + 1.0;
            assert!(
                (at.hessian[(1, 1)] - curvature).abs() < 1e-9 * scale,
                "{mean} {y}: {} {curvature}",
                at.hessian[(1, 1)]
            );
        }
    }
}

/// Elsewhere it is the family of the catalogue in other coordinates, on both sides of every switch of formula.
#[test]
fn with_dispersion_it_is_that_of_the_catalogue() {
    for dispersion in [0.004, 1.0 / 64.5, 1.0 / 63.5, 0.3, 0.99, 1.01, 20.0] {
        for mean in [0.2, 4.0, 60.0, 800.0] {
            for y in [0.0, 1.0, 2.0, 15.0, 63.0, 64.0, 200.0] {
                let [size, probability] = [1.0 / dispersion, 1.0 / (1.0 + dispersion * mean)];
                let catalogue = NegativeBinomial.ln_likelihood(&[size, probability], &y);
                let ours: f64 = NegativeBinomialMean.ln_likelihood(&[mean, dispersion], &y);
                assert!(
                    (ours - catalogue).abs() < 2e-12 * (10.0 + catalogue.abs()),
                    "{mean} {dispersion} {y}: {ours} {catalogue}"
                );
            }
        }
    }
}

/// Anywhere but at a count there is no probability.
#[test]
fn counts_alone_have_probabilities() {
    for y in [-1.0, 0.5, f64::NAN] {
        assert_eq!(NegativeBinomialMean.ln_likelihood(&[1.0, 1.0], &y), f64::NEG_INFINITY);
    }
    assert_eq!(Binary(BinaryLink::Logit).ln_likelihood(&[0.0], &0.5), f64::NEG_INFINITY);
    assert_eq!(Trials(BinaryLink::Logit).ln_likelihood(&[0.0], &[3.0, 4.0]), f64::NEG_INFINITY);
    assert_eq!(Lifetime(Law::Weibull).ln_likelihood(&[0.0, 1.0], &[3.0, 0.5]), f64::NEG_INFINITY);
    assert_eq!(Lifetime(Law::Weibull).ln_likelihood(&[0.0, 1.0], &[-3.0, 0.0]), f64::NEG_INFINITY);
}

/// The probabilities of a probability near 1 keep the digits of the other.
#[test]
fn tails_of_binary_responses() {
    let expected = [(BinaryLink::Logit, -(-40.0_f64).exp()), (BinaryLink::ComplementaryLogLog, 0.0)];
    for (link, want) in expected {
        let sure = Binary(link).ln_likelihood(&[40.0], &1.0);
        assert!((sure - want).abs() < 1e-30, "{link:?}: {sure}");
    }
    // ln Φ(−40) by Mills' ratio: −800 − ln(40√(2π)) + ln(1 − 1/1600 + 3/1600² − …)
    let never = Binary(BinaryLink::Probit).ln_likelihood(&[-40.0], &1.0);
    assert!((never + 804.608_442_013_753_9).abs() < 1e-9, "{never}");
    // No successes in no trials are no evidence, and a sure failure is not 0 · ∞.
    assert_eq!(Trials(BinaryLink::Logit).ln_likelihood(&[3.0], &[0.0, 0.0]), 0.0);
    assert!(Trials(BinaryLink::ComplementaryLogLog).ln_likelihood(&[800.0], &[2.0, 2.0]).abs() < 1e-15);
}

/// A fit of data that do not vary more than Poisson says where the dispersion goes.
#[test]
fn a_dispersion_that_is_not_needed() {
    let rows: Vec<Vec<f64>> = [2.0, 3.0, 2.0, 3.0, 2.0, 3.0].iter().map(|&y| vec![1.0, y]).collect();
    let model = negative_binomial(&Covariates::named(["intercept"]).unwrap()).unwrap();
    match model.fit(&rows).err().unwrap() {
        Error::MaximumOnBoundary { name, bound, .. } => assert_eq!((name.as_str(), bound), ("dispersion", 0.0)),
        other => panic!("{other}"),
    }
}
