//! Accelerated failure times.

use super::predictors;
use crate::distributions::numerics::constants::{EULER_GAMMA, LN_SQRT_TAU};
use crate::distributions::numerics::sample::Sample;
use crate::error::Error;
use crate::model::{Capabilities, Fixed, Link, LogLikelihood, Observations, Parameter, SampleSpace, Sampler, Support};
use crate::regression::{Covariates, Regression};
use crate::scalar::Scalar;
use std::f64::consts::PI;

/// The law of z = (ln t − η)/σ, by which a lifetime t gets its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Law {
    /// The smallest extreme: t is Weibull with shape 1/σ and scale e^η.
    Weibull,
    /// Normal: t is log-normal.
    LogNormal,
    /// Logistic: t is log-logistic with shape 1/σ and scale e^η.
    LogLogistic,
}

impl Law {
    /// ln f₀(z)
    #[inline(always)]
    fn ln_density<D: Scalar>(self, z: D) -> D {
        match self {
            Self::Weibull => z - z.exp(),
            Self::LogNormal => -z * z * 0.5 - LN_SQRT_TAU,
            Self::LogLogistic => z.ln_logistic() + (-z).ln_logistic(),
        }
    }

    /// ln(1 − F₀(z))
    #[inline(always)]
    fn ln_survival<D: Scalar>(self, z: D) -> D {
        match self {
            Self::Weibull => -z.exp(),
            Self::LogNormal => (-z).ln_norm_cdf(),
            Self::LogLogistic => (-z).ln_logistic(),
        }
    }

    /// The mean and the standard deviation of z.
    fn moments(self) -> [f64; 2] {
        match self {
            Self::Weibull => [-EULER_GAMMA, PI / 6.0_f64.sqrt()],
            Self::LogNormal => [0.0, 1.0],
            Self::LogLogistic => [0.0, PI / 3.0_f64.sqrt()],
        }
    }

    fn draw<R: rand::Rng + ?Sized>(self, rng: &mut R) -> f64 {
        let u: f64 = rand_distr::Distribution::sample(&rand_distr::Open01, rng);
        match self {
            Self::Weibull => (-u.ln()).ln(),
            Self::LogNormal => rand_distr::Distribution::sample(&rand_distr::StandardNormal, rng),
            Self::LogLogistic => u.logit(),
        }
    }

    /// ln f(t) if the event was seen, else ln P(T > t).
    #[inline(always)]
    fn ln_likelihood<D: Scalar>(self, eta: D, sigma: D, time: D, seen: bool) -> D {
        if time <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        let ln_time = time.ln();
        let z = (ln_time - eta) / sigma;
        if seen { self.ln_density(z) - sigma.ln() - ln_time } else { self.ln_survival(z) }
    }
}

/// A lifetime that may be censored from the right: the response is (time, event), with event 1 if the life ended at that time and 0 if
/// it was still going on.
///
/// ```math
/// \ell(\eta, \sigma; t, d) = d\,\bigl(\ln f_0(z) - \ln\sigma - \ln t\bigr) + (1 - d) \ln(1 - F_0(z)),
/// \qquad
/// z = \frac{\ln t - \eta}{\sigma}
/// ```
///
/// When a life that ended would have been censored is not known, so there is no expected information; see [`WatchedLifetime`].
#[derive(Clone, Copy, Debug)]
pub struct Lifetime(
    /// The law of ln t.
    pub Law,
);

/// A lifetime that may be censored from the right, with a constant hazard e^(−η): [`Law::Weibull`] with σ = 1.
#[derive(Clone, Copy, Debug)]
pub struct ExponentialLifetime;

/// A lifetime that is watched until a known limit: the response is (limit, time), of which the first is a covariate. A time that is not
/// below the limit is censored there.
///
/// The expected information is that of an interval with a density and a point with a probability.
#[derive(Clone, Copy, Debug)]
pub struct WatchedLifetime(
    /// The law of ln t.
    pub Law,
);

