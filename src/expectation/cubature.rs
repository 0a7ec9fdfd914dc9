//! Expectations over a product of two or three intervals, by a tensor trapezoidal rule about the mode.
//!
//! Each coordinate is first mapped to the whole line (ln, logit or not at all), where the mode is found by Newton's method.
//! The Cholesky factor of the curvature there whitens the coordinates, so that correlated or very unequal scales are as easy
//! as a standard normal: z = c + L y. The trapezoidal rule in y, whose error falls exponentially with the number of points for
//! smooth integrands of this kind (Trefethen and Weideman, *SIAM Review* 56 (2014), 385–458), serves along coordinates in which
//! the density falls as fast as a normal; along the others it is the rule in v with y = sinh v. The step is shortened until
//! every component has settled.

use super::bulk;
use super::line::Line;
use super::terms::Neumaier;
use super::{Estimate, Expectation, Integrand, Provenance, Settings};
use crate::error::Error;
use crate::kernel::vector::BLOCK;
use crate::model::Support;
use nalgebra::{DMatrix, DVector};

/// How far below the mode a point may lie and still be evaluated.
const DEPTH: f64 = 50.0;

/// How far below the mode the density lies at the ends of each coordinate.
const RIM: f64 = 45.0;

/// A density that has fallen to the rim within so many widths of the mode is as short-tailed as a normal, for which it is 9.5.
const SHORT: f64 = 12.0;

/// How often the step may be shortened by √2.
const REFINEMENTS: u32 = 14;

/// ∫ f and ∫ f g over a product of intervals.
pub(crate) fn integrate(
    integrand: &mut dyn Integrand,
    factors: &[Support],
    settings: &Settings,
) -> Result<Expectation, Error> {
    let unsupported = Error::Unsupported { method: "tensor quadrature", needs: "two or three intervals" };
    if !(2..=3).contains(&factors.len()) {
        return Err(unsupported);
    }
    let axes: Vec<Axis> = factors.iter().map(Axis::of).collect::<Option<_>>().ok_or(unsupported)?;
    let mut grid = Grid::about_the_mode(integrand, axes)?;
    let mut coarse = grid.sum(1.0, settings)?;
    for refinement in 1..=REFINEMENTS {
        let fine = grid.sum((-0.5 * f64::from(refinement)).exp2(), settings)?;
        let errors = fine.errors(&coarse, grid.sharpness());
        let mut scales = fine.magnitudes.clone();
        grid.integrand.scales(&mut scales[1..]);
        let exceeds =
            |errors: &[f64]| errors.iter().zip(&scales).any(|(error, scale)| *error > settings.tolerance * scale);
        if !exceeds(&errors) {
            return Ok(fine.finish(&errors, grid.evaluations));
        }
        coarse = if exceeds(&fine.boundary) && grid.stretch() { grid.sum(1.0, settings)? } else { fine };
    }
    Err(Error::NoConvergence {
        evaluations: grid.evaluations,
        component: None,
        value: coarse.integrals[0],
        error: coarse.magnitudes[0],
    })
}

/// One coordinate on the whole line.
#[derive(Clone, Copy, Debug)]
enum Axis {
    /// The coordinate itself.
    Straight,
    /// The coordinate through one of the maps of an interval.
    Mapped(Line),
}

impl Axis {
    fn of(support: &Support) -> Option<Self> {
        let Support::Interval { lower, upper } = *support else {
            return None;
        };
        Some(match (lower.is_finite(), upper.is_finite()) {
            (false, false) => Self::Straight,
            (true, false) => Self::Mapped(Line::Above { lower }),
            (false, true) => Self::Mapped(Line::Below { upper }),
            (true, true) => Self::Mapped(Line::Between { lower, upper }),
        })
    }

    /// x(z) and ln |dx/dz|.
    fn at(self, z: f64) -> (f64, f64) {
        match self {
            Self::Straight => (z, 0.0),
            Self::Mapped(line) => line.at(z),
        }
    }

    /// The z that give a number inside the interval.
    fn range(self) -> (f64, f64) {
        match self {
            Self::Straight => (f64::MIN / 16.0, f64::MAX / 16.0),
            Self::Mapped(line) => line.range(),
        }
    }
}

/// One whitened coordinate y(v) in which the rule has its steps.
#[derive(Clone, Copy, Debug)]
struct Direction {
    /// Whether y is sinh v rather than v.
    stretched: bool,
    low: f64,
    high: f64,
}

impl Direction {
    /// y(v) and dy/dv.
    fn at(self, v: f64) -> (f64, f64) {
        if self.stretched { (v.sinh(), v.cosh()) } else { (v, 1.0) }
    }

    /// The first step in v.
    fn step(self) -> f64 {
        if self.stretched { 0.5 } else { 0.875 }
    }
}

