//! Expectations by kernels: against dual numbers, on any number of threads, and where a log-likelihood cannot be compiled.

use super::mixture::Mixture;
use fisher_information::Error;
use fisher_information::distributions::{
    Bernoulli, Beta, BetaBinomial, BivariateNormal, Cauchy, Gamma, Gumbel, Laplace, NegativeBinomial, Normal, Poisson,
    SkewNormal, StudentT, VonMises, Weibull,
};
use fisher_information::expectation::{Settings, Statistic};
use fisher_information::information::{Method, ScoreMoments, moments};
use fisher_information::kernel::Path;
use fisher_information::prelude::*;
use proptest::prelude::{ProptestConfig, proptest};
use proptest::test_runner::RngSeed;

const MIXTURE: [f64; 5] = [0.3, -1.0, 2.0, 0.8, 1.3];

type Point<M> = <<M as LogLikelihood>::Parameters as ParameterSpace>::Of<f64>;

fn along<M: SampleSpace>(model: &M, theta: &Point<M>, method: Method, path: Path) -> ScoreMoments {
    moments(model, theta, method, &Settings { path, draws: 5000, ..Settings::default() }).unwrap()
}

/// A quadrature that is left to itself takes the path that a count of operations prefers: to the last bit it is one of the two.
#[test]
fn the_automatic_choice() {
    let by = |model: &Beta, path| along(model, &[2.5, 1.5], Method::Quadrature, path);
    assert_eq!(by(&Beta, Path::Automatic), by(&Beta, Path::Kernel));
    assert_ne!(by(&Beta, Path::Automatic), by(&Beta, Path::Duals));
    let by = |model: &Weibull, path| along(model, &[1.5, 2.0], Method::Quadrature, path);
    assert_eq!(by(&Weibull, Path::Automatic), by(&Weibull, Path::Duals));
    assert_ne!(by(&Weibull, Path::Automatic), by(&Weibull, Path::Kernel));
    let by = |path| along(&Mixture, &MIXTURE, Method::Quadrature, path);
    assert_eq!(by(Path::Automatic), by(Path::Kernel));
    assert_ne!(by(Path::Automatic), by(Path::Duals));
}

/// A relative difference of two results that are the same but for rounding.
const ROUNDING: f64 = 1e-12;

/// The moments along both paths: the same to rounding, each component in units of the standard deviations of the scores.
fn agree<M: SampleSpace>(model: &M, theta: &Point<M>, method: Method) {
    let (duals, kernel) = (along(model, theta, method, Path::Duals), along(model, theta, method, Path::Kernel));
    let name = std::any::type_name::<M>();
    let size = duals.names.len();
    let deviation = |i: usize| duals.outer_product.matrix[(i, i)].sqrt();
    if let (Some(a), Some(b)) = (duals.mass, kernel.mass) {
        assert!((a.value - b.value).abs() <= ROUNDING, "{name}: mass {a} {b}");
    }
    for i in 0..size {
        let (a, b) = (duals.mean_score[i], kernel.mean_score[i]);
        assert!((a.value - b.value).abs() <= ROUNDING * deviation(i), "{name}: score {i}: {a} {b}");
        for j in 0..size {
            let unit = deviation(i) * deviation(j);
            for (a, b) in [(&duals.outer_product, &kernel.outer_product), (&duals.hessian, &kernel.hessian)] {
                let (difference, both) =
                    ((a.matrix[(i, j)] - b.matrix[(i, j)]).abs(), a.error[(i, j)] + b.error[(i, j)]);
                assert!(difference <= ROUNDING * unit, "{name}: entry {i}, {j} off by {difference} of {unit}");
                // The error bars are those of the same method: neither is a tenth of the other, but for rounding.
                let (least, most) = (a.error[(i, j)].min(b.error[(i, j)]), a.error[(i, j)].max(b.error[(i, j)]));
                assert!(most <= 10.0 * least + 1e-11 * unit, "{name}: errors of {i}, {j}: {least} {most}");
                assert!(both.is_finite());
            }
        }
    }
}

