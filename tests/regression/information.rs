//! The expected information of a row, against quadrature and sums over all coefficients.

use fisher_information::expectation::Settings;
use fisher_information::information::{Method, expected_of_data, moments_given};
use fisher_information::prelude::*;
use fisher_information::regression::*;

/// That the short way to the information of a row is the expectation of the outer product of its score.
fn agree<F: SampleSpace>(what: &str, model: &Regression<F>, theta: &[f64], row: &[f64]) {
    let [matrix, error] = model.information_given(theta, row).unwrap().unwrap_or_else(|e| panic!("{what}: {e}"));
    let long =
        moments_given(model, theta, row, Method::Automatic, &Settings::default()).unwrap().information().unwrap();
    for i in 0..theta.len() {
        for j in 0..theta.len() {
            let (ours, theirs) = (matrix[(i, j)], long.matrix()[(i, j)]);
            let allowed = error[(i, j)] + long.error()[(i, j)] + 1e-11 * long.matrix().amax();
            assert!((ours - theirs).abs() <= allowed, "{what} ({i}, {j}): {ours} and {theirs} ± {allowed:.1e}");
        }
    }
}

#[test]
fn of_a_row_given_its_covariates() {
    let one: Covariates = Columns::new(["intercept", "x"]).unwrap().with_offset().into();
    let plain = Covariates::named(["intercept", "x"]).unwrap();
    let two =
        Covariates::new([Columns::new(["intercept", "x"]).unwrap(), Columns::new(["intercept"]).unwrap()]).unwrap();
    agree("linear", &linear(&one).unwrap(), &[0.5, -0.2, 1.5], &[1.0, 2.0, 0.3, 0.0]);
    agree("linear in two", &linear(&two).unwrap(), &[0.5, -0.2, 0.3], &[1.0, 2.0, 1.0, 0.0]);
    agree("Poisson", &poisson(&one).unwrap(), &[0.5, -0.2], &[1.0, 2.0, 0.3, 0.0]);
    agree("negative binomial", &negative_binomial(&one).unwrap(), &[0.5, -0.2, 0.7], &[1.0, 2.0, 0.3, 0.0]);
    agree("gamma", &gamma(&one).unwrap(), &[0.5, -0.2, 2.5], &[1.0, 2.0, 0.3, 1.0]);
    agree("gamma of large shape", &gamma(&one).unwrap(), &[0.5, -0.2, 250.0], &[1.0, 2.0, 0.3, 1.0]);
    agree("beta", &beta(&one).unwrap(), &[0.5, -0.2, 7.5], &[1.0, 2.0, 0.3, 0.5]);
    for link in [BinaryLink::Logit, BinaryLink::Probit, BinaryLink::ComplementaryLogLog] {
        agree("binary", &binary(link, &one).unwrap(), &[0.5, -0.9], &[1.0, 2.0, 0.3, 1.0]);
        agree("binomial", &binomial(link, &one).unwrap(), &[0.5, -0.9], &[1.0, 2.0, 0.3, 7.0, 1.0]);
        let model = ordinal(link, 4, &Covariates::named(["x"]).unwrap()).unwrap();
        agree("ordinal", &model, &[0.4, -0.5, 0.7, 1.9], &[2.0, 1.0]);
    }
    agree("multinomial", &multinomial(4, &plain).unwrap(), &[0.4, -0.5, 0.7, 0.9, -1.0, 0.2], &[1.0, 2.0, 1.0]);
    for law in [Law::Weibull, Law::LogNormal, Law::LogLogistic] {
        agree("watched", &watched_failure_time(law, &one).unwrap(), &[0.5, -0.2, 0.8], &[1.0, 2.0, 0.3, 2.0, 1.0]);
    }
}

/// Without a limit nobody knows what might have been seen.
#[test]
fn a_censored_lifetime_has_no_expectation() {
    let model = accelerated_failure_time(Law::Weibull, &Covariates::named(["intercept"]).unwrap()).unwrap();
    let refusal = expected_of_data(&model, &[0.0, 1.0], &[vec![1.0, 2.0, 1.0]]).unwrap_err();
    assert!(matches!(refusal, Error::Unsupported { .. }), "{refusal}");
}

