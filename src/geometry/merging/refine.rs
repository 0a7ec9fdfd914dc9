//! One more round: a scoring step at the merged point.

use super::expert::in_expert;
use super::experts::{Experts, check_finite};
use super::linear::{curvature, spread};
use crate::error::{Error, check_length, place_of};
use crate::expectation::Estimate;
use crate::information::{Covariance, Information, Observed, ScoreSums};
use nalgebra::{DMatrix, DVector};
use std::fmt;

/// A step from a merged point towards the maximum of the likelihood of all data.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Refinement {
    /// The p names of the parameters.
    pub names: Vec<String>,
    /// The p estimates after the step. The errors are those of scores and curvatures, to first order.
    pub estimates: Vec<Estimate>,
    /// The inverse of the summed curvature at the point where the step began.
    pub covariance: Covariance,
    /// By how much the step is predicted to raise the log-likelihood of all data, ½ gᵀA⁻¹g, in nats.
    pub predicted_gain: Estimate,
    /// The log-likelihood of all data where the step began.
    pub log_likelihood: Estimate,
}

impl Refinement {
    /// The refined estimate of one parameter.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`].
    pub fn get(&self, name: &str) -> Result<Estimate, Error> {
        Ok(self.estimates[place_of(name, &self.names)?])
    }

    /// The refined estimates as numbers, in the order of the parameters.
    #[must_use]
    pub fn theta(&self) -> Vec<f64> {
        self.estimates.iter().map(|estimate| estimate.value).collect()
    }

    /// The length of the step in the metric of the summed information, (gᵀA⁻¹g)^(1/2): at most so many standard errors for any parameter or
    /// combination of them.
    #[must_use]
    pub fn standard_errors(&self) -> f64 {
        (2.0 * self.predicted_gain.value).max(0.0).sqrt()
    }
}

/// The estimates with their standard errors.
impl fmt::Display for Refinement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.covariance.estimates(&self.theta()) {
            Ok(table) => table.fmt(f),
            Err(reason) => reason.fmt(f),
        }
    }
}

impl Experts {
    /// One more round: every shard sends its score and curvature at the merged point θ̄, and a step of Newton's method goes from there,
    ///
    /// ```math
    /// \theta_1 = \bar\theta + \Bigl(\sum_k A_k(\bar\theta)\Bigr)^{-1} \sum_k S_k(\bar\theta)
    /// ```
    ///
    /// The weights λₖ multiply the sums, and a base adds −F₀(θ̄ − θ₀) and F₀. If θ̄ is a distance d from the maximum of the likelihood of all
    /// data, θ₁ is a distance of the order of d² from it, the one-step estimator of distributed inference.
    ///
    /// ```
    /// use fisher_information::distributions::Poisson;
    /// use fisher_information::geometry::merging::{Expert, Experts, Pooling};
    /// use fisher_information::inference::maximum_likelihood;
    /// use fisher_information::information::ScoreSums;
    ///
    /// let shards = [[4.0, 1.0, 7.0, 2.0], [3.0, 8.0, 5.0, 6.0]];       // means 3.5 and 5.5, of all 4.5
    /// let fits = [maximum_likelihood(&Poisson, &shards[0])?, maximum_likelihood(&Poisson, &shards[1])?];
    /// let experts = Experts::new([Expert::from_fit("a", &fits[0])?, Expert::from_fit("b", &fits[1])?])?;
    /// let merge = experts.merge(&Pooling::Full)?;
    /// let refined = experts.refine(&merge.theta(), |k, rate| ScoreSums::of(&Poisson, &[rate[0]], &shards[k]))?;
    /// assert!((merge.get("rate")?.value - 4.278).abs() < 5e-4);       // weights 4/3.5 and 4/5.5
    /// assert!((refined.get("rate")?.value - 4.489).abs() < 5e-4);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// Sources: van der Vaart (1998), section 5.7; Huang and Huo, *A distributed one-step estimator*, Math. Program. 174 (2019), 41–76,
    /// doi:10.1007/s10107-019-01369-0; Jordan, Lee and Yang, *Communication-efficient distributed statistical inference*, J. Am. Statist. Assoc.
    /// 114 (2019), 668–681, doi:10.1080/01621459.2018.1429274.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] unless θ̄ has p entries, [`Error::EstimateNotFinite`]; [`Error::InExpert`] around whatever goes wrong in a shard,
    /// and around [`Error::NamesDiffer`] or [`Error::ThetaDiffers`] if its sums are about other parameters; [`Error::Singular`] and
    /// [`Error::NotPositiveDefinite`] of the summed curvature.
    pub fn refine(
        &self,
        theta: &[f64],
        mut sums: impl FnMut(usize, &[f64]) -> Result<ScoreSums, Error>,
    ) -> Result<Refinement, Error> {
        let point = self.point("parameters to refine", theta)?;
        let mut round = Round::new(point.len());
        for (k, (expert, &weight)) in self.experts().iter().zip(self.weights()).enumerate() {
            if weight > 0.0 {
                let source = self.alone(k);
                let own = source.part(&point);
                let found = sums(k, own.as_slice()).and_then(|found| {
                    check(&found, expert.names(), own.as_slice())?;
                    round.add(&found, source.places, weight)
                });
                found.map_err(|reason| in_expert(expert.label(), reason))?;
            }
        }
        if let Some(base) = self.sources().last().filter(|_| self.base().is_some()) {
            round.add_base(base.expert.curvature(), base.places, base.part(&point), base.expert.estimates());
        }
        round.step(self.names(), &point)
    }
}

