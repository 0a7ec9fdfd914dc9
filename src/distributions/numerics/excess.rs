//! By how much a ratio less one exceeds its logarithm: what divergences are made of.

use crate::scalar::Scalar;

/// u − ln(1 + u) ≥ 0 for 1 + u = b/a > 0, to relative accuracy however near b is to a. The difference b − a is asked for too,
/// since it may be known better than from a and b.
///
/// With s = u/(2 + u), ln(1 + u) = 2 artanh s (DLMF 4.6.4), so the difference is u s − 2(s³/3 + s⁵/5 + …).
#[inline]
pub(in crate::distributions) fn excess<D: Scalar>(b: D, a: D, b_minus_a: D) -> D {
    let u = b_minus_a / a;
    if u.abs() > 0.5 {
        return u - (b / a).ln();
    }
    let s = u / (u + 2.0);
    let w = s * s;
    // s² ≤ 1/9: the first term left out is below 10⁻¹⁸ of the sum.
    let series = (1..=18).rev().fold(D::from(0.0), |sum, k| (sum + 1.0 / f64::from(2 * k + 1)) * w);
    s * (u - series * 2.0)
}

/// (1 + u) ln(1 + u) − u ≥ 0, likewise.
#[inline]
pub(in crate::distributions) fn entropic_excess<D: Scalar>(b: D, a: D, b_minus_a: D) -> D {
    let u = b_minus_a / a;
    if u.abs() > 0.5 {
        let ratio = b / a;
        return ratio * ratio.ln() - u;
    }
    u * u.ln_1p() - excess(b, a, b_minus_a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_ratios_lose_nothing() {
        for u in [1e-150_f64, -1e-12, 1e-5, -1e-5] {
            let want = u * u * (0.5 - u * (1.0 / 3.0 - u / 4.0));
            assert!((excess(1.0 + u, 1.0, u) / want - 1.0).abs() < 1e-14, "{u}");
            let want = u * u * (0.5 - u * (1.0 / 6.0 - u / 12.0));
            assert!((entropic_excess(1.0 + u, 1.0, u) / want - 1.0).abs() < 1e-14, "{u}");
        }
    }

    #[test]
    fn series_and_logarithm_join() {
        for u in [0.5_f64, -0.5] {
            let beyond = u * (1.0 + f64::EPSILON);
            for f in [excess, entropic_excess] {
                let (series, logarithm) = (f(1.0 + u, 1.0, u), f(1.0 + u, 1.0, beyond));
                assert!((series / logarithm - 1.0).abs() < 1e-14, "{series} {logarithm}");
            }
        }
    }
}
