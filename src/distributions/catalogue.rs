//! A walk over all families, for tests, benchmarks and tables.

use super::{
    Bernoulli, Beta, Binomial, Cauchy, Exponential, Gamma, Laplace, LogNormal, Normal, Poisson, StudentT, Weibull,
};
use crate::model::{ClosedForm, SampleSpace, Sampler};
use std::num::NonZeroU32;

/// What is done to each family of the catalogue.
///
/// A trait rather than a closure, since each family is a type of its own.
pub trait Visitor {
    /// Called once a family, with three parameter vectors, the last of them awkward. A vector becomes a θ by
    /// [`ParameterSpace::from_slice`](crate::model::ParameterSpace::from_slice).
    fn visit<M: SampleSpace + Sampler + ClosedForm>(&mut self, family: &'static str, model: &M, points: &[&[f64]]);
}

/// Shows every family of the catalogue to a visitor.
///
/// ```
/// use fisher_information::distributions::{Visitor, visit_all};
/// use fisher_information::model::{ClosedForm, SampleSpace, Sampler};
///
/// struct Count(usize);
///
/// impl Visitor for Count {
///     fn visit<M: SampleSpace + Sampler + ClosedForm>(&mut self, _: &'static str, model: &M, points: &[&[f64]]) {
///         assert!(points.iter().all(|theta| theta.len() == model.parameters().len()));
///         self.0 += 1;
///     }
/// }
///
/// let mut families = Count(0);
/// visit_all(&mut families);
/// assert_eq!(families.0, 12);
/// ```
pub fn visit_all(visitor: &mut impl Visitor) {
    let ten = Binomial::new(NonZeroU32::MIN.saturating_add(9));

    visitor.visit("normal", &Normal, &[&[0.0, 1.0], &[-3.5, 0.25], &[1e6, 1e-3]]);
    visitor.visit("lognormal", &LogNormal, &[&[0.0, 1.0], &[-2.0, 0.25], &[10.0, 8.0]]);
    visitor.visit("exponential", &Exponential, &[&[1.0], &[4.5], &[1e-3]]);
    visitor.visit("gamma", &Gamma, &[&[1.0, 1.0], &[2.5, 0.75], &[0.03125, 4.0]]);
    visitor.visit("Weibull", &Weibull, &[&[1.0, 1.0], &[2.5, 3.0], &[0.125, 0.5]]);
    visitor.visit("beta", &Beta, &[&[1.0, 1.0], &[2.5, 0.75], &[500.0, 2.0]]);
    visitor.visit("Laplace", &Laplace, &[&[0.0, 1.0], &[-1.5, 0.25], &[1e3, 1e-3]]);
    visitor.visit("Cauchy", &Cauchy, &[&[0.0, 1.0], &[-2.25, 0.25], &[5.0, 1e3]]);
    visitor.visit("Student's t", &StudentT, &[&[0.0, 1.0, 3.0], &[1.5, 2.0, 0.5], &[-1.0, 0.5, 100.0]]);
    visitor.visit("Bernoulli", &Bernoulli, &[&[0.5], &[0.25], &[0.9990234375]]);
    visitor.visit("binomial", &ten, &[&[0.5], &[0.25], &[0.9990234375]]);
    visitor.visit("Poisson", &Poisson, &[&[1.0], &[4.5], &[1e3]]);
}
