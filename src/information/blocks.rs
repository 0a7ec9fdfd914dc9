//! The pass over a data set: blocks of observations, in parallel, in a fixed order.

use crate::derivatives::{Differentiator, packed_length};
use crate::error::Error;
use crate::kernel::{Compiled, Path, Source};
use crate::model::{LogLikelihood, Observation, Observations, ParameterSpace};
use crate::recording::{Trace, trace};
use crate::sums::{GROUP, Group, Sums, tree};
use std::borrow::Borrow;

/// From how many observations on a kernel pays for its compilation, which takes about as long as a few thousand of them by dual numbers.
pub(super) const FEWEST: usize = 4096;

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
    /// The sums over the chunk, which must not be empty, along a path.
    ///
    /// What is compiled may `keep` sufficient statistics if it is used for this chunk alone.
    pub fn sum_along(&self, path: Path, compiled: &mut Compiled, keep: bool) -> Result<Sums, Error> {
        let kernel = match path {
            Path::Automatic => self.offset + self.data.count() >= FEWEST,
            Path::Kernel => true,
            Path::Duals => false,
        };
        if kernel && let Some(sums) = compiled.sums(self, self.theta, keep)? {
            return Ok(sums);
        }
        self.sum()
    }

    /// The sums over the chunk by dual numbers.
    fn sum(&self) -> Result<Sums, Error> {
        let count = self.data.count();
        let block = |block: usize| {
            let rows: Vec<usize> = (block * BLOCK..count.min((block + 1) * BLOCK)).collect();
            self.rows(&rows)
        };
        tree(0..count.div_ceil(BLOCK), &block, |left, right| left.merge(&right))
    }

    /// The sums over some rows.
    fn rows(&self, rows: &[usize]) -> Result<Sums, Error> {
        let length = self.theta.len();
        let theta = M::Parameters::from_slice(self.theta)?;
        let mut at = Differentiator::unchecked(self.model, theta.borrow())?;
        let mut terms = vec![0.0; dimension(length)];
        let (mut group, mut sums) = (Group::zero(terms.len()), Sums::zero(terms.len()));
        for rows in rows.chunks(GROUP) {
            if !self.group(&mut at, rows, &mut terms, &mut group) {
                self.examine(&mut at, rows, &mut terms)?;
            }
            sums.absorb(&mut group);
        }
        Ok(sums)
    }

    /// Sums a few observations and tells whether all is well with them.
    #[inline]
    fn group(&self, at: &mut Differentiator<'_, M>, rows: &[usize], terms: &mut [f64], group: &mut Group) -> bool {
        for &index in rows {
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
    fn examine(&self, at: &mut Differentiator<'_, M>, rows: &[usize], terms: &mut [f64]) -> Result<(), Error> {
        for &place in rows {
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

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Source for Part<'_, M, D> {
    fn count(&self) -> usize {
        self.data.count()
    }

    fn width(&self) -> usize {
        self.width
    }

    fn contiguous(&self) -> Option<&[f64]> {
        self.data.values().filter(|values| values.len() == self.width * self.data.count())
    }

    fn row(&self, index: usize) -> &[f64] {
        M::Observation::coordinates(self.data.get(index))
    }

    fn weights(&self) -> Option<&[f64]> {
        self.data.weights()
    }

    fn by_duals(&self, rows: &mut dyn Iterator<Item = usize>) -> Result<Sums, Error> {
        self.rows(&rows.collect::<Vec<_>>())
    }

    fn trace(&self, row: usize) -> Option<Trace> {
        let x = self.data.get(row);
        M::Observation::from_coordinates::<f64>(M::Observation::coordinates(x))?;
        let theta = M::Parameters::from_slice(self.theta).ok()?;
        trace(self.model, theta.borrow(), x).ok()
    }
}
