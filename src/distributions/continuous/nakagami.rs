//! The Nakagami distribution.

use crate::distributions::numerics::constants::NEGATIVE;
use crate::distributions::numerics::deviance::deviance;
use crate::distributions::numerics::excess::ratio_excess;
use crate::distributions::numerics::fisher_rao::scales;
use crate::distributions::numerics::gamma_power::{ln_lower, ln_peak, ln_upper, log_gamma_entropy, sample_ln};
use crate::distributions::numerics::inversion::ln_gamma_quantile;
use crate::distributions::numerics::ln_gamma_tangent::stirling_above_tangent;
use crate::distributions::numerics::polygamma_quotient::{ASYMPTOTIC, trigamma_remainder};
use crate::distributions::numerics::sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler,
    LogLikelihood, Observations, Parameter, Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::LN_2;

/// Nakagami distribution with shape m > 0 and spread Ω > 0, on the positive numbers: x² is gamma with shape m and mean Ω.
///
/// ```math
/// f(x; m, \Omega) = \frac{2 m^m x^{2m-1}}{\Gamma(m)\, \Omega^m}\, e^{-\frac{m x^2}{\Omega}},
/// \qquad
/// I(m, \Omega) = \begin{pmatrix} \psi_1(m) - \frac{1}{m} & 0 \\ 0 & \frac{m}{\Omega^2} \end{pmatrix}
/// ```
///
/// As a model of fading it has m ≥ ½; the density is one for every m > 0, and every m > 0 is allowed here.
///
/// Source: Nakagami, The m-distribution, a general formula of intensity distribution of rapid fading, in *Statistical Methods in
/// Radio Wave Propagation* (1960), 3–36.
#[derive(Clone, Copy, Debug)]
pub struct Nakagami;

/// x²/Ω and its logarithm.
#[inline]
fn power<D: Scalar>(x: D, spread: D) -> (D, D) {
    (x / spread * x, x.ln() * 2.0 - spread.ln())
}

impl LogLikelihood for Nakagami {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[shape, spread]: &[D; 2], &x: &D) -> D {
        let (ratio, ln_ratio) = power(x, spread);
        let near = ratio > 0.5 && ratio < 1.5;
        let excess = if near { deviance(ratio, D::from(1.0)) } else { ratio - 1.0 - ln_ratio };
        ln_peak(shape) - shape * excess - x.ln() + LN_2
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("shape").symbol("m"), Parameter::positive("spread").symbol("Ω")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        sample::gamma(data, |x| x * x).map(|[shape, rate]| [shape, shape / rate])
    }
}

impl SampleSpace for Nakagami {
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

impl Sampler for Nakagami {
    fn sample<R: rand::Rng + ?Sized>(&self, &[shape, spread]: &[f64; 2], rng: &mut R) -> f64 {
        (spread / shape).sqrt() * (0.5 * sample_ln(shape, rng)).exp()
    }
}

impl Quantile for Nakagami {
    fn quantile(&self, &[shape, spread]: &[f64; 2], u: &[f64]) -> f64 {
        (spread / shape).sqrt() * (0.5 * ln_gamma_quantile(shape, u[0])).exp()
    }
}

impl ClosedForm for Nakagami {
    fn information<D: Scalar>(&self, &[shape, spread]: &[D; 2]) -> [[D; 2]; 2] {
        let zero = D::from(0.0);
        [[trigamma_excess(shape), zero], [zero, shape * spread.powi(-2)]]
    }
}

/// ψ₁(x) − 1/x, without the cancellation of that formula for large x.
///
/// Recurrence up to x ≥ 16, in which nothing cancels, then 1/2x² + Σ B₂ₖ/x²ᵏ⁺¹ (DLMF 5.15.5 and 5.15.8).
fn trigamma_excess<D: Scalar>(mut x: D) -> D {
    let mut sum = D::from(0.0);
    while x < ASYMPTOTIC {
        sum += x.powi(-2) / (x + 1.0);
        x += 1.0;
    }
    let inverse = x.recip();
    sum + inverse * (inverse * 0.5 + trigamma_remainder(inverse, D::from(0.0)))
}

/// y = m x²/Ω, which is gamma with shape m, and its logarithm.
fn gamma_variable<D: Scalar>(shape: D, spread: D, x: D) -> (D, D) {
    let (ratio, ln_ratio) = power(x, spread);
    (shape * ratio, shape.ln() + ln_ratio)
}

impl DistributionFunction for Nakagami {
    fn ln_cdf<D: Scalar>(&self, &[shape, spread]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(f64::NEG_INFINITY);
        }
        let (y, ln_y) = gamma_variable(shape, spread, x);
        ln_lower(shape, y, ln_y)
    }

    fn ln_survival<D: Scalar>(&self, &[shape, spread]: &[D; 2], &x: &D) -> D {
        if x <= 0.0 {
            return D::from(0.0);
        }
        let (y, ln_y) = gamma_variable(shape, spread, x);
        ln_upper(shape, y, ln_y)
    }
}

impl Entropy for Nakagami {
    fn entropy<D: Scalar>(&self, &[shape, spread]: &[D; 2]) -> D {
        log_gamma_entropy(shape) + (shape.digamma() - shape.ln() + spread.ln()) * 0.5 - LN_2
    }
}

impl KullbackLeibler for Nakagami {
    fn divergence<D: Scalar>(&self, &[shape, spread]: &[D; 2], &[other_shape, other]: &[D; 2]) -> D {
        other_shape * ratio_excess(spread / other, (spread - other) / other)
            + stirling_above_tangent(shape, other_shape, other_shape - shape)
    }
}

/// For a known shape: √m |ln(Ω′/Ω)|.
impl FisherRao for Nakagami {
    fn distance<D: Scalar>(&self, &[shape, spread]: &[D; 2], &[_, other]: &[D; 2], free: &[bool]) -> Option<D> {
        match *free {
            [false, true] => Some(scales(shape, spread, other)),
            _ => None,
        }
    }
}

/// T = (ln x², x²), η = (m, −m/Ω), with h(x) = 2/x.
impl ExponentialFamily for Nakagami {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 2] {
        [x.ln() * 2.0, x * x]
    }

    fn natural<D: Scalar>(&self, &[shape, spread]: &[D; 2]) -> [D; 2] {
        [shape, -shape / spread]
    }

    fn from_natural<D: Scalar>(&self, &[shape, minus_rate]: &[D; 2]) -> [D; 2] {
        [shape, -shape / minus_rate]
    }

    fn ln_partition<D: Scalar>(&self, &[shape, minus_rate]: &[D; 2]) -> D {
        shape.ln_gamma() - shape * (-minus_rate).ln()
    }

    fn mean_value<D: Scalar>(&self, &[shape, spread]: &[D; 2]) -> [D; 2] {
        [shape.digamma() - shape.ln() + spread.ln(), spread]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::positive("shape").symbol("η₁"), Parameter::new("−shape/spread", NEGATIVE).symbol("η₂")]
    }
}
