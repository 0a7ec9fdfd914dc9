//! ln ζ, the logarithm of Riemann's zeta function for s > 1, and its derivatives.
//!
//! ζ(s) normalises the probabilities k⁻ˢ/ζ(s), so that the derivatives of ln ζ are the cumulants of −ln X under them.
//! The sums Sⱼ = Σ (ln k)ʲ k⁻ˢ over k ≥ 2 that they consist of are positive and computed by Euler and Maclaurin's
//! formula (NIST DLMF 25.2.9): the first terms as they are, and the rest from the Taylor series in h of
//!
//! Σ kʰ⁻ˢ = Nʰ⁻ˢ (N/(s − h − 1) + ½ + Σ B₂ᵢ/(2i)! (s − h)(s − h + 1)…(s − h + 2i − 2) N¹⁻²ⁱ), k ≥ N,
//!
//! whose jth coefficient is the rest of Sⱼ, divided by j!.

use super::LONGEST;
use super::cumulants::ln_derivatives;
use super::stirling::{BERNOULLI, LARGE};

/// How many sums there can be: the longest tower, from the highest order on.
const SUMS: usize = 2 * LONGEST;

/// The derivatives of ln ζ of orders `order`, `order` + 1, … at s. At s = 1 the limits from the right; NaN for s < 1,
/// and for orders from [`LONGEST`] on.
pub(super) fn ln_zeta_tower(order: u32, s: f64, tower: &mut [f64]) {
    let first = order as usize;
    if s.is_nan() || s < 1.0 || first >= LONGEST {
        return tower.fill(f64::NAN);
    }
    if s == 1.0 {
        let sign = |n: usize| if n.is_multiple_of(2) { 1.0 } else { -1.0 };
        return tower.iter_mut().zip(first..).for_each(|(value, n)| *value = sign(n) * f64::INFINITY);
    }
    let count = first + tower.len();
    let mut sums = [0.0; SUMS];
    ln_power_sums(s, &mut sums[..count]);
    let mut all = [0.0; SUMS];
    all[0] = sums[0].ln_1p();
    let mut ratios = sums;
    let mut inverse = (1.0 + sums[0]).recip();
    for ratio in &mut ratios[..count] {
        *ratio *= inverse;
        inverse = -inverse;
    }
    ratios[0] = 1.0;
    ln_derivatives(&ratios[..count], &mut all[1..count]);
    tower.copy_from_slice(&all[first..count]);
}

/// Sⱼ = Σ (ln k)ʲ k⁻ˢ over k ≥ 2, for j = 0, 1, …
fn ln_power_sums(s: f64, sums: &mut [f64]) {
    let mut k = 2.0;
    // From here on the asymptotic terms fall off fast.
    while k < LARGE + s {
        let (mut term, ln_k) = (f64::powf(k, -s), k.ln());
        let mut negligible = true;
        for sum in sums.iter_mut() {
            negligible &= term * (1.0 + k) <= 0.1 * f64::EPSILON * *sum;
            *sum += term;
            term *= ln_k;
        }
        if negligible {
            return;
        }
        k += 1.0;
    }
    add_tail(s, k, sums);
}

/// Adds the terms from k = N on.
fn add_tail(s: f64, n: f64, sums: &mut [f64]) {
    let count = sums.len();
    // The Taylor coefficients of the bracket.
    let mut bracket = [0.0; SUMS];
    let pole = (s - 1.0).recip();
    bracket[..count].iter_mut().fold(n * pole, |power, coefficient| {
        *coefficient = power;
        power * pole
    });
    bracket[0] += 0.5;
    let mut product = [0.0; SUMS];
    product[0] = 0.5 / n;
    let times = |product: &mut [f64; SUMS], factor: f64, scale: f64| {
        for j in (1..count).rev() {
            product[j] = (factor * product[j] - product[j - 1]) * scale;
        }
        product[0] *= factor * scale;
    };
    times(&mut product, s, 1.0);
    for (bernoulli, two_i) in BERNOULLI.into_iter().zip((2_u32..).step_by(2).map(f64::from)) {
        bracket.iter_mut().zip(&product).for_each(|(sum, coefficient)| *sum += bernoulli * coefficient);
        times(&mut product, s + two_i - 1.0, (n * (two_i + 1.0)).recip());
        times(&mut product, s + two_i, (n * (two_i + 2.0)).recip());
    }
    // Multiplied by exp(h ln N), and by j!.
    let (power, ln_n) = (n.powf(-s), n.ln());
    let mut coefficients = [0.0; SUMS];
    let mut factorial = power;
    for j in 0..count {
        // Newest first: coefficient i of the bracket stands with (ln N)ʲ⁻ⁱ/(j − i)!.
        coefficients[..j].iter_mut().zip((0..j).rev()).for_each(|(c, i)| *c *= ln_n / (i + 1) as f64);
        coefficients[j] = bracket[j];
        sums[j] += factorial * coefficients[..=j].iter().sum::<f64>();
        factorial *= (j + 1) as f64;
    }
}
