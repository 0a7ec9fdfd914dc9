//! Entropy and Kullback–Leibler divergence, as formulas.

use super::{LogLikelihood, Theta};
use crate::scalar::Scalar;

/// The entropy of one observation as a formula: for a density the differential entropy, in nats.
pub trait Entropy: LogLikelihood {
    /// h(θ) = −E\[ln f(x; θ)\].
    fn entropy<D: Scalar>(&self, theta: &Theta<Self, D>) -> D;
}

/// The Kullback–Leibler divergence between two members of a family as a formula, in nats.
///
/// Its second derivative with respect to either argument, where the two are equal, is the Fisher information.
pub trait KullbackLeibler: LogLikelihood {
    /// KL(f(·; θ) ‖ f(·; θ′)) = E_θ\[ln f(x; θ) − ln f(x; θ′)\].
    fn divergence<D: Scalar>(&self, theta: &Theta<Self, D>, other: &Theta<Self, D>) -> D;
}
