//! Integrals of a positive function of one parameter, up to the ends of its domain.

use crate::coordinate::Coordinate;
use crate::domain::Domain;
use crate::error::Error;
use crate::expectation::Estimate;
use crate::expectation::gauss_kronrod::{POINTS, Rule, apply, nodes};

/// What is aimed at, relative to the integral.
const TOLERANCE: f64 = 1e-13;

/// How many panels an integral may have.
const MOST_PANELS: usize = 400;

/// A range of one parameter, either end of which may be an end of its domain.
#[derive(Clone, Debug)]
pub(super) struct Range {
    pub(super) name: String,
    pub(super) domain: Domain,
    pub(super) lower: f64,
    pub(super) upper: f64,
}

/// Where the walk towards an end of the domain stops.
enum End {
    /// What lies beyond, with its error.
    Tail(Estimate),
    Infinite,
}

impl Range {
    /// ∫ f(θ) dθ over the range, where f gives a value and its error.
    ///
    /// The variable is t with θ = θ₀ + t, a + (θ₀ − a)eᵗ, … after the bounds of the domain. Towards an end of the domain panels of
    /// doubling width follow each other until nothing is left, or until the distance of θ from the end has no digits any more; what
    /// is left then is extrapolated.
    ///
    /// # Errors
    /// Those of f; [`Error::InfiniteVolume`]; [`Error::NoConvergence`].
    pub(super) fn integrate(&self, f: &mut dyn FnMut(f64) -> Result<Estimate, Error>) -> Result<Estimate, Error> {
        let (from_end, to_end) = (self.lower <= self.domain.lower, self.upper >= self.domain.upper);
        let coordinate = Coordinate::of(self.domain);
        let origin = match (from_end, to_end) {
            (true, true) => coordinate.neutral(0.5),
            (true, false) => self.upper,
            _ => self.lower,
        };
        let line = Line { coordinate, origin };
        if !from_end && !to_end {
            let mut panels = Panels::default();
            panels.add(&line, f, 0.0, line.distance(self.upper))?;
            return panels.converged(&line, f);
        }
        let mut sum = Estimate::new(0.0, 0.0);
        for (open, direction, end) in [(from_end, -1.0, self.domain.lower), (to_end, 1.0, self.domain.upper)] {
            if open {
                let part =
                    line.outwards(f, direction).map_err(|towards| towards.unwrap_or_else(|| self.infinite(end)))?;
                sum = Estimate::new(sum.value + part.value, sum.error + part.error);
            }
        }
        Ok(sum)
    }

    fn infinite(&self, towards: f64) -> Error {
        Error::InfiniteVolume { parameter: self.name.clone(), towards }
    }
}

/// The variable of integration, which is 0 at the origin.
#[derive(Clone, Copy)]
struct Line {
    coordinate: Coordinate,
    origin: f64,
}

/// The width of the narrowest panel on the way to an end.
const NARROWEST: f64 = 0.25;

/// With fewer digits than this the distance of θ from the end of its domain is not used.
const RESOLVED: f64 = 1e-8;

/// The width of the first panel on the way to an end.
const FIRST: f64 = 2.0;

/// Below this share of the integral the rest is left out.
const NEGLIGIBLE: f64 = 1e-17;

/// The range lies where numbers have no digits to tell its points apart.
const NOTHING: Error = Error::NoConvergence { evaluations: 0, component: Some(0), value: 0.0, error: f64::INFINITY };

impl Line {
    /// The variable at θ, without cancellation where θ is close to the origin.
    fn distance(self, theta: f64) -> f64 {
        let step = theta - self.origin;
        match self.coordinate {
            Coordinate::Plain => step,
            Coordinate::Above(a) => (step / (self.origin - a)).ln_1p(),
            Coordinate::Below(b) => -(-step / (b - self.origin)).ln_1p(),
            Coordinate::Between(a, b) => (step / (self.origin - a)).ln_1p() - (-step / (b - self.origin)).ln_1p(),
        }
    }

