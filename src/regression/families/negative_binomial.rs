//! Negative binomial regression.

use super::predictors;
use crate::distributions::numerics::constants::LN_SQRT_TAU;
use crate::distributions::numerics::deviance::{LARGE, deviance_at};
use crate::distributions::numerics::excess::is_small;
use crate::distributions::numerics::sample::Sample;
use crate::error::Error;
use crate::model::{Capabilities, Fixed, Link, LogLikelihood, Observations, Parameter, SampleSpace, Sampler, Support};
use crate::regression::{Covariates, Regression};
use crate::scalar::Scalar;
use crate::scalar::special::STIRLING;

/// Negative binomial distribution with mean μ > 0 and dispersion α > 0, on the counts 0, 1, 2, …: the variance is μ + αμ² (NB2). As
/// α → 0 it becomes the Poisson distribution, and no digit is lost on the way.
///
/// ```math
/// f(y; \mu, \alpha) = \frac{\Gamma(y + 1/\alpha)}{\Gamma(1/\alpha)\, y!}
///     \Bigl(\frac{1}{1 + \alpha\mu}\Bigr)^{1/\alpha} \Bigl(\frac{\alpha\mu}{1 + \alpha\mu}\Bigr)^y
///     = \frac{\mu^y e^{-\mu}}{y!} \cdot \frac{\prod_{j<y} (1 + \alpha j)}{(1 + \alpha\mu)^y}\,
///       e^{\mu - \ln(1 + \alpha\mu)/\alpha}
/// ```
///
/// The mean and the dispersion are orthogonal; the information about the mean is 1/(μ + αμ²). Anywhere but at a count the
/// log-likelihood is −∞.
///
/// ```
/// use fisher_information::distributions::Poisson;
/// use fisher_information::prelude::LogLikelihood;
/// use fisher_information::regression::NegativeBinomialMean;
///
/// let (poisson, nearly) = (Poisson.ln_likelihood(&[3.0], &5.0), NegativeBinomialMean.ln_likelihood(&[3.0, 1e-12], &5.0));
/// assert!((poisson - nearly).abs() < 1e-11);       // the difference is α((y − μ)² − y)/2
/// ```
///
/// Source: Lawless, *Negative binomial and mixed Poisson regression*, Canad. J. Statist. 15 (1987), 209–225; Cameron and
/// Trivedi, *Regression Analysis of Count Data*, 2nd ed. (2013), section 3.3.
#[derive(Clone, Copy, Debug)]
pub struct NegativeBinomialMean;

/// Negative binomial regression: ln μ = xᵀβ; the dispersion α is a constant, or ln α = zᵀγ if there is a second set of columns.
///
/// ```
/// use fisher_information::regression::{Covariates, negative_binomial};
///
/// let model = negative_binomial(&Covariates::named(["intercept"])?)?;
/// let rows: Vec<Vec<f64>> = [0.0, 3.0, 1.0, 0.0, 7.0, 2.0].iter().map(|&y| vec![1.0, y]).collect();
/// let fit = model.fit(&rows)?;
/// assert!((fit.get("intercept")? - (13.0_f64 / 6.0).ln()).abs() < 1e-9);       // the mean is fitted exactly
/// assert!(fit.get("dispersion")? > 0.0);
/// # Ok::<(), fisher_information::Error>(())
/// ```
///
/// # Errors
/// [`Error::LengthMismatch`] of more than two sets of columns, [`Error::RepeatedName`].
pub fn negative_binomial(covariates: &Covariates) -> Result<Regression<NegativeBinomialMean>, Error> {
    Regression::new(NegativeBinomialMean, predictors([Link::Log, Link::Log], covariates)?)
}

/// ln(1 + t)/t for t ≥ 0, given ln(1 + t); its derivatives keep their digits as t → 0.
#[inline(always)]
fn mean_logarithm<D: Scalar>(t: D, ln_1p: D) -> D {
    if t > 0.5 {
        return ln_1p / t;
    }
    // With s = t/(2 + t), ln(1 + t) = 2 artanh s (DLMF 4.6.4). s² ≤ 1/25 or, for t < ⅛, 1/289: what is left out is below 10⁻¹⁷.
    let inverse = (t + 2.0).recip();
    let s = t * inverse;
    let square = s * s;
    let terms = if t < 0.125 { 6 } else { 11 };
    let sum = (1..=terms).rev().fold(D::from(0.0), |sum, k| (sum + 1.0 / f64::from(2 * k + 1)) * square);
    inverse * (sum + 1.0) * 2.0
}

