//! What a regression says when it cannot be fitted.

use super::data;
use fisher_information::prelude::*;
use fisher_information::regression::*;

fn covariates(names: &[&str]) -> Covariates {
    Covariates::named(names.iter().copied()).unwrap()
}

/// Rows of 1, x and y.
fn rows(x: &[f64], y: &[f64]) -> Vec<Vec<f64>> {
    x.iter().zip(y).map(|(&x, &y)| vec![1.0, x, y]).collect()
}

const X: [f64; 8] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];

#[test]
fn separated_classes() {
    let complete = rows(&X, &[0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0]);
    let quasi = rows(&[1.0, 2.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0], &[0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0]);
    for data in [&complete, &quasi] {
        for link in [BinaryLink::Logit, BinaryLink::Probit, BinaryLink::ComplementaryLogLog] {
            let model = binary(link, &covariates(&["intercept", "x"])).unwrap();
            match model.fit(data).err().unwrap() {
                Error::Separated { direction, log_likelihood } => {
                    assert!(direction.contains('x'), "{direction}");
                    assert!(log_likelihood <= 0.0);
                }
                other => panic!("{link:?}: {other}"),
            }
        }
    }
    let three = rows(&X, &[0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0]);
    let model = multinomial(3, &covariates(&["intercept", "x"])).unwrap();
    let refusal = model.fit(&three).err().unwrap();
    assert!(matches!(refusal, Error::Separated { .. }), "{refusal}");
}

#[test]
fn responses_that_do_not_vary() {
    let constant = |y: f64| rows(&X, &[y; 8]);
    let names = covariates(&["intercept", "x"]);
    let refused = |refusal: Option<Error>, value: f64| {
        let refusal = refusal.expect("no maximum");
        assert_eq!(refusal, Error::ConstantResponse { value });
    };
    refused(logistic(&names).unwrap().fit(&constant(1.0)).err(), 1.0);
    refused(poisson(&names).unwrap().fit(&constant(0.0)).err(), 0.0);
    refused(linear(&names).unwrap().fit(&constant(2.5)).err(), 2.5);
    refused(gamma(&names).unwrap().fit(&constant(2.5)).err(), 2.5);
    // A constant count other than 0 has a Poisson fit.
    let (model, data) = (poisson(&names).unwrap(), constant(3.0));
    let fit = model.fit(&data).unwrap();
    assert!((fit.get("intercept").unwrap() - 3.0_f64.ln()).abs() < 1e-12);
}

#[test]
fn classes_without_an_observation() {
    let names = covariates(&["intercept", "x"]);
    let without = |class: f64, y: [f64; 8]| rows(&X, &y.map(|y| if y == class { class + 1.0 } else { y }));
    let y = [0.0, 1.0, 2.0, 1.0, 0.0, 2.0, 1.0, 3.0];
    for class in [1.0, 2.0] {
        let refusal = multinomial(4, &names).unwrap().fit(&without(class, y)).err();
        assert_eq!(refusal, Some(Error::EmptyClass { class: class as usize }), "multinomial {class}");
        let strip: Vec<Vec<f64>> = without(class, y).into_iter().map(|row| row[1..].to_vec()).collect();
        let refusal = ordinal(BinaryLink::Logit, 4, &covariates(&["x"])).unwrap().fit(&strip).err();
        assert_eq!(refusal, Some(Error::EmptyClass { class: class as usize }), "ordinal {class}");
    }
    let top: Vec<Vec<f64>> = rows(&X, &y.map(|y| y.min(2.0))).into_iter().map(|row| row[1..].to_vec()).collect();
    let refusal = ordinal(BinaryLink::Probit, 4, &covariates(&["x"])).unwrap().fit(&top).err();
    assert_eq!(refusal, Some(Error::EmptyClass { class: 3 }));
}

/// Responses known to ten digits more than their deviation: what rounding leaves is a fit.
#[test]
fn a_deviation_near_the_rounding_of_the_mean() {
    let data: Vec<Vec<f64>> = (0..40)
        .map(|i| {
            let x = 50.0 + f64::from(i);
            vec![1.0, x, 3.0 + 0.1 * x + 1e-7 * f64::from(i * 7 % 11 - 5)]
        })
        .collect();
    let model = linear(&covariates(&["intercept", "x"])).unwrap();
    let fit = model.fit(&data).unwrap();
    assert!((fit.get("x").unwrap() - 0.1).abs() < 1e-8);
    assert!((1e-7..5e-7).contains(&fit.get("deviation").unwrap()));
    assert!(fit.certificate().holds(1e-5), "{:?}", fit.certificate());
}