/// The whitened coordinates about the mode.
struct Grid<'a> {
    integrand: &'a mut dyn Integrand,
    axes: Vec<Axis>,
    centre: DVector<f64>,
    factor: DMatrix<f64>,
    ln_volume: f64,
    height: f64,
    directions: Vec<Direction>,
    evaluations: usize,
}

/// The result of one step length. Component 0 is the mass.
struct Sums {
    integrals: Vec<f64>,
    magnitudes: Vec<f64>,
    boundary: Vec<f64>,
}

impl Sums {
    /// The error of each component: by how much it changed on shortening the step, sharpened because the rule converges
    /// exponentially, what lies on the rim, and rounding.
    fn errors(&self, coarse: &Self, sharpness: f64) -> Vec<f64> {
        (0..self.integrals.len())
            .map(|k| {
                let (scale, change) = (self.magnitudes[k], (self.integrals[k] - coarse.integrals[k]).abs());
                let relative = change / scale.max(f64::MIN_POSITIVE);
                let quadrature = change.min(10.0 * scale * relative.powf(sharpness));
                quadrature + 4.0 * self.boundary[k] + 64.0 * f64::EPSILON * scale
            })
            .collect()
    }

    fn finish(&self, errors: &[f64], evaluations: usize) -> Expectation {
        let estimate = |k: usize| Estimate::new(self.integrals[k], errors[k]);
        let mass = estimate(0);
        let off = if (mass.value - 1.0).abs() < 1e-6 { (mass.value - 1.0).abs() } else { 0.0 };
        let values = (1..self.integrals.len())
            .map(|k| Estimate::new(self.integrals[k], errors[k] + off * self.magnitudes[k]))
            .collect();
        Expectation { mass: Some(mass), values, provenance: Provenance::Quadrature { evaluations } }
    }
}

impl<'a> Grid<'a> {
    /// Finds the mode, whitens the coordinates about it and measures how far the density reaches along each.
    fn about_the_mode(integrand: &'a mut dyn Integrand, axes: Vec<Axis>) -> Result<Self, Error> {
        let size = axes.len();
        let mut evaluations = 0;
        let mut h = |z: &DVector<f64>| {
            evaluations += 1;
            height_of(integrand, &axes, z)
        };
        let (start, widths) = ascend(&mut h, &axes)?;
        let centre = newton(&mut h, start, &widths);
        let height = h(&centre);
        let factor = whitening(&hessian(&mut h, &centre, &widths).1).unwrap_or_else(|| DMatrix::from_diagonal(&widths));
        let ln_volume = factor.diagonal().iter().map(|entry| entry.abs().ln()).sum();
        let directions = vec![Direction { stretched: false, low: -1.0, high: 1.0 }; size];
        let mut grid = Self { integrand, axes, centre, factor, ln_volume, height, directions, evaluations };
        for axis in 0..size {
            let stretched = !(grid.has_fallen(axis, -SHORT) && grid.has_fallen(axis, SHORT));
            grid.measure(axis, stretched);
        }
        Ok(grid)
    }

    /// Whether the density has fallen to the rim at v on one axis.
    fn has_fallen(&mut self, axis: usize, v: f64) -> bool {
        let (y, slope) = self.directions[axis].at(v);
        let mut place = DVector::zeros(self.axes.len());
        place[axis] = y;
        self.evaluations += 1;
        let z = &self.centre + &self.factor * place;
        height_of(self.integrand, &self.axes, &z) + slope.ln() <= self.height - RIM
    }

    /// Finds how far along one axis the density matters.
    fn measure(&mut self, axis: usize, stretched: bool) {
        self.directions[axis].stretched = stretched;
        let mut reach = |sign: f64| {
            let mut v = 1.0;
            while v < 700.0 && !self.has_fallen(axis, sign * v) {
                v *= 1.15;
            }
            sign * v
        };
        let (low, high) = (reach(-1.0), reach(1.0));
        self.directions[axis] = Direction { stretched, low, high };
    }

    /// Stretches every axis, since the density reaches beyond the ends of some; false if they are stretched already.
    fn stretch(&mut self) -> bool {
        let short: Vec<usize> = (0..self.axes.len()).filter(|&axis| !self.directions[axis].stretched).collect();
        short.iter().for_each(|&axis| self.measure(axis, true));
        !short.is_empty()
    }

    /// The power of one error that the error with a step shorter by √2 is at most: along a stretched axis errors fall like
    /// exp(−c/h), so that it is √2; along the others like exp(−c/h²), and it is 2. Both less some caution.
    fn sharpness(&self) -> f64 {
        if self.directions.iter().any(|direction| direction.stretched) { 1.25 } else { 1.5 }
    }

