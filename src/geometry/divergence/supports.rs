//! Where one distribution has mass and another has none.

use crate::model::Support;

/// Whether a density of `other` is meant with respect to the same measure as one of `own` at a point of `own`, and is not zero there
/// by its support alone: where one counts points and the other measures lengths, they have nothing in common.
pub(super) fn shares(own: &Support, other: &Support, x: &[f64]) -> bool {
    match (own, other) {
        (Support::Unstructured | Support::Response(_), _) | (_, Support::Unstructured | Support::Response(_)) => true,
        (Support::Product(own), Support::Product(other)) => {
            own.len() == other.len()
                && own.len() == x.len()
                && own.iter().zip(other).zip(x).all(|((own, other), x)| shares(own, other, std::slice::from_ref(x)))
        }
        // The rounding noise of a sum is listened to between its points: those belong to the nearest.
        (Support::Integers { .. }, _) => x.iter().all(|x| shares_atom(other, x.round())),
        (Support::Points(points), _) => x.iter().all(|x| shares_atom(other, nearest(points, *x))),
        _ => contains(other, x) && is_atom(own, x) == is_atom(other, x),
    }
}

fn shares_atom(other: &Support, x: f64) -> bool {
    contains(other, &[x]) && is_atom(other, &[x])
}

fn nearest(points: &[f64], x: f64) -> f64 {
    points.iter().copied().min_by(|a, b| (a - x).abs().total_cmp(&(b - x).abs())).unwrap_or(x)
}

/// Whether a point lies in a support, its ends included.
fn contains(support: &Support, x: &[f64]) -> bool {
    match (support, x) {
        (Support::Interval { lower, upper }, [x]) => lower <= x && x <= upper,
        (Support::Integers { lower, upper }, [x]) => lower <= x && x <= upper && x.fract() == 0.0,
        (Support::Points(points), [x]) => points.contains(x),
        (Support::Mixed(pieces), [_]) => pieces.iter().any(|piece| contains(piece, x)),
        (Support::Simplex { parts }, x) => x.len() == *parts,
        (Support::Compositions { parts, total }, x) => x.len() == *parts && x.iter().sum::<f64>() == f64::from(*total),
        (Support::Unstructured | Support::Response(_), _) => true,
        _ => false,
    }
}

/// Whether a point of a support has a probability rather than a density.
fn is_atom(support: &Support, x: &[f64]) -> bool {
    match support {
        Support::Integers { .. } | Support::Points(_) | Support::Compositions { .. } => true,
        Support::Mixed(pieces) => pieces.iter().any(|piece| is_atom(piece, x) && contains(piece, x)),
        _ => false,
    }
}

/// A point of `own` that `other` has no part in, as far as the ends of the supports tell.
pub(super) fn outside(own: &Support, other: &Support) -> Option<Vec<f64>> {
    if let (Support::Product(own), Support::Product(other)) = (own, other) {
        let coordinate = |(own, other): (&Support, &Support)| outside(own, other).and_then(|x| x.first().copied());
        let outside: Vec<Option<f64>> = own.iter().zip(other).map(coordinate).collect();
        outside.iter().any(Option::is_some).then_some(())?;
        return own.iter().zip(outside).map(|(own, x)| x.or_else(|| inside(own))).collect();
    }
    candidates(own, other).into_iter().map(|x| vec![x]).find(|x| contains(own, x) && !shares(own, other, x))
}

/// Numbers of which one lies in `own` and not in `other`, if there is any.
fn candidates(own: &Support, other: &Support) -> Vec<f64> {
    match own {
        Support::Points(points) => points.clone(),
        Support::Mixed(pieces) => pieces.iter().flat_map(|piece| candidates(piece, other)).collect(),
        Support::Interval { lower, upper } => {
            // Between any two neighbours among the ends there is nothing that tells points apart.
            let mut ends: Vec<f64> = ends(other).into_iter().filter(|end| lower < end && end < upper).collect();
            ends.extend([*lower, *upper]);
            ends.sort_by(f64::total_cmp);
            ends.windows(2).map(|pair| between(pair[0], pair[1])).collect()
        }
        Support::Integers { lower, upper } => {
            let near = ends(other).into_iter().flat_map(|end| [end.floor() - 1.0, end.ceil() + 1.0]);
            near.chain([*lower, *upper]).filter(|x| x.is_finite()).chain(inside(own)).collect()
        }
        _ => Vec::new(),
    }
}

