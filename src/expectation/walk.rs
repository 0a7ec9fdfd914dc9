//! Adding the terms of a sum over the integers, from each mode outwards.

use super::Settings;
use super::decay::{BLOCK, Outlook};
use super::moments::to_float;
use super::noise::Noise;
use super::part::Part;
use super::peaks::Peak;
use super::run::Run;
use super::terms::unconverged;
use super::terms::{Terms, Totals};
use crate::error::Error;

/// After so many terms an integral may take the place of the tail, if the tail is still long.
const FIRST_CUT: usize = 256;

/// How many times as long as what is added already a tail must be to be called long.
const LONG: f64 = 4.0;

/// After so many terms, a tail that cannot be integrated is added until it is within the tolerance, or given up if that would
/// take more than the budget.
const LAST_CUT: usize = 8192;

/// At how many of the peaks, from the highest down, the rounding noise is measured.
const NOISE_PROBES: usize = 8;

/// What a second look for missing mass may cost, and a defect of the mass that is not worth one.
const SECOND_LOOK: usize = 100_000;
const VISIBLE: f64 = 1e-9;

/// A sum in progress.
pub(super) struct Walk<'a> {
    pub(super) terms: Terms<'a>,
    pub(super) totals: Totals,
    /// The error of every component from the tails that were bounded or integrated.
    pub(super) truncation: Vec<f64>,
    /// The rounding noise of ln f and of every component of g.
    pub(super) noise: Noise,
    support: (f64, f64),
    /// What the other pieces of the support contribute.
    elsewhere: &'a Part,
    pub(super) settings: &'a Settings,
    pub(super) peaks: Vec<Peak>,
    pub(super) covered: Vec<(f64, f64)>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(terms: Terms<'a>, support: (f64, f64), settings: &'a Settings, elsewhere: &'a Part) -> Self {
        let width = terms.width();
        Self {
            terms,
            totals: Totals::new(width),
            truncation: vec![0.0; width],
            noise: Noise::default(),
            support,
            elsewhere,
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
        let error = VISIBLE + 10.0 * (self.noise.of_density() + self.truncation[0]);
        self.totals.value(0) + self.elsewhere.mass().value < 1.0 - error
            && self.terms.evaluations() + SECOND_LOOK < self.settings.evaluations
    }

    /// Adds all terms around the peaks, of which the highest comes first.
    pub(super) fn outwards_from(&mut self, peaks: Vec<Peak>) -> Result<(), Error> {
        for peak in peaks.iter().take(NOISE_PROBES) {
            self.listen(peak.at);
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
        let end = if direction > 0.0 { self.support.1 } else { self.support.0 };
        let mut run = Run::new(mode, direction, end, self.totals.clone());
        while (end - run.at) * direction >= 1.0 && !self.is_covered(run.at + direction) {
            self.step(&mut run)?;
            if run.length.is_multiple_of(BLOCK)
                && let Some(reached) = self.finish(&mut run)?
            {
                run.at = reached;
                break;
            }
        }
        let typical = mode + direction * run.typical_distance();
        if (end - typical) * direction > 0.0 {
            self.listen(typical);
        }
        Ok(run.at)
    }

    /// Adds the next term.
    fn step(&mut self, run: &mut Run) -> Result<(), Error> {
        if self.terms.evaluations() >= self.settings.evaluations {
            return Err(self.out_of_budget(run));
        }
        run.at += run.direction;
        run.length += 1;
        let term = self.terms.at(run.at)?;
        self.totals.add(term);
        run.decay.add(term);
        run.add_spread(term);
        Ok(())
    }

    /// How far the run has reached, if what is left of it is negligible, or can be integrated.
    fn finish(&mut self, run: &mut Run) -> Result<Option<f64>, Error> {
        run.outlooks = run.decay.close_block(run.length);
        // a tail that resisted being integrated so long need only be as small as was asked for
        let target = if run.length < LAST_CUT { f64::EPSILON } else { self.settings.tolerance };
        let still = self.terms_to_come(&run.outlooks, target);
        if still == 0.0 {
            let bounds: Vec<f64> = run.outlooks.iter().map(|outlook| outlook.bound).collect();
            self.leave_out(&bounds);
            return Ok(Some(run.at));
        }
        if !run.length.is_power_of_two() {
            return Ok(None);
        }
        let still = still.min((run.end - run.at).abs());
        if run.length >= FIRST_CUT && still > LONG * to_float(run.length) {
            if let Some(tail) = self.long_tail(run)? {
                self.totals.add_all(&tail.value, &tail.magnitude);
                self.leave_out(&tail.error);
                run.magnitude.iter_mut().zip(&tail.magnitude).for_each(|(total, tail)| *total += tail);
                run.spread.iter_mut().zip(&tail.spread).for_each(|(total, tail)| *total += tail);
                return Ok(Some(run.end));
            }
            let budget = self.settings.evaluations.saturating_sub(self.terms.evaluations());
            if run.length >= LAST_CUT && still > to_float(budget) {
                return Err(self.slow_tail(run));
            }
        }
        run.half_way = self.totals.clone();
        Ok(None)
    }

    /// Measures the rounding noise at `x`.
    fn listen(&mut self, x: f64) {
        self.noise.listen(&mut self.terms, x, self.support.1);
    }

    /// Counts what is not added as error.
    fn leave_out(&mut self, errors: &[f64]) {
        self.truncation.iter_mut().zip(errors).for_each(|(total, error)| *total += error);
    }

    /// About how many more terms it takes until what is left of every component is small against it.
    fn terms_to_come(&self, outlooks: &[Outlook], target: f64) -> f64 {
        let one = |(c, outlook): (usize, &Outlook)| outlook.terms_to_come(target * self.magnitude(c));
        outlooks.iter().enumerate().map(one).fold(0.0, f64::max)
    }

    /// Σ f |g_c| so far, here and elsewhere: what a tail must be small against.
    pub(super) fn magnitude(&self, component: usize) -> f64 {
        self.totals.magnitude(component) + self.elsewhere.magnitudes[component]
    }

    fn is_covered(&self, x: f64) -> bool {
        self.covered.iter().any(|&(a, b)| a <= x && x <= b)
    }

    fn out_of_budget(&self, run: &Run) -> Error {
        let bound = |c: usize| run.outlooks.get(c).map_or(f64::INFINITY, |outlook| outlook.bound);
        let bounds: Vec<f64> = (0..self.terms.width()).map(bound).collect();
        unconverged(&self.totals, &bounds, self.terms.evaluations())
    }

    /// The component that has longest to go.
    fn slow_tail(&mut self, run: &Run) -> Error {
        let still = |c: usize| run.outlooks[c].terms_to_come(f64::EPSILON * self.magnitude(c));
        let worst = (1..run.outlooks.len()).max_by(|&a, &b| still(a).total_cmp(&still(b))).unwrap_or(0);
        match self.terms.at(run.at) {
            Ok(term) => Error::SlowTail { component: worst.saturating_sub(1), at: run.at, term: term[worst].abs() },
            Err(error) => error,
        }
    }
}
