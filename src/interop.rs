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

use crate::derivatives::{packed_index, packed_length};
use crate::distributions as ours;
use crate::error::Error;
use crate::information::{Expected, Information, expected};
use crate::model::{OwnedTheta, SampleSpace, Theta};
use nalgebra::{DMatrix, Dyn};
use statrs::distribution::{self as theirs, Discrete};
use statrs::statistics::{Distribution, Max};
use std::borrow::Borrow;
use std::fmt::Display;
use std::num::NonZeroU32;

/// A distribution of `statrs` that the catalogue has as the family `M`.
///
/// Distributions with nothing to differentiate by, such as the uniform or the hypergeometric, are not here. Where the type of
/// the family has a size that `statrs` knows at run time only, the family is named:
///
/// ```
/// use fisher_information::{distributions::Categorical, interop::Counterpart};
///
/// let die = statrs::distribution::Categorical::new(&[1.0, 2.0, 1.0])?;
/// let (model, theta): (Categorical<2>, _) = die.model()?;        // the last probability is what is left
/// assert_eq!(theta, [0.25, 0.5]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Counterpart<M: SampleSpace>: Sized {
    /// The family, and the θ of this distribution.
    ///
    /// # Errors
    /// [`Error::NoCounterpart`] where the family has no such member, for instance with no trials at all.
    fn model(&self) -> Result<(M, OwnedTheta<M, f64>), Error>;

    /// The member of a family at θ as a distribution of `statrs`.
    ///
    /// # Errors
    /// [`Error::NoCounterpart`] with the reason that `statrs` gives.
    fn from_model(model: &M, theta: &Theta<M, f64>) -> Result<Self, Error>;

    /// The Fisher information of one observation about the parameters of the family.
    ///
    /// # Errors
    /// As [`model`](Self::model) and [`expected`].
    fn fisher_information(&self) -> Result<Information<Expected>, Error> {
        let (model, theta) = self.model()?;
        expected(&model, theta.borrow())
    }
}

fn refusal(distribution: &'static str, reason: impl Display) -> Error {
    Error::NoCounterpart { distribution, reason: reason.to_string() }
}

/// Trials as the catalogue counts them.
fn trials(distribution: &'static str, n: u64) -> Result<NonZeroU32, Error> {
    let trials = u32::try_from(n).ok().and_then(NonZeroU32::new);
    trials.ok_or_else(|| refusal(distribution, format!("{n} trials, where 1 to {} are possible", u32::MAX)))
}

/// A number that `statrs` wants to be whole.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // whole, positive and below 2⁵³
fn whole(distribution: &'static str, value: f64) -> Result<u64, Error> {
    if value.fract() == 0.0 && (1.0..9e15).contains(&value) {
        return Ok(value as u64);
    }
    Err(refusal(distribution, format!("{value} is not a positive whole number")))
}

/// A moment that `statrs` gives as an option.
fn known(distribution: &'static str, moment: Option<f64>) -> Result<f64, Error> {
    moment.ok_or_else(|| refusal(distribution, "a parameter is not to be had"))
}

/// All but the last of the probabilities, of which the family has `P`.
fn free<const P: usize>(distribution: &'static str, probabilities: &[f64]) -> Result<[f64; P], Error> {
    let all_but_last = probabilities.split_last().map_or(&[][..], |(_, rest)| rest);
    all_but_last.try_into().map_err(|_| {
        refusal(distribution, format!("{} categories, where the family has {}", probabilities.len(), P + 1))
    })
}

/// All probabilities, the last too.
fn all(free: &[f64]) -> Vec<f64> {
    free.iter().copied().chain([1.0 - free.iter().sum::<f64>()]).collect()
}

/// `distribution: family, |distribution| family and θ; |family, θ| distribution;`
macro_rules! counterparts {
    ($($distribution:ident: $family:ty, |$this:ident| $model:expr, $theta:expr; |$back:pat_param, $pattern:pat_param| $new:expr;)*) => {
        $(impl Counterpart<$family> for theirs::$distribution {
            fn model(&self) -> Result<($family, OwnedTheta<$family, f64>), Error> {
                let $this = self;
                Ok(($model, $theta))
            }

            fn from_model($back: &$family, $pattern: &Theta<$family, f64>) -> Result<Self, Error> {
                $new.map_err(|reason| refusal(stringify!($distribution), reason))
            }
        })*
    };
}

