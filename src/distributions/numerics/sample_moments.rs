//! Mean and variance of a sample, for starting values.

use crate::model::Observations;

/// The mean and the variance (divisor Σw) of a weighted sample of numbers, if they are finite.
pub(crate) fn mean_and_variance(data: &dyn Observations<f64>) -> Option<[f64; 2]> {
    weighted_moments(data.count(), |i| (*data.get(i), data.weights().map_or(1.0, |weights| weights[i])))
}

/// The same of numbers and weights given by a function.
pub(crate) fn weighted_moments(count: usize, at: impl Fn(usize) -> (f64, f64)) -> Option<[f64; 2]> {
    let total: f64 = (0..count).map(|i| at(i).1).sum();
    let average = |f: &dyn Fn(f64) -> f64| (0..count).map(|i| at(i)).map(|(x, w)| w * f(x)).sum::<f64>() / total;
    let mean = average(&|x| x);
    let variance = average(&|x| (x - mean).powi(2));
    (mean.is_finite() && variance.is_finite()).then_some([mean, variance])
}
