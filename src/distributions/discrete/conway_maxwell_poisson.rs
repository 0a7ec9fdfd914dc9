//! The Conway–Maxwell–Poisson distribution.

use super::Poisson;
use crate::distributions::numerics::constants::LN_SQRT_TAU;
use crate::distributions::numerics::deviance::LARGE;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ExponentialFamily, Fixed, LogLikelihood, Observations, Parameter, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use num_dual::{Dual, DualNum};

/// Conway–Maxwell–Poisson distribution with rate λ > 0 and dispersion ν > 0, on the counts 0, 1, 2, …: Poisson for
/// ν = 1, more dispersed below and less above.
///
/// ```math
/// f(x; \lambda, \nu) = \frac{\lambda^x}{(x!)^\nu Z}, \qquad Z = \sum_{k=0}^{\infty} \frac{\lambda^k}{(k!)^\nu}
/// ```
///
/// No closed form of the Fisher matrix is known; it is found by summation. It is the covariance of x/λ and −ln x!,
/// hence nearly singular where all x that are likely are large. The log-likelihood is NaN where neither the series of Z
/// ends within 10⁵ terms nor its expansion serves, for λ near 1 and ν below about 1/200, or where λ^(1/ν) overflows.
/// Between integers it is continued by the gamma function; below 0 it is −∞.
///
/// Source: Shmueli, Minka, Kadane, Borle and Boatwright, A useful distribution for fitting discrete data, *Applied
/// Statistics* 54 (2005), 127–142.
#[derive(Clone, Copy, Debug)]
pub struct ConwayMaxwellPoisson;

/// λ^(1/ν), near the mode.
#[inline]
fn location<D: DualNum<Primitive = f64> + Copy>(ln_rate: D, dispersion: D) -> D {
    (ln_rate / dispersion).exp()
}

impl LogLikelihood for ConwayMaxwellPoisson {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[rate, dispersion]: &[D; 2], &x: &D) -> D {
        if x < 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        let ln_rate = rate.ln();
        let location = location(ln_rate, dispersion);
        let term = |x: D| ln_term(ln_rate, dispersion, location, x);
        let sum = if Expansion::serves(location, dispersion) {
            Expansion::ln_sum(location, dispersion)
        } else {
            let mode = location.re().floor();
            term(D::from(mode)) + ln_series(ln_rate, dispersion, mode)
        };
        term(x) - sum
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("rate").symbol("λ"), Parameter::positive("dispersion").symbol("ν")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        Some([sample.mean_count(), 1.0])
    }
}

/// ln(λˣ/(x!)ᵛ), and where m = λ^(1/ν) is large less νm: a power of the Poisson probability.
#[inline]
fn ln_term<D: Scalar>(ln_rate: D, dispersion: D, location: D, x: D) -> D {
    if location >= LARGE {
        return Poisson.ln_likelihood(&[location], &x) * dispersion;
    }
    x * ln_rate - dispersion * (x + 1.0).ln_gamma()
}

/// ln Σ of the terms of Z, divided by the largest, which is that of the mode. NaN if there are too many.
fn ln_series<D: DualNum<Primitive = f64> + Copy>(ln_rate: D, dispersion: D, mode: f64) -> D {
    const MOST_TERMS: u32 = 100_000;
    /// The logarithm of what can be left out.
    const NEGLIGIBLE: f64 = -50.0;
    let mut others = D::from(0.0);
    for direction in [1.0, -1.0] {
        let (mut k, mut exponent) = (mode, D::from(0.0));
        let mut terms = 0;
        while exponent > NEGLIGIBLE && (k > 0.0 || direction > 0.0) {
            if terms == MOST_TERMS {
                return D::from(f64::NAN);
            }
            // From k − 1 to k the term grows by λ/kᵛ.
            let upper = k.max(k + direction);
            exponent += (ln_rate - dispersion * upper.ln()) * direction;
            others += exponent.exp();
            k += direction;
            terms += 1;
        }
    }
    others.ln_1p()
}

/// The asymptotic expansion of Z for large m = λ^(1/ν), relative to e^(νm):
///
/// Z e^(−νm) = Σ P(k; m)ᵛ ~ (2πm)^((1 − ν)/2) ν^(−½) Σ cₖ/(νm)ᵏ, where P(k; m) are the Poisson probabilities.
///
/// Source: Gaunt, Iyengar, Olde Daalhuis and Simsek, An asymptotic expansion for the normalizing constant of the
/// Conway–Maxwell–Poisson distribution, *Ann. Inst. Statist. Math.* 71 (2019), 163–180.
struct Expansion;

