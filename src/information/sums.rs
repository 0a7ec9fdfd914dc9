//! Sums of many terms that keep their rounding error small and known.

use super::bounds::EPSILON;
#[cfg(feature = "serde")]
#[cfg(feature = "serde")]
use crate::error::{Error, check_length};
use crate::expectation::Estimate;

/// Sums of the components of a vector over many terms, with the sums of their absolute values.
///
/// Terms are added plainly in groups of [`GROUP`]; groups and sums are added with the rounding error of each addition kept
/// beside the sum.
/// Source: Ogita, Rump and Oishi, *Accurate sum and dot product*, SIAM J. Sci. Comput. 26 (2005),
/// doi:10.1137/030601818.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Sums {
    /// The sums.
    values: Vec<f64>,
    /// What they lack.
    corrections: Vec<f64>,
    /// The sums of absolute values.
    magnitudes: Vec<f64>,
}

/// How many terms are added without a correction.
pub(super) const GROUP: usize = 16;

/// The error of a sum in units of the sum of absolute values: half an ε for each plain addition of a group, and eight for the
/// evaluation of the terms themselves.
const ROUNDING: f64 = (0.5 * GROUP as f64 + 8.0) * EPSILON;

impl Sums {
    pub fn zero(dimension: usize) -> Self {
        Self { values: vec![0.0; dimension], corrections: vec![0.0; dimension], magnitudes: vec![0.0; dimension] }
    }

    fn dimension(&self) -> usize {
        self.values.len()
    }

    /// That the three parts are of one length, `dimension`.
    #[cfg(feature = "serde")]
    pub fn check(&self, dimension: usize) -> Result<(), Error> {
        check_length("sums", dimension, self.values.len())?;
        check_length("corrections of the sums", dimension, self.corrections.len())?;
        check_length("magnitudes of the sums", dimension, self.magnitudes.len())
    }

    /// Adds a group of terms and clears it.
    pub fn absorb(&mut self, group: &mut Group) {
        for i in 0..self.dimension() {
            add(&mut self.values[i], &mut self.corrections[i], group.values[i]);
            self.magnitudes[i] += group.magnitudes[i];
        }
        group.values.fill(0.0);
        group.magnitudes.fill(0.0);
    }

    /// The sum of two sums.
    pub fn merge(mut self, other: &Self) -> Self {
        for i in 0..self.dimension() {
            add(&mut self.values[i], &mut self.corrections[i], other.values[i]);
            self.corrections[i] += other.corrections[i];
            self.magnitudes[i] += other.magnitudes[i];
        }
        self
    }

    /// Component `i` with its error.
    pub fn estimate(&self, i: usize) -> Estimate {
        let (value, corrected) = (self.values[i], self.values[i] + self.corrections[i]);
        Estimate::new(if corrected.is_nan() { value } else { corrected }, ROUNDING * self.magnitudes[i])
    }
}

/// The plain sums of a group of terms.
pub(super) struct Group {
    values: Vec<f64>,
    magnitudes: Vec<f64>,
}

impl Group {
    pub fn zero(dimension: usize) -> Self {
        Self { values: vec![0.0; dimension], magnitudes: vec![0.0; dimension] }
    }

    /// Whether all terms were finite, as far as their sums tell: if a term is not, neither is its sum.
    pub fn is_finite(&self) -> bool {
        self.values.iter().all(|value| value.is_finite())
    }

    /// Adds `weight` times the terms.
    #[inline]
    pub fn add(&mut self, weight: f64, terms: &[f64]) {
        for ((value, magnitude), term) in self.values.iter_mut().zip(&mut self.magnitudes).zip(terms) {
            let term = weight * term;
            *value += term;
            *magnitude += term.abs();
        }
    }
}

/// Adds `term` to `sum` and the rounding error of that, exactly, to `correction`.
#[inline]
fn add(sum: &mut f64, correction: &mut f64, term: f64) {
    let total = *sum + term;
    let part = total - *sum;
    *correction += (*sum - (total - part)) + (term - part);
    *sum = total;
}
