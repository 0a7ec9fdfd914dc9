//! How often an interval covers the truth, against exact distributions.

use fisher_information::distributions::*;
use fisher_information::inference::*;
use fisher_information::prelude::*;
use rand::SeedableRng;
use statrs::distribution::{ChiSquared, ContinuousCDF, StudentsT};

const SAMPLES: u32 = 2000;

/// Four standard errors of a proportion of so many samples.
fn four_standard_errors(p: f64) -> f64 {
    4.0 * (p * (1.0 - p) / f64::from(SAMPLES)).sqrt()
}

/// n = 10 normal observations. W(μ) = n ln(1 + t²/(n − 1)) with Student's t, and W(σ) = n(R − 1 − ln R) with nR distributed as χ² of
/// n − 1 degrees: the coverage of the profile intervals is known exactly. So is that of σ̂ ± z σ̂/√(2n).
#[test]
fn intervals_of_a_normal_distribution_cover_as_often_as_their_distributions_say() {
    let (n, quantile, z) = (10.0_f64, 3.841458820694124_f64, 1.959963984540054);
    let (mu, sigma) = (3.0, 2.0);
    let t = StudentsT::new(0.0, 1.0, n - 1.0).unwrap();
    let of_mean = 2.0 * t.cdf(((n - 1.0) * ((quantile / n).exp() - 1.0)).sqrt()) - 1.0;
    let chi = ChiSquared::new(n - 1.0).unwrap();
    let inside = |ratio: f64| n * (ratio - 1.0 - ratio.ln()) <= quantile;
    let edge = |mut out: f64, mut within: f64| {
        for _ in 0..100 {
            let middle = 0.5 * (out + within);
            if inside(middle) { within = middle } else { out = middle }
        }
        within
    };
    let of_deviation = chi.cdf(n * edge(50.0, 1.0)) - chi.cdf(n * edge(1e-9, 1.0));
    let spread = z / (2.0 * n).sqrt();
    let of_wald = chi.cdf(n / (1.0 - spread).powi(2)) - chi.cdf(n / (1.0 + spread).powi(2));
    // Asymptotically all are 0.95; here they are not.
    for (exact, digits) in [(of_mean, 0.92974), (of_deviation, 0.92586), (of_wald, 0.84829)] {
        assert!((exact - digits).abs() < 5e-6, "{exact}");
    }

    let mut rng = rand_chacha(17);
    let mut covered = [0_u32; 3];
    for _ in 0..SAMPLES {
        let data: [f64; 10] = std::array::from_fn(|_| Normal.sample(&[mu, sigma], &mut rng));
        let fit = maximum_likelihood(&Normal, &data).unwrap();
        let mean = fit.profile("mean").unwrap().interval(0.95).unwrap();
        let deviation = fit.profile("deviation").unwrap().interval(0.95).unwrap();
        let wald = &fit.wald_intervals(&fit.covariance().unwrap(), 0.95).unwrap()[1];
        covered[0] += u32::from(mean.contains(mu));
        covered[1] += u32::from(deviation.contains(sigma));
        covered[2] += u32::from(wald.contains(sigma));
        // Sample by sample, the interval covers if and only if the closed form of W says so.
        let [m, s] = *fit.theta();
        assert_eq!(mean.contains(mu), n * (1.0 + ((m - mu) / s).powi(2)).ln() <= quantile);
        assert_eq!(deviation.contains(sigma), inside((s / sigma).powi(2)));
    }
    for (count, exact) in covered.into_iter().zip([of_mean, of_deviation, of_wald]) {
        let share = f64::from(count) / f64::from(SAMPLES);
        assert!((share - exact).abs() < four_standard_errors(exact), "{share} instead of {exact}");
    }
}

/// A new normal observation: the plug-in interval x̄ ± zσ̂ covers with the probability P(|t| ≤ z √((n − 1)/(n + 1))).
#[test]
fn averaging_repairs_a_prediction_that_forgets_its_uncertainty() {
    let (n, z) = (10.0_f64, 1.959963984540054);
    let t = StudentsT::new(0.0, 1.0, n - 1.0).unwrap();
    let plug_in = 2.0 * t.cdf(z * ((n - 1.0) / (n + 1.0)).sqrt()) - 1.0;
    let mut rng = rand_chacha(5);
    let mut covered = [0_u32; 2];
    for _ in 0..SAMPLES {
        let data: [f64; 10] = std::array::from_fn(|_| Normal.sample(&[3.0, 2.0], &mut rng));
        let new = Normal.sample(&[3.0, 2.0], &mut rng);
        let fit = maximum_likelihood(&Normal, &data).unwrap();
        let predictive = fit.predictive(&fit.covariance().unwrap()).unwrap();
        covered[0] += u32::from(fit.plug_in().unwrap().interval(0.95).unwrap().contains(new));
        covered[1] += u32::from(predictive.cdf(new) >= 0.025 && predictive.survival(new) >= 0.025);
    }
    let [forgetful, averaged] = covered.map(|count| f64::from(count) / f64::from(SAMPLES));
    assert!((forgetful - plug_in).abs() < four_standard_errors(plug_in), "{forgetful} instead of {plug_in}");
    assert!(averaged > forgetful && averaged < 0.97, "{averaged}");
}

fn rand_chacha(seed: u64) -> Stream {
    Stream::seed_from_u64(seed)
}
