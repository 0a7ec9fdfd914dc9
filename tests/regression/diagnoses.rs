//! Robust covariances, leverages, residuals and predictions against R and statsmodels.

use super::data::{self, matrix, numbers, reference};
use fisher_information::prelude::*;
use fisher_information::regression::*;
use serde_json::Value;

fn close(what: &str, ours: &[f64], theirs: &Value, tolerance: f64) {
    let theirs = numbers(theirs);
    assert_eq!(ours.len(), theirs.len(), "{what}");
    let scale = theirs.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
    for (i, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
        assert!((ours - theirs).abs() <= tolerance * scale, "{what} {i}: {ours} and {theirs}");
    }
}

const ALL: [(&str, HeteroscedasticityCorrection); 4] = [
    ("covariance_hc0", HeteroscedasticityCorrection::HC0),
    ("covariance_hc1", HeteroscedasticityCorrection::HC1),
    ("covariance_hc2", HeteroscedasticityCorrection::HC2),
    ("covariance_hc3", HeteroscedasticityCorrection::HC3),
];

/// Whatever the reference has of the four.
fn robust<F: SampleSpace>(name: &str, model: Result<Regression<F>, Error>, sample: &Sample, least: usize) {
    let model = model.unwrap();
    let fit = model.fit(sample).unwrap();
    let theirs = reference("r", name);
    let mut compared = 0;
    for (key, correction) in ALL.into_iter().filter(|(key, _)| theirs[key].is_array()) {
        let ours = heteroscedastic_covariance(&fit, correction).unwrap();
        let want = matrix(&theirs[key]);
        let error = (ours.matrix() - &want).amax() / want.amax();
        assert!(error < 1e-6, "{name} {key}: {error:.1e}");
        assert!(ours.error().iter().all(|error| error.is_finite()), "{name} {key}");
        compared += 1;
    }
    assert!(compared >= least, "{name}: {compared}");
}

#[test]
fn covariances_for_unequal_variances() {
    let sample = data::stackloss();
    robust("stackloss_lm", linear(sample.covariates()), &sample, 4);
    let sample = data::challenger("any");
    robust("challenger_any", logistic(sample.covariates()), &sample, 2);
    let sample = data::quine();
    robust("quine_poisson", poisson(sample.covariates()), &sample, 1);
    let sample = data::insurance();
    robust("insurance_poisson", poisson(sample.covariates()), &sample, 1);
    let sample = data::budworm();
    for (name, link) in [
        ("budworm_logit", BinaryLink::Logit),
        ("budworm_probit", BinaryLink::Probit),
        ("budworm_cloglog", BinaryLink::ComplementaryLogLog),
    ] {
        robust(name, binomial(link, sample.covariates()), &sample, 1);
    }
}

#[test]
fn leverages_and_residuals_of_a_linear_regression() {
    let sample = data::stackloss();
    let model = linear(sample.covariates()).unwrap();
    let leverage = Leverage::of(&model.fit(&sample).unwrap(), Dispersion::Estimated).unwrap();
    let theirs = reference("r", "stackloss_lm");
    close("hat", leverage.hat(), &theirs["hat_values"], 1e-9);
    close("Cook", &leverage.cooks_distance(), &theirs["cooks_distance"], 1e-9);
    close("standardised", &leverage.standardised(), &theirs["residuals_standardised"], 1e-9);
    close("studentised", &leverage.studentised(), &theirs["residuals_studentised"], 1e-9);
    assert!((leverage.hat().iter().sum::<f64>() - 4.0).abs() < 1e-11);
    // The deviance of a normal response is the square of its residual in standard deviations.
    for (d, r) in leverage.deviance().iter().zip(leverage.pearson()) {
        assert!((d - r).abs() < 1e-7 * (1.0 + r.abs()), "{d} {r}");
    }
}

#[test]
fn leverages_and_residuals_of_a_logistic_regression() {
    let sample = data::challenger("any");
    let model = logistic(sample.covariates()).unwrap();
    let leverage = Leverage::of(&model.fit(&sample).unwrap(), Dispersion::Known).unwrap();
    let theirs = reference("r", "challenger_any");
    close("hat", leverage.hat(), &theirs["hat_values"], 1e-6);
    close("Cook", &leverage.cooks_distance(), &theirs["cooks_distance"], 1e-6);
    close("Pearson", leverage.pearson(), &theirs["residual_pearson"], 1e-6);
    close("deviance", leverage.deviance(), &theirs["residual_deviance"], 1e-6);
    close("standardised deviance", &leverage.standardised_deviance(), &theirs["residual_standardised_deviance"], 1e-6);
}

/// The sums of squares are the deviance and Pearson's statistic.
fn deviance<F: SampleSpace>(name: &str, model: Result<Regression<F>, Error>, sample: &Sample) {
    let model = model.unwrap();
    let leverage = Leverage::of(&model.fit(sample).unwrap(), Dispersion::Known).unwrap();
    let theirs = reference("r", name);
    for (key, residuals) in [("deviance", leverage.deviance()), ("pearson", leverage.pearson())] {
        let Some(want) = theirs[key].as_f64() else { continue };
        let ours: f64 = residuals.iter().map(|r| r * r).sum();
        assert!((ours / want - 1.0).abs() < 1e-9, "{name} {key}: {ours} and {want}");
    }
}

