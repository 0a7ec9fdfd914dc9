//! Expectations over an interval, by adaptive Gauss–Kronrod quadrature in a coordinate that suits the density.
//!
//! 1. [`Line`]: x = x(t) turns any interval into the whole line, with tails that fall off at least exponentially.
//! 2. [`bulk`]: the modes of the density in t, and how far it reaches.
//! 3. Panels about the modes are bisected, worst first, until every component has converged.
//! 4. What lies beyond the last panel is bounded from the rate at which each component decays there. If that is not
//!    negligible, the range is extended; if it cannot be, the bound goes into the error; if it does not decay, the integral
//!    diverges.
//!
//! The error of a component is the sum of: the rule's estimate on each panel, the bound of what lies beyond, the rounding
//! of the sum, the rounding noise of ln f and g, which is listened to, and the rounding of the nodes (a normal at 10⁶ with
//! deviation 10⁻³ is sampled on a lattice of 10⁻⁷ deviations). The relative error that the mass of a density shows is added when
//! all of it is known.

use super::bulk::{self, DEPTH, Mode};
use super::gauss_kronrod::{self, POINTS, Rule};
use super::line::Line;
use super::nodes::Nodes;
use super::noise::{Noise, SAMPLES};
use super::panel::{Panel, evaluate};
use super::part::Part;
use super::{Estimate, Integrand, Settings};
use crate::error::Error;
use std::collections::BinaryHeap;

/// A panel narrower than this, relative to the range, is not bisected: what is still wrong there is a singularity that an
/// integral over ever smaller panels does not settle, if it exists at all.
const NARROWEST: f64 = 1e-18;

/// A bulk whose width the spacing of the numbers exceeds by this is not integrated.
const NARROW: f64 = 0.01;

/// How far below the mode the rounding noise is listened to.
const SHOULDER: f64 = 2.0;

/// At how many points the range is scanned for holes.
const SCAN: u32 = 96;

/// A model that breaks down further below the top than this does so in the tail, where it is excused.
const TAIL: f64 = 25.0;

/// The fraction of the mass beyond the last number before an end of the support above which the density is not resolved there.
const RESOLVED: f64 = 1e-12;

/// At most so many panels are bisected at once.
const MOST_AT_ONCE: usize = 64;

/// How many magnitudes either side of the origin the search probes, at the first and at later looks.
const PROBES: [usize; 3] = [24, 96, 768];

/// How often the bulk may be looked for, each time with a finer grid.
pub(super) const LOOKS: usize = PROBES.len();

/// ∫ f and ∫ f g over the interval (`lower`, `upper`), either end of which may be infinite, after the given look for the bulk.
///
/// Errors are measured against this interval and what lies `elsewhere` together. The evaluations are added to those `spent`.
pub(super) fn integrate(
    integrand: &mut dyn Integrand,
    (lower, upper): (f64, f64),
    settings: &Settings,
    elsewhere: &Part,
    look: usize,
    spent: &mut usize,
) -> Result<Part, Error> {
    Panels::begin(integrand, (lower, upper), settings, elsewhere, PROBES[look])?.run(spent)
}

/// The integral in progress. Component 0 is the mass, component k + 1 is component k of the integrand.
struct Panels<'a> {
    integrand: &'a mut dyn Integrand,
    settings: &'a Settings,
    elsewhere: &'a Part,
    line: Line,
    limits: (f64, f64),
    modes: Vec<Mode>,
    panels: BinaryHeap<Panel>,
    magnitudes: Vec<f64>,
    low: f64,
    high: f64,
    evaluations: usize,
    values: Vec<f64>,
}

