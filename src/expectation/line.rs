//! Coordinates on an interval: a variable t on the whole line in which a density is smooth and falls off at least
//! exponentially at both ends.

use crate::kernel::vector;

/// A map x = x(t) from the line onto an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Line {
    /// x = centre + scale · sinh t: linear across the bulk, exponential in the tails.
    Real { centre: f64, scale: f64 },
    /// x = lower + eᵗ
    Above { lower: f64 },
    /// x = upper − e⁻ᵗ
    Below { upper: f64 },
    /// x = lower + (upper − lower)/(1 + e⁻ᵗ)
    Between { lower: f64, upper: f64 },
}

impl Line {
    /// x(t) and ln |dx/dt|.
    #[inline]
    pub(super) fn at(self, t: f64) -> (f64, f64) {
        match self {
            Self::Real { centre, scale } => {
                let a = t.abs();
                let ln_cosh = a + (-2.0 * a).exp().ln_1p() - std::f64::consts::LN_2;
                (centre + scale * t.sinh(), scale.ln() + ln_cosh)
            }
            Self::Above { lower } => (lower + t.exp(), t),
            Self::Below { upper } => (upper - (-t).exp(), -t),
            Self::Between { lower, upper } => {
                let (width, e) = (upper - lower, (-t.abs()).exp());
                let offset = width * e / (1.0 + e);
                let x = if t < 0.0 { lower + offset } else { upper - offset };
                (x, width.ln() - t.abs() - 2.0 * e.ln_1p())
            }
        }
    }

    /// How far, in t, a node may be from its place: t is rounded, and so is x(t).
    pub(super) fn displacement(self, t: f64) -> f64 {
        let (x, ln_slope) = self.at(t);
        (0.5 * f64::EPSILON * (t.abs() + x.abs() * (-ln_slope).exp())).min(1.0)
    }

    /// x(t), ln |dx/dt| and the displacement at many t.
    pub(super) fn at_all(self, t: &[f64], x: &mut [f64], ln_slopes: &mut [f64], displacements: &mut [f64]) {
        places(self, t, x, ln_slopes);
        displace(t, x, ln_slopes, displacements);
    }

    /// The t between which x(t) is a number strictly inside the interval and keeps most of its digits.
    pub(super) fn range(self) -> (f64, f64) {
        match self {
            Self::Real { scale, .. } => {
                let reach = (f64::MAX.ln() - 2.0 - scale.ln()).min(705.0);
                (-reach, reach)
            }
            Self::Above { lower } => (resolution(lower, 1.0), 705.0),
            Self::Below { upper } => (-705.0, -resolution(upper, 1.0)),
            Self::Between { lower, upper } => (resolution(lower, upper - lower), -resolution(upper, upper - lower)),
        }
    }
}

/// [`Line::at`] for many t, with the elementary functions of kernels.
#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma",
    "aarch64+neon",
))]
fn places(line: Line, t: &[f64], x: &mut [f64], ln_slopes: &mut [f64]) {
    let nodes = x.iter_mut().zip(ln_slopes).zip(t);
    match line {
        Line::Real { centre, scale } => {
            let ln_scale = scale.ln() - std::f64::consts::LN_2;
            for ((x, ln_slope), &t) in nodes {
                let a = t.abs();
                *ln_slope = ln_scale + a + vector::ln_1p(vector::exp(-2.0 * a));
                *x = centre + scale * vector::sinh(t);
            }
        }
        Line::Above { lower } => {
            for ((x, ln_slope), &t) in nodes {
                (*x, *ln_slope) = (lower + vector::exp(t), t);
            }
        }
        Line::Below { upper } => {
            for ((x, ln_slope), &t) in nodes {
                (*x, *ln_slope) = (upper - vector::exp(-t), -t);
            }
        }
        Line::Between { lower, upper } => {
            let width = upper - lower;
            let ln_width = width.ln();
            for ((x, ln_slope), &t) in nodes {
                let e = vector::exp(-t.abs());
                let offset = width * e / (1.0 + e);
                *x = if t < 0.0 { lower + offset } else { upper - offset };
                *ln_slope = ln_width - t.abs() - 2.0 * vector::ln_1p(e);
            }
        }
    }
}

/// [`Line::displacement`] for many t.
#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma",
    "aarch64+neon",
))]
fn displace(t: &[f64], x: &[f64], ln_slopes: &[f64], displacements: &mut [f64]) {
    for (((displacement, &t), &x), &ln_slope) in displacements.iter_mut().zip(t).zip(x).zip(ln_slopes) {
        *displacement = (0.5 * f64::EPSILON * (t.abs() + x.abs() * vector::exp(-ln_slope))).min(1.0);
    }
}

/// ln of the smallest offset from an end point, in units of `width`, that a number can hold: a few units in the last
/// place of the end point, or the smallest normal number at 0.
fn resolution(end: f64, width: f64) -> f64 {
    let offset = if end == 0.0 { f64::MIN_POSITIVE } else { 4.0 * f64::EPSILON * end.abs() };
    (offset / width).ln().max(-705.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithmic_jacobian_is_the_slope_of_the_map() {
        let lines = [
            Line::Real { centre: 3.0, scale: 0.5 },
            Line::Above { lower: -1.0 },
            Line::Below { upper: 2.0 },
            Line::Between { lower: -2.0, upper: 5.0 },
        ];
        for line in lines {
            let all = [-3.0, -0.7, 0.0, 0.4, 2.5];
            let (mut x, mut ln_slopes, mut displacements) = ([0.0; 5], [0.0; 5], [0.0; 5]);
            line.at_all(&all, &mut x, &mut ln_slopes, &mut displacements);
            for (k, &t) in all.iter().enumerate() {
                let (one, ln_slope) = line.at(t);
                assert!((x[k] - one).abs() <= 4.0 * f64::EPSILON * one.abs().max(1.0), "{line:?} at {t}");
                assert!((ln_slopes[k] - ln_slope).abs() <= 8.0 * f64::EPSILON, "{line:?} at {t}");
                // Where x is 0 it may be so to rounding only.
                let displacement = line.displacement(t);
                let apart = (displacements[k] - displacement).abs();
                assert!(apart <= 1e-14 * displacement + 4.0 * f64::EPSILON * f64::EPSILON, "{line:?} at {t}");
                let h = 1e-5;
                let slope = (line.at(t + h).0 - line.at(t - h).0) / (2.0 * h);
                assert!((slope.ln() - line.at(t).1).abs() < 1e-8, "{line:?} at {t}");
            }
        }
    }
}
