//! Elementary functions without branches, which a compiler turns into vector instructions.

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
