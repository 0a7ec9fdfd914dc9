//! A model in other coordinates.

use super::metric_jet::nilpotent;
use super::{
    Capabilities, ClosedForm, Datum, Domain, FisherRao, LogLikelihood, MetricJet, OwnedDatum, OwnedTheta, Parameter,
    ParameterSpace, Quantile, SampleSpace, Sampler, Square, Support, Theta,
};
use crate::error::Error;
use crate::scalar::{Compose, FirstOrder, Scalar};
use std::borrow::Borrow;

/// The map from new coordinates φ to the model's own θ = θ(φ), as a generic function.
///
/// The number of parameters stays the same. The Jacobian is found by dual numbers.
pub trait CoordinateMap<S: ParameterSpace>: Sync {
    /// θ(φ).
    fn map<D: Scalar>(&self, phi: &S::Of<D>) -> S::Owned<D>;

    /// The names and domains of φ, given those of θ.
    fn parameters(&self, original: Vec<Parameter>) -> Vec<Parameter>;

    /// φ(θ), if the map knows it: then a rough estimate of θ is one of φ.
    fn inverse(&self, theta: &S::Of<f64>) -> Option<S::Owned<f64>> {
        let _ = theta;
        None
    }
}

/// A function of one parameter: φ = g(θ) is the new coordinate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Link {
    /// φ = θ
    Identity,
    /// φ = ln θ, for θ > 0
    Log,
    /// φ = ln(θ/(1 − θ)), for 0 < θ < 1
    Logit,
    /// φ = √θ, for θ > 0
    SquareRoot,
    /// φ = 1/θ, for θ > 0
    Inverse,
}

impl Link {
    /// φ = g(θ)
    pub fn apply<D: Scalar>(self, theta: D) -> D {
        match self {
            Self::Identity => theta,
            Self::Log => theta.ln(),
            Self::Logit => theta.logit(),
            Self::SquareRoot => theta.sqrt(),
            Self::Inverse => theta.recip(),
        }
    }

    /// θ = g⁻¹(φ)
    pub fn inverse<D: Scalar>(self, phi: D) -> D {
        match self {
            Self::Identity => phi,
            Self::Log => phi.exp(),
            Self::Logit => phi.logistic(),
            Self::SquareRoot => phi * phi,
            Self::Inverse => phi.recip(),
        }
    }

    /// dθ/dφ at φ
    pub fn slope<D: Scalar>(self, phi: D) -> D {
        match self {
            Self::Identity => D::from(1.0),
            Self::Log => phi.exp(),
            Self::Logit => phi.logistic() * (-phi).logistic(),
            Self::SquareRoot => phi * 2.0,
            Self::Inverse => -(phi * phi).recip(),
        }
    }

    fn parameter(self, original: Parameter) -> Parameter {
        let Parameter { name, symbol, domain } = &original;
        let image = |g: fn(f64) -> f64| Domain { lower: g(domain.lower), upper: g(domain.upper) };
        let (function, domain) = match self {
            Self::Identity => return original,
            Self::Log => ("ln ", image(|theta| theta.max(0.0).ln())),
            Self::Logit => {
                let logit = |theta: f64| {
                    let p = theta.clamp(0.0, 1.0);
                    (p / (1.0 - p)).ln()
                };
                ("logit ", image(logit))
            }
            Self::SquareRoot => ("√", image(|theta| theta.max(0.0).sqrt())),
            // The larger θ, the smaller φ.
            Self::Inverse => {
                let Domain { lower: upper, upper: lower } = image(|theta| theta.max(0.0).recip());
                ("1/", Domain { lower, upper })
            }
        };
        Parameter::new(format!("{function}{name}"), domain).symbol(format!("{function}{symbol}"))
    }
}

/// One [`Link`] for each parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Elementwise(pub Vec<Link>);

impl Elementwise {
    /// The link of parameter `index`; parameters beyond the end of the list keep their coordinate.
    fn link(&self, index: usize) -> Link {
        self.0.get(index).copied().unwrap_or(Link::Identity)
    }
}

impl<S: ParameterSpace> CoordinateMap<S> for Elementwise {
    fn map<D: Scalar>(&self, phi: &S::Of<D>) -> S::Owned<D> {
        S::build(phi.as_ref().len(), |i| self.link(i).inverse(phi.as_ref()[i]))
    }

    fn parameters(&self, original: Vec<Parameter>) -> Vec<Parameter> {
        original.into_iter().enumerate().map(|(i, parameter)| self.link(i).parameter(parameter)).collect()
    }

    fn inverse(&self, theta: &S::Of<f64>) -> Option<S::Owned<f64>> {
        Some(S::build(theta.as_ref().len(), |i| self.link(i).apply(theta.as_ref()[i])))
    }
}

