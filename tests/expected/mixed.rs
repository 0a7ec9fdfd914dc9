//! Supports of several pieces, some with a density and some with probabilities.

use fisher_information::Error;
use fisher_information::distributions::*;
use fisher_information::expectation::{Provenance, Settings, expectation};
use fisher_information::information::{Method, Regularity, expected, expected_by, moments};
use fisher_information::prelude::*;

fn assert_close(found: f64, want: f64, what: impl std::fmt::Display) {
    assert!((found / want - 1.0).abs() < 1e-10, "{what}: {found:e} instead of {want:e}");
}

const BELOW: f64 = f64::NEG_INFINITY;
const ABOVE: f64 = f64::INFINITY;

/// I(λ) = (1 − e^(−λc))/λ² for lifetimes watched until c.
#[test]
fn censored_exponential_lifetimes() {
    for (rate, limit) in [(1.0, 2.0), (0.5, 1e-3), (3.0, 20.0), (1e-9, 1.0), (1e6, 1.0), (1e-4, 1e-4)] {
        let watched = Censored::new(Exponential, BELOW, limit).unwrap();
        let information = expected(&watched, &[rate]).unwrap();
        let want = -(-rate * limit).exp_m1() / (rate * rate);
        assert_close(information.matrix()[(0, 0)], want, format!("rate {rate} until {limit}"));
        let Provenance::Quadrature { evaluations } = information.provenance() else { panic!() };
        assert!(*evaluations < 1000, "{evaluations}");
    }
}

