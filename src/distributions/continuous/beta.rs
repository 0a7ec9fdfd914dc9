//! The beta distribution.

use crate::distributions::constants::LN_SQRT_TAU;
use crate::distributions::deviance::{LARGE, deviance, stirling_remainder};
use crate::distributions::inversion::logit_beta_quantile;
use crate::model::{
    Capabilities, ClosedForm, Fixed, LogLikelihood, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Beta distribution with shapes a, b > 0, on the unit interval:
///
/// ```math
/// f(x; a, b) = \frac{x^{a-1} (1-x)^{b-1}}{B(a, b)},
/// \qquad
/// I(a, b) = \begin{pmatrix} \psi_1(a) - \psi_1(a+b) & -\psi_1(a+b) \\ -\psi_1(a+b) & \psi_1(b) - \psi_1(a+b) \end{pmatrix}
/// ```
///
/// If b is much less than 1, much of the mass lies nearer to 1 than any `f64` does, and draws come out as 1, outside the
/// support.
///
/// Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 2, 2nd ed. (1995), section 25.4.
#[derive(Clone, Copy, Debug)]
pub struct Beta;

impl LogLikelihood for Beta {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[a, b]: &[D; 2], &x: &D) -> D {
        if a >= LARGE && b >= LARGE {
            let (sum, rest) = (a + b, -x + 1.0);
            let spread = (a / sum * b).ln() * 0.5 - LN_SQRT_TAU;
            let remainder = stirling_remainder(a) + stirling_remainder(b) - stirling_remainder(sum);
            return spread - remainder - deviance(sum * x, a) - deviance(sum * rest, b) - x.ln() - rest.ln();
        }
        (a - 1.0) * x.ln() + (b - 1.0) * (-x).ln_1p() - a.ln_beta(b)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("a"), Parameter::positive("b")]
    }
}

impl SampleSpace for Beta {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::unit()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile()
    }
}

impl Sampler for Beta {
    fn sample<R: rand::Rng + ?Sized>(&self, &[a, b]: &[f64; 2], rng: &mut R) -> f64 {
        // Fails only outside the domain of the parameters, where there is nothing to draw.
        rand_distr::Beta::new(a, b).map_or(f64::NAN, |beta| rand_distr::Distribution::sample(&beta, rng))
    }
}

impl Quantile for Beta {
    fn quantile(&self, &[a, b]: &[f64; 2], u: &[f64]) -> f64 {
        logit_beta_quantile(a, b, u[0], 1.0 - u[0]).logistic()
    }
}

impl ClosedForm for Beta {
    fn information<D: Scalar>(&self, &[a, b]: &[D; 2]) -> [[D; 2]; 2] {
        let cross = -(a + b).polygamma(1);
        [[trigamma_difference(a, b), cross], [cross, trigamma_difference(b, a)]]
    }
}

/// ψ₁(x) − ψ₁(x + d) for x, d > 0, without the cancellation of that formula when d is much less than x.
///
/// Recurrence up to x ≥ 16, ψ₁(x) = ψ₁(x + 1) + 1/x², then the asymptotic series ψ₁(x) = 1/x + 1/2x² + Σ B₂ₖ/x²ᵏ⁺¹
/// (DLMF 5.15.8), in both of which every difference of powers is divided by p − q, where p = 1/x and q = 1/(x + d):
/// pᵐ − qᵐ = (p − q) Sₘ with Sₘ = Σ pⁱ qᵐ⁻¹⁻ⁱ, and p − q = d p q.
fn trigamma_difference<D: Scalar>(mut x: D, d: D) -> D {
    /// B₂, B₄, …
    const BERNOULLI: [f64; 10] = [
        1.0 / 6.0,
        -1.0 / 30.0,
        1.0 / 42.0,
        -1.0 / 30.0,
        5.0 / 66.0,
        -691.0 / 2730.0,
        7.0 / 6.0,
        -3617.0 / 510.0,
        43867.0 / 798.0,
        -174_611.0 / 330.0,
    ];
    let mut sum = D::from(0.0);
    while x < 16.0 {
        let (p, q) = (x.recip(), (x + d).recip());
        sum += p * q * (p + q);
        x += 1.0;
    }
    let (p, q) = (x.recip(), (x + d).recip());
    let mut quotient = p + q; // S₂
    let mut power = p;
    let mut series = quotient * 0.5 + 1.0;
    for number in BERNOULLI {
        power *= p;
        quotient = quotient * q + power;
        series += quotient * number;
        power *= p;
        quotient = quotient * q + power;
    }
    d * (sum + p * q * series)
}
