//! Wald intervals, in the coordinates of the model and in others.

use fisher_information::distributions::*;
use fisher_information::inference::*;
use fisher_information::information::sandwich;
use fisher_information::prelude::*;
use serde_json::Value;
use std::num::NonZeroU32;

/// What R and its packages say of a fit.
fn r(fit: &str) -> Value {
    let json: Value = serde_json::from_str(include_str!("../reference/inference/r.json")).unwrap();
    assert!(json[fit].is_object(), "no fit {fit}");
    json[fit].clone()
}

/// What the same fit is to thirty digits, by another program.
pub fn digits(fit: &str) -> Value {
    let json: Value = serde_json::from_str(include_str!("../reference/inference/likelihood.json")).unwrap();
    assert!(json[fit].is_object(), "no fit {fit}");
    json[fit].clone()
}

/// Pairs of numbers.
pub fn pairs(value: &Value) -> Vec<[f64; 2]> {
    let pair = |row: &Value| [0, 1].map(|k| row[k].as_f64().unwrap());
    value.as_array().unwrap().iter().map(pair).collect()
}

/// The columns of a table with a header.
pub fn columns(csv: &'static str, names: &[&str]) -> Vec<Vec<f64>> {
    let mut lines = csv.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let places: Vec<usize> = names.iter().map(|name| header.iter().position(|h| h == name).unwrap()).collect();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        places.iter().map(|&place| cells[place].parse().unwrap()).collect()
    };
    lines.map(row).collect()
}

/// Whether any O-ring was in distress, on the temperature of the launch.
pub struct Challenger;

impl LogLikelihood for Challenger {
    type Parameters = Dynamic;
    type Observation = [f64];

    fn ln_likelihood<D: Scalar>(&self, theta: &[D], row: &[D]) -> D {
        let eta = theta[0] + theta[1] * row[0];
        row[1] * eta - eta.ln_1p_exp()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("(Intercept)"), Parameter::real("temperature")]
    }
}

pub fn challenger() -> Vec<Vec<f64>> {
    columns(include_str!("../../models/data/challenger.csv"), &["temperature", "any"])
}

#[track_caller]
pub fn assert_close(found: f64, want: f64, tolerance: f64) {
    assert!((found - want).abs() <= tolerance * want.abs().max(1e-300), "{found:e} instead of {want:e}");
}

#[test]
fn the_intervals_of_the_challenger_are_those_of_r() {
    let data = challenger();
    let fit = maximum_likelihood(&Challenger, &data).unwrap();
    let reference = r("challenger_any");
    let wald = fit.wald_intervals(&fit.covariance().unwrap(), 0.95).unwrap();
    for (interval, want) in wald.iter().zip(pairs(&reference["interval_wald"])) {
        for (end, want) in interval.ends().iter().zip(want) {
            assert_close(*end, want, 1e-9);
        }
    }
    // The probability at 31 degrees: by the delta method, and by the interval of the linear predictor.
    struct Probability;
    impl ParameterFunction<Dynamic> for Probability {
        fn value<D: Scalar>(&self, theta: &[D]) -> D {
            (theta[0] + theta[1] * 31.0).logistic()
        }
    }
    let covariance = fit.covariance().unwrap();
    let (probability, at) = (fit.delta_method(&Probability, &covariance).unwrap(), &reference["at_31"]);
    let want = |key: &str| at[key].as_f64().unwrap();
    assert_close(probability.value, want("probability"), 1e-10);
    assert_close(probability.standard_error(), want("se_delta"), 1e-8);
    for (end, key) in probability.interval(0.95).unwrap().ends().iter().zip([0, 1]) {
        assert_close(*end, at["interval_wald_probability"][key].as_f64().unwrap(), 1e-9);
    }
    let predictor = fit.combination(&[("(Intercept)", 1.0), ("temperature", 31.0)]).unwrap();
    let predictor = fit.delta_method(&predictor, &covariance).unwrap();
    assert_close(predictor.standard_error(), want("se_linear_predictor"), 1e-9);
    let through = probability.interval_by(Link::Logit, 0.95).unwrap();
    for (side, key) in [0, 1].into_iter().enumerate() {
        assert_close(through.ends()[side], at["interval_from_linear_predictor"][key].as_f64().unwrap(), 1e-8);
        assert_close(predictor.interval(0.95).unwrap().ends()[side].logistic(), through.ends()[side], 1e-9);
    }
}

#[test]
fn a_binomial_interval_in_the_logit_is_its_textbook_formula() {
    let model = Binomial::new(NonZeroU32::new(20).unwrap());
    let fit = maximum_likelihood(&model, &[17.0]).unwrap();
    let covariance = fit.covariance().unwrap();
    let (p, z) = (0.85_f64, 1.959963984540054);
    let spread = z / (20.0 * p * (1.0 - p)).sqrt();
    let interval = fit.wald_interval("probability", Link::Logit, &covariance, 0.95).unwrap();
    let logit = (p / (1.0 - p)).ln();
    for (end, phi) in interval.ends().iter().zip([logit - spread, logit + spread]) {
        assert_close(*end, 1.0 / (1.0 + (-phi).exp()), 1e-9);
    }
    // The coordinate of the search is the same one; that of the model leaves the domain.
    let within = fit.wald_intervals_within_domain(&covariance, 0.95).unwrap();
    for (end, want) in within[0].ends().iter().zip(interval.ends()) {
        assert_close(*end, want, 1e-12);
    }
    assert!(fit.wald_intervals(&covariance, 0.95).unwrap()[0].ends()[1] > 1.0);
    assert!(interval.is_closed() && interval.contains(0.85) && !interval.contains(0.6));
}

