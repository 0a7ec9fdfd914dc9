//! What a model can do beyond its density, as a value: so that one call can pick the best method.

use super::metric_jet::MetricJet;
use super::{
    ClosedForm, Datum, DistributionFunction, Entropy, FisherRao, KullbackLeibler, LogLikelihood, OwnedDatum, Quantile,
    Sampler, Square, Theta,
};

/// The random numbers that samplers are given: a ChaCha stream, of which every block of draws has its own.
pub type Stream = chacha20::ChaCha8Rng;

type ClosedFormFn<M> = fn(&M, &Theta<M, f64>) -> Option<Square<M, f64>>;
type MetricJetFn<M> = fn(&M, &Theta<M, f64>) -> Option<MetricJet>;
type SamplerFn<M> = fn(&M, &Theta<M, f64>, &mut Stream) -> Option<OwnedDatum<M>>;
type QuantileFn<M> = fn(&M, &Theta<M, f64>, &[f64]) -> Option<OwnedDatum<M>>;
type TailsFn<M> = fn(&M, &Theta<M, f64>, &Datum<M, f64>) -> Option<[f64; 2]>;
type EntropyFn<M> = fn(&M, &Theta<M, f64>) -> Option<f64>;
type DivergenceFn<M> = fn(&M, &Theta<M, f64>, &Theta<M, f64>) -> Option<f64>;
type DistanceFn<M> = fn(&M, &Theta<M, f64>, &Theta<M, f64>, &[bool]) -> Option<f64>;

/// Which of the optional traits a model implements.
///
/// Rust cannot ask a generic type whether it implements a trait, so the model says so in
/// [`SampleSpace::capabilities`](super::SampleSpace::capabilities). Each method below compiles only for a model that has the
/// trait it names. A capability left out costs speed, never correctness.
pub struct Capabilities<M: LogLikelihood + ?Sized> {
    pub(crate) closed_form: ClosedFormFn<M>,
    /// The same with first and second derivatives.
    pub(crate) metric_jet: MetricJetFn<M>,
    pub(crate) sampler: SamplerFn<M>,
    pub(crate) uniforms: fn(&M) -> Option<usize>,
    pub(crate) quantile: QuantileFn<M>,
    pub(crate) tails: TailsFn<M>,
    pub(crate) entropy: EntropyFn<M>,
    pub(crate) divergence: DivergenceFn<M>,
    pub(crate) fisher_rao: DistanceFn<M>,
}

impl<M: LogLikelihood + ?Sized> Capabilities<M> {
    /// The density alone.
    #[must_use]
    pub fn none() -> Self {
        Self {
            closed_form: |_, _| None,
            metric_jet: |_, _| None,
            sampler: |_, _, _| None,
            uniforms: |_| None,
            quantile: |_, _, _| None,
            tails: |_, _, _| None,
            entropy: |_, _| None,
            divergence: |_, _, _| None,
            fisher_rao: |_, _, _, _| None,
        }
    }

    /// And a closed form of the Fisher matrix.
    #[must_use]
    pub fn closed_form(self) -> Self
    where
        M: ClosedForm,
    {
        Self {
            closed_form: |model, theta| Some(model.information(theta)),
            metric_jet: |model, theta| Some(MetricJet::of(model, theta)),
            ..self
        }
    }

    /// And a sampler.
    #[must_use]
    pub fn sampler(self) -> Self
    where
        M: Sampler,
    {
        Self { sampler: |model, theta, stream| Some(model.sample(theta, stream)), ..self }
    }

    /// And a quantile function.
    #[must_use]
    pub fn quantile(self) -> Self
    where
        M: Quantile,
    {
        Self {
            uniforms: |model| Some(model.uniforms()),
            quantile: |model, theta, u| Some(model.quantile(theta, u)),
            ..self
        }
    }

    /// And a distribution function.
    #[must_use]
    pub fn distribution_function(self) -> Self
    where
        M: DistributionFunction,
    {
        Self { tails: |model, theta, x| Some([model.ln_cdf(theta, x), model.ln_survival(theta, x)]), ..self }
    }

    /// And a formula of the entropy.
    #[must_use]
    pub fn entropy(self) -> Self
    where
        M: Entropy,
    {
        Self { entropy: |model, theta| Some(model.entropy(theta)), ..self }
    }

    /// And a formula of the Kullback–Leibler divergence.
    #[must_use]
    pub fn divergence(self) -> Self
    where
        M: KullbackLeibler,
    {
        Self { divergence: |model, theta, other| Some(model.divergence(theta, other)), ..self }
    }

    /// And formulas of the Fisher–Rao distance.
    #[must_use]
    pub fn fisher_rao(self) -> Self
    where
        M: FisherRao,
    {
        Self { fisher_rao: |model, theta, other, free| model.distance(theta, other, free), ..self }
    }
}
