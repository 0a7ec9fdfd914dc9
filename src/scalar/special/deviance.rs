//! μ − ln(1 + μ), the exponent of the gamma and beta densities of large shape.

use super::super::{Compose, Scalar};
use super::univariate;

/// r − 1 − ln r for r = x/a > 0, to relative accuracy. The difference x − a is asked for too, since it may be known better
/// than the ratio; it decides the branch.
#[inline]
pub(super) fn deviance<D: Compose + Scalar>(x: D, a: D, x_minus_a: D) -> D {
    let excess = x_minus_a / a;
    if excess.re().abs() < 0.5 { excess_minus_ln_1p(excess) } else { excess - (x / a).ln() }
}

/// μ − ln(1 + μ) for |μ| ≤ ½.
///
/// With s = μ/(2 + μ), ln(1 + μ) = 2 artanh s (NIST DLMF 4.6.4), so the difference is μ s − 2(s³/3 + s⁵/5 + …).
#[inline]
pub(super) fn excess_minus_ln_1p<D: Compose>(mu: D) -> D {
    univariate(mu, |mu, tower| {
        let s = mu / (2.0 + mu);
        let w = s * s;
        // s² ≤ 1/9: the term after k = 18 is below 10⁻¹⁸.
        let series = (1..=18).rev().fold(0.0, |sum, k| (sum + 1.0 / f64::from(2 * k + 1)) * w);
        tower[0] = s * (mu - 2.0 * series);
        // f′ = μ/(1 + μ) and f⁽ᵏ⁾ = (−1)ᵏ (k − 1)!/(1 + μ)ᵏ
        let inverse = (1.0 + mu).recip();
        let mut derivative = -inverse;
        for (k, value) in tower.iter_mut().enumerate().skip(1) {
            if k == 1 {
                *value = mu * inverse;
            } else {
                derivative *= -((k - 1) as f64) * inverse;
                *value = derivative;
            }
        }
    })
}
