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
use super::moments::Moments;
use super::{Expectation, Provenance, Settings, Statistic};
use crate::error::Error;
use crate::model::{Datum, LogLikelihood, Observation, OwnedDatum, Sampler, Stream, Theta};
use rand::SeedableRng;
use std::borrow::Borrow;

/// E[g] of the `dimension` components of `g` under `model` at `theta`, as an average over
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
    let width = statistic.dimension();
    let block = |b: usize| {
        let mut statistic = statistic.clone();
        let mut stream = Stream::seed_from_u64(seed);
        stream.set_stream(b as u64);
        let length = BLOCK.min(draws - b * BLOCK);
        let mut rows = vec![0.0; length * width];
        for i in 0..length {
            let x = draw(&mut stream).ok_or(Error::Unsupported {
                method: "Monte Carlo",
                needs: "a sampler, which SampleSpace::capabilities has to name",
            })?;
            evaluate(&mut statistic, x.borrow(), &mut rows[i * width..(i + 1) * width])?;
        }
        Ok(Moments::of_rows(&rows, width, statistic.controls()))
    };
    let mut moments: Option<Moments> = None;
    fold_blocks(draws.div_ceil(BLOCK), block, |block| match &mut moments {
        Some(moments) => moments.merge(&block),
        None => moments = Some(block),
    })?;
    Ok(Expectation {
        mass: None,
        values: moments.map_or_else(Vec::new, |moments| moments.estimates()),
        provenance: Provenance::MonteCarlo { draws, seed },
    })
}

/// g(x), if it and ln f are finite at this draw.
pub(super) fn evaluate<M, S>(statistic: &mut S, x: &Datum<M, f64>, values: &mut [f64]) -> Result<(), Error>
where
    M: LogLikelihood + ?Sized,
    S: Statistic<M>,
{
    let ln_density = statistic.evaluate(x, values);
    if !ln_density.is_finite() {
        return Err(Error::DensityNotFinite {
            at: M::Observation::coordinates(x).to_vec(),
            value: ln_density,
        });
    }
    match values.iter().position(|value| !value.is_finite()) {
        None => Ok(()),
        Some(component) => Err(Error::StatisticNotFinite {
            component,
            at: M::Observation::coordinates(x).to_vec(),
            value: values[component],
        }),
    }
}