    /// The trapezoidal sums with steps that are this part of the first ones.
    fn sum(&mut self, part: f64, settings: &Settings) -> Result<Sums, Error> {
        let components = self.integrand.dimension() + 1;
        let zeros = || vec![0.0; components];
        let mut sums = Sums { integrals: zeros(), magnitudes: zeros(), boundary: zeros() };
        let mut totals = vec![Neumaier::default(); components];
        let steps: Vec<f64> = self.directions.iter().map(|direction| part * direction.step()).collect();
        #[allow(clippy::cast_possible_truncation)] // extents are at most 800, steps at least 2⁻⁸
        let range = |(direction, step): (&Direction, &f64)| {
            ((direction.low / step).floor() as i64, (direction.high / step).ceil() as i64)
        };
        let ranges: Vec<(i64, i64)> = self.directions.iter().zip(&steps).map(range).collect();
        let points: i64 = ranges.iter().map(|(low, high)| high - low + 1).product();
        if i128::from(points) > settings.evaluations as i128 * 20 {
            return Err(Error::NoConvergence {
                evaluations: self.evaluations,
                component: None,
                value: f64::NAN,
                error: f64::INFINITY,
            });
        }
        let mut index: Vec<i64> = ranges.iter().map(|range| range.0).collect();
        let mut waiting = Waiting::default();
        let (mut x, mut z) = (vec![0.0; self.axes.len()], self.centre.clone());
        let mut y = self.centre.clone();
        loop {
            let mut ln_weight = self.ln_volume;
            for (axis, &k) in index.iter().enumerate() {
                #[allow(clippy::cast_precision_loss)]
                let (place, slope) = self.directions[axis].at(k as f64 * steps[axis]);
                y[axis] = place;
                ln_weight += (steps[axis] * slope).ln();
            }
            z.copy_from(&self.centre);
            z.gemv(1.0, &self.factor, &y, 1.0);
            for (axis, x) in x.iter_mut().enumerate() {
                let (value, ln_slope) = self.axes[axis].at(z[axis]);
                (*x, ln_weight) = (value, ln_weight + ln_slope);
            }
            let ln_f = self.integrand.ln_density(&x);
            if ln_f.is_nan() || ln_f == f64::INFINITY {
                waiting.add_to(&mut sums, &mut totals, self.integrand)?;
                return Err(Error::DensityNotFinite { at: x, value: ln_f });
            }
            if ln_f + ln_weight > self.height + self.ln_volume - DEPTH {
                self.evaluations += 1;
                waiting.points.extend_from_slice(&x);
                let rim = index.iter().zip(&ranges).any(|(k, (low, high))| k == low || k == high);
                waiting.weights.push(((ln_f + ln_weight).exp(), rim));
                if waiting.weights.len() == BLOCK {
                    waiting.add_to(&mut sums, &mut totals, self.integrand)?;
                }
            }
            if !advance(&mut index, &ranges) {
                waiting.add_to(&mut sums, &mut totals, self.integrand)?;
                sums.integrals = totals.iter().map(Neumaier::total).collect();
                return Ok(sums);
            }
        }
    }
}

/// Points that are going to be evaluated together.
#[derive(Default)]
struct Waiting {
    /// Their coordinates, one point after the other.
    points: Vec<f64>,
    /// f times the volume that each stands for, and whether it lies on the rim.
    weights: Vec<(f64, bool)>,
}

impl Waiting {
    /// Evaluates at the points and adds them, none of which are left.
    fn add_to(&mut self, sums: &mut Sums, totals: &mut [Neumaier], integrand: &mut dyn Integrand) -> Result<(), Error> {
        let count = self.weights.len();
        let mut values = vec![0.0; totals.len() * count];
        let (ones, components) = values.split_at_mut(count);
        integrand.evaluate_all(&self.points, ones, components);
        ones.fill(1.0);
        let coordinates = self.points.len().checked_div(count).unwrap_or(0);
        for (place, &(weight, rim)) in self.weights.iter().enumerate() {
            let at = |component: usize| values[component * count + place];
            if let Some(component) = (1..totals.len()).find(|&component| !at(component).is_finite()) {
                let x = self.points[place * coordinates..][..coordinates].to_vec();
                return Err(Error::StatisticNotFinite { component: component - 1, value: at(component), at: x });
            }
            for (component, total) in totals.iter_mut().enumerate() {
                let term = weight * at(component);
                total.add(term);
                sums.magnitudes[component] += term.abs();
                if rim {
                    sums.boundary[component] += term.abs();
                }
            }
        }
        self.points.clear();
        self.weights.clear();
        Ok(())
    }
}

/// The next index of a tensor grid; false after the last.
fn advance(index: &mut [i64], ranges: &[(i64, i64)]) -> bool {
    for (k, (low, high)) in index.iter_mut().zip(ranges) {
        if *k < *high {
            *k += 1;
            return true;
        }
        *k = *low;
    }
    false
}

