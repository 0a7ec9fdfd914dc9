#![allow(clippy::unwrap_used, clippy::excessive_precision)]

use super::{Binary, Constant, Graph, Node, NodeId, Unary};
use crate::recording::{Sym, record};
use crate::scalar::{Scalar, Special};
use num_dual::Dual3_64;

/// The first three derivatives of a function of one number by dual numbers, against those of its graph.
fn agrees<F: Fn(Sym) -> Sym, G: Fn(Dual3_64) -> Dual3_64>(name: &str, at: &[f64], symbolic: F, dual: G) {
    for &x in at {
        let mut trace = record(&[x], &[], |theta, _| symbolic(theta[0])).unwrap();
        let want = dual(Dual3_64::new(x, 1.0, 0.0, 0.0));
        let variable = trace.graph.parameter(0);
        let mut node = trace.value;
        for (order, want) in [want.v1, want.v2, want.v3].into_iter().enumerate() {
            node = trace.graph.derivative(node, variable);
            let got = trace.graph.evaluate(&[node], &[x], &[])[0];
            // Relative to the derivative, or to 1 where it passes through zero.
            let error = (got - want).abs() / want.abs().max(1.0);
            assert!(error < 2e-13, "{name}, derivative {} at {x}: {got} for {want}, {error:e}", order + 1);
        }
    }
}

/// Asks [`agrees`] of functions written once.
macro_rules! agree {
    ($($at:expr => $($function:expr),*;)*) => {
        $($({
            fn function<D: Scalar>(x: D) -> D {
                let function: fn(D) -> D = $function;
                function(x)
            }
            agrees(stringify!($function), &$at, function::<Sym>, function::<Dual3_64>);
        })*)*
    };
}

#[test]
fn three_derivatives_of_every_function_agree_with_dual_numbers() {
    agree! {
        [0.3, 0.75] => |x| x.recip(), |x| x.sqrt(), |x| x.cbrt(), |x| x.exp(), |x| x.exp2(), |x| x.exp_m1(), |x| x.ln(),
            |x| x.log(3.0), |x| x.log2(), |x| x.log10(), |x| x.ln_1p(), |x| x.sin(), |x| x.cos(), |x| x.tan(), |x| x.asin(),
            |x| x.acos(), |x| x.atan(), |x| x.sinh(), |x| x.cosh(), |x| x.tanh(), |x| x.asinh(), |x| (x + 1.0).acosh(),
            |x| x.atanh();
        [1.5, 4.0] => |x| x.sph_j0(), |x| x.sph_j1(), |x| x.sph_j2();
        [-1.5, 0.75] => |x| x.powi(3), |x| x.powi(-2), |x| x.powi(1), |x| x.powi(0), |x| -x, |x| x.abs(), |x| x.signum() * x,
            |x| x / (x * x + 1.0), |x| x.mul_add(x * 2.0, x), |x| x.atan2(x * x + 1.0), |x| (x * x + 0.5).powf(2.5),
            |x| (x * x + 0.5).powd(x.sin()), |x| (x * x + 0.5).powd(D::from(1.5)), |x| (x * 2.0 - 0.25).powf(1.0);
        [0.3, 2.0, 25.0] => |x| x.ln_gamma(), |x| x.digamma(), |x| x.polygamma(2), |x| x.ln_beta(x + 1.0),
            |x| x.ln_beta(D::from(2.5)), |x| (-x).ln_1m_exp(), |x| x.bessel_ratio(), |x| x.ln_bessel_i0(),
            |x| (x + 1.0).ln_zeta(), |x| (x + 1.0).ln_zeta_derivative(1);
        [-3.0, -0.3, 0.0, 1.5] => |x| x.erf(), |x| x.erfc(), |x| x.ln_norm_cdf(), |x| x.ln_1p_exp(), |x| x.logistic(),
            |x| x.ln_logistic(), |x| x.ln_bessel_i0(), |x| x.bessel_ratio();
        [0.3, 2.0, 6.0] => |x| D::from(2.5).regularized_gamma_p(x), |x| D::from(2.5).regularized_gamma_q(x),
            |x| x.regularized_gamma_p(D::from(1.5)), |x| x.regularized_gamma_q(x * 0.5 + 1.0),
            |x| (x / 7.0).regularized_beta(D::from(1.5), D::from(2.5)), |x| D::from(0.4).regularized_beta(x, D::from(2.5)),
            |x| (x / 7.0).regularized_beta(x + 1.0, x * 2.0);
    }
}

