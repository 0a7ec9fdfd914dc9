//! The expected information in closed form.

use super::density::LogDensity;
use super::expression::{Expression, Symbol};
use super::family::Decomposition;
use super::solve::Solution;
use super::{Refusal, Verification};
use crate::model::SampleSpace;
use crate::scalar::Scalar;

/// The expected Fisher information of one observation as formulas in the parameters.
#[derive(Clone, Debug)]
pub struct ExpectedInformation {
    parameters: Vec<Symbol>,
    entries: Vec<Vec<Expression>>,
    verification: Verification,
}

impl ExpectedInformation {
    /// The parameters, as they are written.
    #[must_use]
    pub fn parameters(&self) -> &[Symbol] {
        &self.parameters
    }

    /// The entries, row by row.
    #[must_use]
    pub fn entries(&self) -> &[Vec<Expression>] {
        &self.entries
    }

    /// How the formula compares with the density.
    #[must_use]
    pub fn verification(&self) -> &Verification {
        &self.verification
    }

    /// The matrix at θ, row by row.
    pub fn evaluate<D: Scalar>(&self, theta: &[D]) -> Vec<Vec<D>> {
        self.entries.iter().map(|row| row.iter().map(|entry| entry.evaluate(theta, &[])).collect()).collect()
    }
}

/// The expected information in closed form.
///
/// # Errors
/// A [`Refusal`], which says why there is none.
pub fn expected_information<M: SampleSpace>(model: &M) -> Result<ExpectedInformation, Refusal> {
    of(model, &LogDensity::of(model)?)
}

/// By one branch of the density as if it were the whole, where the verification says whether it is; then by all of them.
fn of<M: SampleSpace>(model: &M, density: &LogDensity) -> Result<ExpectedInformation, Refusal> {
    let parameters = &density.parameters;
    let verified = |solution: Solution| {
        let verification = Verification::of(model, &solution.information)?;
        Ok(ExpectedInformation { parameters: parameters.clone(), entries: solution.information, verification })
    };
    let by_branch = |branch: usize| Solution::of(&Decomposition::of_branch(density, branch)?, parameters, &[]);
    let whole = by_branch(0).and_then(verified);
    if whole.is_ok() || density.branches.len() == 1 {
        return whole;
    }
    let others = (1..density.branches.len()).find_map(|branch| by_branch(branch).and_then(verified).ok());
    others.map_or_else(|| by_all(density).and_then(verified), Ok)
}

/// By all branches. The probability of a branch that consists of one point is known; it is asked for only if the equations do
/// without it too little.
fn by_all(density: &LogDensity) -> Result<Solution, Refusal> {
    let family = Decomposition::of_all(density)?;
    match Solution::of(&family, &density.parameters, &[]) {
        Err(Refusal::Curved { .. }) => {}
        answer => return answer,
    }
    let probability = |(index, branch): (usize, &super::Branch)| {
        let indicator = family.indicator(index)?;
        branch.isolated.then(|| (indicator, branch.among_others().exp().reduced()))
    };
    let known: Vec<_> = density.branches.iter().enumerate().filter_map(probability).collect();
    Solution::of(&family, &density.parameters, &known)
}
