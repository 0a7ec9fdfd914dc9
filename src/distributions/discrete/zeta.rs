//! The zeta distribution.

use crate::model::{
    Capabilities, ClosedForm, Domain, Entropy, ExponentialFamily, Fixed, KullbackLeibler, LogLikelihood, Parameter,
    SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::LN_2;

/// Zeta distribution with exponent s > 1, on 1, 2, 3, …: a power law, without an end.
///
/// ```math
/// f(x; s) = \frac{x^{-s}}{\zeta(s)},
/// \qquad
/// I(s) = \frac{\zeta''(s)}{\zeta(s)} - \Bigl(\frac{\zeta'(s)}{\zeta(s)}\Bigr)^2
/// ```
///
/// The information is finite for every s, although x has a mean only for s > 2. Between integers the log-likelihood is
/// continued by the same formula; below 1 it is −∞. For s below about 1.05 some draws are larger than every `f64` and
/// come out as ∞.
///
/// Source: Johnson, Kemp and Kotz, *Univariate Discrete Distributions*, 3rd ed. (2005), chapter 11.
#[derive(Clone, Copy, Debug)]
pub struct Zeta;

impl LogLikelihood for Zeta {
    type Parameters = Fixed<1>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[exponent]: &[D; 1], &x: &D) -> D {
        if x < 1.0 {
            return D::from(f64::NEG_INFINITY);
        }
        -exponent * x.ln() - exponent.ln_zeta()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::new("exponent", Domain { lower: 1.0, upper: f64::INFINITY }).symbol("s")]
    }
}

impl SampleSpace for Zeta {
    fn support(&self, _theta: &[f64; 1]) -> Support {
        Support::integers_from(1)
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().entropy().divergence()
    }
}

impl Sampler for Zeta {
    /// The whole part X of a number with density (s − 1) t⁻ˢ, accepted in proportion to X⁻ˢ/P(X).
    ///
    /// Source: Devroye, *Non-Uniform Random Variate Generation* (1986), section X.6.1, with the powers near 1 as
    /// differences from it: for small s − 1 a good part of the draws are so large that 1 + 1/X is 1.
    fn sample<R: rand::Rng + ?Sized>(&self, &[exponent]: &[f64; 1], rng: &mut R) -> f64 {
        let power = exponent - 1.0;
        if power.is_nan() || power <= 0.0 {
            return f64::NAN;
        }
        let complement = |y: f64| -(-power * y).exp_m1();
        loop {
            let u: f64 = rand_distr::Distribution::sample(&rand_distr::OpenClosed01, rng);
            let v: f64 = rand_distr::Distribution::sample(&rand_distr::StandardUniform, rng);
            let x = u.powf(-power.recip()).floor();
            if x.is_infinite() || v * x * complement(x.recip().ln_1p()) <= complement(LN_2) {
                return x;
            }
        }
    }
}

impl ClosedForm for Zeta {
    fn information<D: Scalar>(&self, &[exponent]: &[D; 1]) -> [[D; 1]; 1] {
        [[exponent.ln_zeta_derivative(2)]]
    }
}

impl Entropy for Zeta {
    fn entropy<D: Scalar>(&self, &[exponent]: &[D; 1]) -> D {
        exponent.ln_zeta() - exponent * exponent.ln_zeta_derivative(1)
    }
}

impl KullbackLeibler for Zeta {
    /// What ln ζ at the other exponent lies above its tangent; for a small distance by Taylor's series, of which this
    /// is the rest.
    fn divergence<D: Scalar>(&self, &[exponent]: &[D; 1], &[other]: &[D; 1]) -> D {
        /// The terms fall off at least like 1/16ⁿ.
        const TERMS: u32 = 14;
        let step = other - exponent;
        if step.abs() * 16.0 < exponent.re().min(2.0) - 1.0 {
            let series = |sum: D, n: u32| (sum * step + exponent.ln_zeta_derivative(n)) / f64::from(n);
            return (2..=TERMS).rev().fold(D::from(0.0), series) * step * step;
        }
        other.ln_zeta() - exponent.ln_zeta() - exponent.ln_zeta_derivative(1) * step
    }
}

impl ExponentialFamily for Zeta {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 1] {
        [-x.ln()]
    }

    fn natural<D: Scalar>(&self, theta: &[D; 1]) -> [D; 1] {
        *theta
    }

    fn from_natural<D: Scalar>(&self, eta: &[D; 1]) -> [D; 1] {
        *eta
    }

    fn ln_partition<D: Scalar>(&self, &[exponent]: &[D; 1]) -> D {
        exponent.ln_zeta()
    }

    fn mean_value<D: Scalar>(&self, &[exponent]: &[D; 1]) -> [D; 1] {
        [exponent.ln_zeta_derivative(1)]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        self.parameters()
    }
}
