//! A fit under a hypothesis, and what the likelihood says of the hypothesis: score and likelihood-ratio tests.

use super::likelihood_ratio::rise;
use super::test::{Test, TestKind};
use crate::error::Error;
use crate::expectation::Estimate;
use crate::inference::Fit;
use crate::inference::objective::Restricted;
use crate::inference::search::{self, SearchSettings};
use crate::information::{Empirical, Expected, Information, Kind, Observed, ScoreSums, digits, expected_of_data};
use crate::model::{LogLikelihood, Observations, ParameterSpace, SampleSpace};
use std::borrow::Borrow;

/// A model at the maximum of its likelihood under the hypothesis that some of its parameters have given values.
///
/// ```
/// use fisher_information::distributions::Gamma;
/// use fisher_information::inference::{Linear, maximum_likelihood};
///
/// let fit = maximum_likelihood(&Gamma, &[1.2, 0.7, 3.1, 2.2, 0.4, 1.9])?;
/// let exponential = fit.restricted(&[("shape", 1.0)])?;
/// assert!((exponential.estimates()[1] - 6.0 / 9.5).abs() < 1e-12);         // one over the mean
///
/// // three tests of the same hypothesis
/// let likelihood_ratio = exponential.likelihood_ratio()?;
/// let score = exponential.score_test(&exponential.expected()?)?;
/// let wald = fit.wald(&Linear::values(&[("shape", 1.0)]), &fit.covariance()?)?;
/// for test in [&likelihood_ratio, &score, &wald] {
///     assert_eq!(test.hypotheses, ["shape = 1"]);
///     assert!(test.statistic.value > 1.0 && test.statistic.value < 3.0 && !test.rejects(0.05));
/// }
/// # Ok::<(), fisher_information::Error>(())
/// ```
pub struct RestrictedFit<'f, 'a, M: LogLikelihood, D: ?Sized> {
    full: &'f Fit<'a, M, D>,
    fixed: Vec<usize>,
    sums: ScoreSums,
}

