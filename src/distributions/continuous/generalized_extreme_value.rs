//! The generalised extreme value distribution.

use crate::distributions::numerics::cloglog::ln_1m_exp_exp;
use crate::distributions::numerics::constants::EULER_GAMMA;
use crate::distributions::numerics::extremes::{reduced, residual};
use crate::distributions::numerics::fisher_rao::HalfPlane;
use crate::distributions::numerics::sample::{self, Sample};
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, FisherRao, Fixed, LogLikelihood, Observations, Parameter,
    Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use crate::scalar::special::{ONE_MINUS_EULER, ZETA_MINUS_ONE_OVER_K};
use std::f64::consts::PI;

/// Generalised extreme value distribution with location μ, scale σ > 0 and shape ξ, where 1 + ξ(x − μ)/σ > 0:
///
/// ```math
/// \begin{aligned}
/// f(x; \mu, \sigma, \xi) &= \frac{1}{\sigma}\, t^{\xi+1} e^{-t}, \qquad t = (1 + \xi z)^{-1/\xi},
/// \qquad z = \frac{x-\mu}{\sigma} \\
/// I(\mu, \sigma, \xi) &= \begin{pmatrix}
///     \frac{p}{\sigma^2} & -\frac{p-g}{\sigma^2 \xi} & \frac{p/\xi-q}{\sigma\xi} \\
///     -\frac{p-g}{\sigma^2 \xi} & \frac{1-2g+p}{\sigma^2 \xi^2} & -\frac{1-\gamma+(1-g)/\xi-q+p/\xi}{\sigma \xi^2} \\
///     \frac{p/\xi-q}{\sigma\xi} & -\frac{1-\gamma+(1-g)/\xi-q+p/\xi}{\sigma \xi^2}
///         & \frac{1}{\xi^2} \Bigl(\frac{\pi^2}{6} + \Bigl(1-\gamma+\frac{1}{\xi}\Bigr)^2 - \frac{2q}{\xi} + \frac{p}{\xi^2}\Bigr)
/// \end{pmatrix} \\
/// p &= (1+\xi)^2\, \Gamma(1+2\xi), \qquad g = \Gamma(2+\xi),
/// \qquad q = g\, \Bigl(\psi(1+\xi) + \frac{1+\xi}{\xi}\Bigr)
/// \end{aligned}
/// ```
///
/// with Euler's constant γ = 0.5772… At ξ = 0 density and matrix are the limits, of which the density is that of the
/// [`Gumbel`](super::Gumbel) distribution; there and nearby nothing is computed by the formulas above, which cancel.
///
/// Unless ξ = 0 the support ends at μ − σ/ξ and moves with the parameters. The information exists for ξ > −½ only: the closed
/// form is NaN below, which [`expected`](crate::information::expected) reports. It overflows from ξ ≈ 85 on, and draws of such
/// a shape overflow as well.
///
/// Source: Prescott and Walden, Maximum likelihood estimation of the parameters of the generalized extreme-value distribution,
/// *Biometrika* 67 (1980), 723–724, there with k = −ξ.
#[derive(Clone, Copy, Debug)]
pub struct GeneralizedExtremeValue;

impl LogLikelihood for GeneralizedExtremeValue {
    type Parameters = Fixed<3>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[location, scale, shape]: &[D; 3], &x: &D) -> D {
        reduced(x - location, scale, shape)
            .map_or(D::from(f64::NEG_INFINITY), |(y, ln_slope)| -ln_slope - y - (-y).exp())
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::real("location").symbol("μ"),
            Parameter::positive("scale").symbol("σ"),
            Parameter::real("shape").symbol("ξ"),
        ]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 3]> {
        let sample = Sample::of(data)?;
        let [location, scale] = sample::gumbel(&sample);
        Some([location, scale, 0.0])
    }
}

impl SampleSpace for GeneralizedExtremeValue {
    fn support(&self, &[location, scale, shape]: &[f64; 3]) -> Support {
        /// Below this |ξ| the density underflows long before the support ends, and numbers counted from an end so far away are
        /// too coarse for the bulk.
        const NEARLY_ZERO: f64 = 1e-3;

        let end = location - scale / shape;
        if shape.abs() < NEARLY_ZERO {
            Support::real()
        } else if shape > 0.0 {
            Support::interval(end, f64::INFINITY)
        } else {
            Support::interval(f64::NEG_INFINITY, end)
        }
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function().entropy().fisher_rao()
    }
}

