//! The bivariate normal distribution in deviations and correlation.

use super::gaussian;
use super::geometry;
use crate::distributions::numerics::constants::LN_SQRT_TAU;
use crate::distributions::numerics::excess::ratio_excess;
use crate::distributions::numerics::sample;
use crate::model::{
    Capabilities, ClosedForm, Domain, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler, LogLikelihood,
    Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Normal distribution of two numbers with means μ₁, μ₂, standard deviations σ₁, σ₂ > 0 and correlation ρ in (−1, 1):
///
/// ```math
/// \begin{aligned}
/// f(x, y; \mu_1, \mu_2, \sigma_1, \sigma_2, \rho) &= \frac{1}{2\pi\sigma_1\sigma_2\sqrt{1-\rho^2}}\,
///     e^{-(u^2 - 2\rho u v + v^2)/2(1-\rho^2)},
/// \qquad u = \frac{x-\mu_1}{\sigma_1}, \qquad v = \frac{y-\mu_2}{\sigma_2} \\
/// I(\mu_1, \mu_2, \sigma_1, \sigma_2, \rho) &= \frac{1}{1-\rho^2} \begin{pmatrix}
///     \frac{1}{\sigma_1^2} & -\frac{\rho}{\sigma_1\sigma_2} & 0 & 0 & 0 \\
///     -\frac{\rho}{\sigma_1\sigma_2} & \frac{1}{\sigma_2^2} & 0 & 0 & 0 \\
///     0 & 0 & \frac{2-\rho^2}{\sigma_1^2} & -\frac{\rho^2}{\sigma_1\sigma_2} & -\frac{\rho}{\sigma_1} \\
///     0 & 0 & -\frac{\rho^2}{\sigma_1\sigma_2} & \frac{2-\rho^2}{\sigma_2^2} & -\frac{\rho}{\sigma_2} \\
///     0 & 0 & -\frac{\rho}{\sigma_1} & -\frac{\rho}{\sigma_2} & \frac{1+\rho^2}{1-\rho^2}
/// \end{pmatrix}
/// \end{aligned}
/// ```
///
/// Unlike [`MultivariateNormal`](super::MultivariateNormal) in variances and covariance, it loses no digits where ρ is near ±1.
///
/// Source: Kotz, Balakrishnan and Johnson, *Continuous Multivariate Distributions* 1, 2nd ed. (2000), chapter 46.
#[derive(Clone, Copy, Debug)]
pub struct BivariateNormal;

/// From here on the quadratic form is taken apart into sum and difference.
const CORRELATED: f64 = 0.5;

/// 1 − ρ²
#[inline]
fn rest<D: Scalar>(correlation: D) -> D {
    (-correlation + 1.0) * (correlation + 1.0)
}

impl LogLikelihood for BivariateNormal {
    type Parameters = Fixed<5>;
    type Observation = [f64; 2];

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[mean_x, mean_y, sigma, tau, rho]: &[D; 5], &[x, y]: &[D; 2]) -> D {
        let (u, v) = ((x - mean_x) / sigma, (y - mean_y) / tau);
        let half_square = if rho.abs() < CORRELATED {
            (u * u - rho * u * v * 2.0 + v * v) / rest(rho) * 0.5
        } else {
            let (sum, difference) = (u + v, u - v);
            (difference * difference / (-rho + 1.0) + sum * sum / (rho + 1.0)) * 0.25
        };
        -half_square - sigma.ln() - tau.ln() - rest(rho).ln() * 0.5 - 2.0 * LN_SQRT_TAU
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::real("mean 1").symbol("μ₁"),
            Parameter::real("mean 2").symbol("μ₂"),
            Parameter::positive("deviation 1").symbol("σ₁"),
            Parameter::positive("deviation 2").symbol("σ₂"),
            Parameter::new("correlation", Domain { lower: -1.0, upper: 1.0 }).symbol("ρ"),
        ]
    }

    fn starting_values(&self, data: &dyn Observations<[f64; 2]>) -> Option<[f64; 5]> {
        let (means, covariances) = sample::moments(data)?;
        let (deviation_1, deviation_2) = (covariances[0].sqrt(), covariances[2].sqrt());
        Some([means[0], means[1], deviation_1, deviation_2, covariances[1] / (deviation_1 * deviation_2)])
    }
}

impl SampleSpace for BivariateNormal {
    fn support(&self, _theta: &[f64; 5]) -> Support {
        Support::product([Support::real(), Support::real()])
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().entropy().divergence().fisher_rao()
    }
}

/// The observation with standard normal coordinates u and z, where z belongs to the second given the first.
fn place(&[mean_x, mean_y, sigma, tau, rho]: &[f64; 5], [u, z]: [f64; 2]) -> [f64; 2] {
    [mean_x + sigma * u, mean_y + tau * (rho * u + rest(rho).sqrt() * z)]
}

impl Sampler for BivariateNormal {
    fn sample<R: rand::Rng + ?Sized>(&self, theta: &[f64; 5], rng: &mut R) -> [f64; 2] {
        place(theta, [gaussian::draw(rng), gaussian::draw(rng)])
    }
}

impl Quantile for BivariateNormal {
    fn uniforms(&self) -> usize {
        2
    }

    fn quantile(&self, theta: &[f64; 5], u: &[f64]) -> [f64; 2] {
        place(theta, [gaussian::quantile(u[0]), gaussian::quantile(u[1])])
    }
}

