//! The F distribution.

use crate::distributions::numerics::constants::LN_SQRT_TAU;
use crate::distributions::numerics::deviance::{LARGE, stirling_remainder};
use crate::distributions::numerics::excess::excess;
use crate::distributions::numerics::gamma_power::log_gamma_entropy;
use crate::distributions::numerics::incomplete_beta::ln_regularized_beta;
use crate::distributions::numerics::inversion::logit_beta_quantile;
use crate::distributions::numerics::ln_ratio::ln_ratio;
use crate::distributions::numerics::polygamma_quotient::{ASYMPTOTIC, trigamma_quotient, trigamma_remainder};
use crate::distributions::numerics::quotients::ln_1p_quotient;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, Fixed, LogLikelihood, Parameter, Quantile, SampleSpace,
    Sampler, Support,
};
use crate::scalar::Scalar;
use crate::scalar::special::STIRLING;
use std::f64::consts::LN_2;

/// Snedecor's F distribution with m > 0 degrees of freedom of the numerator and n > 0 of the denominator, on the positive
/// numbers:
///
/// ```math
/// \begin{aligned}
/// f(x; m, n) &= \frac{m^{m/2} n^{n/2}}{B(m/2, n/2)}\, \frac{x^{m/2-1}}{(n + m x)^{(m+n)/2}} \\
/// I(m, n) &= \begin{pmatrix}
///     \frac14 \Bigl[\psi_1\Bigl(\frac{m}{2}\Bigr) - \psi_1\Bigl(\frac{d}{2}\Bigr)\Bigr] - \frac{n(d+4)}{2 m d (d+2)}
///         & \frac{1}{d} - \frac{1}{2(d+2)} - \frac14 \psi_1\Bigl(\frac{d}{2}\Bigr) \\
///     \frac{1}{d} - \frac{1}{2(d+2)} - \frac14 \psi_1\Bigl(\frac{d}{2}\Bigr)
///         & \frac14 \Bigl[\psi_1\Bigl(\frac{n}{2}\Bigr) - \psi_1\Bigl(\frac{d}{2}\Bigr)\Bigr] - \frac{m(d+4)}{2 n d (d+2)}
/// \end{pmatrix}, \qquad d = m + n
/// \end{aligned}
/// ```
///
/// With many degrees of freedom the information is of order m⁻² or, if n is small, m⁻⁴, while the terms of the formulas are of
/// order m⁻¹ and m⁻². They are therefore regrouped for large arguments.
///
/// Draws with less than about 0.05 degrees of freedom overflow and underflow, and are NaN where both sums of squares
/// underflow. The distribution function loses digits in proportion to the degrees of freedom: 11 are left at 10⁵, and
/// beyond about 10⁸ it is NaN.
///
/// Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 2, 2nd ed. (1995), chapter 27, for the
/// density; the matrix follows from beta moments, since m x/(n + m x) is beta with shapes m/2 and n/2.
#[derive(Clone, Copy, Debug)]
pub struct FisherSnedecor;

impl LogLikelihood for FisherSnedecor {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[numerator, denominator]: &[D; 2], &x: &D) -> D {
        if x < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        let (a, b) = (numerator * 0.5, denominator * 0.5);
        let (ln_x, logit, excess) = (x.ln(), ln_ratio(x, denominator / numerator), x - 1.0);
        // 1/x has the degrees of freedom exchanged.
        let ln_kernel = if a < b {
            ln_kernel(b, a, -logit, Ratio { value: x, logarithm: ln_x, deficit: -excess })
        } else {
            ln_kernel(a, b, logit, Ratio { value: x.recip(), logarithm: -ln_x, deficit: excess / x })
        };
        ln_kernel - ln_x
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::positive("degrees of freedom of the numerator").symbol("m"),
            Parameter::positive("degrees of freedom of the denominator").symbol("n"),
        ]
    }
}

/// A number r with ln r and 1 − r.
struct Ratio<D> {
    value: D,
    logarithm: D,
    deficit: D,
}

/// pᵃ(1 − p)ᵇ/B(a, b) as a logarithm for a ≥ b and p = a/(a + br), given logit p.
///
/// - If both shapes are large, it is ½ ln(ab/2π(a + b)) − μ(a) − μ(b) + μ(a + b) − a D(u) − b D(v) with μ of Stirling's formula,
///   D(u) = u − ln(1 + u), u = b(1 − r)/(a + br) and v = −a(1 − r)/(a + br). That is used near the mode, r = 1.
/// - If a is much larger than b, what depends on a is of order 1/a and the rest is a gamma density of y = br with shape b: with
///   q(w) = ln(1 + w)/w and ε = y/a it is b ln y − y q(ε) − ln Γ(b) − b ln(1 + ε) + ln Γ(a + b) − ln Γ(a) − b ln a.
#[inline]
fn ln_kernel<D: Scalar>(a: D, b: D, logit: D, ratio: Ratio<D>) -> D {
    if b >= LARGE && ratio.deficit.abs() < 0.5 {
        let y = b * ratio.value;
        let first = a * excess(b * ratio.deficit / (a + y));
        let second = b * excess(-ratio.deficit / (y / a + 1.0));
        let spread = (b.ln() - (b / a).ln_1p()) * 0.5 - LN_SQRT_TAU;
        let remainder = stirling_remainder(a) + stirling_remainder(b) - stirling_remainder(a + b);
        return spread - remainder - first - second;
    }
    if a < LARGE || a < b * 16.0 {
        return a * logit.ln_logistic() + b * (-logit).ln_logistic() - a.ln_beta(b);
    }
    let ln_y = b.ln() + ratio.logarithm;
    let growth = ln_gamma_growth(a, b) - b.ln_gamma();
    if logit < 2.0 * LN_2 {
        // ε > ¼: far in the tail
        return b * ln_y + (a + b) * logit.ln_logistic() + growth;
    }
    let y = b * ratio.value;
    let epsilon = y / a;
    b * ln_y - y * ln_1p_quotient(epsilon) - b * epsilon.ln_1p() + growth
}

