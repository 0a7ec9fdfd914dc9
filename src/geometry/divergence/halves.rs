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
    /// Where the density was evaluated, and its logarithm, if that is on a line.
    seen: Option<Vec<(f64, f64)>>,
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
        }
        if let (Some(seen), [x]) = (&mut self.seen, M::Observation::coordinates(x)) {
            seen.push((*x, ln_density));
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
}

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
    let (expectation, half) = evaluate(&pieces, member.theta.borrow(), &half, None, method, settings)?;
    let seen = half.and_then(|half: Half<'_, M>| half.seen).unwrap_or_default();
    Ok(Taken { expectation, bulk: bulk(&seen) })
}

/// The lower end, the mode and the upper end of the bulk among the points seen.
fn bulk(seen: &[(f64, f64)]) -> Vec<f64> {
    let Some(top) = seen.iter().max_by(|a, b| a.1.total_cmp(&b.1)) else { return Vec::new() };
    let bulk = || seen.iter().filter(|(_, ln_density)| *ln_density > top.1 - DEPTH).map(|(x, _)| *x);
    vec![bulk().fold(f64::INFINITY, f64::min), top.0, bulk().fold(f64::NEG_INFINITY, f64::max)]
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
