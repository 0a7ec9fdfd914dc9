//! What becomes of the support of a number when it is cut, pooled or given an atom.

use crate::model::Support;

/// Whether `x` itself has a probability there, not only a density.
pub(super) fn has_atom(support: &Support, x: f64) -> bool {
    match support {
        Support::Integers { lower, upper } => x.fract() == 0.0 && *lower <= x && x <= *upper,
        Support::Points(points) => points.contains(&x),
        Support::Mixed(pieces) => pieces.iter().any(|piece| has_atom(piece, x)),
        _ => false,
    }
}

/// The part of a support with lower < x < upper.
pub(super) fn between(support: &Support, lower: f64, upper: f64) -> Support {
    part(support, lower, upper, false)
}

/// The part of a support with lower < x ≤ upper.
pub(super) fn above_up_to(support: &Support, lower: f64, upper: f64) -> Support {
    part(support, lower, upper, true)
}

/// The part of a support between two bounds, of which the upper one may belong to it.
fn part(support: &Support, lower: f64, upper: f64, closed: bool) -> Support {
    match support {
        Support::Interval { lower: from, upper: to } => Support::interval(from.max(lower), to.min(upper)),
        Support::Integers { lower: from, upper: to } => {
            let last = if closed { upper.floor() } else { upper.ceil() - 1.0 };
            Support::Integers { lower: from.max(lower.floor() + 1.0), upper: to.min(last) }
        }
        Support::Points(points) => {
            let inside = |x: &f64| lower < *x && (*x < upper || closed && *x == upper);
            Support::Points(points.iter().copied().filter(inside).collect())
        }
        Support::Mixed(pieces) => {
            with_points(pieces.iter().map(|piece| part(piece, lower, upper, closed)).collect(), Vec::new())
        }
        _ => Support::Unstructured,
    }
}

/// The pieces of the line and points outside them as one support, without what is empty.
pub(super) fn with_points(pieces: Vec<Support>, points: Vec<f64>) -> Support {
    let mut all = vec![Support::Points(points)];
    for piece in pieces {
        match piece {
            Support::Mixed(pieces) => all.extend(pieces),
            Support::Interval { .. } | Support::Integers { .. } | Support::Points(_) => all.push(piece),
            _ => return Support::Unstructured,
        }
    }
    all.retain(|piece| match piece {
        Support::Interval { lower, upper } => lower < upper,
        Support::Integers { lower, upper } => lower <= upper,
        Support::Points(points) => !points.is_empty(),
        _ => true,
    });
    match &all[..] {
        [single] => single.clone(),
        _ => Support::Mixed(all),
    }
}

/// The smallest support of the same kind that holds both.
pub(super) fn hull(one: Support, other: Support) -> Support {
    match (one, other) {
        (one, other) if one == other => one,
        (Support::Interval { lower, upper }, Support::Interval { lower: from, upper: to }) => {
            Support::interval(lower.min(from), upper.max(to))
        }
        (Support::Integers { lower, upper }, Support::Integers { lower: from, upper: to }) => {
            Support::Integers { lower: lower.min(from), upper: upper.max(to) }
        }
        (Support::Points(mut points), Support::Points(others)) => {
            points.extend(others);
            points.sort_by(f64::total_cmp);
            points.dedup();
            Support::Points(points)
        }
        _ => Support::Unstructured,
    }
}
