//! The zero-inflated Poisson distribution.

use super::{Bernoulli, Poisson};
use crate::distributions::numerics::deviance::deviance;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Fixed, KullbackLeibler, LogLikelihood, Observations, Parameter,
    Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Zero-inflated Poisson distribution with inflation ω in (0, 1) and rate λ > 0, on the counts 0, 1, 2, …: zero with
/// probability ω, else Poisson, which may be zero too.
///
/// ```math
/// \begin{aligned}
/// f(x; \omega, \lambda) &= \omega\, 0^x + (1-\omega) \frac{\lambda^x e^{-\lambda}}{x!},
/// \qquad
/// p = f(0; \omega, \lambda) = \omega + (1-\omega) e^{-\lambda} \\
/// I(\omega, \lambda) &= \begin{pmatrix}
///     \frac{1-e^{-\lambda}}{p (1-\omega)} & -\frac{e^{-\lambda}}{p} \\
///     -\frac{e^{-\lambda}}{p} & (1-\omega) \Bigl(\frac{1}{\lambda} - \frac{\omega e^{-\lambda}}{p}\Bigr)
/// \end{pmatrix}
/// \end{aligned}
/// ```
///
/// Here 0⁰ is 1. Between positive integers the log-likelihood is continued by the gamma function; below 0 it is −∞.
///
/// Source: Lambert, Zero-inflated Poisson regression, with an application to defects in manufacturing, *Technometrics*
/// 34 (1992), 1–14.
#[derive(Clone, Copy, Debug)]
pub struct ZeroInflatedPoisson;

/// ln(ω + (1 − ω) q), where r = 1 − q; also where it is close to 0.
#[inline]
fn ln_inflated<D: Scalar>(inflation: D, q: D, r: D) -> D {
    let kept = (-inflation + 1.0) * r;
    if kept < 0.5 { (-kept).ln_1p() } else { (inflation + (-inflation + 1.0) * q).ln() }
}

impl LogLikelihood for ZeroInflatedPoisson {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[inflation, rate]: &[D; 2], &x: &D) -> D {
        if x == D::from(0.0) {
            return ln_inflated(inflation, (-rate).exp(), -(-rate).exp_m1());
        }
        (-inflation).ln_1p() + Poisson.ln_likelihood(&[rate], &x)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::probability("inflation").symbol("ω"), Parameter::positive("rate").symbol("λ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        Some([0.3, 1.3 * sample.mean_count()])
    }
}

impl SampleSpace for ZeroInflatedPoisson {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::counts()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function().divergence()
    }
}

impl Sampler for ZeroInflatedPoisson {
    fn sample<R: rand::Rng + ?Sized>(&self, &[inflation, rate]: &[f64; 2], rng: &mut R) -> f64 {
        if !(0.0..=1.0).contains(&inflation) {
            return f64::NAN;
        }
        let u: f64 = rand_distr::Distribution::sample(&rand_distr::StandardUniform, rng);
        let count = Poisson.sample(&[rate], rng);
        if u < inflation && !count.is_nan() { 0.0 } else { count }
    }
}

impl Quantile for ZeroInflatedPoisson {
    fn quantile(&self, &[inflation, rate]: &[f64; 2], u: &[f64]) -> f64 {
        let rest = (u[0] - inflation) / (1.0 - inflation);
        if rest <= 0.0 { 0.0 } else { Poisson.quantile(&[rate], &[rest]) }
    }
}

impl ClosedForm for ZeroInflatedPoisson {
    fn information<D: Scalar>(&self, &[inflation, rate]: &[D; 2]) -> [[D; 2]; 2] {
        let (zero, rest) = ((-rate).exp(), -inflation + 1.0);
        let ratio = zero / (inflation + rest * zero);
        let first = -(-rate).exp_m1() / (inflation + rest * zero) / rest;
        [[first, -ratio], [-ratio, rest * (rate.recip() - inflation * ratio)]]
    }
}

impl DistributionFunction for ZeroInflatedPoisson {
    fn ln_cdf<D: Scalar>(&self, &[inflation, rate]: &[D; 2], &x: &D) -> D {
        if x < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        let shape = D::from(x.re().floor() + 1.0);
        ln_inflated(inflation, shape.regularized_gamma_q(rate), shape.regularized_gamma_p(rate))
    }

    fn ln_survival<D: Scalar>(&self, &[inflation, rate]: &[D; 2], &x: &D) -> D {
        if x < 0.0 {
            return D::from(0.0);
        }
        (-inflation).ln_1p() + Poisson.ln_survival(&[rate], &x)
    }
}

impl KullbackLeibler for ZeroInflatedPoisson {
    /// The divergence of "not zero", and that of the Poisson distribution without zero, as often as it is not zero.
    fn divergence<D: Scalar>(&self, &[inflation, rate]: &[D; 2], &[other_inflation, other_rate]: &[D; 2]) -> D {
        let (positive, other_positive) = (-(-rate).exp_m1(), -(-other_rate).exp_m1());
        let (kept, other_kept) = (-inflation + 1.0, -other_inflation + 1.0);
        // λ ln(λ/λ′) − c (λ − λ′) − c ln(c/c′) with c = 1 − exp(−λ), in which all that is linear in λ − λ′ has been
        // cancelled
        let difference = rate - other_rate;
        let truncated = deviance(other_rate, rate)
            - deviance(other_positive, positive)
            - (-rate).exp() * (difference.exp_m1() - difference);
        Bernoulli.divergence(&[kept * positive], &[other_kept * other_positive]) + kept * truncated
    }
}
