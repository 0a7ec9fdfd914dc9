//! Binary and binomial responses.

use super::only;
use crate::distributions::numerics::cloglog::ln_1m_exp_exp;
use crate::distributions::numerics::sample::Sample;
use crate::error::Error;
use crate::model::{Capabilities, Fixed, Link, LogLikelihood, Observations, Parameter, SampleSpace, Sampler, Support};
use crate::regression::{Covariates, Predictor, Regression};
use crate::scalar::Scalar;
use nalgebra::DMatrix;
use num_dual::Dual2_64;
use statrs::distribution::ContinuousCDF;

/// The curve F by which a linear predictor η becomes a probability p = F(η).
///
/// | name | F(η) | link |
/// |---|---|---|
/// | `Logit` | 1/(1 + e^(−η)) | ln p/(1 − p) |
/// | `Probit` | Φ(η) | Φ⁻¹(p) |
/// | `ComplementaryLogLog` | 1 − exp(−e^η) | ln(−ln(1 − p)) |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum BinaryLink {
    /// The logistic distribution function.
    Logit,
    /// The normal distribution function.
    Probit,
    /// The distribution function of the smallest extreme.
    ComplementaryLogLog,
}

impl BinaryLink {
    /// ln F(η) and ln(1 − F(η)), each accurate in its tail.
    #[inline(always)]
    pub fn logarithms<D: Scalar>(self, eta: D) -> [D; 2] {
        match self {
            Self::Logit => [eta.ln_logistic(), (-eta).ln_logistic()],
            Self::Probit => [eta.ln_norm_cdf(), (-eta).ln_norm_cdf()],
            Self::ComplementaryLogLog => [ln_1m_exp_exp(eta), -eta.exp()],
        }
    }

    /// The η with F(η) = p, for 0 < p < 1.
    #[must_use]
    pub fn inverse(self, p: f64) -> f64 {
        match self {
            Self::Logit => p.logit(),
            Self::Probit => statrs::distribution::Normal::standard().inverse_cdf(p),
            Self::ComplementaryLogLog => (-(-p).ln_1p()).ln(),
        }
    }

    /// F(η).
    fn probability(self, eta: f64) -> f64 {
        self.logarithms(eta)[0].exp()
    }

    fn name(self) -> &'static str {
        match self {
            Self::Logit => "logit",
            Self::Probit => "probit",
            Self::ComplementaryLogLog => "log cumulative hazard",
        }
    }

    /// successes · ln F + failures · ln(1 − F), where 0 · −∞ is 0.
    #[inline(always)]
    fn kernel<D: Scalar>(self, eta: D, successes: D, failures: D) -> D {
        let [ln_success, ln_failure] = self.logarithms(eta);
        match (successes == D::from(0.0), failures == D::from(0.0)) {
            (true, true) => D::from(0.0),
            (true, false) => failures * ln_failure,
            (false, true) => successes * ln_success,
            (false, false) => successes * ln_success + failures * ln_failure,
        }
    }

    /// F′²/F(1 − F), the information of one trial, and its error.
    fn information(self, eta: f64) -> [f64; 2] {
        let at = |eta: f64| {
            // (ln F)′ = F′/F and (ln(1 − F))′ = −F′/(1 − F)
            let [success, failure] = self.logarithms(Dual2_64::from(eta).derivative());
            -success.v1 * failure.v1
        };
        let here = at(eta);
        let beside = |unit: f64| (at(eta * (1.0 + unit * f64::EPSILON)) - here).abs();
        [here, 16.0 * f64::EPSILON * here + beside(1.0).max(beside(-1.0))]
    }
}

/// A success, 1, with probability F(η), or a failure, 0.
///
/// ```math
/// \ell(\eta; y) = y \ln F(\eta) + (1-y) \ln(1 - F(\eta)),
/// \qquad
/// I(\eta) = \frac{F'(\eta)^2}{F(\eta)(1 - F(\eta))}
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Binary(
    /// How η becomes a probability.
    pub BinaryLink,
);

