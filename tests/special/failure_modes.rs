//! Arguments outside the domain, at its edges, infinite, huge and tiny: never a panic, never an endless loop.

use fisher_information::scalar::{Scalar, log_sum_exp};
use num_dual::{Dual, Dual2SVec, Dual3, DualStruct};

const INFINITY: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;
/// The smallest positive number, a subnormal one.
const TINY: f64 = 5e-324;

const AWKWARD: [f64; 22] = [
    NAN,
    INFINITY,
    -INFINITY,
    0.0,
    -0.0,
    TINY,
    -TINY,
    1e-310,
    f64::MIN_POSITIVE,
    1e-200,
    1e-17,
    -1e-17,
    0.5,
    1.0,
    -1.0,
    -2.5,
    1e4,
    1e8,
    1e16,
    1e200,
    f64::MAX,
    f64::MIN,
];

type Function = fn(Dual3<f64>) -> Dual3<f64>;

const ONE_VARIABLE: [(&str, Function); 16] = [
    ("ln_gamma", |x| x.ln_gamma()),
    ("digamma", |x| x.digamma()),
    ("trigamma", |x| x.polygamma(1)),
    ("polygamma(9)", |x| x.polygamma(9)),
    ("polygamma(200)", |x| x.polygamma(200)),
    ("polygamma(max)", |x| x.polygamma(u32::MAX)),
    ("erf", |x| x.erf()),
    ("erfc", |x| x.erfc()),
    ("ln_norm_cdf", |x| x.ln_norm_cdf()),
    ("ln_1m_exp", |x| x.ln_1m_exp()),
    ("ln_1p_exp", |x| x.ln_1p_exp()),
    ("logistic", |x| x.logistic()),
    ("ln_bessel_i0", |x| x.ln_bessel_i0()),
    ("bessel_ratio", |x| x.bessel_ratio()),
    ("ln_zeta", |s| s.ln_zeta()),
    ("ln_zeta_derivative(15)", |s| s.ln_zeta_derivative(15)),
];

#[test]
fn nan_stays_nan() {
    for (name, f) in ONE_VARIABLE {
        let y = f(Dual3::new(NAN, 1.0, 0.0, 0.0));
        assert!(y.re.is_nan() && y.v1.is_nan() && y.v2.is_nan() && y.v3.is_nan(), "{name}: {y}");
    }
    for other in AWKWARD {
        assert!(NAN.ln_beta(other).is_nan() && other.ln_beta(NAN).is_nan());
        for f in [f64::regularized_gamma_p, f64::regularized_gamma_q] {
            assert!(f(NAN, other).is_nan() && f(other, NAN).is_nan());
        }
        for another in AWKWARD {
            assert!(NAN.regularized_beta(other, another).is_nan());
            assert!(other.regularized_beta(NAN, another).is_nan());
            assert!(another.regularized_beta(other, NAN).is_nan());
        }
        assert!(log_sum_exp(&[other, NAN, 1.0]).is_nan());
    }
}

/// Inside the domain, no awkward argument gives NaN as value.
#[test]
fn awkward_arguments_of_one_variable() {
    for (name, f) in ONE_VARIABLE {
        let positive_only = name.contains("gamma");
        let negative_only = name == "ln_1m_exp";
        let from_one = name.contains("zeta");
        for x in AWKWARD.into_iter().filter(|x| !x.is_nan()) {
            let y = f(Dual3::from_re(x)).re;
            let outside = (positive_only && x < 0.0) || (negative_only && x > 0.0) || (from_one && x < 1.0);
            assert_eq!(y.is_nan(), outside, "{name}({x:e}) = {y:e}");
        }
    }
}

#[test]
fn awkward_arguments_of_several_variables() {
    for a in AWKWARD.into_iter().filter(|a| !a.is_nan()) {
        for b in AWKWARD.into_iter().filter(|b| !b.is_nan()) {
            let y = a.ln_beta(b);
            let undefined = a < 0.0 || b < 0.0 || (a == 0.0 && b == INFINITY) || (a == INFINITY && b == 0.0);
            assert_eq!(y.is_nan(), undefined, "ln B({a:e}, {b:e}) = {y:e}");
            let (p, q) = (a.regularized_gamma_p(b), a.regularized_gamma_q(b));
            let undefined = a <= 0.0 || b < 0.0 || (a == INFINITY && b == INFINITY);
            assert_eq!(p.is_nan(), undefined, "P({a:e}, {b:e}) = {p:e}");
            assert_eq!(q.is_nan(), undefined, "Q({a:e}, {b:e}) = {q:e}");
            if !undefined {
                assert!((0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&q), "P({a:e}, {b:e}) = {p:e}, Q = {q:e}");
            }
            for x in AWKWARD.into_iter().chain([0.25, 1.0 - 1e-16]) {
                let y = x.regularized_beta(a, b);
                if !((0.0..=1.0).contains(&x) && a > 0.0 && b > 0.0 && a < INFINITY && b < INFINITY) {
                    assert!(y.is_nan(), "I({x:e}; {a:e}, {b:e}) = {y:e}");
                } else {
                    // NaN if the shapes are too large for the continued fraction to converge.
                    assert!(
                        (0.0..=1.0).contains(&y) || (y.is_nan() && a.max(b) > 1e8),
                        "I({x:e}; {a:e}, {b:e}) = {y:e}"
                    );
                }
            }
        }
    }
}

