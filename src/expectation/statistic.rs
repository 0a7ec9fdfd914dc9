//! What expectations are taken of: a vector-valued function of an observation, or of its coordinates, at one or at many of them.

use crate::model::{Datum, LogLikelihood};

/// A vector-valued function g of an observation, evaluated together with the log-density at θ.
pub trait Statistic<M: LogLikelihood + ?Sized>: Clone + Send + Sync {
    /// How many components g has.
    fn dimension(&self) -> usize;

    /// Writes g(x) and returns ln f(x).
    fn evaluate(&mut self, x: &Datum<M, f64>, values: &mut [f64]) -> f64;

    /// Writes g and ln f at several observations: component c at observation k is `values[c * n + k]`, where n is their number.
    ///
    /// They are evaluated one after the other, unless the statistic knows something better.
    ///
    /// ```
    /// use fisher_information::{distributions::Normal, expectation::{Function, Statistic}};
    ///
    /// let mut powers = Function::new(&Normal, &[0.0, 1.0], 2, |x, g| (g[0], g[1]) = (*x, x * x))?;
    /// let (mut ln_densities, mut values) = ([0.0; 3], [0.0; 6]);
    /// powers.evaluate_all(&[&1.0, &2.0, &3.0], &mut ln_densities, &mut values);
    /// assert_eq!(values, [1.0, 2.0, 3.0, 1.0, 4.0, 9.0]);
    /// # Ok::<(), fisher_information::Error>(())
    /// ```
    fn evaluate_all(&mut self, observations: &[&Datum<M, f64>], ln_densities: &mut [f64], values: &mut [f64]) {
        let all: Vec<usize> = (0..observations.len()).collect();
        one_by_one(self, observations, &all, ln_densities, values);
    }

    /// ln f(x) alone.
    fn ln_density(&mut self, x: &Datum<M, f64>) -> f64;

    /// Turns E|g|, component by component, into the scale that errors are measured against. A covariance is measured against
    /// the standard deviations: its own E|g| may be nothing but rounding.
    fn scales(&self, _magnitudes: &mut [f64]) {}

    /// The components whose expectation is known to be zero for a regular model: the score, to serve as control variates.
    fn controls(&self) -> std::ops::Range<usize> {
        0..0
    }
}

/// What [`Statistic::evaluate_all`] writes for some of the observations, evaluated one after the other.
pub(crate) fn one_by_one<M: LogLikelihood + ?Sized, S: Statistic<M>>(
    statistic: &mut S,
    observations: &[&Datum<M, f64>],
    places: &[usize],
    ln_densities: &mut [f64],
    values: &mut [f64],
) {
    let mut components = vec![0.0; statistic.dimension()];
    for &place in places {
        ln_densities[place] = statistic.evaluate(observations[place], &mut components);
        scatter(&components, place, observations.len(), values);
    }
}

/// Writes the components at one of so many places.
fn scatter(components: &[f64], place: usize, count: usize, values: &mut [f64]) {
    for (column, &component) in values.chunks_exact_mut(count).zip(components) {
        column[place] = component;
    }
}

/// A vector-valued function of one or more coordinates, with the log-density: a [`Statistic`] as the deterministic methods
/// see it.
pub(crate) trait Integrand {
    /// How many components there are.
    fn dimension(&self) -> usize;

    /// Writes g(x) and returns ln f(x).
    fn evaluate(&mut self, x: &[f64], values: &mut [f64]) -> f64;

    /// Writes g and ln f at several points, whose coordinates stand one after the other: component c at point k is
    /// `values[c * n + k]`, where n is the number of points.
    fn evaluate_all(&mut self, points: &[f64], ln_densities: &mut [f64], values: &mut [f64]) {
        let count = ln_densities.len();
        let mut components = vec![0.0; self.dimension()];
        let points = points.chunks_exact((points.len() / count.max(1)).max(1));
        for (place, (point, ln_density)) in points.zip(ln_densities).enumerate() {
            *ln_density = self.evaluate(point, &mut components);
            scatter(&components, place, count, values);
        }
    }

    /// ln f(x) alone.
    fn ln_density(&mut self, x: &[f64]) -> f64;

    /// See [`Statistic::scales`].
    fn scales(&self, _magnitudes: &mut [f64]) {}
}
