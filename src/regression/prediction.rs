//! What a fitted regression says of a new row.

use super::model::Regression;
use super::working::Working;
use crate::distributions::Normal;
use crate::error::Error;
use crate::expectation::{self, Function, Method, Settings};
use crate::inference::Fit;
use crate::model::{Observation, Observations, OwnedTheta, ParameterSpace, SampleSpace, Sampler, Stream};
use nalgebra::DVector;
use rand::SeedableRng;
use statrs::distribution::{ContinuousCDF, StudentsT};
use std::borrow::Borrow;

/// A number between two bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Between {
    /// The estimate.
    pub value: f64,
    /// The lower end of the interval.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

/// The first linear predictor of a row, and what follows from it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Prediction {
    /// η̂ = xᵀβ̂ + offset, and its interval η̂ ± z √(xᵀVx).
    pub predictor: Between,
    /// √(xᵀVx), the standard error of η̂.
    pub standard_error: f64,
    /// The parameter of the family that η is the link of, at η̂ and at the ends of its interval.
    pub parameter: Between,
}

/// Predicts the first linear predictor η of a new row and the parameter that it stands for, with confidence intervals of the given level: normal
/// in η (delta method), carried through the inverse link. The response that stands in the row does not matter.
///
/// ```
/// use fisher_information::regression::{Covariates, poisson, predict};
///
/// let model = poisson(&Covariates::named(["intercept"])?)?;
/// let rows = vec![vec![1.0, 3.0], vec![1.0, 6.0]];
/// let prediction = predict(&model.fit(&rows)?, &[1.0, 0.0], 0.95)?;
/// assert!((prediction.parameter.value - 4.5).abs() < 1e-12);
/// assert!((prediction.standard_error - 1.0 / 3.0).abs() < 1e-12);        // 1/√(nμ)
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// [`Error::LengthMismatch`] of the row, [`Error::InvalidLevel`], [`Error::Unsupported`] if no parameter has a linear predictor; those of
/// [`Fit::covariance`].
pub fn predict<F: SampleSpace, D: Observations<[f64]> + ?Sized>(
    fit: &Fit<'_, Regression<F>, D>,
    row: &[f64],
    level: f64,
) -> Result<Prediction, Error> {
    let quantile = normal_quantile(level)?;
    let (model, place) = (fit.model(), first_linear(fit.model())?);
    let predictor = &model.predictors[place];
    let eta = model.predictors_at(fit.theta(), row)?[place];
    let x = DVector::from_column_slice(predictor.design(row));
    let covariance = fit.covariance()?;
    let (start, size) = (predictor.coefficients.start, predictor.coefficients.len());
    let block = covariance.matrix().view((start, start), (size, size));
    let standard_error = x.dot(&(block * &x)).sqrt();
    let ends = [eta - quantile * standard_error, eta + quantile * standard_error];
    let through = ends.map(|end| predictor.link.inverse(end));
    Ok(Prediction {
        predictor: Between { value: eta, lower: ends[0], upper: ends[1] },
        standard_error,
        parameter: ordered(predictor.link.inverse(eta), through),
    })
}

/// Predicts the mean of the response of a new row, with a confidence interval of the given level: the means at η̂ and at the ends of its
/// interval, which enclose all others where the mean is monotone in η. Of a response of several numbers the mean is that of the last, given the
/// others: of the successes, given the trials.
///
/// ```
/// use fisher_information::regression::{BinaryLink, Covariates, binomial, predict_mean};
///
/// let model = binomial(BinaryLink::Probit, &Covariates::named(["intercept"])?)?;
/// let rows = vec![vec![1.0, 10.0, 3.0], vec![1.0, 10.0, 7.0]];
/// let mean = predict_mean(&model.fit(&rows)?, &[1.0, 4.0, 0.0], 0.95)?;
/// assert!((mean.value - 2.0).abs() < 1e-9);                              // half of four trials
/// assert!(mean.lower < 1.5 && mean.upper > 2.5);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// As [`predict`]; [`Error::Unsupported`] where the response of a row has no expectation, as of a lifetime that may be censored; and those of
/// [`expectation`](crate::expectation::expectation).
pub fn predict_mean<F: SampleSpace, D: Observations<[f64]> + ?Sized>(
    fit: &Fit<'_, Regression<F>, D>,
    row: &[f64],
    level: f64,
) -> Result<Between, Error> {
    let Prediction { predictor, .. } = predict(fit, row, level)?;
    let mean = |eta: f64| mean_at(fit.model(), fit.theta(), row, eta);
    Ok(ordered(mean(predictor.value)?, [mean(predictor.lower)?, mean(predictor.upper)?]))
}