#[test]
fn partial_derivatives_in_several_arguments_are_those_of_dual_numbers() {
    // ∂³/∂a²∂x P(a, x) in either order of differentiation.
    let mut graph = Graph::new();
    let (a, x) = (graph.parameter(0), graph.parameter(1));
    let p = graph.special(Special::GammaP(a, x));
    let mut along = |path: [NodeId; 3]| path.into_iter().fold(p, |node, variable| graph.derivative(node, variable));
    let (first, second, third) = (along([a, a, x]), along([a, x, a]), along([x, a, a]));
    let values = graph.evaluate(&[first, second, third], &[2.5, 1.75], &[]);
    assert!(values.iter().all(|value| (value - values[2]).abs() < 1e-12 * values[2].abs()), "{values:?}");
    // There is no fourth.
    let fourth = [a, a, a, a].into_iter().fold(p, |node, variable| graph.derivative(node, variable));
    assert!(graph.evaluate(&[fourth], &[2.5, 1.75], &[])[0].is_nan());
}

#[test]
fn a_long_chain_does_not_overflow_the_stack() {
    let mut graph = Graph::new();
    let x = graph.parameter(0);
    let mut node = x;
    for _ in 0..100_000 {
        let sine = graph.unary(Unary::Sin, node);
        node = graph.add(sine, x);
    }
    let slope = graph.derivative(node, x);
    let second = graph.derivative(slope, x);
    let simple = graph.simplify(&[slope, second]);
    assert!(graph.evaluate(&simple, &[0.125], &[]).iter().all(|value| value.is_finite()));
    assert_eq!(simple, [slope, second], "a derivative is made of simplified nodes");
}

#[test]
fn what_is_shared_stays_shared_and_known_derivatives_are_kept() {
    // (…((x²)²)²…)² has 2⁶⁰ factors and 60 nodes.
    let mut graph = Graph::new();
    let x = graph.parameter(0);
    let mut node = x;
    for _ in 0..60 {
        node = graph.multiply(node, node);
    }
    let slope = graph.derivative(node, x);
    let nodes = graph.len();
    assert!(nodes < 500, "{nodes}");
    assert_eq!(graph.evaluate(&[slope], &[1.0], &[]), [2_f64.powi(60)]);
    assert_eq!(graph.derivative(node, x), slope);
    assert_eq!(graph.len(), nodes);
}

#[test]
fn derivatives_of_what_does_not_depend_on_the_variable_are_zero() {
    let mut graph = Graph::new();
    let (early, x, a, b) = (graph.datum(3), graph.datum(0), graph.parameter(0), graph.parameter(1));
    let product = graph.multiply(a, x);
    let zero = graph.constant(0.0);
    for (output, variable) in [(early, b), (product, b), (x, a), (zero, a)] {
        assert_eq!(graph.derivative(output, variable), zero);
    }
    assert_eq!(graph.gradient(product, 2), [x, zero]);
    assert_eq!(graph.hessian(product, 2), [zero; 3]);
    let one = graph.constant(1.0);
    assert_eq!(graph.derivative(product, product), one);
    assert!(graph.depends_on_data(product) && graph.depends_on_parameters(product));
    assert!(!graph.depends_on_data(a) && !graph.depends_on_parameters(x) && !graph.depends_on_parameters(one));
}

