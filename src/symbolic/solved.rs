//! A model together with the closed form that was found for it.

use super::{ExpectedInformation, Refusal, expected_information};
use crate::error::Error;
use crate::model::{
    Capabilities, ClosedForm, Datum, LogLikelihood, MetricJet, OwnedDatum, Parameter, ParameterSpace, SampleSpace,
    Sampler, Square, Support, Theta,
};
use crate::scalar::Scalar;

/// The model `M` with a closed form that the library found: a [`ClosedForm`], to be evaluated in any number type and so differentiated.
///
/// ```
/// use fisher_information::prelude::*;
/// use fisher_information::symbolic::Solved;
///
/// /// An exponential distribution by its mean.
/// struct Waiting;
///
/// impl LogLikelihood for Waiting {
///     type Parameters = Fixed<1>;
///     type Observation = f64;
///     fn ln_likelihood<D: Scalar>(&self, &[mean]: &[D; 1], &x: &D) -> D { -mean.ln() - x / mean }
///     fn parameters(&self) -> Vec<Parameter> { vec![Parameter::positive("mean").symbol("μ")] }
/// }
///
/// impl SampleSpace for Waiting {
///     fn support(&self, _: &[f64; 1]) -> Support { Support::positive() }
/// }
///
/// let solved = Solved::new(Waiting)?;
/// assert_eq!(solved.closed_form().matrix().to_string(), "[ 1/μ² ]");
/// let information = expected(&solved, &[4.0])?;
/// assert_eq!(information.matrix()[(0, 0)], 0.0625);
/// assert_eq!(information.provenance().to_string(), "closed form");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Solved<M> {
    model: M,
    closed_form: ExpectedInformation,
}

impl<M: SampleSpace> Solved<M> {
    /// Finds the closed form of a model.
    ///
    /// # Errors
    /// As [`expected_information`].
    pub fn new(model: M) -> Result<Self, Refusal> {
        let closed_form = expected_information(&model)?;
        Ok(Self { model, closed_form })
    }
}

impl<M> Solved<M> {
    /// The model itself.
    pub fn model(&self) -> &M {
        &self.model
    }

    /// What was found.
    pub fn closed_form(&self) -> &ExpectedInformation {
        &self.closed_form
    }
}

impl<M: LogLikelihood> LogLikelihood for Solved<M> {
    type Parameters = M::Parameters;
    type Observation = M::Observation;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, theta: &Theta<Self, D>, x: &Datum<Self, D>) -> D {
        self.model.ln_likelihood(theta, x)
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.model.parameters()
    }

    fn check(&self, theta: &Theta<Self, f64>) -> Result<(), Error> {
        self.model.check(theta)
    }
}

impl<M: SampleSpace> SampleSpace for Solved<M> {
    fn support(&self, theta: &Theta<Self, f64>) -> Support {
        self.model.support(theta)
    }

    fn support_given(&self, theta: &Theta<Self, f64>, row: &Datum<Self, f64>) -> Support {
        self.model.support_given(theta, row)
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities {
            closed_form: |solved, theta| Some(solved.information(theta)),
            metric_jet: |solved, theta| Some(MetricJet::of(solved, theta)),
            sampler: |solved, theta, stream| (solved.model.capabilities().sampler)(&solved.model, theta, stream),
            uniforms: |solved| (solved.model.capabilities().uniforms)(&solved.model),
            quantile: |solved, theta, u| (solved.model.capabilities().quantile)(&solved.model, theta, u),
            tails: |solved, theta, x| (solved.model.capabilities().tails)(&solved.model, theta, x),
            entropy: |solved, theta| (solved.model.capabilities().entropy)(&solved.model, theta),
            divergence: |solved, theta, other| (solved.model.capabilities().divergence)(&solved.model, theta, other),
            fisher_rao: |solved, theta, other, free| {
                (solved.model.capabilities().fisher_rao)(&solved.model, theta, other, free)
            },
        }
    }
}

impl<M: Sampler> Sampler for Solved<M> {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &Theta<Self, f64>, rng: &mut R) -> OwnedDatum<Self> {
        self.model.sample(theta, rng)
    }
}

impl<M: LogLikelihood> ClosedForm for Solved<M> {
    fn information<D: Scalar>(&self, theta: &Theta<Self, D>) -> Square<Self, D> {
        let (theta, rows) = (theta.as_ref(), self.closed_form.matrix().rows());
        M::Parameters::square(theta.len(), |i, j| rows[i][j].evaluate(theta, &[]))
    }
}
