//! Profile likelihoods: intervals that do not depend on the coordinates, the curve, and the signed root.

use super::function::{ParameterFunction, SmoothFunction};
use super::held::Held;
use super::interval::{End, Interval};
use super::level_set::{Constraint, LevelSet, Of};
use super::quantiles;
use super::ray::{Crossing, Ray};
use super::slice::{Slice, Summit, Terrain};
use crate::coordinate::Coordinate;
use crate::error::Error;
use crate::inference::Fit;
use crate::model::{Domain, LogLikelihood, Observations, Parameter};
use std::marker::PhantomData;

/// The profile likelihood of a parameter, or of a function ψ = g(θ) of the parameters:
///
/// ```math
/// \ell_p(\psi) = \max_{g(\theta) = \psi} \ell(\theta), \qquad
/// W(\psi) = 2\bigl(\ell(\hat\theta) - \ell_p(\psi)\bigr), \qquad
/// r(\psi) = \operatorname{sign}(\hat\psi - \psi)\, \sqrt{W(\psi)} .
/// ```
///
/// If ψ is the truth, W is asymptotically χ² with one degree of freedom, and the signed root r standard normal. Where the fit has a
/// prior, ℓ is the logarithm of the posterior density.
///
/// The ends of intervals are found by Newton's method for √W, whose slope is known exactly: it is the multiplier of g(θ) = ψ.
///
/// Source: Barndorff-Nielsen and Cox, *Inference and Asymptotics* (1994), section 3.4; compare Venzon and Moolgavkar, *A method for
/// computing profile-likelihood-based confidence intervals*, Appl. Statist. 37 (1988), doi:10.2307/2347496.
pub struct Profile<'f> {
    name: String,
    names: &'f [String],
    terrain: Terrain<'f>,
    interest: Interest<'f>,
    domain: Domain,
    theta: &'f [f64],
    estimate: f64,
}

/// What a profile is about.
enum Interest<'f> {
    Parameter(usize),
    Function(Box<dyn Constraint + 'f>),
}

/// A point of a profile.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ProfilePoint {
    /// ψ
    pub value: f64,
    /// ℓₚ(ψ)
    pub log_likelihood: f64,
    /// r(ψ), positive below the estimate
    pub signed_root: f64,
    /// The parameters where the maximum is attained.
    pub theta: Vec<f64>,
}

