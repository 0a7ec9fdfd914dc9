#![allow(clippy::unwrap_used)]
#![allow(clippy::nonminimal_bool, clippy::eq_op)] // each comparison is asked for itself

use super::Sym;
use crate::error::Error;
use crate::recording::graph::{Binary, Node, Unary};
use crate::recording::{Decision, Relation, Trace, record};
use crate::scalar::Scalar;
use num_dual::{DualNum, DualStruct};
use num_traits::{FromPrimitive, Num, One, Signed, Zero};
use std::cmp::Ordering;

fn of_one(theta: f64, function: impl FnOnce(Sym) -> Sym) -> Trace {
    record(&[theta], &[], |theta, _| function(theta[0])).unwrap()
}

/// Every function of one number that the two traits have, and the operations with a constant.
fn everything<D: Scalar>(x: D) -> Vec<D> {
    let mut all = vec![
        x.recip(),
        x.sqrt(),
        x.cbrt(),
        x.exp(),
        x.exp2(),
        x.exp_m1(),
        x.ln(),
        x.log(3.0),
        x.log2(),
        x.log10(),
        x.ln_1p(),
        x.sin(),
        x.cos(),
        x.tan(),
        x.sin_cos().0,
        x.sin_cos().1,
        x.asin(),
        x.acos(),
        x.atan(),
        x.atan2(x * 2.0),
        x.sinh(),
        x.cosh(),
        x.tanh(),
        x.asinh(),
        (x + 1.0).acosh(),
        x.atanh(),
        x.sph_j0(),
        x.sph_j1(),
        x.sph_j2(),
        x.powi(-3),
        x.powf(2.5),
        x.powd(x + 0.5),
        x.mul_add(x, D::from(-0.1)),
        x.inv(),
        x + 0.7,
        x - 0.7,
        x * 0.7,
        x / 0.7,
        -x,
        (x - 1.0).abs(),
        (x - 1.0).signum(),
        x.abs_sub(&D::from(0.2)),
        [x, x * 3.0, x.sin()].into_iter().sum(),
        [x, x * 3.0, x.sin()].into_iter().product(),
        x.ln_gamma(),
        x.digamma(),
        x.polygamma(2),
        x.ln_beta(x + 1.0),
        x.erf(),
        x.erfc(),
        x.ln_norm_cdf(),
        (-x).ln_1m_exp(),
        x.ln_1p_exp(),
        x.logistic(),
        x.ln_logistic(),
        x.logit(),
        x.ln_bessel_i0(),
        x.bessel_ratio(),
        (x + 1.0).ln_zeta(),
        (x + 1.0).ln_zeta_derivative(2),
        x.regularized_gamma_p(x * 2.0),
        x.regularized_gamma_q(x * 2.0),
        x.regularized_beta(x + 1.0, x + 2.0),
    ];
    let mut assigned = x;
    assigned += x;
    assigned -= 0.25;
    assigned *= x;
    assigned /= 1.5;
    assigned += 1.0;
    assigned *= 2.0;
    assigned -= x;
    assigned /= x;
    all.push(assigned);
    all
}

#[test]
fn every_operation_has_the_value_of_f64_recorded_or_not() {
    for x in [0.3, 0.9, 1e-9] {
        let want = everything(x);
        let constants = everything(Sym::from(x));
        record(&[x], &[], |theta, _| {
            let got = everything(theta[0]);
            assert_eq!(got.len(), want.len());
            for ((symbol, constant), want) in got.iter().zip(&constants).zip(&want) {
                assert_eq!(symbol.value().to_bits(), want.to_bits(), "{symbol} for {want} at {x}");
                assert_eq!(constant.value().to_bits(), want.to_bits(), "{constant} for {want} at {x}");
                assert!(constant.node().is_none());
            }
            got[0]
        })
        .unwrap();
        for (i, want) in want.iter().enumerate() {
            let trace = record(&[x], &[], |theta, _| everything(theta[0])[i]).unwrap();
            let value = trace.graph.evaluate(&[trace.value], &[x], &[])[0];
            assert_eq!(value.to_bits(), want.to_bits(), "operation {i} at {x}");
        }
    }
    assert_eq!(Sym::from(7.5) % Sym::from(2.0), 1.5);
    assert_eq!(of_one(7.5, |x| x % 2.0 + x % Sym::from(4.0)).graph.len(), 6);
}

#[test]
fn constants_are_numbers() {
    assert_eq!(Sym::from_str_radix("2.5", 10).unwrap().value(), 2.5);
    assert_eq!(Sym::from_u128(1 << 70).unwrap().value(), 2_f64.powi(70));
    assert_eq!(Sym::from_f64(0.1).unwrap().value(), 0.1);
    assert!(Sym::zero().is_zero() && Sym::one().is_one());
    // The empty sum of f64 is −0.
    assert!(std::iter::empty::<Sym>().sum::<Sym>().value().is_sign_negative());
    assert_eq!(std::iter::empty::<&Sym>().product::<Sym>().value(), 1.0);
    assert_eq!(format!("{:.2} {:?}", Sym::from(0.125), Sym::from(1.0)), "0.12 Sym { value: 1.0, origin: Constant }");
}

