//! Adding the terms of a sum over the integers, from each mode outwards.

use super::decay::{BLOCK, Decay, Outlook};
use super::double_exponential::{Integral, Path};
use super::peaks::Peak;
use super::summation::unconverged;
use super::tail;
use super::terms::{Terms, Totals};
use super::{Integrand, Settings};
use crate::error::Error;

/// After so many terms an integral may take the place of the tail, if the tail is still long.
const FIRST_CUT: usize = 256;

/// How many times as long as what is added already a tail must be to be called long.
const LONG: f64 = 4.0;

/// After so many terms, a tail that cannot be integrated is added until it is within the tolerance, or given up if that would
/// take more than the budget.
const LAST_CUT: usize = 8192;

/// No tail is held to a tolerance below this.
const ATTAINABLE: f64 = 64.0 * f64::EPSILON;

/// At how many of the peaks, from the highest down, the rounding noise is measured.
const NOISE_PROBES: usize = 8;

/// What a second look for missing mass may cost, and a defect of the mass that is not worth one.
const SECOND_LOOK: usize = 100_000;
const VISIBLE: f64 = 1e-9;

/// Where a run of terms stops, in order to go on as an integral.
#[derive(Clone, Copy, Debug)]
struct Cut {
    /// The last point added.
    at: f64,
    /// A point half way back to the mode.
    half_way: f64,
    direction: f64,
    /// How many terms were added since the mode.
    length: usize,
    /// The end of the support.
    end: f64,
}

/// A sum in progress.
pub(super) struct Walk<'a, I> {
    pub(super) terms: Terms<'a, I>,
    pub(super) totals: Totals,
    /// The error of every component from the tails that were bounded or integrated.
    pub(super) truncation: Vec<f64>,
    /// The rounding noise of ln f and of every component of g.
    pub(super) noise: Vec<f64>,
    support: (f64, f64),
    settings: &'a Settings,
    peaks: Vec<Peak>,
    covered: Vec<(f64, f64)>,
}

impl<'a, I: Integrand> Walk<'a, I> {
    pub(super) fn new(terms: Terms<'a, I>, support: (f64, f64), settings: &'a Settings) -> Self {
        let width = terms.width();
        Self {
            terms,
            totals: Totals::new(width),
            truncation: vec![0.0; width],
            noise: vec![0.0; width],
            support,
            settings,
            peaks: Vec::new(),
            covered: Vec::new(),
        }
    }

    /// Where it makes sense to look for peaks: 0, and the ends of what has been added.
    pub(super) fn anchors(&self) -> Vec<f64> {
        let ends = self.covered.iter().flat_map(|&(a, b)| [a, b]).filter(|x| x.is_finite());
        ends.chain([0.0]).collect()
    }

    /// Whether there ought to be more mass somewhere, and the budget allows to look for it.
    pub(super) fn mass_is_short(&self) -> bool {
        let error = VISIBLE + 10.0 * (self.noise[0] + self.truncation[0]);
        self.totals.value(0) < 1.0 - error && self.terms.evaluations() + SECOND_LOOK < self.settings.evaluations
    }

    /// Adds all terms around the peaks, of which the highest comes first.
    pub(super) fn outwards_from(&mut self, peaks: Vec<Peak>) -> Result<(), Error> {
        for peak in peaks.iter().take(NOISE_PROBES) {
            let noise = self.terms.noise(peak.at, self.support);
            self.noise
                .iter_mut()
                .zip(noise)
                .for_each(|(most, noise)| *most = most.max(noise));
        }
        self.peaks.extend(&peaks);
        for peak in peaks {
            if self.is_covered(peak.at) {
                continue;
            }
            let term = self.terms.at(peak.at)?;
            self.totals.add(term);
            let right = self.run(peak.at, 1.0)?;
            let left = self.run(peak.at, -1.0)?;
            self.covered.push((left, right));
        }
        Ok(())
    }