/// h(z) = ln f(x(z)) + Σ ln |dx/dz|, with −∞ in place of NaN.
fn height_of(integrand: &mut dyn Integrand, axes: &[Axis], z: &DVector<f64>) -> f64 {
    let mut ln_slopes = 0.0;
    let x: Vec<f64> = axes
        .iter()
        .zip(z)
        .map(|(axis, &z)| {
            let (x, ln_slope) = axis.at(z);
            ln_slopes += ln_slope;
            x
        })
        .collect();
    let height = integrand.ln_density(&x) + ln_slopes;
    if height.is_nan() { f64::NEG_INFINITY } else { height }
}

/// Goes uphill one coordinate at a time, three rounds, and returns the place and the widths along the coordinates.
fn ascend(h: &mut impl FnMut(&DVector<f64>) -> f64, axes: &[Axis]) -> Result<(DVector<f64>, DVector<f64>), Error> {
    const PROBES: usize = 64;
    let mut z = DVector::zeros(axes.len());
    let mut widths = DVector::from_element(axes.len(), 1.0);
    for _ in 0..3 {
        for (k, axis) in axes.iter().enumerate() {
            let along = |t: f64| {
                let mut moved = z.clone();
                moved[k] = t;
                h(&moved)
            };
            let modes = bulk::modes(along, axis.range(), PROBES);
            let mode = modes.first().ok_or(Error::NoMass { points: 2 * PROBES + 1 })?;
            (z[k], widths[k]) = (mode.t, mode.width);
        }
    }
    Ok((z, widths))
}

/// Newton's method for the mode, damped so that it never goes downhill.
fn newton(h: &mut impl FnMut(&DVector<f64>) -> f64, start: DVector<f64>, widths: &DVector<f64>) -> DVector<f64> {
    let mut z = start;
    let mut height = h(&z);
    for _ in 0..50 {
        let (gradient, hessian) = hessian(h, &z, widths);
        let Some(factor) = whitening(&hessian) else { return z };
        let full = &factor * (factor.transpose() * &gradient);
        let gain = 0.5 * gradient.dot(&full);
        let mut length = 1.0;
        let better = loop {
            let candidate = &z + &full * length;
            let reached = h(&candidate);
            if reached >= height {
                break Some((candidate, reached));
            }
            length *= 0.5;
            if length < 1e-6 {
                break None;
            }
        };
        let Some((candidate, reached)) = better else { return z };
        (z, height) = (candidate, reached);
        if gain < 1e-6 {
            return z;
        }
    }
    z
}

/// The gradient and the Hessian of h by central differences of a tenth of the widths.
fn hessian(
    h: &mut impl FnMut(&DVector<f64>) -> f64,
    z: &DVector<f64>,
    widths: &DVector<f64>,
) -> (DVector<f64>, DMatrix<f64>) {
    let size = z.len();
    let centre = h(z);
    let mut at = |i: usize, by: f64, j: usize, too: f64| {
        let mut moved = z.clone();
        moved[i] += by * 0.1 * widths[i];
        moved[j] += too * 0.1 * widths[j];
        h(&moved)
    };
    let (mut gradient, mut hessian) = (DVector::zeros(size), DMatrix::zeros(size, size));
    for i in 0..size {
        let (plus, minus) = (at(i, 1.0, i, 0.0), at(i, -1.0, i, 0.0));
        gradient[i] = (plus - minus) / (0.2 * widths[i]);
        hessian[(i, i)] = (plus - 2.0 * centre + minus) / (0.01 * widths[i] * widths[i]);
        for j in 0..i {
            let mixed = at(i, 1.0, j, 1.0) - at(i, 1.0, j, -1.0) - at(i, -1.0, j, 1.0) + at(i, -1.0, j, -1.0);
            hessian[(i, j)] = mixed / (0.04 * widths[i] * widths[j]);
            hessian[(j, i)] = hessian[(i, j)];
        }
    }
    (gradient, hessian)
}

/// L with L Lᵀ = (−H)⁻¹, scaled before it is factored because the coordinates may differ by many magnitudes.
fn whitening(hessian: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    let scale = DVector::from_fn(hessian.nrows(), |i, _| (-hessian[(i, i)]).sqrt());
    let scaled = DMatrix::from_fn(hessian.nrows(), hessian.ncols(), |i, j| -hessian[(i, j)] / (scale[i] * scale[j]));
    let inverse = scaled.cholesky()?.l().transpose().try_inverse()?;
    Some(DMatrix::from_fn(hessian.nrows(), hessian.ncols(), |i, j| inverse[(i, j)] / scale[i]))
}
