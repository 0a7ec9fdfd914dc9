//! A walk over all families, for tests, benchmarks and tables.

use super::{composite, continuous, discrete, multivariate};
use crate::model::{ClosedForm, SampleSpace, Sampler};

/// What is done to each family of the catalogue.
///
/// A trait rather than a closure, since each family is a type of its own. Where one type for all is better, collect them into
/// [`Entry`](crate::any::Entry)s.
pub trait Visitor {
    /// Called once a family, with three parameter vectors, the last of them awkward. A vector becomes a θ by
    /// [`ParameterSpace::from_slice`](crate::model::ParameterSpace::from_slice).
    fn visit<M>(&mut self, family: &'static str, model: &M, points: &[&[f64]])
    where
        M: SampleSpace + Sampler + Clone + Send + 'static;

    /// Called instead of [`visit`](Self::visit) for a family whose Fisher matrix is known as a formula.
    fn visit_closed_form<M>(&mut self, family: &'static str, model: &M, points: &[&[f64]])
    where
        M: SampleSpace + Sampler + ClosedForm + Clone + Send + 'static,
    {
        self.visit(family, model, points);
    }
}

/// Shows every family of the catalogue to a visitor.
///
/// ```
/// use fisher_information::distributions::{Visitor, visit_all};
/// use fisher_information::model::{SampleSpace, Sampler};
///
/// struct Count(usize);
///
/// impl Visitor for Count {
///     fn visit<M>(&mut self, _: &'static str, model: &M, points: &[&[f64]])
///     where
///         M: SampleSpace + Sampler + Clone + Send + 'static,
///     {
///         assert!(points.iter().all(|theta| theta.len() == model.parameters().len()));
///         self.0 += 1;
///     }
/// }
///
/// let mut families = Count(0);
/// visit_all(&mut families);
/// assert!(families.0 >= 45);
/// ```
pub fn visit_all(visitor: &mut impl Visitor) {
    continuous::visit(visitor);
    discrete::visit(visitor);
    multivariate::visit(visitor);
    composite::visit(visitor);
}
