//! The log-density of a model as expressions.

use super::branches::{Branch, Forms};
use super::condition::{Condition, beyond};
use super::expression::{Expression, Symbol, limited};
use super::observations::{self, Observations};
use super::points;
use super::symbols::{coordinates, expressions, symbols_of};
use super::{MOST_PRODUCTS, Matrix, Refusal};
use crate::model::{Observation, ParameterSpace, SampleSpace};
use crate::recording::trace;
use std::borrow::Borrow;

/// ln f(x; θ) as its code has it where it was traced.
///
/// Comparisons of parameters come out as they do at the traced θ. Comparisons of data may tell branches apart; two of them are one if
/// their formulas differ by a function of the data alone, or if one is a series that sums to the other: then the shorter stands.
#[derive(Clone, Debug)]
pub struct LogDensity {
    pub(super) parameters: Vec<Symbol>,
    pub(super) data: Vec<Symbol>,
    pub(super) branches: Vec<Branch>,
    /// The rows whose covariates were given.
    pub(super) rows: Vec<Vec<f64>>,
    /// Where it was asked to be traced.
    pub(super) at: Option<Vec<f64>>,
    conditions: Vec<Condition>,
}

impl LogDensity {
    /// The log-density of a model, traced at parameters of moderate size within their domains.
    ///
    /// # Errors
    /// [`Refusal::Opaque`], [`Refusal::NoPoint`], [`Refusal::Branches`], [`Refusal::Obstacle`]; [`Refusal::Covariates`] if an
    /// observation is a row of which only some coordinates are random.
    pub fn of<M: SampleSpace>(model: &M) -> Result<Self, Refusal> {
        Self::random(model, &simplest(model)?)
    }

    /// The log-density of a model, traced at the given parameters. What follows from it is verified there and nearby.
    ///
    /// # Errors
    /// As [`of`](Self::of), and parameters outside their domain.
    pub fn at<M: SampleSpace>(model: &M, theta: &[f64]) -> Result<Self, Refusal> {
        Ok(Self { at: Some(theta.to_vec()), ..Self::random(model, theta)? })
    }

    /// The log-density of an observation all of which is random.
    fn random<M: SampleSpace>(model: &M, theta: &[f64]) -> Result<Self, Refusal> {
        let space = M::Parameters::from_slice(theta)?;
        crate::model::checked_parameters(model, space.borrow())?;
        let observations = observations::scattered(model, space.borrow())?;
        limited(MOST_PRODUCTS, || Self::traced(model, theta, &observations, &[]))
    }

    /// The log-density of a response, given the covariates of its row, which are variables of the formulas. Some rows show which
    /// coordinates are which, and where to trace the model.
    ///
    /// # Errors
    /// As [`of`](Self::of); [`Error::NoData`](crate::Error::NoData) without rows.
    pub fn given<M: SampleSpace>(model: &M, rows: &[Vec<f64>]) -> Result<Self, Refusal> {
        let theta = points::first(model)?;
        let space = M::Parameters::from_slice(&theta)?;
        let mut all: Option<Observations> = None;
        for row in rows {
            let found = observations::given(model, space.borrow(), row)?;
            all = Some(match all {
                None => found,
                Some(own) => own.and(found)?,
            });
        }
        let observations = all.ok_or(crate::Error::NoData)?;
        limited(MOST_PRODUCTS, || Self::traced(model, &theta, &observations, rows))
    }

    fn traced<M: SampleSpace>(
        model: &M,
        theta: &[f64],
        observations: &Observations,
        rows: &[Vec<f64>],
    ) -> Result<Self, Refusal> {
        let space = M::Parameters::from_slice(theta)?;
        let parameters = symbols_of(points::parameters(model), theta);
        let mut forms = Forms::default();
        for (x, isolated) in observations.points.iter().zip(&observations.isolated) {
            let Some(datum) = M::Observation::from_coordinates(x) else { return Err(Refusal::Opaque) };
            let data = observations.symbols(x);
            let (theta, x) = (expressions(&parameters), coordinates(&data, observations.total));
            forms.add(trace(model, space.borrow(), datum)?, *isolated && rows.is_empty(), &theta, &x)?;
        }
        let mut branches = std::mem::take(&mut forms.branches);
        // The indicator of the last branch is what the others leave, so that one should be more than a point.
        branches.sort_by_key(|branch| !branch.isolated);
        let Some(first) = branches.first().and_then(|branch| branch.at.first()) else {
            return Err(Refusal::NoPoint { tried: 1, last: None });
        };
        let data = observations.symbols(first);
        Ok(Self { parameters, data, branches, rows: rows.to_vec(), at: None, conditions: forms.conditions })
    }

