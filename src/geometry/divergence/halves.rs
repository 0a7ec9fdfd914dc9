//! E_f\[k(w)\] + E_g\[k(w)\]: every divergence, as a sum over its two halves.
//!
//! The bulk of each density is looked for by its own logarithm, so neither can be missed for being far from the other. A narrow bulk
//! *inside* the other could still hide between the nodes of the wider one. It would be seen: with q = g/(f + g) the two
//! halves of q have to add up to
//!
//! ```math
//! \mathrm{E}_f[q] + \mathrm{E}_g[q] = \int g = 1 ,
//! ```
//!
//! so q is always taken along. If the sum is not 1, each integral is cut where the bulk of the other is, and taken again.

use super::generators::shares;
use super::ratio::Member;
use super::supports::cut;
use crate::error::Error;
use crate::expectation::{Estimate, Expectation, Method, Provenance, Settings, Statistic, evaluate};
use crate::model::{Capabilities, Datum, LogLikelihood, Observation, ParameterSpace, SampleSpace, Support, Theta};
use std::borrow::Borrow;

/// A function of an observation.
pub(super) type OfDatum<'a, M> = &'a (dyn Fn(&Datum<M, f64>) -> f64 + Sync);

/// A function of the log-ratio.
pub(super) type OfRatio<'a> = &'a (dyn Fn(f64) -> f64 + Sync);

/// A model with its support cut into pieces, and with its sampler or without.
pub(super) struct Pieces<'a, M: SampleSpace> {
    pub(super) model: &'a M,
    pub(super) support: Support,
    pub(super) random: bool,
}

impl<M: SampleSpace> LogLikelihood for Pieces<'_, M> {
    type Parameters = M::Parameters;
    type Observation = M::Observation;

    fn ln_likelihood<D: crate::scalar::Scalar>(
        &self,
        theta: &<M::Parameters as ParameterSpace>::Of<D>,
        x: &<M::Observation as Observation>::Of<D>,
    ) -> D {
        self.model.ln_likelihood(theta, x)
    }
}

impl<M: SampleSpace> SampleSpace for Pieces<'_, M> {
    fn support(&self, _theta: &Theta<Self, f64>) -> Support {
        self.support.clone()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        let none = Capabilities::none();
        if !self.random {
            return none;
        }
        Capabilities {
            sampler: |pieces, theta, stream| (pieces.model.capabilities().sampler)(pieces.model, theta, stream),
            uniforms: |pieces| (pieces.model.capabilities().uniforms)(pieces.model),
            quantile: |pieces, theta, u| (pieces.model.capabilities().quantile)(pieces.model, theta, u),
            ..none
        }
    }
}

/// One half: k(w) and q(w) under one of the two densities.
struct Half<'a, M: LogLikelihood> {
    ln_density: OfDatum<'a, M>,
    ln_ratio: OfDatum<'a, M>,
    k: OfRatio<'a>,
    /// Where the density was evaluated, if that is on a line.
    seen: Option<Vec<Seen>>,
}

/// A point at which a density was evaluated, its logarithm and w there.
#[derive(Clone, Copy)]
struct Seen {
    x: f64,
    ln_density: f64,
    w: f64,
}

impl<M: LogLikelihood> Clone for Half<'_, M> {
    fn clone(&self) -> Self {
        Self { ln_density: self.ln_density, ln_ratio: self.ln_ratio, k: self.k, seen: self.seen.clone() }
    }
}

impl<'a, 'p, M: SampleSpace> Statistic<Pieces<'p, M>> for Half<'a, M> {
    fn dimension(&self) -> usize {
        2
    }

    fn evaluate(&mut self, x: &Datum<M, f64>, values: &mut [f64]) -> f64 {
        let ln_density = (self.ln_density)(x);
        if ln_density > f64::NEG_INFINITY {
            let w = (self.ln_ratio)(x);
            values.copy_from_slice(&[(self.k)(w), shares(w).1]);
            if let (Some(seen), [x]) = (&mut self.seen, M::Observation::coordinates(x)) {
                seen.push(Seen { x: *x, ln_density, w });
            }
        }
        ln_density
    }

    fn ln_density(&mut self, x: &Datum<M, f64>) -> f64 {
        (self.ln_density)(x)
    }
}

/// What is known of one half.
pub(super) struct Taken {
    pub(super) expectation: Expectation,
    /// The mode of the density and the ends of its bulk.
    pub(super) bulk: Vec<f64>,
    /// Where w changes its sign.
    pub(super) crossings: Vec<f64>,
}

/// Over several coordinates the error of an integral is told from how fast entire functions settle. k(w) is no such function: it has
/// poles at w = ±iπ. So a finer integral is asked for, and its error is taken to be larger than it says.
const FINER: f64 = 16.0;
const CAUTION: f64 = 8.0;

/// More changes of sign are noise.
const MANY: usize = 16;

/// How far below its mode the bulk of a density ends.
const DEPTH: f64 = 40.0;

