//! Nonlinear least squares, with errors whose deviation may vary.

use crate::distributions::Normal;
use crate::error::{Error, check_length};
use crate::model::{Dynamic, LogLikelihood, Observations, Parameter, SampleSpace, Support};
use crate::scalar::Scalar;
use nalgebra::{DMatrix, DVector};
use num_dual::Dual64;

/// A mean that is a function μ(x; θ) of covariates and parameters, written once for every number type.
pub trait Curve: Sync {
    /// How many covariates there are.
    fn covariates(&self) -> usize;

    /// The names and domains of all parameters.
    fn parameters(&self) -> Vec<Parameter>;

    /// μ(x; θ)
    fn mean<D: Scalar>(&self, theta: &[D], x: &[D]) -> D;

    /// Where a search may begin, if the curve knows: rows hold the covariates and the response.
    fn starting_values(&self, data: &dyn Observations<[f64]>) -> Option<Vec<f64>> {
        let _ = data;
        None
    }
}

/// How the standard deviation of the errors depends on the mean and the covariates.
pub trait Deviation: Sync {
    /// The names and domains of all its parameters.
    fn parameters(&self) -> Vec<Parameter>;

    /// σ > 0 at a mean and covariates.
    fn deviation<D: Scalar>(&self, parameters: &[D], mean: D, x: &[D]) -> D;

    /// Where a search may begin if the residuals have this standard deviation.
    fn starting_values(&self, spread: f64) -> Vec<f64>;
}

/// Errors with one standard deviation σ: least squares.
#[derive(Clone, Copy, Debug)]
pub struct ConstantDeviation;

impl Deviation for ConstantDeviation {
    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("deviation").symbol("σ")]
    }

    #[inline(always)]
    fn deviation<D: Scalar>(&self, parameters: &[D], _: D, _: &[D]) -> D {
        parameters[0]
    }

    fn starting_values(&self, spread: f64) -> Vec<f64> {
        vec![spread]
    }
}

/// Errors with the standard deviation σ |μ|^δ: constant for δ = 0, in proportion to the mean for δ = 1.
#[derive(Clone, Copy, Debug)]
pub struct PowerOfMean;

impl Deviation for PowerOfMean {
    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("deviation").symbol("σ"), Parameter::real("power").symbol("δ")]
    }

    #[inline(always)]
    fn deviation<D: Scalar>(&self, parameters: &[D], mean: D, _: &[D]) -> D {
        parameters[0] * (parameters[1] * mean.abs().ln()).exp()
    }

    fn starting_values(&self, spread: f64) -> Vec<f64> {
        vec![spread, 0.0]
    }
}

/// y is normal with the mean μ(x; θ) of a [`Curve`] and the standard deviation of a [`Deviation`]. A row holds the covariates and y; the
/// parameters are those of the curve, then those of the deviation.
///
/// ```math
/// \ell = -\frac{(y - \mu(x; \theta))^2}{2\sigma^2} - \ln\sigma - \tfrac12\ln 2\pi
/// ```
///
/// ```
/// use fisher_information::inference::maximum_likelihood;
/// use fisher_information::prelude::*;
/// use fisher_information::regression::{ConstantDeviation, Curve, NonlinearRegression};
///
/// /// Exponential decay.
/// struct Decay;
/// impl Curve for Decay {
///     fn covariates(&self) -> usize { 1 }
///     fn parameters(&self) -> Vec<Parameter> { vec![Parameter::real("height"), Parameter::real("rate")] }
///     fn mean<D: Scalar>(&self, theta: &[D], x: &[D]) -> D { theta[0] * (-theta[1] * x[0]).exp() }
///     fn starting_values(&self, _: &dyn Observations<[f64]>) -> Option<Vec<f64>> { Some(vec![3.0, 0.5]) }
/// }
///
/// let model = NonlinearRegression::new(Decay, ConstantDeviation);
/// let data = vec![vec![0.0, 4.1], vec![1.0, 1.4], vec![2.0, 0.6], vec![3.0, 0.1], vec![4.0, 0.1]];
/// let fit = maximum_likelihood(&model, &data)?;
/// // The residuals are orthogonal to the slopes of the mean.
/// let slope = |x: f64| (-fit.get("rate").unwrap_or(f64::NAN) * x).exp();
/// let residual = |row: &[f64]| row[1] - fit.get("height").unwrap_or(f64::NAN) * slope(row[0]);
/// assert!(data.iter().map(|row| residual(row) * slope(row[0])).sum::<f64>().abs() < 1e-9);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Seber and Wild, *Nonlinear Regression* (1989), chapters 2 and 6.
#[derive(Clone, Copy, Debug)]
pub struct NonlinearRegression<C, V> {
    curve: C,
    deviation: V,
    /// How many parameters the curve has, and all.
    own: usize,
    length: usize,
}

