//! What is integrated: any function of an observation as a [`Statistic`], and a statistic as a function of coordinates.

use super::{Integrand, Statistic};
use crate::error::Error;
use crate::model::{Datum, LogLikelihood, Observation, OwnedTheta, ParameterSpace, Theta, checked_parameters};
use std::borrow::Borrow;
use std::marker::PhantomData;

/// A function g of an observation, given as a closure, together with the model and the θ under which its expectation is
/// taken.
///
/// Only the value of the log-likelihood is evaluated, no derivatives. Where ln f is −∞ the closure is not called.
///
/// ```
/// use fisher_information::{distributions::Normal, expectation::{Function, Statistic}};
///
/// let mut squared = Function::new(&Normal, &[0.0, 1.0], 1, |x, g| g[0] = x * x)?;
/// let mut g = [0.0];
/// assert_eq!(squared.evaluate(&3.0, &mut g), squared.ln_density(&3.0));
/// assert_eq!(g, [9.0]);
/// # Ok::<(), fisher_information::Error>(())
/// ```
pub struct Function<'m, M: LogLikelihood + ?Sized, G> {
    model: &'m M,
    theta: OwnedTheta<M, f64>,
    dimension: usize,
    g: G,
}

impl<'m, M: LogLikelihood + ?Sized, G: Fn(&Datum<M, f64>, &mut [f64])> Function<'m, M, G> {
    /// The function `g` with `dimension` components, under `model` at `theta`.
    ///
    /// # Errors
    /// [`Error::ParameterOutsideDomain`], naming the parameter, or [`Error::ParameterCount`].
    pub fn new(model: &'m M, theta: &Theta<M, f64>, dimension: usize, g: G) -> Result<Self, Error> {
        checked_parameters(model, theta)?;
        Ok(Self {
            model,
            theta: M::Parameters::from_slice(theta.as_ref())?,
            dimension,
            g,
        })
    }

    /// θ.
    pub fn theta(&self) -> &Theta<M, f64> {
        self.theta.borrow()
    }
}

impl<M: LogLikelihood + ?Sized, G: Clone> Clone for Function<'_, M, G> {
    fn clone(&self) -> Self {
        Self {
            model: self.model,
            theta: self.theta.clone(),
            dimension: self.dimension,
            g: self.g.clone(),
        }
    }
}

impl<M, G> Statistic<M> for Function<'_, M, G>
where
    M: LogLikelihood + ?Sized,
    G: Fn(&Datum<M, f64>, &mut [f64]) + Clone + Send + Sync,
{
    fn dimension(&self) -> usize {
        self.dimension
    }

    #[inline]
    fn evaluate(&mut self, x: &Datum<M, f64>, values: &mut [f64]) -> f64 {
        let ln_density = self.ln_density(x);
        if ln_density > f64::NEG_INFINITY {
            (self.g)(x, values);
        }
        ln_density
    }

    #[inline]
    fn ln_density(&mut self, x: &Datum<M, f64>) -> f64 {
        self.model.ln_likelihood(self.theta.borrow(), x)
    }
}

/// A statistic of model `M` as a function of those coordinates of the observation that are random.
pub(crate) struct OnCoordinates<M: ?Sized, S> {
    statistic: S,
    template: Vec<f64>,
    free: Vec<usize>,
    model: PhantomData<fn(&M)>,
}

impl<M: LogLikelihood + ?Sized, S: Statistic<M>> OnCoordinates<M, S> {
    /// The coordinates `free` of the observation `template` are random; the others, the covariates, stay.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for an opaque observation, or one with another number of coordinates.
    pub(crate) fn new(statistic: S, template: Vec<f64>, free: Vec<usize>) -> Result<Self, Error> {
        if M::Observation::from_coordinates(&template).is_none() || free.iter().any(|&slot| slot >= template.len()) {
            return Err(Error::Unsupported {
                method: "integration or summation",
                needs: "observations with as many coordinates as the support has",
            });
        }
        Ok(Self {
            statistic,
            template,
            free,
            model: PhantomData,
        })
    }

    /// The statistic, with whatever it has learnt.
    pub(crate) fn into_statistic(self) -> S {
        self.statistic
    }

    /// Writes the random coordinates into the observation.
    #[inline]
    fn place(&mut self, x: &[f64]) {
        for (&slot, &coordinate) in self.free.iter().zip(x) {
            self.template[slot] = coordinate;
        }
    }
}

impl<M: LogLikelihood + ?Sized, S: Statistic<M>> Integrand for OnCoordinates<M, S> {
    fn dimension(&self) -> usize {
        self.statistic.dimension()
    }

    fn scales(&self, magnitudes: &mut [f64]) {
        self.statistic.scales(magnitudes);
    }

    #[inline]
    fn evaluate(&mut self, x: &[f64], values: &mut [f64]) -> f64 {
        self.place(x);
        // `new` has asked for the observation once, so there is one
        M::Observation::from_coordinates(&self.template).map_or(f64::NAN, |x| self.statistic.evaluate(x, values))
    }

    #[inline]
    fn ln_density(&mut self, x: &[f64]) -> f64 {
        self.place(x);
        M::Observation::from_coordinates(&self.template).map_or(f64::NAN, |x| self.statistic.ln_density(x))
    }
}
