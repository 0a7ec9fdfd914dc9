//! The negative binomial distribution.

use crate::distributions::numerics::constants::LN_SQRT_TAU;
use crate::distributions::numerics::deviance::{LARGE, deviance_at, stirling_remainder};
use crate::distributions::numerics::fisher_rao::waiting_times;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, DistributionFunction, FisherRao, Fixed, LogLikelihood, Observations, Parameter, SampleSpace, Sampler,
    Support,
};
use crate::scalar::Scalar;

/// Negative binomial distribution with size r > 0 and probability p in (0, 1), on the counts 0, 1, 2, …: how many
/// trials fail before the rth success, if r is a whole number.
///
/// ```math
/// \begin{aligned}
/// f(x; r, p) &= \frac{\Gamma(x+r)}{\Gamma(r)\, x!}\, p^r (1-p)^x \\
/// I(r, p) &= \begin{pmatrix} I_{rr} & -\frac{1}{p} \\ -\frac{1}{p} & \frac{r}{p^2 (1-p)} \end{pmatrix} \\
/// I_{rr} &= \psi_1(r) - \sum_{x=0}^{\infty} f(x; r, p)\, \psi_1(x+r)
/// \end{aligned}
/// ```
///
/// The sum in the first entry has no closed form, so that the matrix is found by summation. For large r with r(1 − p)
/// fixed the distribution is nearly Poisson, and the matrix nearly singular. Between integers the log-likelihood is
/// continued by the gamma function; below 0 it is −∞.
///
/// Source: Johnson, Kemp and Kotz, *Univariate Discrete Distributions*, 3rd ed. (2005), chapter 5.
#[derive(Clone, Copy, Debug)]
pub struct NegativeBinomial;

impl LogLikelihood for NegativeBinomial {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[size, probability]: &[D; 2], &x: &D) -> D {
        if x < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        ln_probability(size, x, probability, -probability + 1.0)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("size").symbol("r"), Parameter::probability("probability").symbol("p")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        let (mean, variance) = (sample.mean_count(), sample.deviation().powi(2));
        let size = mean * mean / (variance - mean).max(0.01 * mean);
        Some([size, size / (size + mean)])
    }
}

/// ln f(x; r, p) for x ≥ 0 with q = 1 − p, the smaller of which may be known to more digits than the other tells.
#[inline]
pub(super) fn ln_probability<D: Scalar>(r: D, x: D, p: D, q: D) -> D {
    if r >= LARGE && x >= LARGE {
        // (r/n) C(n, x) pʳ qˣ with n = x + r, in the manner of the binomial. The distances np − r and nq − x are equal
        // but for their sign, and much smaller than n if r and x are of different size.
        let trials = x + r;
        let distance = x * p - r * q;
        let spread = ((x / r).ln_1p() + x.ln()) * -0.5 - LN_SQRT_TAU;
        let remainder = stirling_remainder(trials) - stirling_remainder(x) - stirling_remainder(r);
        return spread + remainder - deviance_at(trials * p, r, distance) - deviance_at(trials * q, x, -distance);
    }
    let ln_p = if q < 0.5 { (-q).ln_1p() } else { p.ln() };
    let ln_q = if p < 0.5 { (-p).ln_1p() } else { q.ln() };
    ln_coefficient(r, x) + r * ln_p + x * ln_q
}

/// ln Γ(x + r) − ln Γ(r) − ln x!, which is 0 at x = 0, where at least one of r and x is not large.
#[inline]
fn ln_coefficient<D: Scalar>(r: D, x: D) -> D {
    if r >= LARGE {
        // By Stirling's formula: the gammas are much larger than their ratio.
        let trials = x + r;
        let ratio = (trials - 0.5) * (x / r).ln_1p() + x * r.ln() - x;
        return ratio + (stirling_remainder(trials) - stirling_remainder(r)) - (x + 1.0).ln_gamma();
    }
    if x < 1.0 {
        return (x + r).ln_gamma() - r.ln_gamma() - (x + 1.0).ln_gamma();
    }
    -r.ln_beta(x) - x.ln()
}

impl SampleSpace for NegativeBinomial {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::counts()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler().distribution_function().fisher_rao()
    }
}

impl Sampler for NegativeBinomial {
    /// Poisson with a rate that has a gamma distribution.
    fn sample<R: rand::Rng + ?Sized>(&self, &[size, probability]: &[f64; 2], rng: &mut R) -> f64 {
        let Ok(gamma) = rand_distr::Gamma::new(size, (1.0 - probability) / probability) else {
            return f64::NAN;
        };
        match rand_distr::Distribution::sample(&gamma, rng) {
            // For small r the rate is often below every positive number.
            0.0 => 0.0,
            // Fails above 10¹⁹, where no count is exact.
            rate => rand_distr::Poisson::new(rate)
                .map_or(f64::NAN, |poisson| rand_distr::Distribution::sample(&poisson, rng)),
        }
    }
}

impl DistributionFunction for NegativeBinomial {
    fn ln_cdf<D: Scalar>(&self, &[size, probability]: &[D; 2], &x: &D) -> D {
        if x < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        probability.regularized_beta(size, D::from(x.re().floor() + 1.0)).ln()
    }

    fn ln_survival<D: Scalar>(&self, &[size, probability]: &[D; 2], &x: &D) -> D {
        if x < 0.0 {
            return D::from(0.0);
        }
        (-probability + 1.0).regularized_beta(D::from(x.re().floor() + 1.0), size).ln()
    }
}

/// For a known size: 2√r |artanh √(1 − p′) − artanh √(1 − p)|.
impl FisherRao for NegativeBinomial {
    fn distance<D: Scalar>(&self, &[size, probability]: &[D; 2], &[_, other]: &[D; 2], free: &[bool]) -> Option<D> {
        match *free {
            [false, true] => Some(waiting_times(probability, other) * size.sqrt()),
            _ => None,
        }
    }
}