#[test]
fn collinear_columns_are_named() {
    let refusal = |names: &[&str], rows: &[Vec<f64>]| linear(&covariates(names)).unwrap().fit(rows).err().unwrap();
    let sum: Vec<Vec<f64>> =
        X.iter().map(|&x| vec![1.0, x, (x * 1.7).sin(), 0.5 * x + (x * 1.7).sin(), x * x]).collect();
    match refusal(&["intercept", "a", "b", "c"], &sum) {
        Error::Collinear { directions } => assert_eq!(directions, ["0.5 a + b − c"]),
        other => panic!("{other}"),
    }
    let constant: Vec<Vec<f64>> = X.iter().map(|&x| vec![1.0, x, 7.0, x * x]).collect();
    match refusal(&["intercept", "a", "seven"], &constant) {
        Error::Collinear { directions } => assert_eq!(directions, ["intercept − 0.1429 seven"]),
        other => panic!("{other}"),
    }
    // Nearly collinear is not collinear.
    let nearly: Vec<Vec<f64>> = X.iter().map(|&x| vec![1.0, x, x + 1e-4 * (3.0 * x).sin(), x.cos()]).collect();
    assert!(linear(&covariates(&["intercept", "a", "b"])).unwrap().check_design(&nearly).is_ok());
}

#[test]
fn too_few_observations() {
    let model = linear(&covariates(&["intercept", "x"])).unwrap();
    let refusal = model.fit(&rows(&X[..2], &[1.0, 5.0])).err().unwrap();
    assert_eq!(refusal, Error::FewerObservationsThanParameters { observations: 2, parameters: 3 });
    let weighted = Weighted { data: &rows(&X[..4], &[1.0, 5.0, 3.0, 4.0]), weights: &[1.0, 0.0, 1.0, 0.0] };
    let refusal = model.fit(&weighted).err().unwrap();
    assert_eq!(refusal, Error::FewerObservationsThanParameters { observations: 2, parameters: 3 });
}

#[test]
fn rows_of_the_wrong_kind() {
    let model = poisson(&covariates(&["intercept", "x"])).unwrap();
    let mut wide = rows(&X, &[1.0, 2.0, 0.0, 3.0, 1.0, 2.0, 5.0, 4.0]);
    wide[3].push(1.0);
    assert!(matches!(model.fit(&wide).err().unwrap(), Error::RowWidth { row: 3, expected: 3, found: 4 }));
    let negative = rows(&X, &[1.0, 2.0, 0.0, 3.0, -1.0, 2.0, 5.0, 4.0]);
    let refusal = model.fit(&negative).err().unwrap();
    assert!(matches!(refusal, Error::LikelihoodNotFinite { index: 4, .. }), "{refusal}");
    let model = logistic(&covariates(&["intercept", "x"])).unwrap();
    let half = rows(&X, &[0.0, 1.0, 0.0, 0.5, 0.0, 1.0, 1.0, 0.0]);
    let refusal = model.fit(&half).err().unwrap();
    assert!(matches!(refusal, Error::LikelihoodNotFinite { index: 3, .. }), "{refusal}");
    assert!(model.predictors_at(&[1.0], &[1.0, 2.0, 0.0]).is_err());
    assert!(model.ln_likelihood(&[1.0, 2.0], &[1.0, 2.0]).is_nan());
}

#[test]
fn models_that_cannot_be_made() {
    let two = Covariates::new([Columns::new(["a"]).unwrap(), Columns::new(["a"]).unwrap()]).unwrap();
    assert!(matches!(poisson(&two), Err(Error::LengthMismatch { .. })));
    assert!(linear(&two).is_ok());
    assert!(matches!(linear(&covariates(&["intercept", "deviation"])), Err(Error::RepeatedName { .. })));
    assert!(matches!(Columns::new(["a", "a"]), Err(Error::RepeatedName { .. })));
    assert!(matches!(Columns::new(Vec::<String>::new()), Err(Error::LengthMismatch { .. })));
    assert!(matches!(multinomial(1, &covariates(&["x"])), Err(Error::Unsupported { .. })));
    assert!(matches!(ordinal(BinaryLink::Logit, 3, &covariates(&["intercept", "x"])), Err(Error::Unsupported { .. })));
    let offset: Covariates = Columns::new(["x"]).unwrap().with_offset().into();
    assert!(matches!(multinomial(3, &offset), Err(Error::Unsupported { .. })));
    assert!(matches!(Regression::new(GammaMean, [Predictor::constant()]), Err(Error::LengthMismatch { .. })));
}

#[test]
fn cut_points_out_of_order() {
    let model = ordinal(BinaryLink::Logit, 3, data::housing().covariates()).unwrap();
    let mut theta = vec![0.0; 6];
    theta.extend([1.0, 0.5]);
    match model.check(&theta) {
        Err(Error::ParametersOutsideDomain { names, values, .. }) => {
            assert_eq!(
                (names.as_slice(), values.as_slice()),
                (&["cut 0|1".to_owned(), "cut 1|2".to_owned()][..], &[1.0, 0.5][..])
            );
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_to_simulate() {
    let model = poisson(&covariates(&["intercept", "x"])).unwrap();
    assert!(matches!(simulate(&model, &[0.0, 1.0], &Vec::<Vec<f64>>::new(), 1), Err(Error::NoData)));
    let mut ragged = rows(&X, &X);
    ragged[2].pop();
    assert!(matches!(simulate(&model, &[0.0, 1.0], &ragged, 1), Err(Error::RowWidth { row: 2, .. })));
    assert!(simulate(&model, &[0.0], &rows(&X, &X), 1).is_err());
}
