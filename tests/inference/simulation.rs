//! Estimators over many data sets, the bootstrap and information from draws: against exact moments, and every refusal.

use fisher_information::Error;
use fisher_information::distributions::{Exponential, Normal, Poisson};
use fisher_information::expectation::Estimate;
use fisher_information::inference::{
    CovarianceKind, MaximumLikelihood, NormalPrior, SimulationSettings, SmallSample, asymptotic_normality,
    effective_draws, efficiency, information_from_chain, information_from_covariance, information_from_draws,
    maximum_likelihood,
};
use fisher_information::prelude::*;
use nalgebra::{DMatrix, dmatrix};
use rand::SeedableRng;
use std::f64::consts::PI;

fn settings(replications: usize, seed: u64) -> SimulationSettings {
    SimulationSettings { replications, seed }
}

/// That a sampled number is true within four of its standard errors.
#[track_caller]
fn assert_true(found: Estimate, truth: f64) {
    assert!(found.error > 0.0 && (found.value - truth).abs() < 4.0 * found.error, "{found} {truth}");
}

/// The middle observation and the root mean square deviation.
fn median_and_deviation(data: &[f64]) -> Result<Vec<f64>, Error> {
    let n = data.len() as f64;
    let mut sorted = data.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mean = data.iter().sum::<f64>() / n;
    let square = data.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
    Ok(vec![sorted[data.len() / 2], square.sqrt()])
}

/// Mean and variance of the root mean square deviation of n observations with deviation 1, by the χ distribution.
fn deviation_moments(n: f64) -> (f64, f64) {
    let mean = (2.0 / n).sqrt() * (Scalar::ln_gamma(n / 2.0) - Scalar::ln_gamma((n - 1.0) / 2.0)).exp();
    (mean, (n - 1.0) / n - mean * mean)
}

/// The median of five normal observations has 1.43417 times the variance of their mean, by quadrature; of many, π/2.
#[test]
fn the_median_of_a_normal_sample() {
    let (theta, sigma) = ([3.0, 2.0], 2.0);
    let five = efficiency(&Normal, &theta, 5, median_and_deviation, &settings(40_000, 1)).unwrap();
    let (mean, variance) = deviation_moments(5.0);
    assert_true(five.variance_ratios()[0], 1.43417);
    assert_true(five.variance_ratios()[1], variance * 2.0 * 5.0);
    assert_true(five.bias()[0], 0.0);
    assert_true(five.bias()[1], (mean - 1.0) * sigma);
    assert!((five.bound().get("mean", "mean").unwrap().value - 0.8).abs() < 1e-14);
    // mean and deviation are uncorrelated, so the eigenvalues are the ratios
    let eigenvalues = five.eigenvalues();
    assert_true(eigenvalues[0], variance * 10.0);
    assert_true(eigenvalues[1], 1.43417);

    let many = efficiency(&Normal, &theta, 301, median_and_deviation, &settings(4000, 2)).unwrap();
    let found = many.efficiencies()[0];
    assert!((found.value - 2.0 / PI).abs() < 4.0 * found.error + 0.3 / 301.0, "{found}");
    assert!(found.error < 0.02);
    let printed = many.to_string();
    assert!(printed.starts_with("samples of 301, 4000 replications, none failed\n"), "{printed}");
}

/// An estimator that mixes the parameters differs from the bound in a combination that no single parameter shows.
#[test]
fn eigenvalues_of_combinations() {
    // mean plus t times the deviation's excess over its own mean: correlated on purpose
    let mixed = |data: &[f64]| {
        let n = data.len() as f64;
        let mean = data.iter().sum::<f64>() / n;
        let deviation = (data.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
        Ok(vec![mean + 2.0 * (deviation - 1.0), deviation])
    };
    let n = 50.0;
    let found = efficiency(&Normal, &[0.0, 1.0], 50, mixed, &settings(20_000, 3)).unwrap();
    let (_, variance) = deviation_moments(n);
    // in units of the bounds 1/n and 1/2n: the covariance is [1 + 4v, 2v√2; 2v√2, 2v] with v = n Var
    let v = n * variance;
    let (trace, determinant) = (1.0 + 6.0 * v, 2.0 * v * (1.0 + 4.0 * v) - 8.0 * v * v);
    let root = (trace * trace / 4.0 - determinant).sqrt();
    assert_true(found.eigenvalues()[0], trace / 2.0 - root);
    assert_true(found.eigenvalues()[1], trace / 2.0 + root);
    assert!(found.eigenvalues()[0].value < 0.5); // biased as it is, it beats the bound in one direction
}

#[test]
fn the_same_on_any_number_of_threads() {
    let fit = maximum_likelihood(&Exponential, &[0.3, 1.7, 0.9, 2.4, 0.1]).unwrap();
    let all = || {
        let settings = settings(300, 11);
        (
            efficiency(&Normal, &[0.0, 1.0], 9, median_and_deviation, &settings).unwrap(),
            asymptotic_normality(&Poisson, &[0.4], 3, &settings).unwrap(),
            fit.bootstrap(&settings).unwrap(),
            fit.parametric_bootstrap(&settings).unwrap(),
        )
    };
    let here = all();
    for threads in [1, 2, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(all), here, "{threads} threads");
    }
    // other seeds give other numbers
    let other = fit.bootstrap(&settings(300, 12)).unwrap();
    assert_ne!(other.replications().estimates(), here.2.replications().estimates());
}

