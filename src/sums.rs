//! Sums of many terms that keep their rounding error small and known.

#[cfg(feature = "serde")]
use crate::error::{Error, check_length};

/// Sums of the components of a vector over many terms, with the sums of their absolute values.
///
/// Terms are added plainly in groups of [`GROUP`]; groups and sums are added with the rounding error of each addition kept
/// beside the sum.
/// Source: Ogita, Rump and Oishi, *Accurate sum and dot product*, SIAM J. Sci. Comput. 26 (2005),
/// doi:10.1137/030601818.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Sums {
    /// The sums.
    values: Vec<f64>,
    /// What they lack.
    corrections: Vec<f64>,
    /// The sums of absolute values.
    magnitudes: Vec<f64>,
}

/// How many terms are added without a correction.
pub(crate) const GROUP: usize = 16;

/// The error of a sum in units of the sum of absolute values: half an ε for each plain addition of a group, and eight for the
/// evaluation of the terms themselves.
const ROUNDING: f64 = (0.5 * GROUP as f64 + 8.0) * f64::EPSILON;

/// By how much more the sums of a block err: it makes up to twenty more plain additions, and functions over blocks are right to another
/// two ε.
const OF_BLOCK: f64 = 1.75;

impl Sums {
    pub fn zero(dimension: usize) -> Self {
        Self { values: vec![0.0; dimension], corrections: vec![0.0; dimension], magnitudes: vec![0.0; dimension] }
    }

    fn dimension(&self) -> usize {
        self.values.len()
    }

    /// Sums whose values and sums of absolute values are known.
    pub fn from_parts(values: Vec<f64>, magnitudes: Vec<f64>) -> Self {
        Self { corrections: vec![0.0; values.len()], values, magnitudes }
    }

    /// Adds the sums of a block of terms and of their absolute values.
    #[inline]
    pub fn add(&mut self, values: &[f64], magnitudes: &[f64]) {
        for i in 0..self.dimension() {
            add(&mut self.values[i], &mut self.corrections[i], values[i]);
            self.magnitudes[i] += OF_BLOCK * magnitudes[i];
        }
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
        self.merge_with(other);
        self
    }

    /// Adds other sums.
    pub fn merge_with(&mut self, other: &Self) {
        for i in 0..self.dimension() {
            add(&mut self.values[i], &mut self.corrections[i], other.values[i]);
            self.corrections[i] += other.corrections[i];
            self.magnitudes[i] += other.magnitudes[i];
        }
    }

    /// Whether nothing has been added.
    pub fn is_empty(&self) -> bool {
        self.magnitudes.iter().all(|&magnitude| magnitude == 0.0)
    }

    /// Component `i`.
    pub fn value(&self, i: usize) -> f64 {
        let (value, corrected) = (self.values[i], self.values[i] + self.corrections[i]);
        if corrected.is_nan() { value } else { corrected }
    }

    /// The sum of the absolute values of component `i`.
    pub fn magnitude(&self, i: usize) -> f64 {
        self.magnitudes[i]
    }

    /// The absolute error of component `i`.
    pub fn error(&self, i: usize) -> f64 {
        ROUNDING * self.magnitudes[i]
    }
}

/// The plain sums of a group of terms.
pub(crate) struct Group {
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

/// The sums over a range of blocks, merged in pairs: the same tree whatever runs where. Of several errors the first is kept.
pub(crate) fn tree<S: Send, E: Send>(
    blocks: std::ops::Range<usize>,
    sum: &(dyn Fn(usize) -> Result<S, E> + Sync),
    merge: fn(S, S) -> S,
) -> Result<S, E> {
    if blocks.len() == 1 {
        return sum(blocks.start);
    }
    let middle = blocks.start + blocks.len().next_power_of_two() / 2;
    let (left, right) = join(|| tree(blocks.start..middle, sum, merge), || tree(middle..blocks.end, sum, merge));
    Ok(merge(left?, right?))
}

#[cfg(feature = "parallel")]
fn join<A: Send>(left: impl FnOnce() -> A + Send, right: impl FnOnce() -> A + Send) -> (A, A) {
    rayon::join(left, right)
}

#[cfg(not(feature = "parallel"))]
fn join<A>(left: impl FnOnce() -> A, right: impl FnOnce() -> A) -> (A, A) {
    (left(), right())
}
