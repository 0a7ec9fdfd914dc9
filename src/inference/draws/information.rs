//! The inverse of a sampled covariance.
//!
//! ```math
//! \mathrm{E}[S^{-1}] = \frac{N - 1}{N - p - 2}\, \Sigma^{-1}
//! ```
//!
//! for the covariance S of N independent normal draws of p parameters: the inverse is too large, and the factor (N − p − 2)/(N − 1)
//! removes that.

use super::effective::effective_draws;
use crate::error::{Error, check_length};
use crate::expectation::Provenance;
use crate::inference::simulation;
use crate::information::{Information, Sampled};
use nalgebra::DMatrix;

/// An information estimated as the inverse of a covariance of draws.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SampledInformation {
    /// The information, with a standard error for every entry.
    pub information: Information<Sampled>,
    /// How many independent draws the covariance is worth: the least over its entries.
    pub effective_draws: f64,
    /// (N − p − 2)/(N − 1), by which the inverse of the covariance was multiplied.
    pub factor: f64,
}

/// The information from the covariance S of as many independent normal draws of p parameters, the divisor of S being `draws` − 1; and how
/// many observations the parameters were estimated from.
///
/// The entries of (N − p − 2)/(N − 1) S⁻¹ have the mean Σ⁻¹ and, with ν = N − 1 and P the estimate, the variances
///
/// ```math
/// \mathrm{Var}(P_{ij}) = \frac{(\nu - p + 1)\, P_{ij}^2 + (\nu - p - 1)\, P_{ii} P_{jj}}{(\nu - p)(\nu - p - 3)} .
/// ```
///
/// ```
/// use fisher_information::inference::information_from_covariance;
/// use nalgebra::dmatrix;
/// let found = information_from_covariance(["mean"], dmatrix![0.5], 1003.0, 100.0)?;
/// let information = found.information.get("mean", "mean")?;
/// assert!((information.value - 2.0 * 1000.0 / 1002.0).abs() < 1e-12);
/// assert!((information.error - information.value * (2.0_f64 / 998.0).sqrt()).abs() < 1e-12);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: T. W. Anderson, *An Introduction to Multivariate Statistical Analysis*, 3rd ed. (2003), lemma 7.7.1; D. von Rosen, *Moments for
/// the inverted Wishart distribution*, Scand. J. Statist. 15 (1988); J. Hartlap, P. Simon and P. Schneider, Astron. Astrophys. 464 (2007),
/// doi:10.1051/0004-6361:20066170.
///
/// # Errors
/// What is wrong with the matrix, as [`Labelled::new`](crate::information::Labelled::new); [`Error::TooFewDraws`] if there are not more
/// than p + 4; [`Error::Singular`], [`Error::NotPositiveDefinite`]; [`Error::InvalidObservations`].
pub fn information_from_covariance(
    names: impl IntoIterator<Item: Into<String>>,
    covariance: DMatrix<f64>,
    draws: f64,
    observations: f64,
) -> Result<SampledInformation, Error> {
    let inverse = Inverse::of(names, covariance, draws, observations)?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // more than p + 4 and finite
    let count = draws as usize;
    let (size, freedom) = (inverse.size(), draws - 1.0);
    let estimate = &inverse.matrix * inverse.factor;
    let error = DMatrix::from_fn(inverse.matrix.nrows(), inverse.matrix.ncols(), |i, j| {
        let (own, product) = (estimate[(i, j)].powi(2), estimate[(i, i)] * estimate[(j, j)]);
        let variance = ((freedom - size + 1.0) * own + (freedom - size - 1.0) * product)
            / ((freedom - size) * (freedom - size - 3.0));
        variance.sqrt()
    });
    inverse.finish(error, count, draws)
}

/// The information from independent draws, a row for each and a column for each parameter; and how many observations the parameters were
/// estimated from.
///
/// The factor is that of normal draws. The errors are those of any draws: with y = S⁻¹(x − x̄), that of an entry of S⁻¹ is the standard
/// deviation of yᵢyⱼ over √N.
///
/// # Errors
/// [`Error::LengthMismatch`] if there are not as many columns as names, [`Error::DrawNotFinite`]; else as [`information_from_covariance`].
#[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ draws
pub fn information_from_draws(
    names: impl IntoIterator<Item: Into<String>>,
    draws: &DMatrix<f64>,
    observations: f64,
) -> Result<SampledInformation, Error> {
    from_draws(names, draws, observations, |series| series.len() as f64)
}

