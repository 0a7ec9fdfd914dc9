//! The inverse Gaussian distribution.

use crate::distributions::numerics::constants::{EULER_GAMMA, LN_SQRT_TAU, NEGATIVE};
use crate::distributions::numerics::excess::ratio_excess;
use crate::distributions::numerics::fisher_rao::HalfPlane;
use crate::distributions::numerics::gauss_legendre::gauss_legendre;
use crate::distributions::numerics::inversion::{Tails, solve};
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler,
    LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;

/// Inverse Gaussian distribution with mean μ > 0 and shape λ > 0, on the positive numbers: the time at which a Brownian motion
/// with drift √λ/μ first reaches the height √λ.
///
/// ```math
/// f(x; \mu, \lambda) = \sqrt{\frac{\lambda}{2\pi x^3}}\, e^{-\frac{\lambda (x-\mu)^2}{2\mu^2 x}},
/// \qquad
/// I(\mu, \lambda) = \begin{pmatrix} \frac{\lambda}{\mu^3} & 0 \\ 0 & \frac{1}{2\lambda^2} \end{pmatrix}
/// ```
///
/// As μ → ∞ it becomes the [`Levy`](super::Levy) distribution with scale λ, and the information about μ vanishes.
///
/// The distribution function is Φ(a) + φ(a) M(b), where a = √(λ/x) (x/μ − 1), b = √(λ/x) (x/μ + 1) and M = (1 − Φ)/φ is the
/// Mills ratio: the usual formula has e^(2λ/μ) Φ(−b) for the second term, which overflows times an underflow.
///
/// Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 1, 2nd ed. (1994), chapter 15; for the
/// distribution function Shuster, On the inverse Gaussian distribution function, *J. Amer. Statist. Assoc.* 63 (1968), 1514–1516.
#[derive(Clone, Copy, Debug)]
pub struct InverseGaussian;

impl LogLikelihood for InverseGaussian {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[mean, shape]: &[D; 2], &x: &D) -> D {
        let ratio = x / mean;
        // (x − μ)²/μ²x, expanded where the square would hide its smaller terms, which are those with μ.
        let deviation = if ratio > 0.25 && ratio < 4.0 {
            let residual = (x - mean) / mean;
            residual * residual / x
        } else {
            (ratio - 2.0) / mean + x.recip()
        };
        (shape.ln() - shape * deviation) * 0.5 - x.ln() * 1.5 - LN_SQRT_TAU
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("mean").symbol("μ"), Parameter::positive("shape").symbol("λ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let sample = Sample::of(data)?;
        let inverse = Sample::seen(data, f64::recip)?;
        Some([sample.mean(), 1.0 / (inverse.mean() - 1.0 / sample.mean()).max(1e-6 / sample.mean())])
    }
}

impl SampleSpace for InverseGaussian {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::positive()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none()
            .closed_form()
            .sampler()
            .quantile()
            .distribution_function()
            .entropy()
            .divergence()
            .fisher_rao()
    }
}

impl Sampler for InverseGaussian {
    /// λ(x − μ)²/μ²x is the square of a standard normal variable, and of the two x with the same square the smaller one, μ/r, is
    /// the right one with probability 1/(1 + 1/r) (Michael, Schucany and Haas 1976). Here it is found without cancellation.
    fn sample<R: rand::Rng + ?Sized>(&self, &[mean, shape]: &[f64; 2], rng: &mut R) -> f64 {
        let z: f64 = rand_distr::Distribution::sample(&rand_distr::StandardNormal, rng);
        let u: f64 = rand_distr::Distribution::sample(&rand_distr::Open01, rng);
        let w = z * z * mean / (2.0 * shape);
        let r = 1.0 + w + (w * (2.0 + w)).sqrt();
        if u * (1.0 + r.recip()) <= 1.0 { mean / r } else { mean * r }
    }
}

impl Quantile for InverseGaussian {
    fn quantile(&self, theta: &[f64; 2], u: &[f64]) -> f64 {
        let tails = |t: f64| {
            let x = t.exp();
            Tails {
                lower: self.ln_cdf(theta, &x).exp(),
                upper: self.ln_survival(theta, &x).exp(),
                density: (self.ln_likelihood(theta, &x) + t).exp(),
            }
        };
        solve(u[0], 1.0 - u[0], theta[0].ln(), tails).exp()
    }
}

impl ClosedForm for InverseGaussian {
    fn information<D: Scalar>(&self, &[mean, shape]: &[D; 2]) -> [[D; 2]; 2] {
        let zero = D::from(0.0);
        [[shape * mean.powi(-3), zero], [zero, shape.powi(-2) * 0.5]]
    }
}

/// One tail of the distribution: the one that loses no digits.
enum Tail<D> {
    LnLower(D),
    LnUpper(D),
}

/// Left of the mean F = φ(a) (M(−a) + M(b)); right of it, and wherever b − a is small, 1 − F = φ(a) (M(a) − M(b)).
fn tail<D: Scalar>(&[mean, shape]: &[D; 2], x: D) -> Tail<D> {
    let root = shape.sqrt() / x.sqrt();
    let (a, width) = (root * ((x - mean) / mean), root * 2.0);
    let ln_density = a * a * -0.5 - LN_SQRT_TAU;
    if a < 0.0 && width >= 1.0 {
        Tail::LnLower(ln_density + (mills(-a)[0] + mills(a + width)[0]).ln())
    } else {
        Tail::LnUpper(ln_density + mills_drop(a, width).ln())
    }
}