/// k(w) and q(w) under one density, by sum or integral over its support cut at these points, or at random.
pub(super) fn half<M: SampleSpace>(
    member: &Member<'_, M>,
    ln_ratio: OfDatum<'_, M>,
    k: OfRatio<'_>,
    cuts: &[f64],
    random: bool,
    (method, settings): (Method, &Settings),
) -> Result<Taken, Error> {
    let pieces = Pieces { model: member.model, support: cut(&member.support, cuts), random };
    let on_a_line = matches!(pieces.support, Support::Interval { .. } | Support::Mixed(_));
    let ln_density = |x: &Datum<M, f64>| member.ln_density(x);
    let half = Half { ln_density: &ln_density, ln_ratio, k, seen: on_a_line.then(Vec::new) };
    let several = matches!(pieces.support, Support::Product(_) | Support::Simplex { .. });
    let finer = Settings { tolerance: settings.tolerance / FINER, ..settings.clone() };
    let settings = if several { &finer } else { settings };
    let (mut expectation, half) = evaluate(&pieces, member.theta.borrow(), &half, None, method, settings)?;
    if several && !expectation.provenance.is_random() {
        expectation.values.iter_mut().for_each(|value| value.error *= CAUTION);
    }
    let seen = half.and_then(|half: Half<'_, M>| half.seen).unwrap_or_default();
    Ok(Taken { expectation, bulk: bulk(&seen), crossings: crossings::<M>(seen, ln_ratio) })
}

/// The lower end, the mode and the upper end of the bulk among the points seen.
fn bulk(seen: &[Seen]) -> Vec<f64> {
    let Some(top) = seen.iter().max_by(|a, b| a.ln_density.total_cmp(&b.ln_density)) else { return Vec::new() };
    let bulk = || seen.iter().filter(|point| point.ln_density > top.ln_density - DEPTH).map(|point| point.x);
    vec![bulk().fold(f64::INFINITY, f64::min), top.x, bulk().fold(f64::NEG_INFINITY, f64::max)]
}

/// Where w changes its sign between neighbours among the points seen, by bisection.
fn crossings<M: LogLikelihood>(mut seen: Vec<Seen>, ln_ratio: OfDatum<'_, M>) -> Vec<f64> {
    seen.sort_by(|a, b| a.x.total_cmp(&b.x));
    let ln_ratio = |x: f64| M::Observation::from_coordinates(&[x]).map_or(f64::NAN, ln_ratio);
    let mut crossings = Vec::new();
    for pair in seen.windows(2).filter(|pair| pair[0].w * pair[1].w < 0.0) {
        let (mut low, mut high) = (pair[0].x, pair[1].x);
        // As often as a number has digits, and as it has magnitudes.
        for _ in 0..128 {
            let middle = 0.5 * low + 0.5 * high;
            if ln_ratio(middle) * pair[0].w > 0.0 { low = middle } else { high = middle }
        }
        crossings.push(high);
    }
    // Where the two differ by rounding alone there are as many crossings as points.
    if crossings.len() > MANY { Vec::new() } else { crossings }
}

/// The two halves put together: the sum, its error, and by how much q is short of 1 beyond all errors.
pub(super) struct Sum {
    pub(super) total: Estimate,
    pub(super) provenance: Provenance,
    pub(super) missing: f64,
}

impl Sum {
    pub(super) fn of(first: &Taken, second: &Taken) -> Self {
        let [a, b] = [&first.expectation, &second.expectation];
        let add = |c: usize| {
            let (a, b) = (a.values[c], b.values[c]);
            Estimate::new(a.value + b.value, a.error + b.error)
        };
        let (total, share) = (add(0), add(1));
        let provenance = together(&a.provenance, &b.provenance);
        let defect = (share.value - 1.0).abs();
        // Random errors cover what they cover; a hidden bulk is looked for among bounds only.
        let hidden = !provenance.is_random() && defect > 4.0 * share.error + 64.0 * f64::EPSILON;
        Self { total, provenance, missing: if hidden { defect } else { 0.0 } }
    }

    /// The sum with what is missing counted as error, at the worst value of k that matters.
    pub(super) fn guarded(mut self, k: OfRatio<'_>) -> Self {
        if self.missing > 0.0 {
            self.total.error += self.missing * k(DEPTH).max(k(-DEPTH));
        }
        self
    }
}

/// How a sum of two was obtained.
pub(super) fn together(first: &Provenance, second: &Provenance) -> Provenance {
    use Provenance::{Quadrature, Summation};
    match (first, second) {
        (Quadrature { evaluations: a }, Quadrature { evaluations: b }) => Quadrature { evaluations: a + b },
        (Summation { terms: a, tail_bound: s }, Summation { terms: b, tail_bound: t }) => {
            Summation { terms: a + b, tail_bound: s + t }
        }
        (random, _) if random.is_random() => random.clone(),
        (Quadrature { evaluations }, Summation { terms, .. })
        | (Summation { terms, .. }, Quadrature { evaluations }) => Quadrature { evaluations: evaluations + terms },
        (_, other) => other.clone(),
    }
}
