//! The logarithm of the gamma function, for positive numbers.
//!
//! Above 8.5 it is Stirling's series (Abramowitz and Stegun 1964, 6.1.40), whose tail is a polynomial in 1/x² interpolated at Chebyshev's
//! nodes. Below, it is stepped to within ½ of 2, where it is a polynomial times its zero.

use super::arithmetic::{ROUNDER, clamp, polynomial};
use super::logarithm::ln_of_positive;

/// ln Γ(2 + t)/t for |t| ≤ ½: the error is below 2⁻⁵⁵ of it.
const NEAR_TWO: [f64; 20] = [
    0.422_784_335_098_467_13,
    0.322_467_033_424_113_2,
    -0.067_352_301_053_198_14,
    0.020_580_808_427_784_57,
    -0.007_385_551_028_668_153_5,
    0.002_890_510_330_738_737,
    -0.001_192_753_912_001_022_6,
    0.000_509_669_524_885_309_6,
    -0.000_223_154_750_745_203_67,
    9.945_750_909_889_392e-5,
    -4.492_635_110_383_333_4e-5,
    2.050_726_741_605_779e-5,
    -9.438_458_716_242_811e-6,
    4.374_374_916_915_131e-6,
    -2.044_920_146_701_511_5e-6,
    9.578_663_334_114_758e-7,
    -4.303_558_760_359_961e-7,
    2.030_480_675_161_522_7e-7,
    -1.341_281_975_851_728_7e-7,
    6.379_047_507_619_774e-8,
];

/// The tail of ln Γ(x), times x, in 1/x² for x ≥ 8.5: the error is below 2⁻⁶³ of ln Γ(x).
const LN_GAMMA_TAIL: [f64; 7] = [
    0.083_333_333_333_333_33,
    -0.002_777_777_777_775_886,
    0.000_793_650_791_455_245_1,
    -0.000_595_237_135_664_723_9,
    0.000_841_549_876_114_385_2,
    -0.001_895_662_798_566_156_1,
    0.005_196_041_772_783_029,
];

/// ½ ln 2π − ½.
const STIRLING: f64 = 0.418_938_533_204_672_7;

/// Whether [`ln_gamma`], [`digamma`](super::digamma()) and [`trigamma`](super::trigamma) are right at x: 10⁻¹⁵⁰ ≤ x < ∞.
#[inline(always)]
pub fn gamma_covers(x: f64) -> bool {
    (1e-150..f64::INFINITY).contains(&x)
}

/// ln Γ(x), within 2 ulp (of 1, where it is smaller), where [`gamma_covers`] it; relative digits are kept near the zeros at 1 and 2.
///
/// ```
/// use fisher_information::kernel::vector::ln_gamma;
///
/// assert_eq!((ln_gamma(1.0), ln_gamma(2.0)), (0.0, 0.0));
/// assert!((ln_gamma(0.5) - 0.5 * std::f64::consts::PI.ln()).abs() < 5e-16);
/// ```
#[inline(always)]
pub fn ln_gamma(x: f64) -> f64 {
    let large = x >= 8.5;
    // x = nearest + t; Γ(x) is Γ(2 + t) times or divided by a product.
    let nearest = clamp((x + ROUNDER) - ROUNDER, 0.0, 8.0);
    let t = x - nearest;
    let divided = nearest < 1.5;
    let mut product = if divided { x } else { 1.0 };
    product *= if nearest < 0.5 { x + 1.0 } else { 1.0 };
    for i in 1..7 {
        let i = f64::from(i);
        product *= if nearest > i + 1.5 { x - i } else { 1.0 };
    }
    let ln = ln_of_positive(if large { x } else { product });
    let stepped = t.mul_add(polynomial(t, &NEAR_TWO), if divided { -ln } else { ln });
    let reciprocal = 1.0 / x;
    let tail = reciprocal.mul_add(polynomial(reciprocal * reciprocal, &LN_GAMMA_TAIL), STIRLING);
    if large { (x - 0.5).mul_add(ln - 1.0, tail) } else { stepped }
}