    /// Adds the terms on one side of `mode`, which is itself added already, and returns how far that reached.
    fn run(&mut self, mode: f64, direction: f64) -> Result<f64, Error> {
        let end = if direction > 0.0 {
            self.support.1
        } else {
            self.support.0
        };
        let mut decay = Decay::new(self.terms.width());
        let mut half_way = self.totals.clone();
        let mut outlooks: Vec<Outlook> = Vec::new();
        let (mut n, mut x) = (0_usize, mode);
        loop {
            let next = x + direction;
            if (end - next) * direction < 0.0 || self.is_covered(next) {
                return Ok(x);
            }
            if self.terms.evaluations() >= self.settings.evaluations {
                return Err(self.out_of_budget(&outlooks));
            }
            (n, x) = (n + 1, next);
            let term = self.terms.at(x)?;
            self.totals.add(term);
            decay.add(term);
            if n % BLOCK != 0 {
                continue;
            }
            outlooks = decay.close_block(n);
            // a tail that resisted being integrated so long need only be as small as was asked for
            let target = if n < LAST_CUT {
                f64::EPSILON
            } else {
                self.settings.tolerance
            };
            let still = self.terms_to_come(&outlooks, target).min((end - x).abs());
            if still == 0.0 {
                self.truncation
                    .iter_mut()
                    .zip(&outlooks)
                    .for_each(|(error, tail)| *error += tail.bound);
                return Ok(x);
            }
            if !n.is_power_of_two() || 2 * n < FIRST_CUT {
                continue;
            }
            #[allow(clippy::cast_precision_loss)] // both are below the budget
            let (far, left) = (
                n as f64,
                self.settings.evaluations.saturating_sub(self.terms.evaluations()) as f64,
            );
            if n >= FIRST_CUT && still > LONG * far {
                let cut = Cut {
                    at: x,
                    half_way: x - direction * 0.5 * far,
                    direction,
                    length: n,
                    end,
                };
                if let Some(tail) = self.long_tail(cut, &half_way)? {
                    self.totals.add_all(&tail.value, &tail.magnitude);
                    self.truncation
                        .iter_mut()
                        .zip(&tail.error)
                        .for_each(|(total, error)| *total += error);
                    return Ok(end);
                }
                if n >= LAST_CUT && still > left {
                    return Err(self.slow_tail(&outlooks, x));
                }
            }
            half_way = self.totals.clone();
        }
    }

    /// The tail as an integral, if it can be one.
    fn long_tail(&mut self, cut: Cut, half_way: &Totals) -> Result<Option<Integral>, Error> {
        let endless = cut.direction * f64::INFINITY;
        if self.is_clear(cut.at, endless, cut.direction)
            && let Some(tail) = self.open_tail(cut, half_way)?
        {
            return Ok(Some(tail));
        }
        if cut.end.is_finite() {
            self.closed_tail(cut, half_way)
        } else {
            Ok(None)
        }
    }

    /// A tail that fades away: from the cut to infinity, or to where there is nothing left.
    fn open_tail(&mut self, cut: Cut, half_way: &Totals) -> Result<Option<Integral>, Error> {
        let whole = self.magnitudes();
        let path = |from: f64| Path::Outwards {
            from,
            direction: cut.direction,
            scale: (cut.at - cut.half_way).abs(),
            end: cut.end,
        };
        let Some(tail) = tail::sum(&mut self.terms, path(cut.at), &whole)? else {
            return Ok(None);
        };
        let Some(longer) = tail::sum(&mut self.terms, path(cut.half_way), &whole)? else {
            return Ok(None);
        };
        let between = self.totals.since(half_way);
        Ok(self.confirmed(tail, &longer, &between, &whole))
    }

