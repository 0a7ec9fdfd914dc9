//! The part of a curve that lies within the edges.

use std::ops::Range;

/// The pieces of a broken line that lie in a rectangle.
///
/// Source: Liang and Barsky, *A new concept and method for line clipping*, ACM Trans. Graph. 3 (1984) 1–22.
pub(super) fn clip(points: &[[f64; 2]], ranges: [&Range<f64>; 2]) -> Vec<Vec<[f64; 2]>> {
    let mut pieces: Vec<Vec<[f64; 2]>> = Vec::new();
    for ends in points.windows(2) {
        let [from, to] = [ends[0], ends[1]];
        let Some((enter, leave)) = inside(from, to, ranges) else { continue };
        let at = |share: f64| [0, 1].map(|axis| from[axis] + share * (to[axis] - from[axis]));
        match pieces.last_mut() {
            // The curve has not been outside since the last piece.
            Some(piece) if enter == 0.0 && piece.last() == Some(&from) => piece.push(at(leave)),
            _ => pieces.push(vec![at(enter), at(leave)]),
        }
    }
    pieces
}

/// From which to which share of the way a segment is inside.
fn inside(from: [f64; 2], to: [f64; 2], ranges: [&Range<f64>; 2]) -> Option<(f64, f64)> {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        let by = to[axis] - from[axis];
        let (low, high) = (ranges[axis].start - from[axis], ranges[axis].end - from[axis]);
        if by == 0.0 {
            if low > 0.0 || high < 0.0 {
                return None;
            }
            continue;
        }
        let (first, second) = (low / by, high / by);
        enter = enter.max(first.min(second));
        leave = leave.min(first.max(second));
    }
    (enter < leave).then_some((enter, leave))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two() {
        let unit = [&(0.0..1.0), &(0.0..1.0)];
        let line = [[0.25, 0.5], [0.75, 0.5], [1.25, 0.5], [1.25, 0.75], [0.5, 0.75]];
        let expected = [vec![[0.25, 0.5], [0.75, 0.5], [1.0, 0.5]], vec![[1.0, 0.75], [0.5, 0.75]]];
        assert_eq!(clip(&line, unit), expected);
        assert_eq!(clip(&[[-1.0, 2.0], [2.0, 2.0]], unit), Vec::<Vec<[f64; 2]>>::new());
        assert_eq!(clip(&[[-1.0, -1.0], [2.0, 2.0]], unit), [vec![[0.0, 0.0], [1.0, 1.0]]]);
    }
}
