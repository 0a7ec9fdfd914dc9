//! Samplers and quantile functions against distribution functions.

use fisher_information::distributions::*;
use fisher_information::model::{
    ClosedForm, Fixed, Observation, ParameterSpace, Quantile, SampleSpace, Sampler, Stream, Support,
};
use fisher_information::scalar::Scalar;
use rand::SeedableRng;
use statrs::distribution::{self as theirs, DiscreteCDF};
use std::borrow::Borrow;
use std::f64::consts::{PI, SQRT_2};

/// The random numbers of these tests.
pub fn stream() -> Stream {
    Stream::seed_from_u64(20_260_101)
}

/// F(x), by the name of the family in the catalogue: by the special functions of this crate, which have tests of their own,
/// or else by statrs.
fn distribution_function(family: &str, theta: &[f64], x: f64) -> f64 {
    let z = |m: f64, s: f64| (x - m) / s;
    match (family, theta) {
        ("normal", &[m, s]) => 0.5 * Scalar::erfc(-z(m, s) / SQRT_2),
        ("lognormal", &[m, s]) => 0.5 * Scalar::erfc(-(x.ln() - m) / s / SQRT_2),
        ("exponential", &[r]) => -(-r * x).exp_m1(),
        ("gamma", &[a, r]) => a.regularized_gamma_p(r * x),
        ("Weibull", &[k, s]) => -(-(x / s).powf(k)).exp_m1(),
        ("beta", &[a, b]) => x.regularized_beta(a, b),
        ("Laplace", &[m, s]) if x < m => 0.5 * z(m, s).exp(),
        ("Laplace", &[m, s]) => 1.0 - 0.5 * (-z(m, s)).exp(),
        ("Cauchy", &[m, s]) => f64::atan2(1.0, -z(m, s)) / PI,
        ("Student's t", &[m, s, n]) => {
            let z2 = z(m, s).powi(2);
            let tail = 0.5 * (n / (n + z2)).regularized_beta(0.5 * n, 0.5);
            let centre = 0.5 * (z2 / (n + z2)).regularized_beta(0.5, 0.5 * n);
            if z2 > n { if x < m { tail } else { 1.0 - tail } } else { 0.5 + centre.copysign(x - m) }
        }
        (_, _) if x < 0.0 => 0.0,
        ("Bernoulli", &[p]) => {
            if x < 1.0 {
                1.0 - p
            } else {
                1.0
            }
        }
        ("binomial", &[_]) if x >= 10.0 => 1.0,
        ("binomial", &[p]) => (1.0 - p).regularized_beta(10.0 - x.floor(), x.floor() + 1.0),
        ("Poisson", &[r]) => (x.floor() + 1.0).regularized_gamma_q(r),
        _ => panic!("no distribution function of the family {family} to compare with"),
    }
}

/// How often a correct sampler fails a test, were the seed not fixed.
const FALSE_ALARM: f64 = 1e-6;
const DRAWS: usize = 20_000;

/// The Kolmogorov–Smirnov statistic sup |Fₙ − F|. P(sup > ε) ≤ 2 exp(−2nε²) for every distribution, discrete ones included
/// (Massart, *Annals of Probability* 18 (1990), 1269–1283), which gives the threshold.
struct KolmogorovSmirnov;

impl Visitor for KolmogorovSmirnov {
    fn visit<M: SampleSpace + Sampler + ClosedForm>(&mut self, family: &'static str, model: &M, points: &[&[f64]]) {
        let threshold = ((2.0 / FALSE_ALARM).ln() / (2.0 * DRAWS as f64)).sqrt();
        let mut stream = stream();
        for &slice in points {
            let theta = M::Parameters::from_slice(slice).unwrap();
            let discrete = !matches!(model.support(theta.borrow()), Support::Interval { .. });
            let mut draws: Vec<f64> = (0..DRAWS)
                .map(|_| M::Observation::coordinates(model.sample(theta.borrow(), &mut stream).borrow())[0])
                .collect();
            draws.sort_by(f64::total_cmp);
            let mut distance = 0.0_f64;
            let mut below = 0;
            for group in draws.chunk_by(|a, b| a == b) {
                let x = group[0];
                let jump_from = if discrete { x - 1.0 } else { x };
                let empirical = |count: usize| count as f64 / DRAWS as f64;
                let left = empirical(below) - distribution_function(family, slice, jump_from);
                below += group.len();
                let right = empirical(below) - distribution_function(family, slice, x);
                distance = distance.max(left.abs()).max(right.abs());
            }
            assert!(distance <= threshold, "{family} at {slice:?}: distance {distance}, threshold {threshold}");
        }
    }
}

#[test]
fn samplers_draw_from_the_distribution() {
    visit_all(&mut KolmogorovSmirnov);
}

