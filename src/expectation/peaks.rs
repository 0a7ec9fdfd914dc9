//! Where the bulk of a distribution on the integers lies, found without a hint.
//!
//! The log-density is probed at distances that grow geometrically from 0 and from the finite ends of the support: ten
//! probes a decade up to 2⁵². It is the *log*-density, so a Poisson with mean a million shows its slope at x = 1,
//! where the density itself has long underflowed. Each local maximum among the probes is a bracket, and bisection
//! climbs to the mode inside.

use super::terms::Terms;

/// Beyond this, neighbouring integers can no longer be told apart safely.
pub(super) const FARTHEST: f64 = 4_503_599_627_370_496.0; // 2⁵²

/// A peak this far below the highest one, in ln f, has nothing to add to a sum in double precision.
const DEPTH: f64 = 80.0;

/// A dip of ln f by less than this is rounding.
const FLAT: f64 = 1e-6;

/// A local maximum of the log-density.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Peak {
    pub(super) at: f64,
    pub(super) ln_density: f64,
}

/// How densely the log-density is probed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Probes {
    /// Distances up to here are all tried.
    pub(super) consecutive: u32,
    /// Beyond, each distance is this times the last.
    pub(super) ratio: f64,
}

/// What the probes found.
pub(super) struct Landscape {
    /// The local maxima, highest first.
    pub(super) peaks: Vec<Peak>,
    /// How many points were tried.
    pub(super) tried: usize,
    /// The first point at which the log-density was NaN.
    pub(super) undefined: Option<f64>,
}

/// The local maxima of the log-density on the integers from `lower` to `upper`, as seen from the `anchors`.
pub(super) fn find(terms: &mut Terms<'_>, (lower, upper): (f64, f64), anchors: &[f64], probes: Probes) -> Landscape {
    let points = probe_points((lower, upper), anchors, probes);
    let mut undefined = None;
    let heights: Vec<f64> = points
        .iter()
        .map(|&x| {
            let ln_density = terms.ln_density(x);
            if ln_density.is_nan() && undefined.is_none() {
                undefined = Some(x);
            }
            lowest_if_undefined(ln_density)
        })
        .collect();
    let mut peaks: Vec<Peak> = summits(&heights)
        .into_iter()
        .map(|i| {
            let left = i.checked_sub(1).map_or(lower, |i| points[i]);
            let right = points.get(i + 1).copied().unwrap_or(upper);
            let start = Peak { at: points[i], ln_density: heights[i] };
            climb(terms, left, start, right)
        })
        .collect();
    peaks.sort_by(|a, b| b.ln_density.total_cmp(&a.ln_density));
    let highest = peaks.first().map_or(0.0, |peak| peak.ln_density);
    peaks.retain(|peak| peak.ln_density >= highest - DEPTH);
    Landscape { peaks, tried: points.len(), undefined }
}

/// The indices of the local maxima. Of two with nothing but rounding between them, the higher one stays.
fn summits(heights: &[f64]) -> Vec<usize> {
    let height = |i: Option<usize>| i.and_then(|i| heights.get(i)).copied().unwrap_or(f64::NEG_INFINITY);
    let mut summits: Vec<usize> = Vec::new();
    for i in 0..heights.len() {
        if heights[i] <= height(i.checked_sub(1)) || heights[i] < height(Some(i + 1)) {
            continue;
        }
        let mut stays = true;
        while let (true, Some(&last)) = (stays, summits.last()) {
            let valley = heights[last..=i].iter().copied().fold(f64::INFINITY, f64::min);
            if heights[last].min(heights[i]) - valley > FLAT {
                break;
            }
            stays = heights[i] > heights[last];
            if stays {
                summits.pop();
            }
        }
        if stays {
            summits.push(i);
        }
    }
    summits
}

/// The integers at the probing distances from the anchors and from the finite ends, in order.
fn probe_points((lower, upper): (f64, f64), anchors: &[f64], probes: Probes) -> Vec<f64> {
    let mut distances: Vec<f64> = (0..=probes.consecutive).map(f64::from).collect();
    let mut distance = f64::from(probes.consecutive);
    while distance < FARTHEST {
        distance = (distance * probes.ratio).ceil().max(distance + 1.0);
        distances.push(distance);
    }
    let ends = [lower, upper].into_iter().filter(|end| end.is_finite());
    let mut points: Vec<f64> = ends
        .chain(anchors.iter().copied())
        .flat_map(|anchor| distances.iter().flat_map(move |d| [anchor - d, anchor + d]))
        .filter(|&x| lower <= x && x <= upper && x.abs() <= FARTHEST)
        .collect();
    points.sort_by(f64::total_cmp);
    points.dedup();
    points
}

/// The mode between `left` and `right`, given a point between them that is at least as high as both.
///
/// Bisection of the wider side: the bracket shrinks by a quarter or more each time, so a hundred and some steps do.
fn climb(terms: &mut Terms<'_>, mut left: f64, mut peak: Peak, mut right: f64) -> Peak {
    if !(left.is_finite() && right.is_finite()) {
        return peak;
    }
    for _ in 0..200 {
        let (below, above) = (peak.at - left, right - peak.at);
        if below <= 1.0 && above <= 1.0 {
            break;
        }
        let at = if below > above { (left + 0.5 * below).floor() } else { (peak.at + 0.5 * above).ceil() };
        let ln_density = lowest_if_undefined(terms.ln_density(at));
        match (ln_density > peak.ln_density, at < peak.at) {
            (true, true) => right = peak.at,
            (true, false) => left = peak.at,
            (false, true) => left = at,
            (false, false) => right = at,
        }
        if ln_density > peak.ln_density {
            peak = Peak { at, ln_density };
        }
    }
    peak
}

/// A probe may lie far outside the bulk, where a formula is allowed to overflow; a term that is added may not.
fn lowest_if_undefined(ln_density: f64) -> f64 {
    if ln_density.is_nan() { f64::NEG_INFINITY } else { ln_density }
}