    /// The parameters.
    #[must_use]
    pub fn parameters(&self) -> &[Symbol] {
        &self.parameters
    }

    /// The coordinates of an observation.
    #[must_use]
    pub fn data(&self) -> &[Symbol] {
        &self.data
    }

    /// What the code assumed of the parameters where it was traced.
    ///
    /// ```
    /// use fisher_information::{distributions::Gamma, symbolic::LogDensity};
    ///
    /// let assumed: Vec<String> = LogDensity::of(&Gamma)?.conditions().iter().map(ToString::to_string).collect();
    /// assert_eq!(assumed, ["64 > α"]);    // from there on the code uses Stirling's series
    /// # Ok::<(), fisher_information::symbolic::Refusal>(())
    /// ```
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// Parameters on the other side of the thresholds that were met.
    pub(super) fn beyond(&self, theta: &[f64]) -> Option<Vec<f64>> {
        beyond(&self.conditions, &self.parameters, theta)
    }

    /// The branches, those of single points first.
    #[must_use]
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }
}

/// The one of a few parameter vectors where the code does least: where it has a formula rather than a series for it.
fn simplest<M: SampleSpace>(model: &M) -> Result<Vec<f64>, Refusal> {
    const CANDIDATES: usize = 3;
    let mut shortest = points::first(model)?;
    let mut least = length(model, &shortest)?;
    // There may be no more than that one.
    for (theta, ()) in points::scattered(model, CANDIDATES, |_| Ok(Some(()))).unwrap_or_default() {
        let length = length(model, &theta)?;
        if length < least {
            (shortest, least) = (theta, length);
        }
    }
    Ok(shortest)
}

/// How many operations the code takes at a few observations.
fn length<M: SampleSpace>(model: &M, theta: &[f64]) -> Result<usize, Refusal> {
    const OBSERVATIONS: usize = 4;
    let theta = M::Parameters::from_slice(theta)?;
    let mut length = 0;
    for x in observations::scattered(model, theta.borrow())?.points.iter().take(OBSERVATIONS) {
        let Some(datum) = M::Observation::from_coordinates(x) else { return Err(Refusal::Opaque) };
        let trace = trace(model, theta.borrow(), datum)?;
        length += trace.graph.reachable(&[trace.value]).len();
    }
    Ok(length)
}

/// ∂ ln f/∂θ, the score, of a model whose log-density takes one form.
///
/// ```
/// use fisher_information::{distributions::Normal, symbolic::score};
///
/// let score = score(&Normal)?;
/// assert_eq!(score[0].to_string(), "(x − μ)/σ²");
/// # Ok::<(), fisher_information::symbolic::Refusal>(())
/// ```
///
/// # Errors
/// [`Refusal::SeveralForms`], and as [`LogDensity::of`].
pub fn score<M: SampleSpace>(model: &M) -> Result<Vec<Expression>, Refusal> {
    let density = LogDensity::of(model)?;
    Ok(density.only_branch()?.score(&density.parameters))
}

/// ∂² ln f/∂θ∂θᵀ, the Hessian, of a model whose log-density takes one form.
///
/// # Errors
/// As [`score`].
pub fn hessian<M: SampleSpace>(model: &M) -> Result<Matrix, Refusal> {
    let density = LogDensity::of(model)?;
    let score = density.only_branch()?.score(&density.parameters);
    Ok(Matrix::new(&density.parameters, &density.data, |i, j| {
        score[i.max(j)].derivative(&density.parameters[i.min(j)]).reduced()
    }))
}

impl LogDensity {
    /// The branch, if there is only one.
    fn only_branch(&self) -> Result<&Branch, Refusal> {
        match self.branches.as_slice() {
            [branch] => Ok(branch),
            several => Err(Refusal::SeveralForms { count: several.len() }),
        }
    }
}