impl<'a> Panels<'a> {
    /// Finds the bulk and covers it with panels.
    fn begin(
        integrand: &'a mut dyn Integrand,
        interval: (f64, f64),
        settings: &'a Settings,
        elsewhere: &'a Part,
        probes: usize,
    ) -> Result<Self, Error> {
        let no_mass = || Error::NoMass { points: 2 * probes + 1 };
        let components = integrand.dimension() + 1;
        let mut evaluations = 0;
        let line = bulk::coordinates(
            |x| {
                evaluations += 1;
                integrand.ln_density(&[x])
            },
            interval,
            probes,
        );
        let line = line.ok_or_else(no_mass)?;
        let mut h = |t: f64| {
            evaluations += 1;
            let (x, ln_slope) = line.at(t);
            integrand.ln_density(&[x]) + ln_slope
        };
        let modes = bulk::modes(&mut h, line.range(), probes);
        let top = modes.first().ok_or_else(no_mass)?.height;
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for mode in &modes {
            let (from, to) = bulk::reach(&mut h, mode, top, DEPTH, line.range());
            (low, high) = (low.min(from), high.max(to));
        }
        let mut panels = Self {
            integrand,
            settings,
            elsewhere,
            line,
            limits: line.range(),
            modes,
            panels: BinaryHeap::new(),
            magnitudes: vec![0.0; components],
            low,
            high,
            evaluations,
            values: vec![0.0; components],
        };
        panels.refuse_if_too_narrow()?;
        panels.low = panels.finite_end(panels.low, &mut |limits, t| limits.0 = t)?;
        panels.high = panels.finite_end(panels.high, &mut |limits, t| limits.1 = t)?;
        panels.scan()?;
        let intervals: Vec<(f64, f64)> = panels.partition().windows(2).map(|pair| (pair[0], pair[1])).collect();
        let first = panels.apply(&intervals)?;
        panels.push(first);
        Ok(panels)
    }

    /// Refuses a density whose bulk falls between the numbers: a normal at 10³⁰ with deviation 1. A piece of the support in which
    /// the density underflows everywhere is only the foot of a bulk elsewhere.
    fn refuse_if_too_narrow(&self) -> Result<(), Error> {
        let mode = self.modes[0];
        if self.line.displacement(mode.t) > NARROW * mode.width && mode.height.exp() > 0.0 {
            return Err(Error::TooNarrow { at: self.line.at(mode.t).0 });
        }
        Ok(())
    }

    /// Listens to the rounding noise of ln f and g on either side of the mode, where the density is still high: not at the mode,
    /// where there may be a kink.
    fn noise(&mut self) -> Noise {
        let (mode, line, dimension) = (self.modes[0], self.line, self.magnitudes.len() - 1);
        let mut points = Vec::new();
        for side in [-0.7, 0.6] {
            let mut away = side * mode.width;
            while self.height(mode.t + away) < mode.height - SHOULDER && away.abs() > 1e-6 * mode.width {
                away *= 0.5;
            }
            // Steps by a power of two, so that the points are exact and nothing but the functions is rounded.
            let (from, to) = (line.at(mode.t + away).0, line.at(mode.t + away * (1.0 + f64::powi(2.0, -20))).0);
            let step = (to - from).abs().max(from.abs() * f64::powi(2.0, -50)).log2().ceil().exp2().copysign(away);
            points.extend((0..SAMPLES).map(|k| from + f64::from(k) * step));
        }
        let (mut ln_densities, mut values) = (vec![0.0; points.len()], vec![0.0; dimension * points.len()]);
        self.integrand.evaluate_all(&points, &mut ln_densities, &mut values);
        let mut noise = Noise::default();
        for side in 0..2 {
            let columns = std::iter::once(&*ln_densities).chain(values.chunks_exact(points.len()));
            let columns: Vec<&[f64]> =
                columns.map(|column| &column[side * points.len() / 2..][..points.len() / 2]).collect();
            noise.hear(&columns, NARROW);
        }
        noise
    }

    /// h(t) = ln f(x(t)) + ln dx/dt.
    fn height(&mut self, t: f64) -> f64 {
        let (x, ln_slope) = self.line.at(t);
        self.integrand.ln_density(&[x]) + ln_slope
    }

    /// Looks at the density at evenly spaced points of the range, so that a hole in it does not hide between the nodes.
    fn scan(&mut self) -> Result<(), Error> {
        let step = (self.high - self.low) / f64::from(SCAN);
        for k in 0..SCAN {
            let (x, _) = self.line.at(self.low + (f64::from(k) + 0.5) * step);
            let ln_f = self.integrand.ln_density(&[x]);
            if ln_f.is_nan() || ln_f == f64::INFINITY {
                return Err(Error::DensityNotFinite { at: vec![x], value: ln_f });
            }
        }
        Ok(())
    }

