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

/// Whether a number is NaN: a comparison rather than the value itself, so that a recording knows what was asked.
#[inline]
#[allow(clippy::eq_op)] // NaN alone differs from itself
pub(crate) fn is_nan<D: Scalar>(x: D) -> bool {
    x != x
}

/// A number that a log-likelihood can be evaluated in: `f64`, or a dual number that carries derivatives along.
///
/// The arithmetic, `exp`, `ln`, `sqrt`, `powi`, `sin` and the rest come from [`DualNum`]; this trait adds the special
/// functions of probability. Constants go on the right of an operator (`x * 2.0`), since Rust does not let a foreign type
/// such as `f64` be the left operand of a generic one; write `-x + 1.0` for 1 − x.
///
/// The functions below are accurate in every derivative that the number type carries, as well as in their values. The bounds
/// stated are relative, up to the third derivative, and held by a test; the [numbers note](crate::notes::numbers) tabulates the
/// measured errors, which are smaller, and says what becomes of arguments outside a domain or at its edge.
pub trait Scalar: DualNum<Primitive = f64> + Copy + Send + Sync {
    /// Applies a special function. The named methods below are the way to call it; a number type implements this one
    /// method to give them all their meaning.
    fn special(call: Special<Self>) -> Self;

    /// ln Γ(x), the logarithm of the gamma function, for x > 0 (+∞ at 0, NaN for x < 0).
    ///
    /// Error below 10⁻¹⁴ (near the zeros of ln Γ and ψ relative to 1); value from `libm`, derivatives as those of
    /// [`digamma`](Self::digamma).
    fn ln_gamma(self) -> Self {
        Self::special(Special::LnGamma(self))
    }

    /// ψ(x) = d/dx ln Γ(x), the digamma function, for x > 0 (−∞ at 0, NaN for x < 0).
    ///
    /// Error below 10⁻¹⁴ (near the zero 1.46 relative to 1); recurrence and asymptotic series, DLMF 5.5.2 and 5.11.2.
    fn digamma(self) -> Self {
        Self::special(Special::Polygamma(0, self))
    }

    /// ψₙ(x) = dⁿ⁺¹/dxⁿ⁺¹ ln Γ(x), the polygamma function of order n, for x > 0 (±∞ at 0, NaN for x < 0); `polygamma(1)` is the
    /// trigamma function.
    ///
    /// Error below 10⁻¹⁴ for orders up to 3 and below 10⁻¹³ for orders up to 8; DLMF 5.15.5 and 5.15.8, for orders from 4 on
    /// Euler and Maclaurin's formula, DLMF 25.11.5. The error grows in proportion to the order, and with n ln n beyond n = 170.
    fn polygamma(self, order: u32) -> Self {
        Self::special(Special::Polygamma(order, self))
    }

    /// ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b), for a, b > 0, without the cancellation of that formula (and of
    /// its derivatives ψ(a) − ψ(a + b)) when one argument is large.
    ///
    /// Error below 10⁻¹³, for the value relative to 1 where ln B is close to 0; after Algorithm 708 of DiDonato and Morris (1992).
    fn ln_beta(self, b: Self) -> Self {
        Self::special(Special::LnBeta(self, b))
    }

    /// erf(x) = 2/√π ∫₀ˣ exp(−t²) dt, the error function.
    ///
    /// Error below 10⁻¹³; value from `libm`, derivatives by Hermite polynomials.
    fn erf(self) -> Self {
        Self::special(Special::Erf(self))
    }

    /// erfc(x) = 1 − erf(x), accurate in the right tail too.
    ///
    /// Error below 10⁻¹³; value from `libm`, derivatives by Hermite polynomials.
    fn erfc(self) -> Self {
        Self::special(Special::Erfc(self))
    }

    /// ln Φ(x), the logarithm of the standard normal distribution function, accurate in both tails
    /// (ln Φ(−40) ≈ −804.6).
    ///
    /// Error below 10⁻¹³, in the left tail by the moments of the Mills ratio (Gautschi 1967).
    fn ln_norm_cdf(self) -> Self {
        Self::special(Special::LnNormCdf(self))
    }

    /// ln(1 − eˣ) for x < 0 (NaN for x > 0, −∞ at 0), accurate near 0 and in the tail.
    ///
    /// Error below 10⁻¹³; after Mächler (2012).
    fn ln_1m_exp(self) -> Self {
        Self::special(Special::Ln1mExp(self))
    }

