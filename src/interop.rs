//! From and to the distributions of `statrs`.
//!
//! ```
//! use fisher_information::interop::Counterpart;
//! use statrs::distribution::Gamma;
//!
//! let information = Gamma::new(2.0, 0.5)?.fisher_information()?;
//! assert_eq!(information.get("rate", "rate")?.value, 8.0);       // α/β²
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::distributions as ours;
use crate::error::Error;
use crate::information::{Expected, Information, expected};
use crate::model::{OwnedTheta, SampleSpace, Theta};
use std::borrow::Borrow;
use std::fmt::Display;
use std::num::NonZeroU32;

mod theirs {
    pub(super) use statrs::distribution::*;
}

/// A distribution of `statrs` that the catalogue has as a family.
///
/// Distributions with nothing to differentiate by, such as the uniform or the hypergeometric, are not here.
pub trait Counterpart: Sized {
    /// The family.
    type Model: SampleSpace;

    /// The family, and the θ of this distribution.
    ///
    /// # Errors
    /// [`Error::NoCounterpart`] where the family has no such member: a number of trials of zero or beyond 2³² − 1, a probability
    /// of 0 or 1 (found when θ is used).
    fn model(&self) -> Result<(Self::Model, OwnedTheta<Self::Model, f64>), Error>;

    /// The member of a family at θ as a distribution of `statrs`.
    ///
    /// # Errors
    /// [`Error::NoCounterpart`] with the reason that `statrs` gives.
    fn from_model(model: &Self::Model, theta: &Theta<Self::Model, f64>) -> Result<Self, Error>;

    /// The Fisher information of one observation about the parameters of the family.
    ///
    /// # Errors
    /// As [`model`](Self::model) and [`expected`].
    fn fisher_information(&self) -> Result<Information<Expected>, Error> {
        let (model, theta) = self.model()?;
        expected(&model, theta.borrow())
    }
}

/// Why there is no counterpart.
fn refusal(distribution: &'static str) -> impl Fn(&dyn Display) -> Error {
    move |reason| Error::NoCounterpart { distribution, reason: reason.to_string() }
}

/// Trials as the catalogue counts them.
fn trials(distribution: &'static str, n: u64) -> Result<NonZeroU32, Error> {
    let trials = u32::try_from(n).ok().and_then(NonZeroU32::new);
    trials.ok_or_else(|| refusal(distribution)(&format!("{n} trials, where 1 to {} are possible", u32::MAX)))
}

/// A number of degrees of freedom that has to be whole.
fn whole(distribution: &'static str, value: f64) -> Result<u64, Error> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // whole, positive and below 2⁵³
    if value.fract() == 0.0 && (1.0..9e15).contains(&value) {
        return Ok(value as u64);
    }
    Err(refusal(distribution)(&format!("{value} is not a whole number")))
}

/// `distribution: family, its θ, and back`
macro_rules! counterparts {
    ($($distribution:ident: $family:ty, |$this:ident| $model:expr, $theta:expr; |$back:ident, $pattern:pat_param| $new:expr;)*) => {
        $(impl Counterpart for theirs::$distribution {
            type Model = $family;

            fn model(&self) -> Result<(Self::Model, OwnedTheta<Self::Model, f64>), Error> {
                let $this = self;
                Ok(($model, $theta))
            }

            fn from_model($back: &Self::Model, $pattern: &Theta<Self::Model, f64>) -> Result<Self, Error> {
                let _ = $back;
                $new.map_err(|reason| refusal(stringify!($distribution))(&reason))
            }
        })*
    };
}

#[allow(clippy::cast_precision_loss)] // shapes and degrees of freedom far below 2⁵³
mod univariate {
    use super::*;

    counterparts! {
        Beta: ours::Beta, |d| ours::Beta, [d.shape_a(), d.shape_b()];
            |_m, &[a, b]| theirs::Beta::new(a, b);
        Cauchy: ours::Cauchy, |d| ours::Cauchy, [d.location(), d.scale()];
            |_m, &[location, scale]| theirs::Cauchy::new(location, scale);
        Exp: ours::Exponential, |d| ours::Exponential, [d.rate()];
            |_m, &[rate]| theirs::Exp::new(rate);
        Gamma: ours::Gamma, |d| ours::Gamma, [d.shape(), d.rate()];
            |_m, &[shape, rate]| theirs::Gamma::new(shape, rate);
        Laplace: ours::Laplace, |d| ours::Laplace, [d.location(), d.scale()];
            |_m, &[location, scale]| theirs::Laplace::new(location, scale);
        LogNormal: ours::LogNormal, |d| ours::LogNormal, [d.location(), d.scale()];
            |_m, &[mean, deviation]| theirs::LogNormal::new(mean, deviation);
        StudentsT: ours::StudentT, |d| ours::StudentT, [d.location(), d.scale(), d.freedom()];
            |_m, &[location, scale, freedom]| theirs::StudentsT::new(location, scale, freedom);
        Weibull: ours::Weibull, |d| ours::Weibull, [d.shape(), d.scale()];
            |_m, &[shape, scale]| theirs::Weibull::new(shape, scale);
        Bernoulli: ours::Bernoulli, |d| ours::Bernoulli, [d.p()];
            |_m, &[p]| theirs::Bernoulli::new(p);
        Binomial: ours::Binomial, |d| ours::Binomial::new(trials("Binomial", d.n())?), [d.p()];
            |m, &[p]| theirs::Binomial::new(p, m.trials().get().into());
        Poisson: ours::Poisson, |d| ours::Poisson, [d.lambda()];
            |_m, &[rate]| theirs::Poisson::new(rate);
    }
}
