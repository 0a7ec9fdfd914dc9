//! A geodesic, with what is known about its errors.

use super::boundary::{Connected, connect, length_estimate, speed_drift};
use super::chart::{Chart, shifted, slopes};
use super::initial;
use super::lobatto::interpolation;
use super::path::locate;
use crate::coordinate::Coordinate;
use crate::error::{Error, check_length};
use crate::expectation::Estimate;
use crate::geometry::Manifold;
use nalgebra::{DMatrix, DVector};

/// A point of a manifold and a tangent vector there.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Tangent {
    /// The coordinates of the point.
    pub point: Vec<f64>,
    /// The components of the vector.
    pub vector: Vec<f64>,
}

/// A geodesic x(t): a path whose velocity is carried parallel along itself,
///
/// ```math
/// \ddot x^k + \sum_{i,j} \Gamma^k_{ij}(x)\, \dot x^i \dot x^j = 0
/// ```
///
/// so that its speed √g(ẋ, ẋ) is constant. It is known at every time from 0 to its [`duration`](Self::duration), as polynomials in
/// coordinates without bounds (the logarithm or logit of each parameter that has bounds).
///
/// ```
/// use fisher_information::{distributions::Normal, geometry::{FisherMetric, Geodesic}};
///
/// // between normals of equal spread: half-way there, they are wider
/// let path = Geodesic::between(&FisherMetric::of(&Normal), &[-1.0, 1.0], &[1.0, 1.0])?;
/// let middle = path.at(0.5)?;
/// assert!(middle.point[0].abs() < 1e-12);
/// assert!((middle.point[1] - 1.5_f64.sqrt()).abs() < 1e-12);       // a circle in (μ/√2, σ)
/// assert!((path.length().value - 8.0_f64.sqrt() * 0.5_f64.sqrt().asinh()).abs() < 1e-12);
/// assert!(path.energy_drift() < 1e-10);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// Sources: Rao, *Information and the accuracy attainable in the estimation of statistical parameters* (1945); Atkinson and Mitchell, *Rao's
/// distance measure*, Sankhyā A 43 (1981) 345–365.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Geodesic {
    names: Vec<String>,
    coordinates: Vec<Coordinate>,
    base: Vec<f64>,
    /// Where the polynomials begin and end.
    breaks: Vec<f64>,
    /// Their nodes in [−1, 1].
    nodes: Vec<f64>,
    /// For each the displacements from the base at its nodes, one a column.
    displacement: Vec<DMatrix<f64>>,
    /// The velocities there.
    velocity: Vec<DMatrix<f64>>,
    length: Estimate,
    energy_drift: f64,
    residual: Option<f64>,
    conjugate_points: Option<usize>,
    evaluations: usize,
}

impl Geodesic {
    /// A geodesic between two points, with time from 0 to 1.
    ///
    /// Newton's method starts from the straight line in coordinates without bounds. Its linear equations are those of Jacobi fields, by
    /// Chebyshev collocation on pieces that are cut until the path has the digits of double precision. Ends far apart are first drawn together
    /// by shorter steps. What is found is a geodesic that the straight line can be deformed to, and if there are no
    /// [`conjugate_points`](Self::conjugate_points), the shortest of all paths near it. Where no curvature is positive, it is the only one.
    ///
    /// # Errors
    /// Those of points outside the manifold; [`Error::NoGeodesic`] with the length and residual of the best path; those of a metric that
    /// is singular at an end.
    pub fn between(manifold: &dyn Manifold, from: &[f64], to: &[f64]) -> Result<Self, Error> {
        let chart = Chart::new(manifold, from)?;
        let displacement = chart.displacement(to)?;
        if displacement.iter().all(|&by| by == 0.0) {
            chart.connection(&displacement)?;
            return Ok(Self::resting(chart, 1.0));
        }
        let connected = connect(&chart, &displacement, to)?;
        Ok(Self::of(chart, connected))
    }

