//! The functions that formulas may use.

use super::rounded::Rounded;
use fisher_information::scalar::Scalar;
use num_dual::{Dual3_64, DualNum};
use std::f64::consts::TAU;

/// Functions that need no parentheses.
#[rustfmt::skip]
pub const ELEMENTARY: [&str; 14] = [
    "\\ln", "\\exp", "\\sin", "\\cos", "\\tan", "\\sinh", "\\cosh", "\\tanh", "\\arcsin", "\\arccos", "\\arctan",
    "\\operatorname{sech}", "\\operatorname{sgn}", "\\operatorname{erf}",
];

/// Functions that need them, some with an index. Without parentheses these are symbols like others.
pub const NAMED: [&str; 7] = ["\\Gamma", "B", "\\psi", "\\zeta", "I", "\\Phi", "\\varphi"];

/// A function of one number, over numbers that carry three derivatives.
pub fn of_one(function: &str) -> Option<fn(Dual3_64) -> Dual3_64> {
    Some(match function {
        "\\ln" => |x| x.ln(),
        "\\exp" => |x| x.exp(),
        "\\sqrt" => |x| x.sqrt(),
        "|" => |x| if x.re < 0.0 { -x } else { x },
        "\\sin" => |x| x.sin(),
        "\\cos" => |x| x.cos(),
        "\\tan" => |x| x.tan(),
        "\\sinh" => |x| x.sinh(),
        "\\cosh" => |x| x.cosh(),
        "\\tanh" => |x| x.tanh(),
        "\\arcsin" => |x| x.asin(),
        "\\arccos" => |x| x.acos(),
        "\\arctan" => |x| x.atan(),
        "\\operatorname{sgn}" => |x| Dual3_64::from_re(x.re.signum()),
        "\\operatorname{erf}" => |x| x.erf(),
        "\\operatorname{sech}" => |x| x.cosh().recip(),
        "\\Gamma" => |x| x.ln_gamma().exp(),
        "\\psi" => |x| x.digamma(),
        "\\zeta" => zeta,
        "\\Phi" => |x| x.ln_norm_cdf().exp(),
        "\\varphi" => |x| (x * x * -0.5).exp() / TAU.sqrt(),
        _ => return None,
    })
}

/// Riemann's ζ by Euler and Maclaurin's formula (DLMF 25.2.10).
fn zeta(s: Dual3_64) -> Dual3_64 {
    const START: f64 = 16.0;
    /// B₂ₖ/(2k)!
    const COEFFICIENTS: [f64; 7] = [
        1.0 / 12.0,
        -1.0 / 720.0,
        1.0 / 30_240.0,
        -1.0 / 1_209_600.0,
        1.0 / 47_900_160.0,
        -691.0 / 1_307_674_368_000.0,
        1.0 / 74_724_249_600.0,
    ];
    let power = |n: f64| (s * -n.ln()).exp();
    let mut sum = power(START) * 0.5 + power(START) * START / (s - 1.0);
    for n in 1..16 {
        sum += power(f64::from(n));
    }
    let mut factor = power(START) * s / START;
    for (k, coefficient) in (1..).zip(COEFFICIENTS) {
        sum += factor * coefficient;
        factor *= (s + (2.0 * f64::from(k) - 1.0)) * (s + 2.0 * f64::from(k)) / (START * START);
    }
    sum
}

/// ln B(a, b), whose error is that of its parts.
pub fn ln_beta(a: Rounded, b: Rounded) -> Rounded {
    let slope = |of: Rounded| Scalar::digamma(of.value) - Scalar::digamma(a.value + b.value);
    Rounded::computed(Scalar::ln_beta(a.value, b.value), a.carried(slope(a)) + b.carried(slope(b)))
}

/// ln I_k(z), the modified Bessel function of integer order k ≥ 0 at z > 0, by its series Σ (z/2)²ᵐ⁺ᵏ/(m! (m + k)!) (DLMF 10.25.2),
/// whose terms are positive.
pub fn ln_bessel(order: f64, z: Rounded) -> Rounded {
    let quarter = 0.25 * z.value * z.value;
    // Terms relative to the largest, at m (m + k) = z²/4, both ways from there.
    let largest = ((0.25 * order * order + quarter).sqrt() - 0.5 * order).floor();
    let mut sum = 1.0;
    let (mut m, mut term) = (largest, 1.0);
    while term > 1e-18 {
        m += 1.0;
        term *= quarter / (m * (m + order));
        sum += term;
    }
    (m, term) = (largest, 1.0);
    while m > 0.0 && term > 1e-18 {
        term *= m * (m + order) / quarter;
        m -= 1.0;
        sum += term;
    }
    let ln_factorial = |n: f64| Scalar::ln_gamma(n + 1.0);
    let ln_largest =
        (2.0 * largest + order) * (0.5 * z.value).ln() - ln_factorial(largest) - ln_factorial(largest + order);
    // d/dz ln I_k ≤ 1 + k/z
    Rounded::computed(ln_largest + f64::ln(sum), z.carried(1.0 + order / z.value))
}
