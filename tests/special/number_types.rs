//! Every number type, nested ones too, carries the same derivatives.

use crate::reference;
use fisher_information::scalar::{Scalar, SecondOrder, log_sum_exp};
use nalgebra::Const;
use num_dual::{Dual, Dual2, Dual2SVec, Dual3, DualSVec, HyperDual, HyperDualVec, HyperHyperDual, Real};

/// The worst documented error of the functions used here, and a few roundings for carrying it through the chain rule.
const CHAIN: f64 = 5e-13;

fn assert_close(got: f64, want: f64, what: &str) {
    assert!((got - want).abs() <= CHAIN * want.abs(), "{what}: got {got:e}, want {want:e}");
}

/// A function written once, for every number type.
trait Function {
    fn at<D: Scalar>(&self, x: D) -> D;
}

/// Asserts that f, f′, f″, f‴ = `want` at x, in each number type.
fn check(f: &impl Function, x: f64, want: [f64; 4]) {
    let [f0, f1, f2, f3] = want;
    assert_close(f.at(x), f0, "f64");
    assert_close(f.at(Real::new(x)).re, f0, "Real");

    let y = f.at(Dual::new(x, 2.0));
    assert_close(y.eps, 2.0 * f1, "Dual");
    let y = f.at(Dual2::new(x, 1.0, 0.0));
    assert_close(y.v2, f2, "Dual2");
    // x(t) = x + 2t + 3t²/2 + 5t³/6, so that every term of the chain rule counts.
    let y = f.at(Dual3::new(x, 2.0, 3.0, 5.0));
    assert_close(y.v2, 4.0 * f2 + 3.0 * f1, "Dual3, second");
    let terms = [8.0 * f3, 18.0 * f2, 5.0 * f1];
    let (sum, size) = (terms.iter().sum::<f64>(), terms.iter().map(|t| t.abs()).sum::<f64>());
    assert!((y.v3 - sum).abs() <= CHAIN * size, "Dual3, third: got {}, want {sum}", y.v3);

    let y = f.at(HyperDual::new(x, 2.0, 3.0, 0.0));
    assert_close(y.eps1eps2, 6.0 * f2, "HyperDual");
    let y = f.at(HyperHyperDual::new(x, 1.0, 2.0, 3.0, 0.0, 0.0, 0.0, 0.0));
    assert_close(y.eps2eps3, 6.0 * f2, "HyperHyperDual, second");
    assert_close(y.eps1eps2eps3, 6.0 * f3, "HyperHyperDual, third");

    // f(2u + 3v) at 2u + 3v = x, from two independent variables
    let [u, v] = std::array::from_fn(|i| Dual2SVec::<f64, 2>::from_re(x / 5.0).derivative(i));
    let hessian = f.at(u * 2.0 + v * 3.0).v2.0.unwrap();
    let at = x / 5.0 * 2.0 + x / 5.0 * 3.0;
    // x/5 rounds: the derivative may be that of a neighbour.
    if at == x {
        assert_close(hessian[(0, 1)], 6.0 * f2, "Dual2SVec");
        assert_close(hessian[(1, 1)], 9.0 * f2, "Dual2SVec");
    }
    let first = f.at(DualSVec::<f64, 1>::from_re(x).derivative(0));
    assert_close(first.eps.0.unwrap()[0], f1, "DualSVec");
    let block = <HyperDualVec<f64, Const<2>, Const<2>> as SecondOrder<f64>>::seed(x, Some(0), Some(1));
    assert_close(f.at(block).second(0, 1), f2, "HyperDualVec");

    // Nested: each level differentiates once more.
    let inner = Dual::new(x, 1.0);
    let nested =
        f.at(Dual::new(Dual::new(inner, Dual::new(1.0, 0.0)), Dual::new(Dual::new(1.0, 0.0), Dual::new(0.0, 0.0))));
    assert_close(nested.re.re.eps, f1, "Dual<Dual<Dual>>, first");
    assert_close(nested.re.eps.eps, f2, "Dual<Dual<Dual>>, second");
    assert_close(nested.eps.eps.eps, f3, "Dual<Dual<Dual>>, third");
    let nested = f.at(Dual2SVec::<Dual<f64>, 2>::from_re(inner).derivative(1)).v2.0.unwrap()[(1, 1)];
    assert_close(nested.re, f2, "Dual2SVec<Dual>, second");
    assert_close(nested.eps, f3, "Dual2SVec<Dual>, third");
    let nested = f.at(DualSVec::<DualSVec<DualSVec<f64, 1>, 1>, 1>::from_re(
        DualSVec::from_re(DualSVec::from_re(x).derivative(0)).derivative(0),
    )
    .derivative(0));
    let third = nested.eps.0.unwrap()[0].eps.0.unwrap()[0].eps.0.unwrap()[0];
    assert_close(third, f3, "DualSVec<DualSVec<DualSVec>>");
}

