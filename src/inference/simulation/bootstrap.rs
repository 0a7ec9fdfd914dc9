//! The bootstrap: a fit to data drawn anew.

use super::{Replications, SimulationSettings};
use crate::error::{Error, check_length};
use crate::expectation::Estimate;
use crate::inference::search::{self, SearchSettings};
use crate::inference::{CovarianceKind, Fit, SampledInformation, information_from_draws};
use crate::information::Covariance;
use crate::model::{LogLikelihood, Observations, OwnedDatum, Sampler, Stream, Weighted};
use rand::RngExt;
use std::collections::HashMap;
use std::hash::Hash;

/// The most repetitions that are drawn one by one, each with its place in memory.
const MOST: f64 = 1e8;

/// The estimates of many data sets like the one that was fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Bootstrap {
    estimates: Vec<f64>,
    observations: f64,
    parametric: bool,
    replications: Replications,
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// Refits to n observations drawn from the data with replacement: the nonparametric bootstrap, which does not believe the model.
    ///
    /// Weights count repetitions and must be whole numbers; there are then as many draws as repetitions, 10⁸ at most. A prior is kept.
    ///
    /// ```
    /// use fisher_information::{distributions::Poisson, inference::{SimulationSettings, maximum_likelihood}};
    ///
    /// let counts = [2.0, 5.0, 1.0, 0.0, 3.0, 7.0, 3.0, 3.0];      // mean 3, mean square deviation 4.25
    /// let fit = maximum_likelihood(&Poisson, &counts)?;
    /// let bootstrap = fit.bootstrap(&SimulationSettings { replications: 1000, seed: 2 })?;
    /// let variance = bootstrap.covariance()?.get("rate", "rate")?;
    /// assert!((variance.value - 4.25 / 8.0).abs() < 4.0 * variance.error);        // as the sandwich has it, not 3/8
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// Source: B. Efron, *Bootstrap methods: another look at the jackknife*, Ann. Statist. 7 (1979), doi:10.1214/aos/1176344552.
    ///
    /// # Errors
    /// [`Error::FractionalWeight`], [`Error::Unsupported`] for larger weights; [`Error::TooFewDraws`] below two replications; [`Error::TooManyFailures`] if fewer than two succeed.
    pub fn bootstrap(&self, settings: &SimulationSettings) -> Result<Bootstrap, Error> {
        let repetitions = self.repetitions()?;
        let experiment = |stream: &mut Stream| {
            let mut weights = vec![0.0; self.data().count()];
            for _ in 0..repetitions.len() {
                weights[repetitions[stream.random_range(0..repetitions.len())]] += 1.0;
            }
            self.refit(&Weighted { data: self.data(), weights: &weights })
        };
        self.bootstrapped(false, settings, &experiment)
    }

    /// Refits to G clusters drawn from those of the data with replacement, where observations depend on one another within clusters.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] if there is not one label for each observation, [`Error::TooFewClusters`] below two clusters;
    /// else as [`bootstrap`](Self::bootstrap).
    pub fn bootstrap_of_clusters<L: Eq + Hash>(
        &self,
        labels: &[L],
        settings: &SimulationSettings,
    ) -> Result<Bootstrap, Error> {
        check_length("cluster labels", self.data().count(), labels.len())?;
        let mut numbers: HashMap<&L, usize> = HashMap::new();
        let place = |(index, label)| {
            let next = numbers.len();
            // an observation of weight 0 belongs to no cluster
            (self.data().weight(index) > 0.0).then(|| *numbers.entry(label).or_insert(next))
        };
        let places: Vec<Option<usize>> = labels.iter().enumerate().map(place).collect();
        let clusters = numbers.len();
        if clusters < 2 {
            return Err(Error::TooFewClusters { clusters });
        }
        let experiment = |stream: &mut Stream| {
            let mut times = vec![0.0; clusters];
            for _ in 0..clusters {
                times[stream.random_range(0..clusters)] += 1.0;
            }
            let weight = |(index, place): (usize, &Option<usize>)| {
                place.map_or(0.0, |place| self.data().weight(index) * times[place])
            };
            let weights: Vec<f64> = places.iter().enumerate().map(weight).collect();
            self.refit(&Weighted { data: self.data(), weights: &weights })
        };
        self.bootstrapped(false, settings, &experiment)
    }

    /// Refits to data drawn from the fitted model, with the covariates of the data if there are any: the parametric bootstrap.
    ///
    /// Weights count repetitions and must be whole numbers. A prior is kept.
    ///
    /// # Errors
    /// As [`bootstrap`](Self::bootstrap).
    pub fn parametric_bootstrap(&self, settings: &SimulationSettings) -> Result<Bootstrap, Error>
    where
        M: Sampler,
    {
        let repetitions = self.repetitions()?;
        let experiment = |stream: &mut Stream| {
            let draw = |&index: &usize| self.model().sample_given(self.theta(), self.data().get(index), stream);
            let data: Vec<OwnedDatum<M>> = repetitions.iter().map(draw).collect();
            self.refit(&data)
        };
        self.bootstrapped(true, settings, &experiment)
    }

    /// The number of every observation, as often as its weight says.
    fn repetitions(&self) -> Result<Vec<usize>, Error> {
        let Some(weights) = self.weights() else { return Ok((0..self.data().count()).collect()) };
        if self.observations() > MOST {
            return Err(Error::Unsupported { method: "the bootstrap", needs: "weights that sum to 10⁸ at most" });
        }
        let mut repetitions = Vec::new();
        for (index, &value) in weights.iter().enumerate() {
            if value.fract() != 0.0 {
                return Err(Error::FractionalWeight { index, value });
            }
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a whole number, not negative
            repetitions.extend(std::iter::repeat_n(index, value as usize));
        }
        Ok(repetitions)
    }

    /// The estimates from other data, by Newton's method from here.
    fn refit<E: Observations<M::Observation> + ?Sized>(&self, data: &E) -> Result<Vec<f64>, Error> {
        let likelihood = self.likelihood.of_other(data);
        let found = search::maximum(&likelihood, self.estimates(), &SearchSettings::default())?;
        // as for any fit, the maximum has to be a point
        likelihood.curvature(&likelihood.sums(&found.theta)?)?.inverse()?;
        Ok(found.theta)
    }

    fn bootstrapped(
        &self,
        parametric: bool,
        settings: &SimulationSettings,
        experiment: &(dyn Fn(&mut Stream) -> Result<Vec<f64>, Error> + Sync),
    ) -> Result<Bootstrap, Error> {
        Ok(Bootstrap {
            estimates: self.estimates().to_vec(),
            observations: self.observations(),
            parametric,
            replications: Replications::of(self.names().to_vec(), settings, experiment)?,
        })
    }
}

impl Bootstrap {
    /// The estimates of the data drawn anew.
    #[must_use]
    pub fn replications(&self) -> &Replications {
        &self.replications
    }

    /// The mean of the estimates less that of the data: an estimate of the bias.
    #[must_use]
    pub fn bias(&self) -> Vec<Estimate> {
        let means = self.replications.mean();
        means.iter().zip(&self.estimates).map(|(mean, own)| Estimate::new(mean.value - own, mean.error)).collect()
    }

    /// The covariance of the estimates, with Monte Carlo standard errors.
    ///
    /// # Errors
    /// [`Error::EntryNotFinite`] if a moment overflows.
    pub fn covariance(&self) -> Result<Covariance, Error> {
        self.replications.covariance()
    }

    /// The inverse of that covariance, with its bias removed.
    ///
    /// # Errors
    /// As [`information_from_draws`].
    pub fn information(&self) -> Result<SampledInformation, Error> {
        information_from_draws(self.replications.names(), self.replications.estimates(), self.observations)
    }

    /// The kind of covariance, for a [table](crate::inference::Covariances).
    #[must_use]
    pub fn kind(&self) -> CovarianceKind {
        CovarianceKind::Bootstrap { parametric: self.parametric }
    }
}