/// ln Γ(a + b) − ln Γ(a) − b ln a for a ≥ [`LARGE`], of order 1/a.
///
/// By Stirling's formula it is (a + b − ½) ln(1 + b/a) − b + μ(a + b) − μ(a), whose last difference is divided by q − p as in
/// [`polygamma_quotient`](crate::distributions::numerics::polygamma_quotient), p = 1/a and q = 1/(a + b).
fn ln_gamma_growth<D: Scalar>(a: D, b: D) -> D {
    let (p, q) = (a.recip(), (a + b).recip());
    let (mut power, mut quotient, mut series) = (p, D::from(1.0), D::from(STIRLING[0]));
    for &coefficient in &STIRLING[1..4] {
        quotient = q * q * quotient + power * (p + q);
        power *= p * p;
        series += quotient * coefficient;
    }
    b * (((b - 0.5) * p + 1.0) * ln_1p_quotient(b * p) - 1.0 - p * q * series)
}

impl SampleSpace for FisherSnedecor {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::positive()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function().entropy()
    }
}

impl Sampler for FisherSnedecor {
    fn sample<R: rand::Rng + ?Sized>(&self, &[numerator, denominator]: &[f64; 2], rng: &mut R) -> f64 {
        // Fails only outside the domain of the parameters, where there is nothing to draw.
        rand_distr::FisherF::new(numerator, denominator)
            .map_or(f64::NAN, |ratio| rand_distr::Distribution::sample(&ratio, rng))
    }
}

impl Quantile for FisherSnedecor {
    fn quantile(&self, &[numerator, denominator]: &[f64; 2], u: &[f64]) -> f64 {
        let logit = logit_beta_quantile(0.5 * numerator, 0.5 * denominator, u[0], 1.0 - u[0]);
        denominator / numerator * logit.exp()
    }
}

impl ClosedForm for FisherSnedecor {
    fn information<D: Scalar>(&self, &[numerator, denominator]: &[D; 2]) -> [[D; 2]; 2] {
        let (a, b) = (numerator * 0.5, denominator * 0.5);
        let cross = cross_information(a + b);
        [[own_information(a, b), cross], [cross, own_information(b, a)]]
    }
}

/// ¼[ψ₁(a) − ψ₁(s) − b(s + 2)/(as(s + 1))] with s = a + b.
///
/// By the asymptotic series of ψ₁, for p = 1/a, q = 1/s and so b/as = p − q, it is ¼(p − q)[(p − q)/2 + q²/(1 + q) + …].
fn own_information<D: Scalar>(a: D, b: D) -> D {
    let sum = a + b;
    if a < ASYMPTOTIC {
        return (trigamma_quotient(a, b) - (sum + 2.0) / (a * sum * (sum + 1.0))) * b * 0.25;
    }
    let (p, q) = (a.recip(), sum.recip());
    let difference = b * p * q;
    difference * (difference * 0.5 + q * q / (q + 1.0) + trigamma_remainder(p, q)) * 0.25
}

/// ¼[2/s − 1/(s + 1) − ψ₁(s)], for q = 1/s and by the asymptotic series ¼[q²(1 − q)/2(1 + q) − …].
fn cross_information<D: Scalar>(sum: D) -> D {
    let q = sum.recip();
    if sum < ASYMPTOTIC {
        return (q * 2.0 - (sum + 1.0).recip() - sum.polygamma(1)) * 0.25;
    }
    (q * q * (-q + 1.0) / (q + 1.0) * 0.5 - q * trigamma_remainder(q, D::from(0.0))) * 0.25
}

/// ln I_p(a, b) for p with this logit.
fn ln_beta_tail<D: Scalar>(logit: D, a: D, b: D) -> D {
    ln_regularized_beta(logit.logistic(), logit.ln_logistic(), (-logit).logistic(), a, b)
}

impl DistributionFunction for FisherSnedecor {
    fn ln_cdf<D: Scalar>(&self, &[numerator, denominator]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        ln_beta_tail(ln_ratio(x, denominator / numerator), numerator * 0.5, denominator * 0.5)
    }

    fn ln_survival<D: Scalar>(&self, &[numerator, denominator]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(0.0);
        }
        ln_beta_tail(-ln_ratio(x, denominator / numerator), denominator * 0.5, numerator * 0.5)
    }
}

impl Entropy for FisherSnedecor {
    fn entropy<D: Scalar>(&self, &[numerator, denominator]: &[D; 2]) -> D {
        let (a, b) = (numerator * 0.5, denominator * 0.5);
        let shapes = log_gamma_entropy(a) + log_gamma_entropy(b) - log_gamma_entropy(a + b);
        shapes + (a.digamma() - a.ln()) - (b.digamma() - b.ln())
    }
}
