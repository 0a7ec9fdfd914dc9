//! Wald intervals: an estimate and so many standard errors on either side, in this coordinate or that.

use super::function::LinearCombination;
use super::interval::{End, Interval};
use super::quantiles;
use crate::coordinate::Coordinate;
use crate::error::Error;
use crate::inference::Fit;
use crate::information::Covariance;
use crate::model::{CoordinateMap, Link, LogLikelihood, Observations, ParameterSpace, described, jacobian};
use nalgebra::{DMatrix, DVector};
use num_dual::Dual64;
use std::borrow::Borrow;

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// The Wald intervals θ̂ᵢ ± z √Σᵢᵢ of all parameters, from any covariance: that of the observed or expected information, or a
    /// sandwich.
    ///
    /// They depend on the coordinates, and may leave the domain of a parameter.
    ///
    /// ```
    /// use fisher_information::{distributions::Normal, inference::maximum_likelihood};
    ///
    /// let fit = maximum_likelihood(&Normal, &[1.0, 3.0, 1.0, 3.0])?;           // mean 2, deviation 1
    /// let intervals = fit.wald_intervals(&fit.covariance()?, 0.95)?;
    /// let [lower, upper] = intervals[0].ends();
    /// assert!((lower - (2.0 - 1.959963984540054 / 2.0)).abs() < 1e-9);         // σ/√n = 1/2
    /// assert!((upper - (2.0 + 1.959963984540054 / 2.0)).abs() < 1e-9);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidLevel`]; [`Error::NamesDiffer`] if the covariance is that of other parameters.
    pub fn wald_intervals(&self, covariance: &Covariance, level: f64) -> Result<Vec<Interval>, Error> {
        self.each_interval(covariance, |_, name, estimate, error| by_link(name, estimate, error, Link::Identity, level))
    }

    /// The Wald intervals of all parameters, each in a coordinate without bounds (ln θ for θ > 0, the logit between two bounds) and mapped
    /// back: they never leave the domain.
    ///
    /// # Errors
    /// Those of [`wald_intervals`](Self::wald_intervals).
    pub fn wald_intervals_within_domain(&self, covariance: &Covariance, level: f64) -> Result<Vec<Interval>, Error> {
        let z = quantiles::normal(level)?;
        self.each_interval(covariance, |index, name, estimate, error| {
            let coordinate = Coordinate::of(self.parameters()[index].domain);
            let (centre, radius) = (coordinate.of_parameter(estimate), z * error / coordinate.slopes(estimate).0);
            let [lower, upper] = [centre - radius, centre + radius].map(|phi| End::At(coordinate.parameter(phi)));
            Ok(Interval { name: name.to_owned(), estimate, lower, upper, level })
        })
    }

    /// The Wald interval of one parameter in the coordinate of a link, mapped back.
    ///
    /// # Errors
    /// Those of [`wald_intervals`](Self::wald_intervals); [`Error::UnknownParameter`]; [`Error::FormulaNotFinite`] if the link has no
    /// value at the estimate.
    pub fn wald_interval(
        &self,
        parameter: &str,
        link: Link,
        covariance: &Covariance,
        level: f64,
    ) -> Result<Interval, Error> {
        check_names(self.names(), covariance)?;
        let index = self.position(parameter)?;
        by_link(parameter, self.estimates()[index], covariance.standard_errors()[index].value, link, level)
    }

    /// The Wald intervals of all coordinates φ of a map θ(φ). The estimate is that φ̂ near `start` with θ(φ̂) = θ̂, its covariance
    /// J⁻¹ΣJ⁻ᵀ with the Jacobian J = ∂θ/∂φ.
    ///
    /// ```
    /// use fisher_information::{distributions::Normal, inference::maximum_likelihood, model::{Elementwise, Link}};
    ///
    /// let fit = maximum_likelihood(&Normal, &[1.0, 3.0, 1.0, 3.0])?;
    /// let logarithm = Elementwise(vec![Link::Identity, Link::Log]);
    /// let intervals = fit.wald_intervals_in(&logarithm, &[0.0, 0.0], &fit.covariance()?, 0.95)?;
    /// let back = fit.wald_interval("deviation", Link::Log, &fit.covariance()?, 0.95)?;
    /// assert_eq!(intervals[1].name, "ln deviation");
    /// assert!((intervals[1].ends()[0].exp() - back.ends()[0]).abs() < 1e-9);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`wald_intervals`](Self::wald_intervals); [`Error::NoSuchCoordinates`] if no φ̂ is found near the start;
    /// [`Error::LengthMismatch`] if the start has another length.
    pub fn wald_intervals_in<T: CoordinateMap<M::Parameters>>(
        &self,
        map: &T,
        start: &<M::Parameters as ParameterSpace>::Of<f64>,
        covariance: &Covariance,
        level: f64,
    ) -> Result<Vec<Interval>, Error> {
        check_names(self.names(), covariance)?;
        crate::error::check_length("coordinates of the start", self.estimates().len(), start.as_ref().len())?;
        let errors = covariance.standard_errors();
        let units = self.estimates().iter().zip(&errors).map(|(theta, error)| theta.abs() + error.value);
        let (phi, inverse) = preimage(map, start, self.estimates(), &units.collect::<Vec<_>>())?;
        let sigma = &inverse * covariance.matrix() * inverse.transpose();
        let parameters = described(map.parameters(self.parameters().to_vec()), phi.len());
        let variances = sigma.diagonal();
        let each = parameters.iter().zip(&phi).zip(&variances);
        each.map(|((parameter, &phi), variance)| {
            by_link(&parameter.name, phi, variance.max(0.0).sqrt(), Link::Identity, level)
        })
        .collect()
    }

    /// Σ cᵢ θᵢ, given the coefficients by name: for [`delta_method`](Self::delta_method) and [`profile_of`](Self::profile_of).
    ///
    /// # Errors
    /// [`Error::UnknownParameter`], [`Error::RepeatedName`].
    pub fn combination(&self, coefficients: &[(&str, f64)]) -> Result<LinearCombination, Error> {
        let mut all: Vec<Option<f64>> = vec![None; self.names().len()];
        for &(name, coefficient) in coefficients {
            if all[self.position(name)?].replace(coefficient).is_some() {
                return Err(Error::RepeatedName { name: name.to_owned() });
            }
        }
        Ok(LinearCombination { coefficients: all.into_iter().map(Option::unwrap_or_default).collect() })
    }

    /// An interval for every parameter, given place, name, estimate and standard error.
    fn each_interval(
        &self,
        covariance: &Covariance,
        interval: impl Fn(usize, &str, f64, f64) -> Result<Interval, Error>,
    ) -> Result<Vec<Interval>, Error> {
        check_names(self.names(), covariance)?;
        let errors = covariance.standard_errors();
        let each = self.names().iter().zip(self.estimates()).zip(&errors).enumerate();
        each.map(|(i, ((name, &estimate), error))| interval(i, name, estimate, error.value)).collect()
    }
}