/// Uniform numbers from far tail to far tail.
const UNIFORMS: [f64; 13] =
    [1e-12, 1e-9, 1e-6, 1e-3, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999, 0.999_999, 1.0 - 1e-9, 1.0 - 1e-12];

/// What is left beyond rounding, relative to the nearer tail: the error of the distribution functions in the far tails.
const QUANTILE: f64 = 1e-11;

/// Families with a continuous quantile: F(F⁻¹(u)) = u, relative to the nearer of 0 and 1.
///
/// The rounding of the quantile q itself moves F by f(q) q times 2⁻⁵³, and the tail 1 − u is known only to 2⁻⁵³.
fn round_trip<M, const P: usize>(family: &str, model: &M, points: &[[f64; P]])
where
    M: Quantile<Parameters = Fixed<P>, Observation = f64>,
{
    let mut worst = 0.0_f64;
    for theta in points {
        for u in UNIFORMS {
            let q = model.quantile(theta, &[u]);
            if q == 0.0 && u < 0.5 {
                // Below every positive number.
                assert!(distribution_function(family, theta, f64::from_bits(1)) >= u, "{family} at {theta:?}: {u}");
                continue;
            }
            let back = distribution_function(family, theta, q);
            let rounding = model.ln_likelihood(theta, &q).exp() * q.abs() * f64::EPSILON + f64::EPSILON;
            let error = ((back - u).abs() - 4.0 * rounding) / u.min(1.0 - u);
            assert!(error <= QUANTILE, "{family} at {theta:?}: F⁻¹({u}) = {q}, F = {back}, relative error {error:.1e}");
            worst = worst.max(error);
        }
    }
    println!("{family}: {worst:.1e}");
}

#[test]
fn quantiles_invert_the_distribution_function() {
    round_trip("normal", &Normal, &[[0.0, 1.0], [-3.5, 0.25]]);
    round_trip("lognormal", &LogNormal, &[[0.0, 1.0], [-2.0, 0.25], [10.0, 8.0]]);
    round_trip("exponential", &Exponential, &[[1.0], [1e-3]]);
    round_trip("gamma", &Gamma, &[[1.0, 1.0], [2.5, 0.75], [0.03125, 4.0], [1000.0, 1.0], [1e6, 1.0]]);
    round_trip("Weibull", &Weibull, &[[1.0, 1.0], [2.5, 3.0], [0.125, 0.5]]);
    round_trip("beta", &Beta, &[[1.0, 1.0], [2.5, 0.75], [0.25, 0.5], [500.0, 2.0], [1e5, 2e5], [0.03125, 3.0]]);
    round_trip("Laplace", &Laplace, &[[0.0, 1.0], [-1.5, 0.25]]);
    round_trip("Student's t", &StudentT, &[[0.0, 1.0, 3.0], [1.5, 2.0, 0.5], [-1.0, 0.5, 100.0]]);
    round_trip("Cauchy", &Cauchy, &[[0.0, 1.0], [-2.25, 0.25]]);
}

/// F⁻¹(u) is the smallest count k with F(k) ≥ u.
fn smallest_count<M>(family: &str, model: &M, points: &[[f64; 1]])
where
    M: Quantile<Parameters = Fixed<1>, Observation = f64>,
{
    for theta in points {
        for u in UNIFORMS {
            let k = model.quantile(theta, &[u]);
            let at = |k: f64| distribution_function(family, theta, k);
            // F is known to rounding, on both sides of the comparison.
            let slack = 1e-13 * u.min(1.0 - u) + f64::EPSILON;
            assert!(
                k >= 0.0 && at(k) >= u - slack && (k == 0.0 || at(k - 1.0) < u + slack),
                "{family} at {theta:?}: F⁻¹({u}) = {k}, F = {}, one less {}",
                at(k),
                at(k - 1.0)
            );
        }
    }
}

#[test]
fn quantiles_of_counts_are_the_smallest_that_reach() {
    smallest_count("Bernoulli", &Bernoulli, &[[0.5], [0.25], [0.999]]);
    smallest_count("binomial", &Binomial::new(std::num::NonZeroU32::new(10).unwrap()), &[[0.5], [0.25], [0.999]]);
    smallest_count("Poisson", &Poisson, &[[1.0], [4.5], [1e-3], [1000.0]]);
}

#[test]
fn distribution_functions_of_the_counts_agree_with_statrs() {
    for k in 0..10_u32 {
        let x = f64::from(k);
        let binomial = theirs::Binomial::new(0.25, 10).unwrap().cdf(k.into());
        assert!((distribution_function("binomial", &[0.25], x) - binomial).abs() < 1e-13);
        let poisson = theirs::Poisson::new(4.5).unwrap().cdf(k.into());
        assert!((distribution_function("Poisson", &[4.5], x) - poisson).abs() < 1e-13);
    }
}