/// The information from the draws of a Markov chain, a row for each step and a column for each parameter, after it has become stationary:
/// of a posterior density, and so of data and prior together.
///
/// As from independent draws, but that the products yᵢyⱼ are worth as many of them as [`effective_draws`] says, each its own number; the
/// factor is that of the least.
///
/// # Errors
/// As [`information_from_draws`].
pub fn information_from_chain(
    names: impl IntoIterator<Item: Into<String>>,
    chain: &DMatrix<f64>,
    observations: f64,
) -> Result<SampledInformation, Error> {
    from_draws(names, chain, observations, effective_draws)
}

fn from_draws(
    names: impl IntoIterator<Item: Into<String>>,
    draws: &DMatrix<f64>,
    observations: f64,
    worth: impl Fn(&[f64]) -> f64,
) -> Result<SampledInformation, Error> {
    let names: Vec<String> = names.into_iter().map(Into::into).collect();
    check_length("columns of the draws", names.len(), draws.ncols())?;
    if let Some(place) = draws.iter().position(|value| !value.is_finite()) {
        let (index, column) = (place % draws.nrows(), place / draws.nrows());
        return Err(Error::DrawNotFinite { index, name: names[column].clone(), value: draws[place] });
    }
    let needed = names.len() + 5;
    if draws.nrows() < needed {
        return Err(Error::TooFewDraws { draws: draws.nrows(), needed });
    }
    let [covariance, _] = simulation::covariance(draws);
    let directions = invert(&names, covariance.clone())?;
    let scores = simulation::centred(draws) * &directions;
    let mut least = f64::INFINITY;
    let mut error = DMatrix::zeros(names.len(), names.len());
    for i in 0..names.len() {
        for j in 0..=i {
            let products: Vec<f64> = scores.column(i).iter().zip(scores.column(j).iter()).map(|(a, b)| a * b).collect();
            let count = worth(&products);
            least = least.min(count);
            let deviation = deviation(&products) / count.sqrt();
            error[(i, j)] = deviation;
            error[(j, i)] = deviation;
        }
    }
    let inverse = Inverse::of(names, covariance, least, observations)?;
    let error = error * inverse.factor;
    inverse.finish(error, draws.nrows(), least)
}

/// The standard deviation of the entries.
#[allow(clippy::cast_precision_loss)]
fn deviation(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count).sqrt()
}

/// S⁻¹ with what it takes to make an information of it.
struct Inverse {
    names: Vec<String>,
    matrix: DMatrix<f64>,
    observations: f64,
    factor: f64,
}

impl Inverse {
    fn of(
        names: impl IntoIterator<Item: Into<String>>,
        covariance: DMatrix<f64>,
        draws: f64,
        observations: f64,
    ) -> Result<Self, Error> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ parameters
        let size = names.len() as f64;
        if !(draws > size + 4.0 && draws.is_finite()) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // saturates; NaN becomes 0
            return Err(Error::TooFewDraws { draws: draws as usize, needed: names.len() + 5 });
        }
        let matrix = invert(&names, covariance)?;
        Ok(Self { names, matrix, observations, factor: (draws - size - 2.0) / (draws - 1.0) })
    }

    #[allow(clippy::cast_precision_loss)]
    fn size(&self) -> f64 {
        self.names.len() as f64
    }

    fn finish(self, error: DMatrix<f64>, draws: usize, effective: f64) -> Result<SampledInformation, Error> {
        let provenance = Provenance::Draws { draws, effective };
        let information =
            Information::new(self.names, self.matrix * self.factor, error, self.observations, provenance)?;
        Ok(SampledInformation { information, effective_draws: effective, factor: self.factor })
    }
}

/// S⁻¹, S being what it is: of a covariance matrix the machinery of an information asks the same.
fn invert(names: &[String], covariance: DMatrix<f64>) -> Result<DMatrix<f64>, Error> {
    Ok(Information::<Sampled>::exact(names, covariance)?.inverse()?.matrix().clone())
}
