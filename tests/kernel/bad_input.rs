//! Bad data, bad weights and bad parameters: the kernel says what the dual numbers say.

use super::comparison::{assert_alike, outcomes};
use super::expression::Function::{Exp, Ln};
use super::expression::{Expression, Model, c, choose, normal, p, table, x};
use fisher_information::Error;
use fisher_information::information::{Table, Weighted};
use fisher_information::kernel::Path;
use fisher_information::model::Observations;

/// A regression with a positive deviation; its formula is another for negative x.
fn model() -> Model {
    let curve = choose(x(0), c(0.0), p(0) * x(0), p(0) * x(0).powi(2));
    Model { positive: vec![1], ..Model::from(normal(x(1), curve, p(1))) }
}

fn rows(count: usize) -> Vec<Vec<f64>> {
    table(count, &[[-1.0, 1.0], [0.0, 2.0]], 21).values().chunks(2).map(<[f64]>::to_vec).collect()
}

fn theta() -> Vec<Vec<f64>> {
    vec![vec![0.5, 1.2], vec![-0.5, 0.7]]
}

/// The error that both paths give.
#[track_caller]
fn refusal(model: &Model, data: &dyn Observations<[f64]>, theta: &[f64]) -> Error {
    assert_alike("bad input", model, data, &[theta.to_vec()]);
    outcomes(model, data, &[theta.to_vec()], Path::Kernel).remove(0).unwrap_err()
}

const PLACES: [usize; 8] = [0, 1, 33, 255, 256, 600, 1024, 1499];

#[test]
fn numbers_that_are_not_finite() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for place in PLACES {
            for coordinate in 0..2 {
                let mut rows = rows(1500);
                rows[place][coordinate] = bad;
                let error = refusal(&model(), &rows, &theta()[0]);
                assert!(
                    matches!(error, Error::ObservationNotFinite { index, coordinate: found, .. }
                        if index == place && found == coordinate),
                    "{error}"
                );
                let table = Table::new(2, rows.concat()).unwrap();
                assert_eq!(refusal(&model(), &table, &theta()[0]).to_string(), error.to_string());
            }
        }
    }
}

#[test]
fn ragged_rows() {
    for place in PLACES {
        for width in [0, 1, 3] {
            let mut rows = rows(1500);
            rows[place] = vec![0.5; width];
            // the first row is the measure of the others, and a model that expects more cannot be asked
            if place > 0 {
                let error = refusal(&model(), &rows, &theta()[0]);
                assert_eq!(error, Error::RowWidth { row: place, expected: 2, found: width });
            }
        }
    }
    let mut rows = rows(1500);
    (rows[0], rows[1499]) = (vec![0.5, 0.1, 0.2], vec![0.4]);
    assert_eq!(refusal(&model(), &rows, &theta()[0]), Error::RowWidth { row: 1, expected: 3, found: 2 });
}

/// The first of several mistakes is named, also where rows are sorted by their course.
#[test]
fn the_first_of_several_mistakes() {
    // infinite at x = 1, whatever the course
    let pole = |inner: Expression| (inner - c(1.0)).powi(2).apply(Ln) * p(0);
    let model = Model::from(choose(x(0), c(0.0), pole(-x(0)), pole(x(0)) + p(0) * x(1)));
    let bad = |places: &[(usize, f64)]| {
        let mut rows = rows(1500);
        for &(place, value) in places {
            rows[place][0] = value;
        }
        refusal(&model, &rows, &[0.8])
    };
    let index = |error: Error| match error {
        Error::LikelihoodNotFinite { index, .. } | Error::ObservationNotFinite { index, .. } => index,
        other => panic!("{other}"),
    };
    assert_eq!(index(bad(&[(700, 1.0)])), 700);
    assert_eq!(index(bad(&[(700, -1.0)])), 700);
    for (first, second) in [(1.0, -1.0), (-1.0, 1.0), (1.0, f64::NAN), (-1.0, f64::NAN), (f64::NAN, -1.0)] {
        for (place, later) in [(3, 4), (200, 300), (10, 1400), (255, 256), (300, 600), (1000, 1100)] {
            assert_eq!(index(bad(&[(place, first), (later, second)])), place, "{first} before {second}");
        }
    }
}

#[test]
fn weights() {
    let rows = rows(1500);
    for place in PLACES {
        for value in [-1.0, f64::NAN, f64::INFINITY] {
            let mut weights = vec![1.0; 1500];
            weights[place] = value;
            let error = refusal(&model(), &Weighted { data: &rows, weights: &weights }, &theta()[0]);
            assert!(matches!(error, Error::InvalidWeight { index, .. } if index == place), "{error}");
        }
    }
    for count in [0, 1, 1499, 1501] {
        let error = refusal(&model(), &Weighted { data: &rows, weights: &vec![1.0; count] }, &theta()[0]);
        assert!(matches!(error, Error::LengthMismatch { expected: 1500, .. }), "{error}");
    }
    let error = refusal(&model(), &Weighted { data: &rows, weights: &[0.0; 1500] }, &theta()[0]);
    assert_eq!(error, Error::ZeroWeights { count: 1500 });
}

