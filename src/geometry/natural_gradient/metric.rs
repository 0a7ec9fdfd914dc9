//! By what a step of a descent is measured.

use super::descent::Step;
use super::simulated::Drawn;
use crate::error::Error;
use crate::expectation::Estimate;
use crate::geometry::{Connection, Manifold, exponential_map};
use crate::information::{MatrixEstimate, ScoreSums, expected_of_data};
use crate::model::{LogLikelihood, Observations, ParameterSpace, SampleSpace, Sampler};
use nalgebra::{DMatrix, DVector};
use std::borrow::Borrow;

/// A positive definite matrix at every θ. The length of a small step δ is √(δᵀFδ), and steepest descent goes along −F⁻¹g.
///
/// | | matrix | what it is |
/// |---|---|---|
/// | [`manifold`](Self::manifold) | n g(θ) | the Fisher information of n observations; it has a connection too |
/// | [`expected`](Self::expected) | Σ w E\[s sᵀ\] | the same of a data set, given the covariates of a regression |
/// | [`monte_carlo`](Self::monte_carlo) | Σ w s sᵀ of drawn responses, averaged | an unbiased estimate of it |
/// | [`given`](Self::given) | | any other |
/// | [`empirical`](Self::empirical) | Σ w s sᵀ of the data | **not** the Fisher information |
///
/// Where the loss is minus a log-likelihood, the length in one of the first three is in standard errors.
pub struct DescentMetric<'a> {
    source: Source<'a>,
}

/// Where the matrix comes from.
enum Source<'a> {
    Euclidean,
    Manifold { manifold: &'a dyn Manifold, observations: f64 },
    Drawn(Box<DrawnFn<'a>>),
    Matrix(Box<MatrixFn<'a>>),
}

/// θ ↦ F(θ)
type MatrixFn<'a> = dyn Fn(&[f64]) -> Result<MatrixEstimate, Error> + Sync + 'a;

/// θ ↦ draws of F(θ)
type DrawnFn<'a> = dyn Fn(&[f64]) -> Result<Drawn, Error> + Sync + 'a;

/// The metric at a point.
pub(super) struct LocalMetric {
    pub matrix: MatrixEstimate,
    /// The draws of which it is the average; its errors then are those of rounding.
    pub drawn: Option<Drawn>,
    /// For steps of second order.
    pub connection: Option<Connection>,
}

impl<'a> DescentMetric<'a> {
    /// The metric of a manifold, times a number of observations.
    pub fn manifold(manifold: &'a dyn Manifold, observations: f64) -> Self {
        Self { source: Source::Manifold { manifold, observations } }
    }

    /// The expected information of a data set, as [`expected_of_data`] finds it: exact or by quadrature.
    pub fn expected<M, D>(model: &'a M, data: &'a D) -> Self
    where
        M: SampleSpace,
        D: Observations<M::Observation> + ?Sized,
    {
        Self::given(move |point| {
            let information = expected_of_data(model, M::Parameters::from_slice(point)?.borrow(), data)?;
            Ok(MatrixEstimate { matrix: information.matrix().clone(), error: information.error().clone() })
        })
    }

    /// The expected information of a data set by draws: the model draws every response anew, given its covariates, so many times, and
    /// Σ w s sᵀ is averaged. The errors of the norms are standard errors; F⁻¹ is biased upwards in
    /// proportion to 1/draws, as the inverse of an average is.
    ///
    /// Its random numbers are the same at every θ, so that a descent can be repeated. Noise in F bends the path, but it does not move its
    /// end, which is where the exact gradient vanishes.
    pub fn monte_carlo<M, D>(model: &'a M, data: &'a D, draws: usize, seed: u64) -> Self
    where
        M: Sampler,
        D: Observations<M::Observation> + ?Sized,
    {
        Self { source: Source::Drawn(Box::new(move |point| Drawn::at(model, point, data, draws, seed))) }
    }

    /// The empirical information Σ w s sᵀ of the data, scores and all. It is **not** the Fisher information: it is near it only where the
    /// model is true and θ near the truth. Elsewhere scores are large because the fit is bad, so the matrix is largest where long steps
    /// are needed; and where a model fits the data too well it vanishes.
    ///
    /// Source: Kunstner, Balles and Hennig, *Limitations of the empirical Fisher approximation for natural gradient descent* (2019),
    /// arXiv:1905.12558.
    pub fn empirical<M, D>(model: &'a M, data: &'a D) -> Self
    where
        M: LogLikelihood,
        D: Observations<M::Observation> + ?Sized,
    {
        Self::given(move |point| {
            let information = ScoreSums::of(model, M::Parameters::from_slice(point)?.borrow(), data)?.empirical()?;
            Ok(MatrixEstimate { matrix: information.matrix().clone(), error: information.error().clone() })
        })
    }

    /// Any other matrix, with the errors of its entries.
    pub fn given(at: impl Fn(&[f64]) -> Result<MatrixEstimate, Error> + Sync + 'a) -> Self {
        Self { source: Source::Matrix(Box::new(at)) }
    }

    /// The identity, whatever the units of the parameters.
    pub(super) fn euclidean() -> Self {
        Self { source: Source::Euclidean }
    }

    /// That steps of this kind are possible.
    pub(super) fn check(&self, step: Step) -> Result<(), Error> {
        match self.source {
            Source::Drawn(_) | Source::Matrix(_) if step != Step::Straight => {
                let needs = "a connection: DescentMetric::manifold has one";
                Err(Error::Unsupported { method: "a step that is not straight", needs })
            }
            _ => Ok(()),
        }
    }

    /// Where the geodesic with this initial velocity is after a unit of time. Without a connection it is straight.
    pub(super) fn exponential(&self, point: &[f64], vector: &DVector<f64>) -> Result<Vec<f64>, Error> {
        match self.source {
            Source::Manifold { manifold, .. } => exponential_map(manifold, point, vector.as_slice()),
            _ => Ok(point.iter().zip(vector).map(|(point, step)| point + step).collect()),
        }
    }

    /// The metric at a point; with a connection for steps of second order.
    pub(super) fn at(&self, point: &[f64], bends: bool) -> Result<LocalMetric, Error> {
        let size = point.len();
        match &self.source {
            Source::Euclidean => {
                let matrix =
                    MatrixEstimate { matrix: DMatrix::identity(size, size), error: DMatrix::zeros(size, size) };
                Ok(LocalMetric { matrix, drawn: None, connection: None })
            }
            Source::Manifold { manifold, observations } => {
                let n = *observations;
                if !(n.is_finite() && n > 0.0) {
                    return Err(Error::InvalidObservations { value: n });
                }
                let connection = if bends { Some(manifold.connection(point)?) } else { None };
                let one = match &connection {
                    Some(connection) => connection.metric().clone(),
                    None => manifold.metric(point)?,
                };
                let matrix = MatrixEstimate { matrix: one.matrix * n, error: one.error * n };
                Ok(LocalMetric { matrix, drawn: None, connection })
            }
            Source::Drawn(at) => {
                let drawn = at(point)?;
                let matrix = drawn.mean();
                let error = matrix.map(|entry| Estimate::exact(entry).error);
                Ok(LocalMetric { matrix: MatrixEstimate { matrix, error }, drawn: Some(drawn), connection: None })
            }
            Source::Matrix(at) => Ok(LocalMetric { matrix: at(point)?, drawn: None, connection: None }),
        }
    }
}
