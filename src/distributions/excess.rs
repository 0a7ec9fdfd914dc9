//! By how much a ratio less one exceeds its logarithm: what divergences are made of.

use crate::scalar::Scalar;

/// u − ln(1 + u) ≥ 0 for u = h/a > −1, to relative accuracy, however small u is.
///
/// With s = u/(2 + u), ln(1 + u) = 2 artanh s (DLMF 4.6.4), so the difference is u s − 2(s³/3 + s⁵/5 + …).
#[inline]
pub(super) fn excess<D: Scalar>(h: D, a: D) -> D {
    let u = h / a;
    if u.abs() > 0.5 {
        // a + h is one of the two numbers compared, and keeps more digits than 1 + u near u = −1.
        return u - ((a + h) / a).ln();
    }
    let s = u / (u + 2.0);
    let w = s * s;
    // s² ≤ 1/9: the first term left out is below 10⁻¹⁸ of the sum.
    let series = (1..=18).rev().fold(D::from(0.0), |sum, k| (sum + 1.0 / f64::from(2 * k + 1)) * w);
    s * (u - series * 2.0)
}

/// (1 + u) ln(1 + u) − u ≥ 0 for u = h/a ≥ −1, likewise.
#[inline]
pub(super) fn entropic_excess<D: Scalar>(h: D, a: D) -> D {
    let u = h / a;
    if u.abs() > 0.5 {
        let ratio = (a + h) / a;
        return ratio * ratio.ln() - u;
    }
    u * u.ln_1p() - excess(h, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_ratios_lose_nothing() {
        for u in [1e-150_f64, -1e-12, 1e-5, -1e-5] {
            let want = u * u * (0.5 - u * (1.0 / 3.0 - u / 4.0));
            assert!((excess(u, 1.0) / want - 1.0).abs() < 1e-15, "{u}");
            let want = u * u * (0.5 - u * (1.0 / 6.0 - u / 12.0));
            assert!((entropic_excess(u, 1.0) / want - 1.0).abs() < 1e-15, "{u}");
        }
    }

    #[test]
    fn series_and_logarithm_join() {
        for u in [0.5_f64, -0.5] {
            let (within, beyond) = (excess(u, 1.0), excess(u * (1.0 + 1e-15), 1.0));
            assert!((within / beyond - 1.0).abs() < 1e-14, "{within} {beyond}");
            let (within, beyond) = (entropic_excess(u, 1.0), entropic_excess(u * (1.0 + 1e-15), 1.0));
            assert!((within / beyond - 1.0).abs() < 1e-14, "{within} {beyond}");
        }
    }
}