/// An observation of weight 0 is not looked at, whatever it is.
#[test]
fn mistakes_without_weight() {
    for count in [1500, 300, 20, 2] {
        for bad in [vec![f64::NAN, 1.0], vec![f64::INFINITY; 2], vec![0.5], vec![], vec![1.0; 3]] {
            let (mut rows, mut weights) = (rows(count), vec![1.0; count]);
            for place in (1..count).filter(|place| place % 7 != 2) {
                rows[place].clone_from(&bad);
                weights[place] = 0.0;
            }
            assert_alike("bad rows without weight", &model(), &Weighted { data: &rows, weights: &weights }, &theta());
            assert!(
                outcomes(&model(), &Weighted { data: &rows, weights: &weights }, &theta(), Path::Kernel)[0].is_ok()
            );
            weights[count - 1] = 1.0;
            assert_alike("the last with weight", &model(), &Weighted { data: &rows, weights: &weights }, &theta());
        }
    }
}

#[test]
fn no_data() {
    assert_eq!(refusal(&model(), &Vec::<Vec<f64>>::new(), &theta()[0]), Error::NoData);
    assert_eq!(refusal(&model(), &Table::new(2, vec![]).unwrap(), &theta()[0]), Error::NoData);
}

#[test]
fn parameters() {
    let rows = rows(300);
    for bad in [vec![0.5, -1.0], vec![0.5, 0.0], vec![f64::NAN, 1.0], vec![0.5, f64::INFINITY]] {
        assert!(matches!(refusal(&model(), &rows, &bad), Error::ParameterOutsideDomain { .. }));
    }
    assert!(matches!(refusal(&model(), &rows, &[]), Error::ParameterCount { .. }));
    // between two that are fine
    let thetas = [theta()[0].clone(), vec![0.5, -1.0], theta()[1].clone()];
    assert_alike("between", &model(), &rows, &thetas);
}

/// A value, score or Hessian that is not finite at some observation or at all of them.
#[test]
fn likelihoods_that_are_not_finite() {
    let cases: [(&str, Expression, &[f64]); 9] = [
        ("a logarithm of 0", p(0) * (x(0) - c(0.5)).powi(2).apply(Ln), &[1.0]),
        ("a logarithm of a parameter times data", (p(0) * x(0)).apply(Ln), &[1.0]),
        ("a logarithm of a negative parameter", x(1) * p(0).apply(Ln), &[-1.0]),
        ("an overflow in θ", x(1) * p(0).apply(Exp), &[800.0]),
        ("an overflow in the derivatives", x(1) * (c(1e200) * p(0)).powi(1) * p(0).powi(2), &[1e150]),
        ("an overflow in the data", (p(0) * x(1) * c(1e3)).apply(Exp), &[1.0]),
        ("a division by 0", p(0) / (x(0) - c(0.5)), &[1.0]),
        ("a negative base", (x(0) * p(0)).apply(Exp) + p(0) * Expression::PowerReal(Box::new(x(0)), 0.5), &[1.0]),
        ("a product with an infinite factor", x(1).powi(2) * p(0).powi(-2), &[1e-200]),
    ];
    let mut rows = rows(700);
    rows[333][0] = 0.5;
    for (name, formula, theta) in cases {
        let model = Model::from(formula);
        let error = refusal(&model, &rows, theta);
        assert!(matches!(error, Error::LikelihoodNotFinite { .. }), "{name}: {error}");
        // after a θ at which all is well, or at least something else is wrong
        assert_alike(name, &model, &rows, &[vec![0.25], theta.to_vec(), vec![0.5]]);
    }
}

/// Numbers so large that only their sum overflows.
#[test]
fn sums_that_overflow() {
    let model = Model::from(p(0) * x(1));
    let rows: Vec<Vec<f64>> = rows(300).into_iter().map(|row| vec![row[0], 1e307]).collect();
    assert_alike("a sum beyond the largest number", &model, &rows, &[vec![1.0], vec![1e-3]]);
    let small = Model::from(-(p(0) * x(0)).powi(2));
    let rows: Vec<Vec<f64>> = rows.into_iter().map(|row| vec![row[0] * 1e-80, 0.0]).collect();
    assert_alike("a fourth power below the smallest number", &small, &rows, &[vec![1e60], vec![1e80]]);
}
