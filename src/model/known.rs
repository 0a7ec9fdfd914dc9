//! A model of which some parameters are known.

use super::{
    Capabilities, ClosedForm, Datum, DistributionFunction, Entropy, FisherRao, KullbackLeibler, LogLikelihood,
    Observations, OwnedDatum, OwnedTheta, Parameter, ParameterSpace, Quantile, SampleSpace, Sampler, Square, Support,
    Theta, described,
};
use crate::error::Error;
use crate::scalar::Scalar;
use std::borrow::Borrow;
use std::marker::PhantomData;

/// The model `M` with some of its parameters known: f(x; ψ) = f(x; ψ, κ), where κ holds the known ones and ψ the others.
///
/// The parameters ψ keep their names and their order. They live in the space `S`: [`Fixed<P>`](super::Fixed) where their number is
/// known at compile time, [`Dynamic`](super::Dynamic) otherwise. The information about them is a submatrix, and knowing κ lowers
/// the Cramér–Rao bound unless the two are orthogonal:
///
/// ```math
/// I(\psi, \kappa) = \begin{pmatrix} I_{\psi\psi} & I_{\psi\kappa} \\ I_{\kappa\psi} & I_{\kappa\kappa} \end{pmatrix},
/// \qquad
/// \bigl(I^{-1}\bigr)_{\psi\psi} = \bigl(I_{\psi\psi} - I_{\psi\kappa} I_{\kappa\kappa}^{-1} I_{\kappa\psi}\bigr)^{-1}
///     \succeq I_{\psi\psi}^{-1}
/// ```
///
/// ```
/// use fisher_information::{distributions::Weibull, prelude::*};
///
/// let scale_alone = Known::<_, Fixed<1>>::new(Weibull, &[("shape", 1.5)])?;
/// let information = expected(&scale_alone, &[2.0])?;
/// assert_eq!(information.get("scale", "scale")?.value, 0.5625);                   // k²/λ²
///
/// let bound = information.inverse()?.get("scale", "scale")?;                      // λ²/k²
/// let both = expected(&Weibull, &[1.5, 2.0])?.inverse()?.get("scale", "scale")?;
/// assert!(bound.value < both.value);                                              // by a tenth
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Source: Lehmann and Casella, *Theory of Point Estimation*, 2nd ed. (1998), section 2.6.
#[derive(Clone, Debug)]
pub struct Known<M, S> {
    model: M,
    /// Where each parameter of the model comes from.
    sources: Vec<Source>,
    /// The places among the parameters of the model of those that are left.
    left: Vec<usize>,
    space: PhantomData<fn() -> S>,
}

/// Where a parameter of the model comes from.
#[derive(Clone, Copy, Debug)]
enum Source {
    /// It has this value.
    Known(f64),
    /// It is this one of those that are left.
    Left(usize),
}

impl<M: LogLikelihood, S: ParameterSpace> Known<M, S> {
    /// The model with these parameters at these values.
    ///
    /// # Errors
    /// - [`Error::UnknownParameter`] if the model has no parameter of a name.
    /// - [`Error::RepeatedName`] if a name is given twice, or two parameters of the model have it.
    /// - [`Error::ParameterOutsideDomain`] if a value is.
    /// - [`Error::ParameterCount`] if the space is one of another number of parameters than are left, or none is left.
    pub fn new(model: M, known: &[(&str, f64)]) -> Result<Self, Error> {
        let parameters = all_parameters(&model);
        let mut values: Vec<Option<f64>> = vec![None; parameters.len()];
        for &(name, value) in known {
            let mut named = parameters.iter().zip(&mut values).filter(|(parameter, _)| parameter.name == name);
            let (parameter, place) = named.next().ok_or_else(|| Error::UnknownParameter {
                name: name.to_owned(),
                known: parameters.iter().map(|parameter| parameter.name.clone().into_owned()).collect(),
            })?;
            if named.next().is_some() || place.is_some() {
                return Err(Error::RepeatedName { name: name.to_owned() });
            }
            parameter.check(value)?;
            *place = Some(value);
        }
        let left: Vec<usize> = (0..values.len()).filter(|&i| values[i].is_none()).collect();
        let expected = S::LENGTH.unwrap_or(left.len()).max(1);
        if left.len() != expected {
            return Err(Error::ParameterCount { expected, found: left.len() });
        }
        let mut places = 0..;
        let source = |value: Option<f64>| value.map(Source::Known).or_else(|| places.next().map(Source::Left));
        let sources = values.into_iter().filter_map(source).collect();
        Ok(Self { model, sources, left, space: PhantomData })
    }

