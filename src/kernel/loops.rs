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

/// Part of a block: as many numbers as are computed together.
pub(super) type Strip = [f64; STRIP];

/// How many numbers make a strip. Where only some rows of a block are wanted, the strips beyond them are left out. With strips of 32 the
/// compiler unrolls the loops before it can vectorise them, and a pass takes up to three times as long.
pub(super) const STRIP: usize = 128;

/// The strips of a block.
#[inline(always)]
fn strips(block: &[f64; BLOCK]) -> &[Strip] {
    block.as_chunks().0
}

#[inline(always)]
fn unary(x: Lanes<'_>, result: &mut [Strip], function: impl Fn(f64) -> f64) {
    match x {
        Lanes::Block(x) => {
            for (result, x) in result.iter_mut().zip(strips(x)) {
                for i in 0..STRIP {
                    result[i] = function(x[i]);
                }
            }
        }
        Lanes::Uniform(x) => result.fill([function(x); STRIP]),
    }
}

#[inline(always)]
pub(super) fn binary(a: Lanes<'_>, b: Lanes<'_>, result: &mut [Strip], function: impl Fn(f64, f64) -> f64) {
    match (a, b) {
        (Lanes::Block(a), Lanes::Block(b)) => {
            for ((result, a), b) in result.iter_mut().zip(strips(a)).zip(strips(b)) {
                for i in 0..STRIP {
                    result[i] = function(a[i], b[i]);
                }
            }
        }
        (a, Lanes::Uniform(b)) => unary(
            a,
            result,
            #[inline(always)]
            |a| function(a, b),
        ),
        (Lanes::Uniform(a), b) => unary(
            b,
            result,
            #[inline(always)]
            |b| function(a, b),
        ),
    }
}

#[inline(always)]
pub(super) fn ternary(
    a: Lanes<'_>,
    b: Lanes<'_>,
    c: Lanes<'_>,
    result: &mut [Strip],
    function: impl Fn(f64, f64, f64) -> f64,
) {
    match (a, b, c) {
        (Lanes::Block(a), Lanes::Block(b), Lanes::Block(c)) => {
            let operands = strips(a).iter().zip(strips(b)).zip(strips(c));
            for (result, ((a, b), c)) in result.iter_mut().zip(operands) {
                for i in 0..STRIP {
                    result[i] = function(a[i], b[i], c[i]);
                }
            }
        }
        (a, b, Lanes::Uniform(c)) => binary(
            a,
            b,
            result,
            #[inline(always)]
            |a, b| function(a, b, c),
        ),
        (a, Lanes::Uniform(b), c) => binary(
            a,
            c,
            result,
            #[inline(always)]
            |a, c| function(a, b, c),
        ),
        (Lanes::Uniform(a), b, c) => binary(
            b,
            c,
            result,
            #[inline(always)]
            |b, c| function(a, b, c),
        ),
    }
}

/// A function that is called for one observation after the other.
#[inline(always)]
pub(super) fn each(result: &mut [Strip], function: impl Fn(usize) -> f64) {
    for (i, result) in result.as_flattened_mut().iter_mut().enumerate() {
        *result = function(i);
    }
}

/// xⁿ by squaring.
#[inline(always)]
pub(super) fn power(x: Lanes<'_>, n: i32, result: &mut [Strip]) {
    unary(
        x,
        result,
        #[inline(always)]
        |x| f64::powi(x, n),
    );
}

/// A function of one operand from the library of vector functions.
#[inline(always)]
pub(super) fn map<F: Elementary>(x: Lanes<'_>, result: &mut [Strip]) {
    match x {
        Lanes::Block(x) => {
            for (result, x) in result.iter_mut().zip(strips(x)) {
                map::map::<F>(x, result);
            }
        }
        Lanes::Uniform(x) => result.fill([F::scalar(x); STRIP]),
    }
}

/// A function of two operands from the library of vector functions.
#[inline(always)]
pub(super) fn map_of_two<F: ElementaryOfTwo>(a: Lanes<'_>, b: Lanes<'_>, result: &mut [Strip]) {
    let strip = |operand: Lanes<'_>, index: usize| match operand {
        Lanes::Block(block) => strips(block)[index],
        Lanes::Uniform(value) => [value; STRIP],
    };
    for (index, result) in result.iter_mut().enumerate() {
        map::map_of_two::<F>(&strip(a, index), &strip(b, index), result);
    }
}

/// What is written where a block is wanted.
#[inline(always)]
pub(super) fn copy(x: Lanes<'_>, result: &mut [Strip]) {
    unary(
        x,
        result,
        #[inline(always)]
        |x| x,
    );
}

#[inline(always)]
pub(super) fn elementary(function: Unary, x: Lanes<'_>, result: &mut [Strip]) {
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
