//! What a model author writes.
//!
//! | trait | what it says |
//! |---|---|
//! | [`LogLikelihood`] | ln f(x; θ), as a generic function over the number type |
//! | [`SampleSpace`] | where the observations live, so that expectations can be integrated or summed |
//! | [`Sampler`] | how to draw an observation |
//! | [`Quantile`] | how to turn uniform numbers into an observation, for quasi-Monte Carlo |
//! | [`ClosedForm`] | the Fisher matrix as a formula, where one is known |
//! | [`DistributionFunction`] | ln F and ln(1 − F), for truncation and censoring |
//! | [`Entropy`], [`KullbackLeibler`] | entropy and divergence as formulas, where they are known |
//! | [`FisherRao`] | distances between members of the family as formulas, where they are known |
//! | [`ExponentialFamily`] | natural and mean-value parameters |
//!
//! Only the first is needed for scores, Hessians and the observed information of a data set. A model in other coordinates is
//! [`Reparametrised`], and one of which some parameters are known is [`Known`]; both pass on what the model can do.

mod capabilities;
mod data;
mod distribution;
mod divergence;
mod exponential_family;
mod fisher_rao;
mod known;
mod metric_jet;
mod observation;
mod parameters;
mod reparametrised;
mod support;
pub(crate) mod symbol;

pub use crate::domain::Domain;
pub use capabilities::{Capabilities, Stream};
pub use data::{Observations, Subset, Table, Weighted};
pub use distribution::DistributionFunction;
pub use divergence::{Entropy, KullbackLeibler};
pub use exponential_family::{ExponentialFamily, NaturalCoordinates};
pub use fisher_rao::FisherRao;
pub use known::Known;
pub(crate) use metric_jet::MetricJet;
pub use observation::{Observation, Opaque};
pub use parameters::{Dynamic, Extensible, Fixed, OneMore, Parameter, ParameterSpace};
pub(crate) use parameters::{checked_parameters, described, names};
pub(crate) use reparametrised::jacobian;
pub use reparametrised::{CoordinateMap, Elementwise, Link, Reparametrised};
pub use support::Support;

use crate::error::Error;
use crate::scalar::Scalar;
use nalgebra::DMatrix;

/// The parameters of model `M` as numbers `D`: `[D; P]` for [`Fixed<P>`](Fixed), `[D]` for [`Dynamic`].
pub type Theta<M, D> = <<M as LogLikelihood>::Parameters as ParameterSpace>::Of<D>;

/// The parameters of model `M` as an owned value: `[D; P]` or `Vec<D>`.
pub type OwnedTheta<M, D> = <<M as LogLikelihood>::Parameters as ParameterSpace>::Owned<D>;

/// A parameter-by-parameter matrix of model `M`: `[[D; P]; P]` or `DMatrix<D>`.
pub type Square<M, D> = <<M as LogLikelihood>::Parameters as ParameterSpace>::Square<D>;

/// One observation of model `M` as numbers `D`.
pub type Datum<M, D> = <<M as LogLikelihood>::Observation as Observation>::Of<D>;

/// One observation of model `M` as an owned value, as a [`Sampler`] draws it.
pub type OwnedDatum<M> = <<M as LogLikelihood>::Observation as Observation>::Owned;

/// A log-likelihood ℓ(θ; x) = ln f(x; θ) of one observation x.
///
/// Parameters and data arrive in the same number type, so the formula reads as on paper. An observation may be a number, a
/// vector, a row of covariates and response, or a whole series ([`Observation`]).
///
/// ```
/// use fisher_information::prelude::*;
///
/// /// Gamma distribution in shape and rate.
/// struct Gamma;
///
/// impl LogLikelihood for Gamma {
///     type Parameters = Fixed<2>;
///     type Observation = f64;
///
///     fn ln_likelihood<D: Scalar>(&self, &[shape, rate]: &[D; 2], &x: &D) -> D {
///         shape * rate.ln() - shape.ln_gamma() + (shape - 1.0) * x.ln() - rate * x
///     }
/// }
///
/// let value = Gamma.ln_likelihood(&[1.0, 2.0], &0.5);   // an exponential density with rate 2
/// assert!((value - (2.0_f64.ln() - 1.0)).abs() < 1e-15);
/// ```
pub trait LogLikelihood: Sync {
    /// How many parameters there are: [`Fixed<P>`](Fixed) or [`Dynamic`].
    type Parameters: ParameterSpace;

