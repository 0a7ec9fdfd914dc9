//! Wald's test: how far the estimate is from the hypothesis, in units of its covariance.

use super::linear::Linear;
use super::test::{Test, TestKind};
use crate::error::Error;
use crate::inference::Fit;
use crate::information::Covariance;
use crate::model::{LogLikelihood, Observations, ParameterSpace, Theta};
use crate::scalar::{FirstOrder, Scalar};
use nalgebra::DMatrix;
use std::borrow::Borrow;

/// Hypotheses g(θ) = 0 that need not be linear, as generic functions: their slopes come from dual numbers.
///
/// ```
/// use fisher_information::distributions::Gamma;
/// use fisher_information::inference::{Restriction, maximum_likelihood};
/// use fisher_information::prelude::*;
///
/// /// The mean of a gamma distribution is 2.
/// struct MeanIsTwo;
///
/// impl Restriction<Fixed<2>> for MeanIsTwo {
///     fn names(&self) -> Vec<String> {
///         vec!["shape/rate = 2".into()]
///     }
///
///     fn values<D: Scalar>(&self, &[shape, rate]: &[D; 2]) -> Vec<D> {
///         vec![shape / rate - 2.0]
///     }
/// }
///
/// let fit = maximum_likelihood(&Gamma, &[1.2, 0.7, 3.1, 2.2, 0.4, 1.9])?;
/// let test = fit.wald_nonlinear(&MeanIsTwo, &fit.covariance()?)?;
/// let [shape, rate] = *fit.theta();
/// let by_hand = (shape / rate - 2.0).powi(2) / (shape / rate / rate / 6.0);          // the variance of a mean
/// assert!((test.statistic.value - by_hand).abs() < 1e-12);
/// # Ok::<(), fisher_information::Error>(())
/// ```
pub trait Restriction<S: ParameterSpace>: Sync {
    /// What is supposed, a sentence for each.
    fn names(&self) -> Vec<String>;

    /// g(θ), zero if the hypotheses are true.
    fn values<D: Scalar>(&self, theta: &S::Of<D>) -> Vec<D>;
}

/// Wald's test of linear hypotheses Rθ = r, by estimates and their covariance, wherever they come from.
///
/// ```math
/// W = (R\hat\theta - r)^{\mathsf T} (R \Sigma R^{\mathsf T})^{-1} (R\hat\theta - r)
/// ```
///
/// ```
/// use fisher_information::expectation::Provenance;
/// use fisher_information::inference::{Linear, wald};
/// use fisher_information::information::Covariance;
/// use nalgebra::{DMatrix, dmatrix};
///
/// let covariance =
///     Covariance::new(["a", "b"], dmatrix![4.0, 1.0; 1.0, 2.0], DMatrix::zeros(2, 2), Provenance::ClosedForm)?;
/// let test = wald(&[5.0, 1.0], &covariance, &Linear::new(&[("a", 1.0), ("b", -1.0)], 0.0))?;
/// assert_eq!(test.to_string(), "Wald test of a − b = 0: 4 against χ²(1), p = 0.0455");      // 4²/(4 − 2·1 + 2)
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: A. Wald, *Tests of statistical hypotheses concerning several parameters when the number of observations is large*,
/// Trans. Am. Math. Soc. 54 (1943), doi:10.2307/1990256.
///
/// # Errors
/// [`Error::LengthMismatch`], [`Error::UnknownParameter`], [`Error::HypothesisNotFinite`]; [`Error::ParameterCount`] if nothing is supposed;
/// [`Error::RedundantHypotheses`] if one follows from the others, or speaks of what does not vary.
pub fn wald(estimates: &[f64], covariance: &Covariance, hypotheses: &Linear) -> Result<Test, Error> {
    crate::error::check_length("estimates", covariance.names().len(), estimates.len())?;
    let (matrix, values) = hypotheses.matrix(covariance.names())?;
    let distance = |(row, value): (usize, f64)| {
        let terms = (0..estimates.len()).map(|j| matrix[(row, j)] * estimates[j]).filter(|term| *term != 0.0);
        terms.sum::<f64>() - value
    };
    let distances: Vec<f64> = values.into_iter().enumerate().map(distance).collect();
    at_distance(&distances, &matrix, covariance, hypotheses.names())
}

