//! Spherical Bessel functions of the first kind, of any order, since differentiation raises the order.

use num_dual::DualNum;

/// jₙ(x).
///
/// Orders 0 to 2 are those of `num-dual`. For higher ones, the power series (NIST DLMF 10.53.1) where its terms fall off from
/// the first on, x² ≤ 2(2n + 3), and otherwise the recurrence jₙ₊₁ = (2n + 1)/x jₙ − jₙ₋₁ (NIST DLMF 10.51.1).
pub(super) fn value(order: u8, x: f64) -> f64 {
    match order {
        0 => return x.sph_j0(),
        1 => return x.sph_j1(),
        2 => return x.sph_j2(),
        _ => {}
    }
    let n = f64::from(order);
    let half_square = 0.5 * x * x;
    if half_square <= 2.0 * n + 3.0 {
        // Terms fall off at least like 1/k!.
        let series =
            (1..=24).rev().map(f64::from).fold(1.0, |sum, k| 1.0 - sum * half_square / (k * (2.0 * (n + k) + 1.0)));
        return series * (1..=order).map(f64::from).fold(1.0, |product, k| product * x / (2.0 * k + 1.0));
    }
    let (mut before, mut now) = (x.sph_j1(), x.sph_j2());
    for k in 2..order {
        (before, now) = (now, f64::from(2 * u16::from(k) + 1) / x * now - before);
    }
    now
}
