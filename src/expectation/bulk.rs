//! Where the bulk of a density is, found from the log-density alone.
//!
//! Far from its bulk a density underflows, but its logarithm does not: it still points uphill. So a search over all
//! magnitudes of x, followed by Brent's method, finds the mode of a normal at 10⁶ with deviation 10⁻³ without a hint.

use super::line::Line;

/// How far, in units of ln f, the bulk reaches down from the highest mode: e⁻⁴⁵ ≈ 3 · 10⁻²⁰.
pub(super) const DEPTH: f64 = 45.0;

/// A local maximum of h(t) = ln f(x(t)) + ln dx/dt.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mode {
    /// Where it is.
    pub(super) t: f64,
    /// h there.
    pub(super) height: f64,
    /// How far one must go, on the farther side, for h to fall by 1.
    pub(super) width: f64,
}

/// The local maxima that a search over `points` magnitudes on either side of the origin finds, highest first, together with
/// all those less than [`DEPTH`] below the highest; empty if h is −∞ everywhere.
pub(super) fn modes(mut h: impl FnMut(f64) -> f64, (low, high): (f64, f64), points: usize) -> Vec<Mode> {
    let mut h = |t: f64| clean(h(t));
    let grid = magnitudes(low, high, points);
    let heights: Vec<f64> = grid.iter().map(|&t| h(t)).collect();
    let mut modes = Vec::new();
    for k in 0..grid.len() {
        let left = if k == 0 { f64::NEG_INFINITY } else { heights[k - 1] };
        let right = heights.get(k + 1).copied().unwrap_or(f64::NEG_INFINITY);
        if heights[k] > f64::NEG_INFINITY && heights[k] >= left && heights[k] > right {
            let (from, to) = (grid[k.saturating_sub(1)], grid[(k + 1).min(grid.len() - 1)]);
            let (t, height) = maximise(&mut h, from, grid[k], to);
            let width = half_width(&mut h, t, height, (low, high));
            modes.push(Mode { t, height, width });
        }
    }
    modes.sort_by(|a, b| b.height.total_cmp(&a.height));
    let floor = modes.first().map_or(0.0, |mode| mode.height - DEPTH);
    modes.retain(|mode| mode.height >= floor);
    modes
}

/// The t on either side of `mode` beyond which h stays more than `depth` below `height`, as far as doubling steps can tell,
/// but not beyond the range.
pub(super) fn reach(
    mut h: impl FnMut(f64) -> f64,
    mode: &Mode,
    height: f64,
    depth: f64,
    (low, high): (f64, f64),
) -> (f64, f64) {
    let floor = height - depth;
    let mut side = |limit: f64, sign: f64| {
        let (mut inside, mut step) = (mode.t, mode.width);
        for _ in 0..200 {
            let mut outside = mode.t + sign * step;
            if (limit - outside) * sign <= 0.0 {
                if clean(h(limit)) > floor {
                    return limit;
                }
                outside = limit;
            }
            if clean(h(outside)) > floor {
                inside = outside;
                step *= 2.0;
                continue;
            }
            for _ in 0..5 {
                let middle = 0.5 * (inside + outside);
                if clean(h(middle)) > floor { inside = middle } else { outside = middle }
            }
            return outside;
        }
        limit
    };
    (side(low, -1.0), side(high, 1.0))
}

/// The place and scale of the bulk of a density on the whole line, in its own coordinate: the highest mode and a width in
/// which ln f falls by about 1.
pub(super) fn centre_and_scale(ln_f: impl FnMut(f64) -> f64, points: usize) -> Option<(f64, f64)> {
    let reach = f64::MAX / 16.0;
    let mode = modes(ln_f, (-reach, reach), points).into_iter().next()?;
    Some((mode.t, mode.width))
}

/// NaN counts as zero density while searching; the integration itself refuses it.
fn clean(height: f64) -> f64 {
    if height.is_nan() { f64::NEG_INFINITY } else { height }
}

/// 0 and ±2ᵏ for `points` values of k on either side, within the range, in increasing order.
fn magnitudes(low: f64, high: f64, points: usize) -> Vec<f64> {
    let widest = high.abs().max(low.abs());
    // Ranges in a logarithmic coordinate are about ±700: 2⁻¹ … 2¹⁰. On the line itself all magnitudes are probed.
    let (first, last) = if widest <= 1024.0 { (-1.0, widest.log2()) } else { (-64.0, widest.log2().min(1000.0)) };
    #[allow(clippy::cast_precision_loss)]
    let exponents = (0..points).map(|k| {
        let fraction = k as f64 / (points - 1) as f64;
        // Magnitudes near 1 are probed more finely than extreme ones.
        if widest <= 1024.0 { first + (last - first) * fraction } else { spread(first, last, fraction) }
    });
    let positive: Vec<f64> = exponents.map(f64::exp2).collect();
    let mut grid: Vec<f64> = positive.iter().rev().map(|m| -m).chain([0.0]).chain(positive.iter().copied()).collect();
    grid.retain(|t| (low..=high).contains(t));
    if grid.first().is_none_or(|&first| first > low) {
        grid.insert(0, low);
    }
    if grid.last().is_none_or(|&last| last < high) {
        grid.push(high);
    }
    grid
}