#[test]
fn integrals() {
    agree(&Normal, &[1.0, 2.0], Method::Quadrature);
    agree(&Gamma, &[2.5, 1.5], Method::Quadrature);
    agree(&Beta, &[2.5, 4.0], Method::Quadrature);
    agree(&Weibull, &[1.7, 2.0], Method::Quadrature);
    agree(&Gumbel, &[0.5, 2.0], Method::Quadrature);
    agree(&Cauchy, &[0.0, 1.0], Method::Quadrature);
    agree(&VonMises, &[0.3, 2.0], Method::Quadrature);
    agree(&SkewNormal, &[0.0, 1.0, 1.5], Method::Quadrature);
    agree(&Mixture, &MIXTURE, Method::Quadrature);
}

/// A place, and the rates at which the density falls off below and above it.
struct AsymmetricLaplace;

impl LogLikelihood for AsymmetricLaplace {
    type Parameters = Fixed<3>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[place, below, above]: &[D; 3], &x: &D) -> D {
        let ln_top = -(below.recip() + above.recip()).ln();
        if x < place { ln_top - (place - x) * below } else { ln_top - (x - place) * above }
    }
}

impl SampleSpace for AsymmetricLaplace {
    fn support(&self, _: &[f64; 3]) -> Support {
        Support::real()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler()
    }
}

impl Sampler for AsymmetricLaplace {
    fn sample<R: rand::Rng + ?Sized>(&self, &[place, below, above]: &[f64; 3], rng: &mut R) -> f64 {
        let mut exponential = || -(-rand::RngExt::random::<f64>(rng)).ln_1p();
        let (up, down) = (exponential() / above, exponential() / below);
        place + up - down
    }
}

/// The courses of their log-likelihoods depend on the data.
#[test]
fn integrals_of_models_with_branches() {
    agree(&Laplace, &[0.5, 2.0], Method::Quadrature);
    agree(&AsymmetricLaplace, &[0.5, 2.0, 1.5], Method::Quadrature);
    agree(&AsymmetricLaplace, &[0.5, 2.0, 1.5], Method::MonteCarlo);
    agree(&StudentT, &[0.5, 1.5, 4.5], Method::Quadrature);
    agree(&StudentT, &[0.5, 1.5, 200.0], Method::Quadrature);
}

#[test]
fn integrals_over_two_coordinates() {
    agree(&BivariateNormal, &[0.0, 1.0, 1.0, 2.0, 0.3], Method::Quadrature);
}

/// Sums are formed term by term along either path; only the noise is listened to in a block.
#[test]
fn sums() {
    agree(&Poisson, &[4000.0], Method::Summation);
    agree(&NegativeBinomial, &[2.5, 0.02], Method::Summation);
    agree(&BetaBinomial::new(std::num::NonZeroU32::new(300).unwrap()), &[2.0, 3.0], Method::Summation);
}

#[test]
fn draws() {
    for method in [Method::MonteCarlo, Method::QuasiMonteCarlo] {
        agree(&Gamma, &[2.5, 1.5], method);
        agree(&Laplace, &[0.5, 2.0], method);
        agree(&StudentT, &[0.5, 1.5, 4.5], method);
        agree(&Poisson, &[40.0], method);
    }
    agree(&Mixture, &MIXTURE, Method::MonteCarlo);
}

#[cfg(feature = "parallel")]
#[test]
fn the_same_bits_on_any_number_of_threads() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            (
                along(&Mixture, &MIXTURE, Method::MonteCarlo, Path::Kernel),
                along(&StudentT, &[0.5, 1.5, 40.0], Method::MonteCarlo, Path::Kernel),
            )
        })
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(7));
}

/// A few points do not pay for a compilation, a quadrature does.
#[test]
fn the_automatic_choice_is_one_of_the_two() {
    let few = |path| along(&Bernoulli, &[0.3], Method::Summation, path);
    assert_eq!(few(Path::Automatic), few(Path::Duals));
    let many = |path| along(&Mixture, &MIXTURE, Method::MonteCarlo, path);
    assert_eq!(many(Path::Automatic), many(Path::Kernel));
    assert_ne!(many(Path::Automatic), many(Path::Duals));
}

/// A normal whose log-likelihood looks at the value of its number, as one that looks something up does.
#[derive(Clone)]
struct Reading;

impl LogLikelihood for Reading {
    type Parameters = Fixed<2>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, theta: &[D; 2], x: &D) -> D {
        let half = x.re() * 0.5;
        Normal.ln_likelihood(theta, &(*x * 0.5 + half))
    }
}

