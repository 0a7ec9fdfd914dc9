//! Whether a sum or an integral diverges for good: its terms do not fall off, however far out one looks.

use crate::model::Support;

/// From 2¹⁰ to 2⁴⁰ steps away.
const OCTAVES: std::ops::RangeInclusive<i32> = 10..=40;

/// A fall over one octave that is rounding.
const ROUNDING: f64 = 1e-6;

/// A point far out, if r^d F does not fall along some way outwards, where d is the number of unbounded coordinates: then
/// the sum or integral of F diverges at least as Σ 1/r does.
///
/// `ln_term` is ln F. The ways lead out of `start` along the diagonals of all unbounded coordinates, so that they lie inside a cone.
///
/// Source: Cauchy's condensation test, A.-L. Cauchy, *Analyse algébrique* (1821), chapter VI, theorem III.
pub(super) fn far_out(support: &Support, start: &[f64], ln_term: &dyn Fn(&[f64]) -> f64) -> Option<Vec<f64>> {
    let axes = match support {
        Support::Product(factors) => factors.as_slice(),
        single => std::slice::from_ref(single),
    };
    if axes.len() != start.len() || axes.len() > 4 {
        return None;
    }
    let ways: Vec<Vec<f64>> = axes.iter().map(directions).collect();
    let count: usize = ways.iter().map(Vec::len).product();
    (0..count).find_map(|mut number| {
        let choose = |way: &Vec<f64>| {
            let chosen = way[number % way.len()];
            number /= way.len();
            chosen
        };
        let direction: Vec<f64> = ways.iter().map(choose).collect();
        along(start, &direction, ln_term)
    })
}

/// The ways outwards along one coordinate; 0 if it is bounded.
fn directions(axis: &Support) -> Vec<f64> {
    let (lower, upper) = match axis {
        Support::Interval { lower, upper } | Support::Integers { lower, upper } => (*lower, *upper),
        _ => (0.0, 0.0),
    };
    let mut directions = Vec::new();
    if upper == f64::INFINITY {
        directions.push(1.0);
    }
    if lower == f64::NEG_INFINITY {
        directions.push(-1.0);
    }
    if directions.is_empty() {
        directions.push(0.0);
    }
    directions
}

fn along(start: &[f64], direction: &[f64], ln_term: &dyn Fn(&[f64]) -> f64) -> Option<Vec<f64>> {
    let unbounded: f64 = direction.iter().map(|d| d.abs()).sum();
    if unbounded == 0.0 {
        return None;
    }
    let point = |octave: i32| -> Vec<f64> {
        start.iter().zip(direction).map(|(x, d)| x + d * f64::from(octave).exp2()).collect()
    };
    let height = |octave: i32| ln_term(&point(octave)) + unbounded * f64::from(octave) * std::f64::consts::LN_2;
    let heights: Vec<f64> = OCTAVES.map(height).collect();
    let rises = heights.windows(2).all(|pair| pair[0].is_finite() && pair[1] >= pair[0] - ROUNDING);
    rises.then(|| point(*OCTAVES.end()))
}
