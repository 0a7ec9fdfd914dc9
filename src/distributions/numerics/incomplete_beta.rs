//! The tails of the beta distribution, and the logarithm of a tail that is below every positive `f64`.

use crate::scalar::{Scalar, is_nan};

/// I_x(a, b) and 1 − I_x(a, b), given x and 1 − x, each of which may be known better than it follows from the other.
///
/// Both are found from the smaller of the two, which has the digits, unless a tail is so small that a difference would
/// lose more.
pub(in crate::distributions) fn beta_tails<D: Scalar>(x: D, rest: D, a: D, b: D) -> [D; 2] {
    const NEARLY_ONE: f64 = 0.999;

    if x > rest {
        let [upper, lower] = beta_tails(rest, x, b, a);
        return [lower, upper];
    }
    let lower = x.regularized_beta(a, b);
    [lower, if lower < NEARLY_ONE { -lower + 1.0 } else { rest.regularized_beta(b, a) }]
}

/// ln I_x(a, b), given x, ln x and 1 − x.
///
/// Where I_x underflows, its power series xᵃ(1 − x)ᵇ/(a B(a, b)) Σ (a + b)ₙ/(a + 1)ₙ xⁿ is used (DLMF 8.17.8): there x is
/// well below the mean a/(a + b), so the terms fall.
pub(in crate::distributions) fn ln_regularized_beta<D: Scalar>(x: D, ln_x: D, rest: D, a: D, b: D) -> D {
    /// A value above it has derivatives that do not underflow either.
    const TINY: f64 = 1e-280;
    const NEGLIGIBLE: f64 = 1e-18;

    let [lower, upper] = beta_tails(x, rest, a, b);
    if lower > 0.5 {
        return (-upper).ln_1p();
    }
    if lower > TINY || is_nan(lower) {
        return lower.ln();
    }
    let (mut term, mut sum, mut n) = (D::from(1.0), D::from(1.0), 0.0);
    while term > sum * NEGLIGIBLE {
        term *= x * (a + b + n) / (a + 1.0 + n);
        sum += term;
        n += 1.0;
    }
    a * ln_x + b * rest.ln() - a.ln() - a.ln_beta(b) + sum.ln()
}
