//! Predictions of new observations.

use super::intervals::{GAMMA, assert_close};
use fisher_information::distributions::*;
use fisher_information::inference::*;
use fisher_information::prelude::*;
use statrs::distribution::{ContinuousCDF, DiscreteCDF};

/// A normal mean with known deviation: the average of N(μ, σ²) over N(x̄, σ²/n) is N(x̄, σ²(1 + 1/n)).
#[test]
fn the_predictive_distribution_of_a_normal_mean_is_normal() {
    let model = Known::<_, Fixed<1>>::new(Normal, &[("deviation", 2.0)]).unwrap();
    let fit = maximum_likelihood(&model, &[1.0, 3.0, 2.0, 6.0]).unwrap();
    let covariance = fit.covariance().unwrap();
    let z = 1.959963984540054;
    let plug_in = fit.plug_in().unwrap().interval(0.95).unwrap();
    assert_close(plug_in.ends()[0], 3.0 - 2.0 * z, 1e-9);
    assert_close(plug_in.estimate, 3.0, 1e-9);
    let averaged = fit.predictive(&covariance).unwrap();
    let deviation = 2.0 * 1.25_f64.sqrt();
    assert_close(averaged.interval(0.95).unwrap().ends()[1], 3.0 + deviation * z, 1e-9);
    let normal = statrs::distribution::Normal::new(3.0, deviation).unwrap();
    for x in [-20.0, 0.0, 2.9, 7.0, 25.0] {
        assert_close(averaged.cdf(x), normal.cdf(x), 1e-8);
        assert_close(averaged.survival(x), normal.sf(x), 1e-8);
    }
    // By draws: a standard error of a quantile of about σ/√(n f²) with 20 000 draws.
    let drawn = fit.predictive_by_draws(&covariance, 20_000, 3).unwrap().interval(0.95).unwrap();
    assert!(
        (drawn.ends()[1] - 3.0 - deviation * z).abs() < 0.1
            && drawn.ends()[1] != averaged.interval(0.95).unwrap().ends()[1]
    );
    assert!(matches!(fit.predictive_by_draws(&covariance, 1, 3).err(), Some(Error::TooFewDraws { .. })));
}

/// An exponential rate: ∫ exp(−x eᵗ) φ(t; ln λ̂, 1/n) dt by the trapezoidal rule.
#[test]
fn the_predictive_distribution_of_a_waiting_time_is_its_integral() {
    let data = [0.2, 1.4, 0.9, 3.8, 0.1, 0.6, 2.2];
    let fit = maximum_likelihood(&Exponential, &data).unwrap();
    let (rate, n) = (fit.get("rate").unwrap(), 7.0_f64);
    let predictive = fit.predictive(&fit.covariance().unwrap()).unwrap();
    let survival = |x: f64| {
        let step = 0.001;
        let term = |k: i32| {
            let z = f64::from(k) * step;
            (-0.5 * z * z - x * rate * (z / n.sqrt()).exp()).exp()
        };
        step * (-10_000..=10_000).map(term).sum::<f64>() / std::f64::consts::TAU.sqrt()
    };
    for x in [1e-6, 0.3, 1.0, 4.0, 10.0] {
        assert_close(predictive.survival(x), survival(x), 1e-8);
        assert!((predictive.cdf(x) - 1.0 + survival(x)).abs() < 1e-10);
    }
    let [lower, upper] = predictive.interval(0.9).unwrap().ends();
    assert_close(1.0 - survival(lower), 0.05, 1e-8);
    assert_close(survival(upper), 0.05, 1e-8);
    assert_close(predictive.quantile(0.25).map(|x| predictive.cdf(x)).unwrap(), 0.25, 1e-10);
    // Wider than the plug-in interval.
    assert!(upper > fit.plug_in().unwrap().interval(0.9).unwrap().ends()[1]);
}

#[test]
fn two_parameters_by_rule_and_by_draws() {
    let fit = maximum_likelihood(&Gamma, &GAMMA).unwrap();
    let covariance = fit.covariance().unwrap();
    let rule = fit.predictive(&covariance).unwrap();
    let draws = fit.predictive_by_draws(&covariance, 20_000, 11).unwrap();
    let again = fit.predictive_by_draws(&covariance, 20_000, 11).unwrap();
    for x in [0.05, 0.5, 2.0, 6.0] {
        // The spread of F(x; θ) over θ is below 0.15: four standard errors of the mean of 10 000 pairs.
        assert!((rule.cdf(x) - draws.cdf(x)).abs() < 4.0 * 0.15 / 100.0);
        assert!((rule.cdf(x) + rule.survival(x) - 1.0).abs() < 1e-12);
        assert_eq!(draws.cdf(x), again.cdf(x));
    }
    // The plug-in quantiles are those of the gamma distribution.
    let [shape, rate] = *fit.theta();
    let gamma = statrs::distribution::Gamma::new(shape, rate).unwrap();
    for (end, p) in fit.plug_in().unwrap().interval(0.9).unwrap().ends().iter().zip([0.05, 0.95]) {
        assert_close(gamma.cdf(*end), p, 1e-9);
    }
}

#[test]
fn an_interval_for_a_count_holds_at_least_its_level() {
    let counts = [0.0, 3.0, 1.0, 0.0, 5.0, 2.0, 0.0, 1.0, 4.0, 2.0];
    let fit = maximum_likelihood(&Poisson, &counts).unwrap();
    let poisson = statrs::distribution::Poisson::new(1.8).unwrap();
    for level in [0.5, 0.9, 0.99, 0.999999] {
        let [lower, upper] = fit.plug_in().unwrap().interval(level).unwrap().ends();
        let rest = 0.5 * (1.0 - level);
        let (low, high) = (lower as u64, upper as u64);
        assert!(lower == low as f64 && upper == high as f64);
        assert!(poisson.cdf(low) >= rest && (low == 0 || poisson.cdf(low - 1) < rest));
        assert!(poisson.sf(high) <= rest && (high == 0 || poisson.sf(high - 1) > rest));
        let wider = fit.predictive(&fit.covariance().unwrap()).unwrap().interval(level).unwrap().ends();
        assert!(wider[0] <= lower && wider[1] >= upper);
    }
    assert!(matches!(fit.plug_in().unwrap().quantile(0.0), Err(Error::InvalidLevel { .. })));
}
