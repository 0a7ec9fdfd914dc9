//! The law of the maximum-likelihood estimate, by refitting many data sets.

use super::{Replications, SimulationSettings, moments};
use crate::derivatives::{packed_index, packed_length};
use crate::error::Error;
use crate::expectation::Estimate;
use crate::inference::MaximumLikelihood;
use crate::information::{Covariance, Expected, Information, digits, expected, table};
use crate::model::{OwnedDatum, SampleSpace, Sampler, Theta};
use crate::scalar::Scalar;
use nalgebra::{DMatrix, DVector};
use std::fmt;

/// The maximum-likelihood estimates of many data sets drawn at θ, beside what theory says of them: that they are normal with mean θ and
/// covariance (n I(θ))⁻¹, which the inverse of the observed information estimates from each data set.
#[derive(Clone, Debug, PartialEq)]
pub struct AsymptoticNormality {
    theta: Vec<f64>,
    sample_size: usize,
    replications: Replications,
    covariance: Covariance,
    information: Information<Expected>,
    bound: Covariance,
    mean_inverse: Covariance,
}

/// Draws `sample_size` observations at θ, fits the model to them from there, and does so again and again.
///
/// ```
/// use fisher_information::{distributions::Poisson, inference::{SimulationSettings, asymptotic_normality}};
///
/// let settings = SimulationSettings { replications: 500, seed: 1 };
/// let found = asymptotic_normality(&Poisson, &[4.0], 25, &settings)?;
/// let variance = found.covariance().get("rate", "rate")?;
/// assert!((variance.value - 4.0 / 25.0).abs() < 4.0 * variance.error);        // of a mean, exactly
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoData`] for samples of none; as [`expected`] and [`Information::inverse`] for the theory; [`Error::TooFewDraws`] below two
/// replications; [`Error::TooManyFailures`] if fewer than two fits succeed.
#[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ observations
pub fn asymptotic_normality<M: SampleSpace + Sampler>(
    model: &M,
    theta: &Theta<M, f64>,
    sample_size: usize,
    settings: &SimulationSettings,
) -> Result<AsymptoticNormality, Error> {
    if sample_size == 0 {
        return Err(Error::NoData);
    }
    let information = expected(model, theta)?.times(sample_size as f64)?;
    let bound = information.inverse()?;
    let size = bound.names().len();
    let experiment = |stream: &mut _| {
        let data: Vec<OwnedDatum<M>> = (0..sample_size).map(|_| model.sample(theta, stream)).collect();
        let fit = MaximumLikelihood::new(model, &data).start(theta).fit()?;
        let inverse = fit.covariance()?;
        let mut found = fit.estimates().to_vec();
        found.extend((0..size).flat_map(|i| (0..=i).map(move |j| (i, j))).map(|place| inverse.matrix()[place]));
        Ok(found)
    };
    let names: Vec<String> = bound.names().iter().cloned().chain((0..packed_length(size)).map(entry_name)).collect();
    let all = Replications::of(names, settings, &experiment)?;
    let inverses = moments::mean(&all.estimates().columns(size, packed_length(size)).into_owned());
    let at = |i: usize, j: usize| inverses[packed_index(i.max(j), i.min(j))];
    let mean_inverse = Covariance::new(
        bound.names(),
        DMatrix::from_fn(size, size, |i, j| at(i, j).value),
        DMatrix::from_fn(size, size, |i, j| at(i, j).error),
        all.provenance(),
    )?;
    let replications = all.columns(0, bound.names());
    let covariance = replications.covariance()?;
    let theta = theta.as_ref().to_vec();
    Ok(AsymptoticNormality { theta, sample_size, replications, covariance, information, bound, mean_inverse })
}

/// What an entry of A⁻¹ is called, should it not be finite.
fn entry_name(packed: usize) -> String {
    format!("entry {packed} of the inverse information")
}

impl AsymptoticNormality {
    /// The estimates.
    #[must_use]
    pub fn replications(&self) -> &Replications {
        &self.replications
    }

    /// The mean of each estimate less the truth: of the order of 1/n.
    #[must_use]
    pub fn bias(&self) -> Vec<Estimate> {
        let means = self.replications.mean();
        means.iter().zip(&self.theta).map(|(mean, truth)| Estimate::new(mean.value - truth, mean.error)).collect()
    }

    /// The covariance of the estimates, with Monte Carlo standard errors.
    #[must_use]
    pub fn covariance(&self) -> &Covariance {
        &self.covariance
    }

    /// (n I(θ))⁻¹
    #[must_use]
    pub fn bound(&self) -> &Covariance {
        &self.bound
    }

    /// The mean of A⁻¹ over the data sets, A the observed information at the estimate, with Monte Carlo standard errors.
    #[must_use]
    pub fn mean_inverse(&self) -> &Covariance {
        &self.mean_inverse
    }

    /// How often (θ̂ − θ)ᵀ n I (θ̂ − θ) lies below the quantile of this level of the χ² distribution with p degrees of freedom, as it does
    /// of normal estimates: the share of the data sets whose estimate lies in the ellipsoid of this probability.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn share_within(&self, level: f64) -> Estimate {
        let (count, half) = (self.replications.count() as f64, 0.5 * self.theta.len() as f64);
        let inside = |row: &DVector<f64>| {
            let square = row.dot(&(self.information.matrix() * row));
            half.regularized_gamma_p(0.5 * square.max(0.0)) <= level
        };
        let estimates = self.replications.estimates();
        let truth = DVector::from_column_slice(&self.theta);
        let within = estimates.row_iter().filter(|row| inside(&(row.transpose() - &truth))).count() as f64;
        let share = within / count;
        Estimate::new(share, (share * (1.0 - share) / count).sqrt())
    }
}

/// The bias of each estimate, its standard deviation, and what the two matrices say of that.
impl fmt::Display for AsymptoticNormality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "samples of {}, {}", self.sample_size, self.replications)?;
        let head = ["", "truth", "bias", "±", "standard deviation", "±", "by (nI)⁻¹", "by the mean of A⁻¹"];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        let bias = self.bias();
        let [found, bound, inverse] =
            [&self.covariance, &self.bound, &self.mean_inverse].map(Covariance::standard_errors);
        for (i, name) in self.replications.names().iter().enumerate() {
            let numbers = [
                digits(self.theta[i], 4),
                digits(bias[i].value, 2),
                digits(bias[i].error, 2),
                digits(found[i].value, 3),
                digits(found[i].error, 2),
                digits(bound[i].value, 3),
                digits(inverse[i].value, 3),
            ];
            rows.push(std::iter::once(name.clone()).chain(numbers).collect());
        }
        table(f, &rows)
    }
}
