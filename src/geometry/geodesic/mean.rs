//! Fréchet means.

use super::boundary::{Connected, connect, length_estimate};
use super::chart::Chart;
use crate::error::{Error, check_length};
use crate::expectation::Estimate;
use crate::geometry::Manifold;
use nalgebra::{DMatrix, DVector};

/// The point from which the weighted mean of squared distances to others is least.
///
/// ```math
/// \bar p = \arg\min_p \sum_i w_i\, d(p, p_i)^2, \qquad \sum_i w_i \log_{\bar p} p_i = 0
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FrechetMean {
    /// The names of the coordinates.
    pub names: Vec<String>,
    /// The mean.
    pub point: Vec<f64>,
    /// The mean of the squared distances, its minimum.
    pub variance: Estimate,
    /// The distances of the points from the mean.
    pub distances: Vec<Estimate>,
    /// The length of the mean of the logarithms, which is zero at the mean: about how far away it is.
    pub gradient: f64,
    /// How many steps of Newton's method were taken.
    pub iterations: usize,
}

/// The Fréchet mean of points with weights.
///
/// Newton's method: the Hessian of ½d² to a point is the covariant derivative at the mean of the Jacobi fields that vanish at the point.
/// Where no curvature is positive there is one mean; elsewhere it is one of points that are close together (Karcher 1977), and what is found
/// is a minimum near the mean of the coordinates.
///
/// ```
/// use fisher_information::{distributions::Poisson, geometry::{FisherMetric, frechet_mean}};
///
/// // √λ is a distance, so the mean is the square of the mean root
/// let mean = frechet_mean(&FisherMetric::of(&Poisson), &[&[1.0], &[4.0], &[9.0]], &[1.0; 3])?;
/// assert!((mean.point[0] - 4.0).abs() < 1e-10);
/// assert!((mean.variance.value - 8.0 / 3.0).abs() < 1e-10);        // of 2√λ
/// assert!(mean.gradient < 1e-10);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Sources: Karcher, *Riemannian center of mass and mollifier smoothing*, Comm. Pure Appl. Math. 30 (1977) 509–541; Pennec, *Intrinsic
/// statistics on Riemannian manifolds*, J. Math. Imaging Vision 25 (2006) 127–154.
///
/// # Errors
/// [`Error::NoData`], [`Error::LengthMismatch`], [`Error::InvalidWeight`] and [`Error::ZeroWeights`]; those of points outside the manifold and
/// of geodesics to them; [`Error::NoMean`] with the best so far.
pub fn frechet_mean(manifold: &dyn Manifold, points: &[&[f64]], weights: &[f64]) -> Result<FrechetMean, Error> {
    let first = *points.first().ok_or(Error::NoData)?;
    check_length("weights of points", points.len(), weights.len())?;
    if let Some(index) = weights.iter().position(|weight| !(weight.is_finite() && *weight >= 0.0)) {
        return Err(Error::InvalidWeight { index, value: weights[index] });
    }
    let total: f64 = weights.iter().sum();
    if total == 0.0 {
        return Err(Error::ZeroWeights { count: weights.len() });
    }
    let shares: Vec<f64> = weights.iter().map(|weight| weight / total).collect();
    let mut chart = Chart::new(manifold, &starting_point(manifold, first, points, &shares)?)?;
    let mut here = Summary::at(&chart, points, &shares)?;
    for iterations in 0..=MOST_STEPS {
        if here.gradient <= CONVERGED * here.variance.value.sqrt() {
            return Ok(FrechetMean {
                names: chart.names,
                point: chart.base,
                variance: here.variance,
                distances: here.distances,
                gradient: here.gradient,
                iterations,
            });
        }
        let mut step = here.step.clone();
        let next = (0..MOST_HALVINGS).find_map(|_| {
            let there = Chart::new(manifold, &chart.point(&step)).ok();
            let found = there.and_then(|chart| Summary::at(&chart, points, &shares).ok().map(|found| (chart, found)));
            step *= 0.5;
            // at the end only the gradient shows progress
            found
                .filter(|(_, there)| there.gradient < 0.5 * here.gradient || there.variance.value < here.variance.value)
        });
        let Some((there, found)) = next else { return end_of(here, chart, iterations) };
        (chart, here) = (there, found);
    }
    end_of(here, chart, MOST_STEPS)
}

