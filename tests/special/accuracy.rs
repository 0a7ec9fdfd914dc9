//! The worst errors over all reference values, and the table of `docs/numbers.md` that states them.

use crate::reference::{self, Row};
use fisher_information::scalar::{Scalar, log_sum_exp};
use num_dual::{Dual2SVec, Dual3, HyperHyperDual};
use std::collections::BTreeMap;

/// The worst error of each function (by the name of its method) and order of derivative, with where it occurs.
pub type Errors = BTreeMap<(String, usize), (f64, String)>;

/// What an error is relative to.
#[derive(Clone, Copy)]
enum Relative {
    /// The reference value.
    ToValue,
    /// The larger of the reference value and 1: for functions with zeros in the interior of their domain.
    NearZeroAbsolute,
    /// The larger of the reference value and this one.
    To(f64),
}

fn record(
    errors: &mut Errors,
    function: &str,
    order: usize,
    arguments: &[f64],
    got: f64,
    want: f64,
    relative: Relative,
) {
    let scale = match relative {
        _ if want == 0.0 => 1.0,
        Relative::ToValue => want.abs(),
        Relative::NearZeroAbsolute => want.abs().max(1.0),
        Relative::To(scale) => want.abs().max(scale),
    };
    let error = if got == want { 0.0 } else { (got - want).abs() / scale };
    let worst = errors.entry((function.to_string(), order)).or_insert((0.0, String::new()));
    if error > worst.0 || error.is_nan() {
        *worst = (error, format!("{function}{arguments:?} order {order}: got {got:e}, want {want:e}"));
    }
}

/// Compares a function of one variable and its three derivatives with the reference values of the given names.
fn one_variable(
    errors: &mut Errors,
    rows: &[Row],
    function: &str,
    names: [&str; 4],
    relative: Relative,
    f: impl Fn(Dual3<f64>) -> Dual3<f64>,
) {
    for row in rows {
        let x = row.arguments[0];
        let y = f(Dual3::new(x, 1.0, 0.0, 0.0));
        for (order, (name, got)) in names.iter().zip([y.re, y.v1, y.v2, y.v3]).enumerate() {
            if let Some(&want) = row.values.get(*name) {
                let relative = if order == 0 { relative } else { Relative::ToValue };
                record(errors, function, order, &row.arguments, got, want, relative);
            }
        }
    }
}

/// Compares first and second derivatives by the variables `variables`, of which the function has N.
fn several_variables<const N: usize>(
    errors: &mut Errors,
    rows: &[Row],
    function: &str,
    variables: &str,
    value: (&str, f64, Relative),
    f: impl Fn([Dual2SVec<f64, N>; N]) -> Dual2SVec<f64, N>,
) {
    let letters: Vec<char> = variables.chars().collect();
    let (value_name, sign, relative) = value;
    for row in rows {
        let y = f(std::array::from_fn(|i| Dual2SVec::from_re(row.arguments[i]).derivative(i)));
        let mut check = |name: &str, order, got: f64, relative| {
            let sign = if order == 0 { 1.0 } else { sign };
            if let Some(&want) = row.values.get(name) {
                record(errors, function, order, &row.arguments, got, sign * want, relative);
            }
        };
        check(value_name, 0, y.re, relative);
        let (gradient, hessian) = (y.v1.0.unwrap(), y.v2.0.unwrap());
        for i in 0..N {
            check(&letters[i].to_string(), 1, gradient[i], Relative::ToValue);
            for j in i..N {
                // For a probability f, f″ enters a log-likelihood as f″/f beside f′f′/f², and has zeros of its own.
                let second = match relative {
                    Relative::ToValue => Relative::To((gradient[i] * gradient[j] / y.re).abs()),
                    _ => Relative::ToValue,
                };
                check(&format!("{}{}", letters[i], letters[j]), 2, hessian[(i, j)], second);
            }
        }
    }
}