/// The rate of an exponential distribution: all moments of the estimate n/Σx are those of an inverse gamma distribution.
#[test]
fn refits_of_an_exponential_sample() {
    let (n, rate) = (20.0, 3.0);
    let found = asymptotic_normality(&Exponential, &[rate], 20, &settings(10_000, 4)).unwrap();
    assert_eq!(found.replications().count(), 10_000);
    assert_true(found.bias()[0], rate / (n - 1.0));
    let variance = found.covariance().get("rate", "rate").unwrap();
    assert_true(variance, (n * rate).powi(2) / ((n - 1.0).powi(2) * (n - 2.0)));
    assert!((found.bound().matrix()[(0, 0)] - rate * rate / n).abs() < 1e-14);
    let inverse = found.mean_inverse().get("rate", "rate").unwrap();
    assert_true(inverse, n * rate * rate / ((n - 1.0) * (n - 2.0))); // E λ̂²/n
    // n/Σx within 3 ± 1.96·3/√20: the probability of a gamma distribution with shape 20
    let half = 1.959_963_984_540_054 / n.sqrt();
    let share = n.regularized_gamma_p(n / (1.0 - half)) - n.regularized_gamma_p(n / (1.0 + half));
    assert_true(found.share_within(0.95), share);
}

/// Mean and deviation of a normal sample, of which the first is normal at once and the second nearly.
#[test]
fn refits_of_a_normal_sample() {
    let n = 60.0;
    let found = asymptotic_normality(&Normal, &[1.0, 2.0], 60, &settings(10_000, 5)).unwrap();
    let covariance = found.covariance();
    let (_, variance) = deviation_moments(n);
    assert_true(covariance.get("mean", "mean").unwrap(), 4.0 / n);
    assert_true(covariance.get("mean", "deviation").unwrap(), 0.0);
    assert_true(covariance.get("deviation", "deviation").unwrap(), 4.0 * variance);
    let inverse = found.mean_inverse();
    assert_true(inverse.get("mean", "mean").unwrap(), 4.0 * (n - 1.0) / (n * n)); // E σ̂²/n
    assert_true(inverse.get("deviation", "deviation").unwrap(), 4.0 * (n - 1.0) / (2.0 * n * n));
    let printed = found.to_string();
    assert!(printed.starts_with("samples of 60, 10000 replications, none failed\n"), "{printed}");
    assert_eq!(printed.lines().count(), 4);
    let share = found.share_within(0.9);
    assert!((share.value - 0.9).abs() < 4.0 * share.error + 0.5 / n, "{share}");
}