#[test]
fn deviances() {
    let (quine, budworm, insurance) = (data::quine(), data::budworm(), data::insurance());
    deviance("quine_poisson", poisson(quine.covariates()), &quine);
    deviance("quine_negative_binomial", negative_binomial(quine.covariates()), &quine);
    deviance("insurance_poisson", poisson(insurance.covariates()), &insurance);
    deviance("budworm_logit", binomial(BinaryLink::Logit, budworm.covariates()), &budworm);
    deviance("budworm_cloglog", binomial(BinaryLink::ComplementaryLogLog, budworm.covariates()), &budworm);
}

#[test]
fn predictions_of_a_linear_regression() {
    let sample = data::stackloss();
    let model = linear(sample.covariates()).unwrap();
    let fit = model.fit(&sample).unwrap();
    let theirs = reference("r", "stackloss_lm");
    let points: Vec<Vec<f64>> = theirs["prediction_points"].as_array().unwrap().iter().map(numbers).collect();
    assert!(!points.is_empty());
    for (i, point) in points.iter().enumerate() {
        let skip = usize::from(point.len() == 4);
        let row = [&[1.0], &point[skip..], &[0.0]].concat();
        let ours = predict_linear(&fit, &row, 0.95).unwrap();
        let mean = [ours.mean.value, ours.mean.lower, ours.mean.upper];
        close("mean", &mean, &theirs["fitted_and_confidence_interval"][i], 1e-8);
        let response = [ours.mean.value, ours.response[0], ours.response[1]];
        close("response", &response, &theirs["fitted_and_prediction_interval"][i], 1e-8);
    }
}

#[test]
fn predictions_of_a_probability() {
    let sample = data::challenger("any");
    let model = logistic(sample.covariates()).unwrap();
    let fit = model.fit(&sample).unwrap();
    let prediction = predict(&fit, &[1.0, 31.0, 0.0], 0.95).unwrap();
    let mean = predict_mean(&fit, &[1.0, 31.0, 0.0], 0.95).unwrap();
    let logistic = |eta: f64| 1.0 / (1.0 + (-eta).exp());
    for (ours, eta) in [
        (mean.value, prediction.predictor.value),
        (mean.lower, prediction.predictor.lower),
        (mean.upper, prediction.predictor.upper),
    ] {
        assert!((ours - logistic(eta)).abs() < 1e-12);
    }
    // 15.0429 − 0.232163 · 31 ± 1.96 · √(54.4443 − 2 · 31 · 0.796387 + 31² · 0.0117151)
    assert!((prediction.predictor.value - 7.845_856_6).abs() < 1e-6, "{prediction:?}");
    let variance: f64 = 54.444_274_900_8 - 62.0 * 0.796_386_825_3 + 961.0 * 0.011_715_144_618_7;
    assert!((prediction.standard_error - variance.sqrt()).abs() < 1e-6, "{prediction:?}");
}

/// The interval covers as often as it says, within four standard errors.
#[test]
fn prediction_intervals_by_simulation() {
    let sample = data::quine();
    let model = negative_binomial(sample.covariates()).unwrap();
    let fit = model.fit(&sample).unwrap();
    let row = sample.get(0);
    let interval = prediction_interval(&fit, row, 0.8, 4000, 3).unwrap();
    assert_eq!(interval, prediction_interval(&fit, row, 0.8, 4000, 3).unwrap());
    let rows = vec![row.to_vec(); 4000];
    let drawn = simulate(&model, fit.theta(), &rows, 11).unwrap();
    let width = row.len();
    let inside =
        drawn.values().chunks(width).filter(|row| (interval[0]..=interval[1]).contains(&row[width - 1])).count();
    // At least 80 %: counts are lumpy, and the interval knows that η is estimated.
    assert!((3100..3700).contains(&inside), "{inside} of 4000 in {interval:?}");
}

#[test]
fn questions_without_an_answer() {
    let sample = data::challenger("any");
    let model = logistic(sample.covariates()).unwrap();
    let fit = model.fit(&sample).unwrap();
    for level in [0.0, 1.0, f64::NAN, 1.5] {
        assert!(matches!(predict(&fit, &[1.0, 60.0, 0.0], level), Err(Error::InvalidLevel { .. })));
    }
    assert!(matches!(predict(&fit, &[1.0], 0.95), Err(Error::LengthMismatch { .. })));
    assert!(matches!(predict_mean(&fit, &[1.0, 60.0], 0.95), Err(Error::Unsupported { .. })));
    assert!(matches!(prediction_interval(&fit, &[1.0, 60.0, 0.0], 0.9, 10, 1), Err(Error::TooFewDraws { .. })));
    // A column that is 1 in one row alone.
    let rows: Vec<Vec<f64>> = (0..6).map(|i| vec![1.0, f64::from(u8::from(i == 4)), f64::from(i * i % 5)]).collect();
    let model = linear(&Covariates::named(["intercept", "fifth"]).unwrap()).unwrap();
    let fit = model.fit(&rows).unwrap();
    let refusal = Leverage::of(&fit, Dispersion::Estimated).unwrap_err();
    assert_eq!(refusal, Error::FullLeverage { row: 4 });
    assert!(heteroscedastic_covariance(&fit, HeteroscedasticityCorrection::HC3).is_err());
    assert!(heteroscedastic_covariance(&fit, HeteroscedasticityCorrection::HC1).is_ok());
    let lives = data::gehan();
    let model = accelerated_failure_time(Law::Weibull, lives.covariates()).unwrap();
    let fit = model.fit(&lives).unwrap();
    assert!(matches!(Leverage::of(&fit, Dispersion::Known), Err(Error::Unsupported { .. })));
    assert!(matches!(predict_mean(&fit, lives.get(0), 0.9), Err(Error::Unsupported { .. })));
    assert!(predict(&fit, lives.get(0), 0.9).is_ok());
}
