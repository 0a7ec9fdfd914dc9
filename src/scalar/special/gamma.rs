//! ln Γ, the logarithm of the gamma function.
//!
//! Values come from `libm`, whose `lgamma` is the FreeBSD one (Sun Microsystems, 1993) and keeps its relative accuracy at the
//! zeros 1 and 2; derivatives are polygamma functions.

use super::super::{Compose, Scalar};
use super::polygamma::polygamma_tower;
use super::stirling::horner;
use super::univariate;

/// ln Γ, ψ, ψ₁, … at x > 0. At x = 0 the limits from the right, at x < 0 NaN.
#[inline]
pub(super) fn ln_gamma_tower(x: f64, tower: &mut [f64]) {
    if x.is_nan() || x < 0.0 {
        return tower.fill(f64::NAN);
    }
    tower[0] = libm::lgamma(x);
    polygamma_tower(0, x, &mut tower[1..]);
}

/// (ζ(k) − 1)/k for k = 2, 3, …, 31, computed with mpmath.
pub(crate) const ZETA_MINUS_ONE_OVER_K: [f64; 30] = [
    0.322_467_033_424_113_218_24,
    0.067_352_301_053_198_095_133,
    0.020_580_808_427_784_547_879,
    0.007_385_551_028_673_985_266_3,
    0.002_890_510_330_741_523_285_8,
    0.001_192_753_911_703_260_977_1,
    0.000_509_669_524_743_042_422_34,
    0.000_223_154_758_453_579_379_76,
    0.000_099_457_512_781_808_533_715,
    0.000_044_926_236_738_133_141_7,
    0.000_020_507_212_775_670_691_553,
    9.439_488_275_268_395_904e-6,
    4.374_866_789_907_487_804_2e-6,
    2.039_215_753_801_366_236_8e-6,
    9.551_412_130_407_419_832_9e-7,
    4.492_469_198_764_566_043_3e-7,
    2.120_718_480_555_466_586_9e-7,
    1.004_322_482_396_809_960_9e-7,
    4.769_810_169_363_980_565_8e-8,
    2.271_109_460_894_316_491e-8,
    1.083_865_921_489_695_409_1e-8,
    5.183_475_041_970_046_655_1e-9,
    2.483_674_543_802_478_317_2e-9,
    1.192_140_140_586_091_207_4e-9,
    5.731_367_241_678_862_013_3e-10,
    2.759_522_885_124_233_145_2e-10,
    1.330_476_437_424_448_948_1e-10,
    6.422_964_563_838_100_022_1e-11,
    3.104_424_774_732_227_276_2e-11,
    1.502_138_408_075_414_217_1e-11,
];

/// 1 − γ, where γ is Euler's constant (computed with mpmath).
pub(crate) const ONE_MINUS_EULER: f64 = 0.422_784_335_098_467_139_39;

/// ln Γ(1 + a) for 0 ≤ a ≤ ½, with relative accuracy as a → 0.
///
/// ln Γ(1 + a) = −ln(1 + a) + a(1 − γ) + Σₖ (ζ(k) − 1)(−a)ᵏ/k, k ≥ 2 (NIST DLMF 5.7.3).
pub(super) fn ln_gamma_1p<D: Compose + Scalar>(a: D) -> D {
    univariate(a, |a, tower| {
        let series = horner(&ZETA_MINUS_ONE_OVER_K, -a);
        tower[0] = a * (ONE_MINUS_EULER + a * series) - a.ln_1p();
        polygamma_tower(0, 1.0 + a, &mut tower[1..]);
    })
}
