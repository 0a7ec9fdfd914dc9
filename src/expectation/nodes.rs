//! The integrand at many nodes of a quadrature at once.

use super::Integrand;
use super::line::Line;
use crate::error::Error;

/// What an integrand is at so many nodes t.
pub(super) struct Nodes {
    count: usize,
    /// f dx/dt and f g dx/dt: component c at node k is number c n + k.
    values: Vec<f64>,
    /// How far each node may be from its place.
    displacements: Vec<f64>,
}

impl Nodes {
    /// Evaluates at t₀, t₁, …
    ///
    /// # Errors
    /// [`Error::DensityNotFinite`] or [`Error::StatisticNotFinite`] with the first point at which ln f or g is not finite.
    pub(super) fn evaluate(integrand: &mut dyn Integrand, line: Line, t: &[f64]) -> Result<Self, Error> {
        let count = t.len();
        let mut places = vec![0.0; 3 * count];
        let (x, slopes) = places.split_at_mut(count);
        let (ln_slopes, displacements) = slopes.split_at_mut(count);
        line.at_all(t, x, ln_slopes, displacements);
        let mut values = vec![0.0; (integrand.dimension() + 1) * count];
        let (weights, components) = values.split_at_mut(count);
        integrand.evaluate_all(x, weights, components);
        for ((weight, ln_slope), &x) in weights.iter_mut().zip(&*ln_slopes).zip(&*x) {
            if weight.is_nan() || *weight == f64::INFINITY {
                return Err(Error::DensityNotFinite { at: vec![x], value: *weight });
            }
            *weight = (*weight + ln_slope).exp();
        }
        if !weigh(components, weights) {
            return Err(first_wrong(components, weights, x));
        }
        Ok(Self { count, values, displacements: displacements.to_vec() })
    }

    /// The first component at the nodes from `first` on, and how far the next component is from it.
    pub(super) fn from(&self, first: usize) -> (&[f64], usize) {
        (&self.values[first..], self.count)
    }

    /// How far the nodes from `first` on may be from their places.
    pub(super) fn displacements(&self, first: usize) -> &[f64] {
        &self.displacements[first..]
    }
}

/// Multiplies components by the weights of their nodes, of which a weight of 0 makes 0 of anything. If one is not finite that has a weight,
/// nothing is multiplied.
#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+fma+avx2+bmi1+bmi2",
    "x86_64+avx2+fma",
    "aarch64+neon",
))]
fn weigh(components: &mut [f64], weights: &[f64]) -> bool {
    let mut wrong = 0;
    for column in components.chunks_exact(weights.len().max(1)) {
        for (value, &weight) in column.iter().zip(weights) {
            wrong += u64::from((weight != 0.0) & !value.is_finite());
        }
    }
    if wrong > 0 {
        return false;
    }
    for column in components.chunks_exact_mut(weights.len().max(1)) {
        for (value, &weight) in column.iter_mut().zip(weights) {
            *value = if weight == 0.0 { 0.0 } else { *value * weight };
        }
    }
    true
}

/// The first point with weight at which a component is not finite.
#[cold]
fn first_wrong(components: &[f64], weights: &[f64], x: &[f64]) -> Error {
    let wrong = |(&value, &weight): (&f64, &f64)| weight != 0.0 && !value.is_finite();
    let columns = components.chunks_exact(weights.len().max(1)).enumerate();
    let first =
        columns.filter_map(|(component, column)| Some((column.iter().zip(weights).position(wrong)?, component)));
    let (node, component) = first.min().unwrap_or_default();
    Error::StatisticNotFinite { component, at: vec![x[node]], value: components[component * weights.len() + node] }
}