/// The test of hypotheses that miss by `distances` and have this Jacobian.
fn at_distance(
    distances: &[f64],
    jacobian: &DMatrix<f64>,
    covariance: &Covariance,
    names: Vec<String>,
) -> Result<Test, Error> {
    if let Some((hypothesis, &value)) = names.iter().zip(distances).find(|(_, value)| !value.is_finite()) {
        return Err(Error::HypothesisNotFinite { hypothesis: hypothesis.clone(), value });
    }
    let of_hypotheses = covariance.change_of_coordinates(jacobian, names.iter().cloned())?;
    let statistic = of_hypotheses.squared_distance(distances).map_err(|reason| match reason {
        Error::Singular { rank, parameters, directions } => {
            Error::RedundantHypotheses { rank, hypotheses: parameters, combinations: directions }
        }
        other => other,
    })?;
    let degrees = names.len();
    Ok(Test::chi_squared(TestKind::Wald, names, statistic, degrees))
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// Wald's test of linear hypotheses about the parameters, with any covariance of the estimates: [`wald`].
    ///
    /// # Errors
    /// Those of [`wald`]; [`Error::NamesDiffer`] if the covariance is of other parameters.
    pub fn wald(&self, hypotheses: &Linear, covariance: &Covariance) -> Result<Test, Error> {
        self.check_names(covariance)?;
        wald(self.estimates(), covariance, hypotheses)
    }

    /// Wald's test of hypotheses g(θ) = 0, with the exact Jacobian of g at θ̂.
    ///
    /// The statistic depends on how a hypothesis is written: that of σ = 1 is not that of ln σ = 0.
    ///
    /// # Errors
    /// Those of [`wald`]; [`Error::LengthMismatch`] if there are not as many names as values.
    pub fn wald_nonlinear<G>(&self, hypotheses: &G, covariance: &Covariance) -> Result<Test, Error>
    where
        G: Restriction<M::Parameters>,
    {
        self.check_names(covariance)?;
        let values = hypotheses.values::<f64>(self.theta());
        let names = hypotheses.names();
        crate::error::check_length("names of the hypotheses", values.len(), names.len())?;
        let jacobian = jacobian::<M, G>(hypotheses, self.theta(), values.len());
        at_distance(&values, &jacobian, covariance, names)
    }

    /// That a covariance is about the parameters of the model.
    fn check_names(&self, covariance: &Covariance) -> Result<(), Error> {
        let pairs = self.names().iter().zip(covariance.names()).enumerate();
        for (position, (expected, found)) in pairs {
            if expected != found {
                return Err(Error::NamesDiffer { position, expected: expected.clone(), found: found.clone() });
            }
        }
        crate::error::check_length("parameters of the covariance", self.names().len(), covariance.names().len())
    }
}

/// ∂gᵢ/∂θⱼ, by dual numbers.
fn jacobian<M: LogLikelihood, G: Restriction<M::Parameters>>(
    hypotheses: &G,
    theta: &Theta<M, f64>,
    rows: usize,
) -> DMatrix<f64> {
    type First<M> = <<M as LogLikelihood>::Parameters as ParameterSpace>::First<f64>;
    let theta = theta.as_ref();
    let width = <First<M> as FirstOrder<f64>>::WIDTH;
    let mut jacobian = DMatrix::zeros(rows, theta.len());
    for start in (0..theta.len()).step_by(width) {
        let slot = |i: usize| i.checked_sub(start).filter(|&slot| slot < width);
        let seeded = M::Parameters::build(theta.len(), |i| First::<M>::seed(theta[i], slot(i)));
        for (row, value) in hypotheses.values(seeded.borrow()).iter().enumerate().take(rows) {
            for column in start..theta.len().min(start + width) {
                jacobian[(row, column)] = value.derivative(column - start);
            }
        }
    }
    jacobian
}
