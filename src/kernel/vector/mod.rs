//! Elementary functions without branches, which a compiler turns into vector instructions.
//!
//! Each is a plain function of `f64` made of fused multiplications and additions, choices between numbers already computed, and
//! operations on bits: no call, no table, no loop whose length depends on data. Called in a loop over a block, inside a function compiled
//! for AVX2 or AVX-512, eight or four of them run at once; every instruction set gives the same bits.
//!
//! ```
//! use fisher_information::kernel::vector::{BLOCK, exp, ln_1p_exp, logistic};
//!
//! #[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+fma+avx2", "x86_64+avx2+fma", "aarch64+neon"))]
//! fn logistic_of_all(x: &[f64; BLOCK], out: &mut [f64; BLOCK]) {
//!     for (out, &x) in out.iter_mut().zip(x) {
//!         *out = logistic(x);
//!     }
//! }
//!
//! let mut out = [0.0; BLOCK];
//! logistic_of_all(&[0.3; BLOCK], &mut out);
//! assert_eq!(out, [logistic(0.3); BLOCK]);
//! assert!((out[0] - exp(0.3 - ln_1p_exp(0.3))).abs() < 2e-16);
//! ```
//!
//! Errors are in units in the last place (ulp) of the exact value; a correctly rounded function has ½. The worst of some ten thousand random
//! and hard arguments each:
//!
//! | functions | arguments | worst error, ulp |
//! |---|---|---|
//! | [`exp()`], [`exp2`], [`exp_m1`] | all | 0.95, 0.77, 0.91 |
//! | [`ln`], [`ln_1p`], [`log2`], [`log10`] | all | 0.73, 0.77, 0.58, 0.62 |
//! | [`logistic()`], [`ln_1p_exp`] | all | 1.2, 1.2 |
//! | [`sinh`], [`cosh`], [`tanh`] | all | 1.5, 0.86, 0.64 |
//! | [`atan`], [`cbrt`] | all | 0.60, 0.50 |
//! | [`sin`], [`cos`], [`tan`] | \|x\| ≤ 10⁹ | 0.68, 0.64, 0.72 |
//! | [`pow`] | x > 0 | 0.75 |
//! | [`ln_gamma`], [`digamma()`], [`trigamma`] | x ≥ 10⁻¹⁵⁰ | 1.9, 1.5, 1.9 (the first two of 1, where they are smaller) |
//!
//! Where the arguments are not all, a predicate says which are covered, and [`map`] computes the others one at a time.

mod arctangent;
mod arithmetic;
mod cube_root;
mod digamma;
mod exponential;
mod gamma;
mod hyperbolic;
mod logarithm;
mod logistic;
pub mod map;
mod power;
mod trigonometric;

pub use arctangent::atan;
pub use cube_root::cbrt;
pub use digamma::{digamma, trigamma};
pub use exponential::{exp, exp_m1, exp2};
pub use gamma::{gamma_covers, ln_gamma};
pub use hyperbolic::{cosh, sinh, tanh};
pub use logarithm::{ln, ln_1p, log2, log10};
pub use logistic::{ln_1p_exp, logistic};
pub use power::{pow, pow_covers};
pub use trigonometric::{cos, sin, tan, trigonometric_covers};

/// How many numbers a block has: 2 KiB of them, a few dozen blocks of which stay in the first cache.
pub const BLOCK: usize = 256;
