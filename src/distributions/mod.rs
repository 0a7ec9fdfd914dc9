//! The catalogue: one file a family, each with its density, support, sampler and source, and its closed forms where they are
//! known: the Fisher matrix, distribution function, quantiles, entropy, Kullback–Leibler divergence, natural parameters.
//!
//! The structures below are in the order of the alphabet; the [catalogue note](crate::notes::catalogue) has them by kind, with
//! density and Fisher matrix as formulas. Other coordinates, such as the logarithm of a rate, are a
//! [`Reparametrised`](crate::model::Reparametrised) away. [`visit_all`] walks over all families; the note on
//! [adding a family](crate::notes::adding_a_family) says what one consists of.

mod catalogue;
mod composite;
mod continuous;
mod discrete;
mod multivariate;
pub(crate) mod numerics;

pub use catalogue::{Visitor, visit_all};
pub use composite::*;
pub use continuous::*;
pub use discrete::*;
pub use multivariate::*;