/// Three counts with mean 0.4 are all zero with probability exp(−1.2), and then there is no maximum: that is counted, with the reason.
#[test]
fn failures_are_counted() {
    let replications = 4000;
    let found = asymptotic_normality(&Poisson, &[0.4], 3, &settings(replications, 6)).unwrap();
    let failures = found.replications().failures();
    assert_eq!(failures.len() + found.replications().count(), replications);
    let (share, truth) = (failures.len() as f64 / replications as f64, (-1.2_f64).exp());
    assert!((share - truth).abs() < 4.0 * (truth * (1.0 - truth) / replications as f64).sqrt());
    assert!(failures.iter().all(|failure| matches!(failure.reason, Error::MaximumOnBoundary { .. })));
    assert!(failures.windows(2).all(|pair| pair[0].replication < pair[1].replication));
    // the estimates are the means of the samples that are not all zero: thirds of counts from 1 on
    assert!(found.replications().estimates().iter().all(|mean| *mean > 0.3));
    assert!(found.replications().to_string().contains("failed; the first, number"));

    // an estimator that refuses, gives too much or no number
    let short = |data: &[f64]| match data[0] {
        x if x < 0.5 => Err(Error::NoData),
        x if x < 1.0 => Ok(vec![x, x]),
        x if x < 2.0 => Ok(vec![f64::NAN]),
        x => Ok(vec![1.0 / x]),
    };
    let found = efficiency(&Exponential, &[1.0], 1, short, &settings(1000, 7)).unwrap();
    let failed = |of: fn(&Error) -> bool| found.replications().failures().iter().any(|failure| of(&failure.reason));
    assert!(failed(|reason| matches!(reason, Error::NoData)));
    assert!(failed(|reason| matches!(reason, Error::LengthMismatch { expected: 1, found: 2, .. })));
    assert!(failed(|reason| matches!(reason, Error::EstimateNotFinite { name, .. } if name == "rate")));
    assert!((found.replications().count() as f64 / 1000.0 - (-2.0_f64).exp()).abs() < 0.05);

    let never = |_: &[f64]| Err(Error::NoData);
    let refused = efficiency(&Exponential, &[1.0], 1, never, &settings(10, 8));
    assert!(matches!(refused, Err(Error::TooManyFailures { failures: 10, replications: 10, needed: 2, first: 0, .. })));
    let one = efficiency(&Exponential, &[1.0], 1, |x: &[f64]| Ok(x.to_vec()), &settings(1, 8));
    assert!(matches!(one, Err(Error::TooFewDraws { draws: 1, needed: 2 })));
    let empty = efficiency(&Exponential, &[1.0], 0, |x: &[f64]| Ok(x.to_vec()), &settings(10, 8));
    assert!(matches!(empty, Err(Error::NoData)));
    assert!(matches!(asymptotic_normality(&Exponential, &[1.0], 0, &settings(10, 8)), Err(Error::NoData)));
}

const COUNTS: [f64; 10] = [2.0, 5.0, 1.0, 0.0, 3.0, 7.0, 3.0, 3.0, 4.0, 2.0];

/// The estimate is the mean, whose bootstrap variance is known: m₂/n drawn from the data, λ/n from the model.
#[test]
fn bootstraps_of_a_mean() {
    let n = COUNTS.len() as f64;
    let fit = maximum_likelihood(&Poisson, &COUNTS).unwrap();
    let rate = fit.estimates()[0];
    let square = COUNTS.iter().map(|x| (x - rate).powi(2)).sum::<f64>() / n;
    let variance =
        |of: &fisher_information::inference::Bootstrap| of.covariance().unwrap().get("rate", "rate").unwrap();
    let plain = fit.bootstrap(&settings(4000, 1)).unwrap();
    assert_true(variance(&plain), square / n);
    assert_true(plain.bias()[0], 0.0);
    let parametric = fit.parametric_bootstrap(&settings(4000, 1)).unwrap();
    assert_true(variance(&parametric), rate / n);
    assert_true(parametric.information().unwrap().information.get("rate", "rate").unwrap(), n / rate);

    // five pairs: the variance of a mean of five means of pairs, which is that of clusters
    let labels = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5];
    let pairs = fit.bootstrap_of_clusters(&labels, &settings(4000, 2)).unwrap();
    let clustered = fit.clustered(&labels).unwrap().covariance(SmallSample::None).unwrap();
    assert_true(variance(&pairs), clustered.matrix()[(0, 0)]);
    assert!((clustered.matrix()[(0, 0)] / (square / n) - 1.0).abs() > 0.1); // which is another number

    // beside the others
    let table = fit.covariances().and(plain.kind(), plain.covariance()).and(parametric.kind(), parametric.covariance());
    assert!(table.to_string().contains("nonparametric bootstrap"));
    assert!(table.get(CovarianceKind::Bootstrap { parametric: true }).is_ok());
}

