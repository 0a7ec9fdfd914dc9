//! Families that a group acts on: location, scale, location and scale, and powers of a scaled variable.
//!
//! If x = g(θ, z), where z has a density without parameters, the information at θ is that at one point θ₀, moved there by the group.
//! For a location μ and a scale σ, x = μ + σz, it is σ⁻² times a matrix of numbers; for a scale s and a power k, x = s z^(1/k), ln x has
//! the location ln s and the scale 1/k. Only the numbers have to be integrated.
//!
//! Source: Lehmann and Casella, *Theory of Point Estimation* (1998), section 2.5.

use super::density::LogDensity;
use super::expression::{Expression, Role, Symbol};
use super::identify::identify;
use super::symbols::subscript;
use super::{Matrix, Refusal};
use crate::error::Error;
use crate::expectation::{Method, Settings};
use crate::information::{Expected, Information, moments};
use crate::model::{ParameterSpace, SampleSpace};
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// How the parameters move the observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// x = μ + z
    Location {
        /// The position of μ.
        location: usize,
    },
    /// x = σz
    Scale {
        /// The position of σ.
        scale: usize,
    },
    /// x = μ + σz
    LocationScale {
        /// The position of μ.
        location: usize,
        /// The position of σ.
        scale: usize,
    },
    /// x = s z^(1/k)
    ScalePower {
        /// The position of s.
        scale: usize,
        /// The position of k.
        power: usize,
    },
}

/// A number that an information contains, found by quadrature.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Its name in the formula: c₁₂ of the first and the second parameter.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// A bound of its error.
    pub error: f64,
    /// What the value looks like: a fraction, or a simple expression in π² and Euler's constant, that agrees within the error. A guess, not a
    /// proof.
    pub recognised: Option<Expression>,
}

impl Action {
    fn all(parameters: usize) -> Vec<Self> {
        match parameters {
            1 => vec![Self::Location { location: 0 }, Self::Scale { scale: 0 }],
            2 => [(0, 1), (1, 0)]
                .into_iter()
                .flat_map(|(a, b)| {
                    [Self::LocationScale { location: a, scale: b }, Self::ScalePower { scale: a, power: b }]
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The action under which the family is one orbit, if there is one.
    pub(super) fn of(density: &LogDensity) -> Option<Self> {
        let [x] = density.data.as_slice() else { return None };
        if !density.rows.is_empty() {
            return None;
        }
        let actions = Self::all(density.parameters.len());
        actions.into_iter().find(|action| {
            density.branches.iter().all(|branch| {
                let moved = action.moved(&branch.expression, &density.parameters, x);
                density.parameters.iter().all(|parameter| moved.derivative(parameter).is_zero())
            })
        })
    }

    /// The log-density of z: ln f(g(θ, z); θ) + ln ∂g/∂z.
    fn moved(self, ln_density: &Expression, parameters: &[Symbol], x: &Symbol) -> Expression {
        let of = |index: usize| Expression::symbol(&parameters[index]);
        let z = Expression::symbol(x);
        let (image, ln_slope) = match self {
            Self::Location { location } => (&of(location) + &z, Expression::integer(0)),
            Self::Scale { scale } => (&of(scale) * &z, of(scale).ln()),
            Self::LocationScale { location, scale } => (&of(location) + &(&of(scale) * &z), of(scale).ln()),
            Self::ScalePower { scale, power } => {
                let inverse = of(power).reciprocal();
                let image = &of(scale) * &(&inverse * &z.ln()).exp();
                let exponent = &(&inverse - &Expression::integer(1)) * &z.ln();
                (image, &(&of(scale).ln() - &of(power).ln()) + &exponent)
            }
        };
        &ln_density.substitute(&|symbol| (symbol.role() == Role::Datum).then(|| image.clone())) + &ln_slope
    }

    /// The parameters at which the numbers are integrated.
    fn origin(self, parameters: usize) -> Vec<f64> {
        let mut origin = vec![1.0; parameters];
        if let Self::Location { location } | Self::LocationScale { location, .. } = self {
            origin[location] = 0.0;
        }
        origin
    }

    /// The factors dᵢ with Iᵢⱼ(θ) = dᵢ dⱼ Iᵢⱼ(θ₀).
    fn factors(self, parameters: &[Symbol]) -> Vec<Expression> {
        let of = |index: usize| Expression::symbol(&parameters[index]);
        let mut factors = vec![Expression::integer(1); parameters.len()];
        match self {
            Self::Location { .. } => {}
            Self::Scale { scale } => factors[scale] = of(scale).reciprocal(),
            Self::LocationScale { scale, .. } => factors.fill(of(scale).reciprocal()),
            Self::ScalePower { scale, power } => {
                factors[scale] = of(power).over_expression(&of(scale));
                factors[power] = of(power).reciprocal();
            }
        }
        factors
    }

    /// The information of a family that the group acts on, with the numbers in it.
    pub(super) fn information<M: SampleSpace>(
        self,
        model: &M,
        parameters: &[Symbol],
    ) -> Result<(Matrix, Vec<Number>), Refusal> {
        let at_origin = sharp(model, &self.origin(parameters.len()))?;
        let factors = self.factors(parameters);
        let number = |i: usize, j: usize| {
            let (value, error) = (at_origin.matrix()[(i, j)], at_origin.error()[(i, j)]);
            let name = format!("c{}{}", subscript(i + 1), subscript(j + 1));
            (value.abs() > error).then(|| Number { name, value, error, recognised: identify(value, error) })
        };
        let pairs = (0..parameters.len()).flat_map(|i| (i..parameters.len()).map(move |j| (i, j)));
        let numbers: BTreeMap<_, _> = pairs.filter_map(|(i, j)| Some(((i, j), number(i, j)?))).collect();
        let matrix = Matrix::new(parameters, &[], |i, j| match numbers.get(&(i.min(j), i.max(j))) {
            Some(number) => &number.expression() * &(&factors[i] * &factors[j]),
            None => Expression::integer(0),
        });
        Ok((matrix, numbers.into_values().collect()))
    }
}

impl Number {
    /// What it was recognised as, or else its name.
    fn expression(&self) -> Expression {
        self.recognised.clone().unwrap_or_else(|| Expression::named(&self.name, self.value))
    }
}

/// The information at a point, as exactly as quadrature can have it.
fn sharp<M: SampleSpace>(model: &M, theta: &[f64]) -> Result<Information<Expected>, Error> {
    let theta = M::Parameters::from_slice(theta)?;
    let at = |tolerance: f64| {
        let settings = Settings { tolerance, ..Settings::default() };
        moments(model, theta.borrow(), Method::Automatic, &settings)?.information()
    };
    at(1e-14).or_else(|_| at(1e-13)).or_else(|_| at(1e-12)).or_else(|_| at(1e-10))
}
