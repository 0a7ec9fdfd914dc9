//! The delta method.

use super::intervals::assert_close;
use fisher_information::distributions::*;
use fisher_information::expectation::Provenance;
use fisher_information::inference::*;
use fisher_information::prelude::*;
use nalgebra::{DMatrix, dmatrix};

/// exp(μ + σ²/2), the mean of a log-normal distribution.
struct LogNormalMean;

impl<S: ParameterSpace> ParameterFunction<S> for LogNormalMean {
    fn value<D: Scalar>(&self, theta: &S::Of<D>) -> D {
        let theta = theta.as_ref();
        (theta[0] + theta[1] * theta[1] * 0.5).exp()
    }

    fn name(&self) -> String {
        "mean of x".into()
    }
}

/// A normal distribution with the parameters in a slice.
struct Slice;

impl LogLikelihood for Slice {
    type Parameters = Dynamic;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, theta: &[D], &x: &D) -> D {
        Normal.ln_likelihood(&[theta[0], theta[1]], &x)
    }

    fn parameters(&self) -> Vec<Parameter> {
        Normal.parameters()
    }
}

const DATA: [f64; 6] = [0.3, -0.2, 1.1, 0.8, 0.1, 0.5];

#[test]
fn derivatives_and_corrections_are_those_of_the_formula() {
    let fit = maximum_likelihood(&Normal, &DATA).unwrap();
    let covariance = fit.covariance().unwrap();
    let [mu, sigma] = *fit.theta();
    let found = fit.delta_method(&LogNormalMean, &covariance).unwrap();
    let (m, n) = ((mu + sigma * sigma / 2.0).exp(), 6.0);
    assert_close(found.value, m, 1e-14);
    assert_close(found.gradient[0], m, 1e-14);
    assert_close(found.gradient[1], m * sigma, 1e-14);
    for (place, want) in [((0, 0), m), ((0, 1), m * sigma), ((1, 1), m * (1.0 + sigma * sigma))] {
        assert_close(found.hessian[place], want, 1e-14);
    }
    // The covariance is σ²/n and σ²/2n, without a correlation.
    let (v, w) = (sigma * sigma / n, sigma * sigma / (2.0 * n));
    assert_close(found.standard_error(), m * (v + sigma * sigma * w).sqrt(), 1e-9);
    assert_close(found.bias, 0.5 * m * (v + (1.0 + sigma * sigma) * w), 1e-9);
    assert_close(found.corrected(), found.value - found.bias, 1e-15);
    let square = v * v + 2.0 * sigma * sigma * v * w + (1.0 + sigma * sigma).powi(2) * w * w;
    assert_close(found.curvature_variance, 0.5 * m * m * square, 1e-9);
    let second = found.second_order_standard_error();
    assert_close(second.powi(2), found.variance.value + found.curvature_variance, 1e-14);
    assert_eq!(found.interval(0.9).unwrap().name, "mean of x");
    // The logarithm keeps the interval positive, at any level.
    assert!(found.interval(1.0 - 1e-12).unwrap().ends()[0] < 0.0);
    assert!(found.interval_by(Link::Log, 1.0 - 1e-12).unwrap().ends()[0] > 0.0);

    // The same in a parameter space whose size is known at run time.
    let slice = MaximumLikelihood::new(&Slice, &DATA).start(&[0.0, 1.0]).fit().unwrap();
    let other = slice.delta_method(&LogNormalMean, &slice.covariance().unwrap()).unwrap();
    assert_close(other.value, found.value, 1e-9);
    assert_close(other.standard_error(), found.standard_error(), 1e-9);
    assert_close(other.curvature_variance, found.curvature_variance, 1e-8);
}

/// θ₁² + θ₁θ₂, of second degree.
struct Quadratic;

impl ParameterFunction<Fixed<2>> for Quadratic {
    fn value<D: Scalar>(&self, &[a, b]: &[D; 2]) -> D {
        a * a + a * b
    }
}

/// For a quadratic function of a normal estimator the corrections are exact: mean and variance by Isserlis' theorem, whose products of
/// covariances are written out here.
#[test]
fn the_second_order_is_exact_for_a_quadratic_function() {
    let fit = maximum_likelihood(&Normal, &DATA).unwrap();
    let [a, b] = *fit.theta();
    let (va, vb, c) = (0.3, 0.5, -0.2);
    let matrix = dmatrix![va, c; c, vb];
    let covariance = Covariance::new(["mean", "deviation"], matrix, DMatrix::zeros(2, 2), Provenance::Derived).unwrap();
    let found = fit.delta_method(&Quadratic, &covariance).unwrap();
    // E[(a + x)² + (a + x)(b + y)] − a² − ab
    assert_close(found.bias, va + c, 1e-14);
    // Var[(2a + b)x + ay + x² + xy], odd moments being zero: Var x² = 2va², Var xy = va vb + c², Cov(x², xy) = 2va c
    let linear = (2.0 * a + b).powi(2) * va + a * a * vb + 2.0 * (2.0 * a + b) * a * c;
    let square = 2.0 * va * va + (va * vb + c * c) + 4.0 * va * c;
    assert_close(found.variance.value, linear, 1e-12);
    assert_close(found.curvature_variance, square, 1e-12);
}

