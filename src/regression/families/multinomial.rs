//! Multinomial logit regression.

use super::only;
use crate::error::Error;
use crate::model::{Capabilities, Dynamic, LogLikelihood, Observations, Parameter, SampleSpace, Sampler, Support};
use crate::regression::{Covariates, Regression};
use crate::scalar::{Scalar, log_sum_exp};
use nalgebra::DMatrix;

/// One of J classes 0, 1, …, J − 1, of which the first is the baseline: the parameters are the logits ηⱼ = ln pⱼ/p₀ of the others.
///
/// ```math
/// p_j = \frac{e^{\eta_j}}{1 + \sum_{k\ge 1} e^{\eta_k}},
/// \qquad
/// I(\eta) = \operatorname{diag}(p) - p\,p^\top
/// ```
///
/// The number of classes is known at run time.
#[derive(Clone, Copy, Debug)]
pub struct Classes {
    logits: usize,
}

impl Classes {
    /// A response of so many classes.
    ///
    /// # Errors
    /// [`Error::Unsupported`] of fewer than two.
    pub fn new(classes: usize) -> Result<Self, Error> {
        match classes.checked_sub(1) {
            None | Some(0) => {
                Err(Error::Unsupported { method: "a multinomial response", needs: "two classes or more" })
            }
            Some(logits) => Ok(Self { logits }),
        }
    }

    /// How many classes there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.logits + 1
    }

    /// The class that y is the number of.
    #[inline]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // checked to be a class
    fn class(&self, y: f64) -> Option<usize> {
        (y >= 0.0 && y.fract() == 0.0 && y <= self.logits as f64).then_some(y as usize)
    }

    /// The probabilities of the classes, the baseline first.
    fn probabilities(eta: &[f64]) -> Vec<f64> {
        let all: Vec<f64> = std::iter::once(0.0).chain(eta.iter().copied()).collect();
        let sum = log_sum_exp(&all);
        all.into_iter().map(|eta| (eta - sum).exp()).collect()
    }
}

/// Multinomial logit regression for so many classes: ln P(y = j)/P(y = 0) = xᵀβⱼ. The same columns stand in all predictors, and in a row
/// once; the response is the number of the class.
///
/// ```
/// use fisher_information::prelude::LogLikelihood;
/// use fisher_information::regression::{Covariates, multinomial};
///
/// let model = multinomial(3, &Covariates::named(["intercept", "x"])?)?;
/// let names: Vec<_> = model.parameters().into_iter().map(|parameter| parameter.name).collect();
/// assert_eq!(names, ["class 1: intercept", "class 1: x", "class 2: intercept", "class 2: x"]);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Agresti, *Categorical Data Analysis*, 3rd ed. (2013), section 8.1.
///
/// # Errors
/// [`Error::Unsupported`] of fewer than two classes or with an offset; [`Error::LengthMismatch`] of more than one set of columns.
pub fn multinomial(classes: usize, covariates: &Covariates) -> Result<Regression<Classes>, Error> {
    let family = Classes::new(classes)?;
    Regression::of_one_design(family, family.logits, 0, only(covariates)?)
}

impl LogLikelihood for Classes {
    type Parameters = Dynamic;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, eta: &[D], y: &D) -> D {
        let Some(class) = self.class(y.re()).filter(|_| eta.len() == self.logits) else {
            return D::from(f64::NEG_INFINITY);
        };
        let all: Vec<D> = std::iter::once(D::from(0.0)).chain(eta.iter().copied()).collect();
        all[class] - log_sum_exp(&all)
    }

    fn parameters(&self) -> Vec<Parameter> {
        (1..=self.logits).map(|class| Parameter::real(format!("class {class}")).symbol(format!("η{class}"))).collect()
    }

    /// The logarithms of the ratios of the classes, each counted half an observation more than there are.
    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<Vec<f64>> {
        let mut counts = vec![0.5; self.count()];
        for index in 0..data.count() {
            counts[self.class(*data.get(index))?] += data.weight(index);
        }
        Some(counts[1..].iter().map(|count| (count / counts[0]).ln()).collect())
    }

    /// s = e_y − p, H = p pᵀ − diag(p).
    #[inline(always)]
    fn second_order(&self, eta: &[f64], &y: &f64, score: &mut [f64], hessian: &mut [f64]) -> Option<f64> {
        let class = self.class(y)?;
        let largest = eta.iter().copied().fold(0.0, f64::max);
        let mut sum = (-largest).exp();
        for (p, eta) in score.iter_mut().zip(eta) {
            *p = (eta - largest).exp();
            sum += *p;
        }
        let mut entries = hessian.iter_mut();
        for i in 0..eta.len() {
            score[i] /= sum;
            // What is left of 1, as a sum of the others where p is near 1.
            let rest = if score[i] < 0.5 {
                1.0 - score[i]
            } else {
                let others = (0..eta.len()).filter(|&k| k != i).map(|k| (eta[k] - largest).exp());
                (others.sum::<f64>() + (-largest).exp()) / sum
            };
            for (j, entry) in entries.by_ref().take(i + 1).enumerate() {
                *entry = if i == j { -score[i] * rest } else { score[i] * score[j] };
            }
        }
        for p in score.iter_mut() {
            *p = -*p;
        }
        let chosen = class.checked_sub(1);
        if let Some(chosen) = chosen {
            score[chosen] = ((0..eta.len()).filter(|&k| k != chosen).map(|k| (eta[k] - largest).exp()).sum::<f64>()
                + (-largest).exp())
                / sum;
        }
        Some(chosen.map_or(0.0, |chosen| eta[chosen]) - largest - sum.ln())
    }
}

impl SampleSpace for Classes {
    fn support(&self, _: &[f64]) -> Support {
        #[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ classes
        Support::Integers { lower: 0.0, upper: self.logits as f64 }
    }

    fn information_given(&self, eta: &[f64], _: &f64) -> Option<Result<[DMatrix<f64>; 2], Error>> {
        let p = &Self::probabilities(eta)[1..];
        let entry = |i: usize, j: usize| if i == j { p[i] * (1.0 - p[i]) } else { -p[i] * p[j] };
        let matrix = DMatrix::from_fn(p.len(), p.len(), entry);
        // A relative error of ηε of each probability.
        let size = eta.iter().fold(8.0, |size: f64, eta| size.max(eta.abs()));
        let error = DMatrix::from_fn(p.len(), p.len(), |i, j| {
            4.0 * size * f64::EPSILON * if i == j { p[i] } else { p[i] * p[j] }
        });
        Some(Ok([matrix, error]))
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler()
    }
}

impl Sampler for Classes {
    #[allow(clippy::cast_precision_loss)]
    fn sample<R: rand::Rng + ?Sized>(&self, eta: &[f64], rng: &mut R) -> f64 {
        let u: f64 = rand_distr::Distribution::sample(&rand_distr::Open01, rng);
        let mut sum = 0.0;
        let reaches = |p: f64| {
            sum += p;
            sum >= u
        };
        Self::probabilities(eta).into_iter().position(reaches).unwrap_or(self.logits) as f64
    }
}
