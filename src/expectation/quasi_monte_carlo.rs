//! Averages over evenly spread points, randomly shifted, with the spread over the shifts as error.
//!
//! The points in the unit cube are those of a lattice: k/n in one dimension, the fractional parts of kα in several, with
//! αⱼ = φ⁻ʲ and φ the root of φᵈ⁺¹ = φ + 1 (for d = 1, the golden ratio). Each of 16 independent shifts, taken modulo 1,
//! gives an unbiased average, so their spread is an honest error. The baker's map u ↦ 1 − |2u − 1| makes the integrand
//! periodic, which the lattice rewards; the model's quantile function turns the points into observations.
//!
//! Sources: R. Cranley and T. N. L. Patterson, *Randomization of number theoretic methods for multiple integration*, SIAM J.
//! Numer. Anal. 13 (1976) 904–914, <https://doi.org/10.1137/0713071>; F. J. Hickernell, *Obtaining O(N⁻²⁺ᵉ) convergence for
//! lattice quadrature rules* (2002), <https://doi.org/10.1007/978-3-642-56046-0_18>; M. Roberts, *The unreasonable
//! effectiveness of quasirandom sequences* (2018), for α.

use super::blocks::{BLOCK, fold_blocks};
use super::integrand::Function;
use super::moments::{Moments, to_float};
use super::monte_carlo::evaluate;
use super::{Expectation, Provenance, Settings, Statistic};
use crate::error::Error;
use crate::model::{Datum, LogLikelihood, OwnedDatum, Quantile, Stream, Theta};
use rand::{Rng, SeedableRng};
use std::borrow::Borrow;

/// How many independent shifts there are.
const SHIFTS: usize = 16;

/// E[g] of the `dimension` components of `g` under `model` at `theta`, as an average over about
/// [`settings.draws`](Settings::draws) points, each with its standard error over the shifts.
///
/// For a smooth g in one dimension the error falls nearly like 1/n² instead of the 1/√n of random draws.
///
/// # Errors
/// [`Error::TooFewDraws`] below one point a shift; [`Error::DensityNotFinite`] or [`Error::StatisticNotFinite`] with the point
/// at which the density or g is not finite; the parameters outside their domain.
///
/// ```
/// use fisher_information::{distributions::Normal, expectation::{Settings, quasi_monte_carlo}};
///
/// let settings = Settings { draws: 4000, ..Settings::default() };
/// let result = quasi_monte_carlo::expectation(&Normal, &[1.0, 2.0], 1, |x, g| g[0] = x * x, &settings)?;
/// let square = result.values[0];
/// assert!((square.value - 5.0).abs() < 4.0 * square.error && square.error < 0.02);   // μ² + σ²
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
    M: Quantile,
    G: Fn(&Datum<M, f64>, &mut [f64]) + Clone + Send + Sync,
{
    let function = Function::new(model, theta, dimension, g)?;
    average::<M, _>(&function, model.uniforms(), |u| Some(model.quantile(theta, u)), settings)
}

/// The averages of a statistic over the points; `quantile` turns `uniforms` numbers in (0, 1) into an observation, and
/// returns nothing if the model has no such function.
pub(crate) fn average<M, S>(
    statistic: &S,
    uniforms: usize,
    quantile: impl Fn(&[f64]) -> Option<OwnedDatum<M>> + Sync,
    settings: &Settings,
) -> Result<Expectation, Error>
where
    M: LogLikelihood + ?Sized,
    S: Statistic<M>,
{
    let seed = settings.seed;
    let points = settings.draws / SHIFTS;
    if points == 0 {
        return Err(Error::TooFewDraws {
            draws: settings.draws,
            needed: SHIFTS,
        });
    }
    let lattice = Lattice::new(uniforms, points);
    let width = statistic.dimension();
    let blocks = points.div_ceil(BLOCK);
    let block = |index: usize| {
        let (shift, b) = (index / blocks, index % blocks);
        let mut statistic = statistic.clone();
        let shift = random_shift(uniforms, seed, shift);
        let (first, last) = (b * BLOCK, points.min((b + 1) * BLOCK));
        let (mut u, mut row, mut sums) = (vec![0.0; uniforms], vec![0.0; width], vec![0.0; width]);
        for k in first..last {
            lattice.point(k as u64, &shift, &mut u);
            let x = quantile(&u).ok_or(Error::Unsupported {
                method: "quasi-Monte Carlo",
                needs: "a quantile function, which SampleSpace::capabilities has to name",
            })?;
            evaluate(&mut statistic, x.borrow(), &mut row)?;
            sums.iter_mut().zip(&row).for_each(|(sum, value)| *sum += value);
        }
        Ok(sums)
    };
    let mut averages = vec![0.0; SHIFTS * width]; // a row for each shift
    let mut index = 0;
    fold_blocks(SHIFTS * blocks, block, |sums| {
        let row = &mut averages[index / blocks * width..][..width];
        row.iter_mut().zip(sums).for_each(|(average, sum)| *average += sum / to_float(points));
        index += 1;
    })?;
    Ok(Expectation {
        mass: None,
        values: Moments::of_rows(&averages, width, 0..0).estimates(),
        provenance: Provenance::QuasiMonteCarlo {
            draws: points * SHIFTS,
            shifts: SHIFTS,
            seed,
        },
    })
}

/// One uniform number for each dimension, as a fraction of 2⁶⁴.
fn random_shift(dimension: usize, seed: u64, shift: usize) -> Vec<u64> {
    let mut stream = Stream::seed_from_u64(seed);
    stream.set_stream(shift as u64);
    (0..dimension).map(|_| stream.next_u64()).collect()
}

/// The points kα modulo 1, in fractions of 2⁶⁴, in which arithmetic modulo 1 is exact.
struct Lattice {
    steps: Vec<u64>,
}

impl Lattice {
    fn new(dimension: usize, points: usize) -> Self {
        if dimension == 1 {
            return Self {
                steps: vec![u64::MAX / points.max(1) as u64],
            };
        }
        let root = generalised_golden_ratio(dimension);
        let steps = (1..=dimension).map(|j| {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_possible_wrap)]
            let step = (root.powi(-(j as i32)) * f64::powi(2.0, 64)) as u64;
            step
        });
        Self { steps: steps.collect() }
    }

    /// Point `k`, shifted, mapped by the baker's map, and strictly inside the unit cube.
    fn point(&self, k: u64, shift: &[u64], u: &mut [f64]) {
        for ((u, &step), &shift) in u.iter_mut().zip(&self.steps).zip(shift) {
            #[allow(clippy::cast_precision_loss)] // 53 bits are left
            let top = (k.wrapping_mul(step).wrapping_add(shift) >> 12) as f64;
            let v = (top + 0.5) * f64::powi(2.0, -52);
            *u = 1.0 - (2.0 * v - 1.0).abs();
        }
    }
}

/// The root of φᵈ⁺¹ = φ + 1 above 1, by a contraction.
fn generalised_golden_ratio(dimension: usize) -> f64 {
    let exponent = 1.0 / (to_float(dimension) + 1.0);
    (0..100).fold(1.5_f64, |root, _| (1.0 + root).powf(exponent))
}
