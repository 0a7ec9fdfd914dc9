//! Mergeable sums over the observations of a data set.

use super::blocks::{Part, dimension};
use super::kind::{Empirical, Kind, Observed};
use super::result::Information;
use crate::derivatives::{packed_index, packed_length};
use crate::error::{Error, check_length};
use crate::expectation::{Estimate, Provenance};
use crate::kernel::{Compiled, Path};
use crate::model::{LogLikelihood, Observation, Observations, Theta};
use crate::sums::Sums;
use nalgebra::DMatrix;

/// Sums over the observations of a data set at one θ: weights, log-likelihood, scores s, outer products s sᵀ and curvatures −H.
///
/// Sums of parts of a data set can be stored, sent and [merged](Self::merge). To read back every bit from JSON, `serde_json` needs its
/// feature `float_roundtrip`.
///
/// From 4096 observations on a [kernel](crate::kernel) is compiled from the log-likelihood where that is possible; fewer are left to dual
/// numbers. [`DataLikelihood`](super::DataLikelihood) takes either path by name, and keeps what is compiled for the next θ.
///
/// The observations are summed in blocks, the blocks in pairs, the pairs in pairs, and so on, in parallel with the
/// feature `parallel`. The order is always the same, and so is every bit of the result.
///
/// Errors bound the rounding of the summation, and of terms that are right to ten ε: of a model whose log-likelihood
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
        Self::of_chunks_reporting(model, theta, chunks, |_| {})
    }

    /// [`of_chunks`](Self::of_chunks), with a report after each chunk: how many observations have been summed so far.
    ///
    /// ```
    /// use fisher_information::{distributions::Poisson, information::ScoreSums};
    /// use indicatif::{ProgressBar, ProgressDrawTarget};
    ///
    /// // As from a file: there is never more than one chunk in memory.
    /// let chunks = (0..10).map(|k| (0..100).map(|i| f64::from((k + i) % 5)).collect::<Vec<_>>());
    /// let bar = ProgressBar::with_draw_target(Some(1000), ProgressDrawTarget::hidden());
    /// let sums = ScoreSums::of_chunks_reporting(&Poisson, &[2.0], chunks, |done| bar.set_position(done as u64))?;
    /// assert_eq!((sums.count(), bar.position()), (1000, 1000));
    /// assert_eq!(sums.score()[0].value, 0.0);      // the mean is 2
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`of`](Self::of).
    pub fn of_chunks_reporting<M, D>(
        model: &M,
        theta: &Theta<M, f64>,
        chunks: impl IntoIterator<Item = D>,
        mut report: impl FnMut(usize),
    ) -> Result<Self, Error>
    where
        M: LogLikelihood,
        D: Observations<M::Observation>,
    {
        let mut compiled = Compiled::default();
        Self::with(model, theta, chunks, |part| {
            let sums = part.sum_along(Path::Automatic, &mut compiled, false)?;
            report(part.offset + part.data.count());
            Ok(sums)
        })
    }

    /// The sums over chunks, each of them summed by `sum`.
    pub(super) fn with<M, D>(
        model: &M,
        theta: &Theta<M, f64>,
        chunks: impl IntoIterator<Item = D>,
        mut sum: impl FnMut(&Part<'_, M, D>) -> Result<Sums, Error>,
    ) -> Result<Self, Error>
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
            let part = Part { model, theta, data, offset: count, width };
            let found = sum(&part)?;
            sums = if count == 0 { found } else { sums.merge(&found) };
            count += data.count();
        }
        if count == 0 {
            return Err(Error::NoData);
        }
        if sums.value(0) == 0.0 {
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
    /// By dual numbers, merging the parts before and after an observation gives every bit of the whole if the first part has 1024·2ᵏ
    /// observations and the second no more.
    ///
    /// # Errors
    /// [`Error::NamesDiffer`], [`Error::LengthMismatch`] or [`Error::ThetaDiffers`] if they are about different parameters.
    pub fn merge(&self, other: &Self) -> Result<Self, Error> {
        let pairs = || self.names.iter().zip(&other.names).enumerate();
        if let Some((position, (expected, found))) = pairs().find(|(_, (a, b))| a != b) {
            return Err(Error::NamesDiffer { position, expected: expected.clone(), found: found.clone() });
        }
        check_length("parameters", self.names.len(), other.names.len())?;
        for (i, (&expected, &found)) in self.theta.iter().zip(&other.theta).enumerate() {
            if expected != found {
                return Err(Error::ThetaDiffers { name: self.names[i].clone(), expected, found });
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
        self.sums.value(0)
    }

    /// Σ w ℓ, the log-likelihood of the data.
    #[must_use]
    pub fn log_likelihood(&self) -> Estimate {
        self.estimate(1)
    }

    /// Σ w s, the score of the data.
    #[must_use]
    pub fn score(&self) -> Vec<Estimate> {
        (0..self.theta.len()).map(|i| self.estimate(2 + i)).collect()
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

    /// Component `i` of the sums with its error.
    fn estimate(&self, i: usize) -> Estimate {
        Estimate::new(self.sums.value(i), self.sums.error(i))
    }

    /// The symmetric matrix whose lower triangle begins at component `start`.
    fn matrix<K: Kind>(&self, start: usize) -> Result<Information<K>, Error> {
        let size = self.theta.len();
        let entry = |i: usize, j: usize| self.estimate(start + packed_index(i.max(j), i.min(j)));
        Information::new(
            self.names.iter().cloned(),
            DMatrix::from_fn(size, size, |i, j| entry(i, j).value),
            DMatrix::from_fn(size, size, |i, j| entry(i, j).error),
            self.weight(),
            Provenance::Data { observations: self.count },
        )
    }
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
    fn from(ScoreSums { names, theta, count, sums }: ScoreSums) -> Self {
        Self { names, theta, count, sums }
    }
}

#[cfg(feature = "serde")]
impl TryFrom<Stored> for ScoreSums {
    type Error = Error;

    fn try_from(Stored { names, theta, count, sums }: Stored) -> Result<Self, Error> {
        check_length("parameters", names.len(), theta.len())?;
        sums.check(dimension(theta.len()))?;
        Ok(Self { names, theta, count, sums })
    }
}
