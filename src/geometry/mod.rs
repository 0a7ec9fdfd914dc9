//! Information geometry: the parameters of a model as a Riemannian manifold, with the Fisher information as its metric.

pub mod merging;
