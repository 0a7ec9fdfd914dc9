//! Observations to trace a model at: points of its support.

use super::Refusal;
use super::expression::{Role, Symbol};
use super::symbols::subscript;
use crate::domain::Domain;
use crate::error::Error;
use crate::model::{Observation, SampleSpace, Stream, Support, Theta};
use std::borrow::Borrow;

/// Observations in the support, and the values that each coordinate may take.
pub(super) struct Observations {
    /// The points, each with its coordinates.
    pub points: Vec<Vec<f64>>,
    /// Bounds of the coordinates.
    pub domains: Vec<Domain>,
    /// The coordinates that are random; none stands for all.
    pub random: Option<Vec<usize>>,
    /// The sum of all coordinates, where the support fixes it.
    pub total: Option<f64>,
    /// For each point whether it has a probability rather than a density.
    pub isolated: Vec<bool>,
}

/// Observations to trace a model at.
pub(super) fn scattered<M: SampleSpace>(model: &M, theta: &Theta<M, f64>) -> Result<Observations, Refusal> {
    let support = model.support(theta);
    if let Some(found) = of_support(&support) {
        return Ok(found);
    }
    if matches!(support, Support::Response(_)) {
        return Err(Refusal::Covariates);
    }
    // Nothing is known of the support: what the model draws.
    let mut stream = <Stream as rand::SeedableRng>::seed_from_u64(1);
    let mut points = Vec::new();
    for _ in 0..8 {
        if let Some(x) = (model.capabilities().sampler)(model, theta, &mut stream) {
            let coordinates = M::Observation::coordinates(x.borrow()).to_vec();
            if coordinates.is_empty() {
                return Err(Refusal::Opaque);
            }
            points.push(coordinates);
        }
    }
    let width = points.first().map(Vec::len).ok_or(Refusal::Opaque)?;
    let isolated = vec![false; points.len()];
    Ok(Observations { points, domains: vec![Domain::REAL; width], random: None, total: None, isolated })
}

/// Observations of the response, given the covariates of a row.
pub(super) fn given<M: SampleSpace>(model: &M, theta: &Theta<M, f64>, row: &[f64]) -> Result<Observations, Refusal> {
    let Some(datum) = M::Observation::from_coordinates(row) else { return Err(Refusal::Opaque) };
    let support = model.support_given(theta, datum);
    let (random, factors) = match support {
        Support::Response(random) => random.into_iter().unzip(),
        whole => ((0..row.len()).collect::<Vec<_>>(), vec![whole]),
    };
    let Some(response) = of_support(&Support::Product(factors)) else { return Err(Refusal::Opaque) };
    let mut domains = vec![Domain::REAL; row.len()];
    for (&index, &domain) in random.iter().zip(&response.domains) {
        *domains.get_mut(index).ok_or(Refusal::Opaque)? = domain;
    }
    let point = |response: &Vec<f64>| {
        let mut point = row.to_vec();
        for (&index, &value) in random.iter().zip(response) {
            point[index] = value;
        }
        point
    };
    let points = response.points.iter().map(point).collect();
    Ok(Observations { points, domains, random: Some(random), total: response.total, isolated: response.isolated })
}

impl Observations {
    /// These and others, of the same coordinates.
    pub(super) fn and(mut self, others: Self) -> Result<Self, Refusal> {
        if self.domains.len() != others.domains.len() || self.random != others.random {
            let (expected, found) = (self.domains.len(), others.domains.len());
            return Err(Error::LengthMismatch { what: "the coordinates of a row", expected, found }.into());
        }
        self.points.extend(others.points);
        self.isolated.extend(others.isolated);
        for (own, other) in self.domains.iter_mut().zip(others.domains) {
            *own = Domain { lower: own.lower.min(other.lower), upper: own.upper.max(other.upper) };
        }
        Ok(self)
    }

    /// The coordinates as variables with the values `x`: x, or x₁, x₂, …; in a row the covariates are called so, and the response y.
    pub(super) fn symbols(&self, x: &[f64]) -> Vec<Symbol> {
        let is_random = |i: usize| self.random.as_ref().is_none_or(|random| random.contains(&i));
        let letter = |random: bool| if random && self.random.is_some() { "y" } else { "x" };
        let count = |random: bool, to: usize| (0..to).filter(|&i| is_random(i) == random).count();
        let symbol = |(i, (&domain, &value)): (usize, (&Domain, &f64))| {
            let random = is_random(i);
            let place = if count(random, x.len()) == 1 { String::new() } else { subscript(count(random, i) + 1) };
            let role = if random { Role::Datum } else { Role::Covariate };
            Symbol::new(role, i, format!("{}{place}", letter(random)), domain, value)
        };
        self.domains.iter().zip(x).enumerate().map(symbol).collect()
    }
}