    /// ln(1 + eˣ), the softplus function, without overflow and accurate in the left tail.
    ///
    /// Error below 10⁻¹³; after Mächler (2012).
    fn ln_1p_exp(self) -> Self {
        Self::special(Special::Ln1pExp(self))
    }

    /// 1/(1 + e⁻ˣ), the logistic function.
    ///
    /// Error below 10⁻¹³, in both tails; derivatives by polynomials in tanh(x/2).
    fn logistic(self) -> Self {
        Self::special(Special::Logistic(self))
    }

    /// ln(1/(1 + e⁻ˣ)) = −ln(1 + e⁻ˣ), the logarithm of the logistic function.
    ///
    /// As accurate as [`ln_1p_exp`](Self::ln_1p_exp).
    fn ln_logistic(self) -> Self {
        -(-self).ln_1p_exp()
    }

    /// ln(p/(1 − p)), the logit, for 0 < p < 1.
    ///
    /// A difference of two logarithms, each exact to rounding: near p = ½ the error is relative to 1.
    fn logit(self) -> Self {
        self.ln() - (-self).ln_1p()
    }

    /// ln I₀(x), the logarithm of the modified Bessel function of the first kind, without overflow.
    ///
    /// Error below 10⁻¹³; DLMF 10.25.2 and 10.40.1, derivatives as those of [`bessel_ratio`](Self::bessel_ratio).
    fn ln_bessel_i0(self) -> Self {
        Self::special(Special::LnBesselI0(self))
    }

    /// I₁(x)/I₀(x) = d/dx ln I₀(x), the mean resultant length of the von Mises distribution.
    ///
    /// Error below 10⁻¹³; cumulants of the von Mises distribution by a continued fraction (Gautschi 1967).
    fn bessel_ratio(self) -> Self {
        Self::special(Special::BesselRatio(self))
    }

    /// ln ζ(s), the logarithm of Riemann's zeta function ζ(s) = Σ k⁻ˢ, for s > 1 (+∞ at 1, NaN below).
    ///
    /// Error below 10⁻¹³, also where ζ is close to 1; Euler and Maclaurin's formula, DLMF 25.2.9, derivatives as cumulants.
    fn ln_zeta(self) -> Self {
        Self::special(Special::LnZeta(0, self))
    }

    /// The derivative of order n of ln ζ(s), for s > 1 (±∞ at 1, NaN below) and n ≤ 15 (NaN beyond).
    ///
    /// Errors and source as those of [`ln_zeta`](Self::ln_zeta).
    fn ln_zeta_derivative(self, order: u32) -> Self {
        Self::special(Special::LnZeta(order, self))
    }

    /// P(a, x) = 1/Γ(a) ∫₀ˣ tᵃ⁻¹ e⁻ᵗ dt, the regularised lower incomplete gamma function of shape `self` = a > 0 and x ≥ 0.
    ///
    /// Error of the value below 10⁻¹³, also where P is small, of derivatives with respect to a and x below 10⁻¹¹; DLMF 8.7.1 and
    /// 8.9.2 in the dual numbers, for large a Temme's expansion (1979).
    fn regularized_gamma_p(self, x: Self) -> Self {
        Self::special(Special::GammaP(self, x))
    }

    /// Q(a, x) = 1 − P(a, x), accurate in the right tail too.
    ///
    /// Errors and source as those of [`regularized_gamma_p`](Self::regularized_gamma_p), also where Q is small.
    fn regularized_gamma_q(self, x: Self) -> Self {
        Self::special(Special::GammaQ(self, x))
    }

    /// I_x(a, b) = 1/B(a, b) ∫₀ˣ tᵃ⁻¹ (1 − t)ᵇ⁻¹ dt, the regularised incomplete beta function at `self` = x in [0, 1] with
    /// shapes a, b > 0.
    ///
    /// Error of the value below 10⁻¹³, also where I is small, of derivatives with respect to x, a and b below 10⁻¹¹; the
    /// continued fraction of Algorithm 708 (DiDonato and Morris 1992) in the dual numbers. NaN for shapes so large that it does
    /// not converge, beyond about 10⁸.
    fn regularized_beta(self, a: Self, b: Self) -> Self {
        Self::special(Special::Beta(self, a, b))
    }
}
