//! Laplace's method and the two expansions: against closed forms.

use fisher_information::Error;
use fisher_information::distributions::{Gamma, Normal, Poisson};
use fisher_information::inference::{MaximumLikelihood, NormalPrior, maximum_likelihood};
use fisher_information::prelude::*;
use std::f64::consts::{PI, TAU};

const COUNTS: [f64; 3] = [3.0, 5.0, 4.0];

/// Φ
fn normal_cdf(z: f64) -> f64 {
    z.ln_norm_cdf().exp()
}

/// The likelihood of a Poisson rate is a gamma density with shape 13 and rate 3: integral, divergence and distance by formulas.
#[test]
fn a_gamma_likelihood() {
    let fit = maximum_likelihood(&Poisson, &COUNTS).unwrap();
    let (laplace, quality) = (fit.laplace().unwrap(), fit.laplace_quality().unwrap());
    let (shape, rate) = (13.0_f64, 3.0_f64);
    let (mean, variance) = (4.0, 4.0 / 3.0);
    assert!((laplace.mean()[0] - mean).abs() < 1e-11);
    assert!((laplace.covariance().matrix()[(0, 0)] - variance).abs() < 1e-11);

    let factorials = COUNTS.iter().map(|x| Scalar::ln_gamma(x + 1.0)).sum::<f64>();
    let exact = Scalar::ln_gamma(shape) - shape * rate.ln() - factorials;
    assert!((quality.log_integral.value - exact).abs() <= quality.log_integral.error);
    assert!(quality.log_integral.error < 1e-8);
    // Stirling's series for 12!
    let stirling = -1.0 / 144.0 + 1.0 / (360.0 * 12.0_f64.powi(3)) - 1.0 / (1260.0 * 12.0_f64.powi(5));
    assert!((laplace.log_integral().value - exact - stirling).abs() < 1e-10);

    // −∫ p ln q less the entropy of the gamma distribution
    let entropy = shape - rate.ln() + Scalar::ln_gamma(shape) + (1.0 - shape) * shape.digamma();
    let square = shape / rate.powi(2) + (shape / rate - mean).powi(2);
    let divergence = 0.5 * (TAU * variance).ln() + square / (2.0 * variance) - entropy;
    assert!((quality.divergence.value - divergence).abs() <= quality.divergence.error + 1e-12);
    assert!(quality.divergence.error < 1e-6);

    // p exceeds q between the points where they cross: ∫ (p − q)₊ by distribution functions
    let ln_gamma_density = |x: f64| shape * rate.ln() + (shape - 1.0) * x.ln() - rate * x - Scalar::ln_gamma(shape);
    let ln_ratio = |x: f64| {
        let ln_normal = -(x - mean).powi(2) / (2.0 * variance) - 0.5 * (TAU * variance).ln();
        ln_gamma_density(x) - ln_normal
    };
    let mut crossings = Vec::new();
    let grid: Vec<f64> = (1..40_000).map(|k| f64::from(k) * 1e-3).collect();
    for pair in grid.windows(2) {
        if (ln_ratio(pair[0]) > 0.0) != (ln_ratio(pair[1]) > 0.0) {
            let (mut low, mut high) = (pair[0], pair[1]);
            for _ in 0..80 {
                let middle = 0.5 * (low + high);
                if (ln_ratio(middle) > 0.0) == (ln_ratio(low) > 0.0) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            crossings.push(low);
        }
    }
    let ends: Vec<f64> = std::iter::once(0.0).chain(crossings).chain([f64::INFINITY]).collect();
    let gamma = |x: f64| if x == f64::INFINITY { 1.0 } else { shape.regularized_gamma_p(rate * x) };
    let normal = |x: f64| if x == f64::INFINITY { 1.0 } else { normal_cdf((x - mean) / variance.sqrt()) };
    let differences =
        ends.windows(2).map(|pair| (gamma(pair[1]) - gamma(pair[0])) - (normal(pair[1]) - normal(pair[0])));
    let distance: f64 = differences.map(|difference| difference.max(0.0)).sum();
    assert!((quality.total_variation.value - distance).abs() <= quality.total_variation.error + 1e-10);
    assert!(quality.total_variation.error < 1e-5, "{}", quality.total_variation);
    assert!((0.05..0.11).contains(&distance), "{distance}");

    let peak = laplace.ln_density(&[mean]).unwrap();
    assert!((peak + 0.5 * (TAU * variance).ln()).abs() < 1e-10);
    let away = laplace.ln_density(&[mean + 2.0]).unwrap();
    assert!((peak - away - 1.5).abs() < 1e-10); // 2²/2σ²
}

/// A normal mean has a normal likelihood, with a normal prior too: the approximation is exact.
#[test]
fn a_normal_likelihood() {
    let model: Known<Normal, Fixed<1>> = Known::new(Normal, &[("deviation", 2.0)]).unwrap();
    let data = [0.3, 2.9, 1.1, 0.4];
    let (n, mean, variance) = (4.0, 1.175, 4.0);
    let square: f64 = data.iter().map(|x| (x - mean).powi(2)).sum();
    let at_mean = -0.5 * n * (TAU * variance).ln() - square / (2.0 * variance);

    let fit = MaximumLikelihood::new(&model, &data).start(&[0.0]).fit().unwrap();
    let quality = fit.laplace_quality().unwrap();
    let exact = at_mean + 0.5 * (TAU * variance / n).ln();
    assert!((fit.laplace().unwrap().log_integral().value - exact).abs() < 1e-13);
    assert!((quality.log_integral.value - exact).abs() < 1e-9);
    assert!(quality.divergence.value.abs() < 1e-9 && quality.total_variation.value < 1e-9);

    // ∫ exp(−n(θ − x̄)²/2σ² − (θ − m)²/2τ²) dθ, completed to a square
    let (centre, spread) = (-1.0, 0.5);
    let prior = NormalPrior { moments: vec![(centre, spread)] };
    let fit = MaximumLikelihood::new(&model, &data).prior(&prior).start(&[0.0]).fit().unwrap();
    let precision = n / variance + 1.0 / (spread * spread);
    let apart = (mean - centre).powi(2) / (variance / n + spread * spread);
    let exact = at_mean - 0.5 * apart + 0.5 * (TAU / precision).ln();
    assert!((fit.laplace().unwrap().log_integral().value - exact).abs() < 1e-12);
    assert!((fit.laplace_quality().unwrap().log_integral.value - exact).abs() < 1e-9);
}

/// Mean and deviation: ∫∫ L = ½ Γ(k) (S/2)^(−k) n^(−½) (2π)^(−(n−1)/2) with k = (n − 2)/2. The error falls as 1/n.
#[test]
fn two_parameters() {
    let error = |n: u32| {
        let data: Vec<f64> = (0..n).map(|i| (f64::from(i) + 0.5) / f64::from(n) * 4.0).collect();
        let fit = maximum_likelihood(&Normal, &data).unwrap();
        let n = f64::from(n);
        let mean = data.iter().sum::<f64>() / n;
        let square: f64 = data.iter().map(|x| (x - mean).powi(2)).sum();
        let k = 0.5 * (n - 2.0);
        let exact =
            Scalar::ln_gamma(k) - k * (0.5 * square).ln() - 2.0_f64.ln() - 0.5 * n.ln() - 0.5 * (n - 1.0) * TAU.ln();
        fit.laplace().unwrap().log_integral().value - exact
    };
    let errors = [error(50), error(100), error(200)];
    assert!(errors[0].abs() < 0.05 && errors[0].abs() > 0.01, "{errors:?}");
    for pair in errors.windows(2) {
        assert!((pair[0] / pair[1] - 2.0).abs() < 0.1, "{errors:?}");
    }
}

/// exp of the expansion of the logarithm stays positive and near; the expansion of the likelihood itself is negative beyond √2.
#[test]
fn two_expansions() {
    let fit = maximum_likelihood(&Poisson, &COUNTS).unwrap();
    let distances = [-2.0, -1.0, 0.0, 0.5, 1.5, 3.0];
    let found = fit.expansions("rate", &distances).unwrap();
    for (expansion, distance) in found.iter().zip(distances) {
        let ratio: f64 = 1.0 + distance / 12.0_f64.sqrt();
        let exact = (12.0 * (ratio.ln() - ratio + 1.0)).exp();
        assert!((expansion.likelihood - exact).abs() < 1e-11);
        assert_eq!(expansion.of_likelihood, 1.0 - distance * distance / 2.0);
        assert!((expansion.of_logarithm - (-distance * distance / 2.0).exp()).abs() < 1e-15);
        if distance.abs() >= 1.5 {
            assert!(expansion.error_of_logarithm().abs() < expansion.error_of_likelihood().abs());
        }
    }

    // one of two parameters, the other held: the unit is A_jj^(−½), not the standard error
    let data = [1.2, 0.7, 3.1, 2.2, 0.4, 1.9];
    let fit = maximum_likelihood(&Gamma, &data).unwrap();
    let [shape, rate] = *fit.theta();
    let [one] = fit.expansions("rate", &[1.0]).unwrap()[..] else { panic!("one distance") };
    let moved = rate + rate / (6.0 * shape).sqrt();
    let sum: f64 = data.iter().sum();
    let exact = (6.0 * shape * (moved / rate).ln() - sum * (moved - rate)).exp();
    assert!((one.likelihood - exact).abs() < 1e-10);

    assert!(matches!(fit.expansions("scale", &[1.0]), Err(Error::UnknownParameter { .. })));
    assert!(
        matches!(fit.expansions("rate", &[-10.0]), Err(Error::ParameterOutsideDomain { name, .. }) if name == "rate")
    );
    assert!(matches!(fit.laplace_quality(), Err(Error::ParameterCount { expected: 1, found: 2 })));
    assert!(matches!(fit.laplace().unwrap().ln_density(&[1.0]), Err(Error::LengthMismatch { .. })));
}

/// Many observations make the likelihood of a rate normal: the distance falls as 1/√n, the divergence as 1/n.
#[test]
fn the_distance_falls() {
    let quality = |n: usize| {
        let data = vec![4.0; n];
        maximum_likelihood(&Poisson, &data).unwrap().laplace_quality().unwrap()
    };
    let (few, many) = (quality(25), quality(100));
    let ratio = few.total_variation.value / many.total_variation.value;
    assert!((ratio - 2.0).abs() < 0.05, "{ratio}");
    let ratio = few.divergence.value / many.divergence.value;
    assert!((ratio - 4.0).abs() < 0.2, "{ratio}");
    // skewness γ = 1/√(nλ) moves the density by γ(z³ − 3z)/6 and the mean by γ
    assert!(many.total_variation.value < 1.0 / (400.0 * PI).sqrt());
}