/// The model `M` in the coordinates φ of the map `T`: ℓ(φ; x) = ℓ(θ(φ); x).
///
/// Scores, Hessians and Fisher matrices come out in the coordinates φ, by nothing but the chain rule of the dual numbers.
///
/// ```
/// use fisher_information::prelude::*;
/// # struct Exponential;
/// # impl LogLikelihood for Exponential {
/// #     type Parameters = Fixed<1>;
/// #     type Observation = f64;
/// #     fn ln_likelihood<D: Scalar>(&self, &[rate]: &[D; 1], &x: &D) -> D { rate.ln() - rate * x }
/// # }
/// let log_rate = Reparametrised::new(Exponential, Elementwise(vec![Link::Log]));
/// assert_eq!(log_rate.ln_likelihood(&[0.0], &3.0), -3.0);   // ln rate = 0, so the rate is 1
/// ```
#[derive(Clone, Debug)]
pub struct Reparametrised<M, T> {
    /// The model in its own coordinates.
    pub model: M,
    /// The map from the new coordinates to the model's own.
    pub map: T,
}

impl<M: LogLikelihood, T: CoordinateMap<M::Parameters>> Reparametrised<M, T> {
    /// The model in the coordinates of the map.
    pub fn new(model: M, map: T) -> Self {
        Self { model, map }
    }

    /// The Jacobian ∂θᵢ/∂φⱼ at φ, row by row.
    pub fn jacobian(&self, phi: &Theta<M, f64>) -> Vec<Vec<f64>> {
        jacobian::<M::Parameters, T, f64>(&self.map, phi)
    }

    /// The metric in the new coordinates, as a number that carries derivatives with respect to them.
    fn pulled_back<D: Compose>(&self, own: &MetricJet, phi: &Theta<M, D>) -> Square<M, D> {
        let change = nilpotent(self.map.map(phi).as_ref());
        let metric = M::Parameters::square(change.len(), |i, j| own.at(i, j, &change));
        let jacobian = jacobian::<M::Parameters, T, D>(&self.map, phi);
        pull_back::<M::Parameters, D>(&metric, change.len(), |i, j| jacobian[i][j])
    }
}

/// The Jacobian ∂θᵢ/∂φⱼ of a coordinate map, row by row, by dual numbers.
pub(crate) fn jacobian<S: ParameterSpace, T: CoordinateMap<S>, D: Compose>(map: &T, phi: &S::Of<D>) -> Vec<Vec<D>> {
    let phi = phi.as_ref();
    let width = <S::First<D> as FirstOrder<D>>::WIDTH;
    let mut rows = vec![vec![D::from(0.0); phi.len()]; phi.len()];
    for start in (0..phi.len()).step_by(width) {
        let seeded =
            S::build(phi.len(), |i| S::First::<D>::seed(phi[i], i.checked_sub(start).filter(|&slot| slot < width)));
        for (row, theta) in rows.iter_mut().zip(map.map(seeded.borrow()).as_ref()) {
            for (slot, entry) in row[start..].iter_mut().take(width).enumerate() {
                *entry = theta.derivative(slot);
            }
        }
    }
    rows
}

impl<M: LogLikelihood, T: CoordinateMap<M::Parameters>> LogLikelihood for Reparametrised<M, T> {
    type Parameters = M::Parameters;
    type Observation = M::Observation;

    fn ln_likelihood<D: Scalar>(&self, phi: &Theta<Self, D>, x: &Datum<Self, D>) -> D {
        self.model.ln_likelihood(self.map.map(phi).borrow(), x)
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.map.parameters(self.model.parameters())
    }

    fn starting_values(&self, data: &dyn super::Observations<M::Observation>) -> Option<OwnedTheta<Self, f64>> {
        self.map.inverse(self.model.starting_values(data)?.borrow())
    }

    fn check(&self, phi: &Theta<Self, f64>) -> Result<(), Error> {
        self.model.check(self.map.map(phi).borrow())
    }
}

impl<M: SampleSpace, T: CoordinateMap<M::Parameters>> SampleSpace for Reparametrised<M, T> {
    fn support(&self, phi: &Theta<Self, f64>) -> Support {
        self.model.support(self.map.map(phi).borrow())
    }