impl<'a, M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'a, M, D> {
    /// The maximum of the likelihood where the named parameters have these values.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`], [`Error::RepeatedName`], [`Error::ParameterCount`] if none is named, a value outside its domain;
    /// [`Error::Unsupported`] for a fit with a prior; and why there is no maximum, as
    /// [`MaximumLikelihood::fit`](crate::inference::MaximumLikelihood::fit).
    pub fn restricted(&self, values: &[(&str, f64)]) -> Result<RestrictedFit<'_, 'a, M, D>, Error> {
        if self.has_prior() {
            return Err(Error::Unsupported { method: "a test of the likelihood", needs: "a fit without a prior" });
        }
        if values.is_empty() {
            return Err(Error::ParameterCount { expected: 1, found: 0 });
        }
        let mut theta = self.estimates().to_vec();
        let mut fixed = Vec::with_capacity(values.len());
        for &(name, value) in values {
            let place = self.position(name)?;
            if fixed.contains(&place) {
                return Err(Error::RepeatedName { name: name.to_owned() });
            }
            self.parameters()[place].check(value)?;
            theta[place] = value;
            fixed.push(place);
        }
        let free: Vec<usize> = (0..theta.len()).filter(|i| !fixed.contains(i)).collect();
        if !free.is_empty() {
            let restricted = Restricted::new(&self.likelihood, &theta, free);
            let found = search::maximum(&restricted, &restricted.free(&theta), &SearchSettings::default())?;
            theta = restricted.all(&found.theta);
        }
        let sums = self.likelihood.sums(&theta)?;
        Ok(RestrictedFit { full: self, fixed, sums })
    }
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> RestrictedFit<'_, '_, M, D> {
    /// All parameters, those that are given and those that are estimated, in the order of the model.
    #[must_use]
    pub fn estimates(&self) -> &[f64] {
        self.sums.theta()
    }

    /// ℓ(θ̃), the largest log-likelihood under the hypothesis.
    #[must_use]
    pub fn log_likelihood(&self) -> Estimate {
        self.sums.log_likelihood()
    }

    /// Log-likelihood, score, outer products and curvature, summed over the data at θ̃.
    #[must_use]
    pub fn sums(&self) -> &ScoreSums {
        &self.sums
    }

    /// What is supposed.
    #[must_use]
    pub fn hypotheses(&self) -> Vec<String> {
        let name = |&i: &usize| format!("{} = {}", self.sums.names()[i], digits(self.sums.theta()[i], 6));
        self.fixed.iter().map(name).collect()
    }

    /// The observed information of the data at θ̃.
    ///
    /// # Errors
    /// [`Error::EntryNotFinite`] if a sum overflows.
    pub fn observed(&self) -> Result<Information<Observed>, Error> {
        self.sums.observed()
    }

    /// The empirical information of the data at θ̃: outer products of the scores.
    ///
    /// # Errors
    /// [`Error::EntryNotFinite`] if a sum overflows.
    pub fn empirical(&self) -> Result<Information<Empirical>, Error> {
        self.sums.empirical()
    }

    /// The expected information of the data set at θ̃.
    ///
    /// # Errors
    /// As [`expected_of_data`].
    pub fn expected(&self) -> Result<Information<Expected>, Error>
    where
        M: SampleSpace,
    {
        let theta = M::Parameters::from_slice(self.sums.theta())?;
        expected_of_data(self.full.model(), theta.borrow(), self.full.data())
    }

    /// The likelihood-ratio test of the hypothesis.
    ///
    /// ```math
    /// \mathit{LR} = 2\,\bigl(\ell(\hat\theta) - \ell(\tilde\theta)\bigr)
    /// ```
    ///
    /// Source: S. S. Wilks, *The large-sample distribution of the likelihood ratio for testing composite hypotheses*, Ann. Math. Statist. 9
    /// (1938), doi:10.1214/aoms/1177732360.
    ///
    /// # Errors
    /// [`Error::RestrictedIsHigher`] if ℓ(θ̃) is larger: then θ̂ is only a local maximum.
    pub fn likelihood_ratio(&self) -> Result<Test, Error> {
        let statistic = rise(self.log_likelihood(), self.full.log_likelihood())?;
        Ok(Test::chi_squared(TestKind::LikelihoodRatio, self.hypotheses(), statistic, self.fixed.len()))
    }

    /// The score test of the hypothesis (Rao), with an information of the data at θ̃: [`expected`](Self::expected),
    /// [`observed`](Self::observed) or [`empirical`](Self::empirical). It needs no estimate beyond the hypothesis.
    ///
    /// ```math
    /// S = s(\tilde\theta)^{\mathsf T} I(\tilde\theta)^{-1} s(\tilde\theta)
    /// ```
    ///
    /// Source: C. R. Rao, *Large sample tests of statistical hypotheses concerning several parameters with applications to problems of
    /// estimation*, Math. Proc. Camb. Phil. Soc. 44 (1948), doi:10.1017/S0305004100023987.
    ///
    /// # Errors
    /// [`Error::NamesDiffer`] or [`Error::ObservationsDiffer`] if the information is of something else; [`Error::Singular`];
    /// [`Error::NotPositiveDefinite`], as an observed information may be away from the maximum.
    pub fn score_test<K: Kind>(&self, information: &Information<K>) -> Result<Test, Error> {
        for (position, (expected, found)) in self.sums.names().iter().zip(information.names()).enumerate() {
            if expected != found {
                return Err(Error::NamesDiffer { position, expected: expected.clone(), found: found.clone() });
            }
        }
        if information.observations() != self.sums.weight() {
            return Err(Error::ObservationsDiffer { expected: self.sums.weight(), found: information.observations() });
        }
        // What is left of the slope in the free parameters corrects the others for the distance that the search has left to go.
        let score = self.sums.score();
        let slopes: Vec<f64> = score.iter().map(|slope| slope.value).collect();
        let inverse = information.inverse()?;
        let statistic = inverse.variance(&slopes)?;
        let lever = inverse.matrix() * nalgebra::DVector::from_vec(slopes);
        let noise: f64 = score.iter().zip(&lever).map(|(slope, lever)| 2.0 * slope.error * lever.abs()).sum();
        let statistic = Estimate::new(statistic.value, statistic.error + noise);
        Ok(Test::chi_squared(TestKind::Score, self.hypotheses(), statistic, self.fixed.len()))
    }
}
