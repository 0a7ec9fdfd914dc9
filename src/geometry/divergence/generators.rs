//! Divergences as functions of the log-ratio of two densities.
//!
//! Each is the sum of an expectation under f and one under g of the same function k of w = ln g − ln f,
//!
//! ```math
//! D(f, g) = \int F(f, g)\,dx = \mathrm{E}_f[k(w)] + \mathrm{E}_g[k(w)],
//! \qquad
//! k(w) = \frac{F(f, g)}{f + g} = F(p, q),
//! \qquad
//! p = \frac{f}{f+g} = \frac{1}{1+e^{w}},\quad q = 1 - p .
//! ```
//!
//! That is an average over the mixture of the two. Every k is at least 0 and vanishes at w = 0 like w², and is written so that its
//! relative digits are kept there: no divergence is 1 minus something close to 1. Where f or g is by far the larger, k is
//! bounded for all divergences that are always finite.

use crate::scalar::Scalar;

/// Below this |w| a series takes the place of a difference.
const SMALL: f64 = 0.5;

/// Above this w the exponential is left out against 1.
const LARGE: f64 = 500.0;

/// Kullback–Leibler, f ln(f/g) + g − f: q − p − p w.
pub(super) fn kullback_leibler(w: f64) -> f64 {
    let (p, q) = shares(w);
    if w == f64::INFINITY {
        1.0
    } else if w.abs() < SMALL {
        p * excess(w)
    } else {
        q - p - p * w
    }
}

/// Jeffreys, (g − f) ln(g/f): w tanh(w/2).
pub(super) fn jeffreys(w: f64) -> f64 {
    w * (0.5 * w).tanh()
}

/// Squared Hellinger distance, ½ (√f − √g)²: ½ (1 − sech(w/2)).
pub(super) fn squared_hellinger(w: f64) -> f64 {
    let u = -0.5 * w.abs();
    0.5 * u.exp_m1().powi(2) / (1.0 + (2.0 * u).exp())
}

/// Total variation, ½ |f − g|.
pub(super) fn total_variation(w: f64) -> f64 {
    0.5 * (0.5 * w).abs().tanh()
}

/// Jensen–Shannon, ½ f ln(f/m) + ½ g ln(g/m) with m = ½ (f + g): ½ (u tanh u − ln cosh u) with u = w/2.
pub(super) fn jensen_shannon(w: f64) -> f64 {
    let u = 0.5 * w.abs();
    if u < SMALL {
        return 0.5 * (u * u.tanh() - 0.5 * u.sinh().powi(2).ln_1p());
    }
    // u − ln cosh u = ln 2 − ln(1 + e⁻²ᵘ)
    let v = (-2.0 * u).exp();
    let falling = if v == 0.0 { 0.0 } else { 2.0 * u * v / (1.0 + v) };
    0.5 * (std::f64::consts::LN_2 - v.ln_1p() - falling)
}

/// By how much the power mean of order `order` falls short, α f + (1 − α) g − f^α g^(1−α) for 0 < α < 1, or by how much it exceeds
/// if α lies outside.
pub(super) fn power(order: f64, w: f64) -> f64 {
    if order < 0.5 {
        return power(1.0 - order, -w);
    }
    let (alpha, beta) = (order, 1.0 - order);
    let (p, q) = shares(w);
    let shortfall = if w.abs() < 1.0 {
        p * (beta * excess(w) - excess(beta * w))
    } else if w < LARGE {
        p * (beta * w.exp_m1() - (beta * w).exp_m1())
    } else {
        alpha * p + beta * q - (-alpha * w).exp()
    };
    if alpha < 1.0 { shortfall } else { -shortfall }
}

/// f^α g^(1−α), as a part of f + g.
pub(super) fn geometric(order: f64, w: f64) -> f64 {
    (order * Scalar::ln_logistic(-w) + (1.0 - order) * Scalar::ln_logistic(w)).exp()
}

/// The parts of f and of g in f + g.
pub(super) fn shares(w: f64) -> (f64, f64) {
    (Scalar::logistic(-w), Scalar::logistic(w))
}