/// Whole weights are repetitions, to the same draws; others cannot be drawn.
#[test]
fn bootstraps_with_weights_and_priors() {
    let weights = [1.0, 2.0, 1.0, 0.0, 3.0, 1.0, 1.0, 1.0, 2.0, 1.0];
    let weighted = Weighted { data: &COUNTS, weights: &weights };
    let repeated: Vec<f64> =
        COUNTS.iter().zip(weights).flat_map(|(&x, w)| std::iter::repeat_n(x, w as usize)).collect();
    let (light, heavy) =
        (maximum_likelihood(&Poisson, &weighted).unwrap(), maximum_likelihood(&Poisson, &repeated).unwrap());
    let same = |a: &DMatrix<f64>, b: &DMatrix<f64>| assert!((a - b).amax() < 1e-9);
    let plain = [light.bootstrap(&settings(50, 3)).unwrap(), heavy.bootstrap(&settings(50, 3)).unwrap()];
    same(plain[0].replications().estimates(), plain[1].replications().estimates());
    let drawn =
        [light.parametric_bootstrap(&settings(50, 3)).unwrap(), heavy.parametric_bootstrap(&settings(50, 3)).unwrap()];
    same(drawn[0].replications().estimates(), drawn[1].replications().estimates());

    let halves = [0.5; 10];
    let weighted = Weighted { data: &COUNTS, weights: &halves };
    let fit = maximum_likelihood(&Poisson, &weighted).unwrap();
    let refused = fit.bootstrap(&settings(50, 3));
    assert!(matches!(refused, Err(Error::FractionalWeight { index: 0, value: 0.5 })));
    // clusters are drawn whole, whatever the weights in them
    let labels = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5];
    assert_eq!(fit.bootstrap_of_clusters(&labels, &settings(50, 3)).unwrap().replications().count(), 50);
    let refused = fit.bootstrap_of_clusters(&[1; 10], &settings(50, 3));
    assert!(matches!(refused, Err(Error::TooFewClusters { clusters: 1 })));
    let refused = fit.bootstrap_of_clusters(&[1, 2], &settings(50, 3));
    assert!(matches!(refused, Err(Error::LengthMismatch { expected: 10, found: 2, .. })));

    // with a prior that is far stronger than the data the mode does not move
    let prior = NormalPrior { moments: vec![(3.0, 1e-3)] };
    let fit = MaximumLikelihood::new(&Poisson, &COUNTS).prior(&prior).fit().unwrap();
    let found = fit.bootstrap(&settings(50, 3)).unwrap();
    assert!(found.replications().estimates().iter().all(|rate| (rate - 3.0).abs() < 1e-4));
}

/// Rows with the covariance of a chain x' = ρx + √(1 − ρ²)Le, L Lᵀ = Σ, which is Σ at every step.
fn chain(length: usize, rho: f64, seed: u64) -> DMatrix<f64> {
    let mut stream = Stream::seed_from_u64(seed);
    let factor = dmatrix![2.0, 0.0; 1.0, 0.5];
    let mut rows = Vec::new();
    let mut state = [0.0; 2];
    for step in 0..length {
        let keep = if step == 0 { 0.0 } else { rho };
        for entry in &mut state {
            *entry = keep * *entry + (1.0 - keep * keep).sqrt() * Normal.sample(&[0.0, 1.0], &mut stream);
        }
        rows.extend((0..2).map(|i| factor[(i, 0)] * state[0] + factor[(i, 1)] * state[1]));
    }
    DMatrix::from_row_slice(length, 2, &rows)
}

/// Σ⁻¹ of the chain, Σ = [4, 2; 2, 1.25].
fn precision() -> DMatrix<f64> {
    dmatrix![1.25, -2.0; -2.0, 4.0]
}

/// Twelve draws of two parameters: without its factor the inverse would be too large by 11/8 on average; and its scatter is as predicted.
#[test]
fn the_inverse_of_a_small_sample() {
    let (repeats, truth) = (20_000, precision());
    let mut sums = [DMatrix::zeros(2, 2), DMatrix::zeros(2, 2), DMatrix::zeros(2, 2)];
    for seed in 0..repeats {
        let draws = chain(12, 0.0, seed);
        let centred = DMatrix::from_fn(12, 2, |i, j| draws[(i, j)] - draws.column(j).mean());
        let covariance = centred.transpose() * &centred / 11.0;
        let found = information_from_covariance(["a", "b"], covariance, 12.0, 1.0).unwrap();
        assert!((found.factor - 8.0 / 11.0).abs() < 1e-15);
        let off = found.information.matrix() - &truth;
        sums[1] += off.component_mul(&off);
        sums[0] += off;
        if seed == 0 {
            sums[2] = found.information.error().component_div(found.information.matrix()).abs();
        }
    }
    for place in [(0, 0), (1, 1)] {
        let (mean, square) = (sums[0][place] / repeats as f64, sums[1][place] / repeats as f64);
        // relative variance of a diagonal entry: 2/(ν − p − 3), ν = 11
        let predicted = 2.0 / 6.0 * truth[place].powi(2);
        assert!(mean.abs() < 4.0 * (square / repeats as f64).sqrt(), "{place:?} {mean}");
        assert!((square / predicted - 1.0).abs() < 0.15, "{place:?} {square} {predicted}");
        assert!((sums[2][place] - (2.0_f64 / 6.0).sqrt()).abs() < 1e-12);
    }
    let square = sums[1][(0, 1)] / repeats as f64;
    // ((ν − p + 1)P₁₂² + (ν − p − 1)P₁₁P₂₂)/((ν − p)(ν − p − 3)) = (10·4 + 8·5)/54
    assert!((square / (80.0 / 54.0) - 1.0).abs() < 0.15, "{square}");
}