    /// The model with all its parameters.
    #[must_use]
    pub fn model(&self) -> &M {
        &self.model
    }

    /// All parameters of the model, given those that are left; NaN where ψ is too short.
    #[inline(always)]
    fn all<D: Scalar>(&self, psi: &S::Of<D>) -> OwnedTheta<M, D> {
        let psi = psi.as_ref();
        M::Parameters::build(self.sources.len(), |i| match self.sources[i] {
            Source::Known(value) => D::from(value),
            Source::Left(place) => psi.get(place).copied().unwrap_or(D::from(f64::NAN)),
        })
    }

    /// Which parameters of the model may vary, given which of those that are left may.
    fn free(&self, left: &[bool]) -> Vec<bool> {
        let may_vary = |source: &Source| match *source {
            Source::Known(_) => false,
            Source::Left(place) => left.get(place).copied().unwrap_or(false),
        };
        self.sources.iter().map(may_vary).collect()
    }

    /// The rows and columns of those that are left.
    fn submatrix<D: Scalar>(&self, matrix: &Square<M, D>) -> S::Square<D> {
        S::square(self.left.len(), |i, j| M::Parameters::entry(matrix, self.left[i], self.left[j]))
    }
}

/// One descriptor for each parameter of a model.
fn all_parameters<M: LogLikelihood>(model: &M) -> Vec<Parameter> {
    let parameters = model.parameters();
    let length = M::Parameters::LENGTH.unwrap_or(parameters.len());
    described(parameters, length)
}

impl<M: LogLikelihood, S: ParameterSpace> LogLikelihood for Known<M, S> {
    type Parameters = S;
    type Observation = M::Observation;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, psi: &Theta<Self, D>, x: &Datum<Self, D>) -> D {
        self.model.ln_likelihood(self.all(psi).borrow(), x)
    }

    fn parameters(&self) -> Vec<Parameter> {
        let parameters = all_parameters(&self.model).into_iter().enumerate();
        parameters.filter_map(|(i, parameter)| self.left.contains(&i).then_some(parameter)).collect()
    }

    fn starting_values(&self, data: &dyn Observations<M::Observation>) -> Option<S::Owned<f64>> {
        let all = self.model.starting_values(data)?;
        let left: Vec<f64> = self.left.iter().filter_map(|&i| all.as_ref().get(i).copied()).collect();
        S::from_slice(&left).ok()
    }

    fn check(&self, psi: &Theta<Self, f64>) -> Result<(), Error> {
        let (expected, found) = (self.left.len(), psi.as_ref().len());
        if found != expected {
            return Err(Error::ParameterCount { expected, found });
        }
        self.model.check(self.all(psi).borrow())
    }
}

impl<M: SampleSpace, S: ParameterSpace> SampleSpace for Known<M, S> {
    fn support(&self, psi: &Theta<Self, f64>) -> Support {
        self.model.support(self.all(psi).borrow())
    }