#[test]
fn any_covariance_serves() {
    let data = [0.2, 1.4, 0.9, 3.8, 0.1, 0.6, 2.2];
    let fit = maximum_likelihood(&Exponential, &data).unwrap();
    let rate = fit.get("rate").unwrap();
    let n = 7.0_f64;
    // Observed and expected information are both n/λ²; the sandwich is λ⁴ Σ(x − x̄)²/n².
    let mean = data.iter().sum::<f64>() / n;
    let scatter = data.iter().map(|x| (x - mean).powi(2)).sum::<f64>();
    let z = 2.5758293035489004; // the quantile at 0.995
    for (covariance, error) in [
        (fit.observed().unwrap().inverse().unwrap(), rate / n.sqrt()),
        (fit.expected().unwrap().inverse().unwrap(), rate / n.sqrt()),
        (sandwich(&fit.observed().unwrap(), &fit.empirical().unwrap()).unwrap(), rate.powi(2) * scatter.sqrt() / n),
    ] {
        let [lower, upper] = fit.wald_intervals(&covariance, 0.99).unwrap()[0].ends();
        assert_close(lower, rate - z * error, 1e-9);
        assert_close(upper, rate + z * error, 1e-9);
        let [lower, upper] = fit.wald_interval("rate", Link::Log, &covariance, 0.99).unwrap().ends();
        assert_close(lower, rate * (-z * error / rate).exp(), 1e-9);
        assert_close(upper, rate * (z * error / rate).exp(), 1e-9);
        let [lower, _] = fit.wald_interval("rate", Link::SquareRoot, &covariance, 0.99).unwrap().ends();
        assert_close(lower, (rate.sqrt() - 0.5 * z * error / rate.sqrt()).max(0.0).powi(2), 1e-9);
    }
}

/// Mean and shape of a gamma distribution.
pub struct MeanAndShape;

impl CoordinateMap<Fixed<2>> for MeanAndShape {
    fn map<D: Scalar>(&self, &[mean, shape]: &[D; 2]) -> [D; 2] {
        [shape, shape / mean]
    }

    fn parameters(&self, _: Vec<Parameter>) -> Vec<Parameter> {
        vec![Parameter::positive("mean"), Parameter::positive("shape")]
    }
}

pub const GAMMA: [f64; 9] = [1.2, 0.7, 3.1, 2.2, 0.4, 1.9, 5.0, 0.1, 1.3];

#[test]
fn intervals_in_the_coordinates_of_a_map_are_those_of_a_fit_in_them() {
    let fit = maximum_likelihood(&Gamma, &GAMMA).unwrap();
    let other = Reparametrised::new(Gamma, MeanAndShape);
    let fitted = maximum_likelihood(&other, &GAMMA).unwrap();
    let found = fit.wald_intervals_in(&MeanAndShape, &[1.0, 1.0], &fit.covariance().unwrap(), 0.9).unwrap();
    let want = fitted.wald_intervals(&fitted.covariance().unwrap(), 0.9).unwrap();
    for (found, want) in found.iter().zip(&want) {
        assert_eq!(found.name, want.name);
        for (end, want) in found.ends().iter().zip(want.ends()) {
            assert_close(*end, want, 1e-8);
        }
    }
}

#[test]
fn what_cannot_be_an_interval_is_told() {
    let fit = maximum_likelihood(&Normal, &[-1.0, -3.0, -2.5]).unwrap();
    let covariance = fit.covariance().unwrap();
    for level in [0.0, 1.0, -0.5, 1.5, f64::NAN, f64::INFINITY] {
        let refused = fit.wald_intervals(&covariance, level).unwrap_err();
        assert!(matches!(refused, Error::InvalidLevel { value } if value.to_bits() == level.to_bits()), "{refused}");
        assert!(matches!(fit.profile("mean").unwrap().interval(level), Err(Error::InvalidLevel { .. })));
        assert!(matches!(fit.region(["mean", "deviation"], level).err(), Some(Error::InvalidLevel { .. })));
        assert!(matches!(fit.plug_in().unwrap().interval(level), Err(Error::InvalidLevel { .. })));
    }
    let unknown = fit.wald_interval("scale", Link::Log, &covariance, 0.9).unwrap_err();
    assert!(matches!(unknown, Error::UnknownParameter { ref name, .. } if name == "scale"));
    // A negative mean has no logarithm.
    let refused = fit.wald_interval("mean", Link::Log, &covariance, 0.9).unwrap_err();
    assert!(matches!(refused, Error::FormulaNotFinite { .. }), "{refused}");
    let gamma = maximum_likelihood(&Gamma, &GAMMA).unwrap().covariance().unwrap();
    assert!(matches!(fit.wald_intervals(&gamma, 0.9), Err(Error::NamesDiffer { position: 0, .. })));
    let one = covariance.marginal(&["mean"]).unwrap();
    assert!(matches!(fit.wald_intervals(&one, 0.9), Err(Error::LengthMismatch { .. })));
    assert!(matches!(fit.combination(&[("mean", 1.0), ("mean", 2.0)]), Err(Error::RepeatedName { .. })));
    // No coordinates are found where the map cannot go: a mean of −2 is no square.
    let squares = Elementwise(vec![Link::SquareRoot]);
    let refused = fit.wald_intervals_in(&squares, &[1.0, 1.0], &covariance, 0.9).unwrap_err();
    assert!(matches!(refused, Error::NoSuchCoordinates { .. }), "{refused}");
}
