//! The loops over a block.
//!
//! They are inlined into the one function that is compiled for each instruction set.

use super::vector::{self, BLOCK};
use crate::recording::graph::Unary;

/// How many sums are formed side by side, to be added together at the end.
const LANES: usize = 16;

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
        Lanes::Uniform(c) => binary(a, b, result, #[inline(always)] |a, b| function(a, b, c)),
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
    unary(x, result, #[inline(always)] |x| f64::powi(x, n));
}

#[inline(always)]
pub(super) fn elementary(function: Unary, x: Lanes<'_>, result: &mut [f64; BLOCK]) {
    match function {
        Unary::Negate => unary(x, result, #[inline(always)] |x| -x),
        Unary::Abs => unary(x, result, #[inline(always)] |x| x.abs()),
        Unary::Reciprocal => unary(x, result, #[inline(always)] |x| x.recip()),
        Unary::SquareRoot => unary(x, result, #[inline(always)] |x| x.sqrt()),
        Unary::Exp => unary(x, result, vector::exp),
        Unary::Exp2 => unary(x, result, vector::exp2),
        Unary::ExpM1 => unary(x, result, vector::exp_m1),
        Unary::Ln => unary(x, result, vector::ln),
        Unary::Log2 => unary(x, result, vector::log2),
        Unary::Log10 => unary(x, result, vector::log10),
        Unary::Ln1p => unary(x, result, vector::ln_1p),
        other => each(result, |i| other.value(x.at(i))),
    }
}

/// Σ w a b and Σ |w a b|, where without weights w = 1.
#[inline(always)]
pub(super) fn sum(weight: Option<&[f64; BLOCK]>, a: Lanes<'_>, b: Lanes<'_>) -> (f64, f64) {
    match (weight, a, b) {
        (None, Lanes::Block(a), Lanes::Block(b)) => total(#[inline(always)] |i| a[i] * b[i]),
        (None, Lanes::Block(a), Lanes::Uniform(1.0)) => total(#[inline(always)] |i| a[i]),
        (None, a, b) => total(#[inline(always)] |i| a.at(i) * b.at(i)),
        (Some(w), Lanes::Block(a), Lanes::Block(b)) => total(#[inline(always)] |i| w[i] * a[i] * b[i]),
        (Some(w), Lanes::Block(a), Lanes::Uniform(1.0)) => total(#[inline(always)] |i| w[i] * a[i]),
        (Some(w), a, b) => total(#[inline(always)] |i| w[i] * a.at(i) * b.at(i)),
    }
}

/// The sum over the block, and that of the absolute values.
#[inline(always)]
fn total(term: impl Fn(usize) -> f64) -> (f64, f64) {
    let (mut sums, mut magnitudes) = ([0.0; LANES], [0.0; LANES]);
    for start in (0..BLOCK).step_by(LANES) {
        for lane in 0..LANES {
            let term = term(start + lane);
            sums[lane] += term;
            magnitudes[lane] += term.abs();
        }
    }
    (together(sums), together(magnitudes))
}

/// The sum of the lanes, in pairs.
#[inline(always)]
fn together(mut lanes: [f64; LANES]) -> f64 {
    let mut width = LANES / 2;
    while width > 0 {
        for lane in 0..width {
            lanes[lane] += lanes[lane + width];
        }
        width /= 2;
    }
    lanes[0]
}

/// Σ w a uᵏ for k = 0, …, `SUMS` − 1, and bounds on the sums of absolute values: those of the odd orders by the inequality of
/// Cauchy and Schwarz, from those of the `EVEN` even ones.
#[inline(always)]
pub(super) fn moments<const EVEN: usize, const SUMS: usize>(
    weight: Option<&[f64; BLOCK]>,
    a: Lanes<'_>,
    u: Lanes<'_>,
) -> ([f64; SUMS], [f64; SUMS]) {
    match (weight, a, u) {
        (None, Lanes::Block(a), Lanes::Block(u)) => {
            power_sums::<EVEN, SUMS>(#[inline(always)] |i| a[i], #[inline(always)] |i| u[i])
        }
        (None, Lanes::Uniform(a), Lanes::Block(u)) => {
            power_sums::<EVEN, SUMS>(#[inline(always)] |_| a, #[inline(always)] |i| u[i])
        }
        (Some(w), Lanes::Block(a), Lanes::Block(u)) => {
            power_sums::<EVEN, SUMS>(#[inline(always)] |i| w[i] * a[i], #[inline(always)] |i| u[i])
        }
        (Some(w), a, u) => {
            power_sums::<EVEN, SUMS>(#[inline(always)] |i| w[i] * a.at(i), #[inline(always)] |i| u.at(i))
        }
        (None, a, u) => power_sums::<EVEN, SUMS>(#[inline(always)] |i| a.at(i), #[inline(always)] |i| u.at(i)),
    }
}

#[inline(always)]
fn power_sums<const EVEN: usize, const SUMS: usize>(
    factor: impl Fn(usize) -> f64,
    base: impl Fn(usize) -> f64,
) -> ([f64; SUMS], [f64; SUMS]) {
    let mut sums = [[0.0; LANES]; SUMS];
    let mut even = [[0.0; LANES]; EVEN];
    for start in (0..BLOCK).step_by(LANES) {
        for lane in 0..LANES {
            let (mut term, u) = (factor(start + lane), base(start + lane));
            let mut odd = term * u;
            let square = u * u;
            for k in 0..EVEN {
                sums[2 * k][lane] += term;
                even[k][lane] += term.abs();
                if 2 * k + 1 < SUMS {
                    sums[2 * k + 1][lane] += odd;
                    odd *= square;
                }
                term *= square;
            }
        }
    }
    let even = even.map(#[inline(always)] |lanes| together(lanes));
    let magnitude = |k: usize| if k % 2 == 0 { even[k / 2] } else { (even[k / 2] * even[k / 2 + 1]).sqrt() };
    (sums.map(#[inline(always)] |lanes| together(lanes)), std::array::from_fn(magnitude))
}
