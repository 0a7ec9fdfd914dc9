//! What a sample says at a glance: moments and quantiles, for starting values.

use super::constants::EULER_GAMMA;
use crate::model::{Observation, Observations};

/// A sample of numbers with weights, in ascending order.
pub(crate) struct Sample {
    sorted: Vec<(f64, f64)>,
    total: f64,
    mean: f64,
    deviation: f64,
}

impl Sample {
    /// The observations of positive weight; nothing if there are none, or one is not a finite number.
    pub fn of(data: &dyn Observations<f64>) -> Option<Self> {
        Self::seen(data, |x| x)
    }

    /// The same of a function of the observations.
    pub fn seen(data: &dyn Observations<f64>, function: impl Fn(f64) -> f64) -> Option<Self> {
        Self::weighted((0..data.count()).map(|index| (function(*data.get(index)), data.weight(index))))
    }

    /// The same of numbers with weights.
    pub fn weighted(numbers: impl Iterator<Item = (f64, f64)>) -> Option<Self> {
        let mut sorted: Vec<(f64, f64)> = numbers.filter(|(_, weight)| *weight != 0.0).collect();
        if sorted.is_empty() || !sorted.iter().all(|(x, weight)| x.is_finite() && *weight > 0.0 && weight.is_finite()) {
            return None;
        }
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = sorted.iter().map(|(_, weight)| weight).sum();
        let mean = sorted.iter().map(|(x, weight)| x * (weight / total)).sum::<f64>();
        let variance = sorted.iter().map(|(x, weight)| (x - mean).powi(2) * (weight / total)).sum::<f64>();
        Some(Self { deviation: variance.sqrt(), sorted, total, mean })
    }

    /// The sum of the weights.
    pub fn total(&self) -> f64 {
        self.total
    }

    /// The variance, with the sum of the weights as divisor.
    pub fn variance(&self) -> f64 {
        self.deviation * self.deviation
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The mean of counts; where all are zero, as if there were half a count in all.
    pub fn mean_count(&self) -> f64 {
        self.mean.max(0.5 / self.total)
    }

    /// The standard deviation; where all are equal, a thousandth of their size, since a scale is not zero.
    pub fn deviation(&self) -> f64 {
        if self.deviation > 0.0 { self.deviation } else { 1e-3 * self.mean.abs().max(1e-3) }
    }

    /// The mean square.
    pub fn mean_square(&self) -> f64 {
        self.mean * self.mean + self.variance()
    }

    /// The number below which a share p of the weight lies.
    pub fn quantile(&self, p: f64) -> f64 {
        let mut below = 0.0;
        let reached = |(_, weight): &&(f64, f64)| {
            below += weight;
            below >= p * self.total
        };
        self.sorted.iter().find(reached).or(self.sorted.last()).map_or(self.mean, |(x, _)| *x)
    }

    /// The median.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// Half the distance between the quartiles; from the deviation where that is zero.
    pub fn half_width(&self) -> f64 {
        let width = 0.5 * (self.quantile(0.75) - self.quantile(0.25));
        if width > 0.0 { width } else { 0.67 * self.deviation() }
    }

    /// The third central moment over the cube of the deviation.
    pub fn skewness(&self) -> f64 {
        let cube = |(x, weight): &(f64, f64)| ((x - self.mean) / self.deviation()).powi(3) * (weight / self.total);
        self.sorted.iter().map(cube).sum()
    }
}

/// The means of the coordinates, and the lower triangle of their covariances, row after row; nothing if the observations are not rows of
/// finite numbers of one length.
pub(crate) fn moments<O: Observation + ?Sized>(data: &dyn Observations<O>) -> Option<(Vec<f64>, Vec<f64>)> {
    let row = |index: usize| O::coordinates(data.get(index));
    let total: f64 = (0..data.count()).map(|index| data.weight(index)).sum();
    let size = if data.count() > 0 { row(0).len() } else { return None };
    if !(0..data.count()).all(|index| row(index).len() == size) {
        return None;
    }
    let mean = |function: &dyn Fn(&[f64]) -> f64| {
        (0..data.count()).map(|index| data.weight(index) / total * function(row(index))).sum::<f64>()
    };
    let means: Vec<f64> = (0..size).map(|i| mean(&|x| x[i])).collect();
    let pairs = (0..size).flat_map(|i| (0..=i).map(move |j| (i, j)));
    let covariances: Vec<f64> = pairs.map(|(i, j)| mean(&|x| (x[i] - means[i]) * (x[j] - means[j]))).collect();
    means.iter().chain(&covariances).all(|moment| moment.is_finite()).then_some((means, covariances))
}

/// The location and the scale of a Gumbel distribution with these moments.
pub(crate) fn gumbel(sample: &Sample) -> [f64; 2] {
    let scale = sample.deviation() * 6.0_f64.sqrt() / std::f64::consts::PI;
    [sample.mean() - EULER_GAMMA * scale, scale]
}

/// The shape and the rate of a gamma distribution whose mean and mean logarithm are nearly these.
///
/// Source: T. P. Minka, *Estimating a Gamma distribution* (2002).
pub(crate) fn gamma(data: &dyn Observations<f64>, function: impl Fn(f64) -> f64) -> Option<[f64; 2]> {
    let mean = Sample::seen(data, &function)?.mean();
    let excess = mean.ln() - Sample::seen(data, |x| function(x).ln())?.mean();
    let shape = (3.0 - excess + ((excess - 3.0).powi(2) + 24.0 * excess).sqrt()) / (12.0 * excess.max(1e-6));
    (shape.is_finite() && shape > 0.0).then(|| [shape, shape / mean])
}
