//! Models of any type behind one: for programs that choose a model while they run, and for tests and tables of many.
//!
//! ```
//! use fisher_information::any::{AnyModel, Entry};
//! use fisher_information::distributions::visit_all;
//!
//! let mut catalogue: Vec<Entry> = Vec::new();
//! visit_all(&mut catalogue);
//!
//! let gamma = catalogue.iter().find(|entry| entry.name == "gamma").ok_or("no such family")?;
//! let information = gamma.model.expected(&[2.0, 0.5])?;
//! assert_eq!(information.get("rate", "rate")?.value, 8.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::derivatives::{Derivatives, derivatives, slope};
use crate::distributions::Visitor;
use crate::error::Error;
use crate::expectation::{AnyFunction, Estimate, Expectation, Method, Settings, expectation};
use crate::geometry::closed_form_distance;
use crate::information::{Expected, Information, ScoreMoments};
use crate::information::{closed_form, entropy, expected, kullback_leibler, moments};
use crate::model::{
    LogLikelihood, Observation, OwnedTheta, Parameter, ParameterSpace, SampleSpace, Sampler, Stream, Support,
    checked_parameters,
};
use std::borrow::Borrow;

/// A model whose parameters and observations are slices of numbers.
///
/// Every [`SampleSpace`] is one. An observation is given by its coordinates; models of opaque observations answer with
/// [`Error::Unsupported`].
pub trait AnyModel: Send + Sync {
    /// The names and domains of the parameters.
    fn parameters(&self) -> Vec<Parameter>;

    /// The set of x with f(x; θ) > 0.
    ///
    /// # Errors
    /// Parameters outside their domain.
    fn support(&self, theta: &[f64]) -> Result<Support, Error>;

    /// ln f(x; θ).
    ///
    /// # Errors
    /// Parameters outside their domain; an observation with another number of coordinates.
    fn ln_likelihood(&self, theta: &[f64], x: &[f64]) -> Result<f64, Error>;

    /// ln f(x; θ) with its score and Hessian.
    ///
    /// # Errors
    /// As [`ln_likelihood`](Self::ln_likelihood).
    fn derivatives(&self, theta: &[f64], x: &[f64]) -> Result<Derivatives, Error>;

    /// The slope of ln f in the coordinates of x.
    ///
    /// # Errors
    /// As [`ln_likelihood`](Self::ln_likelihood).
    fn slope(&self, theta: &[f64], x: &[f64]) -> Result<Vec<f64>, Error>;

    /// An observation drawn from f(·; θ), or `None` if the model cannot sample.
    ///
    /// # Errors
    /// Parameters outside their domain.
    fn sample(&self, theta: &[f64], stream: &mut Stream) -> Result<Option<Vec<f64>>, Error>;

    /// The observation at uniform numbers in (0, 1), or `None` if the model has no quantile function.
    ///
    /// # Errors
    /// Parameters outside their domain.
    fn quantile(&self, theta: &[f64], u: &[f64]) -> Result<Option<Vec<f64>>, Error>;

    /// ln F(x; θ) and ln(1 − F(x; θ)), or `None` if the model has no distribution function.
    ///
    /// # Errors
    /// As [`ln_likelihood`](Self::ln_likelihood).
    fn tails(&self, theta: &[f64], x: &[f64]) -> Result<Option<[f64; 2]>, Error>;

    /// As [`closed_form`].
    ///
    /// # Errors
    /// As [`closed_form`].
    fn closed_form(&self, theta: &[f64]) -> Result<Option<Information<Expected>>, Error>;

    /// As [`expected`].
    ///
    /// # Errors
    /// As [`expected`].
    fn expected(&self, theta: &[f64]) -> Result<Information<Expected>, Error>;

    /// As [`moments`].
    ///
    /// # Errors
    /// As [`moments`].
    fn moments(&self, theta: &[f64], method: Method, settings: &Settings) -> Result<ScoreMoments, Error>;

    /// E\[g(x)\] for a g with `dimension` components, as [`expectation`].
    ///
    /// # Errors
    /// As [`expectation`].
    fn expectation(
        &self,
        theta: &[f64],
        dimension: usize,
        g: &(dyn Fn(&[f64], &mut [f64]) + Sync),
        method: Method,
        settings: &Settings,
    ) -> Result<Expectation, Error>;

    /// As [`entropy`].
    ///
    /// # Errors
    /// As [`entropy`].
    fn entropy(&self, theta: &[f64]) -> Result<Estimate, Error>;

    /// As [`kullback_leibler`].
    ///
    /// # Errors
    /// As [`kullback_leibler`].
    fn kullback_leibler(&self, theta: &[f64], other: &[f64]) -> Result<Estimate, Error>;

    /// As [`closed_form_distance`].
    ///
    /// # Errors
    /// As [`closed_form_distance`].
    fn closed_form_distance(&self, theta: &[f64], other: &[f64]) -> Result<Option<Estimate>, Error>;

    /// The model's own formulas of entropy and divergence from `other`, where it has them.
    ///
    /// # Errors
    /// Parameters outside their domain.
    fn formulas(&self, theta: &[f64], other: &[f64]) -> Result<[Option<f64>; 2], Error>;
}

