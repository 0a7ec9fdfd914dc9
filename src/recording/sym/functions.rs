//! Elementary and special functions of symbols.

use super::super::graph::{Binary, Constant, Node, Unary};
use super::Sym;
use crate::scalar::{Scalar, Special};
use num_dual::DualNum;

/// The functions of one symbol.
macro_rules! unary {
    ($($method:ident $function:expr;)*) => {
        $(
            #[inline]
            fn $method(&self) -> Self {
                Sym::unary(*self, $function)
            }
        )*
    };
}

impl DualNum for Sym {
    type Primitive = f64;

    /// A symbol carries no derivatives; its graph has them all.
    const NDERIV: usize = 0;

    type InnerDual = Self;

    #[inline]
    fn from_re(re: Self) -> Self {
        re
    }

    #[inline]
    fn scale(self, factor: &Self) -> Self {
        self * factor
    }

    unary! {
        recip Unary::Reciprocal;
        sqrt Unary::SquareRoot;
        cbrt Unary::CubeRoot;
        exp Unary::Exp;
        exp2 Unary::Exp2;
        exp_m1 Unary::ExpM1;
        ln Unary::Ln;
        log2 Unary::Log2;
        log10 Unary::Log10;
        ln_1p Unary::Ln1p;
        sin Unary::Sin;
        cos Unary::Cos;
        tan Unary::Tan;
        asin Unary::Asin;
        acos Unary::Acos;
        atan Unary::Atan;
        sinh Unary::Sinh;
        cosh Unary::Cosh;
        tanh Unary::Tanh;
        asinh Unary::Asinh;
        acosh Unary::Acosh;
        atanh Unary::Atanh;
        sph_j0 Unary::SphericalBessel(0);
        sph_j1 Unary::SphericalBessel(1);
        sph_j2 Unary::SphericalBessel(2);
    }

    #[inline]
    fn powi(&self, n: i32) -> Self {
        Self::operation(&[*self], DualNum::powi(&self.value, n), |node| Node::PowerInteger(node(*self), n))
    }

    #[inline]
    fn powf(&self, n: f64) -> Self {
        let exponent = Constant::new(n);
        Self::operation(&[*self], DualNum::powf(&self.value, n), |node| Node::PowerReal(node(*self), exponent))
    }

    #[inline]
    fn powd(&self, exponent: Self) -> Self {
        self.binary(Binary::Power, exponent)
    }

    /// ln x/ln b, as `f64` computes it.
    #[inline]
    fn log(&self, base: f64) -> Self {
        DualNum::ln(self) / DualNum::ln(&base)
    }

    #[inline]
    fn sin_cos(&self) -> (Self, Self) {
        (self.sin(), self.cos())
    }

    #[inline]
    fn atan2(&self, other: Self) -> Self {
        self.binary(Binary::Atan2, other)
    }

    #[inline]
    fn mul_add(&self, a: Self, b: Self) -> Self {
        let value = DualNum::mul_add(&self.value, a.value, b.value);
        Self::operation(&[*self, a, b], value, |node| Node::MultiplyAdd(node(*self), node(a), node(b)))
    }
}

impl Scalar for Sym {
    #[inline]
    fn special(call: Special<Self>) -> Self {
        let value = f64::special(call.map(|argument| argument.value));
        let mut operands = [Self::constant(0.0); 3];
        for (operand, argument) in operands.iter_mut().zip(call.arguments().into_iter().flatten()) {
            *operand = argument;
        }
        Self::operation(&operands, value, |node| Node::Special(call.map(node)))
    }
}