counterparts! {
    Beta: ours::Beta, |d| ours::Beta, [d.shape_a(), d.shape_b()];
        |_, &[a, b]| theirs::Beta::new(a, b);
    Cauchy: ours::Cauchy, |d| ours::Cauchy, [d.location(), d.scale()];
        |_, &[location, scale]| theirs::Cauchy::new(location, scale);
    ChiSquared: ours::ChiSquared, |d| ours::ChiSquared, [d.freedom()];
        |_, &[freedom]| theirs::ChiSquared::new(freedom);
    Exp: ours::Exponential, |d| ours::Exponential, [d.rate()];
        |_, &[rate]| theirs::Exp::new(rate);
    FisherSnedecor: ours::FisherSnedecor, |d| ours::FisherSnedecor, [d.freedom_1(), d.freedom_2()];
        |_, &[numerator, denominator]| theirs::FisherSnedecor::new(numerator, denominator);
    Gamma: ours::Gamma, |d| ours::Gamma, [d.shape(), d.rate()];
        |_, &[shape, rate]| theirs::Gamma::new(shape, rate);
    Gumbel: ours::Gumbel, |d| ours::Gumbel, [d.location(), d.scale()];
        |_, &[location, scale]| theirs::Gumbel::new(location, scale);
    InverseGamma: ours::InverseGamma, |d| ours::InverseGamma, [d.shape(), d.rate()];
        |_, &[shape, scale]| theirs::InverseGamma::new(shape, scale);
    Laplace: ours::Laplace, |d| ours::Laplace, [d.location(), d.scale()];
        |_, &[location, scale]| theirs::Laplace::new(location, scale);
    Levy: ours::Levy, |d| ours::Levy::new(d.mu())?, [d.c()];
        |levy, &[scale]| theirs::Levy::new(levy.location(), scale);
    LogNormal: ours::LogNormal, |d| ours::LogNormal, [d.location(), d.scale()];
        |_, &[mean, deviation]| theirs::LogNormal::new(mean, deviation);
    Normal: ours::Normal, |d| ours::Normal, [known("Normal", d.mean())?, known("Normal", d.std_dev())?];
        |_, &[mean, deviation]| theirs::Normal::new(mean, deviation);
    Pareto: ours::Pareto, |d| ours::Pareto::new(d.scale())?, [d.shape()];
        |pareto, &[shape]| theirs::Pareto::new(pareto.minimum(), shape);
    StudentsT: ours::StudentT, |d| ours::StudentT, [d.location(), d.scale(), d.freedom()];
        |_, &[location, scale, freedom]| theirs::StudentsT::new(location, scale, freedom);
    Weibull: ours::Weibull, |d| ours::Weibull, [d.shape(), d.scale()];
        |_, &[shape, scale]| theirs::Weibull::new(shape, scale);
    Bernoulli: ours::Bernoulli, |d| ours::Bernoulli, [d.p()];
        |_, &[probability]| theirs::Bernoulli::new(probability);
    Binomial: ours::Binomial, |d| ours::Binomial::new(trials("Binomial", d.n())?), [d.p()];
        |binomial, &[probability]| theirs::Binomial::new(probability, binomial.trials().get().into());
    Geometric: ours::Geometric, |d| ours::Geometric, [d.p()];
        |_, &[probability]| theirs::Geometric::new(probability);
    NegativeBinomial: ours::NegativeBinomial, |d| ours::NegativeBinomial, [d.r(), d.p()];
        |_, &[size, probability]| theirs::NegativeBinomial::new(size, probability);
    Poisson: ours::Poisson, |d| ours::Poisson, [d.lambda()];
        |_, &[rate]| theirs::Poisson::new(rate);
}

/// The degrees of freedom of `statrs` are whole.
#[allow(clippy::cast_precision_loss)] // exact below 2⁵³
impl Counterpart<ours::Chi> for theirs::Chi {
    fn model(&self) -> Result<(ours::Chi, [f64; 1]), Error> {
        Ok((ours::Chi, [self.freedom() as f64]))
    }

    fn from_model(_: &ours::Chi, &[freedom]: &[f64; 1]) -> Result<Self, Error> {
        Self::new(whole("Chi", freedom)?).map_err(|reason| refusal("Chi", reason))
    }
}

/// The gamma distribution whose shape is whole.
#[allow(clippy::cast_precision_loss)] // exact below 2⁵³
impl Counterpart<ours::Gamma> for theirs::Erlang {
    fn model(&self) -> Result<(ours::Gamma, [f64; 2]), Error> {
        Ok((ours::Gamma, [self.shape() as f64, self.rate()]))
    }

