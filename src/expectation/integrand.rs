//! What is integrated: any function of an observation as a [`Statistic`], and a statistic as a function of coordinates.

use super::{Integrand, Statistic};
use crate::error::Error;
use crate::model::{Datum, LogLikelihood, Observation, OwnedTheta, ParameterSpace, Theta, checked_parameters};
use std::borrow::Borrow;
use std::marker::PhantomData;

/// A function that writes its components at an observation of model `M`, behind one type: the expectations of any number of them
/// are compiled once.
pub type AnyFunction<'g, M> = &'g (dyn Fn(&Datum<M, f64>, &mut [f64]) + Sync);

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
        Ok(Self { model, theta: M::Parameters::from_slice(theta.as_ref())?, dimension, g })
    }

    /// θ.
    pub fn theta(&self) -> &Theta<M, f64> {
        self.theta.borrow()
    }
}

impl<M: LogLikelihood + ?Sized, G: Clone> Clone for Function<'_, M, G> {
    fn clone(&self) -> Self {
        Self { model: self.model, theta: self.theta.clone(), dimension: self.dimension, g: self.g.clone() }
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
        Ok(Self { statistic, template, free, model: PhantomData })
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

    fn evaluate_all(&mut self, points: &[f64], ln_densities: &mut [f64], values: &mut [f64]) {
        let (width, free) = (self.template.len(), self.free.len());
        let mut rows = self.template.repeat(ln_densities.len());
        for (row, point) in rows.chunks_exact_mut(width.max(1)).zip(points.chunks_exact(free.max(1))) {
            for (&slot, &coordinate) in self.free.iter().zip(point) {
                row[slot] = coordinate;
            }
        }
        let observations: Option<Vec<_>> =
            rows.chunks_exact(width.max(1)).map(|row| M::Observation::from_coordinates(row)).collect();
        // `new` has asked for the observation once, so there is one
        match observations {
            Some(observations) => self.statistic.evaluate_all(&observations, ln_densities, values),
            None => ln_densities.fill(f64::NAN),
        }
    }

    #[inline]
    fn ln_density(&mut self, x: &[f64]) -> f64 {
        self.place(x);
        M::Observation::from_coordinates(&self.template).map_or(f64::NAN, |x| self.statistic.ln_density(x))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::expectation::{Settings, summation};
    use crate::model::{Fixed, Opaque};
    use crate::scalar::Scalar;

    /// A geometric response whose success probability is the covariate in column 0; column 2 is the response.
    struct Regression;

    impl LogLikelihood for Regression {
        type Parameters = Fixed<1>;
        type Observation = [f64];

        fn ln_likelihood<D: Scalar>(&self, &[power]: &[D; 1], row: &[D]) -> D {
            let p = row[0] * power;
            p.ln() + row[2] * (-p).ln_1p()
        }
    }

    #[test]
    fn covariates_stay_and_the_response_moves() {
        let product = Function::new(&Regression, &[1.0], 1, |row: &[f64], g| g[0] = row[1] * row[2]).unwrap();
        let row = vec![0.25, 10.0, f64::NAN];
        let mut integrand = OnCoordinates::<Regression, _>::new(product, row, vec![2]).unwrap();
        let found = summation::sum(&mut integrand, (0.0, f64::INFINITY), &Settings::default()).unwrap();
        assert!((found.values[0].value - 30.0).abs() <= found.values[0].error);
    }

    struct Series;

    impl LogLikelihood for Series {
        type Parameters = Fixed<1>;
        type Observation = Opaque<String>;

        fn ln_likelihood<D: Scalar>(&self, &[rate]: &[D; 1], _: &String) -> D {
            rate
        }
    }

    #[test]
    fn opaque_observations_have_no_coordinates() {
        let function = Function::new(&Series, &[1.0], 1, |_: &String, g| g[0] = 1.0).unwrap();
        let refused = OnCoordinates::<Series, _>::new(function, vec![0.0], vec![0]);
        assert!(matches!(refused, Err(Error::Unsupported { .. })));
    }
}
