//! Christoffel symbols against formulas, against derivatives of the metric, and the duality of the α-connections.

use fisher_information::distributions::{
    Beta, Categorical, Cauchy, Dirichlet, Exponential, Gamma, Normal, Poisson, StudentT, Weibull,
};
use fisher_information::expectation::Settings;
use fisher_information::geometry::{Connection, FisherMetric, Manifold};
use fisher_information::information::{Method, expected};
use fisher_information::prelude::*;
use nalgebra::{DMatrix, DVector};

/// Every symbol of the first kind in one and the other.
fn compare(a: &Connection, b: &Connection) {
    let size = a.dimension();
    for (i, j, k) in (0..size.pow(3)).map(|n| (n / size / size, n / size % size, n % size)) {
        let (left, right) = (a.first_kind(i, j, k), b.first_kind(i, j, k));
        assert!((left.value - right.value).abs() <= left.error + right.error, "{i} {j} {k}: {left} {right}");
    }
}

#[test]
fn closed_forms_and_expectations_agree() {
    fn check<M: SampleSpace>(model: &M, point: &[f64]) {
        let formula = FisherMetric::of(model).connection(point).unwrap();
        compare(&formula, &FisherMetric::by_expectation(model).connection(point).unwrap());
    }
    check(&Normal, &[1.0, 0.25]);
    check(&Gamma, &[0.3, 7.0]);
    check(&Beta, &[2.5, 0.75]);
    check(&Weibull, &[2.5, 8.0]);
    check(&Cauchy, &[-3.0, 0.1]);
    check(&StudentT, &[0.0, 1.0, 4.5]);
    check(&Categorical::<3>, &[0.2, 0.3, 0.1]);
    check(&Dirichlet::<3>, &[1.5, 2.5, 3.0]);
    check(&Known::<_, Fixed<1>>::new(Gamma, &[("shape", 2.0)]).unwrap(), &[3.0]);
}

/// ∂ᵢgⱼₖ = Γ⁽ᵅ⁾ᵢⱼ,ₖ + Γ⁽⁻ᵅ⁾ᵢₖ,ⱼ, with the metric differentiated by central differences.
#[test]
fn dual_connections_preserve_the_metric() {
    let (theta, step) = ([1.5, 2.5], 1e-5);
    let metric = FisherMetric::of(&Beta);
    let moved = |i: usize, by: f64| {
        let mut point = theta;
        point[i] += by;
        metric.metric(&point).unwrap().matrix
    };
    for alpha in [0.0, 0.5, 1.0, -2.0] {
        let plus = metric.alpha_connection(&theta, alpha).unwrap();
        let minus = metric.alpha_connection(&theta, -alpha).unwrap();
        for i in 0..2 {
            let slope: DMatrix<f64> = (moved(i, step) - moved(i, -step)) / (2.0 * step);
            for j in 0..2 {
                for k in 0..2 {
                    let sum = plus.first_kind(i, j, k).value + minus.first_kind(i, k, j).value;
                    assert!((slope[(j, k)] - sum).abs() < 1e-8, "{alpha}: {} {sum}", slope[(j, k)]);
                }
            }
        }
    }
}

/// Γ⁽ᵅ⁾ = Γ⁽⁰⁾ − ½α T, and T does not care for the order of its indices.
#[test]
fn the_cubic_tensor_is_what_connections_differ_by() {
    let metric = FisherMetric::of(&Gamma);
    let theta = [1.5, 0.5];
    let cubic = metric.cubic_tensor(&theta).unwrap();
    let (zero, two) = (metric.connection(&theta).unwrap(), metric.alpha_connection(&theta, 2.0).unwrap());
    for (i, j, k) in (0..8).map(|n| (n / 4, n / 2 % 2, n % 2)) {
        let (zero, two, t) = (zero.first_kind(i, j, k), two.first_kind(i, j, k), cubic.get(i, j, k));
        assert!((zero.value - two.value - t.value).abs() <= zero.error + two.error + t.error);
        assert_eq!(t, cubic.get(k, i, j));
    }
    // E[(ln x − ψ(α) + ln β)³] = ψ₂(α); along the rate alone −E[(x − α/β)³] = −2α/β³
    let tetragamma = 1.5_f64.polygamma(2);
    let found = cubic.along(&[1.0, 0.0], &[1.0, 0.0], &[1.0, 0.0]).unwrap();
    assert!((found.value - tetragamma).abs() <= found.error.min(1e-9), "{found} {tetragamma}");
    let found = cubic.get(1, 1, 1);
    assert!((found.value + 24.0).abs() <= found.error.min(1e-8), "{found}");
    assert!(matches!(cubic.along(&[1.0], &[1.0, 0.0], &[1.0, 0.0]), Err(Error::LengthMismatch { .. })));
}