/// Draws of a chain are worth fewer, and squares of them are worth (1 − ρ²)/(1 + ρ²).
#[test]
fn information_from_a_chain() {
    let (length, rho) = (40_000, 0.8);
    let draws = chain(length, rho, 5);
    let series: Vec<f64> = draws.column(0).iter().copied().collect();
    let worth = effective_draws(&series) / length as f64;
    assert!((worth / ((1.0 - rho) / (1.0 + rho)) - 1.0).abs() < 0.1, "{worth}");

    let found = information_from_chain(["a", "b"], &draws, 100.0).unwrap();
    let worth = found.effective_draws / length as f64;
    assert!((worth / ((1.0 - rho * rho) / (1.0 + rho * rho)) - 1.0).abs() < 0.15, "{worth}");
    assert_eq!(found.information.observations(), 100.0);
    assert!(found.information.provenance().is_random());
    let independent = information_from_draws(["a", "b"], &chain(length, 0.0, 6), 100.0).unwrap();
    assert_eq!(independent.effective_draws, length as f64);
    let normal = information_from_covariance(["a", "b"], dmatrix![4.0, 2.0; 2.0, 1.25], length as f64, 100.0).unwrap();
    for (i, j) in [(0, 0), (0, 1), (1, 1)] {
        for of in [&found, &independent] {
            assert_true(
                Estimate::new(of.information.matrix()[(i, j)], of.information.error()[(i, j)]),
                precision()[(i, j)],
            );
        }
        // the errors that make no use of normality agree with those that do
        let ratio = independent.information.error()[(i, j)] / normal.information.error()[(i, j)];
        assert!((ratio - 1.0).abs() < 0.05, "{ratio}");
        let slower = found.information.error()[(i, j)] / independent.information.error()[(i, j)];
        assert!((slower / ((1.0 + rho * rho) / (1.0 - rho * rho)).sqrt() - 1.0).abs() < 0.1, "{slower}");
    }
}

#[test]
fn worths_of_series() {
    assert!(effective_draws(&[]).is_nan());
    assert!(effective_draws(&[1.0, f64::NAN, 2.0]).is_nan());
    assert_eq!(effective_draws(&[3.0; 7]), 7.0);
    let alternating: Vec<f64> = (0..1000).map(|i| if i % 2 == 0 { 1.0 } else { -1.0 }).collect();
    assert_eq!(effective_draws(&alternating), 3000.0); // n log₁₀ n, the most
}

#[test]
fn draws_that_are_refused() {
    let draws = chain(50, 0.0, 1);
    let refused = information_from_draws(["a"], &draws, 1.0);
    assert!(matches!(refused, Err(Error::LengthMismatch { expected: 1, found: 2, .. })));
    let mut holed = draws.clone();
    holed[(7, 1)] = f64::INFINITY;
    let refused = information_from_chain(["a", "b"], &holed, 1.0);
    assert!(matches!(refused, Err(Error::DrawNotFinite { index: 7, name, .. }) if name == "b"));
    let few = draws.rows(0, 6).into_owned();
    assert!(matches!(information_from_draws(["a", "b"], &few, 1.0), Err(Error::TooFewDraws { draws: 6, needed: 7 })));
    let twice = DMatrix::from_fn(50, 2, |i, _| draws[(i, 0)]);
    assert!(matches!(information_from_draws(["a", "b"], &twice, 1.0), Err(Error::Singular { rank: 1, .. })));
    for draws in [6.0, f64::NAN, f64::INFINITY] {
        let refused = information_from_covariance(["a", "b"], precision(), draws, 1.0);
        assert!(matches!(refused, Err(Error::TooFewDraws { needed: 7, .. })), "{draws}");
    }
    let refused = information_from_covariance(["a", "b"], precision(), 100.0, 0.0);
    assert!(matches!(refused, Err(Error::InvalidObservations { .. })));
}
