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

/// By the branches of the density, each as if it were the whole, then all of them together.
fn of<M: SampleSpace>(model: &M, density: &LogDensity) -> Result<ExpectedInformation, Refusal> {
    let branches = density.branches.len();
    let mut tried: Vec<Vec<usize>> = (0..branches).map(|branch| vec![branch]).collect();
    if branches > 1 {
        tried.push((0..branches).collect());
    }
    let mut refusal = None;
    for chosen in tried {
        let found = Decomposition::of(density, &chosen).and_then(|family| Solution::of(&family, &density.parameters));
        match found.and_then(|solution| Ok((Verification::of(model, &solution.information)?, solution.information))) {
            Ok((verification, entries)) => {
                return Ok(ExpectedInformation { parameters: density.parameters.clone(), entries, verification });
            }
            Err(why) => refusal = Some(refusal.unwrap_or(why)),
        }
    }
    Err(refusal.unwrap_or(Refusal::NoPoint { tried: 0, last: None }))
}