impl Sampler for GeneralizedExtremeValue {
    fn sample<R: rand::Rng + ?Sized>(&self, &[location, scale, shape]: &[f64; 3], rng: &mut R) -> f64 {
        let exponential: f64 = rand_distr::Distribution::sample(&rand_distr::Exp1, rng);
        location + residual(-exponential.ln(), scale, shape)
    }
}

impl Quantile for GeneralizedExtremeValue {
    fn quantile(&self, &[location, scale, shape]: &[f64; 3], u: &[f64]) -> f64 {
        location + residual(-(-u[0].ln()).ln(), scale, shape)
    }
}

impl ClosedForm for GeneralizedExtremeValue {
    fn information<D: Scalar>(&self, &[_, scale, shape]: &[D; 3]) -> [[D; 3]; 3] {
        if shape <= -0.5 {
            return [[D::from(f64::NAN); 3]; 3];
        }
        let standard = if shape > 1.0 { far_from_gumbel(shape) } else { near_gumbel(shape) };
        let [mm, ms, mx, ss, sx, xx] = standard;
        let inverse = scale.recip();
        let precision = inverse * inverse;
        let (ms, mx, sx) = (ms * precision, mx * inverse, sx * inverse);
        [[mm * precision, ms, mx], [ms, ss * precision, sx], [mx, sx, xx]]
    }
}

/// The entries of the matrix for σ = 1 in the order μμ, μσ, μξ, σσ, σξ, ξξ, by the formulas of Prescott and Walden.
fn far_from_gumbel<D: Scalar>(shape: D) -> [D; 6] {
    let inverse = shape.recip();
    let p = (shape + 1.0).powi(2) * (shape * 2.0 + 1.0).ln_gamma().exp();
    let g = (shape + 2.0).ln_gamma().exp();
    let q = g * ((shape + 1.0).digamma() + inverse + 1.0);
    let mx = p * inverse - q;
    let one = inverse + ONE_MINUS_EULER;
    [
        p,
        (g - p) * inverse,
        mx * inverse,
        (p - g * 2.0 + 1.0) * inverse * inverse,
        (g * inverse - one - mx) * inverse * inverse,
        (one * one + PI * PI / 6.0 + (p * inverse - q * 2.0) * inverse) * inverse * inverse,
    ]
}

/// The same without division by ξ, for −½ < ξ ≤ 1.
///
/// Let c₀ + c₁ξ + … be the Taylor series of g = Γ(2 + ξ), so that g = c₀ + c₁ξ + c₂ξ² + c₃ξ³ + ξ⁴R(ξ) and
/// g′ = c₁ + 2c₂ξ + 3c₃ξ² + ξ³S(ξ). With t = Γ(2 + 2ξ), v = Γ(1 + 2ξ) = t − 2ξv and h = Γ(1 + ξ) = g − ξh,
/// Prescott and Walden's p is t + ξ²v and their q is g′ + g/ξ + ξh. Put in, the negative powers of ξ cancel term by term.
fn near_gumbel<D: Scalar>(shape: D) -> [D; 6] {
    let [_, c1, c2, c3, ..] = GAMMA_SERIES;
    let (r, s) = remainders(shape);
    let r2 = remainders(shape * 2.0).0 * 16.0;
    let t = (shape * 2.0 + 2.0).ln_gamma().exp();
    let v = t / (shape * 2.0 + 1.0);
    let h = (shape + 2.0).ln_gamma().exp() / (shape + 1.0);
    let square = shape * shape;
    // (t − g)/ξ and (1 − 2g + t)/ξ²
    let first = (shape * (7.0 * c3) + 3.0 * c2) * shape + square * shape * (r2 - r) + c1;
    let second = shape * (6.0 * c3) + square * (r2 - r * 2.0) + 2.0 * c2;
    [
        t + square * v,
        -first - shape * v,
        shape * (4.0 * c3) + square * (r2 - r - s) + v - h + c2,
        second + v,
        -shape * (r2 - r * 2.0 - s) - first + v * 2.0 - h - 3.0 * c3,
        r2 - r * 2.0 - s * 2.0 + second - first * 2.0 + v * 4.0 - h * 2.0,
    ]
}

