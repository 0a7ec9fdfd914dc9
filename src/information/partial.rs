//! Mergeable sums over the observations of a data set.

use super::data::Observations;
use super::kind::{Empirical, Kind, Observed};
use super::labelled::check_length;
use super::result::Information;
use super::sums::{GROUP, Group, Sums};
use crate::derivatives::{Differentiator, packed_index, packed_length};
use crate::error::Error;
use crate::expectation::{Estimate, Provenance};
use crate::model::{LogLikelihood, Observation, ParameterSpace, Theta};
use nalgebra::DMatrix;
use std::borrow::Borrow;
use std::ops::Range;

/// Sums over the observations of a data set at one θ: weights, log-likelihood, scores s, outer products s sᵀ and curvatures −H.
///
/// Sums of parts of a data set can be stored, sent and [merged](Self::merge). To read back every bit from JSON, `serde_json` needs its
/// feature `float_roundtrip`.
///
/// The observations are summed in blocks of 1024, the blocks in pairs, the pairs in pairs, and so on, in parallel with the
/// feature `parallel`. The order is always the same, and so is every bit of the result.
///
/// Errors bound the rounding of the summation, and of terms that are right to eight ε: of a model whose log-likelihood
/// cancels badly they know nothing.
///
/// ```
/// use fisher_information::{distributions::Normal, information::ScoreSums};
/// let theta = [1.0, 2.0];
/// let left = ScoreSums::of(&Normal, &theta, &[1.0, 2.5])?;
/// let right = ScoreSums::of(&Normal, &theta, &[0.5, 3.0, 4.5])?;
/// let whole = left.merge(&right)?;
/// assert_eq!(whole.count(), 5);
/// assert_eq!(whole.observed()?.get("mean", "mean")?.value, 1.25);      // n/σ²
/// # Ok::<(), fisher_information::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Stored", into = "Stored"))]
pub struct ScoreSums {
    names: Vec<String>,
    theta: Vec<f64>,
    count: usize,
    /// weight, ℓ, s, the lower triangle of s sᵀ, that of −H
    sums: Sums,
}

/// How many observations make a block.
const BLOCK: usize = 1024;

impl ScoreSums {
    /// The sums over a data set.
    ///
    /// # Errors
    /// Parameters outside their domain; [`Error::NoData`]; [`Error::LengthMismatch`] of the weights,
    /// [`Error::InvalidWeight`], [`Error::ZeroWeights`]; [`Error::RowWidth`]; [`Error::ObservationNotFinite`];
    /// [`Error::LikelihoodNotFinite`]. Of several bad observations the first is named.
    pub fn of<M, D>(model: &M, theta: &Theta<M, f64>, data: &D) -> Result<Self, Error>
    where
        M: LogLikelihood,
        D: Observations<M::Observation> + ?Sized,
    {
        Self::of_chunks(model, theta, [data])
    }

    /// The sums over a data set that comes in chunks, of which only one need be in memory. Empty chunks are skipped;
    /// observations are counted through.
    ///
    /// The chunks are merged one by one, so the last bits depend on how the data were divided.
    ///
    /// # Errors
    /// Those of [`of`](Self::of).
    pub fn of_chunks<M, D>(model: &M, theta: &Theta<M, f64>, chunks: impl IntoIterator<Item = D>) -> Result<Self, Error>
    where
        M: LogLikelihood,
        D: Observations<M::Observation>,
    {
        let parameters = crate::model::checked_parameters(model, theta)?;
        let theta = theta.as_ref();
        let (mut count, mut width, mut sums) = (0, None, Sums::zero(dimension(theta.len())));
        for chunk in chunks {
            let data = &chunk;
            if data.count() == 0 {
                continue;
            }
            if let Some(weights) = data.weights() {
                check_length("weights", data.count(), weights.len())?;
            }
            let width = *width.get_or_insert_with(|| M::Observation::coordinates(data.get(0)).len());
            let part = Part {
                model,
                theta,
                data,
                offset: count,
                width,
            };
            let found = tree(0..data.count().div_ceil(BLOCK), &|block| part.block(block))?;
            sums = if count == 0 { found } else { sums.merge(&found) };
            count += data.count();
        }
        if count == 0 {
            return Err(Error::NoData);
        }
        if sums.estimate(0).value == 0.0 {
            return Err(Error::ZeroWeights { count });
        }
        Ok(Self {
            names: parameters.into_iter().map(|p| p.name.into_owned()).collect(),
            theta: theta.to_vec(),
            count,
            sums,
        })
    }

    /// The sums over two parts of a data set together.
    ///
    /// Merging the parts before and after an observation gives every bit of the whole if the first part has 1024·2ᵏ observations
    /// and the second no more.
    ///
    /// # Errors
    /// [`Error::NamesDiffer`], [`Error::LengthMismatch`] or [`Error::ThetaDiffers`] if they are about different parameters.
    pub fn merge(&self, other: &Self) -> Result<Self, Error> {
        let pairs = || self.names.iter().zip(&other.names).enumerate();
        if let Some((position, (expected, found))) = pairs().find(|(_, (a, b))| a != b) {
            return Err(Error::NamesDiffer {
                position,
                expected: expected.clone(),
                found: found.clone(),
            });
        }
        check_length("parameters", self.names.len(), other.names.len())?;
        for (i, (&expected, &found)) in self.theta.iter().zip(&other.theta).enumerate() {
            if expected != found {
                return Err(Error::ThetaDiffers {
                    name: self.names[i].clone(),
                    expected,
                    found,
                });
            }
        }
        Ok(Self {
            names: self.names.clone(),
            theta: self.theta.clone(),
            count: self.count + other.count,
            sums: self.sums.clone().merge(&other.sums),
        })
    }