#[test]
fn limits_of_one_variable() {
    assert_eq!(0.0.ln_gamma(), INFINITY);
    assert_eq!(INFINITY.ln_gamma(), INFINITY);
    assert_eq!(0.0.digamma(), -INFINITY);
    assert_eq!(INFINITY.digamma(), INFINITY);
    assert_eq!(0.0.polygamma(1), INFINITY);
    assert_eq!(0.0.polygamma(2), -INFINITY);
    assert_eq!(INFINITY.polygamma(1), 0.0);
    assert_eq!(INFINITY.polygamma(7), 0.0);
    assert_eq!(INFINITY.erf(), 1.0);
    assert_eq!((-INFINITY).erfc(), 2.0);
    assert_eq!(INFINITY.erfc(), 0.0);
    assert_eq!((-INFINITY).ln_norm_cdf(), -INFINITY);
    assert_eq!(INFINITY.ln_norm_cdf(), 0.0);
    assert_eq!((-INFINITY).ln_1m_exp(), 0.0);
    assert_eq!(0.0.ln_1m_exp(), -INFINITY);
    assert_eq!((-INFINITY).ln_1p_exp(), 0.0);
    assert_eq!(INFINITY.ln_1p_exp(), INFINITY);
    assert_eq!((-INFINITY).logistic(), 0.0);
    assert_eq!(INFINITY.logistic(), 1.0);
    assert_eq!(INFINITY.ln_bessel_i0(), INFINITY);
    assert_eq!(INFINITY.bessel_ratio(), 1.0);
    assert_eq!((-INFINITY).bessel_ratio(), -1.0);
    assert_eq!(0.0.ln_bessel_i0(), 0.0);
}

/// Derivatives in the limits are limits too.
#[test]
fn derivatives_in_the_limits() {
    let at = |f: Function, x| {
        let y = f(Dual3::new(x, 1.0, 0.0, 0.0));
        [y.re, y.v1, y.v2, y.v3]
    };
    assert_eq!(at(|x| x.erf(), INFINITY), [1.0, 0.0, 0.0, 0.0]);
    assert_eq!(at(|x| x.ln_norm_cdf(), INFINITY), [0.0, 0.0, 0.0, 0.0]);
    // The chain rule of Dual3 multiplies the infinite slope by a zero curvature, so only the first derivative is asked for.
    assert_eq!(at(|x| x.ln_norm_cdf(), -INFINITY)[..2], [-INFINITY, INFINITY]);
    assert_eq!(at(|x| x.logistic(), INFINITY), [1.0, 0.0, 0.0, 0.0]);
    assert_eq!(at(|x| x.logistic(), -INFINITY), [0.0, 0.0, 0.0, 0.0]);
    assert_eq!(at(|x| x.ln_1p_exp(), INFINITY), [INFINITY, 1.0, 0.0, 0.0]);
    assert_eq!(at(|x| x.ln_1m_exp(), -INFINITY), [0.0, 0.0, 0.0, 0.0]);
    assert_eq!(at(|x| x.ln_bessel_i0(), INFINITY), [INFINITY, 1.0, 0.0, 0.0]);
    assert_eq!(at(|x| x.ln_bessel_i0(), 0.0), [0.0, 0.0, 0.5, 0.0]);
    assert_eq!(at(|x| x.bessel_ratio(), 0.0)[..3], [0.0, 0.5, 0.0]);
}