fn of_support(support: &Support) -> Option<Observations> {
    let one = |points: Vec<f64>, domain: Domain, isolated: bool| Observations {
        isolated: vec![isolated; points.len()],
        points: points.into_iter().map(|x| vec![x]).collect(),
        domains: vec![domain],
        random: None,
        total: None,
    };
    match support {
        Support::Interval { lower, upper } => {
            let domain = Domain { lower: *lower, upper: *upper };
            Some(one(interval(domain), domain, false))
        }
        Support::Integers { lower, upper } => {
            let domain = Domain { lower: *lower, upper: *upper };
            Some(one(integers(domain), domain, true))
        }
        Support::Points(points) => {
            let bound = |fold: fn(f64, f64) -> f64, from: f64| points.iter().copied().fold(from, fold);
            let domain = Domain { lower: bound(f64::min, f64::INFINITY), upper: bound(f64::max, f64::NEG_INFINITY) };
            Some(one(points.clone(), domain, true))
        }
        Support::Mixed(pieces) => {
            let parts: Vec<Observations> = pieces.iter().map(of_support).collect::<Option<_>>()?;
            let bounds = parts.iter().flat_map(|part| &part.domains);
            let domain = bounds.fold(Domain { lower: f64::INFINITY, upper: f64::NEG_INFINITY }, |all, part| Domain {
                lower: all.lower.min(part.lower),
                upper: all.upper.max(part.upper),
            });
            let isolated = parts.iter().flat_map(|part| part.isolated.clone()).collect();
            let points = parts.into_iter().flat_map(|part| part.points).collect();
            Some(Observations { points, domains: vec![domain], random: None, total: None, isolated })
        }
        Support::Product(factors) => {
            let parts: Vec<Observations> = factors.iter().map(of_support).collect::<Option<_>>()?;
            let empty = parts.iter().any(|part| part.points.is_empty());
            let longest = if empty { 0 } else { parts.iter().map(|part| part.points.len()).max()? };
            // Each coordinate runs through its own points, from another start and in other steps.
            let point = |k: usize| {
                let coordinate =
                    |(i, part): (usize, &Observations)| part.points[(k * (2 * i + 1) + i) % part.points.len()].clone();
                parts.iter().enumerate().flat_map(coordinate).collect()
            };
            let points = (0..longest).map(point).collect();
            let domains = parts.iter().flat_map(|part| part.domains.clone()).collect();
            let isolated = vec![parts.iter().all(|part| part.isolated.iter().all(|&isolated| isolated)); longest];
            Some(Observations { points, domains, random: None, total: None, isolated })
        }
        Support::Simplex { parts } => {
            let point = |k: usize| {
                #[allow(clippy::cast_precision_loss)] // small
                let weight = |i: usize| 0.3 + ((k + 1) as f64 * ((i + 2) as f64).sqrt()).fract();
                let sum: f64 = (0..*parts).map(weight).sum();
                (0..*parts).map(|i| weight(i) / sum).collect()
            };
            let domains = vec![Domain { lower: 0.0, upper: 1.0 }; *parts];
            let points: Vec<_> = (0..6).map(point).collect();
            Some(Observations { isolated: vec![false; points.len()], points, domains, random: None, total: Some(1.0) })
        }
        Support::Compositions { parts, total } => {
            let point = |k: usize| {
                let mut counts = vec![f64::from(*total / u32::try_from(*parts).unwrap_or(1)); *parts];
                let rest = f64::from(*total) - counts.iter().sum::<f64>();
                counts[k % parts] += rest;
                counts
            };
            let domains = vec![Domain { lower: 0.0, upper: f64::from(*total) }; *parts];
            let points = (0..*parts).map(point).collect();
            Some(Observations {
                points,
                domains,
                random: None,
                total: Some(f64::from(*total)),
                isolated: vec![true; *parts],
            })
        }
        _ => None,
    }
}

/// Points of an interval, the middling ones first.
fn interval(domain: Domain) -> Vec<f64> {
    let Domain { lower, upper } = domain;
    match (lower.is_finite(), upper.is_finite()) {
        (true, true) => [0.37, 0.61, 0.12, 0.83, 0.03, 0.97].map(|u| lower + (upper - lower) * u).to_vec(),
        (true, false) => [0.83, 1.7, 0.31, 2.9, 0.06, 7.3].map(|d| lower + d).to_vec(),
        (false, true) => [0.83, 1.7, 0.31, 2.9, 0.06, 7.3].map(|d| upper - d).to_vec(),
        (false, false) => vec![0.43, -0.71, 1.9, -2.3, 5.1, -7.7],
    }
}

/// Integers of a range, from its finite end on.
fn integers(domain: Domain) -> Vec<f64> {
    const STEPS: [f64; 9] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 11.0, 23.0];
    let Domain { lower, upper } = domain;
    if upper - lower < 8.0 {
        // Counted, as x + 1 may be x among large numbers.
        return (0..9).map(|step| lower + f64::from(step)).filter(|x| *x <= upper).collect();
    }
    match (lower.is_finite(), upper.is_finite()) {
        (true, _) => STEPS.map(|step| lower + step).into_iter().filter(|x| *x <= upper).collect(),
        (false, true) => STEPS.map(|step| upper - step).to_vec(),
        (false, false) => STEPS.iter().flat_map(|&step| [step, -step]).collect(),
    }
}