    /// θ and dθ/dt.
    fn at(self, t: f64) -> (f64, f64) {
        let theta = match self.coordinate {
            Coordinate::Plain => self.origin + t,
            Coordinate::Above(a) => a + (self.origin - a) * t.exp(),
            Coordinate::Below(b) => b - (b - self.origin) * (-t).exp(),
            Coordinate::Between(..) => self.coordinate.parameter(self.coordinate.of_parameter(self.origin) + t),
        };
        (theta, self.coordinate.slopes(theta).0)
    }

    /// Whether θ is so close to a bound, or so large, that there are too few digits.
    fn is_lost(self, t: f64) -> bool {
        let (theta, slope) = self.at(t);
        let beyond = self.coordinate != Coordinate::Plain && slope * RESOLVED < f64::EPSILON * theta.abs();
        beyond || !theta.is_finite() || slope == 0.0
    }

    /// How far to look: as far as whole numbers go, or a power of 10⁵⁰, whose cube does not overflow.
    fn farthest(self) -> f64 {
        if self.coordinate == Coordinate::Plain { 1e15 } else { 100.0 }
    }

    /// f(θ) dθ/dt, with its error.
    fn integrand(self, f: &mut dyn FnMut(f64) -> Result<Estimate, Error>, t: f64) -> Result<Estimate, Error> {
        let (theta, slope) = self.at(t);
        let value = f(theta)?;
        Ok(Estimate::new(value.value * slope, value.error * slope))
    }

    /// The integral from the origin to an end of the domain. `Err(None)` if it is infinite.
    fn outwards(
        self,
        f: &mut dyn FnMut(f64) -> Result<Estimate, Error>,
        direction: f64,
    ) -> Result<Estimate, Option<Error>> {
        let mut panels = Panels::default();
        let (mut near, mut width) = (0.0, FIRST);
        loop {
            let far = near + width;
            let reachable = !self.is_lost(direction * far);
            let (left, right) = if direction > 0.0 { (near, far) } else { (-far, -near) };
            let added = reachable.then(|| panels.add(&self, f, left, right));
            match added {
                Some(Ok(())) => {}
                Some(Err(error @ Error::InfiniteVolume { .. })) => return Err(Some(error)),
                // Narrower panels lead to where the digits or the formulas end.
                _ if width > NARROWEST => {
                    width *= 0.5;
                    continue;
                }
                None if near == 0.0 => return Err(Some(NOTHING)),
                Some(Err(error)) if near == 0.0 => return Err(Some(error)),
                Some(Err(error)) => return self.finish(panels, f, direction * near, true).map_err(|_| Some(error)),
                None => return self.finish(panels, f, direction * near, true),
            }
            near = far;
            width *= 2.0;
            let last = panels.last_magnitude();
            let nothing_is_left = last <= NEGLIGIBLE * panels.total() && last < panels.total();
            if nothing_is_left || near > self.farthest() {
                return self.finish(panels, f, direction * near, !nothing_is_left);
            }
        }
    }

    /// The panels and what lies beyond them.
    fn finish(
        self,
        panels: Panels,
        f: &mut dyn FnMut(f64) -> Result<Estimate, Error>,
        t: f64,
        more: bool,
    ) -> Result<Estimate, Option<Error>> {
        let inside = panels.converged(&self, f).map_err(Some)?;
        if !more {
            return Ok(inside);
        }
        match self.beyond(f, t).map_err(Some)? {
            End::Tail(tail) => Ok(Estimate::new(inside.value + tail.value, inside.error + tail.error)),
            End::Infinite => Err(None),
        }
    }