/// The finite ends of the pieces of a support on the line.
pub(super) fn ends(support: &Support) -> Vec<f64> {
    let all = match support {
        Support::Interval { lower, upper } | Support::Integers { lower, upper } => vec![*lower, *upper],
        Support::Points(points) => points.clone(),
        Support::Mixed(pieces) => pieces.iter().flat_map(ends).collect(),
        _ => Vec::new(),
    };
    all.into_iter().filter(|end| end.is_finite()).collect()
}

/// A point inside a support on the line.
pub(super) fn inside(support: &Support) -> Option<f64> {
    match support {
        Support::Interval { lower, upper } => Some(between(*lower, *upper)),
        Support::Integers { lower, upper } => Some(0.0_f64.clamp(*lower, *upper)),
        Support::Points(points) => points.first().copied(),
        Support::Mixed(pieces) => pieces.first().and_then(inside),
        _ => None,
    }
}

/// A number between two, either of which may be infinite.
fn between(lower: f64, upper: f64) -> f64 {
    match (lower.is_finite(), upper.is_finite()) {
        (true, true) => 0.5 * lower + 0.5 * upper,
        (true, false) => lower + lower.abs().max(1.0),
        (false, true) => upper - upper.abs().max(1.0),
        (false, false) => 0.0,
    }
}

/// The same support with its intervals cut at these points, so that none of them lies inside a piece.
pub(super) fn cut(support: &Support, points: &[f64]) -> Support {
    let pieces = match support {
        Support::Mixed(pieces) => pieces.as_slice(),
        single => std::slice::from_ref(single),
    };
    let cut: Vec<Support> = pieces.iter().flat_map(|piece| cut_piece(piece, points)).collect();
    if cut.len() == pieces.len() { support.clone() } else { Support::Mixed(cut) }
}

fn cut_piece(piece: &Support, points: &[f64]) -> Vec<Support> {
    let Support::Interval { lower, upper } = piece else { return vec![piece.clone()] };
    let mut ends: Vec<f64> = points.iter().copied().filter(|x| lower < x && x < upper).collect();
    ends.extend([*lower, *upper]);
    ends.sort_by(f64::total_cmp);
    ends.dedup();
    ends.windows(2).map(|pair| Support::interval(pair[0], pair[1])).collect()
}

/// What two supports have in common, or nothing; where that has no simple form it is the first.
pub(super) fn common(own: &Support, other: &Support) -> Option<Support> {
    let overlap = |(a, b): (f64, f64), (c, d): (f64, f64)| (a.max(c), b.min(d));
    match (own, other) {
        (Support::Interval { lower: a, upper: b }, Support::Interval { lower: c, upper: d }) => {
            let (lower, upper) = overlap((*a, *b), (*c, *d));
            (lower < upper).then(|| Support::interval(lower, upper))
        }
        (Support::Integers { lower: a, upper: b }, Support::Integers { lower: c, upper: d }) => {
            let (lower, upper) = overlap((*a, *b), (*c, *d));
            (lower <= upper).then_some(Support::Integers { lower, upper })
        }
        (Support::Points(points), _) => {
            let common: Vec<f64> = points.iter().copied().filter(|x| shares(own, other, &[*x])).collect();
            (!common.is_empty()).then_some(Support::Points(common))
        }
        (_, Support::Points(_)) => common(other, own),
        (Support::Product(own), Support::Product(other)) if own.len() == other.len() => {
            own.iter().zip(other).map(|(own, other)| common(own, other)).collect::<Option<_>>().map(Support::Product)
        }
        (Support::Interval { .. }, Support::Integers { .. }) | (Support::Integers { .. }, Support::Interval { .. }) => {
            None
        }
        _ => Some(cut(own, &ends(other))),
    }
}
