//! Samplers and quantile functions against distribution functions.

use super::{catalogue, is_continuous, is_discrete};
pub use fisher_information::model::Stream;
use rand::SeedableRng;
use statrs::distribution::{self as theirs, ContinuousCDF, DiscreteCDF};

/// The random numbers of these tests.
pub fn stream() -> Stream {
    Stream::seed_from_u64(20_260_101)
}

/// How often a correct sampler fails a test, were the seed not fixed.
const FALSE_ALARM: f64 = 1e-6;
const DRAWS: usize = 20_000;

/// The Kolmogorov–Smirnov statistic sup |Fₙ − F|. P(sup > ε) ≤ 2 exp(−2nε²) for every distribution, discrete ones included
/// (Massart, *Annals of Probability* 18 (1990), 1269–1283), which gives the threshold.
#[test]
fn samplers_draw_from_the_distribution() {
    let threshold = ((2.0 / FALSE_ALARM).ln() / (2.0 * DRAWS as f64)).sqrt();
    let (mut stream, mut compared) = (stream(), 0);
    for entry in catalogue().iter().filter(|entry| is_continuous(entry) || is_discrete(entry)) {
        for theta in &entry.points {
            let draw = |_| entry.model.sample(theta, &mut stream).unwrap().unwrap()[0];
            let mut draws: Vec<f64> = (0..DRAWS).map(draw).collect();
            draws.sort_by(f64::total_cmp);
            if entry.model.tails(theta, &draws[..1]).unwrap().is_none() {
                continue; // the survey of the catalogue compares the moments of the draws instead
            }
            let below = |x: f64| entry.model.tails(theta, &[x]).unwrap().unwrap()[0].exp();
            let mut distance = 0.0_f64;
            let mut count = 0;
            for group in draws.chunk_by(|a, b| a == b) {
                let x = group[0];
                let empirical = |count: usize| count as f64 / DRAWS as f64;
                let left = empirical(count) - below(if is_discrete(entry) { x - 1.0 } else { x });
                count += group.len();
                let right = empirical(count) - below(x);
                distance = distance.max(left.abs()).max(right.abs());
            }
            assert!(distance <= threshold, "{} at {theta:?}: distance {distance}, threshold {threshold}", entry.name);
            compared += 1;
        }
    }
    assert!(compared >= 100, "only {compared} points have a distribution function");
}

/// Uniform numbers from far tail to far tail.
const UNIFORMS: [f64; 13] =
    [1e-12, 1e-9, 1e-6, 1e-3, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999, 0.999_999, 1.0 - 1e-9, 1.0 - 1e-12];

/// What is left beyond rounding, relative to the nearer tail: the error of the distribution functions in the far tails.
const QUANTILE: f64 = 1e-11;

/// F(F⁻¹(u)) = u, relative to the nearer of 0 and 1. The rounding of the quantile q itself moves F by f(q) q times 2⁻⁵³, and the
/// tail 1 − u is known only to 2⁻⁵³.
#[test]
fn quantiles_invert_the_distribution_function() {
    let mut compared = 0;
    for entry in catalogue().iter().filter(|entry| is_continuous(entry)) {
        for theta in &entry.points {
            let quantile = |u: f64| entry.model.quantile(theta, &[u]).unwrap().map(|x| x[0]);
            let tails = |x: f64| entry.model.tails(theta, &[x]).unwrap();
            let Some(median) = quantile(0.5).filter(|x| tails(*x).is_some()) else { continue };
            assert!(median.is_finite());
            for u in UNIFORMS {
                let q = quantile(u).unwrap();
                let Some([below, above]) = tails(q).map(|tails| tails.map(f64::exp)) else { continue };
                if q == 0.0 && u < 0.5 {
                    // Below every positive number.
                    assert!(tails(f64::from_bits(1)).unwrap()[0].exp() >= u, "{} at {theta:?}: {u}", entry.name);
                    continue;
                }
                if q.is_infinite() {
                    // Above every number.
                    assert!(tails(f64::MAX).unwrap()[1].exp() >= 1.0 - u, "{} at {theta:?}: {u}", entry.name);
                    continue;
                }
                let difference = if u < 0.5 { below - u } else { above - (1.0 - u) };
                let f = entry.model.ln_likelihood(theta, &[q]).unwrap().exp();
                let rounding = f * q.abs() * f64::EPSILON + f64::EPSILON * if u < 0.5 { u } else { 1.0 };
                let error = (difference.abs() - 4.0 * rounding) / u.min(1.0 - u);
                assert!(
                    error <= QUANTILE,
                    "{} at {theta:?}: F⁻¹({u}) = {q}, F = {below}, off by {error:.1e}",
                    entry.name
                );
            }
            compared += 1;
        }
    }
    assert!(compared >= 60, "only {compared} points have quantiles and a distribution function");
}