#[test]
fn a_symbol_shows_its_value_and_node() {
    let trace = of_one(1.5, |x| {
        assert_eq!(x.to_string(), "1.5 [node 0]");
        x
    });
    assert_eq!(trace.graph.node(trace.value), Node::Parameter(0));
}

#[test]
fn equal_expressions_are_one_node_and_nothing_else_is_simplified() {
    let trace = of_one(2.0, |x| {
        let y = Sym::from(3.0);
        assert_eq!((x + y).node(), (y + x).node());
        assert_eq!((x * x).node(), (x * x).node());
        assert_ne!((x - y).node(), (y - x).node());
        assert_eq!(x.mul_add(y, x).node(), y.mul_add(x, x).node());
        assert_ne!((x * 1.0).node(), x.node());
        x + 0.0
    });
    assert!(matches!(trace.graph.node(trace.value), Node::Binary(Binary::Add, ..)));
}

#[test]
fn comparisons_are_decisions_taken_once() {
    let trace = record(&[2.0], &[3.0], |theta, x| {
        let (a, b) = (theta[0], x[0]);
        assert!(a < b && b > a && a <= b && b >= a && a != b && b != a && a < 5.0 && Sym::from(1.0) < 2.0);
        assert!(!a.is_zero());
        a
    })
    .unwrap();
    let asked: Vec<_> = trace
        .decisions
        .iter()
        .map(|decision| match decision {
            Decision::Comparison { relation, holds, .. } => (*relation, *holds),
            Decision::Read { .. } => panic!("nothing was read"),
        })
        .collect();
    use Relation::{Equal, Less, LessOrEqual};
    assert_eq!(asked, [(Less, true), (LessOrEqual, true), (Equal, false), (Less, true), (Equal, false)]);
    assert_eq!((trace.guards().count(), trace.conditions().count()), (3, 2));
    assert!(trace.holds_at(&[2.5], &[2.75]));
    assert!(!trace.holds_at(&[2.5], &[2.25]), "a < b");
    assert!(!trace.holds_at(&[6.0], &[7.0]), "a < 5");
    assert!(!trace.holds_at(&[f64::NAN], &[7.0]));
    assert!(!trace.holds_at(&[2.0], &[]) && !trace.holds_at(&[2.0, 1.0], &[3.0]), "other lengths");
}

#[test]
fn an_order_is_told_by_the_answers() {
    for (other, order) in
        [(3.0, Some(Ordering::Less)), (2.0, Some(Ordering::Equal)), (1.0, Some(Ordering::Greater)), (f64::NAN, None)]
    {
        let trace = of_one(2.0, |x| {
            assert_eq!(x.partial_cmp(&other), order);
            assert_eq!(x.partial_cmp(&Sym::from(other)), order);
            x
        });
        for theta in [0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, f64::NAN] {
            assert_eq!(trace.holds_at(&[theta], &[]), theta.partial_cmp(&other) == order, "{theta} and {other}");
        }
    }
}

#[test]
fn signs_are_those_of_f64() {
    for x in [1.5, -1.5, 0.0, -0.0, f64::NAN, -f64::NAN] {
        let trace = of_one(x, |symbol| {
            assert_eq!(symbol.is_positive(), Signed::is_positive(&x), "{x:?}");
            assert_eq!(symbol.is_negative(), Signed::is_negative(&x), "{x:?}");
            symbol
        });
        assert!(trace.holds_at(&[x], &[]));
        assert_eq!(trace.holds_at(&[0.0], &[]), x.is_sign_positive() && !x.is_nan());
    }
}

#[test]
fn a_value_that_is_read_must_recur() {
    let trace = of_one(2.5, |x| x * x.re().floor());
    assert!(trace.reads());
    assert!(trace.holds_at(&[2.5], &[]) && !trace.holds_at(&[2.25], &[]));
    assert!(!of_one(2.5, |x| x * x).reads());
    let trace = of_one(f64::NAN, |x| x + x.re());
    assert!(trace.holds_at(&[f64::NAN], &[]) && !trace.holds_at(&[0.0], &[]));
}

#[test]
fn a_recording_in_a_recording_is_another() {
    let outer = record(&[2.0], &[], |theta, _| {
        let a = theta[0];
        let inner = record(&[3.0], &[], |inner, _| {
            // What is done to the outer symbol alone meanwhile belongs to the outer recording.
            let b = a * a;
            assert!(b.node().is_some());
            inner[0] + b.value()
        })
        .unwrap();
        assert_eq!(inner.graph.evaluate(&[inner.value], &[3.0], &[]), [7.0]);
        assert_eq!(inner.graph.len(), 3);
        a * a + inner.graph.len() as f64
    })
    .unwrap();
    assert_eq!(outer.graph.evaluate(&[outer.value], &[5.0], &[]), [28.0]);
}

