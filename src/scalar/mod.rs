//! The numbers that a log-likelihood is written over.
//!
//! [`Scalar`] is `num-dual`'s [`DualNum`] over `f64` together with the special functions that densities need.
//! It is implemented for `f64` and for every statically sized dual number of `num-dual`, nested ones included,
//! so one generic formula yields values, scores, Hessians and third derivatives.
//!
//! A special function enters a dual number in one of two ways:
//!
//! - A function of one variable supplies its derivatives f(x), f′(x), f″(x), … at the real part, and [`Compose`] carries
//!   them through the nilpotent part by the chain rule of each number type.
//! - A function of several variables (ln B, P(a, x), I_x(a, b)) is computed by a positive series or a continued fraction
//!   *in the dual numbers themselves*, which differentiates it with respect to every argument at once.

mod compose;
mod seed;
pub mod special;

pub use compose::Compose;
pub use seed::{FirstOrder, SecondOrder};
pub use special::{Special, log_sum_exp};

use num_dual::DualNum;

/// A number that a log-likelihood can be evaluated in: `f64`, or a dual number that carries derivatives along.
///
/// The arithmetic, `exp`, `ln`, `sqrt`, `powi`, `sin` and the rest come from [`DualNum`]; this trait adds the special
/// functions of probability. Constants go on the right of an operator (`x * 2.0`), since Rust does not let a foreign type
/// such as `f64` be the left operand of a generic one; write `-x + 1.0` for 1 − x.
///
/// Every function below is exact to rounding in its value and in every derivative that the number type carries. The measured
/// errors are tabulated in the [numbers note](crate::notes::numbers).
pub trait Scalar: DualNum<Primitive = f64> + Copy + Send + Sync {
    /// Applies a special function. The named methods below are the way to call it; a number type implements this one
    /// method to give them all their meaning.
    fn special(call: Special<Self>) -> Self;

    /// ln Γ(x), the logarithm of the gamma function, for x > 0 (NaN elsewhere).
    fn ln_gamma(self) -> Self {
        Self::special(Special::LnGamma(self))
    }

    /// ψ(x) = d/dx ln Γ(x), the digamma function, for x > 0 (NaN elsewhere).
    fn digamma(self) -> Self {
        Self::special(Special::Polygamma(0, self))
    }

    /// ψₙ(x) = dⁿ⁺¹/dxⁿ⁺¹ ln Γ(x), the polygamma function of order n, for x > 0 (NaN elsewhere); `polygamma(1)` is the
    /// trigamma function.
    fn polygamma(self, order: u32) -> Self {
        Self::special(Special::Polygamma(order, self))
    }

    /// ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b), without the cancellation of that formula when one argument is large.
    fn ln_beta(self, b: Self) -> Self {
        Self::special(Special::LnBeta(self, b))
    }

    /// erf(x) = 2/√π ∫₀ˣ exp(−t²) dt, the error function.
    fn erf(self) -> Self {
        Self::special(Special::Erf(self))
    }

    /// erfc(x) = 1 − erf(x), accurate in the right tail too.
    fn erfc(self) -> Self {
        Self::special(Special::Erfc(self))
    }

    /// ln Φ(x), the logarithm of the standard normal distribution function, accurate in both tails
    /// (ln Φ(−40) ≈ −804.6).
    fn ln_norm_cdf(self) -> Self {
        Self::special(Special::LnNormCdf(self))
    }

    /// ln(1 − eˣ) for x < 0 (NaN for x > 0, −∞ at 0), accurate near 0 and in the tail.
    fn ln_1m_exp(self) -> Self {
        Self::special(Special::Ln1mExp(self))
    }

    /// ln(1 + eˣ), the softplus function, without overflow and accurate in the left tail.
    fn ln_1p_exp(self) -> Self {
        Self::special(Special::Ln1pExp(self))
    }

    /// 1/(1 + e⁻ˣ), the logistic function.
    fn logistic(self) -> Self {
        Self::special(Special::Logistic(self))
    }

    /// ln(1/(1 + e⁻ˣ)) = −ln(1 + e⁻ˣ), the logarithm of the logistic function.
    fn ln_logistic(self) -> Self {
        -(-self).ln_1p_exp()
    }

    /// ln(p/(1 − p)), the logit, for 0 < p < 1.
    fn logit(self) -> Self {
        self.ln() - (-self).ln_1p()
    }

    /// ln I₀(x), the logarithm of the modified Bessel function of the first kind, without overflow.
    fn ln_bessel_i0(self) -> Self {
        Self::special(Special::LnBesselI0(self))
    }

    /// I₁(x)/I₀(x) = d/dx ln I₀(x), the mean resultant length of the von Mises distribution.
    fn bessel_ratio(self) -> Self {
        Self::special(Special::BesselRatio(self))
    }

    /// P(a, x) = 1/Γ(a) ∫₀ˣ tᵃ⁻¹ e⁻ᵗ dt, the regularised lower incomplete gamma function of shape `self` = a > 0 and x ≥ 0.
    fn regularized_gamma_p(self, x: Self) -> Self {
        Self::special(Special::GammaP(self, x))
    }

    /// Q(a, x) = 1 − P(a, x), accurate in the right tail too.
    fn regularized_gamma_q(self, x: Self) -> Self {
        Self::special(Special::GammaQ(self, x))
    }

    /// I_x(a, b) = 1/B(a, b) ∫₀ˣ tᵃ⁻¹ (1 − t)ᵇ⁻¹ dt, the regularised incomplete beta function at `self` = x in [0, 1] with
    /// shapes a, b > 0.
    fn regularized_beta(self, a: Self, b: Self) -> Self {
        Self::special(Special::Beta(self, a, b))
    }
}