/// The mean of the scores of forty thousand draws, and of their squares.
#[test]
fn draws_have_the_score_that_is_expected() {
    let covariates = Covariates::named(["intercept", "x"]).unwrap();
    let (theta, count) = ([0.3, 0.5, 0.7], 39_996);
    let model = watched_failure_time(Law::Weibull, &covariates).unwrap();
    let rows: Vec<Vec<f64>> = (0..count).map(|i| vec![1.0, f64::from(i % 3) - 1.0, 1.5, 0.0]).collect();
    let drawn = simulate(&model, &theta, &rows, 5).unwrap();
    mean_score_is_zero(&model, &theta, &drawn);
    let binomial = binomial(BinaryLink::ComplementaryLogLog, &covariates).unwrap();
    let rows: Vec<Vec<f64>> = (0..count).map(|i| vec![1.0, f64::from(i % 3) - 1.0, f64::from(i % 4), 0.0]).collect();
    mean_score_is_zero(&binomial, &theta[..2], &simulate(&binomial, &theta[..2], &rows, 5).unwrap());
    let classes = ordinal(BinaryLink::Probit, 3, &Covariates::named(["x"]).unwrap()).unwrap();
    let rows: Vec<Vec<f64>> = (0..count).map(|i| vec![f64::from(i % 3) - 1.0, 0.0]).collect();
    mean_score_is_zero(&classes, &theta, &simulate(&classes, &theta, &rows, 5).unwrap());
    let counts = negative_binomial(&covariates).unwrap();
    let rows: Vec<Vec<f64>> = (0..count).map(|i| vec![1.0, f64::from(i % 3) - 1.0, 0.0]).collect();
    mean_score_is_zero(&counts, &theta, &simulate(&counts, &theta, &rows, 5).unwrap());
    let logits = [0.2, -0.4, 0.6, 0.1];
    let several = multinomial(3, &covariates).unwrap();
    mean_score_is_zero(&several, &logits, &simulate(&several, &logits, &rows, 5).unwrap());
}

/// A draw keeps the covariates; without a row they are those of the intercept.
#[test]
fn draws_given_a_row() {
    use rand::SeedableRng;
    let model = binomial(BinaryLink::Logit, &Covariates::named(["x", "intercept"]).unwrap()).unwrap();
    let row = [2.0, 1.0, 30.0, 0.0];
    let streams = || Stream::seed_from_u64(4);
    let drawn = model.sample_given(&[0.5, -1.0], &row, &mut streams());
    assert_eq!(drawn[..3], row[..3]);
    assert_eq!(drawn, simulate(&model, &[0.5, -1.0], &[row.to_vec()], 4).unwrap().values());
    assert_eq!(model.sample(&[0.5, 40.0], &mut streams()), [0.0, 1.0, 1.0, 1.0]);
    assert!(model.sample_given(&[0.5, 40.0], &[1.0, 2.0], &mut streams()).iter().all(|value| value.is_nan()));
}

/// That the score of draws has the mean 0 within four standard errors, and outer products of the expected size.
fn mean_score_is_zero<F: SampleSpace>(model: &Regression<F>, theta: &[f64], drawn: &Table) {
    let sums = fisher_information::information::ScoreSums::of(model, theta, drawn).unwrap();
    // The covariates repeat after twelve rows.
    let twelve: Vec<Vec<f64>> = (0..12).map(|i| Observations::<[f64]>::get(drawn, i).to_vec()).collect();
    let repeats = f64::from(u32::try_from(Observations::<[f64]>::count(drawn)).unwrap()) / 12.0;
    let expected = expected_of_data(model, theta, &twelve).unwrap().times(repeats).unwrap();
    for (i, score) in sums.score().iter().enumerate() {
        let deviation = expected.matrix()[(i, i)].sqrt();
        assert!(score.value.abs() < 4.0 * deviation, "score {i} is {} deviations from 0", score.value / deviation);
        let ratio = sums.empirical().unwrap().matrix()[(i, i)] / expected.matrix()[(i, i)];
        assert!((ratio - 1.0).abs() < 0.05, "{i}: {ratio}");
    }
}
