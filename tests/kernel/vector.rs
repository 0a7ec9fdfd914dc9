//! Branch-free elementary functions: errors in units in the last place, special values, identities, and blocks.

use crate::reference::vector::vector as reference;
use fisher_information::kernel::vector::{self, BLOCK, map, pow, pow_covers, trigonometric_covers};
use fisher_information::scalar::Scalar;
use multiversion::multiversion;
use rand::{RngExt, SeedableRng, rngs::StdRng};

const INFINITY: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;
/// The smallest positive number, a subnormal one.
const TINY: f64 = 5e-324;

type Function = fn(f64) -> f64;

/// Each function with its counterpart in libm, if there is one, and the interval of a sweep.
const FUNCTIONS: [(&str, Function, Option<Function>, [f64; 2]); 20] = [
    ("exp", vector::exp, Some(libm::exp), [-746.0, 710.0]),
    ("exp2", vector::exp2, Some(libm::exp2), [-1076.0, 1025.0]),
    ("exp_m1", vector::exp_m1, Some(libm::expm1), [-40.0, 710.0]),
    ("ln", vector::ln, Some(libm::log), [0.0, 10.0]),
    ("ln_1p", vector::ln_1p, Some(libm::log1p), [-1.0, 10.0]),
    ("log2", vector::log2, Some(libm::log2), [0.0, 10.0]),
    ("log10", vector::log10, Some(libm::log10), [0.0, 10.0]),
    ("logistic", vector::logistic, Some(Scalar::logistic), [-745.0, 40.0]),
    ("ln_1p_exp", vector::ln_1p_exp, Some(Scalar::ln_1p_exp), [-745.0, 40.0]),
    ("sinh", vector::sinh, Some(libm::sinh), [-711.0, 711.0]),
    ("cosh", vector::cosh, Some(libm::cosh), [-711.0, 711.0]),
    ("tanh", vector::tanh, Some(libm::tanh), [-20.0, 20.0]),
    ("atan", vector::atan, Some(libm::atan), [-10.0, 10.0]),
    ("cbrt", vector::cbrt, Some(libm::cbrt), [-10.0, 10.0]),
    ("sin", vector::sin, Some(libm::sin), [-1e6, 1e6]),
    ("cos", vector::cos, Some(libm::cos), [-1e6, 1e6]),
    ("tan", vector::tan, Some(libm::tan), [-1e6, 1e6]),
    ("ln_gamma", vector::ln_gamma, None, [1e-3, 20.0]),
    ("digamma", vector::digamma, None, [1e-3, 20.0]),
    ("trigamma", vector::trigamma, None, [1e-3, 20.0]),
];

/// The bits as an integer that grows with the number: neighbours differ by one.
fn ordered(x: f64) -> i64 {
    let bits = x.to_bits() as i64;
    if bits < 0 { i64::MIN - bits } else { bits }
}

/// How many numbers `got` is away from `want`, 0 for two NaN and beyond every bound for one.
fn distance(got: f64, want: f64) -> f64 {
    match (got.is_nan(), want.is_nan()) {
        (true, true) => 0.0,
        (false, false) => (ordered(got) as i128 - ordered(want) as i128) as f64,
        _ => INFINITY,
    }
}

#[test]
fn two_units_in_the_last_place_at_hard_arguments() {
    for (name, f, ..) in FUNCTIONS {
        for row in reference(name) {
            let (x, want) = (row.arguments[0], row.value);
            // ln Γ and ψ have zeros, near which the units are those of 1.
            let unit = if ["ln_gamma", "digamma"].contains(&name) { want.abs().min(1.0) } else { 1.0 };
            let error = unit * (distance(f(x), want) - row.left);
            assert!(error.abs() <= 2.0, "{name}({x:e}) is {:e}, want {want:e}: {error} ulp", f(x));
        }
    }
    for row in reference("pow") {
        let (x, y, want) = (row.arguments[0], row.arguments[1], row.value);
        let error = distance(pow(x, y), want) - row.left;
        assert!(error.abs() <= 2.0, "{x:e}^{y:e} is {:e}, want {want:e}: {error} ulp", pow(x, y));
    }
}