#[test]
fn algebra_drops_what_does_nothing() {
    let mut graph = Graph::new();
    let (x, y) = (graph.parameter(0), graph.parameter(1));
    let [zero, one, two, minus_one] = [0.0, 1.0, 2.0, -1.0].map(|value| graph.constant(value));
    let (minus_x, minus_y) = (graph.negate(x), graph.negate(y));
    let (sum, difference, opposite, product, quotient) =
        (graph.add(x, y), graph.subtract(x, y), graph.subtract(y, x), graph.multiply(x, y), graph.divide(x, y));
    let (minus_product, minus_quotient) = (graph.negate(product), graph.negate(quotient));
    let rules: [(Binary, NodeId, NodeId, NodeId); 27] = [
        (Binary::Add, x, zero, x),
        (Binary::Add, zero, x, x),
        (Binary::Add, x, minus_y, difference),
        (Binary::Add, minus_x, y, opposite),
        (Binary::Add, one, one, two),
        (Binary::Subtract, x, zero, x),
        (Binary::Subtract, zero, x, minus_x),
        (Binary::Subtract, x, x, zero),
        (Binary::Subtract, x, minus_y, sum),
        (Binary::Multiply, x, one, x),
        (Binary::Multiply, one, x, x),
        (Binary::Multiply, zero, x, zero),
        (Binary::Multiply, minus_one, x, minus_x),
        (Binary::Multiply, minus_x, minus_y, product),
        (Binary::Multiply, minus_x, y, minus_product),
        (Binary::Multiply, x, minus_y, minus_product),
        (Binary::Divide, x, one, x),
        (Binary::Divide, x, minus_one, minus_x),
        (Binary::Divide, zero, x, zero),
        (Binary::Divide, minus_x, minus_y, quotient),
        (Binary::Divide, minus_x, y, minus_quotient),
        (Binary::Divide, x, minus_y, minus_quotient),
        (Binary::Power, x, one, x),
        (Binary::Power, x, zero, one),
        (Binary::Divide, two, two, one),
        (Binary::Subtract, one, two, minus_one),
        (Binary::Power, two, minus_one, graph.constant(0.5)),
    ];
    for (function, a, b, want) in rules {
        assert_eq!(
            graph.build(Node::Binary(function, a, b)),
            want,
            "{function:?} of {:?} and {:?}",
            graph.node(a),
            graph.node(b)
        );
    }
    assert_eq!(graph.negate(minus_x), x);
    assert_eq!(graph.negate(difference), opposite);
    assert_eq!(graph.power_integer(x, 1), x);
    assert_eq!(graph.power_integer(x, 0), one);
    assert_eq!(graph.build(Node::PowerReal(x, Constant::new(1.0))), x);
    assert_eq!(graph.build(Node::PowerReal(x, Constant::new(0.0))), one);
    assert_eq!(graph.build(Node::MultiplyAdd(x, one, y)), sum);
    let reciprocal = graph.unary(Unary::Reciprocal, x);
    assert_eq!(graph.divide(one, x), reciprocal);
}

#[test]
fn a_recording_is_simplified_on_request_only() {
    let mut trace =
        record(&[2.0, 5.0], &[], |theta, _| -(-(theta[0] * 1.0 + 0.0)) - -theta[1] * Sym::from(1.0)).unwrap();
    let simple = trace.graph.simplify(&[trace.value]);
    let (x, y) = (trace.graph.parameter(0), trace.graph.parameter(1));
    let sum = trace.graph.add(x, y);
    assert_eq!(simple, [sum]);
    assert_eq!(trace.graph.evaluate(&[trace.value, sum], &[2.0, 5.0], &[]), [7.0, 7.0]);
}

#[test]
fn constants_are_told_apart_by_their_bits() {
    let mut graph = Graph::new();
    assert_eq!(graph.constant(f64::NAN), graph.constant(-f64::NAN));
    assert_ne!(graph.constant(0.0), graph.constant(-0.0));
    let x = graph.datum(0);
    assert_eq!(graph.as_constant(x), None);
    let four = graph.constant(4.0);
    assert_eq!(graph.as_constant(four), Some(4.0));
    assert_eq!(format!("{:?}", graph.node(four)), "Constant(4.0)");
}

