//! Functions over blocks: the branch-free core for all numbers, then a scalar function for the few that the core does not cover.

use crate::scalar::Scalar;

/// A function of one number.
pub trait Elementary {
    /// The branch-free function, called in a loop that becomes vector instructions: mark it `#[inline(always)]`.
    fn core(x: f64) -> f64;

    /// Whether `core` is right at x; branch-free too.
    #[inline(always)]
    fn covers(_x: f64) -> bool {
        true
    }

    /// The function where `core` does not cover it.
    fn scalar(x: f64) -> f64;
}

/// A function of two numbers.
pub trait ElementaryOfTwo {
    /// The branch-free function, called in a loop that becomes vector instructions: mark it `#[inline(always)]`.
    fn core(x: f64, y: f64) -> f64;

    /// Whether `core` is right at (x, y); branch-free too.
    fn covers(x: f64, y: f64) -> bool;

    /// The function where `core` does not cover it.
    fn scalar(x: f64, y: f64) -> f64;
}

/// Writes F(xᵢ) into `out`, as many as there are of both. Call it with blocks of a fixed length, in a function compiled for the
/// instruction set that the processor has.
///
/// ```
/// use fisher_information::kernel::vector::map;
///
/// let mut out = [0.0; 64];
/// map::map::<map::Exp>(&[1.0; 64], &mut out);
/// assert!(out.iter().all(|y| (y - std::f64::consts::E).abs() < 1e-15));
/// ```
#[inline(always)]
pub fn map<F: Elementary>(x: &[f64], out: &mut [f64]) {
    for (out, &x) in out.iter_mut().zip(x) {
        *out = F::core(x);
    }
    // A sum of bits, and not a search: a loop without an exit becomes vector instructions.
    let missed = x.iter().fold(0, |missed, &x| missed + u64::from(!F::covers(x)));
    if missed > 0 {
        repair::<F>(x, out);
    }
}

/// Writes F(xᵢ, yᵢ) into `out`, as [`map`] does.
///
/// ```
/// use fisher_information::kernel::vector::map;
///
/// let mut out = [0.0; 64];
/// map::map_of_two::<map::Power>(&[-2.0; 64], &[3.0; 64], &mut out);
/// assert_eq!(out, [-8.0; 64]);   // not of the core, which covers x > 0
/// ```
#[inline(always)]
pub fn map_of_two<F: ElementaryOfTwo>(x: &[f64], y: &[f64], out: &mut [f64]) {
    for ((out, &x), &y) in out.iter_mut().zip(x).zip(y) {
        *out = F::core(x, y);
    }
    let missed = x.iter().zip(y).fold(0, |missed, (&x, &y)| missed + u64::from(!F::covers(x, y)));
    if missed > 0 {
        repair_of_two::<F>(x, y, out);
    }
}

/// The scalar function at every number that is not covered.
#[cold]
#[inline(never)]
fn repair<F: Elementary>(x: &[f64], out: &mut [f64]) {
    for (out, &x) in out.iter_mut().zip(x) {
        if !F::covers(x) {
            *out = F::scalar(x);
        }
    }
}

/// The scalar function at every pair of numbers that is not covered.
#[cold]
#[inline(never)]
fn repair_of_two<F: ElementaryOfTwo>(x: &[f64], y: &[f64], out: &mut [f64]) {
    for ((out, &x), &y) in out.iter_mut().zip(x).zip(y) {
        if !F::covers(x, y) {
            *out = F::scalar(x, y);
        }
    }
}

/// A type for each function: its core, its scalar counterpart, and the predicate of what the core covers, if that is not everything.
macro_rules! elementary {
    ($($(#[$doc:meta])* $name:ident: $core:path, $scalar:expr $(, $covers:path)?;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Elementary for $name {
            #[inline(always)]
            fn core(x: f64) -> f64 {
                $core(x)
            }

            $(#[inline(always)]
            fn covers(x: f64) -> bool {
                $covers(x)
            })?

            fn scalar(x: f64) -> f64 {
                $scalar(x)
            }
        }
    )*};
}

elementary! {
    /// eˣ.
    Exp: super::exp, libm::exp;
    /// 2ˣ.
    Exp2: super::exp2, libm::exp2;
    /// eˣ − 1.
    ExpM1: super::exp_m1, libm::expm1;
    /// ln x.
    Ln: super::ln, libm::log;
    /// ln(1 + x).
    Ln1p: super::ln_1p, libm::log1p;
    /// log₂ x.
    Log2: super::log2, libm::log2;
    /// log₁₀ x.
    Log10: super::log10, libm::log10;
    /// 1/(1 + e⁻ˣ).
    Logistic: super::logistic, Scalar::logistic;
    /// ln(1 + eˣ).
    Ln1pExp: super::ln_1p_exp, Scalar::ln_1p_exp;
    /// sinh x.
    Sinh: super::sinh, libm::sinh;
    /// cosh x.
    Cosh: super::cosh, libm::cosh;
    /// tanh x.
    Tanh: super::tanh, libm::tanh;
    /// atan x.
    Atan: super::atan, libm::atan;
    /// ∛x.
    Cbrt: super::cbrt, libm::cbrt;
    /// sin x.
    Sin: super::sin, libm::sin, super::trigonometric_covers;
    /// cos x.
    Cos: super::cos, libm::cos, super::trigonometric_covers;
    /// tan x.
    Tan: super::tan, libm::tan, super::trigonometric_covers;
    /// ln Γ(x).
    LnGamma: super::ln_gamma, Scalar::ln_gamma, super::gamma_covers;
    /// ψ(x).
    Digamma: super::digamma, Scalar::digamma, super::gamma_covers;
    /// ψ′(x).
    Trigamma: super::trigamma, |x| Scalar::polygamma(x, 1), super::gamma_covers;
}

/// xʸ.
#[derive(Clone, Copy, Debug)]
pub struct Power;

impl ElementaryOfTwo for Power {
    #[inline(always)]
    fn core(x: f64, y: f64) -> f64 {
        super::pow(x, y)
    }

    #[inline(always)]
    fn covers(x: f64, y: f64) -> bool {
        super::pow_covers(x, y)
    }

    fn scalar(x: f64, y: f64) -> f64 {
        libm::pow(x, y)
    }
}
