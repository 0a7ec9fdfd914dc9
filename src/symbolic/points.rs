//! Parameters to look at a model at, within their domains.

use super::Refusal;
use crate::domain::Domain;
use crate::error::Error;
use crate::model::{LogLikelihood, OwnedTheta, Parameter, ParameterSpace, Theta, checked_parameters};
use std::borrow::Borrow;

/// How many parameter vectors are tried before the search is given up.
const MOST: usize = 64;

/// The parameters of a model of any length, one descriptor each.
pub(super) fn parameters<M: LogLikelihood>(model: &M) -> Vec<Parameter> {
    let mut parameters = model.parameters();
    if let Some(length) = M::Parameters::LENGTH {
        parameters.truncate(length);
        for index in parameters.len()..length {
            parameters.push(Parameter::real(format!("θ{}", index + 1)));
        }
    }
    parameters
}

/// The first `count` parameter vectors of a fixed, scattered sequence that the model accepts and for which there is an answer.
pub(super) fn scattered<M: LogLikelihood, T>(
    model: &M,
    count: usize,
    mut ask: impl FnMut(&Theta<M, f64>) -> Result<Option<T>, Error>,
) -> Result<Vec<(Vec<f64>, T)>, Refusal> {
    let parameters = parameters(model);
    let (mut found, mut last) = (Vec::new(), None);
    for trial in 0..MOST {
        let entries: Vec<f64> = parameters.iter().enumerate().map(|(i, p)| place(p.domain, trial, i)).collect();
        let theta: OwnedTheta<M, f64> = M::Parameters::from_slice(&entries)?;
        match checked_parameters(model, theta.borrow()).and_then(|_| ask(theta.borrow())) {
            Ok(Some(answer)) => found.push((entries, answer)),
            Ok(None) => {}
            Err(error) => last = Some(Box::new(error)),
        }
        if found.len() == count {
            return Ok(found);
        }
    }
    Err(Refusal::NoPoint { tried: MOST, last })
}

/// The first of that sequence.
pub(super) fn first<M: LogLikelihood>(model: &M) -> Result<Vec<f64>, Refusal> {
    let found = scattered(model, 1, |_| Ok(Some(())))?.pop();
    // One was asked for, and one is there.
    found.map(|(theta, ())| theta).ok_or(Refusal::NoPoint { tried: MOST, last: None })
}

/// As many parameter vectors near the given one, itself among them.
pub(super) fn near<M: LogLikelihood, T>(
    model: &M,
    theta: &[f64],
    count: usize,
    mut ask: impl FnMut(&Theta<M, f64>) -> Result<Option<T>, Error>,
) -> Result<Vec<(Vec<f64>, T)>, Refusal> {
    let mut found = Vec::new();
    for trial in 0..count {
        let entries: Vec<f64> = theta
            .iter()
            .zip(parameters(model))
            .enumerate()
            .map(|(i, (&value, parameter))| {
                #[allow(clippy::cast_precision_loss)] // small
                let step = 0.03 * trial as f64 * if i % 2 == 0 { 1.0 } else { -0.7 };
                let Domain { lower, upper } = parameter.domain;
                // A step towards a bound is a part of the distance to it.
                let room = |bound: f64| if bound.is_finite() { (bound - value).abs() } else { value.abs().max(1.0) };
                value + step * room(lower).min(room(upper))
            })
            .collect();
        let theta: OwnedTheta<M, f64> = M::Parameters::from_slice(&entries)?;
        checked_parameters(model, theta.borrow())?;
        found.extend(ask(theta.borrow())?.map(|answer| (entries, answer)));
    }
    Ok(found)
}

/// A value of parameter `index` in its domain, of moderate size; later trials come nearer to the lower end of an interval and to 0,
/// where joint conditions on probabilities and covariances are fulfilled.
pub(super) fn place(domain: Domain, trial: usize, index: usize) -> f64 {
    // Additive recurrences with irrational steps fill the cube evenly.
    #[allow(clippy::cast_precision_loss)] // small
    let (trial, index) = (trial as f64, index as f64);
    let u = (0.31 + 0.618_034 * index + (trial + 1.0) * (index + 2.0).sqrt()).fract();
    let near = [1.0, 0.5, 0.25, 0.1][(trial % 4.0) as usize];
    // Mostly above 1, where densities are bounded at the ends of their supports, but not always.
    let spread = if trial % 3.0 == 2.0 { (0.6 * (u - 1.0)).exp() } else { (0.1 + 0.9 * u).exp() };
    let Domain { lower, upper } = domain;
    match (lower.is_finite(), upper.is_finite()) {
        (false, false) => (2.0 * u - 1.0) * near,
        (true, false) => lower + spread,
        (false, true) => upper - spread,
        (true, true) if lower < 0.0 && upper > 0.0 => (lower + (upper - lower) * (0.15 + 0.7 * u)) * near,
        (true, true) => lower + (upper - lower) * (0.15 + 0.7 * u) * near,
    }
}