/// Accelerated failure times: ln t = xᵀβ + σz, censored from the right. The response of a row is (time, event). The scale σ is a
/// constant, or ln σ = zᵀγ if there is a second set of columns.
///
/// ```
/// use fisher_information::prelude::LogLikelihood;
/// use fisher_information::regression::{Covariates, Law, accelerated_failure_time};
///
/// let model = accelerated_failure_time(Law::Weibull, &Covariates::named(["intercept"])?)?;
/// // With η = 0 and σ = 1 the cumulated hazard at t is t.
/// assert_eq!(model.ln_likelihood(&[0.0, 1.0], &[1.0, 2.0, 0.0]), -2.0);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Kalbfleisch and Prentice, *The Statistical Analysis of Failure Time Data*, 2nd ed. (2002), section 3.6.
///
/// # Errors
/// [`Error::LengthMismatch`] of more than two sets of columns, [`Error::RepeatedName`].
pub fn accelerated_failure_time(law: Law, covariates: &Covariates) -> Result<Regression<Lifetime>, Error> {
    Regression::new(Lifetime(law), predictors([Link::Identity, Link::Log], covariates)?)
}

/// Exponential lifetimes with the mean exp(xᵀβ), censored from the right. The response of a row is (time, event).
///
/// ```
/// use fisher_information::regression::{Covariates, exponential_lifetime};
///
/// let model = exponential_lifetime(&Covariates::named(["intercept"])?)?;
/// let rows = vec![vec![1.0, 2.0, 1.0], vec![1.0, 5.0, 0.0], vec![1.0, 1.0, 1.0]];
/// assert!((model.fit(&rows)?.get("intercept")? - 4.0_f64.ln()).abs() < 1e-12); // 8 years at risk, 2 events
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// [`Error::LengthMismatch`] of more than one set of columns, [`Error::RepeatedName`].
pub fn exponential_lifetime(covariates: &Covariates) -> Result<Regression<ExponentialLifetime>, Error> {
    Regression::new(ExponentialLifetime, predictors([Link::Identity], covariates)?)
}

/// [`accelerated_failure_time`] where the limit of every row is known. The response of a row is (limit, time).
///
/// ```
/// use fisher_information::information::expected_of_data;
/// use fisher_information::regression::{Covariates, Law, watched_failure_time};
///
/// let model = watched_failure_time(Law::Weibull, &Covariates::named(["intercept"])?)?;
/// // A standard exponential life, watched until 2: what is known of η is the probability that the end is seen.
/// let information = expected_of_data(&model, &[0.0, 1.0], &[vec![1.0, 2.0, 0.0]])?;
/// assert!((information.get("intercept", "intercept")?.value - (1.0 - (-2.0_f64).exp())).abs() < 1e-9);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// As [`accelerated_failure_time`].
pub fn watched_failure_time(law: Law, covariates: &Covariates) -> Result<Regression<WatchedLifetime>, Error> {
    Regression::new(WatchedLifetime(law), predictors([Link::Identity, Link::Log], covariates)?)
}

/// Whether the life ended, if that is what an event says.
#[inline(always)]
fn seen<D: Scalar>(event: D) -> Option<bool> {
    if event == D::from(1.0) {
        Some(true)
    } else if event == D::from(0.0) {
        Some(false)
    } else {
        None
    }
}

/// η and σ from the mean and the deviation of ln t, as if nothing were censored.
fn by_moments(law: Law, times: impl Iterator<Item = (f64, f64)>) -> Option<[f64; 2]> {
    let logarithms = Sample::weighted(times.map(|(time, weight)| (time.ln(), weight)))?;
    let [standard_mean, deviation] = law.moments();
    let sigma = logarithms.variance().sqrt() / deviation;
    (sigma > 0.0).then_some([logarithms.mean() - sigma * standard_mean, sigma])
}

