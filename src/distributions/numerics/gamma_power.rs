//! Variables of which some power is gamma: x = s y^(1/p), where y is gamma with shape α and rate 1.
//!
//! Everything is asked in y and ln y, since y may be below the least positive number where ln y is not.

use super::constants::LN_SQRT_TAU;
use super::deviance::{LARGE, deviance, stirling_remainder};
use super::excess::{exp_excess, ratio_excess};
use super::ln_gamma_tangent::{ln_gamma_above_tangent, stirling_above_tangent};
use super::polygamma_quotient::ASYMPTOTIC;
use crate::scalar::Scalar;
use crate::scalar::special::BERNOULLI;

/// ln yᵅ − y − ln Γ(α), the log-density of ln y.
#[inline]
pub(in crate::distributions) fn ln_density<D: Scalar>(shape: D, y: D, ln_power: D) -> D {
    if shape >= LARGE && (y - shape).abs() < shape * 0.5 {
        return ln_peak(shape) - deviance(y, shape);
    }
    ln_power - y - shape.ln_gamma()
}

/// α ln α − α − ln Γ(α), the log-density of ln y at its mode y = α.
#[inline]
pub(in crate::distributions) fn ln_peak<D: Scalar>(shape: D) -> D {
    if shape >= LARGE {
        return shape.ln() * 0.5 - stirling_remainder(shape) - LN_SQRT_TAU;
    }
    shape * shape.ln() - shape - shape.ln_gamma()
}

/// ln P(α, y), the logarithm of the lower tail.
pub(in crate::distributions) fn ln_lower<D: Scalar>(shape: D, y: D, ln_y: D) -> D {
    let lower = shape.regularized_gamma_p(y);
    if lower > 0.5 {
        return ln_upper_tail(shape.regularized_gamma_q(y), shape, y, ln_y).ln_1m_exp();
    }
    ln_lower_tail(lower, shape, y, ln_y)
}

/// ln Q(α, y), the logarithm of the upper tail.
pub(in crate::distributions) fn ln_upper<D: Scalar>(shape: D, y: D, ln_y: D) -> D {
    let upper = shape.regularized_gamma_q(y);
    if upper > 0.5 {
        return ln_lower_tail(shape.regularized_gamma_p(y), shape, y, ln_y).ln_1m_exp();
    }
    ln_upper_tail(upper, shape, y, ln_y)
}

/// ln(1 − e⁻ʸ), the same for the shape 1.
pub(in crate::distributions) fn ln_lower_exponential<D: Scalar>(y: D, ln_y: D) -> D {
    // The next term of the series, y²/24, is below the rounding.
    if ln_y < -18.0 { ln_y - y * 0.5 } else { (-y).ln_1m_exp() }
}

/// A tail below this bound is taken from a continued fraction, which is exact to rounding there after `TERMS` terms.
const FAR: f64 = 1e-280;
const TERMS: u32 = 20;

/// ln P where P is at most ½: P Γ(α) = yᵅ e⁻ʸ/(α − y + y/(α + 1 − y + 2y/(α + 2 − y + …))) (DLMF 8.9.1, contracted).
fn ln_lower_tail<D: Scalar>(lower: D, shape: D, y: D, ln_y: D) -> D {
    if lower >= FAR {
        return lower.ln();
    }
    let base = shape - y;
    let fraction = (1..=TERMS)
        .map(f64::from)
        .rev()
        .fold(base + f64::from(TERMS), |fraction, k| base + (k - 1.0) + y * k / fraction);
    ln_density(shape, y, shape * ln_y) - fraction.ln()
}

/// ln Q where Q is at most ½, by Legendre's continued fraction (DLMF 8.9.2, contracted).
fn ln_upper_tail<D: Scalar>(upper: D, shape: D, y: D, ln_y: D) -> D {
    if upper >= FAR {
        return upper.ln();
    }
    let base = y - shape + 1.0;
    let fraction = (1..=TERMS)
        .map(f64::from)
        .rev()
        .fold(base + 2.0 * f64::from(TERMS), |fraction, k| base + 2.0 * (k - 1.0) + (shape - k) * k / fraction);
    ln_density(shape, y, shape * ln_y) - fraction.ln()
}

/// ln Γ(α) − α ψ(α) + α, the entropy of ln y.
///
/// For large α, where these terms cancel, it is ½ ln(2π/α) + ½ + Σ B₂ₖ/(2k − 1) α¹⁻²ᵏ (DLMF 5.11.1 and 5.11.2).
pub(in crate::distributions) fn log_gamma_entropy<D: Scalar>(shape: D) -> D {
    if shape < ASYMPTOTIC {
        return shape.ln_gamma() - shape * shape.digamma() + shape;
    }
    let inverse = shape.recip();
    let square = inverse * inverse;
    let (mut series, mut odd) = (D::from(0.0), 15.0);
    for number in BERNOULLI[..8].iter().rev() {
        series = series * square + number / odd;
        odd -= 2.0;
    }
    series * inverse - shape.ln() * 0.5 + (LN_SQRT_TAU + 0.5)
}

/// The divergence of a gamma distribution with shape α and rate β from one with α′ and β′, given β′/β and β′/β − 1.
///
/// With the ratio of the means m = (α/β)/(α′/β′) it is α′(m − 1 − ln m), plus what is left if the means are equal.
pub(in crate::distributions) fn divergence<D: Scalar>([shape, other]: [D; 2], ratio: D, difference: D) -> D {
    let quotient = shape / other;
    let means = (difference - (other - shape) / shape) * quotient;
    other * ratio_excess(ratio * quotient, means) + stirling_above_tangent(shape, other, other - shape)
}

/// The same if x has another power too: y′ = e^c y^κ, where κ = p′/p and c = p′ ln(s/s′). The differences α′ − α and κ − 1 are
/// asked for as they are known best.
///
/// With v = c + ln Γ(α + κ) − ln Γ(α + 1) and the tangent of ln Γ at α + 1, E\[y′\] = α eᵛ. The distances of ln Γ, exp and −ln from
/// their tangents make up the whole but for a term in α′ − α.
pub(in crate::distributions) fn power_divergence<D: Scalar>(
    [shape, other]: [D; 2],
    step: D,
    [kappa, difference]: [D; 2],
    c: D,
) -> D {
    let next = ln_gamma_above_tangent(shape + 1.0, shape + kappa, difference);
    let mean = c + difference * shape.digamma();
    ln_gamma_above_tangent(shape, other, step)
        + ratio_excess(kappa, difference)
        + shape * (next + exp_excess(mean + difference / shape + next))
        - step * mean
}

/// A draw of ln y, also where y itself would be below the least positive number; NaN outside the domain of the shape.
pub(in crate::distributions) fn sample_ln<R: rand::Rng + ?Sized>(shape: f64, rng: &mut R) -> f64 {
    // y is u^(1/α) times a gamma variable of shape α + 1.
    let boost = if shape < 1.0 { 1.0 } else { 0.0 };
    // Fails only outside the domain of the shape, where there is nothing to draw.
    let ln_y = rand_distr::Gamma::new(shape + boost, 1.0)
        .map_or(f64::NAN, |gamma| rand_distr::Distribution::<f64>::sample(&gamma, rng).ln());
    if boost == 0.0 {
        return ln_y;
    }
    let exponential: f64 = rand_distr::Distribution::sample(&rand_distr::Exp1, rng);
    if shape > 0.0 { ln_y - exponential / shape } else { f64::NAN }
}