#[test]
fn several_functions_have_a_covariance() {
    let fit = maximum_likelihood(&Normal, &DATA).unwrap();
    let covariance = fit.covariance().unwrap();
    let [mu, sigma] = *fit.theta();
    let both = fit.delta_methods(&[("mean", &LogNormalMean), ("square", &Quadratic)], &covariance).unwrap();
    assert_eq!(both.values.len(), 2);
    let one = fit.delta_method(&LogNormalMean, &covariance).unwrap();
    assert_close(both.covariance.get("mean", "mean").unwrap().value, one.variance.value, 1e-13);
    let (m, v, w) = ((mu + sigma * sigma / 2.0).exp(), sigma * sigma / 6.0, sigma * sigma / 12.0);
    let want = m * (2.0 * mu + sigma) * v + m * sigma * mu * w;
    assert_close(both.covariance.get("mean", "square").unwrap().value, want, 1e-9);
    let twice: [(&str, &dyn SmoothFunction<Fixed<2>>); 2] = [("a", &Quadratic), ("a", &Quadratic)];
    assert!(matches!(fit.delta_methods(&twice, &covariance), Err(Error::RepeatedName { .. })));
    assert!(fit.delta_methods(&[], &covariance).is_err());
}

/// √(θ₁ − 10), which has no value at a mean below 10, and no derivative at 10.
struct Root(f64);

impl ParameterFunction<Fixed<2>> for Root {
    fn value<D: Scalar>(&self, &[mean, _]: &[D; 2]) -> D {
        (mean - self.0).sqrt()
    }
}

#[test]
fn a_function_without_a_value_or_a_derivative_is_told() {
    let fit = maximum_likelihood(&Normal, &[1.0, 3.0, 1.0, 3.0]).unwrap();
    let covariance = fit.covariance().unwrap();
    let refused = fit.delta_method(&Root(10.0), &covariance).unwrap_err();
    assert!(matches!(refused, Error::FormulaNotFinite { .. }), "{refused}");
    assert!(matches!(fit.profile_of(&Root(10.0)).err(), Some(Error::FormulaNotFinite { .. })));
    let mean = fit.get("mean").unwrap();
    let refused = fit.delta_method(&Root(mean), &covariance).unwrap_err();
    assert!(matches!(refused, Error::DerivativeNotFinite { what: "gradient", .. }), "{refused}");
}

#[test]
fn quantiles_are_functions_with_two_derivatives() {
    let data = [0.4, 1.2, 0.3, 2.5, 0.9, 1.8];
    let weibull = maximum_likelihood(&Weibull, &data).unwrap();
    let [k, lambda] = *weibull.theta();
    for p in [1e-6, 0.1, 0.5, 0.9, 1.0 - 1e-9] {
        // λ (−ln(1 − p))^(1/k)
        let e = -(-p_f(p)).ln_1p();
        let found =
            weibull.delta_method(&QuantileOf::new(&Weibull, p).unwrap(), &weibull.covariance().unwrap()).unwrap();
        let want = lambda * e.powf(1.0 / k);
        let (first, second) = (-e.ln() / (k * k), 2.0 * e.ln() / k.powi(3));
        assert_close(found.value, want, 1e-12);
        assert_close(found.gradient[0], want * first, 1e-10);
        assert_close(found.gradient[1], want / lambda, 1e-10);
        assert_close(found.hessian[(0, 0)], want * (first * first + second), 1e-9);
        assert_close(found.hessian[(0, 1)], want / lambda * first, 1e-9);
        assert!(found.hessian[(1, 1)].abs() < 1e-9 * want);
    }
    for p in [0.0, 1.0, -1.0, f64::NAN] {
        assert!(matches!(QuantileOf::new(&Weibull, p), Err(Error::InvalidLevel { .. })));
    }
}

/// What 1 − (1 − p) leaves of a probability near 1.
fn p_f(p: f64) -> f64 {
    if p > 0.5 { 1.0 - (1.0 - p) } else { p }
}
