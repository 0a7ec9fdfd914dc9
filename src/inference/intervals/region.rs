//! Likelihood-ratio regions for two parameters.

use super::held::Held;
use super::quantiles;
use super::ray::{Crossing, Ray};
use super::slice::{Summit, Terrain};
use crate::error::Error;
use crate::inference::Fit;
use crate::information::Covariance;
use crate::model::{LogLikelihood, Observations, Parameter};
use nalgebra::Matrix2;
use std::f64::consts::TAU;

/// The region of all pairs (a, b) of two parameters with W(a, b) = 2(ℓ̂ − ℓₚ(a, b)) below the quantile −2 ln(1 − level) of χ² with two
/// degrees of freedom, all other parameters being chosen best.
///
/// ```
/// use fisher_information::{distributions::Normal, inference::maximum_likelihood};
///
/// let fit = maximum_likelihood(&Normal, &[1.0, 3.0, 1.0, 3.0])?;
/// let region = fit.region(["mean", "deviation"], 0.9)?;
/// let contour = region.contour(16)?;
/// assert!(contour.is_closed() && contour.points.len() == 16);
/// for point in contour.points {
///     assert!((region.statistic(point)? - 2.0 * 10.0_f64.ln()).abs() < 1e-9);
/// }
/// assert!(region.contains([2.0, 1.5])? && !region.contains([2.0, 4.0])?);
/// # Ok::<(), fisher_information::Error>(())
/// ```
pub struct Region<'f> {
    names: &'f [String],
    parameters: [&'f Parameter; 2],
    terrain: Terrain<'f>,
    places: [usize; 2],
    theta: &'f [f64],
    level: f64,
}

/// The contour of a region.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Contour {
    /// Points of the contour, anticlockwise about the estimate; the first follows upon the last.
    pub points: Vec<[f64; 2]>,
    /// Directions in which the contour has no point.
    pub open: Vec<OpenDirection>,
}

impl Contour {
    /// Whether there is a point in every direction.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.open.is_empty()
    }
}

/// A direction in which a region has no end, or none that could be found.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OpenDirection {
    /// The last point reached.
    pub last: [f64; 2],
    /// The highest level at which the region would end.
    pub level: f64,
}

impl<M: LogLikelihood, D: Observations<M::Observation> + ?Sized> Fit<'_, M, D> {
    /// The likelihood-ratio region of two parameters.
    ///
    /// # Errors
    /// [`Error::InvalidLevel`], [`Error::UnknownParameter`], [`Error::RepeatedName`].
    pub fn region(&self, parameters: [&str; 2], level: f64) -> Result<Region<'_>, Error> {
        let places = [self.position(parameters[0])?, self.position(parameters[1])?];
        if places[0] == places[1] {
            return Err(Error::RepeatedName { name: parameters[0].to_owned() });
        }
        Ok(Region {
            names: self.names(),
            parameters: places.map(|place| &self.parameters()[place]),
            terrain: Terrain::new(&self.likelihood),
            places,
            theta: self.estimates(),
            level: quantiles::check_level(level)?,
        })
    }
}

