//! Slices on which a function of the parameters has a given value.

use super::function::{Expansion, ParameterFunction, SmoothFunction};
use super::slice::{Slice, Summit, Terrain, supremum};
use crate::coordinate::Coordinate;
use crate::error::Error;
use crate::inference::objective::{Local, Objective};
use crate::model::{Parameter, ParameterSpace};
use nalgebra::{DMatrix, DVector};
use std::borrow::Borrow;
use std::cell::Cell;
use std::marker::PhantomData;

/// A function of the parameters, of whatever parameter space.
pub(super) trait Constraint {
    fn at(&self, theta: &[f64]) -> Result<Expansion, Error>;
    fn name(&self) -> String;
}

/// That of a model.
pub(super) struct Of<'f, S, F> {
    pub function: &'f F,
    pub space: PhantomData<fn() -> S>,
}

impl<S: ParameterSpace, F: ParameterFunction<S>> Constraint for Of<'_, S, F> {
    fn at(&self, theta: &[f64]) -> Result<Expansion, Error> {
        self.function.expansion(S::from_slice(theta)?.borrow())
    }

    fn name(&self) -> String {
        self.function.name()
    }
}

/// The sets g(θ) = c, with c moving in its coordinate without bounds.
pub(super) struct LevelSet<'a> {
    pub terrain: &'a Terrain<'a>,
    pub function: &'a dyn Constraint,
    /// The coordinate of c …
    pub coordinate: Coordinate,
    /// … its value at t = 0 …
    pub origin: f64,
    /// … and its change with t.
    pub direction: f64,
}

impl LevelSet<'_> {
    /// The maximum where the function has the value c, searched from θ.
    pub fn summit(&self, t: f64, c: f64, mut theta: Vec<f64>) -> Result<Summit, Error> {
        let Terrain { objective, .. } = self.terrain;
        let set = Eliminated::new(self, c, &theta)?;
        theta[set.pivot] = set.pivot_at(&theta)?;
        if !set.others.is_empty() {
            let start: Vec<f64> = set.others.iter().map(|&i| theta[i]).collect();
            theta = set.all(&supremum(&set, &start)?)?;
        }
        let (local, at) = (objective.at(&theta)?, self.function.at(&theta)?);
        let speed = self.direction * self.coordinate.slopes(c).0;
        let multiplier = local.gradient[set.pivot] / at.gradient[set.pivot];
        let tangent = self.terrain.tangent(&theta, &local, &[(at, multiplier)], &[speed]);
        Ok(Summit {
            t,
            value: local.value,
            slope: multiplier * speed,
            tangent: tangent.unwrap_or_else(|| DVector::zeros(theta.len())),
            theta,
        })
    }
}

impl Slice for LevelSet<'_> {
    fn maximum(&self, t: f64, near: &Summit) -> Result<Summit, Error> {
        let c = self.coordinate.parameter(self.origin + t * self.direction);
        let ahead = self.summit(t, c, self.terrain.predict(t, near));
        ahead.or_else(|_| self.summit(t, c, near.theta.clone()))
    }
}

/// The likelihood on g(θ) = c as a function of all parameters but one, the pivot, for which the equation is solved.
///
/// With the multiplier μ = ℓₖ/gₖ of the pivot k, the columns T of the tangent plane, and minus the Hessians A of ℓ and −H of g,
/// gradient and curvature are Tᵀ∇ℓ and Tᵀ(A + μH)T: those of the Lagrangian ℓ − μ(g − c) along the set.
struct Eliminated<'a> {
    set: &'a LevelSet<'a>,
    c: f64,
    pivot: usize,
    others: Vec<usize>,
    parameters: Vec<Parameter>,
    theta: Vec<f64>,
    /// The coordinate of the pivot where the equation was solved last.
    last: Cell<f64>,
}

impl<'a> Eliminated<'a> {
    /// The pivot is the parameter that moves the function most when it moves by a standard error.
    fn new(set: &'a LevelSet<'a>, c: f64, theta: &[f64]) -> Result<Self, Error> {
        let (local, at) = (set.terrain.objective.at(theta)?, set.function.at(theta)?);
        let effect = |i: usize| {
            let (slope, curvature) = (set.terrain.coordinates.get(i).slopes(theta[i]).0, local.curvature[(i, i)].abs());
            at.gradient[i].abs() * if curvature > 0.0 { curvature.sqrt().recip() } else { slope }
        };
        let pivot = (0..theta.len()).max_by(|&i, &j| effect(i).total_cmp(&effect(j))).unwrap_or(0);
        let others: Vec<usize> = (0..theta.len()).filter(|&i| i != pivot).collect();
        Ok(Self {
            set,
            c,
            pivot,
            parameters: others.iter().map(|&i| set.terrain.objective.parameters()[i].clone()).collect(),
            others,
            theta: theta.to_vec(),
            last: Cell::new(set.terrain.coordinates.get(pivot).of_parameter(theta[pivot])),
        })
    }