/// What the search says when no step helps: that it is at the mean to rounding, or that it has failed.
fn end_of(here: Summary, chart: Chart<'_>, iterations: usize) -> Result<FrechetMean, Error> {
    if here.gradient > ACCEPTED * here.variance.value.sqrt() {
        return Err(Error::NoMean { iterations, names: chart.names, values: chart.base, gradient: here.gradient });
    }
    Ok(FrechetMean {
        names: chart.names,
        point: chart.base,
        variance: here.variance,
        distances: here.distances,
        gradient: here.gradient,
        iterations,
    })
}

/// The mean in coordinates without bounds, or in those of the manifold where that lies outside.
fn starting_point(
    manifold: &dyn Manifold,
    first: &[f64],
    points: &[&[f64]],
    shares: &[f64],
) -> Result<Vec<f64>, Error> {
    let chart = Chart::new(manifold, first)?;
    let mut sum = DVector::zeros(chart.dimension());
    let mut plain = DVector::zeros(chart.dimension());
    for (point, share) in points.iter().zip(shares) {
        sum += chart.displacement(point)? * *share;
        plain += DVector::from_column_slice(point) * *share;
    }
    let mean = chart.point(&sum);
    Ok(if manifold.coordinates(&mean).is_ok() { mean } else { plain.as_slice().to_vec() })
}

/// The points as they are seen from a candidate.
struct Summary {
    distances: Vec<Estimate>,
    variance: Estimate,
    /// |Σ wᵢ log pᵢ|
    gradient: f64,
    /// Newton's step in the coordinates of the chart, or the gradient where the Hessian is not positive.
    step: DVector<f64>,
}

impl Summary {
    fn at(chart: &Chart<'_>, points: &[&[f64]], shares: &[f64]) -> Result<Self, Error> {
        let size = chart.dimension();
        let origin = DVector::zeros(size);
        let local = chart.connection(&origin)?;
        let (mut sum, mut hessian) = (origin.clone(), DMatrix::zeros(size, size));
        let mut distances = Vec::with_capacity(points.len());
        let mut variance = Estimate::new(0.0, 0.0);
        for (point, &share) in points.iter().zip(shares) {
            let end = chart.displacement(point)?;
            if end.iter().all(|&by| by == 0.0) {
                hessian += DMatrix::identity(size, size) * share;
                distances.push(Estimate::new(0.0, 0.0));
                continue;
            }
            let connected = connect(chart, &end, point)?;
            let distance = length_estimate(&connected);
            variance.value += share * distance.value * distance.value;
            variance.error += 2.0 * share * distance.value * distance.error;
            distances.push(distance);
            sum += &connected.variation.pieces[0].velocity[0] * share;
            hessian += hessian_of(&connected, size) * share;
        }
        let metric = local.metric();
        let lowered = &metric * hessian;
        let symmetric = (&lowered + lowered.transpose()) * 0.5;
        let step = symmetric.cholesky().map_or_else(|| sum.clone(), |factor| factor.solve(&(metric * &sum)));
        Ok(Self { distances, variance, gradient: local.norm(&sum), step })
    }
}

/// The Hessian of ½d² to the end of a geodesic, at its start: u ↦ −D_t J(0) of the Jacobi field with J(0) = u and J(1) = 0.
fn hessian_of(connected: &Connected, size: usize) -> DMatrix<f64> {
    let zero = DVector::zeros(size);
    let columns: Option<Vec<DVector<f64>>> = (0..size)
        .map(|c| {
            let unit = DVector::from_fn(size, |i, _| if i == c { 1.0 } else { 0.0 });
            connected.variation.field(&unit, &zero, 0.0).map(|(_, slope)| -slope)
        })
        .collect();
    // without Jacobi fields, as on a flat manifold
    columns.map_or_else(|| DMatrix::identity(size, size), |columns| DMatrix::from_columns(&columns))
}

/// A gradient that is smaller, relative to the spread of the points, is rounding.
const CONVERGED: f64 = 1e-13;

/// A gradient up to which the search may end where rounding lets no step help.
const ACCEPTED: f64 = 1e-8;

/// The most steps.
const MOST_STEPS: usize = 50;

/// How often a step is halved.
const MOST_HALVINGS: usize = 12;
