//! Averages over evenly spread points, randomly shifted, with the spread over the shifts as error.
//!
//! In one dimension the points are the lattice k/n. The map u = v − sin(2πv)/2π, under which a point has weight
//! 1 − cos(2πv), makes the integrand periodic even where the quantile function goes to infinity, and a lattice integrates
//! periodic functions fast: for moments of the normal distribution the error falls about as n⁻³.
//!
//! In several dimensions they are the fractional parts of kα, with αⱼ = φ⁻ʲ and φ the root of φᵈ⁺¹ = φ + 1 (the golden
//! ratio and its generalisations), under the baker's map u = 1 − |2v − 1|.
//!
//! Each of 16 independent shifts modulo 1 gives an unbiased average, so their spread is an honest error. The model's
//! quantile function turns the points into observations.
//!
//! Sources: R. Cranley and T. N. L. Patterson, *Randomization of number theoretic methods for multiple integration*, SIAM J.
//! Numer. Anal. 13 (1976) 904–914, <https://doi.org/10.1137/0713071>, for the shifts; A. Sidi, *A new variable
//! transformation for numerical integration*, in Numerical Integration IV (1993) 359–373, for the map; H. Niederreiter,
//! *Random Number Generation and Quasi-Monte Carlo Methods* (1992), §3.1, for the sequence kα; M. Roberts, *The
//! unreasonable effectiveness of quasirandom sequences* (2018), for the choice of α.

use super::blocks::{BLOCK, fold_blocks};
use super::integrand::Function;
use super::moments::{Moments, inner_products, to_float};
use super::monte_carlo::evaluate_all;
use super::{Expectation, Provenance, Settings, Statistic};
use crate::error::Error;
use crate::model::{Datum, LogLikelihood, OwnedDatum, Quantile, Stream, Theta};
use rand::{Rng, SeedableRng};
use std::f64::consts::TAU;

/// How many independent shifts there are.
const SHIFTS: usize = 16;

/// E g of the `dimension` components of `g` under `model` at `theta`, as an average over about
/// [`settings.draws`](Settings::draws) points, each with its standard error over the shifts.
///
/// For a smooth g the error falls faster than the 1/√n of random draws: see the [module](self).
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
        return Err(Error::TooFewDraws { draws: settings.draws, needed: SHIFTS });
    }
    let lattice = Lattice::new(uniforms, points);
    let width = statistic.dimension();
    let blocks = points.div_ceil(BLOCK);
    let block = |statistic: &mut S, index: usize| {
        let (shift, b) = (index / blocks, index % blocks);
        let shift = random_shift(uniforms, seed, shift);
        let (first, last) = (b * BLOCK, points.min((b + 1) * BLOCK));
        let (mut u, mut weights) = (vec![0.0; uniforms], Vec::with_capacity(last - first));
        let mut point = |k: usize| {
            weights.push(lattice.point(k as u64, &shift, &mut u));
            quantile(&u).ok_or(Error::Unsupported {
                method: "quasi-Monte Carlo",
                needs: "a quantile function, which SampleSpace::capabilities has to name",
            })
        };
        let draws: Vec<OwnedDatum<M>> = (first..last).map(&mut point).collect::<Result<_, _>>()?;
        let values = evaluate_all(statistic, &draws)?;
        let mut sums = vec![0.0; width];
        inner_products(&weights, &values, &mut sums);
        Ok(sums)
    };
    // What the statistic learns at the first block serves the others.
    let mut experienced = statistic.clone();
    let first = block(&mut experienced, 0)?;
    merge(points, seed, first, &|index| block(&mut experienced.clone(), index + 1))
}

/// The averages over all blocks of all shifts of so many points. The first block is there.
fn merge(
    points: usize,
    seed: u64,
    first: Vec<f64>,
    later: &(dyn Fn(usize) -> Result<Vec<f64>, Error> + Sync),
) -> Result<Expectation, Error> {
    let blocks = points.div_ceil(BLOCK);
    let mut averages = vec![0.0; SHIFTS * first.len()]; // a column for each component, with all shifts
    let mut index = 0;
    let mut add = |sums: Vec<f64>| {
        let shift = index / blocks;
        let averages = averages.iter_mut().skip(shift).step_by(SHIFTS);
        averages.zip(sums).for_each(|(average, sum)| *average += sum / to_float(points));
        index += 1;
    };
    add(first);
    fold_blocks(SHIFTS * blocks - 1, later, add)?;
    Ok(Expectation {
        mass: None,
        values: Moments::of_columns(&mut averages, SHIFTS, 0..0).estimates(),
        provenance: Provenance::QuasiMonteCarlo { draws: points * SHIFTS, shifts: SHIFTS, seed },
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
            return Self { steps: vec![u64::MAX / points.max(1) as u64] };
        }
        let root = generalised_golden_ratio(dimension);
        let steps = (1..=dimension).map(|j| {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_possible_wrap)]
            let step = (root.powi(-(j as i32)) * f64::powi(2.0, 64)) as u64;
            step
        });
        Self { steps: steps.collect() }
    }

    /// Writes point `k`, shifted, mapped, and strictly inside the unit cube, and returns its weight.
    fn point(&self, k: u64, shift: &[u64], u: &mut [f64]) -> f64 {
        for ((u, &step), &shift) in u.iter_mut().zip(&self.steps).zip(shift) {
            #[allow(clippy::cast_precision_loss)] // 52 bits are left
            let top = (k.wrapping_mul(step).wrapping_add(shift) >> 12) as f64;
            *u = (top + 0.5) * f64::powi(2.0, -52);
        }
        match u {
            [v] => {
                let (mapped, weight) = periodised(*v);
                *v = mapped;
                weight
            }
            several => {
                several.iter_mut().for_each(|v| *v = 1.0 - (2.0 * *v - 1.0).abs());
                1.0
            }
        }
    }
}

/// u = v − sin(2πv)/2π, strictly inside (0, 1), and du/dv.
fn periodised(v: f64) -> (f64, f64) {
    let near = v.min(1.0 - v); // the distance from the nearer end, where u ≈ (2π²/3) v³ must not lose its digits
    let angle = TAU * near;
    let distance = if angle < 0.02 {
        let square = angle * angle;
        near * square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0 * (1.0 - square / 72.0)))
    } else {
        near - angle.sin() / TAU
    };
    let u = if v < 0.5 { distance } else { 1.0 - distance };
    let half_angle = (0.5 * angle).sin();
    (u.min(1.0 - 0.5 * f64::EPSILON), 2.0 * half_angle * half_angle)
}

/// The root of φᵈ⁺¹ = φ + 1 above 1, by a contraction.
fn generalised_golden_ratio(dimension: usize) -> f64 {
    let exponent = 1.0 / (to_float(dimension) + 1.0);
    (0..100).fold(1.5_f64, |root, _| (1.0 + root).powf(exponent))
}