/// (u − ln(1 + u))/u² for small u, whose derivatives keep their digits as u → 0.
#[inline(always)]
fn excess_by_square<D: Scalar>(u: D) -> D {
    // As above: u = 2s/(1 − s), and u − ln(1 + u) = s(u − 2(s²/3 + s⁴/5 + …)).
    let s = u / (u + 2.0);
    let square = s * s;
    let terms = if u.abs() < 0.125 { 7 } else { 18 };
    let sum = (1..=terms).rev().fold(D::from(0.0), |sum, k| sum * square + 1.0 / f64::from(2 * k + 1));
    let rest = -s + 1.0;
    (rest - rest * rest * s * sum) * 0.5
}

/// μ(1/α), what Stirling's formula leaves of ln Γ(1/α).
#[inline(always)]
fn stirling_of_inverse<D: Scalar>(inverse: D) -> D {
    let square = inverse * inverse;
    STIRLING[..4].iter().rev().fold(D::from(0.0), |sum, &coefficient| sum * square + coefficient) * inverse
}

/// So many factors are multiplied before a logarithm is taken.
const TOGETHER: f64 = 8.0;

/// Σ ln(1 + αj) over 0 < j < y, for y ≤ [`LARGE`].
#[inline(always)]
fn ln_rising<D: Scalar>(dispersion: D, y: f64) -> D {
    // Logarithms of products of a few factors: fewer logarithms, while the derivatives of a product of many would cancel.
    let product = |start: D, step: D| {
        let (mut factor, mut product, mut sum, mut j) = (start, D::from(1.0), D::from(0.0), 1.0);
        while j < y {
            factor += step;
            product *= factor;
            if j % TOGETHER == 0.0 {
                sum += product.ln();
                product = D::from(1.0);
            }
            j += 1.0;
        }
        sum + product.ln()
    };
    if y < 2.0 {
        D::from(0.0)
    } else if dispersion <= 1.0 {
        product(D::from(1.0), dispersion)
    } else {
        dispersion.ln() * (y - 1.0) + product(dispersion.recip(), D::from(1.0))
    }
}

/// ln f for a count y.
#[inline(always)]
fn ln_probability<D: Scalar>(mean: D, dispersion: D, y: f64) -> D {
    let t = dispersion * mean;
    if y < LARGE {
        let ln_1p = t.ln_1p();
        let zero = -mean * mean_logarithm(t, ln_1p);
        if y == 0.0 {
            return zero;
        }
        return zero + ln_rising(dispersion, y) + (mean.ln() - ln_1p) * y - Scalar::ln_gamma(y + 1.0);
    }
    if dispersion * LARGE > D::from(1.0) {
        let (size, ln_1p) = (dispersion.recip(), t.ln_1p());
        return -size.ln_beta(D::from(y)) - y.ln() + (t.ln() - ln_1p) * y - size * ln_1p;
    }
    // Stirling's formula for 1/α, y and n = y + 1/α. With w = (y − μ)/(1 + αμ), the distances from the means are equal but
    // for their sign.
    let (all, odds) = (dispersion * y + 1.0, t + 1.0);
    let w = (-mean + y) / odds;
    let u = dispersion * w;
    let size_part = if is_small(u) { w * u * excess_by_square(u) } else { w - u.ln_1p() / dispersion };
    let count_part = deviance_at(mean * all / odds, D::from(y), -w);
    let remainder = stirling_of_inverse(dispersion / all) - stirling_of_inverse(dispersion);
    (all * y).ln() * -0.5 + remainder - (stirling_of_inverse(1.0 / y) + LN_SQRT_TAU) - size_part - count_part
}

impl LogLikelihood for NegativeBinomialMean {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[mean, dispersion]: &[D; 2], y: &D) -> D {
        let y = y.re();
        if !(y >= 0.0 && y.fract() == 0.0) {
            return D::from(f64::NEG_INFINITY);
        }
        ln_probability(mean, dispersion, y)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("mean").symbol("μ"), Parameter::positive("dispersion").symbol("α")]
    }

    /// Mean and (variance − mean)/mean², or a small dispersion where that is not positive.
    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        let (mean, variance) = (sample.mean(), sample.variance());
        (mean > 0.0).then(|| [mean, ((variance - mean) / (mean * mean)).max(0.01)])
    }
}

impl SampleSpace for NegativeBinomialMean {
    fn support(&self, _: &[f64; 2]) -> Support {
        Support::counts()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler()
    }
}

impl Sampler for NegativeBinomialMean {
    /// Poisson with a mean that has a gamma distribution.
    fn sample<R: rand::Rng + ?Sized>(&self, &[mean, dispersion]: &[f64; 2], rng: &mut R) -> f64 {
        // Each fails only outside the domain of the parameters, and above 10¹⁹, where no count is exact.
        let Ok(gamma) = rand_distr::Gamma::new(dispersion.recip(), dispersion * mean) else {
            return f64::NAN;
        };
        match rand_distr::Distribution::sample(&gamma, rng) {
            0.0 => 0.0,
            rate => rand_distr::Poisson::new(rate)
                .map_or(f64::NAN, |poisson| rand_distr::Distribution::sample(&poisson, rng)),
        }
    }
}
