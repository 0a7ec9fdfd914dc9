//! Information geometry: the parameters of a model as a Riemannian manifold, with the Fisher information as its metric.

mod formula;

pub use formula::closed_form_distance;