/// The normal density and its upper tail.
fn normal(z: f64) -> (f64, f64) {
    ((-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt(), 0.5 * Scalar::erfc(z / std::f64::consts::SQRT_2))
}

/// ∫ z²φ, ∫ z(z² − 1)φ and ∫ (z² − 1)²φ up to c by parts, and what the censored ones add.
fn censored_above(c: f64) -> [f64; 3] {
    let (density, tail) = normal(c);
    let (below, atom) = (normal(-c).1, density * density / tail);
    let inner = [below - c * density, -(c * c + 1.0) * density, 2.0 * below - (c * c * c + c) * density];
    [inner[0] + atom, inner[1] + c * atom, inner[2] + c * c * atom]
}

#[test]
fn censored_normal_on_one_side() {
    let (mean, deviation) = (1.5, 0.5);
    for c in [-3.0, -1.0, 0.0, 0.7, 2.0, 6.0, 30.0] {
        let want = censored_above(c);
        let above = Censored::new(Normal, BELOW, mean + deviation * c).unwrap();
        // Left-censoring is the mirror image.
        let below = Censored::new(Normal, mean - deviation * c, ABOVE).unwrap();
        for (model, sign) in [(above, 1.0), (below, -1.0)] {
            let information = expected(&model, &[mean, deviation]).unwrap();
            let matrix = information.matrix() * (deviation * deviation);
            assert_close(matrix[(0, 0)], want[0], format!("mean, {c}"));
            assert_close(matrix[(1, 1)], want[2], format!("deviation, {c}"));
            let scale = (want[0] * want[2]).sqrt();
            assert!((matrix[(0, 1)] - sign * want[1]).abs() < 1e-10 * scale, "{c}: {}", matrix[(0, 1)]);
        }
    }
}

#[test]
fn censored_normal_on_both_sides() {
    // The same matrix by Simpson's rule for the density, and φ²/P for the limits.
    for (a, b) in [(-1.0, 2.0), (-5.0, 0.5), (0.5, 0.75), (3.0, 6.0)] {
        const PANELS: u32 = 20_000;
        let step = (b - a) / f64::from(PANELS);
        let mut want = [0.0; 3];
        for k in 0..=PANELS {
            let z = a + step * f64::from(k);
            let weight = if k == 0 || k == PANELS {
                1.0
            } else if k % 2 == 1 {
                4.0
            } else {
                2.0
            };
            let mass = normal(z).0 * weight * step / 3.0;
            for (want, g) in want.iter_mut().zip([z * z, z * (z * z - 1.0), (z * z - 1.0).powi(2)]) {
                *want += mass * g;
            }
        }
        for (limit, tail) in [(a, normal(-a).1), (b, normal(b).1)] {
            let atom = normal(limit).0.powi(2) / tail;
            for (want, g) in want.iter_mut().zip([1.0, limit, limit * limit]) {
                *want += atom * g;
            }
        }
        let moments =
            moments(&Censored::new(Normal, a, b).unwrap(), &[0.0, 1.0], Method::Automatic, &Settings::default())
                .unwrap();
        assert_eq!(moments.regularity(), Regularity::Regular);
        assert!(moments.moving_support.is_empty());
        let matrix = &moments.outer_product.matrix;
        for (found, want) in [(matrix[(0, 0)], want[0]), (matrix[(0, 1)], want[1]), (matrix[(1, 1)], want[2])] {
            assert!((found - want).abs() < 1e-10 * matrix.amax(), "{a}, {b}: {found} instead of {want}");
        }
    }
}

/// 1/(π(1 − π)) for π, and 1 − π times the information of the rest.
fn assert_two_part<M>(model: M, theta: &[f64], inner: &Information<Expected>)
where
    M: SampleSpace,
{
    let owned = M::Parameters::from_slice(theta).unwrap();
    let information = expected(&model, std::borrow::Borrow::borrow(&owned)).unwrap();
    let inflation = theta[0];
    assert_close(information.matrix()[(0, 0)], 1.0 / (inflation * (1.0 - inflation)), format!("{theta:?}"));
    for i in 1..theta.len() {
        assert!(information.matrix()[(0, i)].abs() < 1e-10 * information.matrix().amax());
        for j in 1..theta.len() {
            let want = (1.0 - inflation) * inner.matrix()[(i - 1, j - 1)];
            let scale = (1.0 - inflation) * (inner.matrix()[(i - 1, i - 1)] * inner.matrix()[(j - 1, j - 1)]).sqrt();
            let found = information.matrix()[(i, j)];
            assert!((found - want).abs() < 1e-10 * scale, "{theta:?} ({i}, {j}): {found:e} instead of {want:e}");
        }
    }
}

#[test]
fn zeros_beside_a_density() {
    let nearly_one = 1.0 - f64::powi(2.0, -30);
    for inflation in [0.25, f64::powi(2.0, -40), nearly_one] {
        for [shape, rate] in [[2.5, 0.75], [0.5, 1.0], [300.0, 1e-3]] {
            let inner = expected(&Gamma, &[shape, rate]).unwrap();
            assert_two_part(ZeroInflated::new(Gamma), &[inflation, shape, rate], &inner);
        }
        // A spike inside a density cuts it in two; the foot beyond 0 may hold nothing that matters, or nothing at all.
        for [mean, deviation] in [[0.0, 1.0], [0.5, 2.0], [-6.0, 1.0], [30.0, 1.0], [-1e4, 1.0], [1e6, 1e3]] {
            let inner = expected(&Normal, &[mean, deviation]).unwrap();
            assert_two_part(ZeroInflated::new(Normal), &[inflation, mean, deviation], &inner);
        }
    }
}

#[test]
fn zeros_beside_counts_that_begin_at_one() {
    for (inflation, rate) in [(0.25, 2.0), (0.5, 0.5), (0.9375, 5000.0), (1.0 - f64::powi(2.0, -30), 40.0)] {
        let positive = Truncated::new(Poisson, 0.0, ABOVE).unwrap();
        let inner = expected(&positive, &[rate]).unwrap();
        let missing = -(-rate).exp_m1();
        let want = 1.0 / (rate * missing) - (-rate).exp() / (missing * missing);
        assert_close(inner.matrix()[(0, 0)], want, format!("zero-truncated Poisson, {rate}"));
        assert_two_part(ZeroInflated::new(positive), &[inflation, rate], &inner);
        let summed =
            expected_by(&ZeroInflated::new(positive), &[inflation, rate], Method::Summation, &Settings::default());
        assert!(matches!(summed.unwrap().provenance(), Provenance::Summation { .. }));
    }
}

// Zero with probability ½, uniform up to θ otherwise.
model!(HalfUniform, |theta| Support::mixed(vec![Support::points([0.0]), Support::interval(0.0, theta)]), |theta, x| {
    if x == 0.0 { theta * 0.0 - 2.0_f64.ln() } else { -(theta * 2.0).ln() }
});
// Two densities and a geometric sequence, of which each has a third.
model!(
    ThreeKinds,
    |_| Support::mixed(vec![Support::integers_from(10), Support::interval(1.0, 9.0), Support::interval(BELOW, 0.0)]),
    |p, x| {
        let third = 3.0_f64.ln();
        if x >= 10.0 {
            p.ln() + (x - 10.0) * (-p).ln_1p() - third
        } else if x > 1.0 {
            p * 0.0 - 8.0_f64.ln() - third
        } else {
            x * p + p.ln() - third
        }
    }
);
// The interval holds a tenth of what it should.
model!(TooLight, |_| Support::mixed(vec![Support::points([0.0]), Support::positive()]), |rate, x| {
    if x == 0.0 { rate * 0.0 - 2.0_f64.ln() } else { rate.ln() - rate * x - 20.0_f64.ln() }
});
// Half of it uniform.
model!(HalfUnit, |_| Support::mixed(vec![Support::points([-1.0]), Support::unit()]), |theta, _x| theta * 0.0
    - 2.0_f64.ln());
model!(Nothing, |_| Support::mixed(vec![Support::points([0.0]), Support::positive()]), |theta, _x| theta
    - f64::INFINITY);
model!(NoPieces, |_| Support::mixed(vec![]), |theta, _x| theta * 0.0);
model!(Nested, |_| Support::mixed(vec![Support::mixed([Support::unit()])]), |theta, _x| theta * 0.0);
model!(Backwards, |_| Support::mixed(vec![Support::points([0.0]), Support::interval(2.0, 1.0)]), |theta, _x| theta
    * 0.0);

#[test]
fn every_kind_of_piece_is_added() {
    for p in [0.5, 0.01, 1e-4] {
        let moments = moments(&ThreeKinds, &[p], Method::Automatic, &Settings::default()).unwrap();
        assert_eq!(moments.regularity(), Regularity::Regular, "{p}");
        // 1/(p²(1 − p)) of the geometric third, 1/p² of the exponential third
        let want = (1.0 / (1.0 - p) + 1.0) / (3.0 * p * p);
        assert_close(moments.outer_product.matrix[(0, 0)], want, p);
        assert!(moments.outer_product.error[(0, 0)] < 1e-9 * want);
    }
    let square = |x: &f64, g: &mut [f64]| g[0] = (x - 5.0).powi(2);
    let found = expectation(&ThreeKinds, &[0.5], 1, square, Method::Automatic, &Settings::default()).unwrap();
    // E(6 + K)², E of the uniform, E(5 + X)² with K = 0, 1, … geometric and X exponential
    let want = (36.0 + 0.0 + (25.0 + 2.0 * 5.0 + 2.0 + 1.0) + 16.0 / 3.0 + 25.0 + 20.0 + 8.0 - 36.0) / 3.0;
    assert_close(found.values[0].value, want, "second moment about 5");
}

#[test]
fn what_is_wrong_with_a_mixed_support_is_told() {
    match expected(&HalfUniform, &[2.0]).unwrap_err() {
        Error::NonRegular { mean, moving_support, .. } => {
            assert_eq!(moving_support, ["theta"]);
            assert!((mean + 0.25).abs() < 1e-12, "{mean}");
        }
        other => panic!("{other}"),
    }
    let Err(Error::NotNormalised { mass, .. }) = expected(&TooLight, &[2.0]) else { panic!() };
    assert!((mass - 0.55).abs() < 1e-10, "{mass}");
    assert!(matches!(expected(&Nothing, &[0.0]), Err(Error::NoMass { points }) if points > 1000));
    assert!(matches!(expected(&NoPieces, &[0.0]), Err(Error::EmptySupport { .. })));
    assert!(matches!(expected(&Nested, &[0.0]), Err(Error::Unsupported { .. })));
    assert_eq!(expected(&Backwards, &[0.0]).unwrap_err(), Error::EmptySupport { lower: 2.0, upper: 1.0 });
    let censored = Censored::new(Normal, 0.0, ABOVE).unwrap();
    let summed = expected_by(&censored, &[0.0, 1.0], Method::Summation, &Settings::default());
    assert!(matches!(summed, Err(Error::Unsupported { .. })), "{summed:?}");
    let inverse = |x: &f64, g: &mut [f64]| g[0] = 1.0 / x;
    let refused = expectation(&HalfUnit, &[1.0], 1, inverse, Method::Automatic, &Settings::default());
    assert!(matches!(refused, Err(Error::Divergent { component: Some(0), .. })), "{refused:?}");
}
