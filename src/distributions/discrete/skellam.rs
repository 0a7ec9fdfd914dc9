//! The Skellam distribution.

use super::Poisson;
use crate::distributions::numerics::constants::LN_SQRT_TAU;
use crate::distributions::numerics::deviance::{LARGE, stirling_remainder};
use crate::distributions::numerics::excess::excess;
use crate::distributions::numerics::sample::Sample;
use crate::model::{Capabilities, Fixed, LogLikelihood, Observations, Parameter, SampleSpace, Sampler, Support};
use crate::scalar::Scalar;

/// Skellam distribution with means a, b > 0, on all integers: the difference of two Poisson counts.
///
/// ```math
/// f(x; a, b) = e^{-a-b} \Bigl(\frac{a}{b}\Bigr)^{x/2} I_{|x|}(2\sqrt{a b})
/// ```
///
/// with the modified Bessel function I. No closed form of the Fisher matrix is known; it is found by summation. Between integers the log-likelihood is
/// continued by the Bessel function I of order |x|.
///
/// Source: Skellam, The frequency distribution of the difference between two Poisson variates belonging to different
/// populations, *J. Roy. Statist. Soc.* 109 (1946), 296.
#[derive(Clone, Copy, Debug)]
pub struct Skellam;

impl LogLikelihood for Skellam {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[first, second]: &[D; 2], &x: &D) -> D {
        if x < 0.0 { ln_probability(second, first, -x) } else { ln_probability(first, second, x) }
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("first mean").symbol("a"), Parameter::positive("second mean").symbol("b")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        let (mean, variance) = (sample.mean(), sample.deviation().powi(2).max(1.1 * sample.mean().abs()));
        Some([0.5 * (variance + mean), 0.5 * (variance - mean)])
    }
}

/// ln f(x; a, b) for x ≥ 0.
///
/// The largest terms of the series are those near k = q, where q = (R − x)/2 and R = √(x² + 4ab).
#[inline]
fn ln_probability<D: Scalar>(a: D, b: D, x: D) -> D {
    // Neither x² nor ab may overflow.
    let unit = x.re().max(2.0 * a.re().sqrt() * b.re().sqrt());
    let (scaled, product) = (x / unit, a * (b / unit) / unit);
    let root = (scaled * scaled + product * 4.0).sqrt();
    let sum = root * unit;
    // q = 2ab/(R + x), which does not cancel.
    let q = product * (2.0 * unit) / (root + scaled);
    if sum < FAR { by_series(a, b, x, q.re().floor()) } else { by_expansion(a, b, x, q, sum) }
}

/// From this R on the expansion is used. The first term it leaves out is below 10⁻¹⁷ there.
const FAR: f64 = 200.0;

/// The series Σ (ab)ᵏ/(k! Γ(k + x + 1)), outwards from a term `peak` near the largest.
fn by_series<D: Scalar>(a: D, b: D, x: D, peak: f64) -> D {
    const NEGLIGIBLE: f64 = 1e-22;
    let product = a * b;
    let mut others = D::from(0.0);
    let (mut k, mut term) = (peak, D::from(1.0));
    while term > NEGLIGIBLE {
        k += 1.0;
        term *= product / ((x + k) * k);
        others += term;
    }
    (k, term) = (peak, D::from(1.0));
    while k > 0.0 && term > NEGLIGIBLE {
        term *= (x + k) * k / product;
        others += term;
        k -= 1.0;
    }
    let mut ln_peak = (x * a.ln() - a) - b - (x + (peak + 1.0)).ln_gamma();
    if peak > 0.0 {
        ln_peak += product.ln() * peak - Scalar::ln_gamma(peak + 1.0);
    }
    ln_peak + others.ln_1p()
}

/// Debye's expansion of the Bessel function (NIST DLMF 10.41.3), which is one in 1/R with coefficients that are
/// polynomials in x²/R², and so holds down to x = 0.
///
/// With p = (R + x)/2, where pq = ab and p − q = x, the exponent that stands before it is a − p + b − q + x ln(p/a).
/// That is D(a, p) + D(b, q) in the notation of the deviance, where the relative distances are d/(1 − d) and −d with
/// d = (a − b − x)/(a + q) = 1 − p/a.
#[inline]
fn by_expansion<D: Scalar>(a: D, b: D, x: D, q: D, sum: D) -> D {
    let p = (sum + x) * 0.5;
    let ratio = x / sum;
    let (t, inverse) = (ratio * ratio, sum.recip());
    let series = DEBYE.iter().rev().fold(D::from(0.0), |series, coefficients| {
        let polynomial = coefficients.iter().rev().fold(D::from(0.0), |value, &c| value * t + c);
        (series + polynomial) * inverse
    });
    let correction = series.ln_1p();
    let distance = (a - b - x) / (a + q);
    if distance.abs() < 0.5 {
        let exponent = p * excess(distance * a / p) + q * excess(-distance);
        return correction - exponent - sum.ln() * 0.5 - LN_SQRT_TAU;
    }
    if q < x && x >= LARGE {
        // The Poisson probability of x at a, and what little b changes, of which the derivatives are small too.
        let change = q * 2.0 - x * (q / x).ln_1p() + ratio.ln() * 0.5 + (correction + stirling_remainder(x));
        return Poisson.ln_likelihood(&[a], &x) + (change - b);
    }
    correction - distance * (a - q) - x * (p / a).ln() - sum.ln() * 0.5 - LN_SQRT_TAU
}

/// How many terms of the expansion are summed, after the leading 1.
const TERMS: usize = 7;

/// `DEBYE[k − 1][j]` is the coefficient of pᵏ⁺²ʲ in the polynomial Uₖ(p), by the recurrence
/// Uₖ₊₁ = ½p²(1 − p²) Uₖ′ + ⅛ ∫ (1 − 5p²) Uₖ (NIST DLMF 10.41.9).
const DEBYE: [[f64; TERMS + 1]; TERMS] = {
    let mut table = [[0.0; TERMS + 1]; TERMS];
    let mut last = [0.0; TERMS + 1];
    last[0] = 1.0;
    let mut k = 0;
    while k < TERMS {
        let mut j = 0;
        while j <= k {
            let power = (k + 2 * j) as f64;
            table[k][j] += last[j] * (0.5 * power + 0.125 / (power + 1.0));
            table[k][j + 1] -= last[j] * (0.5 * power + 0.625 / (power + 3.0));
            j += 1;
        }
        last = table[k];
        k += 1;
    }
    table
};

impl SampleSpace for Skellam {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::Integers { lower: f64::NEG_INFINITY, upper: f64::INFINITY }
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler()
    }
}

impl Sampler for Skellam {
    fn sample<R: rand::Rng + ?Sized>(&self, &[first, second]: &[f64; 2], rng: &mut R) -> f64 {
        Poisson.sample(&[first], rng) - Poisson.sample(&[second], rng)
    }
}