/// E\[y\] of a row with another first linear predictor.
fn mean_at<F: SampleSpace>(model: &Regression<F>, theta: &[f64], row: &[f64], eta: f64) -> Result<f64, Error> {
    let at = family_at(model, theta, row, eta)?;
    let Some(y) = model.response_of(row) else {
        let needs = "a row with a place for the response";
        return Err(Error::Unsupported { method: "the mean response", needs });
    };
    let last = |y: &_, g: &mut [f64]| g[0] = F::Observation::coordinates(y).last().copied().unwrap_or(f64::NAN);
    let statistic = Function::new(model.family(), at.borrow(), 1, last)?;
    let settings = Settings::default();
    let (found, _) =
        expectation::evaluate(model.family(), at.borrow(), &statistic, Some(y), Method::Automatic, &settings)?;
    Ok(found.values[0].value)
}

/// An interval in which the response of a new row lies with the given probability: quantiles of responses drawn at draws of η from its normal
/// distribution about η̂. Of a response of several numbers it is for the last. Constants such as a dispersion are taken as known; for linear regression
/// [`predict_linear`] needs no draws and knows about σ.
///
/// ```
/// use fisher_information::regression::{Covariates, poisson, prediction_interval};
///
/// let model = poisson(&Covariates::named(["intercept"])?)?;
/// let rows: Vec<Vec<f64>> = [90.0, 105.0, 105.0].iter().map(|&y| vec![1.0, y]).collect();
/// let [lower, upper] = prediction_interval(&model.fit(&rows)?, &[1.0, 0.0], 0.95, 10_000, 1)?;
/// // 100 ± 1.96 √(100 + 100/3)
/// assert!((lower - 77.4).abs() < 3.0 && (upper - 122.6).abs() < 3.0);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// As [`predict`]; [`Error::TooFewDraws`] below 100.
pub fn prediction_interval<F: SampleSpace + Sampler, D: Observations<[f64]> + ?Sized>(
    fit: &Fit<'_, Regression<F>, D>,
    row: &[f64],
    level: f64,
    draws: usize,
    seed: u64,
) -> Result<[f64; 2], Error> {
    if draws < 100 {
        return Err(Error::TooFewDraws { draws, needed: 100 });
    }
    let (prediction, model) = (predict(fit, row, level)?, fit.model());
    let Some(y) = model.response_of(row) else {
        let needs = "a row with a place for the response";
        return Err(Error::Unsupported { method: "a prediction interval", needs });
    };
    let mut stream = Stream::seed_from_u64(seed);
    let mut drawn = Vec::with_capacity(draws);
    for _ in 0..draws {
        let z: f64 = rand_distr::Distribution::sample(&rand_distr::StandardNormal, &mut stream);
        let eta = prediction.predictor.value + prediction.standard_error * z;
        let at = family_at(model, fit.theta(), row, eta)?;
        let response = model.family().sample_given(at.borrow(), y, &mut stream);
        drawn.push(F::Observation::coordinates(response.borrow()).last().copied().unwrap_or(f64::NAN));
    }
    drawn.sort_by(f64::total_cmp);
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // a place among draws
    let at = |probability: f64| drawn[((probability * draws as f64) as usize).min(draws - 1)];
    Ok([at(0.5 - 0.5 * level), at(0.5 + 0.5 * level)])
}

/// The mean of a new row of a linear regression with constant deviation, and the interval in which its response lies.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LinearPrediction {
    /// μ̂ = xᵀβ̂ with its confidence interval μ̂ ± t s √h.
    pub mean: Between,
    /// The ends of the prediction interval μ̂ ± t s √(1 + h).
    pub response: [f64; 2],
}