/// That sums are about these parameters, at these values.
fn check(sums: &ScoreSums, names: &[String], theta: &[f64]) -> Result<(), Error> {
    for (position, (expected, found)) in names.iter().zip(sums.names()).enumerate() {
        if expected != found {
            return Err(Error::NamesDiffer { position, expected: expected.clone(), found: found.clone() });
        }
    }
    check_length("parameters", names.len(), sums.names().len())?;
    for ((name, &expected), &found) in names.iter().zip(theta).zip(sums.theta()) {
        if expected != found {
            return Err(Error::ThetaDiffers { name: name.clone(), expected, found });
        }
    }
    Ok(())
}

/// What the shards have sent, summed.
struct Round {
    score: DVector<f64>,
    score_error: DVector<f64>,
    matrix: DMatrix<f64>,
    error: DMatrix<f64>,
    log_likelihood: Estimate,
    observations: usize,
}

impl Round {
    fn new(size: usize) -> Self {
        Self {
            score: DVector::zeros(size),
            score_error: DVector::zeros(size),
            matrix: DMatrix::zeros(size, size),
            error: DMatrix::zeros(size, size),
            log_likelihood: Estimate::new(0.0, 0.0),
            observations: 0,
        }
    }

    fn add(&mut self, sums: &ScoreSums, places: &[usize], weight: f64) -> Result<(), Error> {
        let observed = sums.observed()?;
        for (&place, score) in places.iter().zip(sums.score()) {
            self.score[place] += weight * score.value;
            self.score_error[place] += weight * score.error + f64::EPSILON * self.score[place].abs();
        }
        self.matrix += spread(observed.matrix(), places, self.score.len()) * weight;
        self.error += spread(observed.error(), places, self.score.len()) * weight + self.matrix.abs() * f64::EPSILON;
        let own = sums.log_likelihood();
        self.log_likelihood.value += weight * own.value;
        self.log_likelihood.error += weight * own.error + f64::EPSILON * self.log_likelihood.value.abs();
        self.observations += sums.count();
        Ok(())
    }

    /// The score −F₀(θ̄ − θ₀) of the base and its curvature.
    fn add_base(&mut self, base: &Information<Observed>, places: &[usize], here: DVector<f64>, centre: &[f64]) {
        let distance = here - DVector::from_column_slice(centre);
        let (score, error) = (base.matrix() * &distance, base.error() * distance.abs());
        for (i, &place) in places.iter().enumerate() {
            self.score[place] -= score[i];
            self.score_error[place] += error[i] + 4.0 * f64::EPSILON * score[i].abs();
        }
        self.matrix += spread(base.matrix(), places, self.score.len());
        self.error += spread(base.error(), places, self.score.len()) + self.matrix.abs() * f64::EPSILON;
    }

    fn step(self, names: &[String], point: &DVector<f64>) -> Result<Refinement, Error> {
        let provenance = crate::expectation::Provenance::Data { observations: self.observations };
        let entries = crate::information::Labelled::new(names, self.matrix, self.error)?;
        let covariance = curvature(&entries, &provenance)?.inverse()?;
        let step = covariance.matrix() * &self.score;
        let error = covariance.error() * self.score.abs() + covariance.matrix().abs() * &self.score_error;
        let estimate = |i: usize| {
            let value = point[i] + step[i];
            Estimate::new(value, error[i] + f64::EPSILON * (value.abs() + step[i].abs()))
        };
        let estimates: Vec<Estimate> = (0..point.len()).map(estimate).collect();
        check_finite(names, estimates.iter().map(|estimate| estimate.value))?;
        let gain = covariance.variance(self.score.as_slice())?;
        let slope = step.abs().dot(&self.score_error);
        Ok(Refinement {
            names: names.to_vec(),
            estimates,
            predicted_gain: Estimate::new(0.5 * gain.value, 0.5 * gain.error + slope),
            log_likelihood: self.log_likelihood,
            covariance,
        })
    }
}
