//! ln Φ, the logarithm of the standard normal distribution function.
//!
//! Write Φ(x) = φ(x) M(t) with t = −x and the Mills ratio M. In the left tail the derivatives of ln Φ are small differences of
//! large numbers if written with φ/Φ. But M is a moment generating function: its moments
//! Mₙ(t) = ∫₀^∞ sⁿ e^(−ts − s²/2) ds are positive, and ln Φ(x) = −t²/2 − ½ ln 2π + ln M₀(t) makes the derivatives of ln Φ
//! cumulants of s, d/dx ln Φ = t + κ₁, d²/dx² ln Φ = −1 + κ₂, dⁿ/dxⁿ ln Φ = κₙ, which keep their accuracy as t → ∞.
//!
//! The moments are the minimal solution of Mₙ₊₁ = −t Mₙ + n Mₙ₋₁ (repeated integrals of erfc, NIST DLMF 7.18.7), which gives
//! the continued fraction Mₙ/Mₙ₋₁ = n/(t + Mₙ₊₁/Mₙ) (Gautschi, *Computational aspects of three-term recurrence relations*
//! (1967), DOI 10.1137/1009002). It converges fast for large t. For small t, Taylor's series about the nearest of a few nodes
//! is used, d/dt Mₙ = −Mₙ₊₁; the compiler makes the table of moments at the nodes, by the same continued fraction.

use super::LONGEST;
use super::cumulants::ln_derivatives;
use super::error_function::exp_minus_square;
use super::stirling::HALF_LN_TAU;
use std::f64::consts::FRAC_1_SQRT_2;

/// Where the tail begins: moments are used for x ≤ −`TAIL`.
const TAIL: f64 = 0.5;

/// ln Φ and its derivatives at x.
#[inline]
pub(super) fn ln_norm_cdf_tower(x: f64, tower: &mut [f64]) {
    if x.is_nan() {
        tower.fill(f64::NAN);
    } else if x <= -TAIL {
        left_tail(-x, tower);
    } else {
        centre_and_right(x, tower);
    }
}

/// ln Φ(−t) from the moments.
#[inline]
fn left_tail(t: f64, tower: &mut [f64]) {
    let mut ratios = [0.0; LONGEST];
    let mills = moments(t, &mut ratios[..tower.len()]);
    tower[0] = -0.5 * t * t - HALF_LN_TAU + mills.ln();
    ln_derivatives(&ratios, &mut tower[1..]);
    if let Some(first) = tower.get_mut(1) {
        *first += t;
    }
    if let Some(second) = tower.get_mut(2) {
        *second -= 1.0;
    }
}

/// ln Φ(x) from Φ⁽ⁿ⁾/Φ = (−1)ⁿ⁻¹ Heₙ₋₁(x) φ(x)/Φ(x), where nothing cancels.
#[inline]
fn centre_and_right(x: f64, tower: &mut [f64]) {
    let density = if x < TAIL && tower.len() == 1 { 0.0 } else { (-HALF_LN_TAU).exp() * exp_minus_square(x, 0.5) };
    let distribution = if x < TAIL {
        let half_erfc = 0.5 * libm::erfc(-x * FRAC_1_SQRT_2);
        tower[0] = half_erfc.ln();
        half_erfc
    } else {
        let upper = density * if density > 0.0 { moments(x, &mut [1.0]) } else { 0.0 };
        tower[0] = (-upper).ln_1p();
        1.0 - upper
    };
    if tower.len() == 1 {
        return;
    }
    if density == 0.0 {
        return tower[1..].fill(0.0); // not ∞·0 at x = ∞
    }
    let mut ratios = [0.0; LONGEST];
    ratios[0] = 1.0;
    ratios[1] = density / distribution;
    for n in 2..tower.len() {
        ratios[n] = -x * ratios[n - 1] - if n > 2 { (n - 2) as f64 * ratios[n - 2] } else { 0.0 };
    }
    ln_derivatives(&ratios, &mut tower[1..]);
}

/// The nodes of Taylor's series are t = 1, 2, …, `NODES`.
const NODES: usize = 5;

/// How many terms of Taylor's series are summed. With a step of at most ½, the first one left out is below 10⁻¹⁷.
const TAYLOR: usize = 24;

/// 1/j, since a chain of divisions is slow.
const RECIPROCALS: [f64; TAYLOR] = {
    let mut table = [1.0; TAYLOR];
    let mut j = 2;
    while j < TAYLOR {
        table[j] = 1.0 / j as f64;
        j += 1;
    }
    table
};

/// M₀, M₁, … at the nodes.
const AT_NODES: [[f64; TAYLOR + LONGEST]; NODES] = {
    let mut table = [[0.0; TAYLOR + LONGEST]; NODES];
    let mut i = 0;
    while i < NODES {
        let t = (i + 1) as f64;
        // At t = 1 the continued fraction converges like exp(−2√(2n)).
        let mut ratio = 0.0;
        let mut n = 1000;
        while n > 0 {
            ratio = n as f64 / (t + ratio);
            if n < TAYLOR + LONGEST {
                table[i][n] = ratio;
            }
            n -= 1;
        }
        // M₁ + t M₀ = 1
        table[i][0] = 1.0 / (t + ratio);
        let mut k = 1;
        while k < TAYLOR + LONGEST {
            table[i][k] *= table[i][k - 1];
            k += 1;
        }
        i += 1;
    }
    table
};

/// The Mills ratio M₀(t) for t ≥ `TAIL`, and `ratios[n]` = Mₙ/M₀.
#[inline]
fn moments(t: f64, ratios: &mut [f64]) -> f64 {
    let node = t.round();
    if node > NODES as f64 {
        // The error of starting n steps ahead falls like exp(−2t√(2n)): 30 do from t = 5½ on, 12 from t = 20 on.
        let start = ratios.len()
            + if t < 10.0 {
                30
            } else if t < 20.0 {
                18
            } else {
                12
            };
        let mut ratio = 0.0;
        for n in (1..start).rev() {
            ratio = n as f64 / (t + ratio);
            if let Some(value) = ratios.get_mut(n) {
                *value = ratio;
            }
        }
        ratios[0] = 1.0;
        for n in 1..ratios.len() {
            ratios[n] *= ratios[n - 1];
        }
        return (t + ratio).recip();
    }
    let table = &AT_NODES[(node as usize).saturating_sub(1)];
    let step = node.max(1.0) - t;
    let mut weights = [1.0; TAYLOR];
    for j in 1..TAYLOR {
        weights[j] = weights[j - 1] * (step * RECIPROCALS[j]);
    }
    for (n, value) in ratios.iter_mut().enumerate() {
        *value = weights.iter().zip(&table[n..]).rev().map(|(w, m)| w * m).sum();
    }
    let mills = ratios[0];
    for value in ratios {
        *value /= mills;
    }
    mills
}
