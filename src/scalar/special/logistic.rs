//! The logistic function 1/(1 + e⁻ˣ) and the logarithms ln(1 + eˣ) and ln(1 − eˣ).
//!
//! Values after Mächler, *Accurately computing log(1 − exp(−|a|))* (2012), equations 7 and 10, a note of the R package Rmpfr.

use super::LONGEST;

/// 1/(1 + e⁻ˣ) and its derivatives.
///
/// With p = 1/(1 + e⁻ˣ), q = 1 − p and T = p − q = tanh(x/2): p′ = pq, (pq)′ = −T pq and T′ = 2pq = (1 − T²)/2, so that
/// p⁽ᵏ⁾ = pq Rₖ(T) with R₁ = 1 and Rₖ₊₁ = −T Rₖ + ½(1 − T²) Rₖ′. Neither tail loses accuracy.
#[inline]
pub(super) fn logistic_tower(x: f64, tower: &mut [f64]) {
    let e = (-x.abs()).exp();
    let larger = (1.0 + e).recip();
    tower[0] = if x > 0.0 { larger } else { e * larger };
    if tower.len() == 1 {
        return;
    }
    let product = e * larger * larger;
    tower[1] = product;
    if tower.len() == 2 {
        return;
    }
    let t = (0.5 * x).tanh();
    let mut polynomial = [0.0; LONGEST + 1];
    polynomial[0] = 1.0;
    for k in 2..tower.len() {
        let mut next = [0.0; LONGEST + 1];
        for i in 0..k - 1 {
            // Tⁱ becomes −Tⁱ⁺¹ + ½ i (Tⁱ⁻¹ − Tⁱ⁺¹).
            let c = polynomial[i];
            next[i + 1] -= c * (1.0 + 0.5 * i as f64);
            if i > 0 {
                next[i - 1] += c * 0.5 * i as f64;
            }
        }
        polynomial = next;
        tower[k] = product * polynomial[..k].iter().rev().fold(0.0, |sum, c| sum * t + c);
    }
}

/// ln(1 + eˣ) and its derivatives, the logistic function and those of it.
#[inline]
pub(super) fn ln_1p_exp_tower(x: f64, tower: &mut [f64]) {
    tower[0] = if x > 0.0 { x + (-x).exp().ln_1p() } else { x.exp().ln_1p() };
    if tower.len() > 1 {
        logistic_tower(x, &mut tower[1..]);
    }
}

/// ln(1 − eˣ) for x < 0 and its derivatives. At x = 0 the limits from the left, at x > 0 NaN.
///
/// With n = 1/(e⁻ˣ − 1), the derivative is −n, and dn/dx = n(1 + n): the derivatives of n are polynomials in n with positive
/// coefficients.
#[inline]
pub(super) fn ln_1m_exp_tower(x: f64, tower: &mut [f64]) {
    if x.is_nan() || x > 0.0 {
        return tower.fill(f64::NAN);
    }
    tower[0] = if x > -std::f64::consts::LN_2 { (-x.exp_m1()).ln() } else { (-x.exp()).ln_1p() };
    let n = (-x.abs()).exp() / -(-x.abs()).exp_m1();
    // polynomial[i] is the coefficient of nⁱ⁺¹.
    let mut polynomial = [0.0; LONGEST];
    polynomial[0] = 1.0;
    for k in 1..tower.len() {
        tower[k] = -n * polynomial[..k].iter().rev().fold(0.0, |sum, c| sum * n + c);
        // nⁱ becomes i (nⁱ + nⁱ⁺¹).
        for i in (0..k).rev() {
            let c = polynomial[i] * (i + 1) as f64;
            polynomial[i] = c;
            if i + 1 < LONGEST {
                polynomial[i + 1] += c;
            }
        }
    }
}