/// The interval estimate ± z error in the coordinate of a link, mapped back.
pub(super) fn by_link(name: &str, estimate: f64, error: f64, link: Link, level: f64) -> Result<Interval, Error> {
    let z = quantiles::normal(level)?;
    let image = link.apply(Dual64::new(estimate, 1.0));
    if !(image.re.is_finite() && image.eps.is_finite()) {
        return Err(Error::FormulaNotFinite { quantity: "the coordinate of the estimate", value: image.re });
    }
    let radius = z * error * image.eps.abs();
    let back = |phi: f64| match link {
        Link::SquareRoot => phi.max(0.0).powi(2), // the root of nothing is negative
        _ => link.inverse(phi),
    };
    let [lower, upper] = [image.re - radius, image.re + radius].map(|phi| End::At(back(phi)));
    Ok(Interval { name: name.to_owned(), estimate, lower, upper, level })
}

/// That a covariance is about these parameters.
pub(super) fn check_names(names: &[String], covariance: &Covariance) -> Result<(), Error> {
    crate::error::check_length("parameters of the covariance", names.len(), covariance.names().len())?;
    let mut pairs = names.iter().zip(covariance.names()).enumerate();
    match pairs.find(|(_, (expected, found))| expected != found) {
        Some((position, (expected, found))) => {
            Err(Error::NamesDiffer { position, expected: expected.clone(), found: found.clone() })
        }
        None => Ok(()),
    }
}

/// φ with θ(φ) = θ, by Newton's method with halved steps, and J⁻¹ there.
fn preimage<S: ParameterSpace, T: CoordinateMap<S>>(
    map: &T,
    start: &S::Of<f64>,
    theta: &[f64],
    units: &[f64],
) -> Result<(Vec<f64>, DMatrix<f64>), Error> {
    let size = theta.len();
    let none = || Error::NoSuchCoordinates { theta: theta.to_vec() };
    let miss_at = |phi: &[f64]| -> Result<DVector<f64>, Error> {
        let image = map.map::<f64>(S::from_slice(phi)?.borrow());
        Ok(DVector::from_fn(size, |i, _| image.as_ref().get(i).map_or(f64::NAN, |image| theta[i] - image)))
    };
    let inverse = |phi: &[f64]| -> Result<DMatrix<f64>, Error> {
        let rows = jacobian::<S, T, f64>(map, S::from_slice(phi)?.borrow());
        DMatrix::from_fn(size, size, |i, j| rows[i][j]).try_inverse().ok_or_else(none)
    };
    // Infinite where an image is NaN, so that it is never the better one.
    let distance = |miss: &DVector<f64>| {
        let each = miss.iter().zip(units).map(|(miss, unit)| (miss / unit).abs());
        each.fold(0.0, |most: f64, part| if part.is_nan() { f64::INFINITY } else { most.max(part) })
    };
    let mut phi = start.as_ref().to_vec();
    let mut miss = miss_at(&phi)?;
    for _ in 0..NEWTON_STEPS {
        let step = inverse(&phi)? * &miss;
        let mut share = 1.0;
        let better = loop {
            let there: Vec<f64> = phi.iter().zip(&step).map(|(phi, step)| phi + share * step).collect();
            let missed = miss_at(&there)?;
            if distance(&missed) < distance(&miss) {
                break Some((there, missed));
            }
            share *= 0.5;
            if share < SMALLEST_SHARE {
                break None;
            }
        };
        let Some(better) = better else { break };
        (phi, miss) = better;
    }
    if distance(&miss) > NEAR {
        return Err(none());
    }
    let inverse = inverse(&phi)?;
    Ok((phi, inverse))
}

const NEWTON_STEPS: usize = 100;

/// A step halved so often leads nowhere.
const SMALLEST_SHARE: f64 = 1e-9;

/// A preimage is one if the parameters agree to so much, in units of their size and standard error together.
const NEAR: f64 = 1e-10;