    /// A tail that reaches the end of the support: as many terms from there as from the mode, and an integral between.
    fn closed_tail(&mut self, cut: Cut, half_way: &Totals) -> Result<Option<Integral>, Error> {
        let mut near_end = Totals::new(self.terms.width());
        let mut half_way_from_end = near_end.clone();
        let mut x = cut.end;
        for k in 0..cut.length {
            if 2 * k == cut.length {
                half_way_from_end = near_end.clone();
            }
            near_end.add(self.terms.at(x)?);
            x -= cut.direction;
        }
        let last = x + cut.direction;
        if !self.is_clear(cut.at, last, cut.direction) {
            return Ok(None);
        }
        let half_way_last = cut.end + 0.5 * (last - cut.end) + 0.5 * cut.direction;
        let whole = self.magnitudes();
        let path = |from, to| Path::Between { from, to };
        let Some(mut tail) = tail::sum(&mut self.terms, path(cut.at, last), &whole)? else {
            return Ok(None);
        };
        let Some(longer) = tail::sum(&mut self.terms, path(cut.half_way, half_way_last), &whole)? else {
            return Ok(None);
        };
        let mut between = self.totals.since(half_way);
        for (c, total) in between.iter_mut().enumerate() {
            *total += near_end.value(c) - half_way_from_end.value(c);
            tail.magnitude[c] += near_end.magnitude(c);
        }
        let Some(mut tail) = self.confirmed(tail, &longer, &between, &whole) else {
            return Ok(None);
        };
        tail.value
            .iter_mut()
            .enumerate()
            .for_each(|(c, value)| *value += near_end.value(c));
        Ok(Some(tail))
    }

    /// The tail, if it and the terms `between` the cuts add up to the `longer` tail from the cut half way.
    fn confirmed(&self, mut tail: Integral, longer: &Integral, between: &[f64], whole: &[f64]) -> Option<Integral> {
        let mass = self.totals.value(0) + tail.value[0];
        let mut good = true;
        for c in 0..whole.len() {
            tail.error[c] += (longer.value[c] - between[c] - tail.value[c]).abs();
            let size = whole[c] + tail.magnitude[c];
            let noise = self.noise[0] * size + if c > 0 { self.noise[c] * mass } else { 0.0 };
            good &= tail.error[c] <= self.settings.tolerance.max(ATTAINABLE) * size + noise;
        }
        good.then_some(tail)
    }

    fn magnitudes(&self) -> Vec<f64> {
        (0..self.terms.width()).map(|c| self.totals.magnitude(c)).collect()
    }

    /// About how many more terms it takes until what is left of every component is small against it.
    fn terms_to_come(&self, outlooks: &[Outlook], target: f64) -> f64 {
        let one = |(c, outlook): (usize, &Outlook)| outlook.terms_to_come(target * self.totals.magnitude(c));
        outlooks.iter().enumerate().map(one).fold(0.0, f64::max)
    }

    fn is_covered(&self, x: f64) -> bool {
        self.covered.iter().any(|&(a, b)| a <= x && x <= b)
    }

    /// Whether nothing is known of any peak between `x` and `limit`, nor anything beyond `x` added already.
    fn is_clear(&self, x: f64, limit: f64, direction: f64) -> bool {
        let inwards = |point: f64| (point - x) * direction <= 0.0;
        let beyond = |point: f64| (point - limit) * direction >= 0.0;
        let peaks = self.peaks.iter().all(|peak| inwards(peak.at) || beyond(peak.at));
        peaks && self.covered.iter().all(|&(a, b)| inwards(a) && inwards(b))
    }

    fn out_of_budget(&self, outlooks: &[Outlook]) -> Error {
        let bounds: Vec<f64> = (0..self.terms.width())
            .map(|c| outlooks.get(c).map_or(f64::INFINITY, |outlook| outlook.bound))
            .collect();
        unconverged(&self.totals, &bounds, self.terms.evaluations())
    }

    /// The component that has longest to go.
    fn slow_tail(&mut self, outlooks: &[Outlook], at: f64) -> Error {
        let still = |c: usize| outlooks[c].terms_to_come(f64::EPSILON * self.totals.magnitude(c));
        let worst = (1..outlooks.len())
            .max_by(|&a, &b| still(a).total_cmp(&still(b)))
            .unwrap_or(0);
        match self.terms.at(at) {
            Ok(term) => Error::SlowTail {
                component: worst.saturating_sub(1),
                at,
                term: term[worst].abs(),
            },
            Err(error) => error,
        }
    }
}
