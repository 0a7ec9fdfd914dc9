//! What the draws of a Markov chain are worth.

/// How many independent draws would give the mean of this stationary series as well: n γ₀/(γ₀ + 2γ₁ + 2γ₂ + …), with the autocovariances γ.
///
/// By the initial monotone sequence: γ₂ₖ + γ₂ₖ₊₁ is positive and falls in k for a reversible chain, so the sum ends where its estimate is
/// not positive, and no term exceeds the one before. Antithetic draws are worth more than their number n, here at most n log₁₀ n. A constant
/// series is worth its length; one with a number that is not finite, or without any, NaN.
///
/// ```
/// use fisher_information::{distributions::Normal, inference::effective_draws, model::{Sampler, Stream}};
/// use rand::SeedableRng;
///
/// let mut stream = Stream::seed_from_u64(1);
/// let mut chain = vec![0.0];
/// for step in 1..100_000 {
///     chain.push(0.5 * chain[step - 1] + Normal.sample(&[0.0, 1.0], &mut stream));
/// }
/// let worth = effective_draws(&chain) / 100_000.0;
/// assert!((worth - 1.0 / 3.0).abs() < 0.02);      // (1 − ρ)/(1 + ρ) with ρ = 1/2
/// ```
///
/// Source: C. J. Geyer, *Practical Markov chain Monte Carlo*, Statist. Sci. 7 (1992), section 3.3, doi:10.1214/ss/1177011137.
#[must_use]
#[allow(clippy::cast_precision_loss)] // far fewer than 2⁵³ draws
pub fn effective_draws(series: &[f64]) -> f64 {
    let count = series.len() as f64;
    let mean = series.iter().sum::<f64>() / count;
    let centred: Vec<f64> = series.iter().map(|x| x - mean).collect();
    let autocovariance = |lag: usize| {
        let later = centred.get(lag..).unwrap_or_default();
        centred.iter().zip(later).map(|(a, b)| a * b).sum::<f64>() / count
    };
    let variance = autocovariance(0);
    if !variance.is_finite() {
        return f64::NAN;
    }
    if variance == 0.0 {
        return count;
    }
    let (mut sum, mut last) = (0.0, f64::INFINITY);
    for lag in (0..series.len()).step_by(2) {
        let pair = autocovariance(lag) + autocovariance(lag + 1);
        if pair <= 0.0 {
            break;
        }
        last = pair.min(last);
        sum += last;
    }
    let worth = count * variance / (2.0 * sum - variance);
    // Where the series alternates, next to nothing or less may be left of the sum.
    let most = count * count.log10().max(1.0);
    if worth > 0.0 { worth.min(most) } else { most }
}
