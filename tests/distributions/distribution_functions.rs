//! ln F and ln(1 − F) against the density, which they were not typed from.

use super::{catalogue, draws, is_continuous, is_discrete};
use fisher_information::any::Entry;
use rand::SeedableRng;

/// The largest relative error of a probability between two draws.
const PROBABILITY: f64 = 1e-11;

/// How many draws the probabilities lie between.
const DRAWS: usize = 24;

/// The nodes and weights of the 10-point Gauss–Legendre rule on (−1, 1), the positive half (DLMF Table 3.5.4).
const GAUSS: [(f64, f64); 5] = [
    (0.148_874_338_981_631_2, 0.295_524_224_714_752_9),
    (0.433_395_394_129_247_2, 0.269_266_719_309_996_4),
    (0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
    (0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
    (0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
];

/// ∫ f over (a, b), by halving until two halves agree with the whole.
fn integral(f: &dyn Fn(f64) -> f64, a: f64, b: f64, depth: u32) -> f64 {
    let rule = |a: f64, b: f64| -> f64 {
        let (middle, half) = (0.5 * (a + b), 0.5 * (b - a));
        half * GAUSS
            .iter()
            .map(|(node, weight)| weight * (f(middle - half * node) + f(middle + half * node)))
            .sum::<f64>()
    };
    let middle = 0.5 * (a + b);
    let (whole, halves) = (rule(a, b), rule(a, middle) + rule(middle, b));
    if depth == 0 || (whole - halves).abs() <= 1e-13 * halves.abs() {
        return halves;
    }
    integral(f, a, middle, depth - 1) + integral(f, middle, b, depth - 1)
}

/// Draws of a family, in order and without repetition.
fn sorted_draws(entry: &Entry, theta: &[f64], count: usize) -> Vec<f64> {
    let mut stream = draws::Stream::seed_from_u64(7);
    let draw = |_| entry.model.sample(theta, &mut stream).unwrap().unwrap()[0];
    let mut draws: Vec<f64> = (0..count).map(draw).filter(|x| *x != 0.0 || is_discrete(entry)).collect();
    draws.sort_by(f64::total_cmp);
    draws.dedup();
    draws
}

/// P(a < X ≤ b) from the tails, by way of the smaller one.
fn probability(entry: &Entry, theta: &[f64], a: f64, b: f64) -> (f64, f64) {
    let tails = |x: f64| entry.model.tails(theta, &[x]).unwrap().unwrap().map(f64::exp);
    let ([lower_a, upper_a], [lower_b, upper_b]) = (tails(a), tails(b));
    if lower_b < upper_a { (lower_b - lower_a, lower_b) } else { (upper_a - upper_b, upper_a) }
}

#[test]
fn the_two_tails_are_complements() {
    for entry in catalogue() {
        for theta in &entry.points {
            if !is_continuous(entry) && !is_discrete(entry) {
                continue;
            }
            for x in sorted_draws(entry, theta, DRAWS) {
                if let Some([below, above]) = entry.model.tails(theta, &[x]).unwrap() {
                    let sum = below.exp() + above.exp();
                    assert!((sum - 1.0).abs() < 1e-12, "{} at {theta:?}, x = {x}: {sum}", entry.name);
                }
            }
        }
    }
}

#[test]
fn probabilities_are_integrals_of_the_density() {
    let mut compared = 0;
    for entry in catalogue().iter().filter(|entry| is_continuous(entry)) {
        for theta in &entry.points {
            let draws = sorted_draws(entry, theta, DRAWS);
            if entry.model.tails(theta, &draws[..1]).unwrap().is_none() {
                continue;
            }
            for pair in draws.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                let f = |x: f64| entry.model.ln_likelihood(theta, &[x]).unwrap().exp();
                // Over many magnitudes the logarithm is the better variable.
                let mass = if a > 0.0 && b > 8.0 * a {
                    integral(&|t: f64| f(t.exp()) * t.exp(), a.ln(), b.ln(), 24)
                } else {
                    integral(&f, a, b, 24)
                };
                let (difference, tail) = probability(entry, theta, a, b);
                // The ends a and b are rounded: F moves by f times that, and the tail itself is good to rounding.
                let rounding = 2.0 * f64::EPSILON * (f(a) * a.abs() + f(b) * b.abs());
                let error = (difference - mass).abs();
                let allowed = PROBABILITY * (mass + 1e-3 * tail) + 8.0 * rounding;
                assert!(error <= allowed, "{} at {theta:?}: P({a}, {b}) = {difference}, ∫ f = {mass}", entry.name);
            }
            compared += 1;
        }
    }
    assert!(compared >= 75, "only {compared} points have a distribution function");
}

#[test]
fn probabilities_of_counts_are_steps_of_the_distribution_function() {
    let mut compared = 0;
    for entry in catalogue().iter().filter(|entry| is_discrete(entry)) {
        for theta in &entry.points {
            let draws = sorted_draws(entry, theta, DRAWS);
            if entry.model.tails(theta, &draws[..1]).unwrap().is_none() {
                continue;
            }
            for &k in &draws {
                let (step, tail) = probability(entry, theta, k - 1.0, k);
                let mass = entry.model.ln_likelihood(theta, &[k]).unwrap().exp();
                let error = (step - mass).abs();
                assert!(error <= 1e-12 * tail, "{} at {theta:?}: step {step} at {k}, mass {mass}", entry.name);
                // Between integers nothing happens.
                let between = entry.model.tails(theta, &[k + 0.5]).unwrap();
                assert_eq!(between, entry.model.tails(theta, &[k]).unwrap(), "{} at {theta:?}, {k}", entry.name);
            }
            compared += 1;
        }
    }
    assert!(compared >= 15, "only {compared} points have a distribution function");
}