impl Region<'_> {
    /// W(a, b), the likelihood-ratio statistic for the hypothesis that these are the true values.
    ///
    /// # Errors
    /// [`Error::ParameterOutsideDomain`]; [`Error::HigherLikelihood`] if the likelihood is higher there than at the estimate; why there is
    /// no maximum of the likelihood given the two.
    pub fn statistic(&self, point: [f64; 2]) -> Result<f64, Error> {
        let coordinate = |k: usize| self.terrain.coordinates.get(self.places[k]);
        for (parameter, value) in self.parameters.iter().zip(point) {
            parameter.check(value)?;
        }
        let move_of = |k: usize| coordinate(k).of_parameter(point[k]) - coordinate(k).of_parameter(self.estimate()[k]);
        let direction = [move_of(0), move_of(1)];
        if direction == [0.0, 0.0] {
            return Ok(0.0);
        }
        self.along(direction, |ray| Ok(ray.statistic(&ray.at(1.0)?)?.0))
    }

    /// Whether a point lies in the region.
    ///
    /// # Errors
    /// Those of [`statistic`](Self::statistic).
    pub fn contains(&self, point: [f64; 2]) -> Result<bool, Error> {
        Ok(self.statistic(point)? <= quantiles::chi_squared_2(self.level)?)
    }

    /// The contour at so many points, each in another direction from the estimate.
    ///
    /// The directions are those of the Wald ellipse at equidistant angles, straight in coordinates without bounds. Where a region is not
    /// star-shaped about the estimate there, the contour is the boundary of the part that the estimate sees.
    ///
    /// # Errors
    /// [`Error::HigherLikelihood`] if the likelihood is higher anywhere on the way than at the estimate.
    pub fn contour(&self, points: usize) -> Result<Contour, Error> {
        let quantile = quantiles::chi_squared_2(self.level)?;
        let axes = self.axes()?;
        let mut contour = Contour { points: Vec::with_capacity(points), open: Vec::new() };
        for angle in angles(points) {
            let direction = axes * nalgebra::Vector2::new(angle.cos(), angle.sin());
            self.along(direction.into(), |ray| {
                let pair = |at: &Summit| self.places.map(|place| at.theta[place]);
                match ray.cross(quantile)? {
                    Crossing::At(at) => contour.points.push(pair(&at)),
                    Crossing::Flat { last, statistic } | Crossing::Stopped { last, statistic, .. } => {
                        let level = quantiles::level_of_chi_squared_2(statistic);
                        contour.open.push(OpenDirection { last: pair(&last), level });
                    }
                }
                Ok(())
            })?;
        }
        Ok(contour)
    }

    /// The Wald ellipse of the same level, from any covariance of all parameters: (θ − θ̂)ᵀΣ⁻¹(θ − θ̂) equal to the quantile, at so many
    /// points. It may leave the domain.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`]; [`Error::ZeroVariance`] if one of the two is known exactly.
    pub fn ellipse(&self, covariance: &Covariance, points: usize) -> Result<Vec<[f64; 2]>, Error> {
        let names = self.places.map(|place| self.names[place].as_str());
        let sigma = covariance.marginal(&names)?.matrix().fixed_view::<2, 2>(0, 0).into_owned();
        let Some(root) = sigma.cholesky() else {
            let least = if sigma[(0, 0)] > 0.0 { 1 } else { 0 };
            return Err(Error::ZeroVariance { name: names[least].to_owned() });
        };
        let radius = quantiles::chi_squared_2(self.level)?.sqrt();
        let [a, b] = self.estimate();
        let point = |angle: f64| {
            let away = root.l() * nalgebra::Vector2::new(angle.cos(), angle.sin()) * radius;
            [a + away[0], b + away[1]]
        };
        Ok(angles(points).map(point).collect())
    }

    /// The two parameters at the maximum.
    #[must_use]
    pub fn estimate(&self) -> [f64; 2] {
        self.places.map(|place| self.theta[place])
    }

    /// The Cholesky factor of the covariance of the two coordinates, so that steps in all directions are about one standard error; the
    /// identity where there is none.
    fn axes(&self) -> Result<Matrix2<f64>, Error> {
        let coordinates = &self.terrain.coordinates;
        let curvature = coordinates.pull_back(self.theta, self.terrain.objective.at(self.theta)?).curvature;
        let pair = |inverse: nalgebra::DMatrix<f64>| {
            Matrix2::from_fn(|i, j| inverse[(self.places[i], self.places[j])]).cholesky().map(|factor| factor.l())
        };
        Ok(curvature.cholesky().and_then(|factor| pair(factor.inverse())).unwrap_or_else(Matrix2::identity))
    }

    /// Calls `then` with the ray from the estimate in a direction of the coordinates without bounds.
    fn along<R>(&self, direction: [f64; 2], then: impl FnOnce(&Ray<'_>) -> Result<R, Error>) -> Result<R, Error> {
        let terrain = &self.terrain;
        let origin = [0, 1].map(|k| terrain.coordinates.get(self.places[k]).of_parameter(self.estimate()[k]));
        let slices =
            Held { terrain, places: self.places.to_vec(), origin: origin.to_vec(), direction: direction.to_vec() };
        let top = slices.summit(0.0, self.theta.to_vec())?;
        let first = terrain.standard_error(&top)?.unwrap_or(1.0) * quantiles::chi_squared_2(self.level)?.sqrt();
        let bounded = |parameter: &&Parameter| parameter.domain.lower.is_finite() || parameter.domain.upper.is_finite();
        let logarithmic = self.parameters.iter().any(bounded);
        then(&Ray { slices: &slices, top: &top, names: self.names, first, logarithmic })
    }
}

/// Equidistant angles of a full turn.
#[allow(clippy::cast_precision_loss)] // counts of points
fn angles(points: usize) -> impl Iterator<Item = f64> {
    (0..points).map(move |k| TAU * k as f64 / points as f64)
}
