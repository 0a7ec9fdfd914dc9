//! The pass over a data set: blocks of observations, in parallel, in a fixed order.

use super::sums::{GROUP, Group, Sums};
use crate::derivatives::{Differentiator, packed_length};
use crate::error::Error;
use crate::model::{LogLikelihood, Observation, Observations, ParameterSpace};
use std::borrow::Borrow;
use std::ops::Range;

/// How many observations make a block.
const BLOCK: usize = 1024;

/// How many sums there are for so many parameters.
pub(super) fn dimension(parameters: usize) -> usize {
    2 + parameters + 2 * packed_length(parameters)
}

/// A chunk of the data, ready to be summed block by block.
pub(super) struct Part<'a, M, D: ?Sized> {
    pub model: &'a M,
    pub theta: &'a [f64],
    pub data: &'a D,
    /// How many observations came before.
    pub offset: usize,
    /// How many coordinates every observation has.
    pub width: usize,
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Part<'_, M, D> {
    /// The sums over the chunk, which must not be empty.
    pub fn sum(&self) -> Result<Sums, Error> {
        tree(0..self.data.count().div_ceil(BLOCK), &|block| self.block(block))
    }

    /// The sums over one block.
    fn block(&self, block: usize) -> Result<Sums, Error> {
        let length = self.theta.len();
        let theta = M::Parameters::from_slice(self.theta)?;
        let mut at = Differentiator::unchecked(self.model, theta.borrow())?;
        let mut terms = vec![0.0; dimension(length)];
        let (mut group, mut sums) = (Group::zero(terms.len()), Sums::zero(terms.len()));
        let first = block * BLOCK;
        let last = self.data.count().min(first + BLOCK);
        for start in (first..last).step_by(GROUP) {
            let range = start..last.min(start + GROUP);
            if !self.group(&mut at, range.clone(), &mut terms, &mut group) {
                self.examine(&mut at, range, &mut terms)?;
            }
            sums.absorb(&mut group);
        }
        Ok(sums)
    }

    /// Sums a few observations and tells whether all is well with them.
    #[inline]
    fn group(&self, at: &mut Differentiator<'_, M>, range: Range<usize>, terms: &mut [f64], group: &mut Group) -> bool {
        for index in range {
            let weight = self.data.weight(index);
            if weight == 0.0 {
                continue;
            }
            if !(weight > 0.0 && weight.is_finite()) {
                return false;
            }
            let coordinates = M::Observation::coordinates(self.data.get(index));
            if coordinates.len() != self.width || !coordinates.iter().all(|x| x.is_finite()) {
                return false;
            }
            self.terms(at, index, terms);
            group.add(weight, terms);
        }
        group.is_finite()
    }

    /// Finds the first of a few observations that something is wrong with. There is none if only their sum overflows.
    #[cold]
    fn examine(&self, at: &mut Differentiator<'_, M>, range: Range<usize>, terms: &mut [f64]) -> Result<(), Error> {
        for place in range {
            let index = self.offset + place;
            let value = self.data.weight(place);
            if !(value >= 0.0 && value.is_finite()) {
                return Err(Error::InvalidWeight { index, value });
            }
            if value == 0.0 {
                continue;
            }
            let coordinates = M::Observation::coordinates(self.data.get(place));
            if coordinates.len() != self.width {
                return Err(Error::RowWidth { row: index, expected: self.width, found: coordinates.len() });
            }
            for (coordinate, &value) in coordinates.iter().enumerate() {
                if !value.is_finite() {
                    return Err(Error::ObservationNotFinite { index, coordinate, value });
                }
            }
            self.terms(at, place, terms);
            let (score, hessian) =
                (2..2 + self.theta.len(), terms.len() - packed_length(self.theta.len())..terms.len());
            for (quantity, values, sign) in [
                ("log-likelihood", &terms[1..2], 1.0),
                ("score", &terms[score], 1.0),
                ("Hessian", &terms[hessian], -1.0),
            ] {
                if let Some(value) = values.iter().find(|value| !value.is_finite()) {
                    let value = sign * value;
                    return Err(Error::LikelihoodNotFinite { index, quantity, value });
                }
            }
        }
        Ok(())
    }

    /// Writes 1, ℓ, s, s sᵀ and −H of an observation.
    #[inline]
    fn terms(&self, at: &mut Differentiator<'_, M>, index: usize, terms: &mut [f64]) {
        let length = self.theta.len();
        let (head, rest) = terms.split_at_mut(2);
        let (score, rest) = rest.split_at_mut(length);
        let (outer, curvature) = rest.split_at_mut(packed_length(length));
        head[0] = 1.0;
        head[1] = at.second(self.data.get(index), score, curvature);
        for entry in curvature {
            *entry = -*entry;
        }
        let mut outer = outer.iter_mut();
        for i in 0..length {
            for (other, entry) in score[..=i].iter().zip(outer.by_ref()) {
                *entry = score[i] * other;
            }
        }
    }
}

/// The sums over a range of blocks, merged in pairs: the same tree whatever runs where. Of several errors the first is kept.
fn tree(blocks: Range<usize>, sum: &(dyn Fn(usize) -> Result<Sums, Error> + Sync)) -> Result<Sums, Error> {
    if blocks.len() == 1 {
        return sum(blocks.start);
    }
    let middle = blocks.start + blocks.len().next_power_of_two() / 2;
    let (left, right) = join(|| tree(blocks.start..middle, sum), || tree(middle..blocks.end, sum));
    Ok(left?.merge(&right?))
}

#[cfg(feature = "parallel")]
fn join<A: Send>(left: impl FnOnce() -> A + Send, right: impl FnOnce() -> A + Send) -> (A, A) {
    rayon::join(left, right)
}

#[cfg(not(feature = "parallel"))]
fn join<A>(left: impl FnOnce() -> A, right: impl FnOnce() -> A) -> (A, A) {
    (left(), right())
}
