//! The loops over a block.
//!
//! They are inlined into the one function that is compiled for each instruction set.

use super::program::Sign;
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

/// How many sums are formed side by side, to be added together at the end.
const LANES: usize = 16;

/// One sum for each lane.
type Sums = [f64; LANES];

/// Sums an expression of some blocks, and its absolute value. An inner loop over arrays of fixed length becomes vector instructions.
macro_rules! totals {
    ($($block:ident),+ => $term:expr) => {{
        $(let $block = $block.as_chunks::<LANES>().0;)+
        let (mut sums, mut sizes): (Sums, Sums) = ([0.0; LANES], [0.0; LANES]);
        for k in 0..BLOCK / LANES {
            $(let $block = &$block[k];)+
            for lane in 0..LANES {
                $(let $block = $block[lane];)+
                let term: f64 = $term;
                sums[lane] += term;
                sizes[lane] += term.abs();
            }
        }
        (together(&sums), together(&sizes))
    }};
}

/// Sums an expression of some blocks times the powers of a block u, of the even and the odd orders; and the absolute values of the even
/// ones, which are these themselves if the expression is not negative.
macro_rules! powers {
    (@declare NotNegative, $size:ident) => {};
    (@declare Any, $size:ident) => { let mut $size: Sums = [0.0; LANES]; };
    (@sizes NotNegative, [$($even:ident, $size:ident),+]) => { $(let $size = $even;)+ };
    (@sizes Any, [$($even:ident, $size:ident),+]) => {};
    (@size NotNegative, $size:ident, $lane:ident, $term:ident) => {};
    (@size Any, $size:ident, $lane:ident, $term:ident) => { $size[$lane] += $term.abs(); };
    ($sign:ident, $($block:ident),+ => $factor:expr, $base:ident, [$($even:ident, $size:ident),+], [$($odd:ident),+]) => {{
        $(let $block = $block.as_chunks::<LANES>().0;)+
        $(let mut $even: Sums = [0.0; LANES];)+
        $(powers!(@declare $sign, $size);)+
        $(let mut $odd: Sums = [0.0; LANES];)+
        for k in 0..BLOCK / LANES {
            $(let $block = &$block[k];)+
            for lane in 0..LANES {
                $(let $block = $block[lane];)+
                let square = $base * $base;
                let mut term: f64 = $factor;
                let mut odd = term * $base;
                $(
                    $even[lane] += term;
                    powers!(@size $sign, $size, lane, term);
                    term *= square;
                )+
                let _ = term;
                $(
                    $odd[lane] += odd;
                    odd *= square;
                )+
                let _ = odd;
            }
        }
        powers!(@sizes $sign, [$($even, $size),+]);
        ([$(together(&$even)),+], [$(together(&$odd)),+], [$(together(&$size)),+])
    }};
}

/// Σ w a b and Σ |w a b|, where without weights w = 1.
#[inline(always)]
pub(super) fn sum(weight: Option<&[f64; BLOCK]>, a: Lanes<'_>, b: Lanes<'_>) -> (f64, f64) {
    match (weight, a, b) {
        (None, Lanes::Block(a), Lanes::Block(b)) => dot(a, b),
        (None, Lanes::Block(a), Lanes::Uniform(b)) | (None, Lanes::Uniform(b), Lanes::Block(a)) => {
            totals!(a => a * b)
        }
        (None, Lanes::Uniform(a), Lanes::Uniform(b)) => (BLOCK as f64 * (a * b), BLOCK as f64 * (a * b).abs()),
        (Some(w), Lanes::Block(a), Lanes::Block(b)) => totals!(w, a, b => w * (a * b)),
        (Some(w), Lanes::Block(a), Lanes::Uniform(b)) | (Some(w), Lanes::Uniform(b), Lanes::Block(a)) => {
            totals!(w, a => w * (a * b))
        }
        (Some(w), Lanes::Uniform(a), Lanes::Uniform(b)) => totals!(w => w * (a * b)),
    }
}

/// Σ a b and Σ |a b|
#[inline(always)]
pub(super) fn dot(a: &[f64; BLOCK], b: &[f64; BLOCK]) -> (f64, f64) {
    totals!(a, b => a * b)
}

/// Σ |w| x²
#[inline(always)]
pub(super) fn weighted_square(w: &[f64; BLOCK], x: &[f64; BLOCK]) -> f64 {
    totals!(w, x => w * (x * x)).1
}

/// The sum of the lanes, in pairs.
#[inline(always)]
fn together(lanes: &Sums) -> f64 {
    let mut sums = *lanes;
    let mut width = LANES / 2;
    while width > 0 {
        for lane in 0..width {
            sums[lane] += sums[lane + width];
        }
        width /= 2;
    }
    sums[0]
}

/// The kinds of moments: with a factor or without, with weights or without.
macro_rules! moments {
    ($weight:ident, $a:ident, $sign:ident, $u:ident, $orders:tt, $odd:tt) => {
        match ($weight, $a, $sign) {
            (None, Lanes::Block(a), Sign::Any) => powers!(Any, a, $u => a, $u, $orders, $odd),
            (None, Lanes::Block(a), Sign::NotNegative) => powers!(NotNegative, a, $u => a, $u, $orders, $odd),
            (None, Lanes::Uniform(a), Sign::Any) => powers!(Any, $u => a, $u, $orders, $odd),
            (None, Lanes::Uniform(a), Sign::NotNegative) => powers!(NotNegative, $u => a, $u, $orders, $odd),
            (Some(w), Lanes::Block(a), _) => powers!(Any, w, a, $u => w * a, $u, $orders, $odd),
            (Some(w), Lanes::Uniform(a), _) => powers!(Any, w, $u => w * a, $u, $orders, $odd),
        }
    };
}

/// Σ w a uᵏ for k = 0, …, 2, and bounds on the sums of absolute values: those of the odd orders by the inequality of Cauchy and Schwarz.
#[inline(always)]
pub(super) fn second_moments(
    weight: Option<&[f64; BLOCK]>,
    a: Lanes<'_>,
    u: &[f64; BLOCK],
    sign: Sign,
) -> ([f64; 3], [f64; 3]) {
    let ([s0, s2], [s1], [m0, m2]) = moments!(weight, a, sign, u, [zeroth, size, second, square_size], [first]);
    ([s0, s1, s2], [m0, (m0 * m2).sqrt(), m2])
}

/// Σ w a uᵏ for k = 0, …, 4, and such bounds.
#[inline(always)]
pub(super) fn fourth_moments(
    weight: Option<&[f64; BLOCK]>,
    a: Lanes<'_>,
    u: &[f64; BLOCK],
    sign: Sign,
) -> ([f64; 5], [f64; 5]) {
    let ([s0, s2, s4], [s1, s3], [m0, m2, m4]) =
        moments!(weight, a, sign, u, [zeroth, size, second, square_size, fourth, fourth_size], [first, third]);
    ([s0, s1, s2, s3, s4], [m0, (m0 * m2).sqrt(), m2, (m2 * m4).sqrt(), m4])
}