    /// The end of the range, drawn in to where the integrand is finite if it is not so at `end`: far in the tail the arithmetic
    /// of a model may overflow. What lies beyond is bounded like any tail.
    fn finite_end(&mut self, end: f64, limit: &mut dyn FnMut(&mut (f64, f64), f64)) -> Result<f64, Error> {
        let mut finite = |t: f64| evaluate(self.integrand, self.line, t, &mut self.values);
        let Err(refusal) = finite(end) else { return Ok(end) };
        let (mut inside, mut outside) = (self.modes[0].t, end);
        for _ in 0..30 {
            let middle = 0.5 * (inside + outside);
            if finite(middle).is_ok() { inside = middle } else { outside = middle }
        }
        if self.height(inside) > self.modes[0].height - TAIL {
            return Err(refusal);
        }
        limit(&mut self.limits, inside);
        Ok(inside)
    }

    /// The first partition: each mode, and points at 2, 8, 32, … widths from it, within the range.
    fn partition(&self) -> Vec<f64> {
        let mut points = vec![self.low, self.high];
        for mode in &self.modes {
            points.push(mode.t);
            for sign in [-1.0, 1.0] {
                let mut offset = 2.0 * mode.width;
                while (self.low..=self.high).contains(&(mode.t + sign * 1.5 * offset)) {
                    points.push(mode.t + sign * offset);
                    offset *= 4.0;
                }
            }
        }
        points.retain(|t| (self.low..=self.high).contains(t));
        points.sort_by(f64::total_cmp);
        let narrowest = self.modes.iter().map(|mode| mode.width).fold(f64::INFINITY, f64::min);
        points.dedup_by(|b, a| *b - *a < 0.01 * narrowest);
        points
    }

    /// Bisects until everything has converged, then extends the range where what lies beyond is not negligible.
    fn run(mut self, spent: &mut usize) -> Result<Part, Error> {
        let mut depth = DEPTH;
        let beyond = loop {
            self.converge(*spent)?;
            let (below, above) = (self.beyond(-1.0)?, self.beyond(1.0)?);
            let beyond: Vec<f64> = below.iter().zip(&above).map(|(a, b)| a + b).collect();
            let scales = self.scales();
            let negligible = |side: &[f64]| {
                side.iter().zip(&scales).all(|(bound, scale)| *bound <= 0.01 * self.settings.tolerance * scale)
            };
            let (low_done, high_done) = (negligible(&below), negligible(&above));
            depth *= 1.6;
            if (low_done && high_done) || !self.extend(depth, low_done, high_done)? {
                break beyond;
            }
        };
        *spent += self.evaluations;
        self.finish(&beyond)
    }

    /// Bisects the worst panels until the excess of all panels together is within the tolerance.
    fn converge(&mut self, spent: usize) -> Result<(), Error> {
        loop {
            let mut excess: f64 = self.panels.iter().map(|panel| panel.excess).sum();
            if excess <= self.settings.tolerance {
                return Ok(());
            }
            // All of those without which the rest would be within the tolerance: each of them has to be bisected some time.
            let mut worst: Vec<Panel> = Vec::new();
            while let Some(panel) = self.panels.pop() {
                let narrow = panel.right - panel.left < NARROWEST * (self.high - self.low);
                let evaluations = spent + self.evaluations + 2 * POINTS * worst.len();
                if narrow || evaluations > self.settings.evaluations {
                    self.panels.extend(worst);
                    return Err(self.unconverged(&panel, spent));
                }
                excess -= panel.excess;
                worst.push(panel);
                if excess <= self.settings.tolerance || worst.len() >= MOST_AT_ONCE || excess.is_nan() {
                    break;
                }
            }
            let halves: Vec<(f64, f64)> = worst
                .iter()
                .flat_map(|panel| {
                    let middle = 0.5 * (panel.left + panel.right);
                    [(panel.left, middle), (middle, panel.right)]
                })
                .collect();
            let halves = self.apply(&halves)?;
            for panel in &worst {
                for (magnitude, rule) in self.magnitudes.iter_mut().zip(&panel.rules) {
                    *magnitude = (*magnitude - rule.magnitude).max(0.0);
                }
            }
            self.push(halves);
        }
    }

