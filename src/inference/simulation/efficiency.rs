//! An estimator against the Cramér–Rao bound.

use super::{Replications, SimulationSettings, moments};
use crate::derivatives::Differentiator;
use crate::error::{Error, check_length};
use crate::expectation::Estimate;
use crate::information::{Covariance, Expected, Information, MatrixEstimate, digits, eigen, expected, table};
use crate::model::{OwnedDatum, SampleSpace, Sampler, Theta};
use nalgebra::{DMatrix, DVector};
use std::borrow::Borrow;
use std::fmt;

/// What an estimator does over many data sets drawn at θ, beside the Cramér–Rao bound (n I(θ))⁻¹.
///
/// The bound is that of unbiased estimators. One with a bias, even one that vanishes as 1/n, may vary less; for it there is
/// [`bound_with_bias`](Self::bound_with_bias).
#[derive(Clone, Debug, PartialEq)]
pub struct Efficiency {
    theta: Vec<f64>,
    sample_size: usize,
    replications: Replications,
    slopes: MatrixEstimate,
    information: Information<Expected>,
    bound: Covariance,
    covariance: Covariance,
}

/// Draws `sample_size` observations at θ, estimates all parameters from them, and does so again and again.
///
/// ```
/// use fisher_information::{distributions::Exponential, inference::{SimulationSettings, efficiency}};
///
/// // The median over ln 2 estimates the mean wait; its inverse the rate.
/// let by_median = |waits: &[f64]| {
///     let mut waits = waits.to_vec();
///     waits.sort_by(f64::total_cmp);
///     Ok(vec![2.0_f64.ln() / waits[waits.len() / 2]])
/// };
/// let settings = SimulationSettings { replications: 2000, seed: 5 };
/// let found = efficiency(&Exponential, &[2.0], 201, by_median, &settings)?;
/// let ratio = found.efficiencies()[0];
/// assert!((ratio.value - 2.0_f64.ln().powi(2)).abs() < 4.0 * ratio.error);        // (ln 2)² for large samples, 48 %
/// assert!(found.replications().failures().is_empty());
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoData`] for samples of none; as [`expected`] and [`Information::inverse`] for the bound; [`Error::TooFewDraws`] below two
/// replications; [`Error::TooManyFailures`] if fewer than two give estimates. A replication fails if the estimator refuses, or gives a
/// number of estimates other than p or one that is not finite.
#[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ observations
pub fn efficiency<M, E>(
    model: &M,
    theta: &Theta<M, f64>,
    sample_size: usize,
    estimator: E,
    settings: &SimulationSettings,
) -> Result<Efficiency, Error>
where
    M: SampleSpace + Sampler,
    E: Fn(&[OwnedDatum<M>]) -> Result<Vec<f64>, Error> + Sync,
{
    if sample_size == 0 {
        return Err(Error::NoData);
    }
    let information = expected(model, theta)?.times(sample_size as f64)?;
    let bound = information.inverse()?;
    let size = bound.names().len();
    let at = Differentiator::new(model, theta)?;
    let experiment = |stream: &mut _| {
        let data: Vec<OwnedDatum<M>> = (0..sample_size).map(|_| model.sample(theta, stream)).collect();
        let mut found = estimator(&data)?;
        check_length("estimates", size, found.len())?;
        let (mut at, mut score, mut one) = (at.clone(), vec![0.0; size], vec![0.0; size]);
        for x in &data {
            at.first(x.borrow(), &mut one);
            score.iter_mut().zip(&one).for_each(|(sum, term)| *sum += term);
        }
        found.extend(score);
        Ok(found)
    };
    let scores = bound.names().iter().map(|name| format!("the score of {name}"));
    let names: Vec<String> = bound.names().iter().cloned().chain(scores).collect();
    let all = Replications::of(names, settings, &experiment)?;
    let [matrix, error] = moments::covariance(all.estimates()).map(|of| of.view((0, size), (size, size)).into_owned());
    let replications = all.columns(0, bound.names());
    let covariance = replications.covariance()?;
    let slopes = MatrixEstimate { matrix, error };
    let theta = theta.as_ref().to_vec();
    Ok(Efficiency { theta, sample_size, replications, slopes, information, bound, covariance })
}

impl Efficiency {
    /// The estimates.
    #[must_use]
    pub fn replications(&self) -> &Replications {
        &self.replications
    }

    /// The mean of each estimate less the truth.
    #[must_use]
    pub fn bias(&self) -> Vec<Estimate> {
        let means = self.replications.mean();
        means.iter().zip(&self.theta).map(|(mean, truth)| Estimate::new(mean.value - truth, mean.error)).collect()
    }

    /// The covariance of the estimates.
    #[must_use]
    pub fn covariance(&self) -> &Covariance {
        &self.covariance
    }

    /// (n I(θ))⁻¹
    #[must_use]
    pub fn bound(&self) -> &Covariance {
        &self.bound
    }

    /// ∂E\[θ̂ᵢ\]/∂θⱼ = Cov(θ̂ᵢ, Sⱼ), with the score S of the data at θ: the identity, if there is no bias near θ.
    #[must_use]
    pub fn mean_slopes(&self) -> &MatrixEstimate {
        &self.slopes
    }

    /// m(n I)⁻¹mᵀ, the bound for estimators that have the [mean](Self::mean_slopes) that this one has.
    ///
    /// # Errors
    /// [`Error::EntryNotFinite`] if an entry overflows.
    pub fn bound_with_bias(&self) -> Result<Covariance, Error> {
        let half = &self.slopes.matrix * self.bound.matrix();
        let once = half.abs() * self.slopes.error.transpose();
        let error = &once + once.transpose();
        Covariance::new(
            self.bound.names(),
            half * self.slopes.matrix.transpose(),
            error,
            self.replications.provenance(),
        )
    }

    /// The variance of each estimate in units of its bound: 1 or more without a bias.
    #[must_use]
    pub fn variance_ratios(&self) -> Vec<Estimate> {
        self.diagonal(|variance, bound| {
            let ratio = variance.value / bound.value;
            Estimate::new(ratio, variance.error / bound.value + ratio * bound.error / bound.value)
        })
    }

    /// The bound in units of the variance of each estimate: the share of the data that the estimator makes use of. ∞ for one that never
    /// varies.
    #[must_use]
    pub fn efficiencies(&self) -> Vec<Estimate> {
        self.diagonal(|variance, bound| {
            if variance.value == 0.0 {
                return Estimate::new(f64::INFINITY, f64::INFINITY);
            }
            let ratio = bound.value / variance.value;
            Estimate::new(ratio, ratio * (variance.error / variance.value + bound.error / bound.value))
        })
    }

    fn diagonal(&self, ratio: impl Fn(Estimate, Estimate) -> Estimate) -> Vec<Estimate> {
        let entry = |of: &Covariance, i: usize| Estimate::new(of.matrix()[(i, i)], of.error()[(i, i)]);
        (0..self.theta.len()).map(|i| ratio(entry(&self.covariance, i), entry(&self.bound, i))).collect()
    }

    /// The eigenvalues of the covariance relative to the bound, ascending: the variance ratios of the combinations of the parameters in
    /// which the two differ least and most. Without a bias all are at least 1.
    ///
    /// The smallest and the largest of several equal ones are sampled too low and too high, by about 2√(p/R) of R replications, which their
    /// errors do not contain.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn eigenvalues(&self) -> Vec<Estimate> {
        // With n I = D S D and S = V Λ Vᵀ, the estimates W θ̂ of W = Λ^(1/2) Vᵀ D have the bound 1.
        let spectrum = self.information.spectrum();
        let roots = DVector::from_iterator(self.theta.len(), spectrum.values().iter().map(|v| v.value.max(0.0).sqrt()));
        let whitening =
            DMatrix::from_diagonal(&roots) * spectrum.vectors().transpose() * DMatrix::from_diagonal(spectrum.scale());
        let whitened = moments::centred(self.replications.estimates()) * whitening.transpose();
        let [covariance, _] = moments::covariance(&whitened);
        let (_, vectors) = eigen(&covariance / covariance.amax().max(f64::MIN_POSITIVE));
        let principal = whitened * vectors;
        let [covariance, error] = moments::covariance(&principal);
        (0..self.theta.len()).map(|k| Estimate::new(covariance[(k, k)], error[(k, k)])).collect()
    }
}

/// Bias, standard deviation, bound and efficiency of each estimate, each with its Monte Carlo standard error.
impl fmt::Display for Efficiency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "samples of {}, {}", self.sample_size, self.replications)?;
        let head = ["", "truth", "bias", "±", "standard deviation", "bound", "efficiency", "±"];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        let deviations = (self.covariance.standard_errors(), self.bound.standard_errors());
        let (bias, efficiencies) = (self.bias(), self.efficiencies());
        for (i, name) in self.replications.names().iter().enumerate() {
            let numbers = [
                digits(self.theta[i], 4),
                digits(bias[i].value, 2),
                digits(bias[i].error, 2),
                digits(deviations.0[i].value, 3),
                digits(deviations.1[i].value, 3),
                digits(efficiencies[i].value, 3),
                digits(efficiencies[i].error, 2),
            ];
            rows.push(std::iter::once(name.clone()).chain(numbers).collect());
        }
        table(f, &rows)
    }
}