    fn from_model(_: &ours::Gamma, &[shape, rate]: &[f64; 2]) -> Result<Self, Error> {
        Self::new(whole("Erlang", shape)?, rate).map_err(|reason| refusal("Erlang", reason))
    }
}

impl<const P: usize> Counterpart<ours::Categorical<P>> for theirs::Categorical {
    fn model(&self) -> Result<(ours::Categorical<P>, [f64; P]), Error> {
        let probabilities: Vec<f64> = (0..=self.max()).map(|category| self.pmf(category)).collect();
        Ok((ours::Categorical, free("Categorical", &probabilities)?))
    }

    fn from_model(_: &ours::Categorical<P>, probabilities: &[f64; P]) -> Result<Self, Error> {
        Self::new(&all(probabilities)).map_err(|reason| refusal("Categorical", reason))
    }
}

impl<const P: usize> Counterpart<ours::Multinomial<P>> for theirs::Multinomial<Dyn> {
    fn model(&self) -> Result<(ours::Multinomial<P>, [f64; P]), Error> {
        let probabilities = free("Multinomial", self.p().as_slice())?;
        Ok((ours::Multinomial::new(trials("Multinomial", self.n())?), probabilities))
    }

    fn from_model(model: &ours::Multinomial<P>, probabilities: &[f64; P]) -> Result<Self, Error> {
        Self::new(all(probabilities), model.trials().get().into()).map_err(|reason| refusal("Multinomial", reason))
    }
}

impl<const K: usize> Counterpart<ours::Dirichlet<K>> for theirs::Dirichlet<Dyn> {
    fn model(&self) -> Result<(ours::Dirichlet<K>, [f64; K]), Error> {
        let concentrations = self.alpha().as_slice();
        let theta = concentrations
            .try_into()
            .map_err(|_| refusal("Dirichlet", format!("{} parts, where the family has {K}", concentrations.len())))?;
        Ok((ours::Dirichlet, theta))
    }

    fn from_model(_: &ours::Dirichlet<K>, concentrations: &[f64; K]) -> Result<Self, Error> {
        Self::new(concentrations.to_vec()).map_err(|reason| refusal("Dirichlet", reason))
    }
}

impl Counterpart<ours::NormalVector> for theirs::MultivariateNormal<Dyn> {
    fn model(&self) -> Result<(ours::NormalVector, Vec<f64>), Error> {
        let theta = self.mu().iter().copied().chain(lower_triangle(self.cov())).collect();
        Ok((ours::NormalVector::new(self.mu().len()), theta))
    }

    fn from_model(model: &ours::NormalVector, theta: &[f64]) -> Result<Self, Error> {
        let size = model.dimension();
        check_length(size + packed_length(size), theta)?;
        let (mean, covariance) = theta.split_at(size);
        Self::new(mean.to_vec(), full(size, covariance)).map_err(|reason| refusal("MultivariateNormal", reason))
    }
}

impl Counterpart<ours::MultivariateStudentT> for theirs::MultivariateStudent<Dyn> {
    fn model(&self) -> Result<(ours::MultivariateStudentT, Vec<f64>), Error> {
        let theta = self.location().iter().copied().chain(lower_triangle(self.scale())).chain([self.freedom()]);
        Ok((ours::MultivariateStudentT::new(self.dim()), theta.collect()))
    }

    fn from_model(model: &ours::MultivariateStudentT, theta: &[f64]) -> Result<Self, Error> {
        let size = model.dimension();
        check_length(size + packed_length(size) + 1, theta)?;
        let (location, rest) = theta.split_at(size);
        let (scale, freedom) = rest.split_at(packed_length(size));
        Self::new(location.to_vec(), full(size, scale), freedom[0])
            .map_err(|reason| refusal("MultivariateStudent", reason))
    }
}

/// The lower triangle of a symmetric matrix, row after row.
fn lower_triangle(matrix: &DMatrix<f64>) -> impl Iterator<Item = f64> {
    (0..matrix.nrows()).flat_map(move |i| (0..=i).map(move |j| matrix[(i, j)]))
}

/// All entries of a symmetric matrix, row after row.
fn full(size: usize, packed: &[f64]) -> Vec<f64> {
    let entry = |i: usize, j: usize| packed[packed_index(i.max(j), i.min(j))];
    (0..size * size).map(|k| entry(k / size, k % size)).collect()
}

fn check_length(expected: usize, theta: &[f64]) -> Result<(), Error> {
    if theta.len() == expected { Ok(()) } else { Err(Error::ParameterCount { expected, found: theta.len() }) }
}