/// libm's own errors are below 1 ulp, those of its sinh, cosh, tanh and tan below 2.
#[test]
fn sweeps_agree_with_another_library() {
    let mut random = StdRng::seed_from_u64(7);
    for (name, f, counterpart, [low, high]) in FUNCTIONS {
        let Some(counterpart) = counterpart else { continue };
        for i in 0..200_000 {
            let unit: f64 = random.random();
            // Uniform numbers, numbers of all sizes near 0, and numbers near 1.
            let x = match i % 4 {
                0 | 1 => low + (high - low) * unit,
                2 => (high.min(1.0)).copysign(unit - 0.5 * f64::from(low < 0.0)) * 10_f64.powf(-300.0 * unit),
                _ => 1.0 + (unit - 0.5) * 10_f64.powf(-16.0 * unit),
            };
            let bound = if ["sinh", "cosh", "tanh", "tan"].contains(&name) { 3.0 } else { 2.0 };
            let error = distance(f(x), counterpart(x));
            assert!(error.abs() <= bound, "{name}({x:e}) is {:e}, {error} from {:e}", f(x), counterpart(x));
        }
    }
}

#[test]
fn powers_agree_with_another_library() {
    let mut random = StdRng::seed_from_u64(8);
    for _ in 0..200_000 {
        let x = f64::from_bits(random.random_range(1..INFINITY.to_bits()));
        let y = random.random_range(-800.0..800.0) / x.ln();
        let error = distance(pow(x, y), libm::pow(x, y));
        assert!(pow_covers(x, y) && error.abs() <= 2.0, "{x:e}^{y:e} is {:e}, {error} from libm's", pow(x, y));
    }
}