/// Measures all functions.
pub fn measure() -> Errors {
    use Relative::{NearZeroAbsolute, ToValue};
    let mut errors = Errors::new();
    let e = &mut errors;
    let f3 = ["f", "d1", "d2", "d3"];

    let rows = reference::special("gamma_family");
    one_variable(e, &rows, "ln_gamma", ["ln_gamma", "psi0", "psi1", "psi2"], NearZeroAbsolute, |x| x.ln_gamma());
    // The derivative ψ of ln Γ has a zero.
    e.remove(&("ln_gamma".to_string(), 1));
    for row in &rows {
        let got = Dual3::new(row.arguments[0], 1.0, 0.0, 0.0).ln_gamma().v1;
        record(e, "ln_gamma", 1, &row.arguments, got, row.values["psi0"], NearZeroAbsolute);
    }
    let psi: Vec<String> = (0..12).map(|n| format!("psi{n}")).collect();
    one_variable(e, &rows, "digamma", std::array::from_fn(|i| psi[i].as_str()), NearZeroAbsolute, |x| x.digamma());
    for order in [1, 2, 3, 6, 8] {
        let names = std::array::from_fn(|i| psi[order + i].as_str());
        one_variable(e, &rows, &format!("polygamma({order})"), names, ToValue, |x| x.polygamma(order as u32));
    }
    one_variable(e, &reference::special("erf"), "erf", f3, ToValue, |x| x.erf());
    one_variable(e, &reference::special("erfc"), "erfc", f3, ToValue, |x| x.erfc());
    one_variable(e, &reference::special("ln_norm_cdf"), "ln_norm_cdf", f3, ToValue, |x| x.ln_norm_cdf());
    one_variable(e, &reference::special("ln_1m_exp"), "ln_1m_exp", f3, ToValue, |x| x.ln_1m_exp());
    one_variable(e, &reference::special("ln_1p_exp"), "ln_1p_exp", f3, ToValue, |x| x.ln_1p_exp());
    // The third derivative of ln(e⁰ + eˣ) is zero at x = 0 and rounded relative to the weights nearby.
    let mut rows = reference::special("ln_1p_exp");
    rows.retain(|row| row.arguments[0].abs() >= 0.25);
    one_variable(e, &rows, "log_sum_exp", f3, ToValue, |x| log_sum_exp(&[Dual3::from_re(0.0), x]));
    one_variable(e, &reference::special("logistic"), "logistic", f3, ToValue, |x| x.logistic());
    let rows = reference::special("ln_bessel_i0");
    one_variable(e, &rows, "ln_bessel_i0", f3, ToValue, |x| x.ln_bessel_i0());
    one_variable(e, &rows, "bessel_ratio", ["d1", "d2", "d3", "d4"], ToValue, |x| x.bessel_ratio());

    let rows = reference::special("ln_zeta");
    one_variable(e, &rows, "ln_zeta", f3, ToValue, |s| s.ln_zeta());
    let names = ["d2", "d3", "d4", "d5"];
    one_variable(e, &rows, "ln_zeta_derivative(2)", names, ToValue, |s| s.ln_zeta_derivative(2));

    let rows = reference::special("ln_beta");
    several_variables(e, &rows, "ln_beta", "ab", ("f", 1.0, NearZeroAbsolute), |[a, b]| a.ln_beta(b));
    for row in &rows {
        // Third derivatives, each by seeding its three directions.
        for (name, seeds) in [("aaa", [0, 0, 0]), ("aab", [0, 0, 1]), ("abb", [0, 1, 1]), ("bbb", [1, 1, 1])] {
            let seeded = |variable| {
                let mut x = HyperHyperDual::from_re(row.arguments[variable]);
                let unit = |i: usize| if seeds[i] == variable { 1.0 } else { 0.0 };
                (x.eps1, x.eps2, x.eps3) = (unit(0), unit(1), unit(2));
                x
            };
            if let Some(&want) = row.values.get(name) {
                let got = seeded(0).ln_beta(seeded(1)).eps1eps2eps3;
                record(e, "ln_beta", 3, &row.arguments, got, want, ToValue);
            }
        }
    }
    let rows = reference::special("inc_gamma");
    several_variables(e, &rows, "regularized_gamma_p", "ax", ("P", 1.0, ToValue), |[a, x]| a.regularized_gamma_p(x));
    several_variables(e, &rows, "regularized_gamma_q", "ax", ("Q", -1.0, ToValue), |[a, x]| a.regularized_gamma_q(x));
    let rows = reference::special("inc_beta");
    several_variables(e, &rows, "regularized_beta", "xab", ("I", 1.0, ToValue), |[x, a, b]| x.regularized_beta(a, b));
    errors
}

/// The largest error that the library allows itself: a table in the notes cannot excuse more.
fn target(function: &str, order: usize) -> f64 {
    match function {
        "ln_gamma" | "digamma" | "polygamma(1)" | "polygamma(2)" | "polygamma(3)" => 1e-14,
        name if name.starts_with("regularized") && order > 0 => 1e-11,
        _ => 1e-13,
    }
}

/// A measured error below this is luck: rounding the reference values costs as much.
const ROUNDING: f64 = f64::EPSILON / 2.0;

/// A documented bound above this multiple of the measured error has gone stale.
const STALE: f64 = 10.0;

/// Each row of the table in the note reads `| \`function\` | value | first | second | third | …`, with — where nothing is measured.
#[test]
fn the_documented_errors_are_upper_bounds_and_no_more() {
    let measured = measure();
    let mut documented = BTreeMap::new();
    let note = include_str!("../../docs/numbers.md");
    for line in note.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        for (order, cell) in cells[2..6].iter().enumerate().filter(|(_, cell)| **cell != "—") {
            documented.insert((cells[1].trim_matches('`').to_string(), order), cell.parse::<f64>().unwrap());
        }
    }
    let names = |map: Vec<&(String, usize)>| map.into_iter().cloned().collect::<Vec<_>>();
    assert_eq!(
        names(documented.keys().collect()),
        names(measured.keys().collect()),
        "table and measurements differ in rows"
    );
    let mut wrong = Vec::new();
    for (key, (error, place)) in &measured {
        let bound = documented[key];
        let error = error.max(ROUNDING);
        println!("{:20} {} measured {error:.1e}, documented {bound:.1e}; {place}", key.0, key.1);
        if !(error <= bound && bound <= STALE * error && bound <= target(&key.0, key.1)) {
            wrong.push(format!("{} {}: measured {error:.1e}, documented {bound:e}; {place}", key.0, key.1));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