    /// The geodesic that starts at a point with a velocity, followed for a duration by the Dormand–Prince method of order 8.
    ///
    /// ```
    /// use fisher_information::{Error, distributions::Poisson, geometry::{FisherMetric, Geodesic}};
    ///
    /// // √λ changes evenly
    /// let poisson = FisherMetric::of(&Poisson);
    /// let path = Geodesic::shoot(&poisson, &[4.0], &[-4.0], 1.5)?;
    /// assert!((path.end().point[0] - 0.25).abs() < 1e-10);
    ///
    /// // and comes to the edge at the time 2
    /// let beyond = Geodesic::shoot(&poisson, &[4.0], &[-4.0], 3.0);
    /// assert!(matches!(beyond, Err(Error::GeodesicEnds { time, .. }) if (time - 2.0).abs() < 1e-6));
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    ///
    /// Source: Hairer, Nørsett and Wanner, *Solving Ordinary Differential Equations I*, 2nd ed. (1993), section II.10.
    ///
    /// # Errors
    /// Those of a point outside the manifold and of its metric there; [`Error::LengthMismatch`] and [`Error::TangentNotFinite`] of the velocity;
    /// [`Error::InvalidTime`] of a negative or infinite duration; [`Error::GeodesicEnds`] if the geodesic leaves the manifold before.
    pub fn shoot(manifold: &dyn Manifold, point: &[f64], velocity: &[f64], duration: f64) -> Result<Self, Error> {
        let chart = Chart::new(manifold, point)?;
        let velocity = chart.tangent(velocity)?;
        if !(duration.is_finite() && duration >= 0.0) {
            return Err(Error::InvalidTime { value: duration, longest: f64::MAX });
        }
        let speed = chart.connection(&DVector::zeros(chart.dimension()))?.norm(&velocity);
        if speed * duration == 0.0 {
            return Ok(Self::resting(chart, duration));
        }
        let followed = initial::follow(&chart, &velocity, duration)?;
        let total = speed * duration;
        Ok(Self {
            length: Estimate::new(total, total * (followed.energy_drift + 4.0 * f64::EPSILON)),
            energy_drift: followed.energy_drift,
            residual: None,
            conjugate_points: None,
            evaluations: followed.evaluations,
            breaks: followed.breaks,
            nodes: followed.nodes,
            displacement: followed.displacement,
            velocity: followed.velocity,
            names: chart.names,
            coordinates: chart.coordinates,
            base: chart.base,
        })
    }

    /// The geodesic that stays where it is.
    fn resting(chart: Chart<'_>, duration: f64) -> Self {
        let still = vec![DMatrix::zeros(chart.dimension(), 2)];
        Self {
            names: chart.names,
            coordinates: chart.coordinates,
            base: chart.base,
            breaks: vec![0.0, duration],
            nodes: vec![-1.0, 1.0],
            displacement: still.clone(),
            velocity: still,
            length: Estimate::new(0.0, 0.0),
            energy_drift: 0.0,
            residual: Some(0.0),
            conjugate_points: Some(0),
            evaluations: 1,
        }
    }

    fn of(chart: Chart<'_>, connected: Connected) -> Self {
        let length = length_estimate(&connected);
        let drift = speed_drift(&connected, length.value);
        let Connected { path, variation, evaluations, .. } = connected;
        Self {
            residual: Some(variation.largest_residual() / length.value),
            length,
            energy_drift: 2.0 * drift,
            conjugate_points: variation.conjugate_points(&path),
            evaluations,
            velocity: variation.pieces.iter().map(|piece| DMatrix::from_columns(&piece.velocity)).collect(),
            names: chart.names,
            coordinates: chart.coordinates,
            base: chart.base,
            breaks: path.breaks,
            nodes: path.rule.nodes,
            displacement: path.pieces,
        }
    }

    /// The names of the coordinates.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The time at its end; it starts at 0.
    #[must_use]
    pub fn duration(&self) -> f64 {
        self.breaks[self.breaks.len() - 1]
    }

    /// The point and the velocity at a time.
    ///
    /// # Errors
    /// [`Error::InvalidTime`].
    pub fn at(&self, time: f64) -> Result<Tangent, Error> {
        if !(0.0..=self.duration()).contains(&time) {
            return Err(Error::InvalidTime { value: time, longest: self.duration() });
        }
        let (piece, x) = locate(&self.breaks, time);
        let weights = DVector::from_vec(interpolation(&self.nodes, x));
        Ok(self.tangent(&(&self.displacement[piece] * &weights), &(&self.velocity[piece] * &weights)))
    }

    /// The first point and the velocity there.
    #[must_use]
    pub fn start(&self) -> Tangent {
        self.tangent(&self.displacement[0].column(0).into_owned(), &self.velocity[0].column(0).into_owned())
    }