    fn support_given(&self, phi: &Theta<Self, f64>, row: &Datum<Self, f64>) -> Support {
        self.model.support_given(self.map.map(phi).borrow(), row)
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities {
            closed_form: |new, phi| {
                let theta = new.map.map(phi);
                let metric = (new.model.capabilities().closed_form)(&new.model, theta.borrow())?;
                let jacobian = new.jacobian(phi);
                Some(pull_back::<M::Parameters, f64>(&metric, phi.as_ref().len(), |i, j| jacobian[i][j]))
            },
            metric_jet: |new, phi| {
                let theta = new.map.map(phi);
                let own = (new.model.capabilities().metric_jet)(&new.model, theta.borrow())?;
                Some(MetricJet::read::<M::Parameters>(phi.as_ref(), |phi| new.pulled_back(&own, phi)))
            },
            sampler: |new, phi, stream| {
                (new.model.capabilities().sampler)(&new.model, new.map.map(phi).borrow(), stream)
            },
            uniforms: |new| (new.model.capabilities().uniforms)(&new.model),
            quantile: |new, phi, u| (new.model.capabilities().quantile)(&new.model, new.map.map(phi).borrow(), u),
            tails: |new, phi, x| (new.model.capabilities().tails)(&new.model, new.map.map(phi).borrow(), x),
            entropy: |new, phi| (new.model.capabilities().entropy)(&new.model, new.map.map(phi).borrow()),
            divergence: |new, phi, other| {
                let (theta, other) = (new.map.map(phi), new.map.map(other));
                (new.model.capabilities().divergence)(&new.model, theta.borrow(), other.borrow())
            },
            fisher_rao: |new, phi, other, free| {
                let (theta, other) = (new.map.map(phi), new.map.map(other));
                all(free)
                    .then(|| (new.model.capabilities().fisher_rao)(&new.model, theta.borrow(), other.borrow(), free))?
            },
        }
    }
}

/// Jᵀ I J, the metric in the new coordinates.
fn pull_back<S: ParameterSpace, D: Scalar>(
    metric: &S::Square<D>,
    length: usize,
    jacobian: impl Fn(usize, usize) -> D,
) -> S::Square<D> {
    // The same sum for (i, j) and (j, i), so that rounding leaves the matrix symmetric.
    S::square(length, |i, j| {
        let (i, j) = (i.max(j), i.min(j));
        let mut sum = D::from(0.0);
        for k in 0..length {
            for l in 0..length {
                sum += jacobian(k, i) * S::entry(metric, k, l) * jacobian(l, j);
            }
        }
        sum
    })
}

impl<M: Sampler, T: CoordinateMap<M::Parameters>> Sampler for Reparametrised<M, T> {
    fn sample<R: rand::Rng + ?Sized>(&self, phi: &Theta<Self, f64>, rng: &mut R) -> OwnedDatum<Self> {
        self.model.sample(self.map.map(phi).borrow(), rng)
    }

    fn sample_given<R: rand::Rng + ?Sized>(
        &self,
        phi: &Theta<Self, f64>,
        row: &Datum<Self, f64>,
        rng: &mut R,
    ) -> OwnedDatum<Self> {
        self.model.sample_given(self.map.map(phi).borrow(), row, rng)
    }
}

impl<M: Quantile, T: CoordinateMap<M::Parameters>> Quantile for Reparametrised<M, T> {
    fn uniforms(&self) -> usize {
        self.model.uniforms()
    }

    fn quantile(&self, phi: &Theta<Self, f64>, u: &[f64]) -> OwnedDatum<Self> {
        self.model.quantile(self.map.map(phi).borrow(), u)
    }
}

/// Each new coordinate moves one parameter alone, so the Jacobian is diagonal and known in every number type.
impl<M: ClosedForm> ClosedForm for Reparametrised<M, Elementwise> {
    fn information<D: Scalar>(&self, phi: &Theta<Self, D>) -> Square<Self, D> {
        let theta = CoordinateMap::<M::Parameters>::map(&self.map, phi);
        let metric = self.model.information(theta.borrow());
        let phi = phi.as_ref();
        let slope = |i: usize| self.map.link(i).slope(phi[i]);
        M::Parameters::square(phi.len(), |i, j| slope(i) * M::Parameters::entry(&metric, i, j) * slope(j))
    }
}

/// Whether every parameter may vary. Where some may not, what is known in the new coordinates need not be in the old ones.
fn all(free: &[bool]) -> bool {
    free.iter().all(|&free| free)
}

/// The distance does not depend on the coordinates.
impl<M: FisherRao, T: CoordinateMap<M::Parameters>> FisherRao for Reparametrised<M, T> {
    fn distance<D: Scalar>(&self, phi: &Theta<Self, D>, other: &Theta<Self, D>, free: &[bool]) -> Option<D> {
        let (theta, other) = (self.map.map(phi), self.map.map(other));
        all(free).then(|| self.model.distance(theta.borrow(), other.borrow(), free))?
    }
}