/// Checks a function against all reference rows with moderate arguments.
fn check_reference(f: &impl Function, table: &str, names: [&str; 4]) {
    let rows = reference::special(table);
    // ψ has a zero at 1.46, where relative errors mean nothing.
    let moderate = |x: f64| (0.04..40.0).contains(&x.abs()) && !(table == "gamma_family" && (1.3..1.7).contains(&x));
    let rows = rows.iter().filter(|row| moderate(row.arguments[0]));
    let mut count = 0;
    for row in rows.filter(|row| names.iter().all(|name| row.values.get(*name).is_some_and(|v| v.abs() > 1e-6))) {
        check(f, row.arguments[0], names.map(|name| row.values[name]));
        count += 1;
    }
    assert!(count >= 10, "only {count} rows of {table}");
}

macro_rules! every_number_type {
    ($($name:ident($table:literal, $names:expr): |$x:ident| $value:expr;)*) => {
        $(#[test]
        fn $name() {
            struct This;
            impl Function for This {
                fn at<D: Scalar>(&self, $x: D) -> D {
                    $value
                }
            }
            check_reference(&This, $table, $names);
        })*
    };
}

const F: [&str; 4] = ["f", "d1", "d2", "d3"];

every_number_type! {
    digamma("gamma_family", ["psi0", "psi1", "psi2", "psi3"]): |x| x.digamma();
    tetragamma("gamma_family", ["psi2", "psi3", "psi4", "psi5"]): |x| x.polygamma(2);
    erf("erf", F): |x| x.erf();
    erfc("erfc", F): |x| x.erfc();
    ln_norm_cdf("ln_norm_cdf", F): |x| x.ln_norm_cdf();
    ln_1p_exp("ln_1p_exp", F): |x| x.ln_1p_exp();
    ln_1m_exp("ln_1m_exp", F): |x| x.ln_1m_exp();
    logistic("logistic", F): |x| x.logistic();
    ln_bessel_i0("ln_bessel_i0", F): |x| x.ln_bessel_i0();
    bessel_ratio("ln_bessel_i0", ["d1", "d2", "d3", "d4"]): |x| x.bessel_ratio();
    ln_zeta("ln_zeta", F): |s| s.ln_zeta();
    second_derivative_of_ln_zeta("ln_zeta", ["d2", "d3", "d4", "d5"]): |s| s.ln_zeta_derivative(2);
    softplus_by_log_sum_exp("ln_1p_exp", F): |x| log_sum_exp(&[x, D::zero()]);
}

/// ln Γ has a zero of its derivative in the range, so it is checked at points away from it.
#[test]
fn ln_gamma() {
    struct LnGamma;
    impl Function for LnGamma {
        fn at<D: Scalar>(&self, x: D) -> D {
            x.ln_gamma()
        }
    }
    for row in reference::special("gamma_family") {
        let x = row.arguments[0];
        if (0.04..40.0).contains(&x) && ["ln_gamma", "psi0"].iter().all(|name| row.values[*name].abs() > 0.1) {
            check(&LnGamma, x, ["ln_gamma", "psi0", "psi1", "psi2"].map(|name| row.values[name]));
        }
    }
}

/// Third derivatives of the functions of several variables agree between types that share no chain rule.
#[test]
fn several_variables_to_third_order() {
    struct InShape;
    impl Function for InShape {
        fn at<D: Scalar>(&self, a: D) -> D {
            a.regularized_gamma_p(D::from(3.0)) * 2.0 + D::from(0.375).regularized_beta(a, a * a) + a.ln_beta(a + 1.0)
        }
    }
    let a = 2.5;
    let y = InShape.at(Dual3::new(a, 1.0, 0.0, 0.0));
    check(&InShape, a, [y.re, y.v1, y.v2, y.v3]);
}