/// So many successes in so many trials, each with probability F(η). The response is (trials, successes), of which the first is
/// a covariate.
///
/// ```math
/// \ell(\eta; n, y) = \ln\binom{n}{y} + y \ln F(\eta) + (n-y) \ln(1 - F(\eta)),
/// \qquad
/// I(\eta) = \frac{n F'(\eta)^2}{F(\eta)(1 - F(\eta))}
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Trials(
    /// How η becomes a probability.
    pub BinaryLink,
);

/// Regression of a binary response: P(y = 1) = F(xᵀβ).
///
/// ```
/// use fisher_information::prelude::LogLikelihood;
/// use fisher_information::regression::{Covariates, BinaryLink, binary};
///
/// let model = binary(BinaryLink::Probit, &Covariates::named(["intercept", "x"])?)?;
/// assert!((model.ln_likelihood(&[1.0, -0.5], &[1.0, 2.0, 1.0]) - 0.5_f64.ln()).abs() < 1e-15);   // Φ(0) = ½
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: McCullagh and Nelder, *Generalized Linear Models*, 2nd ed. (1989), chapter 4.
///
/// # Errors
/// [`Error::LengthMismatch`] of more than one set of columns, [`Error::RepeatedName`].
pub fn binary(curve: BinaryLink, covariates: &Covariates) -> Result<Regression<Binary>, Error> {
    Regression::new(Binary(curve), [Predictor::linear(Link::Identity, only(covariates)?.clone())])
}

/// Logistic regression: [`binary`] with the canonical link, P(y = 1) = 1/(1 + exp(−xᵀβ)).
///
/// # Errors
/// As [`binary`].
pub fn logistic(covariates: &Covariates) -> Result<Regression<Binary>, Error> {
    binary(BinaryLink::Logit, covariates)
}

/// Regression of successes in trials. The response of a row is (trials, successes).
///
/// ```
/// use fisher_information::information::expected_of_data;
/// use fisher_information::regression::{Covariates, BinaryLink, binomial};
///
/// let model = binomial(BinaryLink::Logit, &Covariates::named(["intercept"])?)?;
/// let rows = vec![vec![1.0, 20.0, 3.0], vec![1.0, 12.0, 0.0]];
/// let information = expected_of_data(&model, &[0.0], &rows)?;
/// assert_eq!(information.matrix()[(0, 0)], 8.0);                         // n p(1 − p) at p = ½
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// As [`binary`].
pub fn binomial(curve: BinaryLink, covariates: &Covariates) -> Result<Regression<Trials>, Error> {
    Regression::new(Trials(curve), [Predictor::linear(Link::Identity, only(covariates)?.clone())])
}

/// ln C(n, y).
#[inline(always)]
fn ln_ways<D: Scalar>(trials: D, successes: D) -> D {
    -(successes + 1.0).ln_beta(trials - successes + 1.0) - (trials + 1.0).ln()
}

/// ℓ with its derivatives in η, from those of the kernel.
#[inline(always)]
fn one_predictor(kernel: impl FnOnce(Dual2_64) -> Dual2_64, eta: f64, score: &mut [f64], hessian: &mut [f64]) -> f64 {
    let jet = kernel(Dual2_64::from(eta).derivative());
    (score[0], hessian[0]) = (jet.v1, jet.v2);
    jet.re
}

/// Where the curve is (successes + ½)/(trials + 1), from shares of success weighted by trials.
fn by_share(curve: BinaryLink, shares: &Sample) -> Option<[f64; 1]> {
    let (mean, trials) = (shares.mean(), shares.total());
    (0.0..=1.0).contains(&mean).then(|| [curve.inverse((mean * trials + 0.5) / (trials + 1.0))])
}

