//! The expected information in closed form.

use super::density::LogDensity;
use super::expression::limited;
use super::family::Decomposition;
use super::group::{Action, Number};
use super::solve::Solution;
use super::{MOST_PRODUCTS, Matrix, Refusal, Verification};
use crate::model::SampleSpace;
use crate::scalar::Scalar;
use std::fmt;

/// How a closed form was derived.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Derivation {
    /// From E\[score\] = 0, solved for the expectations of the sufficient statistics.
    ExponentialFamily {
        /// How many statistics there are.
        statistics: usize,
    },
    /// The same, where the probabilities of single points of the sample space were used as well.
    WithProbabilities {
        /// How many statistics there are.
        statistics: usize,
        /// How many points.
        points: usize,
    },
    /// By a group that moves one member of the family to all others, with numbers found by quadrature.
    Group {
        /// How the parameters move the observation.
        action: Action,
        /// The numbers.
        numbers: Vec<Number>,
    },
}

/// The expected Fisher information of one observation as formulas in the parameters.
#[derive(Clone, Debug)]
pub struct ExpectedInformation {
    matrix: Matrix,
    derivation: Derivation,
    verification: Verification,
}

impl ExpectedInformation {
    /// The matrix of formulas.
    #[must_use]
    pub fn matrix(&self) -> &Matrix {
        &self.matrix
    }

    /// How it was derived.
    #[must_use]
    pub fn derivation(&self) -> &Derivation {
        &self.derivation
    }

    /// How the formulas compare with the density.
    #[must_use]
    pub fn verification(&self) -> &Verification {
        &self.verification
    }

    /// The matrix at θ, row by row, in any number type.
    pub fn evaluate<D: Scalar>(&self, theta: &[D]) -> Vec<Vec<D>> {
        self.matrix.evaluate(theta)
    }

    /// The matrix at θ, given a row with covariates.
    pub fn evaluate_given<D: Scalar>(&self, theta: &[D], row: &[D]) -> Vec<Vec<D>> {
        self.matrix.evaluate_given(theta, row)
    }
}

impl fmt::Display for ExpectedInformation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.matrix.fmt(f)
    }
}

/// The expected information in closed form, found from nothing but the code of the log-density.
///
/// The log-density is taken apart into functions of θ times functions of x; E\[score\] = 0 is solved for the expectations of the latter, and
/// these are put into −E\[Hessian\]. Families of a location, a scale or a power, which are not of this kind, are moved to one
/// of their members. Before it is returned the formula is compared with E\[s sᵀ\] by quadrature or summation at three scattered points, and
/// at one beyond the thresholds that the code has for single parameters.
///
/// ```
/// use fisher_information::{distributions::Gamma, symbolic::expected_information};
///
/// let information = expected_information(&Gamma)?;
/// let entry = |i: usize, j: usize| information.matrix().rows()[i][j].to_string();
/// assert_eq!([entry(0, 0), entry(0, 1), entry(1, 1)], ["ψ₁(α)", "−1/β", "α/β²"]);
/// assert!(information.verification().difference < 1e-10);
/// # Ok::<(), fisher_information::symbolic::Refusal>(())
/// ```
///
/// # Errors
/// A [`Refusal`], which says why there is none.
pub fn expected_information<M: SampleSpace>(model: &M) -> Result<ExpectedInformation, Refusal> {
    of_density(model, &LogDensity::of(model)?)
}

