//! Several experts about the same parameters.

use super::expert::{Expert, in_expert};
use super::linear::{Curvature, spread};
use super::pooling::Pooling;
use crate::error::{Error, check_length};
use crate::expectation::Provenance;
use crate::information::{Bread, Information, Labelled};
use nalgebra::{DMatrix, DVector};

/// Experts whose data are independent of one another, ready to be merged.
///
/// Parameters are matched by their names, and an expert need not know all of them: one that it does not name has information 0. The order
/// is that of the first expert, with parameters that others add behind.
///
/// ```
/// use fisher_information::geometry::merging::{Expert, Experts, Pooling};
///
/// // Inverse-variance weights: 1/0.2² = 25 and 1/0.1² = 100.
/// let experts = Experts::new([
///     Expert::from_standard_errors("first", &[("slope", 1.5, 0.2)])?,
///     Expert::from_standard_errors("second", &[("slope", 1.0, 0.1), ("intercept", 3.0, 1.0)])?,
/// ])?;
/// assert_eq!(experts.names(), ["slope", "intercept"]);
/// let merge = experts.merge(&Pooling::Full)?;
/// assert!((merge.get("slope")?.value - 1.1).abs() < 1e-15);
/// assert!((merge.covariance.standard_error("slope")?.value - 1.0 / 125.0_f64.sqrt()).abs() < 1e-15);
/// assert_eq!(merge.get("intercept")?.value, 3.0);
/// # Ok::<(), fisher_information::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Stored", into = "Stored"))]
pub struct Experts {
    names: Vec<String>,
    experts: Vec<Expert>,
    /// λₖ
    weights: Vec<f64>,
    base: Option<Expert>,
    /// Where the parameters of every expert are in `names`, and those of the base at the end.
    places: Vec<Vec<usize>>,
}

/// One term of an average: an expert or the base.
pub(super) struct Source<'a> {
    pub expert: &'a Expert,
    pub places: &'a [usize],
    pub weight: f64,
}

impl Experts {
    /// Experts with different labels.
    ///
    /// # Errors
    /// [`Error::NoData`] if there are none, [`Error::RepeatedName`] of a label.
    pub fn new(experts: impl IntoIterator<Item = Expert>) -> Result<Self, Error> {
        let experts: Vec<Expert> = experts.into_iter().collect();
        if experts.is_empty() {
            return Err(Error::NoData);
        }
        for (k, expert) in experts.iter().enumerate() {
            if experts[..k].iter().any(|other| other.label() == expert.label()) {
                return Err(Error::RepeatedName { name: expert.label().to_owned() });
            }
        }
        let weights = vec![1.0; experts.len()];
        Ok(Self::placed(experts, weights, None))
    }

    fn placed(experts: Vec<Expert>, weights: Vec<f64>, base: Option<Expert>) -> Self {
        let (mut names, mut places) = (Vec::<String>::new(), Vec::new());
        for expert in experts.iter().chain(&base) {
            let mut place = |name: &String| {
                names.iter().position(|known| known == name).unwrap_or_else(|| {
                    names.push(name.clone());
                    names.len() - 1
                })
            };
            places.push(expert.names().iter().map(&mut place).collect());
        }
        Self { names, experts, weights, base, places }
    }

    /// A weight λₖ for every expert, in their order, by which its information is multiplied: below 1 it is trusted less, as in a tempered
    /// posterior density, at 0 not at all.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`], [`Error::InvalidExpertWeight`]; [`Error::ZeroWeights`] if all are 0.
    pub fn with_weights(self, weights: &[f64]) -> Result<Self, Error> {
        check_length("weights", self.experts.len(), weights.len())?;
        for (expert, &value) in self.experts.iter().zip(weights) {
            if !(value.is_finite() && value >= 0.0) {
                return Err(Error::InvalidExpertWeight { expert: expert.label().to_owned(), value });
            }
        }
        if weights.iter().all(|&weight| weight == 0.0) {
            return Err(Error::ZeroWeights { count: weights.len() });
        }
        Ok(Self { weights: weights.to_vec(), ..self })
    }

    /// A base or prior: an estimate θ₀ and its information F₀, which enter a merge once, as if they were an expert of weight 1.
    ///
    /// Without this call nothing is added to the information of the experts, however nearly singular their sum. The base takes no part in
    /// losses and in tests of consistency.
    ///
    /// # Errors
    /// Those of [`Expert::new`], of "the base".
    pub fn with_base<K: Bread>(self, estimates: &[f64], information: &Information<K>) -> Result<Self, Error> {
        let base = Expert::new(BASE, estimates, information)?;
        Ok(Self::placed(self.experts, self.weights, Some(base)))
    }

    /// The experts.
    #[must_use]
    pub fn experts(&self) -> &[Expert] {
        &self.experts
    }

    /// The base, if there is one.
    #[must_use]
    pub fn base(&self) -> Option<&Expert> {
        self.base.as_ref()
    }

