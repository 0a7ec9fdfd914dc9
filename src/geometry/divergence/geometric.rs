//! ln ∫ f^α g^(1−α) dx, as the mass of a density of its own.
//!
//! If f and g are far apart, what they have in common lies where neither is large. It is still the bulk of h = f^α g^(1−α), and is found
//! by the logarithm of h like that of any density. The integral may be too small or too large for a number, so h is scaled by its peak.

use super::growth;
use super::halves::{OfDatum, Pieces};
use super::ratio::Member;
use super::supports::{common, inside};
use super::value::Infinite;
use crate::error::Error;
use crate::expectation::{Estimate, Expectation, Method, Provenance, Settings, Statistic, evaluate};
use crate::model::{Datum, LogLikelihood, Observation, SampleSpace, Support};
use std::borrow::Borrow;
use std::sync::{Mutex, PoisonError};

/// A peak so high, or so far out, is where the numbers end.
const HIGH: f64 = 1e15;
pub(super) const FAR: f64 = 1e100;

/// How far, in logarithms, the peak may be from 0 before h is scaled.
const UNSCALED: f64 = 50.0;

/// How often the scale may be changed.
const ATTEMPTS: usize = 4;

/// ln ∫ h, and the mean and mean square of w = ln g − ln f under h/∫h, if they were asked for.
pub(super) struct Power {
    pub(super) ln_integral: Estimate,
    pub(super) moments: Vec<f64>,
    pub(super) provenance: Provenance,
}

/// The highest ln h so far, and where.
type Peak = Mutex<(f64, Vec<f64>)>;

/// h with its scale taken off, and powers of w.
struct Geometric<'a, M: LogLikelihood> {
    ln_h: OfDatum<'a, M>,
    ln_ratio: OfDatum<'a, M>,
    moments: usize,
    scale: f64,
    peak: &'a Peak,
}

impl<M: LogLikelihood> Clone for Geometric<'_, M> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

impl<'a, 'p, M: SampleSpace> Statistic<Pieces<'p, M>> for Geometric<'a, M> {
    fn dimension(&self) -> usize {
        self.moments
    }

    fn evaluate(&mut self, x: &Datum<M, f64>, values: &mut [f64]) -> f64 {
        let ln_h = Statistic::<Pieces<'p, M>>::ln_density(self, x);
        if self.moments > 0 && ln_h > f64::NEG_INFINITY {
            let w = (self.ln_ratio)(x);
            let mut power = 1.0;
            for value in values {
                power *= w;
                *value = power;
            }
        }
        ln_h
    }

    fn ln_density(&mut self, x: &Datum<M, f64>) -> f64 {
        let ln_h = (self.ln_h)(x);
        if ln_h == f64::INFINITY && M::Observation::coordinates(x).iter().any(|x| x.abs() > FAR) {
            // So far out ln g may be too large for a number where ln f is not yet.
            return f64::NEG_INFINITY;
        }
        let mut peak = self.peak.lock().unwrap_or_else(PoisonError::into_inner);
        if ln_h > peak.0 {
            *peak = (ln_h, M::Observation::coordinates(x).to_vec());
        }
        ln_h - self.scale
    }
}

/// ln ∫ f^α g^(1−α), or why it is −∞ (`Disjoint`) or ∞.
pub(super) fn power<M: SampleSpace>(
    first: &Member<'_, M>,
    other_support: &Support,
    ln_ratio: OfDatum<'_, M>,
    order: f64,
    moments: usize,
    settings: &Settings,
) -> Result<Result<Power, Infinite>, Error> {
    let Some(support) = common(&first.support, other_support) else { return Ok(Err(Infinite::Disjoint)) };
    let ln_h = |x: &Datum<M, f64>| {
        let ln_density = first.ln_density(x);
        // Where f is zero there is nothing of h, also where g is zero too.
        if ln_density == f64::NEG_INFINITY { ln_density } else { ln_density + (1.0 - order) * ln_ratio(x) }
    };
    let peak: Peak = Mutex::new((f64::NEG_INFINITY, Vec::new()));
    let pieces = Pieces { model: first.model, support, random: false };
    let mut scale = 0.0;
    let mut attempt = 0;
    loop {
        let geometric = Geometric { ln_h: &ln_h, ln_ratio, moments, scale, peak: &peak };
        let found = evaluate(&pieces, first.theta.borrow(), &geometric, None, Method::Automatic, settings);
        let (top, at) = peak.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if top > HIGH || (top > 0.0 && at.iter().any(|x| x.abs() > FAR)) {
            return Ok(Err(Infinite::Tail { at }));
        }
        attempt += 1;
        if attempt < ATTEMPTS && top.is_finite() && (top - scale).abs() > UNSCALED {
            scale = top;
            continue;
        }
        return match found {
            Ok((expectation, _)) => Ok(Ok(scaled(&expectation, scale))),
            Err(refusal) => diverges::<M>(&pieces.support, &ln_h, refusal).map(Err),
        };
    }
}

/// The integral with its scale put back.
fn scaled(expectation: &Expectation, scale: f64) -> Power {
    // The deterministic methods know the mass.
    let mass = expectation.mass.unwrap_or(Estimate::new(f64::NAN, f64::NAN));
    let value = scale + mass.value.ln();
    Power {
        ln_integral: Estimate::new(value, mass.error / mass.value + 4.0 * f64::EPSILON * value.abs()),
        moments: expectation.values.iter().map(|moment| moment.value / mass.value).collect(),
        provenance: expectation.provenance.clone(),
    }
}

/// Why the integral is infinite, if a refusal means that; else the refusal.
fn diverges<M: SampleSpace>(support: &Support, ln_h: OfDatum<'_, M>, refusal: Error) -> Result<Infinite, Error> {
    match refusal {
        Error::Divergent { component: None, at } => Ok(Infinite::Tail { at: vec![at] }),
        Error::DensityNotFinite { at, value } if value == f64::INFINITY => Ok(Infinite::Support { at }),
        // Both are positive somewhere, but nowhere together as far as numbers go.
        Error::NoMass { .. } => Ok(Infinite::Disjoint),
        refusal @ (Error::SlowTail { .. } | Error::NoConvergence { .. }) => {
            far_out::<M>(support, ln_h).map(|at| Infinite::Tail { at }).ok_or(refusal)
        }
        other => Err(other),
    }
}

/// A point far out, if the integral of a positive function diverges on the way there.
pub(super) fn far_out<M: LogLikelihood>(support: &Support, ln_term: OfDatum<'_, M>) -> Option<Vec<f64>> {
    let axes = match support {
        Support::Product(factors) => factors.as_slice(),
        single => std::slice::from_ref(single),
    };
    let start: Vec<f64> = axes.iter().map(inside).collect::<Option<_>>()?;
    growth::far_out(support, &start, &|x| M::Observation::from_coordinates(x).map_or(f64::NAN, ln_term))
}
