//! What one piece of a support contributes to an expectation.

use super::{Estimate, Expectation, Provenance};

/// A mass further from 1 than this is no rounding.
pub(super) const MASS_TOLERANCE: f64 = 1e-6;

/// ∫ f and ∫ f g over a piece: component 0 is the mass, component k + 1 is component k of g.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) estimates: Vec<Estimate>,
    /// ∫ f and ∫ f |g|
    pub(super) magnitudes: Vec<f64>,
}

impl Part {
    /// All components 0, or with `magnitude` if errors are to be measured against it.
    pub(super) fn empty(width: usize, magnitude: f64) -> Self {
        Self { estimates: vec![Estimate::new(0.0, 0.0); width], magnitudes: vec![magnitude; width] }
    }

    /// ∫ f
    pub(super) fn mass(&self) -> Estimate {
        self.estimates[0]
    }

    /// How far ∫ f is from 1.
    pub(super) fn defect(&self) -> f64 {
        (self.mass().value - 1.0).abs()
    }

    /// The pieces together.
    pub(super) fn sum<'a>(parts: impl Iterator<Item = &'a Self>, width: usize) -> Self {
        parts.fold(Self::empty(width, 0.0), |mut sum, part| {
            for (sum, part) in sum.estimates.iter_mut().zip(&part.estimates) {
                *sum = Estimate::new(sum.value + part.value, sum.error + part.error);
            }
            sum.magnitudes.iter_mut().zip(&part.magnitudes).for_each(|(sum, part)| *sum += part);
            sum
        })
    }

    /// The expectation, if this is the whole.
    ///
    /// A density has mass 1: a defect as small as rounding tells how far the density is off, and so what all components share.
    /// A component may be off by `caution` times as much.
    pub(super) fn conclude(self, caution: f64, provenance: Provenance) -> Expectation {
        let off = if self.defect() <= MASS_TOLERANCE { caution * self.defect() } else { 0.0 };
        let values = self.estimates[1..].iter().zip(&self.magnitudes[1..]);
        let values =
            values.map(|(plain, magnitude)| Estimate::new(plain.value, plain.error + off * magnitude)).collect();
        Expectation { mass: Some(self.mass()), values, provenance }
    }
}