/// c₀, c₁, …, the coefficients of Γ(2 + a) = exp(c₁a + Σ (ζ(k) − 1)(−a)ᵏ/k), k ≥ 2 (DLMF 5.7.3).
const GAMMA_SERIES: [f64; 32] = {
    let mut series = [1.0; 32];
    let mut n = 1;
    while n < 32 {
        // From (exp f)′ = f′ exp f; k times the coefficient of f is 1 − γ or ±(ζ(k) − 1).
        let mut sum = ONE_MINUS_EULER * series[n - 1];
        let mut k = 2;
        while k <= n {
            let sign = if k % 2 == 0 { 1.0 } else { -1.0 };
            sum += sign * k as f64 * ZETA_MINUS_ONE_OVER_K[k - 2] * series[n - k];
            k += 1;
        }
        series[n] = sum / n as f64;
        n += 1;
    }
    series
};

/// The coefficients of S, n cₙ for n ≥ 4.
const SLOPE_SERIES: [f64; 28] = {
    let mut series = [0.0; 28];
    let mut n = 4;
    while n < 32 {
        series[n - 4] = n as f64 * GAMMA_SERIES[n];
        n += 1;
    }
    series
};

/// R(a) and S(a), what is left of Γ(2 + a) and its derivative beyond the power a³.
fn remainders<D: Scalar>(a: D) -> (D, D) {
    let [c0, c1, c2, c3, higher @ ..] = &GAMMA_SERIES;
    // The coefficients fall like 2⁻ⁿ.
    if a.abs() <= 0.625 {
        let sum = |series: &[f64]| series.iter().rev().fold(D::from(0.0), |sum, &c| sum * a + c);
        return (sum(higher), sum(&SLOPE_SERIES));
    }
    let gamma = (a + 2.0).ln_gamma().exp();
    let r = (gamma - (((a * *c3 + *c2) * a + *c1) * a + *c0)) / a.powi(4);
    let s = (gamma * (a + 2.0).digamma() - ((a * (3.0 * c3) + 2.0 * c2) * a + *c1)) / a.powi(3);
    (r, s)
}

impl DistributionFunction for GeneralizedExtremeValue {
    fn ln_cdf<D: Scalar>(&self, &[location, scale, shape]: &[D; 3], &x: &D) -> D {
        match reduced(x - location, scale, shape) {
            Some((y, _)) => -(-y).exp(),
            None if shape > 0.0 => D::from(f64::NEG_INFINITY),
            None => D::from(0.0),
        }
    }

    fn ln_survival<D: Scalar>(&self, &[location, scale, shape]: &[D; 3], &x: &D) -> D {
        match reduced(x - location, scale, shape) {
            Some((y, _)) => ln_1m_exp_exp(-y),
            None if shape > 0.0 => D::from(0.0),
            None => D::from(f64::NEG_INFINITY),
        }
    }
}

impl Entropy for GeneralizedExtremeValue {
    fn entropy<D: Scalar>(&self, &[_, scale, shape]: &[D; 3]) -> D {
        scale.ln() + shape * EULER_GAMMA + (1.0 + EULER_GAMMA)
    }
}

/// For a known shape ξ > −½, as in a half-plane.
impl FisherRao for GeneralizedExtremeValue {
    fn distance<D: Scalar>(&self, theta: &[D; 3], other: &[D; 3], free: &[bool]) -> Option<D> {
        let (&[location, scale, shape], &[other_location, other_scale, _]) = (theta, other);
        let [location_is_free, scale_is_free, false] = *free else { return None };
        let [[location_location, location_scale, _], [_, scale_scale, _], _] =
            self.information(&[D::from(0.0), D::from(1.0), shape]);
        let plane = HalfPlane { location: location_location, cross: location_scale, scale: scale_scale };
        plane.of_locations(&[location, scale], &[other_location, other_scale], &[location_is_free, scale_is_free])
    }
}
