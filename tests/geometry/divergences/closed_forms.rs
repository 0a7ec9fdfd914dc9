//! Hellinger, Bhattacharyya, Rényi, Amari and Chernoff against the closed forms of ∫ f^α g^(1−α).

use fisher_information::distributions::*;
use fisher_information::error::Error;
use fisher_information::geometry::divergence::{Pair, between, within};
use fisher_information::model::SampleSpace;
use fisher_information::scalar::Scalar;

/// ln ∫ f^α g^(1−α) as a function of α, ∞ where it diverges.
type LnIntegral<'a> = &'a dyn Fn(f64) -> f64;

fn close(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() <= 1e-10 * expected.abs(), "{what}: {found} is not {expected}");
}

/// All divergences that are functions of the integral.
fn check<M: SampleSpace>(pair: &Pair<'_, M, M>, ln_integral: LnIntegral<'_>) {
    for order in [0.015625, 0.25, 0.5, 0.75, 0.984375, 1.25, 2.0, 4.0] {
        let expected = ln_integral(order) / (order - 1.0);
        let found = pair.renyi(order).unwrap();
        if ln_integral(order) == f64::INFINITY {
            assert!(found.is_infinite(), "order {order}: {found}");
            assert!(pair.amari(1.0 - 2.0 * order).unwrap().is_infinite());
            continue;
        }
        close(found.value(), expected, &format!("Rényi {order}"));
        assert!((found.value() - expected).abs() <= found.error() + 1e-14 * expected, "{order}: {found} {expected}");
        if ln_integral(order) > 700.0 {
            assert!(matches!(pair.amari(1.0 - 2.0 * order), Err(Error::FormulaNotFinite { .. })));
            continue;
        }
        let amari = pair.amari(1.0 - 2.0 * order).unwrap().value();
        close(amari, -ln_integral(order).exp_m1() / (order * (1.0 - order)), &format!("Amari {order}"));
    }
    let bhattacharyya = -ln_integral(0.5);
    close(pair.bhattacharyya().unwrap().value(), bhattacharyya, "Bhattacharyya");
    close(pair.bhattacharyya_coefficient().unwrap().value(), (-bhattacharyya).exp(), "coefficient");
    close(pair.squared_hellinger().unwrap().value(), -(-bhattacharyya).exp_m1(), "squared Hellinger");
    close(pair.hellinger().unwrap().value(), (-(-bhattacharyya).exp_m1()).sqrt(), "Hellinger");
    let chernoff = pair.chernoff().unwrap();
    close(chernoff.value(), -lowest(ln_integral), "Chernoff");
}

/// The minimum of a convex function on (0, 1), by golden section.
fn lowest(function: LnIntegral<'_>) -> f64 {
    let golden = 0.5 * (5.0_f64.sqrt() - 1.0);
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..100 {
        let (left, right) = (high - golden * (high - low), low + golden * (high - low));
        if function(left) < function(right) { high = right } else { low = left }
    }
    function(0.5 * (low + high))
}

/// M. Gil, F. Alajaji and T. Linder, *Rényi divergence measures for commonly used univariate continuous distributions*, Information
/// Sciences 249 (2013), 124–131, table 2.
#[test]
fn normal() {
    for [m, s, n, t] in [[0.0, 1.0, 1.0, 2.0], [1.0, 2.0, 0.0, 1.0], [-3.0, 0.25, 2.0, 4.0], [0.0, 1.0, 40.0, 1.5_f64]]
    {
        let ln_integral = |order: f64| {
            let variance = (1.0 - order) * s * s + order * t * t;
            if variance <= 0.0 {
                return f64::INFINITY;
            }
            let spread = (1.0 - order) * s.ln() + order * t.ln() - 0.5 * variance.ln();
            spread - 0.5 * order * (1.0 - order) * (m - n) * (m - n) / variance
        };
        check(&within(&Normal, &[m, s], &[n, t]).unwrap(), &ln_integral);
    }
}

#[test]
fn exponential() {
    for [a, b] in [[1.0, 4.0], [4.0, 1.0], [0.0078125, 8.0_f64]] {
        let ln_integral = |order: f64| {
            let rate = order * a + (1.0 - order) * b;
            if rate > 0.0 { order * a.ln() + (1.0 - order) * b.ln() - rate.ln() } else { f64::INFINITY }
        };
        check(&within(&Exponential, &[a], &[b]).unwrap(), &ln_integral);
    }
}

#[test]
fn gamma() {
    for ([k, r], [l, q]) in [([2.0, 1.0], [3.0, 0.5]), ([0.5, 2.0], [4.0, 1.0]), ([30.0, 1.0], [2.0, 8.0_f64])] {
        let ln_integral = |order: f64| {
            let (shape, rate) = (order * k + (1.0 - order) * l, order * r + (1.0 - order) * q);
            if shape <= 0.0 || rate <= 0.0 {
                return f64::INFINITY;
            }
            let constant = |shape: f64, rate: f64| shape * rate.ln() - Scalar::ln_gamma(shape);
            order * constant(k, r) + (1.0 - order) * constant(l, q) - constant(shape, rate)
        };
        check(&within(&Gamma, &[k, r], &[l, q]).unwrap(), &ln_integral);
    }
}