    fn support_given(&self, psi: &Theta<Self, f64>, row: &Datum<Self, f64>) -> Support {
        self.model.support_given(self.all(psi).borrow(), row)
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities {
            closed_form: |known, psi| {
                let all = (known.model.capabilities().closed_form)(&known.model, known.all(psi).borrow())?;
                Some(known.submatrix(&all))
            },
            metric_jet: |known, psi| {
                let all = (known.model.capabilities().metric_jet)(&known.model, known.all(psi).borrow())?;
                Some(all.restrict(&known.left))
            },
            sampler: |known, psi, stream| {
                (known.model.capabilities().sampler)(&known.model, known.all(psi).borrow(), stream)
            },
            uniforms: |known| (known.model.capabilities().uniforms)(&known.model),
            quantile: |known, psi, u| (known.model.capabilities().quantile)(&known.model, known.all(psi).borrow(), u),
            tails: |known, psi, x| (known.model.capabilities().tails)(&known.model, known.all(psi).borrow(), x),
            entropy: |known, psi| (known.model.capabilities().entropy)(&known.model, known.all(psi).borrow()),
            divergence: |known, psi, other| {
                let (one, other) = (known.all(psi), known.all(other));
                (known.model.capabilities().divergence)(&known.model, one.borrow(), other.borrow())
            },
            fisher_rao: |known, psi, other, free| {
                let (one, other, free) = (known.all(psi), known.all(other), known.free(free));
                (known.model.capabilities().fisher_rao)(&known.model, one.borrow(), other.borrow(), &free)
            },
        }
    }
}

impl<M: Sampler, S: ParameterSpace> Sampler for Known<M, S> {
    fn sample<R: rand::Rng + ?Sized>(&self, psi: &Theta<Self, f64>, rng: &mut R) -> OwnedDatum<Self> {
        self.model.sample(self.all(psi).borrow(), rng)
    }

    fn sample_given<R: rand::Rng + ?Sized>(
        &self,
        psi: &Theta<Self, f64>,
        row: &Datum<Self, f64>,
        rng: &mut R,
    ) -> OwnedDatum<Self> {
        self.model.sample_given(self.all(psi).borrow(), row, rng)
    }
}

impl<M: Quantile, S: ParameterSpace> Quantile for Known<M, S> {
    fn uniforms(&self) -> usize {
        self.model.uniforms()
    }

    fn quantile(&self, psi: &Theta<Self, f64>, u: &[f64]) -> OwnedDatum<Self> {
        self.model.quantile(self.all(psi).borrow(), u)
    }
}

impl<M: DistributionFunction, S: ParameterSpace> DistributionFunction for Known<M, S> {
    fn ln_cdf<D: Scalar>(&self, psi: &Theta<Self, D>, x: &Datum<Self, D>) -> D {
        self.model.ln_cdf(self.all(psi).borrow(), x)
    }

    fn ln_survival<D: Scalar>(&self, psi: &Theta<Self, D>, x: &Datum<Self, D>) -> D {
        self.model.ln_survival(self.all(psi).borrow(), x)
    }

    fn ln_probability<D: Scalar>(&self, psi: &Theta<Self, D>, lower: &Datum<Self, D>, upper: &Datum<Self, D>) -> D {
        self.model.ln_probability(self.all(psi).borrow(), lower, upper)
    }
}

impl<M: ClosedForm, S: ParameterSpace> ClosedForm for Known<M, S> {
    fn information<D: Scalar>(&self, psi: &Theta<Self, D>) -> Square<Self, D> {
        self.submatrix(&self.model.information(self.all(psi).borrow()))
    }
}

impl<M: Entropy, S: ParameterSpace> Entropy for Known<M, S> {
    fn entropy<D: Scalar>(&self, psi: &Theta<Self, D>) -> D {
        self.model.entropy(self.all(psi).borrow())
    }
}

impl<M: KullbackLeibler, S: ParameterSpace> KullbackLeibler for Known<M, S> {
    fn divergence<D: Scalar>(&self, psi: &Theta<Self, D>, other: &Theta<Self, D>) -> D {
        self.model.divergence(self.all(psi).borrow(), self.all(other).borrow())
    }
}

impl<M: FisherRao, S: ParameterSpace> FisherRao for Known<M, S> {
    fn distance<D: Scalar>(&self, psi: &Theta<Self, D>, other: &Theta<Self, D>, free: &[bool]) -> Option<D> {
        self.model.distance(self.all(psi).borrow(), self.all(other).borrow(), &self.free(free))
    }
}