/// The expected information of a response, given the covariates of its row, in closed form: the covariates are variables of the
/// formulas. It is compared with quadrature at each of the given rows.
///
/// ```
/// use fisher_information::prelude::*;
/// use fisher_information::symbolic::expected_information_given;
///
/// /// Counts y with mean exp(a + b x), in rows (x, y).
/// struct Counts;
///
/// impl LogLikelihood for Counts {
///     type Parameters = Fixed<2>;
///     type Observation = [f64; 2];
///     fn ln_likelihood<D: Scalar>(&self, &[a, b]: &[D; 2], &[x, y]: &[D; 2]) -> D {
///         let ln_mean = a + b * x;
///         y * ln_mean - ln_mean.exp() - (y + 1.0).ln_gamma()
///     }
///     fn parameters(&self) -> Vec<Parameter> { vec![Parameter::real("a"), Parameter::real("b")] }
/// }
///
/// impl SampleSpace for Counts {
///     fn support(&self, _: &[f64; 2]) -> Support { Support::response(1, Support::counts()) }
/// }
///
/// let information = expected_information_given(&Counts, &[vec![0.5, 0.0], vec![-1.0, 0.0]])?;
/// let entry = |i: usize, j: usize| information.matrix().rows()[i][j].text();
/// assert_eq!([entry(0, 0), entry(0, 1), entry(1, 1)], ["exp(a + b*x)", "x*exp(a + b*x)", "x^2*exp(a + b*x)"]);
/// # Ok::<(), fisher_information::symbolic::Refusal>(())
/// ```
///
/// # Errors
/// As [`expected_information`], and [`Error::NoData`](crate::Error::NoData) without rows.
pub fn expected_information_given<M: SampleSpace>(
    model: &M,
    rows: &[Vec<f64>],
) -> Result<ExpectedInformation, Refusal> {
    of_density(model, &LogDensity::given(model, rows)?)
}

/// The same for a log-density traced at chosen parameters.
///
/// # Errors
/// As [`expected_information`].
pub fn of_density<M: SampleSpace>(model: &M, density: &LogDensity) -> Result<ExpectedInformation, Refusal> {
    limited(MOST_PRODUCTS, || search(model, density))
}

fn search<M: SampleSpace>(model: &M, density: &LogDensity) -> Result<ExpectedInformation, Refusal> {
    let solved = |derivation: Derivation, solution: Solution| {
        let matrix = Matrix::new(&density.parameters, &density.data, |i, j| solution.information[i][j].clone());
        verified(model, density, matrix, derivation)
    };
    // One branch as if it were the whole: the verification says whether it is.
    let by_branch = |branch: usize| {
        let family = Decomposition::of_branch(density, branch)?;
        let solution = Solution::of(&family, &density.parameters, &[])?;
        solved(Derivation::ExponentialFamily { statistics: family.statistics.len() }, solution)
    };
    let mut answer = by_branch(0);
    for branch in 1..density.branches.len() {
        answer = answer.or_else(|_| by_branch(branch));
    }
    if density.branches.len() > 1 {
        answer = answer.or_else(|_| by_all(density).and_then(|(derivation, solution)| solved(derivation, solution)));
    }
    // If no group moves it either, the refusal is that of the equations.
    answer.or_else(|refusal| by_group(model, density).and_then(Result::ok).ok_or(refusal))
}

/// By a group, if one acts on the family.
fn by_group<M: SampleSpace>(model: &M, density: &LogDensity) -> Option<Result<ExpectedInformation, Refusal>> {
    let action = Action::of(density)?;
    let moved = action.information(model, &density.parameters);
    Some(moved.and_then(|(matrix, numbers)| verified(model, density, matrix, Derivation::Group { action, numbers })))
}

fn verified<M: SampleSpace>(
    model: &M,
    density: &LogDensity,
    matrix: Matrix,
    derivation: Derivation,
) -> Result<ExpectedInformation, Refusal> {
    let verification = Verification::of(model, density, matrix.rows())?;
    Ok(ExpectedInformation { matrix, derivation, verification })
}

/// By all branches. The probability of a branch that consists of one point is known; it is used only if the equations alone do not
/// determine the answer.
fn by_all(density: &LogDensity) -> Result<(Derivation, Solution), Refusal> {
    let family = Decomposition::of_all(density)?;
    let statistics = family.statistics.len();
    match Solution::of(&family, &density.parameters, &[]) {
        Err(Refusal::Curved { .. }) => {}
        answer => return answer.map(|solution| (Derivation::ExponentialFamily { statistics }, solution)),
    }
    let probability = |(index, branch): (usize, &super::Branch)| {
        let indicator = family.indicator(index)?;
        branch.isolated.then(|| (indicator, branch.among_others().exp().reduced()))
    };
    let known: Vec<_> = density.branches.iter().enumerate().filter_map(probability).collect();
    let solution = Solution::of(&family, &density.parameters, &known)?;
    Ok((Derivation::WithProbabilities { statistics, points: known.len() }, solution))
}
