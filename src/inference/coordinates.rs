//! Coordinates without bounds, in which a search cannot leave the domain.

use super::objective::Local;
use crate::model::Domain;
use nalgebra::{DMatrix, DVector};

/// The coordinate φ of one parameter θ: the whole line, whatever the domain of θ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Coordinate {
    /// φ = θ
    Plain,
    /// φ = ln(θ − a), for θ > a
    Above(f64),
    /// φ = −ln(b − θ), for θ < b
    Below(f64),
    /// φ = ln((θ − a)/(b − θ)), for a < θ < b
    Between(f64, f64),
}

impl Coordinate {
    pub fn of(domain: Domain) -> Self {
        match (domain.lower.is_finite(), domain.upper.is_finite()) {
            (false, false) => Self::Plain,
            (true, false) => Self::Above(domain.lower),
            (false, true) => Self::Below(domain.upper),
            (true, true) => Self::Between(domain.lower, domain.upper),
        }
    }

    /// φ(θ)
    pub fn of_parameter(self, theta: f64) -> f64 {
        match self {
            Self::Plain => theta,
            Self::Above(a) => (theta - a).ln(),
            Self::Below(b) => -(b - theta).ln(),
            Self::Between(a, b) => ((theta - a) / (b - theta)).ln(),
        }
    }

    /// θ(φ). Where it would round to a bound, or beyond the finite numbers, it is the nearest number inside.
    pub fn parameter(self, phi: f64) -> f64 {
        match self {
            Self::Plain => phi,
            Self::Above(a) => (a + phi.exp()).clamp(a.next_up(), f64::MAX),
            Self::Below(b) => (b - (-phi).exp()).clamp(f64::MIN, b.next_down()),
            Self::Between(a, b) => (a + (b - a) / (1.0 + (-phi).exp())).clamp(a.next_up(), b.next_down()),
        }
    }

    /// dθ/dφ and d²θ/dφ², at θ.
    pub fn slopes(self, theta: f64) -> (f64, f64) {
        match self {
            Self::Plain => (1.0, 0.0),
            Self::Above(a) => (theta - a, theta - a),
            Self::Below(b) => (b - theta, theta - b),
            Self::Between(a, b) => {
                let (left, right) = ((theta - a) / (b - a), (b - theta) / (b - a));
                let slope = (b - a) * left * right;
                (slope, slope * (right - left))
            }
        }
    }

    /// A point of the domain far from its bounds: 0, 1 above or below a bound, or so large a share of the way between two.
    pub fn neutral(self, share: f64) -> f64 {
        match self {
            Self::Between(lower, upper) => lower + share * (upper - lower),
            _ => self.parameter(0.0),
        }
    }

    /// By how much a step may change the coordinate at first: logarithms have no dimension.
    pub fn largest_unit(self) -> f64 {
        if self == Self::Plain { f64::INFINITY } else { 1.0 }
    }

    /// Whether the domain has a single bound.
    pub fn is_half_line(self) -> bool {
        matches!(self, Self::Above(_) | Self::Below(_))
    }

    /// The finite bound that is approached when φ goes on in this direction.
    pub fn bound_ahead(self, direction: f64) -> Option<f64> {
        match self {
            Self::Above(bound) if direction < 0.0 => Some(bound),
            Self::Below(bound) if direction > 0.0 => Some(bound),
            Self::Between(lower, upper) => Some(if direction < 0.0 { lower } else { upper }),
            _ => None,
        }
    }
}

/// One coordinate for each parameter.
pub(crate) struct Coordinates(Vec<Coordinate>);

impl Coordinates {
    pub fn of(domains: impl Iterator<Item = Domain>) -> Self {
        Self(domains.map(Coordinate::of).collect())
    }

    /// That of parameter `index`.
    pub fn get(&self, index: usize) -> Coordinate {
        self.0[index]
    }

    /// The largest move of a coordinate of a bounded parameter in a step.
    pub fn largest_leap(&self, step: &DVector<f64>) -> f64 {
        let bounded = self.0.iter().zip(step).filter(|(coordinate, _)| **coordinate != Coordinate::Plain);
        bounded.fold(0.0, |largest, (_, step)| largest.max(step.abs()))
    }

    /// θ(φ)
    pub fn parameters(&self, phi: &[f64]) -> Vec<f64> {
        self.0.iter().zip(phi).map(|(coordinate, &phi)| coordinate.parameter(phi)).collect()
    }

    /// φ(θ)
    pub fn of_parameters(&self, theta: &[f64]) -> Vec<f64> {
        self.0.iter().zip(theta).map(|(coordinate, &theta)| coordinate.of_parameter(theta)).collect()
    }

    /// A function of θ as a function of φ: with t = dθ/dφ, the gradient is t g and the curvature t A tᵀ − g d²θ/dφ².
    pub fn pull_back(&self, theta: &[f64], local: Local) -> Local {
        let slopes: Vec<(f64, f64)> =
            self.0.iter().zip(theta).map(|(coordinate, &theta)| coordinate.slopes(theta)).collect();
        let Local { value, mut gradient, mut gradient_error, mut curvature } = local;
        for (i, &(slope, bend)) in slopes.iter().enumerate() {
            for (j, &(other, _)) in slopes.iter().enumerate() {
                curvature[(i, j)] *= slope * other;
            }
            curvature[(i, i)] -= gradient[i] * bend;
            gradient[i] *= slope;
            gradient_error[i] *= slope;
        }
        Local { value, gradient, gradient_error, curvature }
    }

    /// A metric of θ as a metric of φ.
    pub fn pull_back_metric(&self, theta: &[f64], metric: &DMatrix<f64>) -> DMatrix<f64> {
        let slope = |i: usize| self.0[i].slopes(theta[i]).0;
        DMatrix::from_fn(metric.nrows(), metric.ncols(), |i, j| slope(i) * metric[(i, j)] * slope(j))
    }
}