    /// What one observation is: `f64`, `[f64; K]`, `[f64]` (a row) or [`Opaque<T>`](Opaque).
    type Observation: Observation + ?Sized;

    /// ℓ(θ; x) = ln f(x; θ), with its normalising constant. Outside the support the value is −∞ or NaN.
    fn ln_likelihood<D: Scalar>(&self, theta: &Theta<Self, D>, x: &Datum<Self, D>) -> D;

    /// The names and domains of the parameters, in order. Parameters beyond the end of the list are called θ1, θ2, …
    /// by their position and may be any real number.
    fn parameters(&self) -> Vec<Parameter> {
        Vec::new()
    }

    /// What the parameters have to fulfil together, beyond their own domains: that probabilities sum to less than 1, that a
    /// matrix is positive definite.
    ///
    /// # Errors
    /// [`Error::ParametersOutsideDomain`], naming the parameters and the condition.
    fn check(&self, theta: &Theta<Self, f64>) -> Result<(), Error> {
        let _ = theta;
        Ok(())
    }

    /// Where a search for the maximum of the likelihood may begin: a rough estimate from the data, of moments or quantiles, if the
    /// model knows one.
    fn starting_values(&self, data: &dyn Observations<Self::Observation>) -> Option<OwnedTheta<Self, f64>> {
        let _ = data;
        None
    }

    /// The value ℓ, the score into `score` and the lower triangle of the Hessian, row after row, into `hessian`, if the model knows
    /// a shorter way to them than dual numbers over all its parameters.
    ///
    /// A regression does: the likelihood of a row depends on its many coefficients through one or two linear predictors. The results
    /// are those of dual numbers, to rounding.
    #[inline(always)]
    fn second_order(
        &self,
        theta: &Theta<Self, f64>,
        x: &Datum<Self, f64>,
        score: &mut [f64],
        hessian: &mut [f64],
    ) -> Option<f64> {
        let _ = (theta, x, score, hessian);
        None
    }
}

/// Where the observations of a model live.
pub trait SampleSpace: LogLikelihood {
    /// The set of x with f(x; θ) > 0.
    fn support(&self, theta: &Theta<Self, f64>) -> Support;

    /// The set of responses with f(x; θ) > 0 given the covariates of a row, where they matter: the number of trials of a
    /// binomial response, say.
    fn support_given(&self, theta: &Theta<Self, f64>, row: &Datum<Self, f64>) -> Support {
        let _ = row;
        self.support(theta)
    }

    /// The expected information of a row's response given its covariates, and the absolute errors of its entries, if the model knows a
    /// shorter way to it than an expectation over all its parameters.
    fn information_given(
        &self,
        theta: &Theta<Self, f64>,
        row: &Datum<Self, f64>,
    ) -> Option<Result<[DMatrix<f64>; 2], Error>> {
        let _ = (theta, row);
        None
    }

    /// What else is known of the model, so that [`expected`](crate::information::expected) can use it without being asked:
    /// `Capabilities::none().closed_form().sampler()` for a model that implements [`ClosedForm`] and [`Sampler`].
    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none()
    }
}

/// How to draw an observation.
pub trait Sampler: LogLikelihood {
    /// One observation drawn from f(·; θ).
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &Theta<Self, f64>, rng: &mut R) -> OwnedDatum<Self>;

    /// One observation with the covariates of this row and a response drawn given them, where they matter: the number of trials of
    /// a binomial response, say.
    fn sample_given<R: rand::Rng + ?Sized>(
        &self,
        theta: &Theta<Self, f64>,
        row: &Datum<Self, f64>,
        rng: &mut R,
    ) -> OwnedDatum<Self> {
        let _ = row;
        self.sample(theta, rng)
    }
}

/// How uniform numbers become an observation: the inverse of the distribution function, or of the Rosenblatt transform
/// in several dimensions.
pub trait Quantile: LogLikelihood {
    /// How many uniform numbers one observation takes.
    fn uniforms(&self) -> usize {
        1
    }

    /// The observation at the uniform numbers `u`, each strictly between 0 and 1.
    fn quantile(&self, theta: &Theta<Self, f64>, u: &[f64]) -> OwnedDatum<Self>;
}

/// The expected Fisher information of one observation as a formula.
///
/// It is generic over the number type itself, so that a metric can be differentiated.
pub trait ClosedForm: LogLikelihood {
    /// I(θ) = E\[s sᵀ\], with s = ∂ℓ/∂θ, in the order of the parameters.
    fn information<D: Scalar>(&self, theta: &Theta<Self, D>) -> Square<Self, D>;
}
