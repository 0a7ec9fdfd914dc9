//! Parameters: how many, their names and domains, and the number types that differentiate with respect to them.

use super::symbol;
use crate::domain::Domain;
use crate::error::Error;
use crate::scalar::{Compose, FirstOrder, Scalar, SecondOrder};
use nalgebra::{Const, DMatrix};
use num_dual::{Dual2SVec, DualSVec, HyperDualVec};
use std::borrow::{Borrow, Cow};

/// How many variables a chunk of a [`Dynamic`] parameter vector has. A chunk's Hessian block is computed in one evaluation.
const CHUNK: usize = 8;

mod sealed {
    pub trait Sealed {}
    impl<const P: usize> Sealed for super::Fixed<P> {}
    impl Sealed for super::Dynamic {}
}

/// The space that the parameter vector θ lives in: [`Fixed<P>`](Fixed) or [`Dynamic`].
pub trait ParameterSpace: sealed::Sealed + 'static {
    /// A parameter vector as it is passed to a model: `[D; P]` or `[D]`.
    type Of<D: Scalar>: ?Sized + AsRef<[D]> + Sync;

    /// An owned parameter vector: `[D; P]` or `Vec<D>`.
    type Owned<D: Scalar>: Borrow<Self::Of<D>> + AsRef<[D]> + Clone + Send + Sync;

    /// A parameter-by-parameter matrix: `[[D; P]; P]` or `DMatrix<D>`.
    type Square<D: Scalar>: Send + Sync;

    /// The number type over `T` that carries a gradient.
    type First<T: Compose>: FirstOrder<T> + Compose;

    /// The number type over `T` that carries a Hessian.
    type Second<T: Compose>: SecondOrder<T> + Compose;

    /// The number of parameters, where the type fixes it.
    const LENGTH: Option<usize>;

    /// The parameter vector with the given entries.
    ///
    /// # Errors
    /// [`Error::ParameterCount`] if the type fixes another number of parameters, or if there are none.
    fn from_slice<D: Scalar>(entries: &[D]) -> Result<Self::Owned<D>, Error>;

    /// The parameter vector with entry `i` given by a function; `length` counts only where the type leaves it open.
    fn build<D: Scalar>(length: usize, entry: impl FnMut(usize) -> D) -> Self::Owned<D>;

    /// The matrix with entry `(i, j)` given by a function.
    fn square<D: Scalar>(length: usize, entry: impl FnMut(usize, usize) -> D) -> Self::Square<D>;

    /// Entry `(i, j)` of a matrix.
    fn entry<D: Scalar>(square: &Self::Square<D>, i: usize, j: usize) -> D;
}

/// A number of parameters known at compile time: θ is an array `[D; P]`, to be destructured by name.
#[derive(Clone, Copy, Debug)]
pub struct Fixed<const P: usize>;

/// A number of parameters known at run time: θ is a slice `[D]`.
#[derive(Clone, Copy, Debug)]
pub struct Dynamic;

impl<const P: usize> ParameterSpace for Fixed<P> {
    type Of<D: Scalar> = [D; P];
    type Owned<D: Scalar> = [D; P];
    type Square<D: Scalar> = [[D; P]; P];
    type First<T: Compose> = DualSVec<T, P>;
    type Second<T: Compose> = Dual2SVec<T, P>;
    const LENGTH: Option<usize> = Some(P);

    fn from_slice<D: Scalar>(entries: &[D]) -> Result<[D; P], Error> {
        let count = || Error::ParameterCount { expected: P, found: entries.len() };
        if P == 0 { Err(count()) } else { entries.try_into().map_err(|_| count()) }
    }

    #[inline(always)]
    fn build<D: Scalar>(_length: usize, entry: impl FnMut(usize) -> D) -> [D; P] {
        std::array::from_fn(entry)
    }

    fn square<D: Scalar>(_length: usize, mut entry: impl FnMut(usize, usize) -> D) -> [[D; P]; P] {
        std::array::from_fn(|i| std::array::from_fn(|j| entry(i, j)))
    }

    fn entry<D: Scalar>(square: &[[D; P]; P], i: usize, j: usize) -> D {
        square[i][j]
    }
}

impl ParameterSpace for Dynamic {
    type Of<D: Scalar> = [D];
    type Owned<D: Scalar> = Vec<D>;
    type Square<D: Scalar> = DMatrix<D>;
    type First<T: Compose> = DualSVec<T, CHUNK>;
    type Second<T: Compose> = HyperDualVec<T, Const<CHUNK>, Const<CHUNK>>;
    const LENGTH: Option<usize> = None;

    fn from_slice<D: Scalar>(entries: &[D]) -> Result<Vec<D>, Error> {
        if entries.is_empty() {
            return Err(Error::ParameterCount { expected: 1, found: 0 });
        }
        Ok(entries.to_vec())
    }

    fn build<D: Scalar>(length: usize, entry: impl FnMut(usize) -> D) -> Vec<D> {
        (0..length).map(entry).collect()
    }

