//! The Burr distribution.

use crate::distributions::numerics::cloglog::ln_1m_exp_exp;
use crate::distributions::numerics::constants::EULER_GAMMA;
use crate::distributions::numerics::fisher_rao::{HalfPlane, scales};
use crate::distributions::numerics::ln_ratio::ln_ratio;
use crate::distributions::numerics::polygamma_quotient::digamma_quotient;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, FisherRao, Fixed, LogLikelihood, Parameter, Quantile,
    SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::PI;

/// Burr type XII distribution with shapes c, k > 0 and scale s > 0, on the positive numbers:
///
/// ```math
/// \begin{aligned}
/// f(x; c, k, s) &= \frac{c\, k}{s} \Bigl(\frac{x}{s}\Bigr)^{c-1} \Bigl(1 + \Bigl(\frac{x}{s}\Bigr)^c\Bigr)^{-(k+1)} \\
/// I(c, k, s) &= \begin{pmatrix}
///     \frac{1}{c^2} \Bigl(1 + \frac{k}{k+2} \bigl(b^2 + \pi^2/6 - 1 + \psi_1(k+1)\bigr)\Bigr)
///         & \frac{a}{c(k+1)} & -\frac{k\, b}{s(k+2)} \\
///     \frac{a}{c(k+1)} & \frac{1}{k^2} & -\frac{c}{s(k+1)} \\
///     -\frac{k\, b}{s(k+2)} & -\frac{c}{s(k+1)} & \frac{c^2 k}{s^2 (k+2)}
/// \end{pmatrix} \\
/// a &= \psi(2) - \psi(k), \qquad b = \psi(2) - \psi(k+1)
/// \end{aligned}
/// ```
///
/// With c = 1 it is the [`Lomax`](super::Lomax) distribution, with k = 1 the [`LogLogistic`](super::LogLogistic) one. Draws of
/// a tiny c k overflow, those of a tiny c also underflow.
///
/// Source: Burr, Cumulative frequency functions, *Ann. Math. Statist.* 13 (1942), 215–232; the matrix: Brazauskas, Information
/// matrix for Pareto(IV), Burr, and related distributions, *Comm. Statist. Theory Methods* 32 (2003), 315–325.
#[derive(Clone, Copy, Debug)]
pub struct Burr;

impl LogLikelihood for Burr {
    type Parameters = Fixed<3>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[c, k, scale]: &[D; 3], &x: &D) -> D {
        let y = c * ln_ratio(x, scale);
        // y − (k + 1) ln(1 + eʸ), where for large y only −k y must be left
        c.ln() + k.ln() - x.ln() + y.ln_logistic() - k * y.ln_1p_exp()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::positive("first shape").symbol("c"),
            Parameter::positive("second shape").symbol("k"),
            Parameter::positive("scale").symbol("s"),
        ]
    }
}

impl SampleSpace for Burr {
    fn support(&self, _theta: &[f64; 3]) -> Support {
        Support::positive()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function().entropy().fisher_rao()
    }
}

/// The x whose survival function is e^(−h).
fn at_hazard(&[c, k, scale]: &[f64; 3], h: f64) -> f64 {
    // ln(e^(h/k) − 1), without overflow
    let ratio = h / k;
    scale * ((ratio + (-ratio).ln_1m_exp()) / c).exp()
}

impl Sampler for Burr {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64; 3], rng: &mut R) -> f64 {
        at_hazard(theta, rand_distr::Distribution::sample(&rand_distr::Exp1, rng))
    }
}

impl Quantile for Burr {
    fn quantile(&self, theta: &[f64; 3], u: &[f64]) -> f64 {
        at_hazard(theta, -(-u[0]).ln_1p())
    }
}

impl ClosedForm for Burr {
    /// With p = eʸ/(1 + eʸ) beta distributed with shapes 1 and k, all expectations are beta moments of logit p.
    fn information<D: Scalar>(&self, &[c, k, scale]: &[D; 3]) -> [[D; 3]; 3] {
        let two = D::from(2.0);
        let b = -digamma_quotient(two, k - 1.0) * (k - 1.0);
        // k − 2 would lose the digits of a small k.
        let a = if k < 1.0 { b + k.recip() } else { -digamma_quotient(two, k - 2.0) * (k - 2.0) };
        let ratio = k / (k + 2.0);
        let spread = b * b + (k + 1.0).polygamma(1) + (PI * PI / 6.0 - 1.0);
        let (ck, cs, ks) = (a / (c * (k + 1.0)), -ratio * b / scale, -c / (scale * (k + 1.0)));
        [[(ratio * spread + 1.0) / (c * c), ck, cs], [ck, k.powi(-2), ks], [cs, ks, ratio * (c / scale).powi(2)]]
    }
}

impl DistributionFunction for Burr {
    fn ln_cdf<D: Scalar>(&self, &[c, k, scale]: &[D; 3], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        let y = c * ln_ratio(x, scale);
        // For small eʸ the cumulated hazard k ln(1 + eʸ) is k eʸ, which may underflow.
        if y < -40.0 { ln_1m_exp_exp(y + k.ln()) } else { (-k * y.ln_1p_exp()).ln_1m_exp() }
    }

    fn ln_survival<D: Scalar>(&self, &[c, k, scale]: &[D; 3], &x: &D) -> D {
        if x <= 0.0 { D::from(0.0) } else { -k * (c * ln_ratio(x, scale)).ln_1p_exp() }
    }
}

impl Entropy for Burr {
    fn entropy<D: Scalar>(&self, &[c, k, scale]: &[D; 3]) -> D {
        // E ln(1 + eʸ) = 1/k and E y = −γ − ψ(k)
        let mean = -k.digamma() - EULER_GAMMA;
        scale.ln() - c.ln() - k.ln() + (-c.recip() + 1.0) * -mean + k.recip() + 1.0
    }
}

/// For a known second shape, as in a half-plane, since ln x has a location ln s and a scale 1/c; for known c and s |ln(k′/k)|.
impl FisherRao for Burr {
    fn distance<D: Scalar>(&self, theta: &[D; 3], other: &[D; 3], free: &[bool]) -> Option<D> {
        let (&[c, k, scale], &[other_c, other_k, other_scale]) = (theta, other);
        let [shape_is_free, second_is_free, scale_is_free] = *free else { return None };
        if second_is_free {
            return (!shape_is_free && !scale_is_free).then(|| scales(D::from(1.0), k, other_k));
        }
        let one = D::from(1.0);
        let [[shape_shape, _, shape_scale], _, [_, _, scale_scale]] = self.information(&[one, k, one]);
        let plane = HalfPlane { location: scale_scale, cross: -shape_scale, scale: shape_shape };
        plane.of_shapes(&[c, scale], &[other_c, other_scale], &[shape_is_free, scale_is_free])
    }
}
