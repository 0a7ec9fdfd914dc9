//! Exponential families: natural and mean-value parameters.

use super::{CoordinateMap, Datum, LogLikelihood, OwnedTheta, Parameter, Theta};
use crate::scalar::Scalar;

/// A full exponential family: ln f(x; θ) = η(θ)·T(x) − A(η(θ)) + ln h(x), with as many natural parameters η as θ has entries.
///
/// The mean-value parameters are m = E\[T\] = ∇A(η), and the information in natural coordinates is ∇²A(η).
///
/// Source: Barndorff-Nielsen, *Information and Exponential Families* (1978), chapter 8.
pub trait ExponentialFamily: LogLikelihood {
    /// T(x), the sufficient statistic.
    fn sufficient_statistic<D: Scalar>(&self, x: &Datum<Self, D>) -> OwnedTheta<Self, D>;

    /// η(θ), the natural parameters.
    fn natural<D: Scalar>(&self, theta: &Theta<Self, D>) -> OwnedTheta<Self, D>;

    /// θ(η), the model's own parameters.
    #[allow(clippy::wrong_self_convention)] // the model is the family, not one member of it
    fn from_natural<D: Scalar>(&self, eta: &Theta<Self, D>) -> OwnedTheta<Self, D>;

    /// A(η), the logarithm of the partition function: ln ∫ h(x) exp(η·T(x)) dx.
    fn ln_partition<D: Scalar>(&self, eta: &Theta<Self, D>) -> D;

    /// m(θ) = E\[T\], the mean-value parameters.
    fn mean_value<D: Scalar>(&self, theta: &Theta<Self, D>) -> OwnedTheta<Self, D>;

    /// The names and domains of the natural parameters.
    fn natural_parameters(&self) -> Vec<Parameter>;
}

/// The natural parameters of an exponential family as coordinates of a [`Reparametrised`](super::Reparametrised) model.
///
/// ```
/// use fisher_information::{distributions::Poisson, information::expected, model::{NaturalCoordinates, Reparametrised}};
///
/// let natural = Reparametrised::new(Poisson, NaturalCoordinates(Poisson));   // η = ln λ
/// let information = expected(&natural, &[4.0_f64.ln()])?;
/// assert!((information.matrix()[(0, 0)] - 4.0).abs() < 1e-13);               // A″(η) = eᶯ = λ
/// # Ok::<(), fisher_information::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct NaturalCoordinates<M>(pub M);

impl<M: ExponentialFamily> CoordinateMap<M::Parameters> for NaturalCoordinates<M> {
    fn map<D: Scalar>(&self, eta: &Theta<M, D>) -> OwnedTheta<M, D> {
        self.0.from_natural(eta)
    }

    fn parameters(&self, _: Vec<Parameter>) -> Vec<Parameter> {
        self.0.natural_parameters()
    }
}
