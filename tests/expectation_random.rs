//! Expectations by Monte Carlo and quasi-Monte Carlo: true within their errors, and the same on any number of threads.

use fisher_information::Error;
use fisher_information::distributions::Normal;
use fisher_information::expectation::{Expectation, Provenance, Settings, monte_carlo, quasi_monte_carlo};
use fisher_information::prelude::*;

/// How many standard errors a result with a fixed seed may be off: 5 has a false-alarm rate of 6e-7.
const DEVIATIONS: f64 = 5.0;

const THETA: [f64; 2] = [1.5, 2.0];

fn draws(draws: usize) -> Settings {
    Settings { draws, seed: 2024, ..Settings::default() }
}

/// z, z², z⁴ and cos z with z = (x − μ)/σ.
fn functions(x: &f64, g: &mut [f64]) {
    let z = (x - THETA[0]) / THETA[1];
    g.copy_from_slice(&[z, z * z, z.powi(4), z.cos()]);
}

/// Moments of the standard normal, and E cos z = e^(−1/2).
fn truth() -> [f64; 4] {
    [0.0, 1.0, 3.0, (-0.5_f64).exp()]
}

fn assert_true_within_errors(found: &Expectation, truth: &[f64]) {
    assert!(found.mass.is_none() && found.values.len() == truth.len());
    for (value, truth) in found.values.iter().zip(truth) {
        assert!((value.value - truth).abs() <= DEVIATIONS * value.error, "{value}, truth {truth}");
        assert!(value.error > 0.0);
    }
}

/// The standard error is that of theory: √(Var g / n), with Var z, z², z⁴, cos z = 1, 2, 96, (1 − 1/e)²/2.
#[test]
fn monte_carlo_errors() {
    const DRAWS: usize = 50_000;
    let found = monte_carlo::expectation(&Normal, &THETA, 4, functions, &draws(DRAWS)).unwrap();
    assert_true_within_errors(&found, &truth());
    assert_eq!(found.provenance, Provenance::MonteCarlo { draws: DRAWS, seed: 2024 });
    let variances = [1.0, 2.0, 96.0, 0.5 * (1.0 - (-1.0_f64).exp()).powi(2)];
    for (value, variance) in found.values.iter().zip(variances) {
        let theory = (variance / 50_000_f64).sqrt();
        assert!((value.error / theory - 1.0).abs() < 0.1, "{value}, theory {theory:e}");
    }
}

/// Even a mean that is huge against the spread keeps its standard error.
#[test]
fn no_cancellation() {
    const OFFSET: f64 = 1e9;
    let g = |x: &f64, g: &mut [f64]| g.copy_from_slice(&[x + OFFSET, *x]);
    let found = monte_carlo::expectation(&Normal, &THETA, 2, g, &draws(10_000)).unwrap();
    let [far, near] = found.values[..] else { unreachable!() };
    assert!((far.error / near.error - 1.0).abs() < 1e-3);
    assert!((far.value - OFFSET - near.value).abs() < 1e-6);
}

/// The last block is partial and the number of blocks is not a multiple of anything.
#[test]
fn the_same_on_any_number_of_threads() {
    let settings = draws(11 * 1024 + 77);
    let both = || {
        let random = monte_carlo::expectation(&Normal, &THETA, 4, functions, &settings).unwrap();
        let quasi = quasi_monte_carlo::expectation(&Normal, &THETA, 4, functions, &settings).unwrap();
        let bits = |found: Expectation| found.values.into_iter().flat_map(|v| [v.value.to_bits(), v.error.to_bits()]);
        bits(random).chain(bits(quasi)).collect::<Vec<u64>>()
    };
    let here = both();
    #[cfg(feature = "parallel")]
    for threads in [1, 2, 3, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(both), here, "{threads} threads");
    }
    // so that a build without threads is held to the same bits
    assert_eq!(here[0], FIRST_MEAN.to_bits(), "{:e}", f64::from_bits(here[0]));
    let other_seed = Settings { seed: 2025, ..settings.clone() };
    let found = monte_carlo::expectation(&Normal, &THETA, 4, functions, &other_seed).unwrap();
    assert_ne!(found.values[0].value, FIRST_MEAN);
}

/// The mean of z of the first test above, as it was when this was written.
const FIRST_MEAN: f64 = 0.008014329865124467;

/// In one dimension the error falls as n⁻³ and beats that of random draws by orders of magnitude.
#[test]
fn quasi_monte_carlo_in_one_dimension() {
    for (n, gain) in [(1_600, 1e2), (16_000, 1e4), (160_000, 1e6)] {
        let quasi = quasi_monte_carlo::expectation(&Normal, &THETA, 4, functions, &draws(n)).unwrap();
        let random = monte_carlo::expectation(&Normal, &THETA, 4, functions, &draws(n)).unwrap();
        assert_true_within_errors(&quasi, &truth());
        let provenance = Provenance::QuasiMonteCarlo { draws: n, shifts: 16, seed: 2024 };
        assert_eq!(quasi.provenance, provenance);
        for (quasi, random) in quasi.values.iter().zip(&random.values) {
            assert!(gain * quasi.error < random.error, "{n}: {quasi} against {random}");
        }
    }
}