impl<C: Curve, V: Deviation> NonlinearRegression<C, V> {
    /// The regression of a curve with errors.
    pub fn new(curve: C, deviation: V) -> Self {
        let own = curve.parameters().len();
        let length = own + deviation.parameters().len();
        Self { curve, deviation, own, length }
    }

    /// The curve.
    pub fn curve(&self) -> &C {
        &self.curve
    }

    /// The mean and the deviation of a row.
    #[inline(always)]
    fn moments<D: Scalar>(&self, theta: &[D], x: &[D]) -> [D; 2] {
        let (own, others) = theta.split_at(self.own.min(theta.len()));
        let mean = self.curve.mean(own, x);
        [mean, self.deviation.deviation(others, mean, x)]
    }
}

impl<C: Curve, V: Deviation> LogLikelihood for NonlinearRegression<C, V> {
    type Parameters = Dynamic;
    /// Covariates, response.
    type Observation = [f64];

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &[D], row: &[D]) -> D {
        let Some((&y, x)) = row.split_last().filter(|(_, x)| x.len() == self.curve.covariates()) else {
            return D::from(f64::NAN);
        };
        let [mean, deviation] = self.moments(theta, x);
        Normal.ln_likelihood(&[mean, deviation], &y)
    }

    fn parameters(&self) -> Vec<Parameter> {
        let mut all = self.curve.parameters();
        all.extend(self.deviation.parameters());
        all
    }

    fn check(&self, theta: &[f64]) -> Result<(), Error> {
        if theta.len() == self.length {
            return Ok(());
        }
        Err(Error::ParameterCount { expected: self.length, found: theta.len() })
    }

    fn starting_values(&self, data: &dyn Observations<[f64]>) -> Option<Vec<f64>> {
        let mut start = self.curve.starting_values(data)?;
        let mut squares = 0.0;
        for index in 0..data.count() {
            let (y, x) = data.get(index).split_last().filter(|(_, x)| x.len() == self.curve.covariates())?;
            squares += (y - self.curve.mean(&start, x)).powi(2);
        }
        #[allow(clippy::cast_precision_loss)] // fewer than 2⁵³ rows
        let spread = (squares / data.count() as f64).sqrt();
        start.extend(self.deviation.starting_values(spread));
        (spread > 0.0 && spread.is_finite()).then_some(start)
    }
}

impl<C: Curve, V: Deviation> SampleSpace for NonlinearRegression<C, V> {
    fn support(&self, _: &[f64]) -> Support {
        Support::response(self.curve.covariates(), Support::real())
    }

    /// (∇μ ∇μᵀ + 2 ∇σ ∇σᵀ)/σ².
    fn information_given(&self, theta: &[f64], row: &[f64]) -> Option<Result<[DMatrix<f64>; 2], Error>> {
        if let Err(wrong) = check_length("entries of the row", self.curve.covariates() + 1, row.len()) {
            return Some(Err(wrong));
        }
        let x: Vec<Dual64> = row[..self.curve.covariates()].iter().map(|&x| Dual64::from(x)).collect();
        let along = |direction: usize| {
            let seed = |(i, &theta): (usize, &f64)| Dual64::new(theta, f64::from(u8::from(i == direction)));
            self.moments(&theta.iter().enumerate().map(seed).collect::<Vec<_>>(), &x)
        };
        let columns: Vec<[Dual64; 2]> = (0..theta.len()).map(along).collect();
        let deviation = columns.first()?[1].re;
        let slope = |k: usize| DVector::from_iterator(theta.len(), columns.iter().map(|at| at[k].eps / deviation));
        let (mean, spread) = (slope(0), slope(1));
        let matrix = &mean * mean.transpose() + &spread * spread.transpose() * 2.0;
        let (mean, spread) = (mean.abs(), spread.abs());
        let error = (&mean * mean.transpose() + &spread * spread.transpose() * 2.0) * (16.0 * f64::EPSILON);
        Some(Ok([matrix, error]))
    }
}
