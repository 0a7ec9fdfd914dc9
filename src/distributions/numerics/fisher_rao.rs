//! Fisher–Rao distances that many families share, without cancellation where the two points are close.

use super::ln_ratio::ln_ratio;
use crate::scalar::Scalar;

/// √c |ln(σ′/σ)|: the distance of two scales, of which ln σ has the information c.
#[inline]
pub(in crate::distributions) fn scales<D: Scalar>(information: D, scale: D, other: D) -> D {
    information.sqrt() * ln_ratio(scale, other).abs()
}

/// √a |μ′ − μ|/σ: the distance of two locations for one scale, where μ has the information a/σ².
#[inline]
pub(in crate::distributions) fn locations<D: Scalar>(information: D, shift: D, scale: D) -> D {
    information.sqrt() * (shift / scale).abs()
}

/// √a − √b
#[inline]
pub(in crate::distributions) fn difference_of_roots<D: Scalar>(a: D, b: D) -> D {
    (a - b) / (a.sqrt() + b.sqrt())
}

/// The distance of two probabilities p of success of independent trials, where each counts for information 1/p²(1 − p): of the
/// geometric distribution.
///
/// With q = √(1 − p) the metric is 2dq/(1 − q²), and sinh(d/2) = |q − q′|/√(pp′).
#[inline]
pub(in crate::distributions) fn waiting_times<D: Scalar>(p: D, other: D) -> D {
    let [q, other_q] = [p, other].map(|p| (-p + 1.0).sqrt());
    let difference = (p - other).abs() / (q + other_q);
    (difference / (p.sqrt() * other.sqrt())).asinh() * 2.0
}

/// The distance 4 arcsin(½|√p − √p′|) of the vectors of probabilities p and p′, which is the length of the arc between the square
/// roots on a sphere of radius 2. The probability that is left over from 1 is one more.
///
/// Source: Rao (1945); Kass and Vos, *Geometrical Foundations of Asymptotic Inference* (1997), section 2.
pub(in crate::distributions) fn probabilities<D: Scalar>(some: &[D], others: &[D]) -> D {
    let (mut square, mut shift) = (D::from(0.0), D::from(0.0));
    let (mut rest, mut other_rest) = (D::from(1.0), D::from(1.0));
    for (&p, &other) in some.iter().zip(others) {
        square += difference_of_roots(p, other).powi(2);
        shift += other - p;
        rest -= p;
        other_rest -= other;
    }
    // The difference of the two rests, without their rounding.
    square += (shift / (rest.sqrt() + other_rest.sqrt())).powi(2);
    (square.sqrt() * 0.5).asin() * 4.0
}

/// The metric (a dμ² + 2b dμ dσ + c dσ²)/σ² of a family of locations μ and scales σ.
///
/// With u = (√a/κ)(μ + bσ/a) and κ² = c − b²/a it is κ²(du² + dσ²)/σ², which is κ² times the metric of the half-plane
/// of Poincaré.
#[derive(Clone, Copy, Debug)]
pub(in crate::distributions) struct HalfPlane<D> {
    pub(in crate::distributions) location: D,
    pub(in crate::distributions) cross: D,
    pub(in crate::distributions) scale: D,
}

impl HalfPlane<f64> {
    /// A metric whose constants depend on no parameter.
    pub(in crate::distributions) fn lift<D: Scalar>(self) -> HalfPlane<D> {
        HalfPlane { location: D::from(self.location), cross: D::from(self.cross), scale: D::from(self.scale) }
    }
}

impl<D: Scalar> HalfPlane<D> {
    /// Without a cross term.
    pub(in crate::distributions) fn orthogonal(location: D, scale: D) -> Self {
        Self { location, cross: D::from(0.0), scale }
    }

    /// The distance where the parameters are μ and σ themselves.
    pub(in crate::distributions) fn of_locations(
        self,
        &[mean, one]: &[D; 2],
        &[other_mean, other]: &[D; 2],
        free: &[bool],
    ) -> Option<D> {
        self.distance(other_mean - mean, other - one, [one, other], free)
    }

    /// The distance where the parameters are a shape k = 1/σ and a scale s = e^μ, in this order: where ln x has location μ and scale σ.
    pub(in crate::distributions) fn of_shapes(
        self,
        &[shape, scale]: &[D; 2],
        &[other, other_scale]: &[D; 2],
        free: &[bool],
    ) -> Option<D> {
        let [shape_is_free, scale_is_free] = *free else { return None };
        let widening = (shape - other) / shape / other;
        let shift = ln_ratio(other_scale, scale);
        self.distance(shift, widening, [shape.recip(), other.recip()], &[scale_is_free, shape_is_free])
    }

    /// The distance between the scales σ = `scales[0]` and σ′ = `scales[1]`, which differ by `widening` = σ′ − σ, at locations that
    /// differ by `shift` = μ′ − μ, where only the `free` ones of μ and σ may vary.
    pub(in crate::distributions) fn distance(
        self,
        shift: D,
        widening: D,
        [one, other]: [D; 2],
        free: &[bool],
    ) -> Option<D> {
        match *free {
            [true, true] => Some(self.between(shift, widening, one, other)),
            [true, false] => Some(locations(self.location, shift, one)),
            [false, true] => Some(scales(self.scale, one, other)),
            _ => None,
        }
    }

    /// 2κ arsinh(√(Δu² + Δσ²)/2√(σσ′))
    fn between(self, shift: D, widening: D, one: D, other: D) -> D {
        let cross = self.cross / self.location;
        let curvature_radius = (self.scale - self.cross * cross).sqrt();
        let across = (shift + widening * cross) * (self.location.sqrt() / curvature_radius);
        let chord = hypotenuse(across, widening);
        let half = chord / one.sqrt() / other.sqrt() * 0.5;
        let half_distance = if half.re() < HUGE { half.asinh() } else { chord.ln() - (one.ln() + other.ln()) * 0.5 };
        curvature_radius * half_distance * 2.0
    }
}

/// From here on arsinh z is ln 2z to rounding.
const HUGE: f64 = 1e9;

/// √(a² + b²), which neither overflows nor underflows before the result does.
fn hypotenuse<D: Scalar>(a: D, b: D) -> D {
    let (a, b) = (a.abs(), b.abs());
    let (large, small) = if a.re() < b.re() { (b, a) } else { (a, b) };
    if large.re() == 0.0 {
        return large;
    }
    large * ((small / large).powi(2) + 1.0).sqrt()
}
