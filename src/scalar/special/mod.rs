//! The special functions of probability, with all their derivatives.
//!
//! A function of one variable fills a *tower*, the array f(x), f′(x), f″(x), … at a real number x, in plain `f64`; the chain
//! rule ([`Compose`]) does the rest. A function of several variables runs its algorithm in the dual numbers. Which formula
//! serves which range, and whose it is, stands at the head of each file.

#![allow(clippy::excessive_precision, reason = "constants keep the digits of their sources")]

mod cumulants;
mod deviance;
mod error_function;
mod gamma;
mod incomplete_beta;
mod incomplete_gamma;
mod ln_bessel;
mod ln_beta;
mod log_sum_exp;
mod logistic;
mod normal;
mod polygamma;
mod power;
mod stirling;
mod uniform_gamma;
mod zeta;

pub(crate) use gamma::{ONE_MINUS_EULER, ZETA_MINUS_ONE_OVER_K};
pub(crate) use ln_bessel::ASYMPTOTIC as BESSEL_I0_ASYMPTOTIC;
pub use log_sum_exp::log_sum_exp;
pub(crate) use stirling::{BERNOULLI, STIRLING};

use super::{Compose, Scalar};

/// A special function together with its arguments: what [`Scalar::special`] is asked to evaluate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Special<D> {
    /// ln Γ(x)
    LnGamma(D),
    /// ψₙ(x)
    Polygamma(u32, D),
    /// ln B(a, b)
    LnBeta(D, D),
    /// erf(x)
    Erf(D),
    /// erfc(x)
    Erfc(D),
    /// ln Φ(x)
    LnNormCdf(D),
    /// ln(1 − eˣ)
    Ln1mExp(D),
    /// ln(1 + eˣ)
    Ln1pExp(D),
    /// 1/(1 + e⁻ˣ)
    Logistic(D),
    /// ln I₀(x)
    LnBesselI0(D),
    /// I₁(x)/I₀(x)
    BesselRatio(D),
    /// The nth derivative of ln ζ(s)
    LnZeta(u32, D),
    /// P(a, x)
    GammaP(D, D),
    /// Q(a, x) = 1 − P(a, x)
    GammaQ(D, D),
    /// I_x(a, b), arguments in the order x, a, b
    Beta(D, D, D),
}

impl<D> Special<D> {
    /// The same function of other arguments: each argument, in order, replaced by what the closure makes of it.
    #[inline]
    pub fn map<E>(self, mut argument: impl FnMut(D) -> E) -> Special<E> {
        match self {
            Self::LnGamma(x) => Special::LnGamma(argument(x)),
            Self::Polygamma(order, x) => Special::Polygamma(order, argument(x)),
            Self::LnBeta(a, b) => Special::LnBeta(argument(a), argument(b)),
            Self::Erf(x) => Special::Erf(argument(x)),
            Self::Erfc(x) => Special::Erfc(argument(x)),
            Self::LnNormCdf(x) => Special::LnNormCdf(argument(x)),
            Self::Ln1mExp(x) => Special::Ln1mExp(argument(x)),
            Self::Ln1pExp(x) => Special::Ln1pExp(argument(x)),
            Self::Logistic(x) => Special::Logistic(argument(x)),
            Self::LnBesselI0(x) => Special::LnBesselI0(argument(x)),
            Self::BesselRatio(x) => Special::BesselRatio(argument(x)),
            Self::LnZeta(order, s) => Special::LnZeta(order, argument(s)),
            Self::GammaP(a, x) => Special::GammaP(argument(a), argument(x)),
            Self::GammaQ(a, x) => Special::GammaQ(argument(a), argument(x)),
            Self::Beta(x, a, b) => Special::Beta(argument(x), argument(a), argument(b)),
        }
    }

    /// The arguments in order, as many as the function has.
    #[inline]
    #[must_use]
    pub fn arguments(self) -> [Option<D>; 3] {
        let mut arguments = [const { None }; 3];
        let mut free = arguments.iter_mut();
        let _ = self.map(|argument| {
            if let Some(place) = free.next() {
                *place = Some(argument);
            }
        });
        arguments
    }
}

/// Evaluates a special function in any number type: the value and every derivative that the type carries.
#[inline]
pub fn evaluate<D: Compose + Scalar>(call: Special<D>) -> D {
    match call {
        Special::LnGamma(x) => univariate(x, gamma::ln_gamma_tower),
        Special::Polygamma(order, x) => univariate(x, |x, tower| polygamma::polygamma_tower(order, x, tower)),
        Special::LnBeta(a, b) => ln_beta::ln_beta(a, b),
        Special::Erf(x) => univariate(x, error_function::erf_tower),
        Special::Erfc(x) => univariate(x, error_function::erfc_tower),
        Special::LnNormCdf(x) => univariate(x, normal::ln_norm_cdf_tower),
        Special::Ln1mExp(x) => univariate(x, logistic::ln_1m_exp_tower),
        Special::Ln1pExp(x) => univariate(x, logistic::ln_1p_exp_tower),
        Special::Logistic(x) => univariate(x, logistic::logistic_tower),
        Special::LnBesselI0(x) => univariate(x, |x, tower| ln_bessel::ln_bessel_i0_tower(0, x, tower)),
        Special::BesselRatio(x) => univariate(x, |x, tower| ln_bessel::ln_bessel_i0_tower(1, x, tower)),
        Special::LnZeta(order, s) => univariate(s, |s, tower| zeta::ln_zeta_tower(order, s, tower)),
        Special::GammaP(a, x) => incomplete_gamma::gamma_p(a, x),
        Special::GammaQ(a, x) => incomplete_gamma::gamma_q(a, x),
        Special::Beta(x, a, b) => incomplete_beta::beta(x, a, b),
    }
}

/// The longest tower: number types may carry derivatives up to order `LONGEST` − 1.
const LONGEST: usize = 16;

/// f(x) for a function of one variable, given what fills its tower f, f′, f″, … at a real number.
#[inline]
fn univariate<D: Compose>(x: D, fill: impl FnOnce(f64, &mut [f64])) -> D {
    const { assert!(D::NDERIV < LONGEST, "derivatives above order 15 are not tabulated") };
    let mut tower = [0.0; LONGEST];
    fill(x.re(), &mut tower[..=D::NDERIV]);
    x.compose(&tower)
}