/// The Mills ratio M(t) = ∫ e^(−ts − s²/2) ds over s > 0, and −M′(t) = 1 − t M(t).
fn mills<D: Scalar>(t: D) -> [D; 2] {
    if t < 4.0 {
        let ratio = ((-t).ln_norm_cdf() + t * t * 0.5 + LN_SQRT_TAU).exp();
        return [ratio, -t * ratio + 1.0];
    }
    // 1/(t + 1/(t + 2/(t + 3/…))) (DLMF 7.9.3); at t = 4 the error of 40 terms is about e⁻⁷⁰.
    let rest = (2..=40).rev().fold(t, |fraction, k| t + fraction.recip() * f64::from(k)).recip();
    let ratio = (t + rest).recip();
    [ratio, ratio * rest]
}

/// M(a) − M(a + width), where the two are close by the integral of −M′.
fn mills_drop<D: Scalar>(a: D, width: D) -> D {
    if width >= 1.0 && width >= a * 0.5 {
        return mills(a)[0] - mills(a + width)[0];
    }
    gauss_legendre(a, width, |t| mills(t)[1])
}

impl DistributionFunction for InverseGaussian {
    fn ln_cdf<D: Scalar>(&self, theta: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        match tail(theta, x) {
            Tail::LnLower(lower) => lower,
            Tail::LnUpper(upper) => upper.ln_1m_exp(),
        }
    }

    fn ln_survival<D: Scalar>(&self, theta: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(0.0);
        }
        match tail(theta, x) {
            Tail::LnLower(lower) => lower.ln_1m_exp(),
            Tail::LnUpper(upper) => upper,
        }
    }
}

impl Entropy for InverseGaussian {
    /// By E\[ln x\] = ln μ − eʷ E₁(w), where w = 2λ/μ.
    fn entropy<D: Scalar>(&self, &[mean, shape]: &[D; 2]) -> D {
        let mean_ln = mean.ln() - scaled_exponential_integral(shape / mean * 2.0);
        mean_ln * 1.5 - shape.ln() * 0.5 + (0.5 + LN_SQRT_TAU)
    }
}

/// eʷ E₁(w) for w > 0, where E₁(w) = ∫ e⁻ᵗ/t dt over t > w: by its power series (DLMF 6.6.2) or its continued fraction (DLMF 6.9.1,
/// contracted), of which 100 terms leave about e⁻⁴⁰ at w = 1.
fn scaled_exponential_integral<D: Scalar>(w: D) -> D {
    if w >= 1.0 {
        let odd = |k: f64| w + (2.0 * k + 1.0);
        let fraction =
            (1..=100).rev().map(f64::from).fold(odd(100.0), |fraction, k| odd(k - 1.0) - fraction.recip() * (k * k));
        return fraction.recip();
    }
    // w − w²/(2·2!) + w³/(3·3!) − …; at w = 1 the term after the 19th is below 10⁻¹⁹.
    let (mut power, mut series) = (D::from(-1.0), D::from(0.0));
    for k in (1..=19).map(f64::from) {
        power *= -w / k;
        series += power / k;
    }
    w.exp() * (series - w.ln() - EULER_GAMMA)
}

impl KullbackLeibler for InverseGaussian {
    fn divergence<D: Scalar>(&self, &[mean, shape]: &[D; 2], &[other_mean, other]: &[D; 2]) -> D {
        let shift = (mean - other_mean) / other_mean;
        (ratio_excess(other / shape, (other - shape) / shape) + other / mean * shift * shift) * 0.5
    }
}

/// As in a half-plane, with y = 1/√λ and w = 2/√μ: the metric is (dw² + 2dy²)/y², and shortest curves stay where w > 0.
impl FisherRao for InverseGaussian {
    fn distance<D: Scalar>(&self, &[mean, shape]: &[D; 2], &[other_mean, other]: &[D; 2], free: &[bool]) -> Option<D> {
        let [root, other_root] = [mean, other_mean].map(|mean| mean.sqrt());
        let shift = (mean - other_mean) / (root + other_root) / root / other_root * 2.0;
        let [height, other_height] = [shape, other].map(|shape| shape.sqrt().recip());
        let widening = (shape - other) / (height.recip() + other_height.recip()) * height * other_height;
        let plane = HalfPlane::orthogonal(D::from(1.0), D::from(2.0));
        plane.distance(shift, widening, [height, other_height], free)
    }
}

/// T = (x, 1/x), η = (−λ/2μ², −λ/2).
impl ExponentialFamily for InverseGaussian {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 2] {
        [x, x.recip()]
    }

    fn natural<D: Scalar>(&self, &[mean, shape]: &[D; 2]) -> [D; 2] {
        [shape * mean.powi(-2) * -0.5, shape * -0.5]
    }

    fn from_natural<D: Scalar>(&self, &[first, second]: &[D; 2]) -> [D; 2] {
        [(second / first).sqrt(), second * -2.0]
    }

    fn ln_partition<D: Scalar>(&self, &[first, second]: &[D; 2]) -> D {
        (second * -2.0).ln() * -0.5 - (first * second).sqrt() * 2.0
    }

    fn mean_value<D: Scalar>(&self, &[mean, shape]: &[D; 2]) -> [D; 2] {
        [mean, mean.recip() + shape.recip()]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::new("−shape/2mean²", NEGATIVE).symbol("η₁"), Parameter::new("−shape/2", NEGATIVE).symbol("η₂")]
    }
}