/// An exponent between `first` < 0 and `last` > 0, close together near 0.
fn spread(first: f64, last: f64, fraction: f64) -> f64 {
    let u = 2.0 * fraction - 1.0;
    if u < 0.0 { first * u.abs().powf(1.7) } else { last * u.powf(3.0) }
}

/// Brent's method for a maximum between `from` and `to`, begun at the best point known (Brent, *Algorithms for Minimization
/// without Derivatives*, 1973, chapter 5).
fn maximise(h: &mut impl FnMut(f64) -> f64, from: f64, start: f64, to: f64) -> (f64, f64) {
    /// Three points whose heights differ by less cannot be told apart. A smooth top is then known to 10⁻⁷ widths, and a kink,
    /// such as Laplace's, to 10⁻¹⁵: near enough for a panel to end there.
    const LEVEL: f64 = 1e-15;
    const GOLDEN: f64 = 0.381_966_011_250_105_15;
    let (mut a, mut b) = (from, to);
    let (mut x, mut w, mut v) = (start, start, start);
    let mut hx = h(x);
    let (mut hw, mut hv) = (hx, hx);
    let (mut step, mut before): (f64, f64) = (0.0, 0.0);
    for _ in 0..300 {
        let middle = 0.5 * (a + b);
        let tolerance = 4.0 * f64::EPSILON * x.abs() + f64::MIN_POSITIVE;
        let narrow = (x - middle).abs() <= 2.0 * tolerance - 0.5 * (b - a);
        let level = x != w && x != v && w != v && (hx - hw).max(hx - hv) < LEVEL * hx.abs().max(1.0);
        if narrow || level {
            break;
        }
        let parabola = if before.abs() > tolerance && hw.is_finite() && hv.is_finite() {
            let (r, q) = ((x - w) * (hx - hv), (x - v) * (hx - hw));
            let (p, q) = ((x - v) * q - (x - w) * r, 2.0 * (q - r));
            let (p, q) = if q > 0.0 { (-p, q) } else { (p, -q) };
            let inside = p.abs() < (0.5 * q * before).abs() && p > q * (a - x) && p < q * (b - x);
            inside.then(|| p / q)
        } else {
            None
        };
        before = step;
        step = parabola.unwrap_or_else(|| {
            before = if x < middle { b - x } else { a - x };
            GOLDEN * before
        });
        let u = if step.abs() >= tolerance { x + step } else { x + tolerance.copysign(step) };
        let hu = h(u);
        if hu >= hx {
            if u < x {
                b = x
            } else {
                a = x
            }
            (v, hv, w, hw, x, hx) = (w, hw, x, hx, u, hu);
        } else {
            if u < x {
                a = u
            } else {
                b = u
            }
            if hu >= hw || w == x {
                (v, hv, w, hw) = (w, hw, u, hu);
            } else if hu >= hv || v == x || v == w {
                (v, hv) = (u, hu);
            }
        }
    }
    (x, hx)
}

/// How far from a maximum h has fallen by 1, to a factor of √2, on the side where that is farther.
fn half_width(h: &mut impl FnMut(f64) -> f64, t: f64, height: f64, (low, high): (f64, f64)) -> f64 {
    let mut fallen = |step: f64| {
        let down = |t: f64, h: &mut dyn FnMut(f64) -> f64| t < low || t > high || h(t) < height - 1.0;
        down(t - step, h) && down(t + step, h)
    };
    let mut step = (t.abs() * 1e-3).max(1e-3);
    if fallen(step) {
        let smallest = (4.0 * f64::EPSILON * t.abs()).max(f64::MIN_POSITIVE);
        while step > smallest && fallen(0.125 * step) {
            step *= 0.125;
        }
    } else {
        for _ in 0..400 {
            step *= 8.0;
            if fallen(step) || step > high - low {
                break;
            }
        }
    }
    // The width lies in (step/8, step]: two bisections of the exponent.
    for _ in 0..2 {
        let shorter = step * 0.42;
        if fallen(shorter) {
            step = shorter;
        }
    }
    step
}

/// The map onto an interval in which its bulk is looked for; `None` if a density on the whole line is zero wherever tried.
pub(super) fn coordinates(ln_f: impl FnMut(f64) -> f64, (lower, upper): (f64, f64), points: usize) -> Option<Line> {
    match (lower.is_finite(), upper.is_finite()) {
        (false, false) => {
            let (centre, scale) = centre_and_scale(ln_f, points)?;
            Some(Line::Real { centre, scale })
        }
        (true, false) => Some(Line::Above { lower }),
        (false, true) => Some(Line::Below { upper }),
        (true, true) => Some(Line::Between { lower, upper }),
    }
}
