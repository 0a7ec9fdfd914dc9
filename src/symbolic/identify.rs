//! Numbers found by quadrature, recognised: ½, 1/3 + π²/9, (1 − γ)² + π²/6.

use super::expression::{Constant, Expression};
use std::f64::consts::PI;

/// Euler's constant.
const GAMMA: f64 = 0.577_215_664_901_532_9;

/// The largest denominator of a fraction.
const DENOMINATOR: i32 = 48;

/// A fraction a/b, small in both, within `error` of the value.
fn fraction(value: f64, error: f64) -> Option<(i64, i64)> {
    (1..=DENOMINATOR).find_map(|denominator| {
        let numerator = (value * f64::from(denominator)).round();
        let known = numerator.abs() <= 200.0 && (value - numerator / f64::from(denominator)).abs() <= error;
        #[allow(clippy::cast_possible_truncation)] // small
        known.then_some((numerator as i64, i64::from(denominator)))
    })
}

/// A fraction plus a fraction of π², within `error` of the value.
fn with_pi(value: f64, error: f64) -> Option<Expression> {
    let pi_squared = Expression::constant(Constant::Pi).power(super::expression::Exponent::from_integer(2));
    let sum = |(a, b), (c, d)| &Expression::ratio(a, b) + &(&Expression::ratio(c, d) * &pi_squared);
    if let Some(alone) = fraction(value, error) {
        return Some(sum(alone, (0, 1)));
    }
    // A value of moderate size leaves room for chance: only tight bounds are trusted.
    if error > 1e-10 {
        return None;
    }
    let multiple = fraction(value / (PI * PI), error / (PI * PI)).map(|of_pi| sum((0, 1), of_pi));
    multiple.or_else(|| {
        [1_i32, 2, 3, 4, 6, 8, 9, 12, 16, 18, 24, 36].into_iter().find_map(|d| {
            (-12..=12_i32).filter(|c| *c != 0).find_map(|c| {
                let rest = value - f64::from(c) / f64::from(d) * PI * PI;
                fraction(rest, error).filter(|(_, b)| *b <= 36).map(|rest| sum(rest, (c.into(), d.into())))
            })
        })
    })
}

/// What a number looks like, if anything known is within `error` of it.
pub(super) fn identify(value: f64, error: f64) -> Option<Expression> {
    let error = error.max(4.0 * f64::EPSILON * value.abs());
    if error > 1e-8 * value.abs() {
        return None;
    }
    let gamma = Expression::constant(Constant::EulerGamma);
    let deficit = &Expression::integer(1) - &gamma;
    let square = &deficit * &deficit;
    // 0, 1 − γ, its square, γ and its square, with either sign.
    let known: [(f64, Expression); 5] = [
        (0.0, Expression::integer(0)),
        (1.0 - GAMMA, deficit.clone()),
        ((1.0 - GAMMA) * (1.0 - GAMMA), square),
        (GAMMA, gamma.clone()),
        (GAMMA * GAMMA, &gamma * &gamma),
    ];
    known.iter().find_map(|(size, expression)| {
        let plus = with_pi(value - size, error).map(|rest| &rest + expression);
        plus.or_else(|| with_pi(value + size, error).map(|rest| &rest - expression))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_numbers_are_found_and_others_not() {
        let value = |expression: Expression| expression.evaluate::<f64>(&[], &[]);
        for expected in
            [0.5, 1.0 / 3.0 + PI * PI / 9.0, (1.0 - GAMMA).powi(2) + PI * PI / 6.0, GAMMA - 1.0, PI * PI / 6.0]
        {
            let found = identify(expected * (1.0 + 2e-16), 1e-13).map(value);
            assert!(found.is_some_and(|found| (found - expected).abs() < 1e-14), "{expected}");
        }
        for other in [0.123_456_789_012, 0.915_965_594_177_219, 1.202_056_903_159_594, 2.236_067_977_499_79] {
            assert_eq!(identify(other, 1e-13), None, "{other}");
        }
        assert_eq!(identify(0.5, 1e-3), None);
    }
}