    /// The pivot's value that solves the equation, given all the others, by Newton's method with halved steps.
    fn pivot_at(&self, theta: &[f64]) -> Result<f64, Error> {
        let coordinate = self.set.terrain.coordinates.get(self.pivot);
        let aim = self.set.coordinate.of_parameter(self.c);
        let mut theta = theta.to_vec();
        // How far the function is from its value, and the derivative of that, at a coordinate of the pivot.
        let mut miss_at = |phi: f64| -> Result<(f64, f64), Error> {
            theta[self.pivot] = coordinate.parameter(phi);
            let at = self.set.function.at(&theta)?;
            let steepness = coordinate.slopes(theta[self.pivot]).0 / self.set.coordinate.slopes(at.value).0;
            Ok((self.set.coordinate.of_parameter(at.value) - aim, at.gradient[self.pivot] * steepness))
        };
        let mut phi = self.last.get();
        let (mut miss, mut slope) = miss_at(phi)?;
        for _ in 0..NEWTON_STEPS {
            let mut step = -miss / slope;
            if !step.is_finite() || step.abs() <= f64::EPSILON * phi.abs() {
                break;
            }
            let mut better = None;
            for _ in 0..HALVINGS {
                if let Ok(there) = miss_at(phi + step)
                    && there.0.abs() < miss.abs()
                {
                    better = Some(there);
                    break;
                }
                step *= 0.5;
            }
            let Some(there) = better else { break };
            phi += step;
            (miss, slope) = there;
        }
        if miss.is_nan() || miss.abs() > NEAR * aim.abs().max(1.0) {
            let parameter = self.set.terrain.objective.parameters()[self.pivot].name.to_string();
            let (function, value) = (self.set.function.name(), self.c);
            return Err(Error::ValueNotTaken { function, value, parameter, theta });
        }
        self.last.set(phi);
        Ok(coordinate.parameter(phi))
    }

    /// All parameters, given the others.
    fn all(&self, others: &[f64]) -> Result<Vec<f64>, Error> {
        let mut theta = self.theta.clone();
        for (&place, &value) in self.others.iter().zip(others) {
            theta[place] = value;
        }
        theta[self.pivot] = self.pivot_at(&theta)?;
        Ok(theta)
    }

    /// The tangent plane: by how much all parameters move with each of the others.
    fn plane(&self, at: &Expansion) -> DMatrix<f64> {
        let mut plane = DMatrix::zeros(self.theta.len(), self.others.len());
        for (column, &place) in self.others.iter().enumerate() {
            plane[(place, column)] = 1.0;
            plane[(self.pivot, column)] = -at.gradient[place] / at.gradient[self.pivot];
        }
        plane
    }
}

impl Objective for Eliminated<'_> {
    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn at(&self, others: &[f64]) -> Result<Local, Error> {
        let theta = self.all(others)?;
        let (local, at) = (self.set.terrain.objective.at(&theta)?, self.set.function.at(&theta)?);
        let plane = self.plane(&at);
        let multiplier = local.gradient[self.pivot] / at.gradient[self.pivot];
        Ok(Local {
            value: local.value,
            gradient: plane.tr_mul(&local.gradient),
            gradient_error: plane.abs().tr_mul(&local.gradient_error),
            curvature: plane.tr_mul(&((local.curvature + at.hessian * multiplier) * &plane)),
        })
    }

    fn expected_curvature(&self, others: &[f64]) -> Result<DMatrix<f64>, Error> {
        let theta = self.all(others)?;
        let plane = self.plane(&self.set.function.at(&theta)?);
        Ok(plane.tr_mul(&(self.set.terrain.objective.expected_curvature(&theta)? * &plane)))
    }
}

const NEWTON_STEPS: usize = 60;

const HALVINGS: usize = 40;

/// The equation counts as solved if it holds to so much.
const NEAR: f64 = 1e-12;
