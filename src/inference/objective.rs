//! What is maximised: a smooth function of the parameters, known by value, gradient and curvature.

use crate::error::Error;
use crate::expectation::Estimate;
use crate::model::Parameter;
use nalgebra::{DMatrix, DVector};

/// A function of θ that a search can maximise: a log-likelihood, a log-posterior, or either with some parameters held fast.
pub(crate) trait Objective {
    /// The parameters, with the domains that the search has to keep to.
    fn parameters(&self) -> &[Parameter];

    /// The function and its derivatives at θ.
    fn at(&self, theta: &[f64]) -> Result<Local, Error>;

    /// What the curvature is on average over the data that the model expects: the metric of Fisher scoring.
    fn expected_curvature(&self, theta: &[f64]) -> Result<DMatrix<f64>, Error>;
}

/// A function to second order at one θ.
#[derive(Clone, Debug)]
pub(crate) struct Local {
    /// Its value, with the rounding error of that.
    pub value: Estimate,
    /// Its gradient …
    pub gradient: DVector<f64>,
    /// … and the rounding errors of that.
    pub gradient_error: DVector<f64>,
    /// Minus its Hessian.
    pub curvature: DMatrix<f64>,
}

impl Local {
    /// The sum of two functions.
    pub fn plus(self, other: &Self) -> Self {
        Self {
            value: Estimate::new(self.value.value + other.value.value, self.value.error + other.value.error),
            gradient: self.gradient + &other.gradient,
            gradient_error: self.gradient_error + &other.gradient_error,
            curvature: self.curvature + &other.curvature,
        }
    }

    /// The function of some of the parameters alone.
    fn restrict(&self, free: &[usize]) -> Self {
        Self {
            value: self.value,
            gradient: self.gradient.select_rows(free),
            gradient_error: self.gradient_error.select_rows(free),
            curvature: self.curvature.select_rows(free).select_columns(free),
        }
    }
}

/// An objective of which some parameters are held fast: what a profile likelihood maximises.
pub(crate) struct Restricted<'a> {
    objective: &'a dyn Objective,
    /// All parameters; the entries of the free ones are replaced.
    theta: Vec<f64>,
    free: Vec<usize>,
    parameters: Vec<Parameter>,
}

impl<'a> Restricted<'a> {
    /// The objective with all parameters but the free ones held at their values in `theta`.
    pub fn new(objective: &'a dyn Objective, theta: &[f64], free: Vec<usize>) -> Self {
        let parameters = free.iter().map(|&i| objective.parameters()[i].clone()).collect();
        Self { objective, theta: theta.to_vec(), free, parameters }
    }

    /// All parameters, given the free ones.
    pub fn all(&self, free: &[f64]) -> Vec<f64> {
        let mut theta = self.theta.clone();
        for (&place, &value) in self.free.iter().zip(free) {
            theta[place] = value;
        }
        theta
    }

    /// The free ones of all parameters.
    pub fn free(&self, theta: &[f64]) -> Vec<f64> {
        self.free.iter().map(|&i| theta[i]).collect()
    }
}

impl Objective for Restricted<'_> {
    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn at(&self, theta: &[f64]) -> Result<Local, Error> {
        Ok(self.objective.at(&self.all(theta))?.restrict(&self.free))
    }

    fn expected_curvature(&self, theta: &[f64]) -> Result<DMatrix<f64>, Error> {
        let all = self.objective.expected_curvature(&self.all(theta))?;
        Ok(all.select_rows(&self.free).select_columns(&self.free))
    }
}