/// F⁻¹(u) is the smallest count k with F(k) ≥ u.
#[test]
fn quantiles_of_counts_are_the_smallest_that_reach() {
    let mut compared = 0;
    for entry in catalogue().iter().filter(|entry| is_discrete(entry)) {
        for theta in &entry.points {
            for u in UNIFORMS {
                let Some(k) = entry.model.quantile(theta, &[u]).unwrap().map(|x| x[0]) else { break };
                let Some(tails) = entry.model.tails(theta, &[k]).unwrap() else { break };
                let at = |k: f64| entry.model.tails(theta, &[k]).unwrap().unwrap()[0].exp();
                // F is known to rounding, on both sides of the comparison.
                let slack = 1e-13 * u.min(1.0 - u) + f64::EPSILON;
                assert!(
                    tails[0].exp() >= u - slack && at(k - 1.0) < u + slack,
                    "{} at {theta:?}: F⁻¹({u}) = {k}, F = {}, one less {}",
                    entry.name,
                    at(k),
                    at(k - 1.0)
                );
                compared += 1;
            }
        }
    }
    assert!(compared >= 9 * UNIFORMS.len(), "only {compared} quantiles");
}

/// The distribution functions against those of statrs, in the body of the distribution, where both are good to 10⁻⁹.
#[test]
fn distribution_functions_agree_with_statrs() {
    let below = |name: &str, theta: &[f64], x: f64| {
        super::family(name).model.tails(theta, &[x]).unwrap().unwrap_or_else(|| panic!("{name} has none"))[0].exp()
    };
    let check = |name: &str, theta: &[f64], x: f64, want: f64| {
        let got = below(name, theta, x);
        assert!((got - want).abs() < 1e-9, "{name} at {theta:?}: F({x}) = {got}, statrs {want}");
    };
    for k in 0..10_u32 {
        let x = f64::from(k);
        check("binomial", &[0.25], x, theirs::Binomial::new(0.25, 10).unwrap().cdf(k.into()));
        check("Poisson", &[4.5], x, theirs::Poisson::new(4.5).unwrap().cdf(k.into()));
        let y = 0.25 + 0.5 * x;
        check("normal", &[1.0, 2.0], y, theirs::Normal::new(1.0, 2.0).unwrap().cdf(y));
        check("lognormal", &[0.5, 0.75], y, theirs::LogNormal::new(0.5, 0.75).unwrap().cdf(y));
        check("gamma", &[2.5, 1.5], y, theirs::Gamma::new(2.5, 1.5).unwrap().cdf(y));
        check("Weibull", &[1.5, 2.0], y, theirs::Weibull::new(1.5, 2.0).unwrap().cdf(y));
        check("beta", &[2.5, 1.5], y / 8.0, theirs::Beta::new(2.5, 1.5).unwrap().cdf(y / 8.0));
        check("Student's t", &[1.0, 2.0, 4.5], y, theirs::StudentsT::new(1.0, 2.0, 4.5).unwrap().cdf(y));
    }
}