    /// ∫ beyond t, where the integrand g falls off at the rate κ = −g′/g: that is g/κ (1 + O(κ′/κ²)), exactly g/κ for an exponential.
    /// It is infinite if g falls off no faster than 1/t.
    fn beyond(self, f: &mut dyn FnMut(f64) -> Result<Estimate, Error>, t: f64) -> Result<End, Error> {
        let step = 0.0625 * t;
        let g = |f: &mut dyn FnMut(f64) -> Result<Estimate, Error>, steps: f64| self.integrand(f, t - steps * step);
        let (here, before, first) = (g(f, 0.0)?.value, g(f, 1.0)?.value, g(f, 2.0)?.value);
        if here == 0.0 {
            return Ok(End::Tail(Estimate::new(0.0, 0.0)));
        }
        let step = step.abs();
        let (rate, earlier) = ((before / here).ln() / step, (first / before).ln() / step);
        if rate.is_nan() {
            return Err(Error::FormulaNotFinite { quantity: "√det I", value: here });
        }
        if rate * t.abs() <= 1.0 {
            return Ok(End::Infinite);
        }
        let tail = here / rate;
        let change = ((rate - earlier) / (step * rate * rate)).abs() + RESOLVED / (step * rate);
        Ok(End::Tail(Estimate::new(tail, tail * change.min(1.0))))
    }
}

/// One panel of the partition.
struct Panel {
    left: f64,
    right: f64,
    rules: [Rule; 2],
}

/// A partition that is refined where the error is largest. The second component is the error of the integrand.
#[derive(Default)]
struct Panels {
    all: Vec<Panel>,
}

impl Panels {
    fn add(
        &mut self,
        line: &Line,
        f: &mut dyn FnMut(f64) -> Result<Estimate, Error>,
        left: f64,
        right: f64,
    ) -> Result<(), Error> {
        let mut values = [0.0; 2 * POINTS];
        for (t, value) in nodes(left, right).into_iter().zip(values.chunks_exact_mut(2)) {
            let found = line.integrand(f, t)?;
            if !found.value.is_finite() {
                return Err(Error::FormulaNotFinite { quantity: "√det I", value: found.value });
            }
            value.copy_from_slice(&[found.value, found.error]);
        }
        let mut rules = [Rule::default(); 2];
        apply(left, right, &values, &[0.0; POINTS], &mut rules);
        self.all.push(Panel { left, right, rules });
        Ok(())
    }

    fn last_magnitude(&self) -> f64 {
        self.all.last().map_or(0.0, |panel| panel.rules[0].magnitude)
    }

    fn sum(&self, of: impl Fn(&Panel) -> f64) -> f64 {
        self.all.iter().map(of).sum()
    }

    fn total(&self) -> f64 {
        self.sum(|panel| panel.rules[0].magnitude)
    }

    /// Bisects the worst panel until the error is small, or no better than that of the integrand.
    fn converged(mut self, line: &Line, f: &mut dyn FnMut(f64) -> Result<Estimate, Error>) -> Result<Estimate, Error> {
        loop {
            let (total, rule) = (self.total(), self.sum(|panel| panel.rules[0].error));
            let noise = self.sum(|panel| panel.rules[1].magnitude);
            let worst = self.all.iter().enumerate().max_by(|a, b| a.1.rules[0].error.total_cmp(&b.1.rules[0].error));
            let narrow = worst.is_none_or(|(_, panel)| {
                panel.rules[0].error <= 4.0 * f64::EPSILON * panel.rules[0].magnitude || self.all.len() >= MOST_PANELS
            });
            if rule <= TOLERANCE * total || rule <= noise || narrow {
                let value = self.sum(|panel| panel.rules[0].integral);
                let error = rule + noise + 4.0 * f64::EPSILON * total;
                if error > 1e-3 * total {
                    let evaluations = POINTS * self.all.len();
                    return Err(Error::NoConvergence { evaluations, component: Some(0), value, error });
                }
                return Ok(Estimate::new(value, error));
            }
            let Some((index, _)) = worst else { continue };
            let panel = self.all.swap_remove(index);
            let middle = 0.5 * (panel.left + panel.right);
            self.add(line, f, panel.left, middle)?;
            self.add(line, f, middle, panel.right)?;
        }
    }
}
