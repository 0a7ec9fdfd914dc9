//! The logarithm of the regularised incomplete beta function, also where the function itself is below every positive `f64`.

use crate::scalar::Scalar;

/// ln I_x(a, b), given x, ln x and 1 − x, each of which may be known better than it follows from the others.
///
/// Where I_x underflows, its power series xᵃ(1 − x)ᵇ/(a B(a, b)) Σ (a + b)ₙ/(a + 1)ₙ xⁿ (DLMF 8.17.8): there x is well below the
/// mean a/(a + b), so the terms fall.
pub(super) fn ln_regularized_beta<D: Scalar>(x: D, ln_x: D, rest: D, a: D, b: D) -> D {
    /// A value above it has derivatives that do not underflow either.
    const TINY: f64 = 1e-280;
    const NEGLIGIBLE: f64 = 1e-18;

    let upper = rest.regularized_beta(b, a);
    if upper < 0.5 {
        return (-upper).ln_1p();
    }
    let value = x.regularized_beta(a, b);
    if value > TINY || value.re().is_nan() {
        return value.ln();
    }
    let (mut term, mut sum, mut n) = (D::from(1.0), D::from(1.0), 0.0);
    while term > sum * NEGLIGIBLE {
        term *= x * (a + b + n) / (a + 1.0 + n);
        sum += term;
        n += 1.0;
    }
    a * ln_x + b * rest.ln() - a.ln() - a.ln_beta(b) + sum.ln()
}
