//! The terms f(x)·(1, g(x)) of a sum, and their running totals.

use super::Integrand;
use crate::error::Error;

/// Evaluates the terms of a sum: component 0 is f, so that its sum is the mass; component c + 1 is f·g_c.
pub(super) struct Terms<'a> {
    integrand: &'a mut dyn Integrand,
    values: Vec<f64>,
    term: Vec<f64>,
    evaluations: usize,
}

impl<'a> Terms<'a> {
    pub(super) fn new(integrand: &'a mut dyn Integrand) -> Self {
        let dimension = integrand.dimension();
        Self { integrand, values: vec![0.0; dimension], term: vec![0.0; dimension + 1], evaluations: 0 }
    }

    /// How many components a term has: the mass and those of g.
    pub(super) fn width(&self) -> usize {
        self.term.len()
    }

    /// How often the density was evaluated so far, with or without g.
    pub(super) fn evaluations(&self) -> usize {
        self.evaluations
    }

    /// ln f(x) alone.
    pub(super) fn ln_density(&mut self, x: f64) -> f64 {
        self.evaluations += 1;
        self.integrand.ln_density(&[x])
    }

    /// The term at a point of the support. Where f vanishes, g is not looked at.
    ///
    /// # Errors
    /// [`Error::DensityNotFinite`] or [`Error::StatisticNotFinite`] with the point.
    pub(super) fn at(&mut self, x: f64) -> Result<&[f64], Error> {
        self.evaluations += 1;
        let ln_density = self.integrand.evaluate(&[x], &mut self.values);
        let density = ln_density.exp();
        if !density.is_finite() {
            return Err(Error::DensityNotFinite { at: vec![x], value: ln_density });
        }
        self.term[0] = density;
        for (component, (term, &value)) in self.term[1..].iter_mut().zip(&self.values).enumerate() {
            if density > 0.0 && !value.is_finite() {
                return Err(Error::StatisticNotFinite { component, at: vec![x], value });
            }
            *term = if density > 0.0 { density * value } else { 0.0 };
        }
        Ok(&self.term)
    }

    /// The term at a point that need not belong to the support, times exp(`ln_weight`); `None` where it is not finite.
    ///
    /// The product is formed in logarithms: far out in a heavy tail f underflows long before f·g dx does.
    pub(super) fn weighted(&mut self, x: f64, ln_weight: f64) -> Option<&[f64]> {
        self.evaluations += 1;
        let ln_density = self.integrand.evaluate(&[x], &mut self.values);
        if ln_density.is_nan() {
            return None;
        }
        let ln_term = ln_density + ln_weight;
        self.term[0] = ln_term.exp();
        for (term, &value) in self.term[1..].iter_mut().zip(&self.values) {
            *term = if ln_density == f64::NEG_INFINITY || value == 0.0 {
                0.0
            } else if ln_term.abs() < 600.0 {
                ln_term.exp() * value
            } else {
                (ln_term + value.abs().ln()).exp().copysign(value)
            };
        }
        self.term.iter().all(|term| term.is_finite()).then_some(&*self.term)
    }

    /// ln f and g at points that need not belong to the support: component c at point k of n is number c n + k.
    pub(super) fn raw(&mut self, points: &[f64]) -> (Vec<f64>, Vec<f64>) {
        self.evaluations += points.len();
        let (mut ln_densities, mut values) = (vec![0.0; points.len()], vec![0.0; self.values.len() * points.len()]);
        self.integrand.evaluate_all(points, &mut ln_densities, &mut values);
        (ln_densities, values)
    }
}

/// A compensated sum.
///
/// Source: A. Neumaier, *Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen*, ZAMM 54 (1974) 39–51,
/// algorithm IV. <https://doi.org/10.1002/zamm.19740540106>
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Neumaier {
    sum: f64,
    compensation: f64,
}

impl Neumaier {
    #[inline]
    pub(super) fn add(&mut self, term: f64) {
        let sum = self.sum + term;
        self.compensation +=
            if self.sum.abs() >= term.abs() { (self.sum - sum) + term } else { (term - sum) + self.sum };
        self.sum = sum;
    }

    pub(super) fn total(&self) -> f64 {
        self.sum + self.compensation
    }
}

/// Running totals of the terms, and of their absolute values.
#[derive(Clone, Debug)]
pub(super) struct Totals {
    sums: Vec<Neumaier>,
    magnitudes: Vec<f64>,
    terms: usize,
}

impl Totals {
    pub(super) fn new(width: usize) -> Self {
        Self { sums: vec![Neumaier::default(); width], magnitudes: vec![0.0; width], terms: 0 }
    }

    pub(super) fn add(&mut self, term: &[f64]) {
        self.terms += 1;
        for ((sum, magnitude), &term) in self.sums.iter_mut().zip(&mut self.magnitudes).zip(term) {
            sum.add(term);
            *magnitude += term.abs();
        }
    }

    /// Adds what is known of many terms together.
    pub(super) fn add_all(&mut self, value: &[f64], magnitude: &[f64]) {
        for (sum, &value) in self.sums.iter_mut().zip(value) {
            sum.add(value);
        }
        for (total, &magnitude) in self.magnitudes.iter_mut().zip(magnitude) {
            *total += magnitude;
        }
    }

    /// How many components there are.
    pub(super) fn width(&self) -> usize {
        self.sums.len()
    }

    /// How many single terms were added.
    pub(super) fn terms(&self) -> usize {
        self.terms
    }

    /// Σ f g_c
    pub(super) fn value(&self, component: usize) -> f64 {
        self.sums[component].total()
    }

    /// What was added since these were `earlier`.
    pub(super) fn since(&self, earlier: &Self) -> Vec<f64> {
        (0..self.sums.len()).map(|c| self.value(c) - earlier.value(c)).collect()
    }

    /// Σ f |g_c|
    pub(super) fn magnitude(&self, component: usize) -> f64 {
        self.magnitudes[component]
    }
}

/// The worst component of a sum that could not be finished, with what is known of it.
pub(super) fn unconverged(totals: &Totals, bounds: &[f64], evaluations: usize) -> Error {
    let relative = |c: usize| bounds[c] / totals.magnitude(c);
    let worst = (1..bounds.len()).max_by(|&a, &b| relative(a).total_cmp(&relative(b))).unwrap_or(0);
    Error::NoConvergence {
        evaluations,
        component: worst.checked_sub(1),
        value: totals.value(worst),
        error: bounds[worst],
    }
}
