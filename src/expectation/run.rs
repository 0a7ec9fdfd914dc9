//! The terms on one side of a mode.

use super::decay::{Decay, Outlook};
use super::moments::to_float;
use super::terms::Totals;

/// The terms on one side of a mode, as far as they are added.
pub(super) struct Run {
    /// The last point added.
    pub(super) at: f64,
    pub(super) direction: f64,
    /// The end of the support.
    pub(super) end: f64,
    /// How many terms were added since the mode.
    pub(super) length: usize,
    pub(super) decay: Decay,
    pub(super) outlooks: Vec<Outlook>,
    /// The totals when half as many terms were added.
    pub(super) half_way: Totals,
    /// Σ |f g_c| and Σ |f g_c| ln(1 + distance from the mode)
    pub(super) magnitude: Vec<f64>,
    pub(super) spread: Vec<f64>,
}

impl Run {
    /// Nothing is added yet but the mode.
    pub(super) fn new(mode: f64, direction: f64, end: f64, totals: Totals) -> Self {
        let width = totals.width();
        Self {
            at: mode,
            direction,
            end,
            length: 0,
            decay: Decay::new(width),
            outlooks: Vec::new(),
            half_way: totals,
            magnitude: vec![0.0; width],
            spread: vec![0.0; width],
        }
    }

    pub(super) fn add_spread(&mut self, term: &[f64]) {
        let ln_distance = to_float(self.length).ln_1p();
        for (c, term) in term.iter().map(|term| term.abs()).enumerate() {
            self.magnitude[c] += term;
            self.spread[c] += term * ln_distance;
        }
    }

    /// How far from the mode that component comes from which comes from farthest out, in the geometric mean.
    pub(super) fn typical_distance(&self) -> f64 {
        let one = |(&spread, &magnitude): (&f64, &f64)| (spread / magnitude.max(f64::MIN_POSITIVE)).exp_m1();
        self.spread.iter().zip(&self.magnitude).map(one).fold(0.0, f64::max).round()
    }

    /// The last point added when half as many terms were.
    pub(super) fn middle(&self) -> f64 {
        self.at - 0.5 * self.direction * to_float(self.length)
    }
}
