//! The loops that write a block.
//!
//! They are inlined into the one function that is compiled for each instruction set.

use super::vector::BLOCK;
use super::vector::map::{
    self, Atan, Cbrt, Cos, Cosh, Elementary, ElementaryOfTwo, Exp, Exp2, ExpM1, Ln, Ln1p, Log2, Log10, Sin, Sinh, Tan,
    Tanh,
};
use crate::recording::graph::Unary;

/// An operand: a number for each observation, or one for all.
#[derive(Clone, Copy)]
pub(super) enum Lanes<'a> {
    Block(&'a [f64; BLOCK]),
    Uniform(f64),
}

impl Lanes<'_> {
    #[inline(always)]
    pub fn at(self, i: usize) -> f64 {
        match self {
            Self::Block(block) => block[i],
            Self::Uniform(value) => value,
        }
    }
}

#[inline(always)]
fn unary(x: Lanes<'_>, result: &mut [f64; BLOCK], function: impl Fn(f64) -> f64) {
    match x {
        Lanes::Block(x) => {
            for i in 0..BLOCK {
                result[i] = function(x[i]);
            }
        }
        Lanes::Uniform(x) => result.fill(function(x)),
    }
}

#[inline(always)]
pub(super) fn binary(a: Lanes<'_>, b: Lanes<'_>, result: &mut [f64; BLOCK], function: impl Fn(f64, f64) -> f64) {
    match (a, b) {
        (Lanes::Block(a), Lanes::Block(b)) => {
            for i in 0..BLOCK {
                result[i] = function(a[i], b[i]);
            }
        }
        (Lanes::Block(a), Lanes::Uniform(b)) => {
            for i in 0..BLOCK {
                result[i] = function(a[i], b);
            }
        }
        (Lanes::Uniform(a), Lanes::Block(b)) => {
            for i in 0..BLOCK {
                result[i] = function(a, b[i]);
            }
        }
        (Lanes::Uniform(a), Lanes::Uniform(b)) => result.fill(function(a, b)),
    }
}

#[inline(always)]
pub(super) fn ternary(
    a: Lanes<'_>,
    b: Lanes<'_>,
    c: Lanes<'_>,
    result: &mut [f64; BLOCK],
    function: impl Fn(f64, f64, f64) -> f64,
) {
    match c {
        Lanes::Block(c) => match (a, b) {
            (Lanes::Block(a), Lanes::Block(b)) => {
                for i in 0..BLOCK {
                    result[i] = function(a[i], b[i], c[i]);
                }
            }
            (Lanes::Block(a), Lanes::Uniform(b)) => {
                for i in 0..BLOCK {
                    result[i] = function(a[i], b, c[i]);
                }
            }
            (Lanes::Uniform(a), Lanes::Block(b)) => {
                for i in 0..BLOCK {
                    result[i] = function(a, b[i], c[i]);
                }
            }
            (Lanes::Uniform(a), Lanes::Uniform(b)) => {
                for i in 0..BLOCK {
                    result[i] = function(a, b, c[i]);
                }
            }
        },
        Lanes::Uniform(c) => binary(
            a,
            b,
            result,
            #[inline(always)]
            |a, b| function(a, b, c),
        ),
    }
}

/// A function that is called for one observation after the other.
#[inline(always)]
pub(super) fn each(result: &mut [f64; BLOCK], function: impl Fn(usize) -> f64) {
    for (i, result) in result.iter_mut().enumerate() {
        *result = function(i);
    }
}

/// xⁿ by squaring.
#[inline(always)]
pub(super) fn power(x: Lanes<'_>, n: i32, result: &mut [f64; BLOCK]) {
    unary(
        x,
        result,
        #[inline(always)]
        |x| f64::powi(x, n),
    );
}

/// A function of one operand from the library of vector functions.
#[inline(always)]
pub(super) fn map<F: Elementary>(x: Lanes<'_>, result: &mut [f64; BLOCK]) {
    match x {
        Lanes::Block(x) => map::map::<F>(x, result),
        Lanes::Uniform(x) => result.fill(F::scalar(x)),
    }
}

/// A function of two operands from the library of vector functions.
#[inline(always)]
pub(super) fn map_of_two<F: ElementaryOfTwo>(a: Lanes<'_>, b: Lanes<'_>, result: &mut [f64; BLOCK]) {
    let mut filled = [[0.0; BLOCK]; 2];
    let [first, second] = &mut filled;
    unary(a, first, |x| x);
    unary(b, second, |x| x);
    map::map_of_two::<F>(first, second, result);
}

#[inline(always)]
pub(super) fn elementary(function: Unary, x: Lanes<'_>, result: &mut [f64; BLOCK]) {
    match function {
        Unary::Negate => unary(
            x,
            result,
            #[inline(always)]
            |x| -x,
        ),
        Unary::Abs => unary(
            x,
            result,
            #[inline(always)]
            |x| x.abs(),
        ),
        Unary::Reciprocal => unary(
            x,
            result,
            #[inline(always)]
            |x| x.recip(),
        ),
        Unary::SquareRoot => unary(
            x,
            result,
            #[inline(always)]
            |x| x.sqrt(),
        ),
        Unary::Exp => map::<Exp>(x, result),
        Unary::Exp2 => map::<Exp2>(x, result),
        Unary::ExpM1 => map::<ExpM1>(x, result),
        Unary::Ln => map::<Ln>(x, result),
        Unary::Log2 => map::<Log2>(x, result),
        Unary::Log10 => map::<Log10>(x, result),
        Unary::Ln1p => map::<Ln1p>(x, result),
        Unary::Sin => map::<Sin>(x, result),
        Unary::Cos => map::<Cos>(x, result),
        Unary::Tan => map::<Tan>(x, result),
        Unary::Atan => map::<Atan>(x, result),
        Unary::Sinh => map::<Sinh>(x, result),
        Unary::Cosh => map::<Cosh>(x, result),
        Unary::Tanh => map::<Tanh>(x, result),
        Unary::CubeRoot => map::<Cbrt>(x, result),
        other => each(result, |i| other.value(x.at(i))),
    }
}