/// P and I at the left edge: density 0 for a > 1, finite for a = 1, infinite for a < 1.
#[test]
fn incomplete_functions_at_the_edges() {
    let at_zero = Dual3::new(0.0, 1.0, 0.0, 0.0);
    let parts = |y: Dual3<f64>| [y.re, y.v1, y.v2, y.v3];
    assert_eq!(parts(Dual3::from_re(2.5).regularized_gamma_p(at_zero))[..2], [0.0, 0.0]);
    // P(1, x) = 1 − e⁻ˣ and P(2, x) = 1 − (1 + x) e⁻ˣ
    assert_eq!(parts(Dual3::from_re(1.0).regularized_gamma_p(at_zero)), [0.0, 1.0, -1.0, 1.0]);
    assert_eq!(parts(Dual3::from_re(2.0).regularized_gamma_p(at_zero)), [0.0, 0.0, 1.0, -2.0]);
    assert_eq!(parts(Dual3::from_re(2.0).regularized_gamma_q(at_zero)), [1.0, 0.0, -1.0, 2.0]);
    assert_eq!(Dual::from(0.5).regularized_gamma_p(Dual::new(0.0, 1.0)).eps, INFINITY);
    assert_eq!(7.0.regularized_gamma_p(INFINITY), 1.0);
    assert_eq!(7.0.regularized_gamma_q(INFINITY), 0.0);
    assert_eq!(7.0.regularized_gamma_q(0.0), 1.0);
    assert_eq!(INFINITY.regularized_gamma_p(7.0), 0.0);
    // I_x(1, b) = 1 − (1 − x)ᵇ and I_x(2, 3) = 6x² − 8x³ + 3x⁴
    let third = |x: Dual3<f64>, a: f64, b: f64| parts(x.regularized_beta(a.into(), b.into()));
    assert_eq!(third(at_zero, 1.0, 4.0), [0.0, 4.0, -12.0, 24.0]);
    let near = third(at_zero, 2.0, 3.0);
    assert_eq!(near[..2], [0.0, 0.0]);
    assert_eq!(near[2..], [12.0, -48.0]);
    let at_one = Dual3::new(1.0, 1.0, 0.0, 0.0);
    assert_eq!(third(at_one, 4.0, 1.0), [1.0, 4.0, 12.0, 24.0]);
    assert_eq!(0.0.regularized_beta(0.5, 0.5), 0.0);
    assert_eq!(1.0.regularized_beta(0.5, 0.5), 1.0);
    // The derivative with respect to b of the density b at x = 0, a = 1
    let [x, b] = std::array::from_fn(|i| Dual2SVec::<f64, 2>::from_re([0.0, 4.0][i]).derivative(i));
    assert_eq!(x.regularized_beta(1.0.into(), b).v2.0.unwrap()[(0, 1)], 1.0);
    // Derivatives with respect to the shape vanish at the edges.
    let shape = Dual2SVec::<f64, 2>::from_re(2.5).derivative(0);
    for y in [shape.regularized_gamma_p(0.0.into()), Dual2SVec::from(0.0).regularized_beta(shape, shape)] {
        assert!(y.v1.0.is_none_or(|v| v[0] == 0.0) && y.v2.0.is_none_or(|v| v[(0, 0)] == 0.0));
    }
}

#[test]
fn beta_function_at_the_edges() {
    assert_eq!(0.0.ln_beta(3.0), INFINITY);
    assert_eq!(3.0.ln_beta(INFINITY), -INFINITY);
    assert_eq!(1.0.ln_beta(1.0), 0.0);
    assert!(TINY.ln_beta(1.0) > 700.0);
}

#[test]
fn log_sum_exp_of_infinities() {
    assert_eq!(log_sum_exp::<f64>(&[]), -INFINITY);
    assert_eq!(log_sum_exp(&[-INFINITY, -INFINITY]), -INFINITY);
    assert_eq!(log_sum_exp(&[-INFINITY, INFINITY, 3.0]), INFINITY);
    assert_eq!(log_sum_exp(&[-INFINITY, 3.0]), 3.0);
    assert_eq!(log_sum_exp(&[f64::MAX, f64::MAX]), f64::MAX);
    // A term −∞ has weight zero even if its derivative is infinite or NaN, as that of ln 0 is.
    for derivative in [1.0, INFINITY, NAN] {
        let y =
            log_sum_exp(&[Dual3::new(-INFINITY, derivative, derivative, derivative), Dual3::new(2.0, 3.0, 5.0, 7.0)]);
        assert_eq!([y.re, y.v1, y.v2, y.v3], [2.0, 3.0, 5.0, 7.0]);
        let y = log_sum_exp(&[Dual3::new(-INFINITY, derivative, derivative, derivative)]);
        assert_eq!([y.re, y.v1, y.v2, y.v3], [-INFINITY, 0.0, 0.0, 0.0]);
    }
    // A sum close to 1 keeps its digits.
    assert_eq!(log_sum_exp(&[0.0, -50.0]), (-50_f64).exp());
    assert!(log_sum_exp(&[Dual::new(NAN, 1.0), Dual::new(0.0, 1.0)]).re().is_nan());
}
