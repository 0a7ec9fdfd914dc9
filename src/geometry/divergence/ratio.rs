//! The log-ratio of two densities at an observation.

use super::supports::shares;
use crate::model::{Datum, LogLikelihood, Observation, OwnedTheta, ParameterSpace, SampleSpace, Support};
use num_dual::Dual64;
use std::borrow::Borrow;

/// One of two distributions: a member of the family of a model.
pub(super) struct Member<'a, M: LogLikelihood + ?Sized> {
    pub(super) model: &'a M,
    pub(super) theta: OwnedTheta<M, f64>,
    pub(super) support: Support,
}

impl<M: LogLikelihood + ?Sized> Clone for Member<'_, M> {
    fn clone(&self) -> Self {
        Self { model: self.model, theta: self.theta.clone(), support: self.support.clone() }
    }
}

impl<M: SampleSpace> Member<'_, M> {
    pub(super) fn ln_density(&self, x: &Datum<M, f64>) -> f64 {
        self.model.ln_likelihood(self.theta.borrow(), x)
    }

    /// ln g(x), where g is this density and x an observation of a distribution with the support `own`; −∞ outside.
    pub(super) fn ln_density_given(&self, own: &Support, x: &Datum<M, f64>) -> f64 {
        if !shares(own, &self.support, M::Observation::coordinates(x)) {
            return f64::NEG_INFINITY;
        }
        let ln_density = self.ln_density(x);
        // Where the support says nothing, NaN means outside, as it does for a log-likelihood.
        let silent = matches!(self.support, Support::Unstructured | Support::Response(_));
        if silent && ln_density.is_nan() { f64::NEG_INFINITY } else { ln_density }
    }
}

/// The nodes in (0, 1) and weights of the Gauss–Legendre rules with two and with four points.
const TWO: [(f64, f64); 2] = [(0.211_324_865_405_187_1, 0.5), (0.788_675_134_594_812_9, 0.5)];
const FOUR: [(f64, f64); 4] = [
    (0.069_431_844_202_973_71, 0.173_927_422_568_726_92),
    (0.330_009_478_207_571_87, 0.326_072_577_431_273_1),
    (0.669_990_521_792_428_1, 0.326_072_577_431_273_1),
    (0.930_568_155_797_026_3, 0.173_927_422_568_726_92),
];

/// A log-ratio smaller than this, relative to the logarithms that it is the difference of, has lost digits worth restoring.
const CANCELLED: f64 = 0.01;

/// If the rule with two points is right to this, that with four is right to its square.
const SETTLED: f64 = 1e-7;

/// How far the two ways may differ, relative to the logarithms.
const ROUNDING: f64 = 1e-9;

/// ln f(x; θ′) − ln f(x; θ) of two members of one family, with its relative digits where they are close together.
///
/// The difference of two logarithms of order one that agree to n digits has lost n digits. But it is also the integral of the score
/// along the way from θ to θ′,
///
/// ```math
/// w = \int_0^1 (\theta' - \theta) \cdot s(\theta + t(\theta' - \theta); x)\, dt ,
/// ```
///
/// which a few nodes give to all digits if θ and θ′ are close. Whether they are is found out: the two rules have to agree with one another,
/// and with the difference as far as that has digits.
pub(super) fn along_the_segment<M: LogLikelihood + ?Sized>(
    model: &M,
    from: &OwnedTheta<M, f64>,
    to: &OwnedTheta<M, f64>,
    x: &Datum<M, f64>,
    (ln_f, ln_g): (f64, f64),
) -> f64 {
    let difference = ln_g - ln_f;
    let size = 1.0 + ln_f.abs().max(ln_g.abs());
    let coordinates = M::Observation::coordinates(x);
    if !difference.is_finite() || difference.abs() > CANCELLED * size || coordinates.is_empty() {
        return difference;
    }
    let lifted: Vec<Dual64> = coordinates.iter().map(|&x| Dual64::from(x)).collect();
    let Some(x) = M::Observation::from_coordinates(&lifted) else { return difference };
    let (from, to) = (from.as_ref(), to.as_ref());
    let slope = |t: f64| {
        let theta = M::Parameters::build(from.len(), |i| Dual64::new(from[i] + t * (to[i] - from[i]), to[i] - from[i]));
        model.ln_likelihood(theta.borrow(), x).eps
    };
    let two: f64 = TWO.iter().map(|(t, weight)| weight * slope(*t)).sum();
    let (mut four, mut steepest) = (0.0, 0.0_f64);
    for (t, weight) in FOUR {
        let slope = slope(t);
        four += weight * slope;
        steepest = steepest.max(slope.abs());
    }
    let settled = (four - two).abs() <= SETTLED * steepest;
    let agree = (four - difference).abs() <= ROUNDING * size;
    if settled && agree { four } else { difference }
}
