//! Where a likelihood has fallen by a given amount along a path: the end of a profile interval, a point of a contour.

use super::slice::{Slice, Summit};
use crate::error::Error;

/// What becomes of the statistic W(t) = 2(ℓ̂ − ℓ(t)) as t grows from 0.
#[derive(Debug)]
pub(super) enum Crossing {
    /// It reaches the quantile here.
    At(Box<Summit>),
    /// It flattens out below the quantile, at this height; it was followed up to this point.
    Flat { last: Box<Summit>, statistic: f64 },
    /// It cannot be followed beyond this point.
    Stopped { last: Box<Summit>, statistic: f64, reason: Error },
}

/// The search along a path.
pub(super) struct Ray<'a> {
    pub slices: &'a dyn Slice,
    /// The maximum, at t = 0.
    pub top: &'a Summit,
    /// The names of the parameters, for errors.
    pub names: &'a [String],
    /// The first step.
    pub first: f64,
    /// Whether t is a logarithm, which must not be doubled often.
    pub logarithmic: bool,
}

impl Ray<'_> {
    /// W at a summit, and how much of it may be rounding.
    pub fn statistic(&self, at: &Summit) -> Result<(f64, f64), Error> {
        let (fall, error) =
            (2.0 * (self.top.value.value - at.value.value), 2.0 * (self.top.value.error + at.value.error));
        if fall < -(error + HIGHER) {
            return Err(Error::HigherLikelihood {
                names: self.names.to_vec(),
                values: at.theta.clone(),
                excess: -0.5 * fall,
            });
        }
        Ok((fall.max(0.0), error))
    }

    /// Where W first reaches `quantile`: outwards in growing steps, then Newton's method for √W within the bracket.
    ///
    /// √W is nearly linear in t for a likelihood that is nearly normal, so few steps suffice.
    pub fn cross(&self, quantile: f64) -> Result<Crossing, Error> {
        let z = quantile.sqrt();
        let mut inside = self.top.clone();
        let (mut statistic, mut gain) = (0.0, f64::INFINITY);
        let mut step = self.first;
        // Why the last step could not be taken. The next one is no longer than the one that could.
        let mut failure: Option<Error> = None;
        for _ in 0..STEPS {
            let t = inside.t + step;
            let there = match self.slices.maximum(t, &inside) {
                Ok(there) => there,
                Err(reason) => {
                    step *= 0.5;
                    if step <= NARROW * t.max(self.first) {
                        return Ok(self.ended(inside, statistic, quantile, reason));
                    }
                    failure = Some(reason);
                    continue;
                }
            };
            let (height, error) = self.statistic(&there)?;
            if height >= quantile {
                return self.between(z, inside, statistic, there, height);
            }
            let (before, now) = (gain, height - statistic);
            let missing = (z - height.sqrt()) * height.sqrt() / -there.slope;
            (inside, statistic) = (there, height);
            if failure.take().is_some() {
                gain = f64::INFINITY;
                continue;
            }
            // What is still to come if gains go on shrinking as they did, while t doubles or its exponential grows by a factor.
            let ratio = (now / before).abs();
            let rest = now * ratio / (1.0 - ratio);
            let least = FLAT * quantile + error;
            if before.is_finite() && ratio < 0.9 && rest.abs() < least {
                return Ok(Crossing::Flat { last: Box::new(inside), statistic: statistic + rest });
            }
            if before.abs() < least && now.abs() < least {
                return Ok(Crossing::Flat { last: Box::new(inside), statistic });
            }
            gain = now;
            let longest = if self.logarithmic { LONGEST_LOGARITHM } else { t };
            let wanted = if missing > 0.0 { 1.1 * missing } else { f64::INFINITY };
            step = wanted.clamp(0.01 * t, longest.max(0.01 * t));
        }
        let reason = Error::ProfileNotEnded { steps: STEPS };
        Ok(Crossing::Stopped { last: Box::new(inside), statistic, reason })
    }

    /// What an end that numbers or the model forbid to pass is: flat, if it was nearly so before.
    fn ended(&self, inside: Summit, statistic: f64, quantile: f64, reason: Error) -> Crossing {
        let gain = 2.0 * inside.slope.abs() * LONGEST_LOGARITHM;
        if self.logarithmic && gain < NEARLY_FLAT * quantile {
            return Crossing::Flat { last: Box::new(inside), statistic };
        }
        Crossing::Stopped { last: Box::new(inside), statistic, reason }
    }

    /// The crossing between two points on either side of it.
    fn between(
        &self,
        z: f64,
        mut inside: Summit,
        mut low: f64,
        mut outside: Summit,
        mut high: f64,
    ) -> Result<Crossing, Error> {
        for _ in 0..REFINEMENTS {
            let width = outside.t - inside.t;
            // From the nearer end in the scale of √W, whose derivative is −ℓ′/√W.
            let (near, root) = if z - low.sqrt() < high.sqrt() - z && low > 0.0 {
                (&inside, low.sqrt())
            } else {
                (&outside, high.sqrt())
            };
            let error = self.statistic(near)?.1;
            if (root - z).abs() <= (EXACT * z).max(error / z) || width <= 4.0 * f64::EPSILON * outside.t {
                return Ok(Crossing::At(Box::new(near.clone())));
            }
            let newton = near.t + (z - root) * root / -near.slope;
            let inner = inside.t + 1e-3 * width..outside.t - 1e-3 * width;
            let t = if inner.contains(&newton)
                || (newton > inside.t && newton < outside.t && (root - z).abs() < 1e-3 * z)
            {
                newton
            } else {
                inside.t + 0.5 * width
            };
            let there = match self.slices.maximum(t, &inside).or_else(|_| self.slices.maximum(t, &outside)) {
                Ok(there) => there,
                Err(reason) => {
                    return Ok(Crossing::Stopped { last: Box::new(inside), statistic: low, reason });
                }
            };
            let height = self.statistic(&there)?.0;
            if height < z * z {
                (inside, low) = (there, height);
            } else {
                (outside, high) = (there, height);
            }
        }
        let reason = Error::ProfileNotEnded { steps: REFINEMENTS };
        Ok(Crossing::Stopped { last: Box::new(inside), statistic: low, reason })
    }

    /// The summit at t, reached in as few steps as succeed. If it is not, the error is that of the first attempt.
    pub fn at(&self, t: f64) -> Result<Summit, Error> {
        let mut here = self.top.clone();
        let mut aim = t;
        let mut first = None;
        for _ in 0..STEPS {
            match self.slices.maximum(aim, &here) {
                Ok(there) if aim == t => return Ok(there),
                Ok(there) => {
                    here = there;
                    aim = t;
                }
                Err(reason) => {
                    let step = 0.5 * (aim - here.t);
                    aim = here.t + step;
                    let reason = first.get_or_insert(reason);
                    if step.abs() <= NARROW * t.abs() {
                        return Err(reason.clone());
                    }
                }
            }
        }
        Err(first.unwrap_or(Error::ProfileNotEnded { steps: STEPS }))
    }
}

/// A likelihood higher by more than this, and rounding, is higher.
const HIGHER: f64 = 1e-7;

/// How near √W comes to the root of the quantile, relative to it.
const EXACT: f64 = 1e-12;

/// What a flat profile may still gain, in units of the quantile.
const FLAT: f64 = 1e-9;

/// What one step beyond the end of numbers may still gain.
const NEARLY_FLAT: f64 = 1e-3;

/// A step shorter than this, in units of the way, leads nowhere.
const NARROW: f64 = 1e-9;

/// The longest step of a logarithm: a factor of 7.
const LONGEST_LOGARITHM: f64 = 2.0;

const STEPS: usize = 400;

const REFINEMENTS: usize = 100;
