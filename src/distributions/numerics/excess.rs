//! By how much exp and −ln exceed their tangents: what log-densities near the mode and divergences are made of.

use crate::scalar::Scalar;

/// u − ln(1 + u) ≥ 0 for u > −1, relative to itself near its zero at 0 too.
#[inline]
pub(crate) fn excess<D: Scalar>(u: D) -> D {
    if is_small(u) { series(u) } else { u - u.ln_1p() }
}

/// r − 1 − ln r ≥ 0 for r > 0, likewise. The difference r − 1 is asked for too, since it may be known better than the ratio.
#[inline]
pub(crate) fn ratio_excess<D: Scalar>(ratio: D, difference: D) -> D {
    if is_small(difference) { series(difference) } else { difference - ratio.ln() }
}

/// Whether u is so near to 0 that u − ln(1 + u) would lose digits.
#[inline]
pub(crate) fn is_small<D: Scalar>(u: D) -> bool {
    u > -0.5 && u < 1.0
}

/// u − ln(1 + u) for −½ ≤ u ≤ 1.
///
/// With s = u/(2 + u), ln(1 + u) = 2 artanh s (DLMF 4.6.4), so the difference is s (u − 2(s²/3 + s⁴/5 + …)).
#[inline]
fn series<D: Scalar>(u: D) -> D {
    let s = u / (u + 2.0);
    let square = s * s;
    // s² ≤ 1/9 or, for |u| < ⅛, s² ≤ 1/225: the first term left out is below 10⁻¹⁸ of the whole.
    let terms = if u.abs() < 0.125 { 7 } else { 18 };
    let sum = (1..=terms).rev().fold(D::from(0.0), |sum, k| (sum + 1.0 / f64::from(2 * k + 1)) * square);
    s * (u - sum * 2.0)
}

/// eᵛ − 1 − v ≥ 0, likewise.
#[inline]
pub(crate) fn exp_excess<D: Scalar>(v: D) -> D {
    if v.abs() >= 0.5 {
        return v.exp_m1() - v;
    }
    // v²/2 (1 + v/3 (1 + v/4 (1 + …))): the term after k = 16 is below 10⁻¹⁸.
    let series = (3..=16).rev().fold(D::from(1.0), |sum, k| sum * v / f64::from(k) + 1.0);
    v * v * 0.5 * series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_differences_lose_nothing() {
        for u in [1e-150_f64, -1e-12, 1e-5, -1e-5] {
            let want = u * u * (0.5 - u * (1.0 / 3.0 - u / 4.0));
            assert!((excess(u) / want - 1.0).abs() < 1e-14, "{u}");
            assert!((ratio_excess(1.0 + u, u) / want - 1.0).abs() < 1e-14, "{u}");
            let want = u * u * (0.5 + u * (1.0 / 6.0 + u / 24.0));
            assert!((exp_excess(u) / want - 1.0).abs() < 1e-14, "{u}");
        }
    }

    #[test]
    fn series_and_functions_join() {
        for u in [0.125_f64, -0.125, 0.5, -0.5, 1.0] {
            let (below, beyond) = (u * (1.0 - f64::EPSILON), u * (1.0 + f64::EPSILON));
            for f in [excess, exp_excess, |u| ratio_excess(1.0 + u, u)] {
                assert!((f(below) / f(beyond) - 1.0).abs() < 1e-14, "{u}");
            }
        }
    }
}
