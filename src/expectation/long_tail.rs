//! Tails that are too long to be added: an integral from two cuts, which must agree with the terms between.

use super::double_exponential::{Integral, Path};
use super::peaks::FARTHEST;
use super::run::Run;
use super::tail;
use super::terms::Totals;
use super::walk::Walk;
use crate::error::Error;

/// No tail is held to a tolerance below this.
const ATTAINABLE: f64 = 64.0 * f64::EPSILON;

impl Walk<'_> {
    /// The tail as an integral, if it can be one.
    pub(super) fn long_tail(&mut self, run: &Run) -> Result<Option<Integral>, Error> {
        let endless = run.direction * f64::INFINITY;
        if self.is_clear(run.at, endless, run.direction)
            && let Some(tail) = self.open_tail(run)?
        {
            return Ok(Some(tail));
        }
        if run.end.abs() <= FARTHEST { self.closed_tail(run) } else { Ok(None) }
    }

    /// A tail that fades away: from the cut to infinity, or to where there is nothing left.
    fn open_tail(&mut self, run: &Run) -> Result<Option<Integral>, Error> {
        let whole = self.magnitudes();
        let path = |from: f64| Path::Outwards {
            from,
            direction: run.direction,
            scale: (run.at - run.middle()).abs(),
            end: run.end,
        };
        let Some(tail) = tail::sum(&mut self.terms, path(run.at), &whole)? else {
            return Ok(None);
        };
        let Some(longer) = tail::sum(&mut self.terms, path(run.middle()), &whole)? else {
            return Ok(None);
        };
        let between = self.totals.since(&run.half_way);
        Ok(self.confirmed(tail, &longer, &between, &whole))
    }

    /// A tail that reaches the end of the support: as many terms from there as from the mode, and an integral between.
    fn closed_tail(&mut self, run: &Run) -> Result<Option<Integral>, Error> {
        let mut near_end = Totals::new(self.terms.width());
        let mut half_way_from_end = near_end.clone();
        let mut x = run.end;
        for k in 0..run.length {
            if 2 * k == run.length {
                half_way_from_end = near_end.clone();
            }
            near_end.add(self.terms.at(x)?);
            x -= run.direction;
        }
        let last = x + run.direction;
        if !self.is_clear(run.at, last, run.direction) {
            return Ok(None);
        }
        let half_way_last = run.end + 0.5 * (last - run.end) + 0.5 * run.direction;
        let whole = self.magnitudes();
        let path = |from, to| Path::Between { from, to };
        let Some(mut tail) = tail::sum(&mut self.terms, path(run.at, last), &whole)? else {
            return Ok(None);
        };
        let Some(longer) = tail::sum(&mut self.terms, path(run.middle(), half_way_last), &whole)? else {
            return Ok(None);
        };
        let mut between = self.totals.since(&run.half_way);
        for (c, total) in between.iter_mut().enumerate() {
            *total += near_end.value(c) - half_way_from_end.value(c);
            tail.magnitude[c] += near_end.magnitude(c);
            tail.spread[c] += near_end.magnitude(c) * (run.end - run.at).abs().ln_1p();
        }
        let Some(mut tail) = self.confirmed(tail, &longer, &between, &whole) else {
            return Ok(None);
        };
        tail.value.iter_mut().enumerate().for_each(|(c, value)| *value += near_end.value(c));
        Ok(Some(tail))
    }

    /// The tail, if it and the terms `between` the cuts add up to the `longer` tail from the cut half way.
    fn confirmed(&self, mut tail: Integral, longer: &Integral, between: &[f64], whole: &[f64]) -> Option<Integral> {
        let mass = self.totals.value(0) + tail.value[0];
        let mut good = true;
        for c in 0..whole.len() {
            tail.error[c] += (longer.value[c] - between[c] - tail.value[c]).abs();
            let size = whole[c] + tail.magnitude[c];
            let noise = match c.checked_sub(1) {
                None => self.noise.of_density() * size,
                Some(component) => self.noise.of_component(component, size, mass),
            };
            good &= tail.error[c] <= self.settings.tolerance.max(ATTAINABLE) * size + noise;
        }
        good.then_some(tail)
    }

    fn magnitudes(&self) -> Vec<f64> {
        (0..self.terms.width()).map(|c| self.magnitude(c)).collect()
    }

    /// Whether nothing is known of any peak between `x` and `limit`, nor anything beyond `x` added already.
    fn is_clear(&self, x: f64, limit: f64, direction: f64) -> bool {
        let inwards = |point: f64| (point - x) * direction <= 0.0;
        let beyond = |point: f64| (point - limit) * direction >= 0.0;
        let peaks = self.peaks.iter().all(|peak| inwards(peak.at) || beyond(peak.at));
        peaks && self.covered.iter().all(|&(a, b)| inwards(a) && inwards(b))
    }
}