    /// Applies the rule to panels.
    fn apply(&mut self, intervals: &[(f64, f64)]) -> Result<Vec<Panel>, Error> {
        let t: Vec<f64> = intervals.iter().flat_map(|&(left, right)| gauss_kronrod::nodes(left, right)).collect();
        let nodes = Nodes::evaluate(self.integrand, self.line, &t)?;
        self.evaluations += t.len();
        let components = self.magnitudes.len();
        let panel = |(number, &(left, right)): (usize, &(f64, f64))| {
            let (first, half) = (number * POINTS, 0.5 * (right - left));
            let mut rules = vec![Rule::default(); components];
            let (values, stride) = nodes.from(first);
            gauss_kronrod::apply_to_columns(half, values, stride, nodes.displacements(first), &mut rules);
            // A displaced node is off by its displacement times the relative slope of the function: about 1, since t is its
            // natural coordinate, or as steep as the function varies across the panel.
            let floor = |rule: &Rule| {
                let slope = 2.0 + 4.0 * rule.variation / (rule.magnitude * (right - left)).max(f64::MIN_POSITIVE);
                16.0 * f64::EPSILON * rule.magnitude + slope * rule.displaced
            };
            let floors = rules.iter().map(floor).collect();
            Panel { left, right, rules, floors, excess: 0.0 }
        };
        Ok(intervals.iter().enumerate().map(panel).collect())
    }

    /// Adds panels, each with its excess: the part of its error above the rounding floor, relative to E|g|, for the worst
    /// component.
    fn push(&mut self, panels: Vec<Panel>) {
        for panel in &panels {
            for (magnitude, rule) in self.magnitudes.iter_mut().zip(&panel.rules) {
                *magnitude += rule.magnitude;
            }
        }
        let scales = self.scales();
        for mut panel in panels {
            let relative = |((rule, floor), &scale): ((&Rule, &f64), &f64)| {
                if scale > 0.0 { (rule.error - floor).max(0.0) / scale } else { 0.0 }
            };
            panel.excess = panel.rules.iter().zip(&panel.floors).zip(&scales).map(relative).fold(0.0, f64::max);
            self.panels.push(panel);
        }
    }

    /// What the errors of the components are measured against.
    fn scales(&self) -> Vec<f64> {
        let together = self.magnitudes.iter().zip(&self.elsewhere.magnitudes).map(|(here, elsewhere)| here + elsewhere);
        let mut scales: Vec<f64> = together.collect();
        self.integrand.scales(&mut scales[1..]);
        scales
    }

    /// A bound on what lies beyond one end, component by component, from the value there and the rate at which it decays:
    /// |F(end)|/rate, and half as much again for factors that grow like a power of t.
    fn beyond(&mut self, sign: f64) -> Result<Vec<f64>, Error> {
        let end = if sign < 0.0 { self.low } else { self.high };
        let components = self.magnitudes.len();
        let (scales, step) = (self.scales(), 0.02 * (self.high - self.low));
        let mut values = vec![0.0; 3 * components];
        for (k, values) in values.chunks_mut(components).enumerate() {
            #[allow(clippy::cast_precision_loss)]
            evaluate(self.integrand, self.line, end - sign * step * k as f64, values)?;
        }
        self.evaluations += 3;
        let (low, high) = self.limits;
        let at_limit = if sign < 0.0 { end <= low } else { end >= high };
        let at = |k: usize, component: usize| values[k * components + component].abs();
        // The slower of the rates over one and over two steps, so that a zero of F near the end does no harm.
        let rate = |component: usize| {
            let fall = |k: usize| (at(k, component) / at(0, component)).ln() / step;
            fall(1).max(0.5 * fall(2))
        };
        let mass = if at(0, 0) == 0.0 { 0.0 } else { 1.5 * at(0, 0) / rate(0).max(1e-3 / step) };
        (0..components)
            .map(|component| {
                if at(0, component) == 0.0 {
                    return Ok(0.0);
                }
                let rate = rate(component);
                if rate * step > 1e-3 {
                    return Ok(1.5 * at(0, component) / rate);
                }
                if at_limit && at(0, component) > self.settings.tolerance * scales[component] {
                    // If the density itself reaches beyond the numbers there are, nothing is known of what it does there.
                    return Err(if component > 0 && mass > RESOLVED * scales[0] {
                        Error::Unresolved { missing: mass / (mass + scales[0]) }
                    } else {
                        Error::Divergent { component: component.checked_sub(1), at: self.line.at(end).0 }
                    });
                }
                Ok(at(0, component) * (self.high - self.low))
            })
            .collect()
    }