fn parameters() -> Vec<Parameter> {
    vec![Parameter::real("location").symbol("η"), Parameter::positive("scale").symbol("σ")]
}

impl LogLikelihood for Lifetime {
    type Parameters = Fixed<2>;
    type Observation = [f64; 2];

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[eta, sigma]: &[D; 2], &[time, event]: &[D; 2]) -> D {
        let of = |seen| self.0.ln_likelihood(eta, sigma, time, seen);
        seen(event).map_or(D::from(f64::NEG_INFINITY), of)
    }

    fn parameters(&self) -> Vec<Parameter> {
        parameters()
    }

    /// The moments of ln t, as if nothing were censored.
    fn starting_values(&self, data: &dyn Observations<[f64; 2]>) -> Option<[f64; 2]> {
        by_moments(self.0, (0..data.count()).map(|i| (data.get(i)[0], data.weight(i))))
    }
}

impl SampleSpace for Lifetime {
    fn support(&self, _: &[f64; 2]) -> Support {
        Support::Unstructured
    }
}

impl LogLikelihood for ExponentialLifetime {
    type Parameters = Fixed<1>;
    type Observation = [f64; 2];

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[eta]: &[D; 1], &[time, event]: &[D; 2]) -> D {
        if time <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        let hazard = time * (-eta).exp();
        seen(event).map_or(D::from(f64::NEG_INFINITY), |seen| if seen { -eta - hazard } else { -hazard })
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("location").symbol("η")]
    }

    /// The maximum itself, ln Σt/Σd.
    fn starting_values(&self, data: &dyn Observations<[f64; 2]>) -> Option<[f64; 1]> {
        let weight = |i: usize| data.weight(i);
        let sum = |k: usize| (0..data.count()).map(|i| weight(i) * data.get(i)[k]).sum::<f64>();
        let eta = (sum(0) / sum(1)).ln();
        eta.is_finite().then_some([eta])
    }
}

impl SampleSpace for ExponentialLifetime {
    fn support(&self, _: &[f64; 1]) -> Support {
        Support::Unstructured
    }
}

impl LogLikelihood for WatchedLifetime {
    type Parameters = Fixed<2>;
    type Observation = [f64; 2];

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[eta, sigma]: &[D; 2], &[limit, time]: &[D; 2]) -> D {
        if time < limit {
            self.0.ln_likelihood(eta, sigma, time, true)
        } else {
            self.0.ln_likelihood(eta, sigma, limit, false)
        }
    }

    fn parameters(&self) -> Vec<Parameter> {
        parameters()
    }

    /// The moments of ln t, as if nothing were censored.
    fn starting_values(&self, data: &dyn Observations<[f64; 2]>) -> Option<[f64; 2]> {
        by_moments(self.0, (0..data.count()).map(|i| (data.get(i)[1].min(data.get(i)[0]), data.weight(i))))
    }
}

impl SampleSpace for WatchedLifetime {
    /// Without a row no limit is known.
    fn support(&self, _: &[f64; 2]) -> Support {
        Support::response(1, Support::positive())
    }

    fn support_given(&self, _: &[f64; 2], &[limit, _]: &[f64; 2]) -> Support {
        Support::response(1, Support::mixed([Support::interval(0.0, limit), Support::points([limit])]))
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none()
    }
}

impl Sampler for WatchedLifetime {
    /// A life that is watched to its end.
    fn sample<R: rand::Rng + ?Sized>(&self, &[eta, sigma]: &[f64; 2], rng: &mut R) -> [f64; 2] {
        [f64::INFINITY, (eta + sigma * self.0.draw(rng)).exp()]
    }

    fn sample_given<R: rand::Rng + ?Sized>(&self, theta: &[f64; 2], &[limit, _]: &[f64; 2], rng: &mut R) -> [f64; 2] {
        let [_, time] = self.sample(theta, rng);
        [limit, time.min(limit)]
    }
}