/// Probabilities are mean parameters, in which the mixture connection vanishes; rates of exponential waiting times are natural ones.
#[test]
fn flat_coordinates() {
    let mixture = FisherMetric::of(&Categorical::<3>).alpha_connection(&[0.2, 0.3, 0.1], -1.0).unwrap();
    let exponential = FisherMetric::of(&Exponential).alpha_connection(&[3.0], 1.0).unwrap();
    let mean = FisherMetric::of(&Poisson).alpha_connection(&[3.0], -1.0).unwrap();
    for connection in [mixture, exponential, mean] {
        let size = connection.dimension();
        for (i, j, k) in (0..size.pow(3)).map(|n| (n / size / size, n / size % size, n % size)) {
            let symbol = connection.first_kind(i, j, k);
            assert!(symbol.value.abs() <= symbol.error.min(1e-9), "{symbol}");
        }
    }
}

#[test]
fn products_of_vectors() {
    // the half-plane: Γ(u, v) = (−(u₁v₂ + u₂v₁)/σ, (u₁v₁/2 − u₂v₂)/σ)
    let at = FisherMetric::of(&Normal).connection(&[1.0, 2.0]).unwrap();
    let (u, v) = (DVector::from_vec(vec![1.0, 3.0]), DVector::from_vec(vec![-2.0, 5.0]));
    let expected = DVector::from_vec(vec![-(5.0 - 6.0) / 2.0, (-1.0 - 15.0) / 2.0]);
    assert!((at.product(&u, &v) - &expected).amax() < 1e-14);
    assert!((at.along(&u) * &v - &expected).amax() < 1e-14);
    assert!((at.inner_product(&u, &v) - (-2.0 + 30.0) / 4.0).abs() < 1e-14);
    assert!((at.inverse_metric() * &at.metric().matrix - DMatrix::identity(2, 2)).amax() < 1e-15);
}

#[test]
fn the_metric_is_the_expected_information() {
    let theta = [2.0, 3.0];
    let by_formula = FisherMetric::of(&Gamma).metric(&theta).unwrap();
    assert_eq!(&by_formula.matrix, expected(&Gamma, &theta).unwrap().matrix());
    // by draws: the errors are standard errors
    let settings = Settings { draws: 20_000, seed: 5, ..Settings::default() };
    let drawn = FisherMetric::by(&Gamma, Method::MonteCarlo, settings);
    let metric = drawn.metric(&theta).unwrap();
    for (place, error) in metric.error.iter().enumerate() {
        assert!(*error > 0.0 && (metric.matrix[place] - by_formula.matrix[place]).abs() < 5.0 * error);
    }
    let formula = FisherMetric::of(&Gamma).connection(&theta).unwrap();
    let connection = drawn.connection(&theta).unwrap();
    assert_eq!(formula.provenance().to_string(), "closed form");
    assert!(connection.provenance().is_random());
    for (i, j, k) in (0..8).map(|n| (n / 4, n / 2 % 2, n % 2)) {
        let (a, b) = (connection.first_kind(i, j, k), formula.first_kind(i, j, k));
        assert!((a.value - b.value).abs() < 5.0 * a.error + b.error, "{a} {b}");
    }
}

#[test]
fn made_by_hand() {
    let at = FisherMetric::of(&Normal).connection(&[1.0, 2.0]).unwrap();
    let parameters = || vec![Parameter::real("a"), Parameter::real("b")];
    let zero = || DMatrix::zeros(2, 2);
    let refused = Connection::new(parameters(), at.metric().clone(), vec![zero()], vec![zero(); 2]);
    assert!(matches!(refused, Err(Error::LengthMismatch { .. })));
    let mut bad = zero();
    bad[(0, 1)] = f64::NAN;
    let refused = Connection::new(parameters(), at.metric().clone(), vec![zero(), bad], vec![zero(); 2]);
    assert!(matches!(refused, Err(Error::DerivativeNotFinite { row: 0, column: 1, .. })));
    let refused = FisherMetric::of(&Normal).alpha_connection(&[1.0, 2.0], f64::NAN);
    assert!(matches!(refused, Err(Error::FormulaNotFinite { .. })));
}