    /// The names of the parameters.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// θ.
    #[must_use]
    pub fn theta(&self) -> &[f64] {
        &self.theta
    }

    /// How many observations there are, those of weight 0 included.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// Σ w, the number of observations if there are no weights.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.sums.estimate(0).value
    }

    /// Σ w ℓ, the log-likelihood of the data.
    #[must_use]
    pub fn log_likelihood(&self) -> Estimate {
        self.sums.estimate(1)
    }

    /// Σ w s, the score of the data.
    #[must_use]
    pub fn score(&self) -> Vec<Estimate> {
        (0..self.theta.len()).map(|i| self.sums.estimate(2 + i)).collect()
    }

    /// −Σ w H, the observed information.
    ///
    /// # Errors
    /// [`Error::EntryNotFinite`] if a sum overflows; [`Error::RepeatedName`] if the model uses a name twice.
    pub fn observed(&self) -> Result<Information<Observed>, Error> {
        self.matrix(2 + self.theta.len() + packed_length(self.theta.len()))
    }

    /// Σ w s sᵀ, the empirical information, not centred at the mean score.
    ///
    /// # Errors
    /// [`Error::EntryNotFinite`] if a sum overflows; [`Error::RepeatedName`] if the model uses a name twice.
    pub fn empirical(&self) -> Result<Information<Empirical>, Error> {
        self.matrix(2 + self.theta.len())
    }

    /// The symmetric matrix whose lower triangle begins at component `start`.
    fn matrix<K: Kind>(&self, start: usize) -> Result<Information<K>, Error> {
        let size = self.theta.len();
        let entry = |i: usize, j: usize| self.sums.estimate(start + packed_index(i.max(j), i.min(j)));
        Information::new(
            self.names.iter().cloned(),
            DMatrix::from_fn(size, size, |i, j| entry(i, j).value),
            DMatrix::from_fn(size, size, |i, j| entry(i, j).error),
            self.weight(),
            Provenance::Data {
                observations: self.count,
            },
        )
    }
}

/// How many sums there are for so many parameters.
fn dimension(parameters: usize) -> usize {
    2 + parameters + 2 * packed_length(parameters)
}

/// A chunk of the data, ready to be summed block by block.
struct Part<'a, M, D: ?Sized> {
    model: &'a M,
    theta: &'a [f64],
    data: &'a D,
    /// How many observations came before.
    offset: usize,
    /// How many coordinates every observation has.
    width: usize,
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Part<'_, M, D> {
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
            let weight = self.weight(index);
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
            let value = self.weight(place);
            if !(value >= 0.0 && value.is_finite()) {
                return Err(Error::InvalidWeight { index, value });
            }
            if value == 0.0 {
                continue;
            }
            let coordinates = M::Observation::coordinates(self.data.get(place));
            if coordinates.len() != self.width {
                return Err(Error::RowWidth {
                    row: index,
                    expected: self.width,
                    found: coordinates.len(),
                });
            }
            for (coordinate, &value) in coordinates.iter().enumerate() {
                if !value.is_finite() {
                    return Err(Error::ObservationNotFinite {
                        index,
                        coordinate,
                        value,
                    });
                }
            }
            self.terms(at, place, terms);
            let (score, hessian) = (
                2..2 + self.theta.len(),
                terms.len() - packed_length(self.theta.len())..terms.len(),
            );
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

    /// The weight of an observation.
    #[inline]
    fn weight(&self, index: usize) -> f64 {
        self.data.weights().map_or(1.0, |weights| weights[index])
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
fn tree(blocks: Range<usize>, sum: &(impl Fn(usize) -> Result<Sums, Error> + Sync)) -> Result<Sums, Error> {
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

#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct Stored {
    names: Vec<String>,
    theta: Vec<f64>,
    count: usize,
    sums: Sums,
}

#[cfg(feature = "serde")]
impl From<ScoreSums> for Stored {
    fn from(
        ScoreSums {
            names,
            theta,
            count,
            sums,
        }: ScoreSums,
    ) -> Self {
        Self {
            names,
            theta,
            count,
            sums,
        }
    }
}

#[cfg(feature = "serde")]
impl TryFrom<Stored> for ScoreSums {
    type Error = Error;

    fn try_from(
        Stored {
            names,
            theta,
            count,
            sums,
        }: Stored,
    ) -> Result<Self, Error> {
        check_length("parameters", names.len(), theta.len())?;
        sums.check(dimension(theta.len()))?;
        Ok(Self {
            names,
            theta,
            count,
            sums,
        })
    }
}
