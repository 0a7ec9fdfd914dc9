//! The error function and its complement.
//!
//! Values come from `libm`, whose `erf` and `erfc` are the FreeBSD ones (Sun Microsystems, 1993). Derivatives are Hermite
//! polynomials times 2/√π e^(−x²) (NIST DLMF 7.10.1).

/// erf and its derivatives at x.
#[inline]
pub(super) fn erf_tower(x: f64, tower: &mut [f64]) {
    tower[0] = libm::erf(x);
    bell_derivatives(x, std::f64::consts::FRAC_2_SQRT_PI, &mut tower[1..]);
}

/// erfc and its derivatives at x.
#[inline]
pub(super) fn erfc_tower(x: f64, tower: &mut [f64]) {
    tower[0] = libm::erfc(x);
    bell_derivatives(x, -std::f64::consts::FRAC_2_SQRT_PI, &mut tower[1..]);
}

/// f = `scale`·e^(−x²) and its derivatives: f⁽ᵏ⁺¹⁾ = −2x f⁽ᵏ⁾ − 2k f⁽ᵏ⁻¹⁾.
#[inline]
fn bell_derivatives(x: f64, scale: f64, tower: &mut [f64]) {
    let Some(first) = tower.first_mut() else { return };
    let bell = scale * exp_minus_square(x, 1.0);
    *first = bell;
    if bell == 0.0 {
        return tower.fill(0.0); // not ∞·0 at x = ±∞
    }
    let (mut before, mut now) = (0.0, bell);
    for (k, value) in tower.iter_mut().enumerate().skip(1) {
        (before, now) = (now, -2.0 * (x * now + (k - 1) as f64 * before));
        *value = now;
    }
}

/// e^(−`factor`·x²), where `factor` is a power of two, accurate however large the exponent: x² is split into a part that is
/// exact in floating point and a small rest (as in the FreeBSD `erfc`), since a rounded exponent of size 100 would cost two
/// digits.
#[inline]
pub(super) fn exp_minus_square(x: f64, factor: f64) -> f64 {
    if x.is_infinite() {
        return 0.0;
    }
    let head = f64::from_bits(x.to_bits() & 0xffff_ffff_f800_0000);
    (-factor * head * head).exp() * (-factor * (x - head) * (x + head)).exp()
}
