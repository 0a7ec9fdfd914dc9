//! ln B, the logarithm of the beta function.
//!
//! ln Γ(a) + ln Γ(b) − ln Γ(a + b) cancels when an argument is large, and so do its derivatives ψ(a) − ψ(a + b): for a ≫ b
//! nothing would be left. With a ≥ b, and Δ of Stirling's formula, there are three cases (after DiDonato and Morris,
//! *Algorithm 708* (1992), DOI 10.1145/131766.131776, function `BETALN`), each run in the dual numbers:
//!
//! - both large: −(a − ½) ln(1 + b/a) − b ln(1 + a/b) − ½ ln b + ½ ln 2π + Δ(b) + (Δ(a) − Δ(a + b)), where
//!   ln(1 + a/b) is ln(a + b) − ln b if a is much larger;
//! - a large: ln Γ(b) + (ln Γ(a) − ln Γ(a + b)), the bracket from [`ln_gamma_ratio`];
//! - none large: a is raised by ln Γ(a) − ln Γ(a + b) = ln Γ(a + N) − ln Γ(a + N + b) + ln Π (1 + b/(a + k)), where the
//!   product minus one is accumulated as a sum of positive terms.

use super::super::{Compose, Scalar};
use super::gamma::ln_gamma_tower;
use super::stirling::{HALF_LN_TAU, LARGE, correction, correction_difference, ln_gamma_ratio};
use super::univariate;

/// ln B(a, b) for a, b > 0, +∞ if one of them is 0, −∞ if one is infinite.
#[inline]
pub(super) fn ln_beta<D: Compose + Scalar>(a: D, b: D) -> D {
    let (a, b) = if a.re() < b.re() { (b, a) } else { (a, b) };
    let (large, small) = (a.re(), b.re());
    if large.is_nan() || small.is_nan() || small < 0.0 || (small == 0.0 && large.is_infinite()) {
        return D::from(f64::NAN);
    }
    if large.is_infinite() {
        return D::from(f64::NEG_INFINITY);
    }
    if small == 0.0 {
        return D::from(f64::INFINITY);
    }
    if small >= LARGE {
        let inverse = a.recip();
        let difference = correction_difference(inverse, (a + b).recip(), b);
        // For a ≫ b the mixed derivatives are small; ln(1 + a/b) would lose them, its parts do not.
        let logarithms = if large < 16.0 * small {
            b * (a / b).ln_1p() + b.ln() * 0.5
        } else {
            b * (a + b).ln() - (b - 0.5) * b.ln()
        };
        return -((a - 0.5) * (b * inverse).ln_1p() + logarithms) + HALF_LN_TAU + correction(b) + difference;
    }
    univariate(b, ln_gamma_tower) + ln_gamma_drop(a, b)
}

/// ln Γ(a) − ln Γ(a + b) for 0 < b ≤ a, accurate relative to itself however small b is.
#[inline]
pub(super) fn ln_gamma_drop<D: Compose + Scalar>(a: D, b: D) -> D {
    let mut raised = a;
    let mut product_minus_one = D::zero();
    while raised.re() < LARGE {
        let step = b / raised;
        product_minus_one += step + product_minus_one * step;
        raised += 1.0;
    }
    ln_gamma_ratio(raised, b) + product_minus_one.ln_1p()
}