#[test]
fn symbols_of_two_recordings_do_not_mix() {
    let mut inner = None;
    let outer = record(&[2.0], &[], |theta, _| {
        let result = record(&[3.0], &[], |own, _| {
            let mixed = own[0] + theta[0];
            assert_eq!(mixed.value(), 5.0);
            assert_eq!(mixed.to_string(), "5 [no node]");
            assert!((mixed * 2.0).node().is_none());
            own[0]
        });
        inner = Some(result.map(|_| ()));
        theta[0]
    });
    assert_eq!(inner, Some(Err(Error::ForeignSymbol)));
    assert_eq!(outer.map(|_| ()), Err(Error::ForeignSymbol));

    // Nor are they compared, nor is the symbol of one the result of another.
    let compared = record(&[2.0], &[], |theta, _| {
        let inner = record(&[3.0], &[], |own, _| if own[0] > theta[0] { own[0] } else { own[0] * 2.0 });
        assert_eq!(inner.map(|_| ()), Err(Error::ForeignSymbol));
        theta[0]
    });
    assert_eq!(compared.map(|_| ()), Err(Error::ForeignSymbol));
    record(&[2.0], &[], |theta, _| {
        assert_eq!(record(&[3.0], &[], |_, _| theta[0]).map(|_| ()), Err(Error::ForeignSymbol));
        theta[0]
    })
    .unwrap();
}

#[test]
fn a_symbol_outlives_its_recording_as_a_number_only() {
    let mut kept = Sym::from(0.0);
    of_one(2.0, |x| {
        kept = x;
        x
    });
    assert_eq!((kept * 2.0).value(), 4.0);
    assert!((kept * 2.0).node().is_none());
    assert_eq!(kept.re(), 2.0);
    assert!(kept < 3.0);
    let later = record(&[3.0], &[], |theta, _| theta[0] + kept);
    assert_eq!(later.map(|_| ()), Err(Error::ForeignSymbol));
    assert_eq!(record(&[3.0], &[], |_, _| kept * 1.0).map(|_| ()), Err(Error::ForeignSymbol));
}

#[test]
fn a_recording_stays_on_its_thread() {
    let elsewhere = |what: fn(Sym) -> f64| {
        let result = record(&[2.0], &[], |theta, _| {
            let value = std::thread::scope(|scope| scope.spawn(|| what(theta[0])).join().unwrap());
            theta[0] * value
        });
        assert_eq!(result.map(|_| ()), Err(Error::ForeignSymbol));
    };
    elsewhere(|x| (x * 2.0).value());
    elsewhere(|x| x.re());
    elsewhere(|x| if x < 3.0 { 1.0 } else { 0.0 });
    elsewhere(|x| (x * Sym::from(2.0)).value());

    let threads: Vec<_> = (0..4_u32)
        .map(|k| {
            std::thread::spawn(move || {
                let trace = of_one(f64::from(k), |x| (0..1000).fold(x, |sum, i| sum * 0.5 + f64::from(i)));
                trace.graph.evaluate(&[trace.value], &[f64::from(k)], &[])[0]
            })
        })
        .collect();
    for (k, thread) in (0..4_u32).zip(threads) {
        let want = (0..1000).fold(f64::from(k), |sum, i| sum * 0.5 + f64::from(i));
        assert_eq!(thread.join().unwrap(), want);
    }
}

#[test]
fn a_panic_ends_the_recording() {
    let panicked = std::panic::catch_unwind(|| record(&[1.0], &[], |_, _| panic!("in the model")).map(|_| ()));
    assert!(panicked.is_err());
    assert_eq!(of_one(2.0, |x| x * 3.0).graph.len(), 3);
}

#[test]
fn a_recording_without_end_is_refused() {
    let result = record(&[1.0], &[], |theta, _| (0..2_000_000).fold(theta[0], |sum, _| sum.sin()));
    assert_eq!(result.map(|_| ()), Err(Error::TraceTooLong { nodes: 1 << 20 }));
}

#[test]
fn the_result_may_be_a_constant() {
    for value in [f64::NEG_INFINITY, f64::NAN, 2.0] {
        let trace = record(&[1.0], &[], |_, _| Sym::from(value)).unwrap();
        let got = trace.graph.evaluate(&[trace.value], &[1.0], &[])[0];
        assert_eq!(got.to_bits(), value.to_bits());
    }
    assert!(matches!(of_one(1.0, |x| -x).graph.node(of_one(1.0, |x| -x).value), Node::Unary(Unary::Negate, _)));
}