#[test]
fn special_values() {
    let half_pi = std::f64::consts::FRAC_PI_2;
    let table: [(&str, &[(f64, f64)]); 15] = [
        (
            "exp",
            &[
                (0.0, 1.0),
                (-0.0, 1.0),
                (INFINITY, INFINITY),
                (-INFINITY, 0.0),
                (709.79, INFINITY),
                (-745.14, 0.0),
                (-745.13, TINY),
            ],
        ),
        (
            "exp2",
            &[
                (-1074.0, TINY),
                (-1075.5, 0.0),
                (1023.0, 2_f64.powi(1023)),
                (1024.0, INFINITY),
                (INFINITY, INFINITY),
                (-INFINITY, 0.0),
            ],
        ),
        (
            "exp_m1",
            &[
                (0.0, 0.0),
                (-0.0, -0.0),
                (TINY, TINY),
                (-TINY, -TINY),
                (-INFINITY, -1.0),
                (INFINITY, INFINITY),
                (709.79, INFINITY),
            ],
        ),
        (
            "ln",
            &[(0.0, -INFINITY), (-0.0, -INFINITY), (1.0, 0.0), (INFINITY, INFINITY), (-TINY, NAN), (-INFINITY, NAN)],
        ),
        (
            "ln_1p",
            &[
                (0.0, 0.0),
                (-0.0, -0.0),
                (TINY, TINY),
                (-TINY, -TINY),
                (-1.0, -INFINITY),
                (-1.5, NAN),
                (-INFINITY, NAN),
                (INFINITY, INFINITY),
            ],
        ),
        ("log2", &[(0.0, -INFINITY), (TINY, -1074.0), (1.0, 0.0), (INFINITY, INFINITY), (-1.0, NAN)]),
        ("log10", &[(0.0, -INFINITY), (1.0, 0.0), (1e22, 22.0), (INFINITY, INFINITY), (-1.0, NAN)]),
        ("logistic", &[(0.0, 0.5), (-0.0, 0.5), (INFINITY, 1.0), (-INFINITY, 0.0), (-745.13, TINY), (800.0, 1.0)]),
        ("ln_1p_exp", &[(INFINITY, INFINITY), (-INFINITY, 0.0), (-745.13, TINY), (f64::MAX, f64::MAX)]),
        (
            "sinh",
            &[
                (0.0, 0.0),
                (-0.0, -0.0),
                (TINY, TINY),
                (INFINITY, INFINITY),
                (-INFINITY, -INFINITY),
                (-711.0, -INFINITY),
            ],
        ),
        ("cosh", &[(0.0, 1.0), (TINY, 1.0), (INFINITY, INFINITY), (-INFINITY, INFINITY), (-711.0, INFINITY)]),
        ("tanh", &[(0.0, 0.0), (-0.0, -0.0), (-TINY, -TINY), (INFINITY, 1.0), (-INFINITY, -1.0), (-f64::MAX, -1.0)]),
        (
            "atan",
            &[(0.0, 0.0), (-0.0, -0.0), (TINY, TINY), (INFINITY, half_pi), (-INFINITY, -half_pi), (f64::MAX, half_pi)],
        ),
        ("cbrt", &[(0.0, 0.0), (-0.0, -0.0), (-27.0, -3.0), (INFINITY, INFINITY), (-INFINITY, -INFINITY)]),
        ("sin", &[(0.0, 0.0), (-0.0, -0.0), (TINY, TINY), (-TINY, -TINY)]),
    ];
    for (name, pairs) in table {
        let (_, f, ..) = *FUNCTIONS.iter().find(|(other, ..)| *other == name).unwrap();
        for &(x, want) in pairs {
            assert!(f(x).to_bits() == want.to_bits() || f(x).is_nan() && want.is_nan(), "{name}({x:e}) is {:e}", f(x));
        }
    }
    // The others cover no NaN.
    for (name, f, ..) in FUNCTIONS.iter().filter(|(name, ..)| !name.ends_with("gamma")) {
        assert!(f(NAN).is_nan(), "{name}");
    }
    assert_eq!((vector::cos(0.0), vector::tan(-0.0).to_bits()), (1.0, (-0.0_f64).to_bits()));
    for (x, y, want) in [
        (1.0, 1e300, 1.0),
        (0.5, f64::MAX, 0.0),
        (2.0, f64::MAX, INFINITY),
        (TINY, 1.0, TINY),
        (3.0, -0.0, 1.0),
        (f64::MAX, 1.0, f64::MAX),
    ] {
        assert_eq!(pow(x, y), want, "{x:e}^{y:e}");
    }
}

#[test]
fn identities() {
    let mut random = StdRng::seed_from_u64(9);
    for _ in 0..100_000 {
        let x = random.random_range(-40.0..40.0);
        let sum = vector::logistic(x) + vector::logistic(-x);
        assert!((sum - 1.0).abs() <= 2.0 * f64::EPSILON, "logistic(±{x:e}) have the sum {sum:e}");
        // Softplus is an antiderivative of the logistic function, and its odd part is x/2.
        let difference = vector::ln_1p_exp(x) - vector::ln_1p_exp(-x);
        assert!((difference - x).abs() <= 2.0 * f64::EPSILON * vector::ln_1p_exp(x.abs()), "ln(1 + exp(±{x:e}))");
        let circle = vector::sin(x).mul_add(vector::sin(x), vector::cos(x) * vector::cos(x));
        assert!((circle - 1.0).abs() <= 2.0 * f64::EPSILON, "sin² + cos² at {x:e}");
    }
}

#[test]
fn gamma_functions_step_up_by_their_recurrences() {
    let mut random = StdRng::seed_from_u64(11);
    for _ in 0..100_000 {
        let x: f64 = random.random_range(1e-3..20.0);
        let next = x + 1.0;
        let exactly = next - 1.0; // x with the digits that its sum with 1 keeps
        for (name, f, step) in [
            ("ln_gamma", vector::ln_gamma as Function, exactly.ln()),
            ("digamma", vector::digamma, 1.0 / exactly),
            ("trigamma", vector::trigamma, -1.0 / (exactly * exactly)),
        ] {
            let (low, high) = (f(exactly), f(next));
            let scale = low.abs().max(high.abs()).max(step.abs()).max(1.0);
            assert!(
                (high - low - step).abs() <= 6.0 * f64::EPSILON * scale,
                "{name} at {exactly:e}: {low:e} and {high:e}"
            );
        }
    }
}