#[test]
fn what_is_not_given_is_not_a_number() {
    let mut graph = Graph::new();
    let (a, x) = (graph.parameter(1), graph.datum(0));
    assert!(graph.evaluate(&[a, x], &[1.0], &[]).iter().all(|value| value.is_nan()));
    assert!(graph.evaluate(&[], &[], &[]).is_empty());
    assert!(graph.reachable(&[]).is_empty());
}

#[test]
fn awkward_points_have_their_derivatives() {
    // At zero, where the formulas of the textbook divide by it.
    let mut graph = Graph::new();
    let x = graph.parameter(0);
    let ratio = graph.special(Special::BesselRatio(x));
    let bessel = graph.unary(Unary::SphericalBessel(2), x);
    let square = graph.power_integer(x, 2);
    let (ratio, bessel, square) =
        (graph.derivative(ratio, x), graph.derivative(bessel, x), graph.derivative(square, x));
    let second = graph.derivative(bessel, x);
    assert_eq!(graph.evaluate(&[ratio, bessel, square], &[0.0], &[]), [0.5, 0.0, 0.0]);
    assert!((graph.evaluate(&[second], &[0.0], &[])[0] - 2.0 / 15.0).abs() < 1e-16);
    // Far out, where a difference from one would be nothing.
    let tanh = graph.unary(Unary::Tanh, x);
    let slope = graph.derivative(tanh, x);
    let curvature = graph.derivative(slope, x);
    let got = graph.evaluate(&[slope, curvature], &[300.0], &[]);
    let want = 4.0 * (-600.0_f64).exp();
    assert!((got[0] / want - 1.0).abs() < 1e-13 && (got[1] / (-2.0 * want) - 1.0).abs() < 1e-13, "{got:?}");
    // Exponents at the ends of their types.
    let power = graph.power_integer(x, i32::MIN);
    let slope = graph.derivative(power, x);
    assert_eq!(graph.evaluate(&[slope], &[1.0], &[]), [f64::from(i32::MIN)]);
    let last = graph.special(Special::Polygamma(u32::MAX, x));
    let beyond = graph.derivative(last, x);
    assert!(graph.evaluate(&[beyond], &[1.0], &[])[0].is_nan());
    let last = graph.unary(Unary::SphericalBessel(u8::MAX), x);
    let beyond = graph.derivative(last, x);
    assert!(graph.evaluate(&[beyond], &[1.0], &[])[0].is_nan());
}

#[test]
fn the_remainder_differentiates_between_its_steps() {
    let mut trace = record(&[7.5, 2.0], &[], |theta, _| theta[0] % theta[1]).unwrap();
    let gradient = trace.graph.gradient(trace.value, 2);
    assert_eq!(trace.graph.evaluate(&gradient, &[7.5, 2.0], &[]), [1.0, -3.0]);
}

#[test]
fn spherical_bessel_functions_of_higher_order_are_right_on_both_sides_of_the_change_of_method() {
    // By mpmath.
    let table: [(u8, f64, f64); 8] = [
        (3, 0.5, 0.001_174_035_443_867_557_31),
        (3, -2.0, -0.060_722_097_662_874_828_5),
        (3, 4.0, 0.229_243_857_955_030_237),
        (3, 4.5, 0.241_736_093_326_701_822),
        (5, 2.0, 0.002_635_169_770_244_117_35),
        (5, 5.0, 0.106_811_161_456_504_542),
        (5, 5.25, 0.121_363_673_229_475_559),
        (5, 20.0, 0.016_683_908_063_095_692_8),
    ];
    for (order, x, want) in table {
        let got = Unary::SphericalBessel(order).value(x);
        assert!((got / want - 1.0).abs() < 1e-14, "j{order}({x}) = {got} for {want}");
    }
}
