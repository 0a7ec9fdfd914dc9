//! The factors of a product: what the algebra takes as indeterminates.

use super::{Expression, Symbol};
use num_bigint::BigInt;
use std::sync::Arc;

/// A number that is not rational, or a root of an integer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Constant {
    /// A prime or unfactored integer, which stands for its fractional powers only: √2.
    Integer(BigInt),
    /// π
    Pi,
    /// e, Euler's number.
    E,
    /// γ, Euler's constant.
    EulerGamma,
    /// A number that was not recognised, by the bits of its `f64`.
    Decimal(u64),
    /// A number with a name of its own, in Unicode, and the bits of its `f64`.
    Named(Arc<str>, u64),
}

/// The functions of the normal form. Others are written in terms of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Function {
    /// ln x
    Ln,
    /// eˣ
    Exp,
    /// sin x
    Sin,
    /// cos x
    Cos,
    /// arcsin x
    Asin,
    /// arccos x
    Acos,
    /// arctan x
    Atan,
    /// |x|
    Abs,
    /// ln Γ(x)
    LnGamma,
    /// ψₙ(x)
    Polygamma(u32),
    /// erf x
    Erf,
    /// ln Φ(x)
    LnNormCdf,
    /// ln I₀(x)
    LnBesselI0,
    /// I₁(x)/I₀(x)
    BesselRatio,
    /// The nth derivative of ln ζ(s)
    LnZeta(u32),
    /// P(a, x)
    GammaP,
    /// Q(a, x)
    GammaQ,
    /// I_x(a, b), arguments in the order x, a, b
    Beta,
}

/// A function with its arguments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Application {
    /// The function.
    pub function: Function,
    /// Its arguments.
    pub arguments: Vec<Expression>,
}

/// A factor of a product, up to its exponent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Atom {
    /// A constant.
    Constant(Constant),
    /// A variable.
    Symbol(Symbol),
    /// A function of an expression.
    Function(Arc<Application>),
    /// A sum of at least two terms, with coprime integer coefficients and no common factor. It occurs with negative or fractional exponents
    /// only; a whole positive power is multiplied out.
    Sum(Expression),
}