impl SampleSpace for Reading {
    fn support(&self, _: &[f64; 2]) -> Support {
        Support::real()
    }
}

#[test]
fn a_log_likelihood_that_cannot_be_recorded_takes_the_dual_numbers() {
    let along = |path| along(&Reading, &[1.0, 2.0], Method::Quadrature, path);
    assert_eq!(along(Path::Kernel), along(Path::Duals));
    assert!((along(Path::Kernel).outer_product.matrix[(0, 0)] - 0.25).abs() < 1e-12);
}

/// A density in twelve steps, each with its own formula: more courses than are compiled.
struct Stairs;

impl LogLikelihood for Stairs {
    type Parameters = Fixed<1>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[slope]: &[D; 1], &x: &D) -> D {
        // The normal density, one step at a time.
        let mut offset = D::from(0.0);
        for step in 0..12 {
            if x > f64::from(step - 6) {
                offset += slope * 0.0;
            }
        }
        let z = x * slope;
        slope.ln() - z * z * 0.5 - 0.918_938_533_204_672_8 + offset
    }
}

impl SampleSpace for Stairs {
    fn support(&self, _: &[f64; 1]) -> Support {
        Support::real()
    }
}

#[test]
fn more_courses_than_are_compiled() {
    agree(&Stairs, &[0.4], Method::Quadrature);
    let found = along(&Stairs, &[0.4], Method::Quadrature, Path::Kernel);
    assert!((found.outer_product.matrix[(0, 0)] - 2.0 / 0.16).abs() < 1e-9);
}

/// A log-likelihood that breaks down at 1.
struct Broken;

impl LogLikelihood for Broken {
    type Parameters = Fixed<1>;
    type Observation = f64;

    fn ln_likelihood<D: Scalar>(&self, &[rate]: &[D; 1], &x: &D) -> D {
        let hole = if x > 1.0 { D::from(f64::NAN) } else { D::from(0.0) };
        rate.ln() - rate * x + hole
    }
}

impl SampleSpace for Broken {
    fn support(&self, _: &[f64; 1]) -> Support {
        Support::positive()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler()
    }
}

impl Sampler for Broken {
    fn sample<R: rand::Rng + ?Sized>(&self, &[rate]: &[f64; 1], rng: &mut R) -> f64 {
        -(-rand::RngExt::random::<f64>(rng)).ln_1p() / rate
    }
}

/// Both paths refuse, and name the same point.
#[test]
fn refusals() {
    for method in [Method::Quadrature, Method::MonteCarlo] {
        let refusal = |path| moments(&Broken, &[1.5], method, &Settings { path, ..Settings::default() }).unwrap_err();
        let (duals, kernel) = (refusal(Path::Duals), refusal(Path::Kernel));
        let (Error::DensityNotFinite { at, value }, Error::DensityNotFinite { at: other, .. }) = (duals, kernel) else {
            panic!("another refusal");
        };
        assert_eq!(at, other);
        assert!(at[0] > 1.0 && value.is_nan());
    }
}

/// What several observations at once give is what each alone gives.
#[test]
fn several_observations_at_once() {
    let mut powers =
        fisher_information::expectation::Function::new(&Normal, &[0.0, 1.0], 2, |x: &f64, g: &mut [f64]| {
            (g[0], g[1]) = (*x, x * x);
        })
        .unwrap();
    let (mut ln_densities, mut values) = ([0.0; 3], [0.0; 6]);
    powers.evaluate_all(&[&1.0, &2.0, &3.0], &mut ln_densities, &mut values);
    assert_eq!(values, [1.0, 2.0, 3.0, 1.0, 4.0, 9.0]);
    assert_eq!(ln_densities, [1.0, 2.0, 3.0].map(|x| Normal.ln_likelihood(&[0.0, 1.0], &x)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mixtures(weight in 0.1..0.9, gap in 1.0..6.0, s1 in 0.3..2.0, s2 in 0.3..2.0, at in -5.0..5.0) {
        agree(&Mixture, &[weight, at, at + gap, s1, s2], Method::Quadrature);
        agree(&Mixture, &[weight, at, at + gap, s1, s2], Method::MonteCarlo);
    }

    #[test]
    fn student(at in -3.0..3.0, scale in 0.1..10.0, freedom in 1.0..60.0) {
        agree(&StudentT, &[at, scale, freedom], Method::Quadrature);
    }
}
