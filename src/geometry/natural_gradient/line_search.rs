//! Whether a step brings enough.

use super::direction::Direction;
use super::loss::LocalLoss;

/// What a line search thinks of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The loss falls enough; or it cannot tell, and the gradient shrinks.
    Good,
    /// A shorter step may be better.
    Bad,
    /// The loss does not do what the gradient says, and a shorter step would only hide it in rounding.
    Misled,
}

/// Points along one direction, each half as far as the one before.
pub(super) struct LineSearch<'a> {
    here: &'a LocalLoss,
    direction: &'a Direction,
    /// The last length that was not good enough, and by which share of its promise the loss fell.
    before: Option<(f64, f64)>,
    /// That share in the limit of short steps, which is 1 if the gradient is that of the loss.
    share: Option<f64>,
    /// Whether a fall was too small to be told from rounding.
    blurred: bool,
}

impl<'a> LineSearch<'a> {
    pub fn new(here: &'a LocalLoss, direction: &'a Direction) -> Self {
        Self { here, direction, before: None, share: None, blurred: false }
    }

    /// Compares the fall of the loss with what its slope promised. Where both are below rounding, the gradient has to shrink instead.
    pub fn judge(&mut self, there: &LocalLoss, length: f64) -> Verdict {
        let promised = length * self.direction.norm.value.powi(2);
        let fall = self.here.value.value - there.value.value;
        let rounding = self.here.value.error + there.value.error;
        if promised <= rounding && fall.abs() <= 2.0 * rounding {
            if self.share.is_some_and(|share| share < HALF) {
                return Verdict::Misled;
            }
            let shrinks = self.direction.norm_of(there) < self.direction.norm.value;
            self.blurred = !shrinks;
            return if shrinks { Verdict::Good } else { Verdict::Bad };
        }
        if fall >= ARMIJO * promised {
            return Verdict::Good;
        }
        // fall/promised is 1 − c t for short t, so twice that at t less that at 2t is its limit
        let share = fall / promised;
        if let Some((longer, other)) = self.before
            && longer == 2.0 * length
            && promised > CLEAR * rounding
        {
            self.share = Some(2.0 * share - other);
        }
        self.before = Some((length, share));
        Verdict::Bad
    }

    /// Whether the search failed for want of digits alone.
    pub fn ends_in_rounding(&self) -> bool {
        self.blurred && self.share.is_none_or(|share| share >= HALF)
    }
}

/// The share of what the slope promises that a step has to bring.
const ARMIJO: f64 = 1e-4;

/// A limit of the share that is neither 1 nor what rounding may make of it.
const HALF: f64 = 0.5;

/// So many times the rounding a promise has to be, for the limit to be right to a third.
const CLEAR: f64 = 8.0;
