//! What a model can do beyond its density, as a value: so that one call can pick the best method.

use super::{ClosedForm, LogLikelihood, OwnedDatum, Quantile, Sampler, Square, Theta};

/// The random numbers that samplers are given: a ChaCha stream, of which every block of draws has its own.
pub type Stream = chacha20::ChaCha8Rng;

type ClosedFormFn<M> = fn(&M, &Theta<M, f64>) -> Option<Square<M, f64>>;
type SamplerFn<M> = fn(&M, &Theta<M, f64>, &mut Stream) -> Option<OwnedDatum<M>>;
type QuantileFn<M> = fn(&M, &Theta<M, f64>, &[f64]) -> Option<OwnedDatum<M>>;

/// Which of the optional traits a model implements.
///
/// Rust cannot ask a generic type whether it implements a trait, so the model says so in
/// [`SampleSpace::capabilities`](super::SampleSpace::capabilities). Each method below compiles only for a model that has the
/// trait it names. A capability left out costs speed, never correctness.
pub struct Capabilities<M: LogLikelihood + ?Sized> {
    pub(crate) closed_form: ClosedFormFn<M>,
    pub(crate) sampler: SamplerFn<M>,
    pub(crate) uniforms: fn(&M) -> Option<usize>,
    pub(crate) quantile: QuantileFn<M>,
}

impl<M: LogLikelihood + ?Sized> Capabilities<M> {
    /// The density alone.
    #[must_use]
    pub fn none() -> Self {
        Self { closed_form: |_, _| None, sampler: |_, _, _| None, uniforms: |_| None, quantile: |_, _, _| None }
    }

    /// And a closed form of the Fisher matrix.
    #[must_use]
    pub fn closed_form(self) -> Self
    where
        M: ClosedForm,
    {
        Self { closed_form: |model, theta| Some(model.information(theta)), ..self }
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
}
