//! The Kumaraswamy distribution.

use crate::distributions::numerics::cloglog::ln_1m_exp_exp;
use crate::distributions::numerics::constants::EULER_GAMMA;
use crate::distributions::numerics::fisher_rao::scales;
use crate::distributions::numerics::polygamma_quotient::{digamma_quotient, trigamma_quotient};
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, FisherRao, Fixed, LogLikelihood, Parameter, Quantile,
    SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Kumaraswamy distribution with shapes a, b > 0, on the unit interval: xᵃ is beta with shapes 1 and b.
///
/// ```math
/// \begin{aligned}
/// f(x; a, b) &= a\, b\, x^{a-1} (1-x^a)^{b-1} \\
/// I(a, b) &= \begin{pmatrix}
///     \frac{1}{a^2} \Bigl(1 + \frac{b}{b-2} \bigl((\psi(2)-\psi(b))^2 + \psi_1(2) - \psi_1(b)\bigr)\Bigr)
///         & \frac{\psi(2)-\psi(b+1)}{a (b-1)} \\
///     \frac{\psi(2)-\psi(b+1)}{a (b-1)} & \frac{1}{b^2}
/// \end{pmatrix}
/// \end{aligned}
/// ```
///
/// At b = 1 and b = 2 the entries are the limits of the formulas. If b is much less than 1, much of the mass lies nearer to 1
/// than any `f64` does, and draws come out as 1, outside the support; those of a tiny a underflow.
///
/// Source: Jones, Kumaraswamy's distribution: A beta-type distribution with some tractability advantages, *Statistical
/// Methodology* 6 (2009), 70–81.
#[derive(Clone, Copy, Debug)]
pub struct Kumaraswamy;

impl LogLikelihood for Kumaraswamy {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[a, b]: &[D; 2], &x: &D) -> D {
        let ln_x = x.ln();
        a.ln() + b.ln() + (a - 1.0) * ln_x + (b - 1.0) * (a * ln_x).ln_1m_exp()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("a"), Parameter::positive("b")]
    }
}

impl SampleSpace for Kumaraswamy {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::unit()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function().entropy().fisher_rao()
    }
}

/// The x whose survival function (1 − xᵃ)ᵇ is e^(−h).
fn at_hazard(&[a, b]: &[f64; 2], h: f64) -> f64 {
    ((-h / b).ln_1m_exp() / a).exp()
}

impl Sampler for Kumaraswamy {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64; 2], rng: &mut R) -> f64 {
        at_hazard(theta, rand_distr::Distribution::sample(&rand_distr::Exp1, rng))
    }
}

impl Quantile for Kumaraswamy {
    fn quantile(&self, theta: &[f64; 2], u: &[f64]) -> f64 {
        at_hazard(theta, -(-u[0]).ln_1p())
    }
}

impl ClosedForm for Kumaraswamy {
    fn information<D: Scalar>(&self, &[a, b]: &[D; 2]) -> [[D; 2]; 2] {
        let inverse = a.recip();
        let cross = -digamma_quotient(D::from(2.0), b - 1.0) * inverse;
        [[first_shape_information(b) * inverse * inverse, cross], [cross, b.powi(-2)]]
    }
}

/// The first entry for a = 1.
///
/// For b < 1 it is of order b, while its terms are not: with δ = ψ(b + 1) − ψ(2) and δ₁ = ψ₁(b + 1) − ψ₁(2) it is
/// b/(2 − b) [2/(b + 1) + 2(ψ(b + 2) − ψ(2))/b + δ₁ − δ² − 1].
fn first_shape_information<D: Scalar>(b: D) -> D {
    let two = D::from(2.0);
    if b < 1.0 {
        let d = b - 1.0;
        let (delta, delta_1) = (digamma_quotient(two, d) * d, -trigamma_quotient(two, d) * d);
        let bracket = ((b + 1.0).recip() + digamma_quotient(two, b)) * 2.0 + delta_1 - delta * delta - 1.0;
        return b / (-b + 2.0) * bracket;
    }
    let d = b - 2.0;
    b * (digamma_quotient(two, d).powi(2) * d + trigamma_quotient(two, d)) + 1.0
}

impl DistributionFunction for Kumaraswamy {
    fn ln_cdf<D: Scalar>(&self, &[a, b]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        if x >= 1.0 {
            return D::from(0.0);
        }
        let y = a * x.ln();
        // For small xᵃ the cumulated hazard −b ln(1 − xᵃ) is b xᵃ, which may underflow.
        if y < -40.0 { ln_1m_exp_exp(y + b.ln()) } else { (b * y.ln_1m_exp()).ln_1m_exp() }
    }

    fn ln_survival<D: Scalar>(&self, &[a, b]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(0.0);
        }
        if x >= 1.0 {
            return D::from(f64::NEG_INFINITY);
        }
        b * (a * x.ln()).ln_1m_exp()
    }
}

impl Entropy for Kumaraswamy {
    fn entropy<D: Scalar>(&self, &[a, b]: &[D; 2]) -> D {
        let harmonic = (b + 1.0).digamma() + EULER_GAMMA;
        -b.recip() + 1.0 + (-a.recip() + 1.0) * harmonic - a.ln() - b.ln()
    }
}

/// For one known parameter |ln(b′/b)|, or |ln(a′/a)| times a function of b that is 1 for b = 1: for the power family.
impl FisherRao for Kumaraswamy {
    fn distance<D: Scalar>(&self, &[a, b]: &[D; 2], &[other_a, other_b]: &[D; 2], free: &[bool]) -> Option<D> {
        match *free {
            [true, false] => Some(scales(first_shape_information(b), a, other_a)),
            [false, true] => Some(scales(D::from(1.0), b, other_b)),
            _ => None,
        }
    }
}