    /// The last point and the velocity there.
    #[must_use]
    pub fn end(&self) -> Tangent {
        let (piece, node) = (self.displacement.len() - 1, self.nodes.len() - 1);
        let column = |values: &[DMatrix<f64>]| values[piece].column(node).into_owned();
        self.tangent(&column(&self.displacement), &column(&self.velocity))
    }

    /// Its length ∫ √g(ẋ, ẋ) dt. The error is an upper one: the length of a path that is off by ε is off by ε² only.
    #[must_use]
    pub fn length(&self) -> Estimate {
        self.length
    }

    /// By how much g(ẋ, ẋ), which should be constant, varies along the path, relative to its mean.
    #[must_use]
    pub fn energy_drift(&self) -> f64 {
        self.energy_drift
    }

    /// The largest covariant acceleration \|D_t ẋ\| relative to the speed, of a geodesic between two points. The equation is not imposed
    /// at the ends of the polynomials, where the derivatives lose most digits; there it is largest. `None` for one that was shot.
    #[must_use]
    pub fn residual(&self) -> Option<f64> {
        self.residual
    }

    /// By how much the last point misses another, relative to the length: in units of the metric there.
    ///
    /// # Errors
    /// Those of a point outside the manifold and of its metric.
    pub fn end_point_residual(&self, manifold: &dyn Manifold, to: &[f64]) -> Result<f64, Error> {
        let chart = Chart::new(manifold, &self.end().point)?;
        let miss = chart.displacement(to)?;
        let distance = chart.connection(&DVector::zeros(miss.len()))?.norm(&miss);
        Ok(if distance == 0.0 { 0.0 } else { distance / self.length.value })
    }

    /// How many points on the way are conjugate to the start: if there is one, there are shorter paths. `None` where they were not counted: on
    /// a geodesic that was shot, or one so long that it would take too much.
    ///
    /// None are where the sectional curvature is at most (π/length)²; elsewhere they are the negative eigenvalues of the second variation of
    /// the energy (Morse).
    #[must_use]
    pub fn conjugate_points(&self) -> Option<usize> {
        self.conjugate_points
    }

    /// At how many points the geometry was asked for.
    #[must_use]
    pub fn evaluations(&self) -> usize {
        self.evaluations
    }

    /// Of how many polynomials it consists.
    #[must_use]
    pub fn pieces(&self) -> usize {
        self.displacement.len()
    }

    pub(super) fn breaks(&self) -> &[f64] {
        &self.breaks
    }

    /// A displacement from the base, and the velocity there.
    pub(super) fn in_chart(&self, time: f64) -> (DVector<f64>, DVector<f64>) {
        let (piece, x) = locate(&self.breaks, time);
        let weights = DVector::from_vec(interpolation(&self.nodes, x));
        (&self.displacement[piece] * &weights, &self.velocity[piece] * &weights)
    }

    pub(super) fn base(&self) -> &[f64] {
        &self.base
    }

    fn tangent(&self, displacement: &DVector<f64>, velocity: &DVector<f64>) -> Tangent {
        let point = shifted(&self.coordinates, &self.base, displacement);
        let vector = slopes(&self.coordinates, &point).component_mul(velocity);
        Tangent { point, vector: vector.as_slice().to_vec() }
    }
}

impl Chart<'_> {
    /// A vector at the base in the coordinates of the chart.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`], [`Error::TangentNotFinite`].
    pub fn tangent(&self, vector: &[f64]) -> Result<DVector<f64>, Error> {
        check_length("components of a tangent vector", self.dimension(), vector.len())?;
        if let Some(i) = vector.iter().position(|component| !component.is_finite()) {
            return Err(Error::TangentNotFinite { name: self.names[i].clone(), value: vector[i] });
        }
        Ok(DVector::from_column_slice(vector).component_div(&self.slopes(&self.base)))
    }
}

/// The Fisher–Rao distance by a geodesic: the length of [`Geodesic::between`].
///
/// ```
/// use fisher_information::{distributions::Gamma, geometry::{FisherMetric, geodesic_distance}};
///
/// let distance = geodesic_distance(&FisherMetric::of(&Gamma), &[1.0, 1.0], &[3.0, 2.0])?;
/// assert!((distance.value - 0.991_483_673_569_576_9).abs() < 1e-14);
/// assert!(distance.error < 1e-11);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// As [`Geodesic::between`].
pub fn geodesic_distance(manifold: &dyn Manifold, from: &[f64], to: &[f64]) -> Result<Estimate, Error> {
    Ok(Geodesic::between(manifold, from, to)?.length)
}
