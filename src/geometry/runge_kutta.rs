//! The solution of a differential equation of one unknown, in any number type.

use crate::scalar::Scalar;

/// The nodes of the method of Dormand and Prince (1980) of order 5, each with the weights of the slopes before it. The last row is the
/// solution of order 5 itself.
const STAGES: [(f64, &[f64]); 6] = [
    (1.0 / 5.0, &[1.0 / 5.0]),
    (3.0 / 10.0, &[3.0 / 40.0, 9.0 / 40.0]),
    (4.0 / 5.0, &[44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0]),
    (8.0 / 9.0, &[19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0]),
    (1.0, &[9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0]),
    (1.0, &[35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0]),
];

/// The difference of the solutions of order 5 and 4, as weights of the seven slopes.
const DIFFERENCE: [f64; 7] =
    [71.0 / 57600.0, 0.0, -71.0 / 16695.0, 71.0 / 1920.0, -17253.0 / 339_200.0, 22.0 / 525.0, -1.0 / 40.0];

/// How many steps may be taken.
const MOST_STEPS: usize = 20_000;

/// y(b) of the solution of y′ = f(x, y) with y(a) = y₀, where no step may err by more than `tolerance` relative to the largest |y| so far; `None` if f fails on
/// the way or the steps become too small.
///
/// Where a, b or y₀ carry derivatives, so does the result: dual numbers go through every step, whose length they do not change.
pub(super) fn solve<D: Scalar>(
    [from, to]: [D; 2],
    start: D,
    tolerance: f64,
    mut slope: impl FnMut(D, D) -> Option<D>,
) -> Option<D> {
    // The share of the way has no derivatives.
    let (way, mut share, mut step) = (to - from, 0.0, 1.0_f64 / 16.0);
    let (mut y, mut largest) = (start, start.re().abs());
    let mut slopes = [D::from(0.0); 7];
    slopes[0] = slope(from, y)? * way;
    for _ in 0..MOST_STEPS {
        if share >= 1.0 {
            return Some(y);
        }
        step = step.min(1.0 - share);
        let mut next = Some(y);
        for (stage, (node, weights)) in STAGES.iter().enumerate() {
            next = Some(weights.iter().zip(&slopes).fold(y, |sum, (&weight, &slope)| sum + slope * (weight * step)));
            let found = next.and_then(|at| slope(from + way * (share + node * step), at));
            let Some(found) = found.filter(|found| found.re().is_finite()) else {
                next = None;
                break;
            };
            slopes[stage + 1] = found * way;
        }
        let error = slopes.iter().zip(DIFFERENCE).map(|(slope, weight)| slope.re() * weight * step).sum::<f64>().abs();
        largest = largest.max(next.map_or(0.0, |next| next.re().abs()));
        let allowed = tolerance * largest;
        match next {
            Some(next) if error <= allowed => {
                (y, share) = (next, if step >= 1.0 - share { 1.0 } else { share + step });
                slopes[0] = slopes[6];
                step *= if error > 0.0 { (0.9 * (allowed / error).powf(0.2)).clamp(0.2, 4.0) } else { 4.0 };
            }
            Some(_) => step *= (0.9 * (allowed / error).powf(0.2)).clamp(0.1, 0.9),
            None => step *= 0.25,
        }
        if step.is_nan() || step <= f64::EPSILON {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use num_dual::Dual64;

    /// y′ = xy from 0 to b is e^(b²/2), with derivatives b e^(b²/2) and, with respect to y₀, e^(b²/2).
    #[test]
    fn a_known_equation_is_solved_with_its_derivatives() {
        let bend = |x: Dual64, y: Dual64| Some(x * y);
        let exact = (0.5_f64 * 1.5 * 1.5).exp();
        let end = solve([Dual64::from(0.0), Dual64::from(1.5).derivative()], Dual64::from(1.0), 1e-13, bend).unwrap();
        assert!((end.re / exact - 1.0).abs() < 1e-11 && (end.eps / (1.5 * exact) - 1.0).abs() < 1e-11);
        let start = Dual64::from(1.0).derivative();
        let end = solve([Dual64::from(0.0), Dual64::from(1.5)], start, 1e-13, bend).unwrap();
        assert!((end.eps / exact - 1.0).abs() < 1e-11);
    }

    /// y′ = y², y(0) = 1 has no solution at 1, and y′ = √(−y) none at all.
    #[test]
    fn what_has_no_solution_is_not_solved() {
        assert_eq!(solve([0.0, 2.0], 1.0, 1e-10, |_, y: f64| Some(y * y)), None);
        assert_eq!(solve([0.0, 2.0], 1.0, 1e-10, |_, y: f64| (y < 0.0).then_some(1.0)), None);
    }
}