/// Uniform on the unit cube.
struct Cube(usize);

impl LogLikelihood for Cube {
    type Parameters = Fixed<1>;
    type Observation = [f64];

    fn ln_likelihood<D: Scalar>(&self, &[scale]: &[D; 1], _: &[D]) -> D {
        scale.ln()
    }
}

impl Quantile for Cube {
    fn uniforms(&self) -> usize {
        self.0
    }

    fn quantile(&self, _: &[f64; 1], u: &[f64]) -> Vec<f64> {
        u.to_vec()
    }
}

/// E ∏ 2uⱼ = 1 and E (Σ uⱼ)² = d/12 + d²/4.
#[test]
fn quasi_monte_carlo_in_several_dimensions() {
    let g = |x: &[f64], g: &mut [f64]| {
        (g[0], g[1]) = (x.iter().map(|x| 2.0 * x).product(), x.iter().sum::<f64>().powi(2));
    };
    for (dimension, largest_error) in [(2, 1e-4), (3, 2e-4), (5, 1e-3)] {
        let found = quasi_monte_carlo::expectation(&Cube(dimension), &[1.0], 2, g, &draws(100_000)).unwrap();
        let d = f64::from(u32::try_from(dimension).unwrap());
        assert_true_within_errors(&found, &[1.0, d / 12.0 + d * d / 4.0]);
        assert!(found.values.iter().all(|value| value.error < largest_error), "{:?}", found.values);
    }
}

/// A constant is averaged without error, whatever the weights of the points.
#[test]
fn constants_are_exact() {
    let found = quasi_monte_carlo::expectation(&Normal, &THETA, 1, |_, g| g[0] = 3.0, &draws(1000)).unwrap();
    assert!((found.values[0].value - 3.0).abs() < 1e-14 && found.values[0].error < 1e-14);
    let found = monte_carlo::expectation(&Normal, &THETA, 1, |_, g| g[0] = 3.0, &draws(1000)).unwrap();
    assert!((found.values[0].value - 3.0).abs() < 1e-14 && found.values[0].error < 1e-14);
}

#[test]
fn refusals() {
    let mean = |n| monte_carlo::expectation(&Normal, &THETA, 1, |x, g| g[0] = *x, &draws(n));
    assert_eq!(mean(1), Err(Error::TooFewDraws { draws: 1, needed: 2 }));
    assert!(mean(2).is_ok());
    let quasi = |n| quasi_monte_carlo::expectation(&Normal, &THETA, 1, |x, g| g[0] = *x, &draws(n));
    assert_eq!(quasi(15), Err(Error::TooFewDraws { draws: 15, needed: 16 }));
    assert!(quasi(16).is_ok());
    let outside = monte_carlo::expectation(&Normal, &[0.0, -1.0], 1, |x, g| g[0] = *x, &draws(10));
    assert!(matches!(outside, Err(Error::ParameterOutsideDomain { name, .. }) if name == "deviation"));

    // the first draw, in the order of the blocks, at which ln is not a number
    let g = |x: &f64, g: &mut [f64]| (g[0], g[1]) = (*x, (x + 5.0).ln());
    let refused = monte_carlo::expectation(&Normal, &THETA, 2, g, &draws(50_000));
    let Err(Error::StatisticNotFinite { component: 1, ref at, value }) = refused else { panic!("{refused:?}") };
    assert!(at[0] < -5.0 && value.is_nan());
    let again = monte_carlo::expectation(&Normal, &THETA, 2, g, &draws(50_000));
    assert_eq!(again.unwrap_err().to_string(), refused.unwrap_err().to_string());
}

/// A sampler that draws where the density is zero.
struct Disagreeing;

impl LogLikelihood for Disagreeing {
    type Parameters = Fixed<1>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[rate]: &[D; 1], &x: &D) -> D {
        if x.re() > 0.0 { rate.ln() - rate * x } else { D::from(f64::NEG_INFINITY) }
    }
}

impl Sampler for Disagreeing {
    fn sample<R: rand::Rng + ?Sized>(&self, _: &[f64; 1], _: &mut R) -> f64 {
        -1.0
    }
}

#[test]
fn draws_outside_the_support() {
    let refused = monte_carlo::expectation(&Disagreeing, &[1.0], 1, |x, g| g[0] = *x, &draws(10));
    let outside = Error::DensityNotFinite { at: vec![-1.0], value: f64::NEG_INFINITY };
    assert_eq!(refused, Err(outside));
}
