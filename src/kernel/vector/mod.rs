//! Elementary functions without branches, which a compiler turns into vector instructions.

mod arithmetic;
mod exponential;
mod logarithm;
mod logistic;
pub mod map;

pub use exponential::{exp, exp_m1, exp2};
pub use logarithm::{ln, ln_1p, log2, log10};
pub use logistic::{ln_1p_exp, logistic};

/// How many numbers a block has: 2 KiB of them, a few dozen blocks of which stay in the first cache.
pub const BLOCK: usize = 256;
