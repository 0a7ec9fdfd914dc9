//! Averages over random draws, with standard errors, and with the score as control variate.
//!
//! ```math
//! \mathrm{E}[g] \approx \frac1n \sum_{i=1}^n g(x_i) - C\, \frac1n \sum_{i=1}^n s(x_i),
//! \qquad C = \mathrm{Cov}(g, s)\, \mathrm{Var}(s)^{-1}
//! ```
//!
//! Draws come in blocks of 1024. Block b has the ChaCha stream number b of the seed, and blocks are put together in
//! order, so the result is the same bit for bit on any number of threads.

use super::blocks::{BLOCK, fold_blocks};
use super::integrand::Function;
use super::moments::{Moments, sum};
use super::{Expectation, Provenance, Settings, Statistic};
use crate::error::Error;
use crate::model::{Datum, LogLikelihood, Observation, OwnedDatum, Sampler, Stream, Theta};
use rand::SeedableRng;
use std::borrow::Borrow;

/// E g of the `dimension` components of `g` under `model` at `theta`, as an average over
/// [`settings.draws`](Settings::draws) draws, each with its standard error.
///
/// # Errors
/// [`Error::TooFewDraws`] below two draws; [`Error::DensityNotFinite`] or [`Error::StatisticNotFinite`] with the draw at which
/// the density or g is not finite; the parameters outside their domain.
///
/// ```
/// use fisher_information::{distributions::Normal, expectation::{Settings, monte_carlo}};
///
/// let settings = Settings { draws: 4000, seed: 7, ..Settings::default() };
/// let result = monte_carlo::expectation(&Normal, &[1.0, 2.0], 1, |x, g| g[0] = x * x, &settings)?;
/// let square = result.values[0];
/// assert!((square.value - 5.0).abs() < 4.0 * square.error && square.error < 0.15);   // μ² + σ²
/// # Ok::<(), fisher_information::Error>(())
/// ```
pub fn expectation<M, G>(
    model: &M,
    theta: &Theta<M, f64>,
    dimension: usize,
    g: G,
    settings: &Settings,
) -> Result<Expectation, Error>
where
    M: Sampler,
    G: Fn(&Datum<M, f64>, &mut [f64]) + Clone + Send + Sync,
{
    let function = Function::new(model, theta, dimension, g)?;
    average::<M, _>(&function, |stream| Some(model.sample(theta, stream)), settings)
}

/// The averages of a statistic over draws. `draw` returns nothing if the model has no sampler.
pub(crate) fn average<M, S>(
    statistic: &S,
    draw: impl Fn(&mut Stream) -> Option<OwnedDatum<M>> + Sync,
    settings: &Settings,
) -> Result<Expectation, Error>
where
    M: LogLikelihood + ?Sized,
    S: Statistic<M>,
{
    let (draws, seed) = (settings.draws, settings.seed);
    if draws < 2 {
        return Err(Error::TooFewDraws { draws, needed: 2 });
    }
    let block = |statistic: &mut S, b: usize| {
        let mut stream = Stream::seed_from_u64(seed);
        stream.set_stream(b as u64);
        let mut next = |_| {
            draw(&mut stream).ok_or(Error::Unsupported {
                method: "Monte Carlo",
                needs: "a sampler, which SampleSpace::capabilities has to name",
            })
        };
        let points: Vec<OwnedDatum<M>> = (0..BLOCK.min(draws - b * BLOCK)).map(&mut next).collect::<Result<_, _>>()?;
        let mut values = evaluate_all(statistic, &points)?;
        Ok(Moments::of_columns(&mut values, points.len(), statistic.controls()))
    };
    // What the statistic learns at the first block serves the others.
    let mut experienced = statistic.clone();
    let first = block(&mut experienced, 0)?;
    merge(draws, seed, first, &|b| block(&mut experienced.clone(), b + 1))
}

/// The averages over all blocks, the first of which is there.
fn merge(
    draws: usize,
    seed: u64,
    mut moments: Moments,
    later: &(dyn Fn(usize) -> Result<Moments, Error> + Sync),
) -> Result<Expectation, Error> {
    fold_blocks(draws.div_ceil(BLOCK) - 1, later, |block| moments.merge(&block))?;
    Ok(Expectation { mass: None, values: moments.estimates(), provenance: Provenance::MonteCarlo { draws, seed } })
}

