//! One pass over the sample space: the mass of the density, E\[s\], E\[s sᵀ\] and −E\[H\], each with its error.

use super::rounding;
use super::statistic::ScoreStatistic;
use crate::derivatives::{packed_index, packed_length};
use crate::error::Error;
use crate::expectation::{self, Estimate, Expectation, Method, Provenance, Settings};
use crate::model::{Datum, SampleSpace, Theta, checked_parameters, names};
use nalgebra::DMatrix;

/// A symmetric matrix with an absolute error for every entry.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MatrixEstimate {
    /// The p × p matrix.
    pub matrix: DMatrix<f64>,
    /// The absolute errors of its entries.
    pub error: DMatrix<f64>,
}

impl MatrixEstimate {
    /// The matrix whose lower triangle is stored row after row.
    fn unpack(size: usize, packed: &[Estimate]) -> Self {
        let at = |i: usize, j: usize| packed[packed_index(i.max(j), i.min(j))];
        Self {
            matrix: DMatrix::from_fn(size, size, |i, j| at(i, j).value),
            error: DMatrix::from_fn(size, size, |i, j| at(i, j).error),
        }
    }
}

/// The moments of the score of one observation, s = ∂ℓ/∂θ, and of the Hessian H = ∂²ℓ/∂θ∂θᵀ.
///
/// For a regular model the mass is 1, the mean score is 0 and the two matrices are equal: all three are the
/// [Fisher information](crate::notes::fisher_information). [`regularity`](Self::regularity) says whether they are.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ScoreMoments {
    /// The names of the parameters.
    pub names: Vec<String>,
    /// ∫ f, unless it was sampled.
    pub mass: Option<Estimate>,
    /// E\[s\]
    pub mean_score: Vec<Estimate>,
    /// E\[s sᵀ\], the outer product form
    pub outer_product: MatrixEstimate,
    /// −E\[H\], the Hessian form
    pub hessian: MatrixEstimate,
    /// The parameters on which the support depends.
    pub moving_support: Vec<String>,
    /// How they were obtained.
    pub provenance: Provenance,
}

/// The moments of the score at θ.
///
/// ```
/// use fisher_information::{distributions::Laplace, expectation::Settings, information::{Method, Regularity, moments}};
///
/// let moments = moments(&Laplace, &[0.0, 1.0], Method::Automatic, &Settings::default())?;
/// assert!((moments.outer_product.matrix[(0, 0)] - 1.0).abs() < 1e-10);   // E[s sᵀ] of the location is 1 …
/// assert_eq!(moments.hessian.matrix[(0, 0)], 0.0);                       // … and −E[H] is 0
/// assert!(matches!(moments.regularity(), Regularity::HessianFails { .. }));
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// As [`expectation`](expectation::expectation); a moment that diverges is named.
pub fn moments<M: SampleSpace>(
    model: &M,
    theta: &Theta<M, f64>,
    method: Method,
    settings: &Settings,
) -> Result<ScoreMoments, Error> {
    at(model, theta, None, method, settings)
}

/// The moments of the score of a row's response, given its covariates.
///
/// # Errors
/// As [`moments`].
pub fn moments_given<M: SampleSpace>(
    model: &M,
    theta: &Theta<M, f64>,
    row: &Datum<M, f64>,
    method: Method,
    settings: &Settings,
) -> Result<ScoreMoments, Error> {
    at(model, theta, Some(row), method, settings)
}

fn at<M: SampleSpace>(
    model: &M,
    theta: &Theta<M, f64>,
    row: Option<&Datum<M, f64>>,
    method: Method,
    settings: &Settings,
) -> Result<ScoreMoments, Error> {
    let names = names(checked_parameters(model, theta)?);
    let statistic = ScoreStatistic::new(model, theta, settings.path)?;
    let (mut found, used) = expectation::evaluate(model, theta, &statistic, row, method, settings)
        .map_err(|refusal| name_the_moment(refusal, &names))?;
    if let Some(statistic) = used {
        rounding::add(model, statistic, &mut found.values)?;
    }
    let moving_support = super::moving_support::moving_support(model, theta, row, &names);
    Ok(ScoreMoments::from_expectation(names, found, moving_support))
}

impl ScoreMoments {
    /// The moments at θ from the expectation of (s, s sᵀ, −H), the matrices as lower triangles.
    pub(crate) fn of<M: SampleSpace>(
        model: &M,
        theta: &Theta<M, f64>,
        names: Vec<String>,
        expectation: Expectation,
    ) -> Self {
        let moving_support = super::moving_support::moving_support(model, theta, None, &names);
        Self::from_expectation(names, expectation, moving_support)
    }

    /// The moments from the expectation of (s, s sᵀ, −H).
    fn from_expectation(names: Vec<String>, expectation: Expectation, moving_support: Vec<String>) -> Self {
        let Expectation { mass, values, provenance } = expectation;
        let (score, matrices) = values.split_at(names.len());
        let (outer, hessian) = matrices.split_at(packed_length(names.len()));
        Self {
            mass,
            mean_score: score.to_vec(),
            outer_product: MatrixEstimate::unpack(names.len(), outer),
            hessian: MatrixEstimate::unpack(names.len(), hessian),
            moving_support,
            names,
            provenance,
        }
    }

    /// The largest difference between the two forms, |E\[sᵢsⱼ\] + E\[Hᵢⱼ\]|/√(E\[sᵢ²\] E\[sⱼ²\]): zero for a regular model.
    #[must_use]
    pub fn equality_residual(&self) -> f64 {
        let scale = |i: usize| self.outer_product.matrix[(i, i)].abs().sqrt().max(f64::MIN_POSITIVE);
        let mut largest: f64 = 0.0;
        for i in 0..self.names.len() {
            for j in 0..=i {
                let difference = self.outer_product.matrix[(i, j)] - self.hessian.matrix[(i, j)];
                largest = largest.max(difference.abs() / (scale(i) * scale(j)));
            }
        }
        largest
    }
}

/// Says which moment a component of the statistic is.
fn name_the_moment(refusal: Error, names: &[String]) -> Error {
    match refusal {
        Error::Divergent { component: Some(component), at } => {
            Error::DivergentMoment { moment: moment(component, names), at }
        }
        Error::StatisticNotFinite { component, at, value } => {
            Error::MomentNotFinite { moment: moment(component, names), at, value }
        }
        other => other,
    }
}

/// Component k of (s, s sᵀ, −H) in words.
fn moment(component: usize, names: &[String]) -> String {
    let size = names.len();
    let Some(matrix) = component.checked_sub(size) else {
        return format!("the score of {}", names[component]);
    };
    let (what, packed) = if matrix < packed_length(size) {
        ("the product of scores", matrix)
    } else {
        ("the Hessian entry", matrix - packed_length(size))
    };
    let i = (0..size).rev().find(|&i| packed_index(i, 0) <= packed).unwrap_or_default();
    format!("{what} of {} and {}", names[i], names[packed - packed_index(i, 0)])
}