impl ProfilePoint {
    /// W(ψ), the likelihood-ratio statistic for the hypothesis that ψ is the truth.
    #[must_use]
    pub fn statistic(&self) -> f64 {
        self.signed_root.powi(2)
    }
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// The profile likelihood of a parameter.
    ///
    /// ```
    /// use fisher_information::{distributions::Normal, inference::maximum_likelihood};
    ///
    /// let fit = maximum_likelihood(&Normal, &[1.0, 3.0, 1.0, 3.0])?;       // n = 4, mean 2, deviation 1
    /// let [lower, upper] = fit.profile("mean")?.interval(0.95)?.ends();
    /// let radius = ((3.841458820694124_f64 / 4.0).exp() - 1.0).sqrt();     // from n ln(1 + (x̄ − μ)²/σ̂²) = χ²
    /// assert!((lower - (2.0 - radius)).abs() < 1e-9 && (upper - (2.0 + radius)).abs() < 1e-9);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::UnknownParameter`].
    pub fn profile(&self, parameter: &str) -> Result<Profile<'_>, Error> {
        let place = self.position(parameter)?;
        Ok(Profile {
            name: parameter.to_owned(),
            names: self.names(),
            terrain: Terrain::new(&self.likelihood),
            interest: Interest::Parameter(place),
            domain: self.parameters()[place].domain,
            theta: self.estimates(),
            estimate: self.estimates()[place],
        })
    }

    /// The profile likelihood of a smooth function of the parameters.
    ///
    /// # Errors
    /// [`Error::FormulaNotFinite`], [`Error::DerivativeNotFinite`] if the function has no value or no derivatives at the estimate;
    /// [`Error::ParameterOutsideDomain`] if its value lies outside the domain that it states.
    pub fn profile_of<'f, F>(&'f self, function: &'f F) -> Result<Profile<'f>, Error>
    where
        F: ParameterFunction<M::Parameters>,
    {
        let estimate = function.expansion(self.theta())?.value;
        let (name, domain) = (function.name(), function.domain());
        Parameter::new(name.clone(), domain).check(estimate)?;
        Ok(Profile {
            name,
            names: self.names(),
            terrain: Terrain::new(&self.likelihood),
            interest: Interest::Function(Box::new(Of::<'f, M::Parameters, F> { function, space: PhantomData })),
            domain,
            theta: self.estimates(),
            estimate,
        })
    }

    /// The profile-likelihood intervals of all parameters.
    ///
    /// # Errors
    /// Those of [`Profile::interval`].
    pub fn profile_intervals(&self, level: f64) -> Result<Vec<Interval>, Error> {
        self.names().iter().map(|name| self.profile(name)?.interval(level)).collect()
    }
}

impl Profile<'_> {
    /// What it is about.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// ψ̂, where the profile has its maximum.
    #[must_use]
    pub fn estimate(&self) -> f64 {
        self.estimate
    }

    /// The profile at one ψ.
    ///
    /// # Errors
    /// [`Error::ParameterOutsideDomain`]; [`Error::HigherLikelihood`] if the likelihood is higher there than at the estimate;
    /// why there is no maximum of the likelihood given ψ, as [`MaximumLikelihood::fit`](crate::inference::MaximumLikelihood::fit);
    /// [`Error::ValueNotTaken`] if the function does not take the value nearby.
    pub fn at(&self, psi: f64) -> Result<ProfilePoint, Error> {
        Parameter::new(self.name.clone(), self.domain).check(psi)?;
        let coordinate = Coordinate::of(self.domain);
        let way = coordinate.of_parameter(psi) - coordinate.of_parameter(self.estimate);
        self.along(way, 1.0, |ray| {
            let there = if way == 0.0 { ray.top.clone() } else { ray.at(way.abs())? };
            self.point(ray, &there, Some(psi))
        })
    }

    /// The interval of all ψ about the estimate with W(ψ) below the quantile of χ²₁. Its ends do not depend on the coordinates of the
    /// parameters: those of ln ψ are the logarithms of those of ψ.
    ///
    /// An end that the profile never reaches is told by [`End`], with the level at which the profile flattens out. If the region is not
    /// connected, it is the part about the estimate.
    ///
    /// # Errors
    /// [`Error::InvalidLevel`]; [`Error::HigherLikelihood`] if the likelihood is higher anywhere on the way than at the estimate.
    pub fn interval(&self, level: f64) -> Result<Interval, Error> {
        let z = quantiles::normal(level)?;
        let end = |direction: f64| self.along(direction, z, |ray| self.end(ray.cross(z * z)?, direction));
        let (lower, upper) = (end(-1.0)?, end(1.0)?);
        Ok(Interval { name: self.name.clone(), estimate: self.estimate, lower, upper, level })
    }

    /// The profile at so many points on either side of the estimate, and there, in rising order, as far as the interval of the given level
    /// reaches or the profile can be followed. The points are equidistant in a coordinate without bounds.
    ///
    /// # Errors
    /// Those of [`interval`](Self::interval) and [`at`](Self::at).
    pub fn curve(&self, level: f64, points: usize) -> Result<Vec<ProfilePoint>, Error> {
        let z = quantiles::normal(level)?;
        let side = |direction: f64| {
            self.along(direction, z, |ray| {
                let (Crossing::At(last) | Crossing::Flat { last, .. } | Crossing::Stopped { last, .. }) =
                    ray.cross(z * z)?;
                let mut here = ray.top.clone();
                let mut side = Vec::with_capacity(points);
                #[allow(clippy::cast_precision_loss)] // counts of points
                for k in 1..=points {
                    here = ray.slices.maximum(last.t * (k as f64 / points as f64), &here)?;
                    side.push(self.point(ray, &here, None)?);
                }
                Ok(side)
            })
        };
        let mut curve = side(-1.0)?;
        curve.reverse();
        curve.push(self.along(1.0, z, |ray| self.point(ray, ray.top, None))?);
        curve.extend(side(1.0)?);
        Ok(curve)
    }

    /// Calls `then` with the ray from the estimate in a direction, of which only the sign counts. Its first step is that of `z` standard
    /// errors.
    fn along<R>(&self, direction: f64, z: f64, then: impl FnOnce(&Ray<'_>) -> Result<R, Error>) -> Result<R, Error> {
        let coordinate = Coordinate::of(self.domain);
        let (origin, direction) = (coordinate.of_parameter(self.estimate), 1.0_f64.copysign(direction));
        let terrain = &self.terrain;
        match &self.interest {
            &Interest::Parameter(place) => {
                let slices = Held { terrain, places: vec![place], origin: vec![origin], direction: vec![direction] };
                let top = slices.summit(0.0, self.theta.to_vec())?;
                self.ray(&slices, &top, z, origin, then)
            }
            Interest::Function(function) => {
                let slices = LevelSet { terrain, function: function.as_ref(), coordinate, origin, direction };
                let top = slices.summit(0.0, self.estimate, self.theta.to_vec())?;
                self.ray(&slices, &top, z, origin, then)
            }
        }
    }

    fn ray<R>(
        &self,
        slices: &dyn Slice,
        top: &Summit,
        z: f64,
        origin: f64,
        then: impl FnOnce(&Ray<'_>) -> Result<R, Error>,
    ) -> Result<R, Error> {
        let logarithmic = Coordinate::of(self.domain) != Coordinate::Plain;
        let usual = if logarithmic { 1.0 } else { origin.abs().max(1.0) };
        let first = z * self.terrain.standard_error(top)?.unwrap_or(usual);
        then(&Ray { slices, top, names: self.names, first, logarithmic })
    }

    /// A summit as a point of the profile.
    fn point(&self, ray: &Ray<'_>, at: &Summit, psi: Option<f64>) -> Result<ProfilePoint, Error> {
        let value = match (psi, &self.interest) {
            (Some(psi), _) => psi,
            (None, &Interest::Parameter(place)) => at.theta[place],
            (None, Interest::Function(function)) => function.at(&at.theta)?.value,
        };
        let root = ray.statistic(at)?.0.sqrt();
        let signed_root = if value > self.estimate { -root } else { root };
        Ok(ProfilePoint { value, log_likelihood: at.value.value, signed_root, theta: at.theta.clone() })
    }

    /// What a crossing is for an interval.
    fn end(&self, crossing: Crossing, direction: f64) -> Result<End, Error> {
        let value = |at: &Summit| match &self.interest {
            &Interest::Parameter(place) => Ok(at.theta[place]),
            Interest::Function(function) => Ok(function.at(&at.theta)?.value),
        };
        let bound = if direction < 0.0 { self.domain.lower } else { self.domain.upper };
        Ok(match crossing {
            Crossing::At(summit) => End::At(value(&summit)?),
            Crossing::Flat { statistic, .. } => {
                let level = quantiles::level_of_chi_squared_1(statistic);
                if bound.is_finite() { End::AtBound { bound, level } } else { End::Unbounded { level } }
            }
            Crossing::Stopped { last, statistic, reason } => {
                let level = quantiles::level_of_chi_squared_1(statistic);
                End::Stopped { at: value(&last)?, level, reason: reason.to_string() }
            }
        })
    }
}