impl ClosedForm for BivariateNormal {
    fn information<D: Scalar>(&self, &[_, _, sigma, tau, rho]: &[D; 5]) -> [[D; 5]; 5] {
        let zero = D::from(0.0);
        let (rest, square) = (rest(rho), rho * rho);
        let scaled = |numerator: D, a: D, b: D| numerator / (a * b * rest);
        let mean = scaled(-rho, sigma, tau);
        let deviation = scaled(-square, sigma, tau);
        let one = D::from(1.0);
        let (to_sigma, to_tau) = (scaled(-rho, sigma, one), scaled(-rho, tau, one));
        [
            [scaled(one, sigma, sigma), mean, zero, zero, zero],
            [mean, scaled(one, tau, tau), zero, zero, zero],
            [zero, zero, scaled(-square + 2.0, sigma, sigma), deviation, to_sigma],
            [zero, zero, deviation, scaled(-square + 2.0, tau, tau), to_tau],
            [zero, zero, to_sigma, to_tau, scaled(square + 1.0, rest, one)],
        ]
    }
}

impl Entropy for BivariateNormal {
    fn entropy<D: Scalar>(&self, &[_, _, sigma, tau, rho]: &[D; 5]) -> D {
        sigma.ln() + tau.ln() + rest(rho).ln() * 0.5 + (2.0 * LN_SQRT_TAU + 1.0)
    }
}

/// The divergence of the first number and that of the second given the first, all in differences of the parameters.
impl KullbackLeibler for BivariateNormal {
    fn divergence<D: Scalar>(&self, theta: &[D; 5], other: &[D; 5]) -> D {
        let &[_, _, sigma, tau, rho] = theta;
        let &[_, _, sigma_there, tau_there, rho_there] = other;
        let [mean_x, mean_y, in_sigma, in_tau, in_rho]: [D; 5] = std::array::from_fn(|i| theta[i] - other[i]);
        let (z, ratio) = (mean_x / sigma_there, sigma / sigma_there);
        let first = ratio_excess(ratio * ratio, in_sigma / sigma_there * (ratio + 1.0)) + z * z;

        let (variance, variance_there) = (tau * tau * rest(rho), tau_there * tau_there * rest(rho_there));
        let in_variance = in_tau * (tau + tau_there) * rest(rho) - tau_there * tau_there * in_rho * (rho + rho_there);
        let mean = mean_y - rho_there * tau_there * z;
        // ρτ − ρ′τ′σ/σ′, the difference of the slopes times σ
        let slope = in_rho * tau + rho_there * (in_tau - tau_there * in_sigma / sigma_there);
        let second = ratio_excess(variance / variance_there, in_variance / variance_there)
            + (mean * mean + slope * slope) / variance_there;
        (first + second) * 0.5
    }
}

/// As that of [`MultivariateNormal`](super::MultivariateNormal).
impl FisherRao for BivariateNormal {
    fn distance<D: Scalar>(&self, theta: &[D; 5], other: &[D; 5], free: &[bool]) -> Option<D> {
        let covariances =
            |&[mean_x, mean_y, sigma, tau, rho]: &[D; 5]| [mean_x, mean_y, sigma * sigma, rho * sigma * tau, tau * tau];
        let &[x, y, first, second, correlation] = free.first_chunk()?;
        // With the correlation free and a deviation known, the covariance matrices are another set than those with a variance known.
        let independent = !correlation && theta[4].re() == 0.0;
        let all_or_none = independent || first == second && second == correlation;
        all_or_none.then(|| {
            geometry::normal(2, &covariances(theta), &covariances(other), &[x, y, first, correlation, second])
        })?
    }
}

/// T(x, y) = (x, y, x², xy, y²).
impl ExponentialFamily for BivariateNormal {
    fn sufficient_statistic<D: Scalar>(&self, &[x, y]: &[D; 2]) -> [D; 5] {
        [x, y, x * x, x * y, y * y]
    }

    fn natural<D: Scalar>(&self, &[mean_x, mean_y, sigma, tau, rho]: &[D; 5]) -> [D; 5] {
        let (u, v, rest) = (mean_x / sigma, mean_y / tau, rest(rho));
        [
            (u - rho * v) / (sigma * rest),
            (v - rho * u) / (tau * rest),
            (sigma * sigma * rest).recip() * -0.5,
            rho / (sigma * tau * rest),
            (tau * tau * rest).recip() * -0.5,
        ]
    }

    fn from_natural<D: Scalar>(&self, &[x, y, xx, xy, yy]: &[D; 5]) -> [D; 5] {
        // With p = 1/σ√(1 − ρ²) and q = 1/τ√(1 − ρ²), the last three are −½p², ρpq and −½q².
        let (p, q) = ((xx * -2.0).sqrt(), (yy * -2.0).sqrt());
        let rho = xy / (p * q);
        let deviation = rest(rho).sqrt().recip();
        let (u, v) = (x / p, y / q);
        let scale = deviation * deviation;
        [(u + rho * v) * scale / p, (v + rho * u) * scale / q, deviation / p, deviation / q, rho]
    }

    fn ln_partition<D: Scalar>(&self, &[x, y, xx, xy, yy]: &[D; 5]) -> D {
        let (p, q) = ((xx * -2.0).sqrt(), (yy * -2.0).sqrt());
        let rho = xy / (p * q);
        let (u, v) = (x / p, y / q);
        (u * u + rho * u * v * 2.0 + v * v) / rest(rho) * 0.5 - p.ln() - q.ln() - rest(rho).ln() * 0.5
            + 2.0 * LN_SQRT_TAU
    }

    fn mean_value<D: Scalar>(&self, &[mean_x, mean_y, sigma, tau, rho]: &[D; 5]) -> [D; 5] {
        [
            mean_x,
            mean_y,
            mean_x * mean_x + sigma * sigma,
            mean_x * mean_y + rho * sigma * tau,
            mean_y * mean_y + tau * tau,
        ]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        gaussian::natural_parameters(2)
    }
}