    /// The weights λₖ.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The names of all parameters.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Σ λₖFₖ + F₀, the p × p information of all together.
    ///
    /// # Errors
    /// [`Error::EntryNotFinite`] if a sum overflows.
    pub fn information(&self) -> Result<Labelled, Error> {
        Ok(self.total(&self.sources(), &Pooling::Full)?.entries().clone())
    }

    /// The labels of the experts.
    pub(super) fn labels(&self) -> Vec<String> {
        self.experts.iter().map(|expert| expert.label().to_owned()).collect()
    }

    /// Expert k alone, with weight 1.
    pub(super) fn alone(&self, k: usize) -> Source<'_> {
        Source { expert: &self.experts[k], places: &self.places[k], weight: 1.0 }
    }

    /// The experts that count, with their weights, and the base.
    pub(super) fn sources(&self) -> Vec<Source<'_>> {
        let weights = self.weights.iter().chain(&[1.0]);
        let all = self.experts.iter().chain(&self.base).zip(&self.places).zip(weights);
        all.map(|((expert, places), &weight)| Source { expert, places, weight })
            .filter(|source| source.weight > 0.0)
            .collect()
    }

    /// The sum of the weighted curvatures, each as far as the pooling uses it.
    pub(super) fn total(&self, sources: &[Source<'_>], pooling: &Pooling) -> Result<Curvature, Error> {
        let groups = pooling.groups(&self.names)?;
        let mut total: Option<Curvature> = None;
        for source in sources {
            let used = source.used(pooling, &groups, &self.names)?.times(source.weight)?;
            total = Some(match total {
                Some(sum) => sum.add(&used)?,
                None => used,
            });
        }
        total.ok_or(Error::NoData)
    }

    /// A p-vector of finite numbers.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`], [`Error::EstimateNotFinite`].
    pub(super) fn point(&self, what: &'static str, theta: &[f64]) -> Result<DVector<f64>, Error> {
        check_length(what, self.names.len(), theta.len())?;
        check_finite(&self.names, theta.iter().copied())?;
        Ok(DVector::from_column_slice(theta))
    }
}

/// That no estimate is NaN or infinite, as a given one may be and one of numbers near the largest becomes.
pub(super) fn check_finite(names: &[String], mut values: impl Iterator<Item = f64>) -> Result<(), Error> {
    names.iter().zip(&mut values).try_for_each(|(name, value)| {
        if value.is_finite() { Ok(()) } else { Err(Error::EstimateNotFinite { name: name.clone(), value }) }
    })
}

/// What the base is called in errors.
const BASE: &str = "the base";

impl Source<'_> {
    /// The entries of the information that the pooling uses, among all parameters.
    pub fn used(&self, pooling: &Pooling, groups: &[usize], names: &[String]) -> Result<Curvature, Error> {
        let (size, own) = (names.len(), self.expert.curvature());
        let (mut matrix, mut error) = match pooling {
            Pooling::Uniform => {
                let ones = DMatrix::identity(self.places.len(), self.places.len());
                (spread(&ones, self.places, size), DMatrix::zeros(size, size))
            }
            _ => (spread(own.matrix(), self.places, size), spread(own.error(), self.places, size)),
        };
        for i in 0..size {
            for j in (0..size).filter(|&j| groups[i] != groups[j]) {
                (matrix[(i, j)], error[(i, j)]) = (0.0, 0.0);
            }
        }
        let provenance = if *pooling == Pooling::Uniform { Provenance::ClosedForm } else { own.provenance().clone() };
        Information::new(names, matrix, error, 1.0, provenance).map_err(|reason| in_expert(self.expert.label(), reason))
    }

    /// The estimates among all parameters; where there is none, that of a given point.
    pub fn estimates(&self, otherwise: &DVector<f64>) -> DVector<f64> {
        let mut estimates = otherwise.clone();
        for (&place, &estimate) in self.places.iter().zip(self.expert.estimates()) {
            estimates[place] = estimate;
        }
        estimates
    }

    /// The entries of a point that are about the parameters of this expert.
    pub fn part(&self, point: &DVector<f64>) -> DVector<f64> {
        DVector::from_iterator(self.places.len(), self.places.iter().map(|&place| point[place]))
    }
}

/// What is stored of experts.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct Stored {
    experts: Vec<Expert>,
    weights: Vec<f64>,
    base: Option<Expert>,
}

#[cfg(feature = "serde")]
impl From<Experts> for Stored {
    fn from(Experts { experts, weights, base, .. }: Experts) -> Self {
        Self { experts, weights, base }
    }
}

#[cfg(feature = "serde")]
impl TryFrom<Stored> for Experts {
    type Error = Error;

    fn try_from(Stored { experts, weights, base }: Stored) -> Result<Self, Error> {
        let checked = Self::new(experts)?.with_weights(&weights)?;
        Ok(Self::placed(checked.experts, checked.weights, base))
    }
}
