//! How far a convex function lies above its tangent, without cancellation near the point of contact.
//!
//! Kullback–Leibler divergences are sums of such distances, for that of an exponential family is A(η′) − A(η) − (η′ − η)·∇A(η).

use crate::scalar::Scalar;

/// r − 1 − ln r for r > 0. The difference r − 1 is asked for too, since it may be known better than the ratio.
///
/// With u = r − 1 and s = u/(2 + u), ln r = 2 artanh s (DLMF 4.6.4), so this is s (u − 2(s²/3 + s⁴/5 + …)).
pub(in crate::distributions) fn above_ln<D: Scalar>(ratio: D, difference: D) -> D {
    if difference.abs() >= 0.5 {
        return difference - ratio.ln();
    }
    let s = difference / (difference + 2.0);
    // s² ≤ 1/9: the term after k = 18 is below 10⁻¹⁸.
    let series = (1..=18).rev().fold(D::from(0.0), |sum, k| (sum + 1.0 / f64::from(2 * k + 1)) * s * s);
    s * (difference - series * 2.0)
}

/// eᵛ − 1 − v.
pub(in crate::distributions) fn above_exp<D: Scalar>(v: D) -> D {
    if v.abs() >= 0.5 {
        return v.exp_m1() - v;
    }
    // v²/2 (1 + v/3 (1 + v/4 (1 + …))): the term after k = 16 is below 10⁻¹⁸.
    let series = (3..=16).rev().fold(D::from(1.0), |sum, k| sum * v / f64::from(k) + 1.0);
    v * v * 0.5 * series
}

/// ln Γ(b) − ln Γ(a) − (b − a) ψ(a) for a, b > 0, given the difference b − a too.
pub(in crate::distributions) fn above_ln_gamma<D: Scalar>(a: D, b: D, step: D) -> D {
    b * above_ln(a / b, -step / b) + above_stirling(a, b, step)
}

/// The same of ln Γ(x) − x ln x + x, which is convex as well.
///
/// Recurrence up to a, b ≥ 16, ln Γ(x) = ln Γ(x + 1) − ln x, then Stirling's series (DLMF 5.11.1), whose powers x⁻ᵐ are
/// Rₘ a⁻ᵐ above their tangents, where Rₘ = (1 + u)⁻ᵐ − 1 + m u and u = (b − a)/a: R₀ = 0, Rₘ₊₁ = (Rₘ + (m + 1) u²)/(1 + u).
pub(in crate::distributions) fn above_stirling<D: Scalar>(a: D, b: D, step: D) -> D {
    /// From here on the series is exact to rounding.
    const ENOUGH: f64 = 16.0;
    /// B₂ₖ/(2k(2k − 1)), k = 1, 2, …
    const SERIES: [f64; 7] =
        [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0, 1.0 / 156.0];

    let (mut x, mut y) = (a, b);
    let mut sum = D::from(0.0);
    while x < ENOUGH || y < ENOUGH {
        sum += above_ln(y / x, step / x);
        x += 1.0;
        y += 1.0;
    }
    let leading = |x: D, y: D| y * above_ln(x / y, -step / y);
    if a < ENOUGH || b < ENOUGH {
        sum += leading(x, y) - leading(a, b);
    }
    sum += above_ln(y / x, step / x) * 0.5;

    let (inverse, ratio, square) = (x.recip(), x / y, step / x * (step / y));
    let (mut power, mut distance) = (inverse, square);
    let mut m = 1.0;
    for coefficient in SERIES {
        sum += power * distance * coefficient;
        for _ in 0..2 {
            m += 1.0;
            distance = ratio * distance + square * m;
        }
        power *= inverse * inverse;
    }
    sum
}
