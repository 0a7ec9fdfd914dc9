//! Derivatives through the linear predictors are those of dual numbers over all coefficients, to rounding.

use fisher_information::derivatives::{Derivatives, derivatives};
use fisher_information::prelude::*;
use fisher_information::regression::*;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A model without its shortcut.
struct Plain<'a, M>(&'a M);

impl<M: LogLikelihood<Parameters = Dynamic, Observation = [f64]>> LogLikelihood for Plain<'_, M> {
    type Parameters = Dynamic;
    type Observation = [f64];

    fn ln_likelihood<D: Scalar>(&self, theta: &[D], row: &[D]) -> D {
        self.0.ln_likelihood(theta, row)
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.0.parameters()
    }
}

/// That both ways agree, relative to the largest entry.
fn agree<F: SampleSpace>(what: &str, model: &Regression<F>, theta: &[f64], row: &[f64]) {
    let mut buffers = (vec![0.0; theta.len()], vec![0.0; theta.len() * (theta.len() + 1) / 2]);
    assert!(model.second_order(theta, row, &mut buffers.0, &mut buffers.1).is_some(), "{what}: no shortcut");
    let fast = derivatives(model, theta, row).unwrap();
    let Derivatives { value, score, hessian } = derivatives(&Plain(model), theta, row).unwrap();
    assert!((fast.value - value).abs() <= 1e-14 * (1.0 + value.abs()), "{what}: {} {value}", fast.value);
    assert!((&fast.score - &score).amax() <= 1e-12 * (1.0 + score.amax()), "{what}: {} {score}", fast.score);
    assert!((&fast.hessian - &hessian).amax() <= 1e-12 * (1.0 + hessian.amax()), "{what}: {} {hessian}", fast.hessian);
}

fn columns(offset: bool) -> Columns {
    let columns = Columns::new(["intercept", "a", "b"]).unwrap();
    if offset { columns.with_offset() } else { columns }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 256,
        rng_seed: RngSeed::Fixed(5),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_short_way_is_the_long_way(
        x in proptest::collection::vec(-2.0..2.0f64, 6),
        beta in proptest::collection::vec(-1.0..1.0f64, 8),
        y in 0.01..4.0f64,
        count in 0u8..90,
        constant in 0.05..5.0f64,
    ) {
        let one: Covariates = columns(true).into();
        let plain: Covariates = columns(false).into();
        let two = Covariates::new([columns(true), columns(false)]).unwrap();
        let (b, count) = (&beta[..3], f64::from(count));
        let with = |constant: f64| [b, &[constant]].concat();
        let row = |response: &[f64]| [&[1.0, x[0], x[1], x[2]], response].concat();
        let row_of_two = |response: &[f64]| [&[1.0, x[0], x[1], 1.0, x[3], x[4], x[2]], response].concat();

        agree("linear", &linear(&one).unwrap(), &with(constant), &row(&[y]));
        agree("linear in two predictors", &linear(&two).unwrap(), &beta[..6], &row_of_two(&[y]));
        agree("Poisson", &poisson(&one).unwrap(), b, &row(&[count]));
        agree("negative binomial", &negative_binomial(&one).unwrap(), &with(constant), &row(&[count]));
        agree("negative binomial, little dispersion", &negative_binomial(&one).unwrap(), &with(1e-3 * constant), &row(&[count]));
        agree("negative binomial in two", &negative_binomial(&two).unwrap(), &beta[..6], &row_of_two(&[count]));
        agree("gamma", &gamma(&one).unwrap(), &with(constant), &row(&[y]));
        agree("beta", &beta_regression(&one), &with(constant), &row(&[y / 4.1]));
        for link in [BinaryLink::Logit, BinaryLink::Probit, BinaryLink::ComplementaryLogLog] {
            agree("binary", &binary(link, &one).unwrap(), b, &row(&[f64::from(u8::from(y > 2.0))]));
            agree("binomial", &binomial(link, &one).unwrap(), b, &row(&[count + 3.0, count]));
            let theta = [beta[0], beta[1], -1.0, -1.0 + constant, 5.0];
            let model = ordinal(link, 4, &Covariates::named(["a", "b"]).unwrap()).unwrap();
            for class in [0.0, 1.0, 2.0, 3.0] {
                agree("ordinal", &model, &theta, &[x[0], x[1], class]);
            }
        }
        for class in [0.0, 1.0, 2.0] {
            let row = [&[1.0, x[0], x[1]], &[class][..]].concat();
            agree("multinomial", &multinomial(3, &plain).unwrap(), &beta[..6], &row);
        }
        for law in [Law::Weibull, Law::LogNormal, Law::LogLogistic] {
            for event in [0.0, 1.0] {
                agree("lifetime", &accelerated_failure_time(law, &one).unwrap(), &with(constant), &row(&[y, event]));
            }
            agree("watched", &watched_failure_time(law, &one).unwrap(), &with(constant), &row(&[2.0, y]));
        }
        agree("exponential lifetime", &exponential_lifetime(&one).unwrap(), b, &row(&[y, 1.0]));
        let links = [Link::SquareRoot, Link::Inverse].map(|link| {
            Regression::new(GammaMean, [Predictor::linear(link, columns(true)), Predictor::constant()]).unwrap()
        });
        for model in &links {
            agree("gamma by another link", model, &[3.0, 0.1 * b[1], 0.1 * b[2], constant], &row(&[y]));
        }
    }
}

fn beta_regression(covariates: &Covariates) -> Regression<BetaMean> {
    fisher_information::regression::beta(covariates).unwrap()
}

#[test]
fn many_predictors_share_the_columns() {
    let model = multinomial(12, &Columns::new(["intercept", "x"]).unwrap().into()).unwrap();
    let theta: Vec<f64> = (0..22).map(|i| 0.1 * f64::from(i % 7) - 0.3).collect();
    for class in 0..12 {
        agree("twelve classes", &model, &theta, &[1.0, -0.7, f64::from(class)]);
    }
}