#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma",
    "aarch64+neon"
))]
fn on_this_processor<F: map::Elementary>(x: &[f64; BLOCK], out: &mut [f64; BLOCK]) {
    map::map::<F>(x, out);
}

/// Compares a block of the function with single calls, bit for bit, and what is not covered with `otherwise`.
fn same_bits<F: map::Elementary>(name: &str, otherwise: Function) {
    let (_, f, _, [low, high]) = *FUNCTIONS.iter().find(|(other, ..)| *other == name).unwrap();
    let mut random = StdRng::seed_from_u64(10);
    let mut x: [f64; BLOCK] = std::array::from_fn(|_| random.random_range(low..high));
    x[..9].copy_from_slice(&[NAN, INFINITY, -INFINITY, 0.0, -0.0, TINY, -TINY, 1e300, -1e17]);
    let mut out = [0.0; BLOCK];
    on_this_processor::<F>(&x, &mut out);
    for (&x, &y) in x.iter().zip(&out) {
        let want = if F::covers(x) { f(x) } else { otherwise(x) };
        assert!(
            y.to_bits() == want.to_bits() || y.is_nan() && want.is_nan(),
            "{name}({x:e}) is {y:e} in a block, {want:e} alone"
        );
    }
}

#[test]
fn every_instruction_set_gives_the_same_bits() {
    same_bits::<map::Exp>("exp", libm::exp);
    same_bits::<map::Exp2>("exp2", libm::exp2);
    same_bits::<map::ExpM1>("exp_m1", libm::expm1);
    same_bits::<map::Ln>("ln", libm::log);
    same_bits::<map::Ln1p>("ln_1p", libm::log1p);
    same_bits::<map::Log2>("log2", libm::log2);
    same_bits::<map::Log10>("log10", libm::log10);
    same_bits::<map::Logistic>("logistic", Scalar::logistic);
    same_bits::<map::Ln1pExp>("ln_1p_exp", Scalar::ln_1p_exp);
    same_bits::<map::Sinh>("sinh", libm::sinh);
    same_bits::<map::Cosh>("cosh", libm::cosh);
    same_bits::<map::Tanh>("tanh", libm::tanh);
    same_bits::<map::Atan>("atan", libm::atan);
    same_bits::<map::Cbrt>("cbrt", libm::cbrt);
    same_bits::<map::Sin>("sin", libm::sin);
    same_bits::<map::Cos>("cos", libm::cos);
    same_bits::<map::Tan>("tan", libm::tan);
    same_bits::<map::LnGamma>("ln_gamma", Scalar::ln_gamma);
    same_bits::<map::Digamma>("digamma", Scalar::digamma);
    same_bits::<map::Trigamma>("trigamma", |x| x.polygamma(1));
}

#[test]
fn what_the_core_does_not_cover_is_computed_otherwise() {
    assert!(!trigonometric_covers(1.1e9) && !trigonometric_covers(NAN) && trigonometric_covers(-1e9));
    let mut x = [1.0; BLOCK];
    x[7] = 1e22;
    let mut out = [0.0; BLOCK];
    map::map::<map::Sin>(&x, &mut out);
    assert_eq!((out[7], out[8]), (-0.852_200_849_767_188_8, 1_f64.sin()));

    let (mut x, mut y) = ([2.0; BLOCK], [3.0; BLOCK]);
    (x[0], x[1], y[1], y[2], x[3]) = (-2.0, -2.0, 0.5, INFINITY, 0.0);
    map::map_of_two::<map::Power>(&x, &y, &mut out);
    assert_eq!((out[0], out[2], out[3], out[4]), (-8.0, INFINITY, 0.0, 8.0));
    assert!(out[1].is_nan());
}