/// The components of g at some draws: number c n + k is component c at draw k of n.
///
/// # Errors
/// Those of the first draw at which g or ln f is not finite.
pub(super) fn evaluate_all<M, S>(statistic: &mut S, draws: &[OwnedDatum<M>]) -> Result<Vec<f64>, Error>
where
    M: LogLikelihood + ?Sized,
    S: Statistic<M>,
{
    let count = draws.len();
    let observations: Vec<&Datum<M, f64>> = draws.iter().map(Borrow::borrow).collect();
    let (mut ln_densities, mut values) = (vec![0.0; count], vec![0.0; count * statistic.dimension()]);
    statistic.evaluate_all(&observations, &mut ln_densities, &mut values);
    // A sum is finite only if its terms are.
    let columns = || values.chunks_exact(count.max(1));
    if sum(&ln_densities).is_finite() && columns().all(|column| sum(column).is_finite()) {
        return Ok(values);
    }
    for (place, (&x, &ln_density)) in observations.iter().zip(&ln_densities).enumerate() {
        let at = || M::Observation::coordinates(x).to_vec();
        if !ln_density.is_finite() {
            return Err(Error::DensityNotFinite { at: at(), value: ln_density });
        }
        if let Some(component) = columns().position(|column| !column[place].is_finite()) {
            let value = values[component * count + place];
            return Err(Error::StatisticNotFinite { component, at: at(), value });
        }
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::distributions::Normal;

    const THETA: [f64; 2] = [1.5, 2.0];

    /// The score of the normal distribution and its products, to which a `bias` of the score may be added.
    #[derive(Clone)]
    struct ScoreProducts {
        controls: std::ops::Range<usize>,
        bias: f64,
    }

    impl Statistic<Normal> for ScoreProducts {
        fn dimension(&self) -> usize {
            5
        }

        fn evaluate(&mut self, x: &f64, values: &mut [f64]) -> f64 {
            let z = (x - THETA[0]) / THETA[1];
            let (s1, s2) = (z / THETA[1] + self.bias, (z * z - 1.0) / THETA[1]);
            values.copy_from_slice(&[s1, s2, s1 * s1, s1 * s2, s2 * s2]);
            self.ln_density(x)
        }

        fn ln_density(&mut self, x: &f64) -> f64 {
            Normal.ln_likelihood(&THETA, x)
        }

        fn controls(&self) -> std::ops::Range<usize> {
            self.controls.clone()
        }
    }

    fn averages(controls: std::ops::Range<usize>, bias: f64) -> Vec<crate::expectation::Estimate> {
        let statistic = ScoreProducts { controls, bias };
        let settings = Settings { draws: 40_000, seed: 3, ..Settings::default() };
        let draw = |stream: &mut Stream| Some(Normal.sample(&THETA, stream));
        average::<Normal, _>(&statistic, draw, &settings).unwrap().values
    }

    /// s₁² is linear in s₂, so nothing is left of its variance. The others, by the moments of z up to z⁸: Var s₁s₂ = 10/σ⁴, of
    /// which s₁ explains 4; Var s₂² = 56/σ⁴, of which s₂ explains 32.
    #[test]
    fn the_score_reduces_the_errors_of_its_products() {
        let (plain, controlled) = (averages(0..0, 0.0), averages(0..2, 0.0));
        assert_eq!(plain[..2], controlled[..2]);
        for (value, truth) in controlled.iter().zip([0.0, 0.0, 0.25, 0.0, 0.5]) {
            assert!((value.value - truth).abs() < 5.0 * value.error, "{value} {truth}");
        }
        let ratio = |i: usize| controlled[i].error / plain[i].error;
        assert!(ratio(2) < 1e-6);
        assert!((ratio(3) / (6.0_f64 / 10.0).sqrt() - 1.0).abs() < 0.05);
        assert!((ratio(4) / (24.0_f64 / 56.0).sqrt() - 1.0).abs() < 0.05);
    }

    /// The same control twice is one control.
    #[test]
    fn collinear_controls() {
        #[derive(Clone)]
        struct Twice(ScoreProducts);
        impl Statistic<Normal> for Twice {
            fn dimension(&self) -> usize {
                5
            }
            fn evaluate(&mut self, x: &f64, values: &mut [f64]) -> f64 {
                let ln_density = self.0.evaluate(x, values);
                values[0] = -3.0 * values[1];
                ln_density
            }
            fn ln_density(&mut self, x: &f64) -> f64 {
                self.0.ln_density(x)
            }
            fn controls(&self) -> std::ops::Range<usize> {
                self.0.controls()
            }
        }
        let once = averages(1..2, 0.0);
        let twice = Twice(ScoreProducts { controls: 0..2, bias: 0.0 });
        let settings = Settings { draws: 40_000, seed: 3, ..Settings::default() };
        let draw = |stream: &mut Stream| Some(Normal.sample(&THETA, stream));
        let twice = average::<Normal, _>(&twice, draw, &settings).unwrap().values;
        assert!((once[4].error / twice[4].error - 1.0).abs() < 1e-9);
        assert!((once[4].value - twice[4].value).abs() < 1e-12);
    }

    /// A score whose mean is not zero belongs to a model that is not regular: it must not be used, and it must be seen.
    #[test]
    fn inconsistent_controls_are_left_alone() {
        let (plain, refused) = (averages(0..0, 0.2), averages(0..2, 0.2));
        assert_eq!(plain, refused);
        assert!((refused[0].value - 0.2).abs() < 5.0 * refused[0].error);
    }

    #[test]
    fn a_model_without_a_sampler() {
        let statistic = ScoreProducts { controls: 0..0, bias: 0.0 };
        let refused = average::<Normal, _>(&statistic, |_| None, &Settings::default());
        assert!(matches!(refused, Err(Error::Unsupported { method: "Monte Carlo", .. })));
    }
}