impl Expansion {
    /// cₖ as polynomials in ν²: coefficients and common denominator.
    const COEFFICIENTS: [([f64; 5], f64); 4] = [
        ([-1.0, 1.0, 0.0, 0.0, 0.0], 24.0),
        ([-23.0, 22.0, 1.0, 0.0, 0.0], 1152.0),
        ([-11_237.0, 11_535.0, -303.0, 5.0, 0.0], 414_720.0),
        ([-2_482_411.0, 2_723_452.0, -239_154.0, -1892.0, 5.0], 39_813_120.0),
    ];

    /// Whether the first term left out is below 10⁻¹⁶.
    fn serves<D: DualNum<Primitive = f64> + Copy>(location: D, dispersion: D) -> bool {
        dispersion * location > 2000.0 && location > dispersion * 100.0 && location < f64::INFINITY
    }

    /// ln Σ P(k; m)ᵛ.
    fn ln_sum<D: DualNum<Primitive = f64> + Copy>(location: D, dispersion: D) -> D {
        let (square, inverse) = (dispersion * dispersion, (location * dispersion).recip());
        let series = Self::COEFFICIENTS.iter().rev().fold(D::from(0.0), |series, (coefficients, denominator)| {
            let polynomial = coefficients.iter().rev().fold(D::from(0.0), |value, &c| value * square + c);
            (series + polynomial / *denominator) * inverse
        });
        let spread = location.ln() * 0.5 + LN_SQRT_TAU;
        series.ln_1p() - (dispersion - 1.0) * spread - dispersion.ln() * 0.5
    }
}

/// ln Z.
fn ln_partition<D: DualNum<Primitive = f64> + Copy>(ln_rate: D, dispersion: D) -> D {
    let location = location(ln_rate, dispersion);
    if Expansion::serves(location, dispersion) {
        return location * dispersion + Expansion::ln_sum(location, dispersion);
    }
    let mode = location.re().floor();
    ln_rate * mode - dispersion * Scalar::ln_gamma(mode + 1.0) + ln_series(ln_rate, dispersion, mode)
}

impl SampleSpace for ConwayMaxwellPoisson {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::counts()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().sampler()
    }
}

impl Sampler for ConwayMaxwellPoisson {
    /// By rejection from a double exponential number around the mode, flattened in the middle, since the probabilities
    /// are log-concave.
    ///
    /// Source: Devroye, A simple generator for discrete log-concave distributions, *Computing* 39 (1987), 87–91.
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64; 2], rng: &mut R) -> f64 {
        let [rate, dispersion] = *theta;
        let location = location(rate.ln(), dispersion);
        let mode = location.floor();
        let highest = self.ln_likelihood(theta, &mode).exp();
        if !(highest > 0.0 && highest <= 1.0) {
            return f64::NAN;
        }
        let term = |x: f64| ln_term(rate.ln(), dispersion, location, x);
        let middle = 1.0 + 0.5 * highest;
        loop {
            let [choice, v, w]: [f64; 3] =
                std::array::from_fn(|_| rand_distr::Distribution::sample(&rand_distr::StandardUniform, rng));
            let exponential: f64 = rand_distr::Distribution::sample(&rand_distr::Exp1, rng);
            let outside = choice * (1.0 + middle) >= middle;
            let distance = if outside { middle + exponential } else { v * middle };
            let sign = if rand::RngExt::random::<bool>(rng) { 1.0 } else { -1.0 };
            let x = mode + sign * (distance / highest).round();
            let bound = (middle - distance).min(0.0).exp();
            if x >= 0.0 && w * bound <= (term(x) - term(mode)).exp() {
                return x;
            }
        }
    }
}

impl ExponentialFamily for ConwayMaxwellPoisson {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 2] {
        [x, -(x + 1.0).ln_gamma()]
    }

    fn natural<D: Scalar>(&self, &[rate, dispersion]: &[D; 2]) -> [D; 2] {
        [rate.ln(), dispersion]
    }

    fn from_natural<D: Scalar>(&self, &[ln_rate, dispersion]: &[D; 2]) -> [D; 2] {
        [ln_rate.exp(), dispersion]
    }

    fn ln_partition<D: Scalar>(&self, &[ln_rate, dispersion]: &[D; 2]) -> D {
        ln_partition(ln_rate, dispersion)
    }

    /// The gradient of ln Z.
    fn mean_value<D: Scalar>(&self, &[rate, dispersion]: &[D; 2]) -> [D; 2] {
        let along = |by_rate: f64, by_dispersion: f64| {
            let ln_rate = Dual::new(rate.ln(), D::from(by_rate));
            ln_partition(ln_rate, Dual::new(dispersion, D::from(by_dispersion))).eps
        };
        [along(1.0, 0.0), along(0.0, 1.0)]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("ln rate").symbol("η₁"), Parameter::positive("dispersion").symbol("η₂")]
    }
}
