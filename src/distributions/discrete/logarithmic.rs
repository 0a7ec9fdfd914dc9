//! The logarithmic distribution.

use crate::distributions::numerics::excess::excess;
use crate::model::{
    Capabilities, ClosedForm, Domain, ExponentialFamily, Fixed, KullbackLeibler, LogLikelihood, Parameter, SampleSpace,
    Sampler, Support,
};
use crate::scalar::Scalar;

/// Logarithmic distribution, or log-series distribution, with probability p in (0, 1), on 1, 2, 3, …
///
/// ```math
/// f(x; p) = \frac{p^x}{x L}, \qquad L = -\ln(1-p),
/// \qquad
/// I(p) = \frac{L-p}{p (1-p)^2 L^2}
/// ```
///
/// For small p nearly all draws are 1. Between integers the log-likelihood is continued by the same formula; below 1 it
/// is −∞.
///
/// Source: Johnson, Kemp and Kotz, *Univariate Discrete Distributions*, 3rd ed. (2005), chapter 7.
#[derive(Clone, Copy, Debug)]
pub struct Logarithmic;

/// L = −ln(1 − p).
#[inline]
fn logarithm<D: Scalar>(probability: D) -> D {
    -(-probability).ln_1p()
}

/// L/p − 1, which is near p/2 for small p, in all derivatives too.
///
/// With s = p/(2 − p), L = 2 artanh s (DLMF 4.6.4), so that L/p = (1 + s²/3 + s⁴/5 + …)/(1 − p/2).
#[inline]
fn relative_excess<D: Scalar>(probability: D) -> D {
    if probability >= 0.125 {
        return logarithm(probability) / probability - 1.0;
    }
    let rest = -probability * 0.5 + 1.0;
    let s = probability * 0.5 / rest;
    let square = s * s;
    // s² ≤ 1/225: the eighth term is below 10⁻¹⁸.
    let series = (1..=7).rev().fold(D::from(0.0), |sum, k| (sum + 1.0 / f64::from(2 * k + 1)) * square);
    (series + probability * 0.5) / rest
}

impl LogLikelihood for Logarithmic {
    type Parameters = Fixed<1>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[probability]: &[D; 1], &x: &D) -> D {
        if x < 1.0 {
            return D::from(f64::NEG_INFINITY);
        }
        (x - 1.0) * probability.ln() - x.ln() - relative_excess(probability).ln_1p()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::probability("probability").symbol("p")]
    }
}

impl SampleSpace for Logarithmic {
    fn support(&self, _theta: &[f64; 1]) -> Support {
        Support::integers_from(1)
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().divergence()
    }
}

impl Sampler for Logarithmic {
    /// A geometric number whose probability of failure is 1 − (1 − p)ᵘ, u uniform.
    ///
    /// Source: Kemp, Efficient generation of logarithmically distributed pseudo-random variables, *Applied Statistics*
    /// 30 (1981), 249–253.
    fn sample<R: rand::Rng + ?Sized>(&self, &[probability]: &[f64; 1], rng: &mut R) -> f64 {
        if !(0.0..1.0).contains(&probability) {
            return f64::NAN;
        }
        let u: f64 = rand_distr::Distribution::sample(&rand_distr::Open01, rng);
        let exponential: f64 = rand_distr::Distribution::sample(&rand_distr::Exp1, rng);
        let rate = -(-u * logarithm(probability)).ln_1m_exp();
        (exponential / rate).floor() + 1.0
    }
}

impl ClosedForm for Logarithmic {
    fn information<D: Scalar>(&self, &[probability]: &[D; 1]) -> [[D; 1]; 1] {
        let denominator = (-probability + 1.0) * logarithm(probability);
        [[relative_excess(probability) / (denominator * denominator)]]
    }
}

impl KullbackLeibler for Logarithmic {
    /// m ln(p/p′) + ln(L′/L), where m is the mean. With p′ = p + d the terms that are linear in d have been cancelled,
    /// and for small p those that are in d/p too.
    fn divergence<D: Scalar>(&self, theta: &[D; 1], &[other]: &[D; 1]) -> D {
        let [probability] = *theta;
        let [mean] = self.mean_value(theta);
        let step = other - probability;
        if probability >= 0.125 || other >= 0.125 {
            let (own, relative) = (logarithm(probability), step / (probability - 1.0));
            return mean * excess(step / probability) + excess(relative) / own - excess(-relative.ln_1p() / own);
        }
        // L/p = 1 + r = Σ pᵏ/(k + 1), and p′ᵏ − pᵏ − k pᵏ⁻¹ d = d² Qₖ with Qₖ₊₁ = p′ Qₖ + k pᵏ⁻¹
        let (mut quotient, mut power, mut curvature) = (D::from(1.0), D::from(1.0), D::from(0.0));
        for k in 2..24 {
            curvature += quotient / f64::from(k + 1);
            power *= probability;
            quotient = quotient * other + power * f64::from(k);
        }
        let own = relative_excess(probability);
        let change = (relative_excess(other) - own) / (own + 1.0);
        // m − 1 = (1/(1 − p) − L/p)/(L/p)
        let excess_mean = (probability / (-probability + 1.0) - own) / (own + 1.0);
        excess_mean * excess(step / probability) + step * step * curvature / (own + 1.0) - excess(change)
    }
}

impl ExponentialFamily for Logarithmic {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 1] {
        [x]
    }

    fn natural<D: Scalar>(&self, &[probability]: &[D; 1]) -> [D; 1] {
        [probability.ln()]
    }

    fn from_natural<D: Scalar>(&self, &[ln_probability]: &[D; 1]) -> [D; 1] {
        [ln_probability.exp()]
    }

    fn ln_partition<D: Scalar>(&self, &[ln_probability]: &[D; 1]) -> D {
        ln_probability + relative_excess(ln_probability.exp()).ln_1p()
    }

    fn mean_value<D: Scalar>(&self, &[probability]: &[D; 1]) -> [D; 1] {
        [probability / ((-probability + 1.0) * logarithm(probability))]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![Parameter::new("ln probability", Domain { lower: f64::NEG_INFINITY, upper: 0.0 }).symbol("η")]
    }
}
