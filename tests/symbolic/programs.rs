//! Random programs: whatever is computed, the recording has the value of numbers and the derivatives of dual numbers.

use fisher_information::derivatives::packed_index;
use fisher_information::scalar::Scalar;
use fisher_information::symbolic::record;
use num_dual::{Derivative, Dual2SVec};
use proptest::prelude::*;

/// How many variables a program has.
const VARIABLES: usize = 3;

/// One step of a program for a machine with a stack.
#[derive(Clone, Copy, Debug)]
enum Step {
    Variable(usize),
    Constant(f64),
    Unary(usize),
    Binary(usize),
}

/// Functions that are defined and smooth at every number, the arguments of some being mapped to where they are.
///
/// The last [`ROUNDED`] of them are other functions of their arguments in dual numbers, by a rounding of the value, so that what
/// is computed from them may differ by more.
fn unary<D: Scalar>(function: usize, x: D) -> D {
    let positive = x * x + 0.5;
    let inside = x / positive.sqrt() * 0.5;
    match function {
        0 => -x,
        1 => x.sin(),
        2 => x.cos(),
        3 => x.atan(),
        4 => x.asinh(),
        5 => x.logistic(),
        6 => x.ln_1p_exp(),
        7 => x.erf(),
        8 => inside.ln_norm_cdf(),
        9 => inside.exp(),
        10 => inside.exp_m1(),
        11 => inside.ln_1p(),
        12 => inside.asin(),
        13 => inside.atanh(),
        14 => inside.bessel_ratio(),
        15 => inside.powi(3),
        16 => positive.ln(),
        17 => positive.sqrt(),
        18 => positive.recip(),
        19 => positive.ln_gamma(),
        20 => positive.digamma(),
        21 => (-positive).ln_1m_exp(),
        22 => positive.ln_bessel_i0(),
        23 => x.tanh(),
        _ => positive.powf(-1.5),
    }
}

const UNARY: usize = 25;

fn binary<D: Scalar>(function: usize, a: D, b: D) -> D {
    let positive = a * a + 0.5;
    match function {
        0 => a + b,
        1 => a - b,
        2 => a * b,
        3 => b / positive,
        4 => b.atan2(positive),
        5 => positive.ln_beta(b * b + 1.0),
        6 => a.mul_add(b, a),
        _ => positive.powd(b.sin()),
    }
}

const BINARY: usize = 8;

const ROUNDED: usize = 2;

/// Runs a program. What a step lacks on the stack is 1.
fn run<D: Scalar>(program: &[Step], variables: &[D]) -> D {
    let mut stack: Vec<D> = Vec::new();
    for step in program {
        let result = match *step {
            Step::Variable(index) => variables[index],
            Step::Constant(value) => D::from(value),
            Step::Unary(function) => {
                let x = stack.pop().unwrap_or(D::one());
                unary(function, x)
            }
            Step::Binary(function) => {
                let b = stack.pop().unwrap_or(D::one());
                let a = stack.pop().unwrap_or(D::one());
                binary(function, a, b)
            }
        };
        stack.push(result);
    }
    stack.into_iter().reduce(|sum, x| sum + x).unwrap_or(D::zero())
}

/// A program with branches: the larger of the results of its halves, or something else where one is not positive.
fn branching<D: Scalar>(program: &[Step], variables: &[D]) -> D {
    let (first, second) = program.split_at(program.len() / 2);
    let (a, b) = (run(first, variables), run(second, variables));
    if a > b {
        a
    } else if b <= 0.0 {
        a.abs() * b.signum()
    } else {
        b - a.abs_sub(&b)
    }
}

/// A program of all functions but the last few.
fn program(without: usize) -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (0..VARIABLES).prop_map(Step::Variable),
        1 => (-2.0..2.0).prop_map(Step::Constant),
        3 => (0..UNARY - without).prop_map(Step::Unary),
        3 => (0..BINARY - without).prop_map(Step::Binary),
    ];
    prop::collection::vec(step, 1..24)
}

fn point() -> impl Strategy<Value = [f64; VARIABLES]> {
    prop::array::uniform3(-2.0..2.0_f64)
}

fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

/// The variables as dual numbers with second derivatives.
fn seeded(theta: [f64; VARIABLES]) -> [Dual2SVec<f64, VARIABLES>; VARIABLES] {
    std::array::from_fn(|i| {
        let unit = nalgebra::SMatrix::from_fn(|_, j| if i == j { 1.0 } else { 0.0 });
        Dual2SVec::new(theta[i], Derivative::some(unit), Derivative::none())
    })
}

proptest! {
    #[test]
    fn values_are_the_same_bit_for_bit(program in program(0), theta in point(), others in prop::collection::vec(point(), 4)) {
        let trace = record(&theta, &[], |theta, _| run(&program, theta)).unwrap();
        prop_assert!(trace.decisions.is_empty());
        for theta in std::iter::once(theta).chain(others) {
            let (got, want) = (trace.graph.evaluate(&[trace.value], &theta, &[])[0], run(&program, &theta));
            prop_assert!(same(got, want), "{} for {}", got, want);
        }
    }

    #[test]
    fn decisions_tell_where_a_recording_holds(program in program(0), theta in point(), others in prop::collection::vec(point(), 8)) {
        let trace = record(&theta[..1], &theta[1..], |theta, x| branching(&program, &[theta[0], x[0], x[1]])).unwrap();
        prop_assert!(trace.holds_at(&theta[..1], &theta[1..]));
        for theta in std::iter::once(theta).chain(others) {
            if trace.holds_at(&theta[..1], &theta[1..]) {
                let got = trace.graph.evaluate(&[trace.value], &theta[..1], &theta[1..])[0];
                let want = branching(&program, &theta);
                prop_assert!(same(got, want), "{} for {}", got, want);
            }
        }
    }

    #[test]
    fn derivatives_are_those_of_dual_numbers(program in program(ROUNDED), theta in point()) {
        let want = run(&program, &seeded(theta));
        let mut trace = record(&theta, &[], |theta, _| run(&program, theta)).unwrap();
        let mut nodes = trace.graph.gradient(trace.value, VARIABLES as u32);
        nodes.extend(trace.graph.hessian(trace.value, VARIABLES as u32));
        let got = trace.graph.evaluate(&nodes, &theta, &[]);
        let sizes = super::sizes(&trace.graph, &nodes, &theta, &[]);
        let wanted = (0..VARIABLES).map(|i| (i, want.v1.0.map_or(0.0, |v1| v1[i]))).chain((0..VARIABLES).flat_map(|i| {
            (0..=i).map(move |j| (VARIABLES + packed_index(i, j), want.v2.0.map_or(0.0, |v2| v2[(i, j)])))
        }));
        for (k, want) in wanted {
            let agrees = same(got[k], want) || (got[k] - want).abs() <= 1e-12 * sizes[k];
            prop_assert!(agrees || !want.is_finite(), "{}: {} for {}, terms of size {}", k, got[k], want, sizes[k]);
        }
    }
}