    fn square<D: Scalar>(length: usize, entry: impl FnMut(usize, usize) -> D) -> DMatrix<D> {
        DMatrix::from_fn(length, length, entry)
    }

    fn entry<D: Scalar>(square: &DMatrix<D>, i: usize, j: usize) -> D {
        square[(i, j)]
    }
}

/// A parameter space that has a neighbour with one parameter more: `Fixed<P>` for P < 16, and [`Dynamic`], its own neighbour.
///
/// Rust cannot yet compute `Fixed<{ P + 1 }>`. A model that adds a parameter to any other says
/// `type Parameters = OneMore<M>` instead.
pub trait Extensible: ParameterSpace {
    /// The space with one parameter more.
    type Extended: ParameterSpace;
}

impl Extensible for Dynamic {
    type Extended = Self;
}

/// Names the neighbour of each.
macro_rules! extensible {
    ($($length:literal)*) => {
        $(impl Extensible for Fixed<$length> {
            type Extended = Fixed<{ $length + 1 }>;
        })*
    };
}

extensible! { 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 }

/// The parameters of the model `M` and one more.
pub type OneMore<M> = <<M as super::LogLikelihood>::Parameters as Extensible>::Extended;

/// The name, the symbol and the domain of one parameter.
///
/// Where no symbol is given it is the Greek letter of that name, or else the name itself. A number at the end of a letter is a
/// subscript.
///
/// ```
/// use fisher_information::model::Parameter;
///
/// assert_eq!(Parameter::positive("shape").symbol("α").symbol, "α");
/// assert_eq!(Parameter::real("mu").symbol, "μ");
/// assert_eq!(Parameter::real("beta_1").symbol, "β₁");
/// assert_eq!(Parameter::real("intercept").symbol, "intercept");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Parameter {
    /// The name, as it appears in tables and errors.
    pub name: Cow<'static, str>,
    /// How it is written in formulas, in Unicode: "α", "μ₁", "ln σ". A superscript digit at the end is a power of what stands
    /// before it: a variance "σ²" is the square of σ.
    pub symbol: Cow<'static, str>,
    /// The values that the parameter may take.
    pub domain: Domain,
}

impl Parameter {
    /// A parameter with the given domain.
    pub fn new(name: impl Into<Cow<'static, str>>, domain: Domain) -> Self {
        let name = name.into();
        let symbol = symbol::of_name(&name).unwrap_or_else(|| name.clone());
        Self { name, symbol, domain }
    }

    /// Refuses a value outside the domain.
    ///
    /// # Errors
    /// [`Error::ParameterOutsideDomain`].
    pub(crate) fn check(&self, value: f64) -> Result<(), Error> {
        if self.domain.contains(value) {
            return Ok(());
        }
        Err(Error::ParameterOutsideDomain { name: self.name.clone().into_owned(), value, domain: self.domain })
    }

    /// The same written as `symbol` in formulas.
    #[must_use]
    pub fn symbol(self, symbol: impl Into<Cow<'static, str>>) -> Self {
        Self { symbol: symbol.into(), ..self }
    }

    /// A parameter that may be any real number.
    pub fn real(name: impl Into<Cow<'static, str>>) -> Self {
        Self::new(name, Domain::REAL)
    }

    /// A parameter in (0, ∞).
    pub fn positive(name: impl Into<Cow<'static, str>>) -> Self {
        Self::new(name, Domain { lower: 0.0, upper: f64::INFINITY })
    }

    /// A parameter in (0, 1).
    pub fn probability(name: impl Into<Cow<'static, str>>) -> Self {
        Self::new(name, Domain { lower: 0.0, upper: 1.0 })
    }
}

/// The parameters of a model at `theta`, one descriptor each, after checking θ against them.
///
/// # Errors
/// [`Error::ParameterCount`] if there are none, [`Error::ParameterOutsideDomain`] naming the first offender, and what
/// [`LogLikelihood::check`](super::LogLikelihood::check) finds.
pub(crate) fn checked_parameters<M: super::LogLikelihood + ?Sized>(
    model: &M,
    theta: &super::Theta<M, f64>,
) -> Result<Vec<Parameter>, Error> {
    let values = theta.as_ref();
    if values.is_empty() {
        return Err(Error::ParameterCount { expected: 1, found: 0 });
    }
    let parameters = described(model.parameters(), values.len());
    parameters.iter().zip(values).try_for_each(|(parameter, &value)| parameter.check(value))?;
    model.check(theta)?;
    Ok(parameters)
}

/// One descriptor for each of so many parameters: those that a model names, and θ1, θ2, … by their position.
pub(crate) fn described(mut parameters: Vec<Parameter>, length: usize) -> Vec<Parameter> {
    parameters.truncate(length);
    parameters.extend((parameters.len()..length).map(|index| Parameter::real(format!("θ{}", index + 1))));
    parameters
}

/// The names of parameters.
pub(crate) fn names(parameters: Vec<Parameter>) -> Vec<String> {
    parameters.into_iter().map(|parameter| parameter.name.into_owned()).collect()
}
