//! The loops that sum over a block.
//!
//! They are inlined into the functions that are compiled for each instruction set.

use super::loops::Lanes;
use super::program::Sign;
use super::vector::BLOCK;

/// How many sums of each kind are formed side by side, to be added together at the end: the inner loop over so many lanes is
/// long enough that the compiler makes vector instructions of it before it unrolls it.
const LANES: usize = 32;

/// The same for powers, of which there are more kinds, so that all sums stay in registers.
const FEWER: usize = 16;

/// Sums an expression of some blocks, and its absolute value.
macro_rules! totals {
    ($($block:ident),+ => $term:expr) => {{
        $(let $block = $block.as_chunks::<LANES>().0;)+
        let (mut sums, mut sizes) = ([0.0; LANES], [0.0; LANES]);
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
    (@declare Any, $size:ident) => { let mut $size = [0.0; FEWER]; };
    (@sizes NotNegative, [$($even:ident, $size:ident),+]) => { $(let $size = $even;)+ };
    (@sizes Any, [$($even:ident, $size:ident),+]) => {};
    (@size NotNegative, $size:ident, $lane:ident, $term:ident) => {};
    (@size Any, $size:ident, $lane:ident, $term:ident) => { $size[$lane] += $term.abs(); };
    ($sign:ident, $($block:ident),+ => $factor:expr, $base:ident, [$($even:ident, $size:ident),+], [$($odd:ident),+]) => {{
        $(let $block = $block.as_chunks::<FEWER>().0;)+
        $(let mut $even = [0.0; FEWER];)+
        $(powers!(@declare $sign, $size);)+
        $(let mut $odd = [0.0; FEWER];)+
        for k in 0..BLOCK / FEWER {
            $(let $block = &$block[k];)+
            for lane in 0..FEWER {
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
fn together<const N: usize>(lanes: &[f64; N]) -> f64 {
    let mut sums = *lanes;
    let mut width = N / 2;
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
    ($weight:ident, $a:ident, $sign:expr, $u:ident, $orders:tt, $odd:tt) => {
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
/// To know the sign of a would save nothing.
#[inline(always)]
pub(super) fn second_moments(weight: Option<&[f64; BLOCK]>, a: Lanes<'_>, u: &[f64; BLOCK]) -> ([f64; 3], [f64; 3]) {
    let ([s0, s2], [s1], [m0, m2]) = moments!(weight, a, Sign::Any, u, [zeroth, size, second, square_size], [first]);
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