/// Predicts a new row of a linear regression with a constant deviation, exactly for n observations that are normal: with quantiles t of Student's
/// distribution of n − p degrees of freedom, s² = Σ(y − μ̂)²/(n − p) and h = xᵀ(XᵀX)⁻¹x.
///
/// ```
/// use fisher_information::regression::{Covariates, linear, predict_linear};
///
/// let model = linear(&Covariates::named(["intercept"])?)?;
/// let rows: Vec<Vec<f64>> = [2.0, 4.0, 9.0].iter().map(|&y| vec![1.0, y]).collect();
/// let prediction = predict_linear(&model.fit(&rows)?, &[1.0, 0.0], 0.95)?;
/// // 5 ± 4.302653 √(13 · 4/3)
/// assert!((prediction.response[1] - 22.913_40).abs() < 1e-4);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// As [`predict`]; [`Error::FewerObservationsThanParameters`] without degrees of freedom, [`Error::Unsupported`] if the deviation has a linear predictor.
pub fn predict_linear<D: Observations<[f64]> + ?Sized>(
    fit: &Fit<'_, Regression<Normal>, D>,
    row: &[f64],
    level: f64,
) -> Result<LinearPrediction, Error> {
    let [mean, deviation] = &fit.model().predictors[..] else {
        return Err(Error::Unsupported { method: "linear prediction", needs: "a mean and a deviation" });
    };
    if mean.covariates.is_none() || deviation.covariates.is_some() {
        return Err(Error::Unsupported {
            method: "linear prediction",
            needs: "a linear mean and a constant deviation",
        });
    }
    normal_quantile(level)?;
    let working = Working::of(fit)?;
    let freedom = working.degrees_of_freedom()?;
    let sigma = fit.theta()[deviation.coefficients.start];
    let variance = sigma * sigma * working.observations() / freedom;
    let covariance = working.information()?.inverse()?;
    let x = DVector::from_column_slice(mean.design(row_of(fit.model(), row)?));
    // (XᵀWX)⁻¹ has σ² in it.
    let hat = x.dot(&(covariance.matrix() * &x)) / (sigma * sigma);
    let student = StudentsT::new(0.0, 1.0, freedom)
        .map_err(|_| Error::Unsupported { method: "linear prediction", needs: "finite degrees of freedom" })?;
    let quantile = student.inverse_cdf(0.5 + 0.5 * level);
    let eta = fit.model().predictors_at(fit.theta(), row)?[0];
    let (narrow, wide) = (quantile * (variance * hat).sqrt(), quantile * (variance * (1.0 + hat)).sqrt());
    Ok(LinearPrediction {
        mean: Between { value: eta, lower: eta - narrow, upper: eta + narrow },
        response: [eta - wide, eta + wide],
    })
}

/// A row that has all covariates.
fn row_of<'r, F: SampleSpace>(model: &Regression<F>, row: &'r [f64]) -> Result<&'r [f64], Error> {
    crate::error::check_length("covariates and offsets of the row", model.response, row.len().min(model.response))?;
    Ok(row)
}

/// The parameters of the family at a row with another first linear predictor.
fn family_at<F: SampleSpace>(
    model: &Regression<F>,
    theta: &[f64],
    row: &[f64],
    eta: f64,
) -> Result<OwnedTheta<F, f64>, Error> {
    let (mut all, place) = (model.predictors_at(theta, row)?, first_linear(model)?);
    all[place] = eta;
    Ok(F::Parameters::build(all.len(), |k| model.predictors[k].link.inverse(all[k])))
}

/// Which predictor is the first that is linear.
fn first_linear<F: SampleSpace>(model: &Regression<F>) -> Result<usize, Error> {
    let place = model.predictors.iter().position(|predictor| predictor.covariates.is_some());
    place.ok_or(Error::Unsupported { method: "a prediction", needs: "a linear predictor" })
}

/// The quantile of the standard normal distribution that bounds its middle.
fn normal_quantile(level: f64) -> Result<f64, Error> {
    if level > 0.0 && level < 1.0 {
        return Ok(statrs::distribution::Normal::standard().inverse_cdf(0.5 + 0.5 * level));
    }
    Err(Error::InvalidLevel { value: level })
}

/// A value between ends that a falling link has exchanged.
fn ordered(value: f64, [first, second]: [f64; 2]) -> Between {
    Between { value, lower: first.min(second), upper: first.max(second) }
}