/// θ as the model takes it, after checking it.
fn theta<M: LogLikelihood>(model: &M, theta: &[f64]) -> Result<OwnedTheta<M, f64>, Error> {
    let theta = M::Parameters::from_slice(theta)?;
    checked_parameters(model, theta.borrow())?;
    Ok(theta)
}

/// x as the model takes it.
fn datum<M: LogLikelihood>(x: &[f64]) -> Result<&<M::Observation as Observation>::Of<f64>, Error> {
    M::Observation::from_coordinates(x)
        .ok_or(Error::Unsupported { method: "a model of any type", needs: "observations with as many coordinates" })
}

impl<M: SampleSpace + Send> AnyModel for M {
    fn parameters(&self) -> Vec<Parameter> {
        LogLikelihood::parameters(self)
    }

    fn support(&self, at: &[f64]) -> Result<Support, Error> {
        Ok(SampleSpace::support(self, theta(self, at)?.borrow()))
    }

    fn ln_likelihood(&self, at: &[f64], x: &[f64]) -> Result<f64, Error> {
        Ok(LogLikelihood::ln_likelihood(self, theta(self, at)?.borrow(), datum::<M>(x)?))
    }

    fn derivatives(&self, at: &[f64], x: &[f64]) -> Result<Derivatives, Error> {
        derivatives(self, theta(self, at)?.borrow(), datum::<M>(x)?)
    }

    fn slope(&self, at: &[f64], x: &[f64]) -> Result<Vec<f64>, Error> {
        slope(self, theta(self, at)?.borrow(), datum::<M>(x)?)
    }

    fn sample(&self, at: &[f64], stream: &mut Stream) -> Result<Option<Vec<f64>>, Error> {
        let drawn = (self.capabilities().sampler)(self, theta(self, at)?.borrow(), stream);
        Ok(drawn.map(|x| M::Observation::coordinates(x.borrow()).to_vec()))
    }

    fn quantile(&self, at: &[f64], u: &[f64]) -> Result<Option<Vec<f64>>, Error> {
        let found = (self.capabilities().quantile)(self, theta(self, at)?.borrow(), u);
        Ok(found.map(|x| M::Observation::coordinates(x.borrow()).to_vec()))
    }

    fn tails(&self, at: &[f64], x: &[f64]) -> Result<Option<[f64; 2]>, Error> {
        Ok((self.capabilities().tails)(self, theta(self, at)?.borrow(), datum::<M>(x)?))
    }

    fn closed_form(&self, at: &[f64]) -> Result<Option<Information<Expected>>, Error> {
        closed_form(self, M::Parameters::from_slice(at)?.borrow())
    }

    fn expected(&self, at: &[f64]) -> Result<Information<Expected>, Error> {
        expected(self, M::Parameters::from_slice(at)?.borrow())
    }

    fn moments(&self, at: &[f64], method: Method, settings: &Settings) -> Result<ScoreMoments, Error> {
        moments(self, M::Parameters::from_slice(at)?.borrow(), method, settings)
    }

    fn expectation(
        &self,
        at: &[f64],
        dimension: usize,
        g: &(dyn Fn(&[f64], &mut [f64]) + Sync),
        method: Method,
        settings: &Settings,
    ) -> Result<Expectation, Error> {
        let g: AnyFunction<'_, M> = &|x, values| g(M::Observation::coordinates(x), values);
        expectation(self, M::Parameters::from_slice(at)?.borrow(), dimension, g, method, settings)
    }

    fn entropy(&self, at: &[f64]) -> Result<Estimate, Error> {
        entropy(self, M::Parameters::from_slice(at)?.borrow())
    }

    fn kullback_leibler(&self, at: &[f64], other: &[f64]) -> Result<Estimate, Error> {
        let (at, other) = (M::Parameters::from_slice(at)?, M::Parameters::from_slice(other)?);
        kullback_leibler(self, at.borrow(), other.borrow())
    }

    fn closed_form_distance(&self, at: &[f64], other: &[f64]) -> Result<Option<Estimate>, Error> {
        let (at, other) = (M::Parameters::from_slice(at)?, M::Parameters::from_slice(other)?);
        closed_form_distance(self, at.borrow(), other.borrow())
    }

    fn formulas(&self, at: &[f64], other: &[f64]) -> Result<[Option<f64>; 2], Error> {
        let (at, other) = (theta(self, at)?, theta(self, other)?);
        let known = self.capabilities();
        Ok([(known.entropy)(self, at.borrow()), (known.divergence)(self, at.borrow(), other.borrow())])
    }
}

/// A family of the catalogue with three parameter vectors, the last of them awkward.
///
/// A vector of them is a [`Visitor`]: `visit_all(&mut entries)` collects the catalogue.
pub struct Entry {
    /// The name of the family.
    pub name: &'static str,
    /// The path of its type, as [`std::any::type_name`] has it.
    pub type_name: &'static str,
    /// The family.
    pub model: Box<dyn AnyModel>,
    /// The parameter vectors.
    pub points: Vec<Vec<f64>>,
}

impl Visitor for Vec<Entry> {
    fn visit<M>(&mut self, name: &'static str, model: &M, points: &[&[f64]])
    where
        M: SampleSpace + Sampler + Clone + Send + 'static,
    {
        let points = points.iter().map(|theta| theta.to_vec()).collect();
        self.push(Entry { name, type_name: std::any::type_name::<M>(), model: Box::new(model.clone()), points });
    }
}