#[test]
fn poisson() {
    for [a, b] in [[1.0, 4.0], [20.0, 0.5], [4.0, 900.0_f64]] {
        let ln_integral = |order: f64| a.powf(order) * b.powf(1.0 - order) - order * a - (1.0 - order) * b;
        check(&within(&Poisson, &[a], &[b]).unwrap(), &ln_integral);
    }
}

#[test]
fn several_coordinates() {
    // Bhattacharyya distances of two normal densities of the plane: A. Bhattacharyya, Sankhyā 7 (1946), 401–406.
    let pair = within(&BivariateNormal, &[0.0, 0.0, 1.0, 1.0, 0.0], &[1.0, -1.0, 2.0, 1.0, 0.5]).unwrap();
    // Covariances [1, 0; 0, 1] and [4, 1; 1, 1], with the mean [2.5, 0.5; 0.5, 1] and δ = (1, −1).
    let (determinant, form) = (2.5 - 0.25, (1.0 + 2.5 + 2.0 * 0.5) / (2.5 - 0.25));
    let bhattacharyya = form / 8.0 + 0.5 * (determinant / 3.0_f64.sqrt()).ln();
    close(pair.bhattacharyya().unwrap().value(), bhattacharyya, "plane");
    close(pair.bhattacharyya_coefficient().unwrap().value(), (-bhattacharyya).exp(), "plane");

    let (a, b) = ([2.0, 3.0, 4.0], [1.0, 0.5, 6.0]);
    let ln_beta = |a: [f64; 3]| a.map(Scalar::ln_gamma).iter().sum::<f64>() - Scalar::ln_gamma(a.iter().sum::<f64>());
    let middle = [0, 1, 2].map(|i| 0.5 * (a[i] + b[i]));
    let bhattacharyya = 0.5 * (ln_beta(a) + ln_beta(b)) - ln_beta(middle);
    close(within(&Dirichlet, &a, &b).unwrap().bhattacharyya().unwrap().value(), bhattacharyya, "Dirichlet");
}

#[test]
fn total_variation_and_jensen_shannon() {
    let (a, b) = (1.0, 4.0_f64);
    let crossing = (a / b).ln() / (a - b);
    let total_variation = (-a * crossing).exp() - (-b * crossing).exp();
    close(within(&Exponential, &[a], &[b]).unwrap().total_variation().unwrap().value(), total_variation, "exponential");

    // The entropy of the mixture less the mean entropy, over three points.
    let (p, q) = ([0.25, 0.5, 0.25], [0.5, 0.125, 0.375_f64]);
    let entropy = |p: [f64; 3]| -p.iter().map(|p| p * p.ln()).sum::<f64>();
    let mixture = [0, 1, 2].map(|i| 0.5 * (p[i] + q[i]));
    let pair = within(&Categorical::<2>, &[0.25, 0.5], &[0.5, 0.125]).unwrap();
    let expected = entropy(mixture) - 0.5 * (entropy(p) + entropy(q));
    close(pair.jensen_shannon().unwrap().value(), expected, "Jensen–Shannon");
    close(pair.total_variation().unwrap().value(), 0.375, "categories");
}

/// A change of the observation changes no divergence: x ↦ eˣ takes a normal to a log-normal distribution.
#[test]
fn other_coordinates_of_the_observation() {
    let (a, b) = ([0.5, 1.0], [-1.0, 1.5]);
    let (line, half_line) =
        (between(&Normal, &a, &Normal, &b).unwrap(), between(&LogNormal, &a, &LogNormal, &b).unwrap());
    let pairs = [
        (line.kullback_leibler(), half_line.kullback_leibler()),
        (line.jensen_shannon(), half_line.jensen_shannon()),
        (line.total_variation(), half_line.total_variation()),
        (line.renyi(2.0), half_line.renyi(2.0)),
        (line.chernoff(), half_line.chernoff()),
    ];
    for (line, half_line) in pairs {
        let (line, half_line) = (line.unwrap(), half_line.unwrap());
        close(half_line.value(), line.value(), "log-normal");
        assert!((half_line.value() - line.value()).abs() <= line.error() + half_line.error());
    }
}

/// The narrow bulk of one inside the wide bulk of the other, where no node of the wider integral would look.
#[test]
fn a_spike_inside_a_bulk() {
    let (narrow, wide) = ([0.3, 1e-6], [0.0, 1.0_f64]);
    for pair in [within(&Normal, &narrow, &wide).unwrap(), within(&Normal, &wide, &narrow).unwrap().reversed()] {
        let sum = narrow[1] * narrow[1] + 1.0;
        let coefficient = (2.0 * narrow[1] / sum).sqrt() * (-0.25 * 0.09 / sum).exp();
        close(pair.squared_hellinger().unwrap().value(), 1.0 - coefficient, "squared Hellinger");
        close(pair.bhattacharyya().unwrap().value(), -coefficient.ln(), "Bhattacharyya");
        let by_density = between(&Normal, &narrow, &Normal, &wide).unwrap().kullback_leibler().unwrap();
        close(by_density.value(), 1e6_f64.ln() + 0.5 * (1e-12 + 0.09 - 1.0), "Kullback–Leibler");
        // |f − g| changes sign 5.4 · 10⁻⁶ from the centre: all but a few 10⁻⁷ of the one, and 4 · 10⁻⁶ of the other.
        let total_variation = pair.total_variation().unwrap();
        assert!((1.0 - total_variation.value() - 4.0e-6).abs() < 1e-6, "{total_variation}");
        assert!(total_variation.error() < 1e-9);
    }
}