impl LogLikelihood for Binary {
    type Parameters = Fixed<1>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[eta]: &[D; 1], &y: &D) -> D {
        if y != D::from(0.0) && y != D::from(1.0) {
            return D::from(f64::NEG_INFINITY);
        }
        self.0.kernel(eta, y, -y + 1.0)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real(self.0.name()).symbol("η")]
    }

    /// The curve at (successes + ½)/(trials + 1).
    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 1]> {
        by_share(self.0, &Sample::of(data)?)
    }
}

impl SampleSpace for Binary {
    fn support(&self, _: &[f64; 1]) -> Support {
        Support::integers(0, 1)
    }

    fn information_given(&self, &[eta]: &[f64; 1], _: &f64) -> Option<Result<[DMatrix<f64>; 2], Error>> {
        Some(Ok(self.0.information(eta).map(|entry| DMatrix::from_element(1, 1, entry))))
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler()
    }
}

impl Sampler for Binary {
    fn sample<R: rand::Rng + ?Sized>(&self, &[eta]: &[f64; 1], rng: &mut R) -> f64 {
        let u: f64 = rand_distr::Distribution::sample(&rand_distr::Open01, rng);
        f64::from(u8::from(u < self.0.probability(eta)))
    }
}

impl LogLikelihood for Trials {
    type Parameters = Fixed<1>;
    type Observation = [f64; 2];

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[eta]: &[D; 1], &[trials, successes]: &[D; 2]) -> D {
        let failures = trials - successes;
        if successes < 0.0 || failures < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        ln_ways(trials, successes) + self.0.kernel(eta, successes, failures)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real(self.0.name()).symbol("η")]
    }

    /// The curve at (successes + ½)/(trials + 1).
    fn starting_values(&self, data: &dyn Observations<[f64; 2]>) -> Option<[f64; 1]> {
        let rows = (0..data.count()).map(|i| (*data.get(i), data.weight(i)));
        let tried = rows.filter(|([trials, _], _)| *trials > 0.0);
        let shares = tried.map(|([trials, successes], weight)| (successes / trials, trials * weight));
        by_share(self.0, &Sample::weighted(shares)?)
    }

    #[inline(always)]
    fn second_order(
        &self,
        &[eta]: &[f64; 1],
        &[trials, successes]: &[f64; 2],
        score: &mut [f64],
        hessian: &mut [f64],
    ) -> Option<f64> {
        let failures = trials - successes;
        if !(successes >= 0.0 && failures >= 0.0) {
            return None;
        }
        let kernel = |eta| self.0.kernel(eta, Dual2_64::from(successes), Dual2_64::from(failures));
        Some(ln_ways(trials, successes) + one_predictor(kernel, eta, score, hessian))
    }
}

impl SampleSpace for Trials {
    /// Of one trial; a row says how many there are.
    fn support(&self, _: &[f64; 1]) -> Support {
        Support::response(1, Support::integers(0, 1))
    }

    fn support_given(&self, _: &[f64; 1], &[trials, _]: &[f64; 2]) -> Support {
        Support::response(1, Support::Integers { lower: 0.0, upper: trials })
    }

    fn information_given(
        &self,
        &[eta]: &[f64; 1],
        &[trials, _]: &[f64; 2],
    ) -> Option<Result<[DMatrix<f64>; 2], Error>> {
        Some(Ok(self.0.information(eta).map(|entry| DMatrix::from_element(1, 1, entry * trials))))
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none()
    }
}

impl Sampler for Trials {
    /// One trial.
    fn sample<R: rand::Rng + ?Sized>(&self, eta: &[f64; 1], rng: &mut R) -> [f64; 2] {
        [1.0, Binary(self.0).sample(eta, rng)]
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // whole numbers of trials
    fn sample_given<R: rand::Rng + ?Sized>(&self, &[eta]: &[f64; 1], &[trials, _]: &[f64; 2], rng: &mut R) -> [f64; 2] {
        // Fails only where the predictor is no number.
        let drawn = rand_distr::Binomial::new(trials as u64, self.0.probability(eta))
            .map_or(f64::NAN, |binomial| rand_distr::Distribution::sample(&binomial, rng) as f64);
        [trials, drawn]
    }
}