/// eʷ − 1 − w.
fn excess(w: f64) -> f64 {
    if w.abs() >= SMALL {
        return w.exp_m1() - w;
    }
    // Σ wⁿ/n! from n = 2 by Horner's rule; 0.5¹⁶/17! is below rounding.
    let series = (3..=17).rev().fold(1.0, |sum, n| 1.0 + sum * w / f64::from(n));
    0.5 * w * w * series
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() <= 1e-14 * expected.abs()
    }

    /// Each by its definition, where that has its digits.
    #[test]
    fn definitions_in_the_middle() {
        for w in [-30.0, -3.0, -1.5, -0.9, 0.7, 1.1, 4.0, 20.0_f64] {
            let (p, q) = (1.0 / (1.0 + w.exp()), 1.0 / (1.0 + (-w).exp()));
            assert!((kullback_leibler(w) - (p * (p / q).ln() + q - p)).abs() < 1e-13 * (1.0 + w.abs()));
            assert!((jeffreys(w) - (q - p) * w).abs() < 1e-13 * w.abs());
            assert!((squared_hellinger(w) - 0.5 * (p.sqrt() - q.sqrt()).powi(2)).abs() < 1e-15);
            assert!((total_variation(w) - 0.5 * (p - q).abs()).abs() < 1e-15);
            let entropy = |p: f64| if p > 0.0 { -p * p.ln() } else { 0.0 };
            assert!((jensen_shannon(w) - 0.5 * (2.0_f64.ln() - entropy(p) - entropy(q))).abs() < 1e-14);
            for order in [0.1, 0.5, 0.8, 1.5] {
                let power_mean = p.powf(order) * q.powf(1.0 - order);
                let by_hand = (order * p + (1.0 - order) * q - power_mean).abs();
                assert!((power(order, w) - by_hand).abs() < 1e-13 * by_hand.max(1.0), "{order} {w}");
                assert!((geometric(order, w) - power_mean).abs() < 1e-13 * power_mean);
            }
        }
    }

    /// Near w = 0 all of them are a multiple of w², with the next term of the series.
    #[test]
    fn quadratic_at_zero() {
        for w in [1e-3, -1e-3, 1e-6, -1e-9_f64] {
            let half = 0.5 * (1.0 - 0.5 * w); // p
            assert!(
                (kullback_leibler(w) / (half * w * w * (0.5 + w / 6.0)) - 1.0).abs() < 1e-6_f64.min(w.abs()) + 1e-14
            );
            assert!(close(jeffreys(w), w * (w / 2.0 - w.powi(3) / 24.0)));
            assert!((squared_hellinger(w) / (w * w / 16.0) - 1.0).abs() < w * w + 1e-14);
            assert!((jensen_shannon(w) / (w * w / 16.0) - 1.0).abs() < w * w + 1e-14);
            for order in [0.1, 0.5, 0.999, 2.0_f64] {
                let scale = (order * (1.0 - order)).abs() * w * w / 4.0;
                assert!((power(order, w) / scale - 1.0).abs() < 3.0 * w.abs() + 1e-12, "{order} {w}");
            }
        }
    }

    #[test]
    fn infinite_ratios() {
        let (low, high) = (f64::NEG_INFINITY, f64::INFINITY);
        assert_eq!([kullback_leibler(low), kullback_leibler(high)], [high, 1.0]);
        assert_eq!([jeffreys(low), jeffreys(high)], [high, high]);
        for end in [low, high] {
            assert_eq!(squared_hellinger(end), 0.5);
            assert_eq!(total_variation(end), 0.5);
            assert!(close(jensen_shannon(end), 0.5 * 2.0_f64.ln()));
        }
        assert_eq!([power(0.75, low), power(0.75, high)], [0.75, 0.25]);
        assert_eq!([power(0.25, low), power(0.25, high)], [0.25, 0.75]);
        assert_eq!(power(2.0, low), high);
        assert_eq!([geometric(0.75, low), geometric(0.75, high)], [0.0, 0.0]);
    }
}