    /// Covers more of the tails, down to `depth` below the highest mode; false if the numbers end there.
    fn extend(&mut self, depth: f64, low_done: bool, high_done: bool) -> Result<bool, Error> {
        let (integrand, line) = (&mut *self.integrand, self.line);
        let mut h = |t: f64| {
            let (x, ln_slope) = line.at(t);
            integrand.ln_density(&[x]) + ln_slope
        };
        let mode = self.modes[0];
        let (low, high) = bulk::reach(&mut h, &mode, mode.height, depth, self.limits);
        let mut extended = false;
        if !low_done && low < self.low {
            let low = self.finite_end(low, &mut |limits, t| limits.0 = t)?;
            let panels = self.apply(&[(low, self.low)])?;
            self.push(panels);
            (self.low, extended) = (low, true);
        }
        if !high_done && high > self.high {
            let high = self.finite_end(high, &mut |limits, t| limits.1 = t)?;
            let panels = self.apply(&[(self.high, high)])?;
            self.push(panels);
            (self.high, extended) = (high, true);
        }
        Ok(extended)
    }

    /// The sums over all panels.
    fn finish(mut self, beyond: &[f64]) -> Result<Part, Error> {
        let noise = self.noise();
        let mut panels = self.panels.into_vec();
        panels.sort_by(|a, b| a.left.total_cmp(&b.left));
        let plain = |component: usize| {
            let (mut integral, mut error) = (0.0, beyond[component]);
            for panel in &panels {
                integral += panel.rules[component].integral;
                error += panel.rules[component].error.max(panel.floors[component]);
            }
            Estimate::new(integral, error)
        };
        let mass = plain(0).value;
        let whole = mass + self.elsewhere.magnitudes[0];
        if beyond[0] > 0.01 * whole {
            return Err(Error::Unresolved { missing: beyond[0] / (whole + beyond[0]) });
        }
        let estimate = |component: usize| {
            let rounding = match component.checked_sub(1) {
                None => noise.of_density() * mass,
                Some(statistic) => noise.of_component(statistic, self.magnitudes[component], mass),
            };
            // The noise listened to and the displacement of the nodes are two views of the same rounding: the larger counts.
            let plain = plain(component);
            Estimate::new(plain.value, plain.error.max(rounding))
        };
        let estimates = (0..self.magnitudes.len()).map(estimate).collect();
        Ok(Part { estimates, magnitudes: self.magnitudes })
    }

    /// The error that says which component is worst.
    fn unconverged(&self, worst: &Panel, spent: usize) -> Error {
        let relative =
            |component: usize| worst.rules[component].error / self.magnitudes[component].max(f64::MIN_POSITIVE);
        let component =
            (0..self.magnitudes.len()).max_by(|&a, &b| relative(a).total_cmp(&relative(b))).unwrap_or_default();
        let sum = |of: fn(&Rule) -> f64| {
            self.panels.iter().map(|panel| of(&panel.rules[component])).sum::<f64>() + of(&worst.rules[component])
        };
        Error::NoConvergence {
            evaluations: spent + self.evaluations,
            component: component.checked_sub(1),
            value: sum(|rule| rule.integral),
            error: sum(|rule| rule.error),
        }
    }
}
