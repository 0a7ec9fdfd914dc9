//! The von Mises distribution.

use crate::distributions::numerics::bessel::ln_scaled_bessel_i0;
use crate::distributions::numerics::gauss_legendre::gauss_legendre;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, Entropy, ExponentialFamily, FisherRao, Fixed, KullbackLeibler, LogLikelihood,
    Observations, Parameter, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::{PI, TAU};

/// Von Mises distribution with mean direction μ and concentration κ > 0, of an angle x in (−π, π):
///
/// ```math
/// f(x; \mu, \kappa) = \frac{e^{\kappa\cos(x-\mu)}}{2\pi I_0(\kappa)},
/// \qquad
/// I(\mu, \kappa) = \begin{pmatrix} \kappa A & 0 \\ 0 & 1 - A^2 - A/\kappa \end{pmatrix},
/// \quad A = \frac{I_1(\kappa)}{I_0(\kappa)}
/// ```
///
/// with the modified Bessel functions I₀ and I₁. The mean direction may be any real number and counts modulo 2π; an angle
/// outside (−π, π) has to be brought there. For large κ, where ln I₀ is nearly κ and A nearly 1, the differences are
/// computed directly.
///
/// Source: Mardia and Jupp, *Directional Statistics* (2000), sections 3.5 and 5.3.
#[derive(Clone, Copy, Debug)]
pub struct VonMises;

impl LogLikelihood for VonMises {
    type Parameters = Fixed<2>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[direction, concentration]: &[D; 2], &x: &D) -> D {
        if x.abs() > PI {
            return D::from(f64::NEG_INFINITY);
        }
        let half = ((x - direction) * 0.5).sin();
        concentration * half * half * -2.0 - ln_scaled_bessel_i0(concentration) - TAU.ln()
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::real("mean direction").symbol("μ"), Parameter::positive("concentration").symbol("κ")]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 2]> {
        let (cosine, sine) = (Sample::seen(data, f64::cos)?.mean(), Sample::seen(data, f64::sin)?.mean());
        let length = cosine.hypot(sine).clamp(0.01, 0.99);
        Some([sine.atan2(cosine), length * (2.0 - length * length) / (1.0 - length * length)])
    }
}

/// The mean and the variance of s = 1 − cos(x − μ): 1 − A and 1 − A² − A/κ = dA/dκ.
///
/// The moments Mₙ = E\[sⁿ\] fulfil κ Mₙ₊₂ − (n + 1 + 2κ) Mₙ₊₁ + (2n + 1) Mₙ = 0 (Bessel's equation), of which they are
/// the minimal solution: Mₙ₊₁/Mₙ is a continued fraction. 64 terms leave less than 10⁻¹⁸ for κ ≥ 2.
fn deficit<D: Scalar>(concentration: D) -> (D, D) {
    if concentration < 2.0 {
        let a = concentration.bessel_ratio();
        return (-a + 1.0, -a * a - a / concentration + 1.0);
    }
    let (mut ratio, mut next) = (D::from(0.0), D::from(0.0));
    for n in (0..64).rev().map(f64::from) {
        next = ratio;
        ratio = (concentration * (-next + 2.0) + (n + 1.0)).recip() * (2.0 * n + 1.0);
    }
    (ratio, ratio * (next - ratio))
}

/// ln I₀(κ′) − ln I₀(κ) − (κ′ − κ) A(κ) ≥ 0.
///
/// For close concentrations, where the terms cancel, ∫ (κ′ − κ − t) A′(κ + t) dt over t from 0 to κ′ − κ. The zeros of I₀ are on
/// the imaginary axis, so that the integrand is smooth on the scale of κ + 1.
fn ln_bessel_above_tangent<D: Scalar>(concentration: D, other: D) -> D {
    let step = other - concentration;
    if step.abs() > (concentration + 1.0) * 0.5 {
        return ln_scaled_bessel_i0(other) - ln_scaled_bessel_i0(concentration) + step * deficit(concentration).0;
    }
    gauss_legendre(D::from(0.0), step, |t| (step - t) * deficit(concentration + t).1)
}

impl SampleSpace for VonMises {
    fn support(&self, _theta: &[f64; 2]) -> Support {
        Support::interval(-PI, PI)
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().entropy().divergence().fisher_rao()
    }
}

impl Sampler for VonMises {
    fn sample<R: rand::Rng + ?Sized>(&self, &[direction, concentration]: &[f64; 2], rng: &mut R) -> f64 {
        if !(concentration > 0.0 && concentration.is_finite()) {
            return f64::NAN;
        }
        let angle = direction
            + if concentration < 1.0 { from_uniform(concentration, rng) } else { from_cauchy(concentration, rng) };
        angle - TAU * (angle / TAU).round()
    }
}

/// An angle around 0, by rejection from the uniform distribution.
fn from_uniform<R: rand::Rng + ?Sized>(concentration: f64, rng: &mut R) -> f64 {
    loop {
        let u: f64 = rand_distr::Distribution::sample(&rand_distr::Open01, rng);
        let exponential: f64 = rand_distr::Distribution::sample(&rand_distr::Exp1, rng);
        let angle = PI * (2.0 * u - 1.0);
        if exponential >= 2.0 * concentration * (0.5 * angle).sin().powi(2) {
            return angle;
        }
    }
}

/// An angle around 0, by rejection from the wrapped Cauchy distribution.
///
/// Best and Fisher, Efficient simulation of the von Mises distribution, *Appl. Statist.* 28 (1979), 152–157; their r and
/// f, which are close to 1 for large κ, enter by r − 1 and 1 − f.
fn from_cauchy<R: rand::Rng + ?Sized>(concentration: f64, rng: &mut R) -> f64 {
    let twice = 2.0 * concentration;
    let root = twice.hypot(1.0);
    let deficit = ((2.0 * (root + 1.0)).sqrt() - 1.0 - (root + twice).recip()) / twice; // 1 − ρ
    let excess = deficit * deficit / (2.0 * (1.0 - deficit)); // r − 1
    loop {
        let u: f64 = rand_distr::Distribution::sample(&rand_distr::Open01, rng);
        let exponential: f64 = rand_distr::Distribution::sample(&rand_distr::Exp1, rng);
        let (sin, cos) = (PI * (u - 0.5)).sin_cos();
        let drop = excess * 2.0 * sin * sin / (excess + 2.0 * cos * cos); // 1 − f
        let c = concentration * (excess + drop);
        if exponential >= c - 1.0 - c.ln() {
            return 2.0 * (0.5 * drop).sqrt().asin().copysign(sin);
        }
    }
}

impl ClosedForm for VonMises {
    fn information<D: Scalar>(&self, &[_, concentration]: &[D; 2]) -> [[D; 2]; 2] {
        let zero = D::from(0.0);
        [[concentration * concentration.bessel_ratio(), zero], [zero, deficit(concentration).1]]
    }
}

impl Entropy for VonMises {
    fn entropy<D: Scalar>(&self, &[_, concentration]: &[D; 2]) -> D {
        ln_scaled_bessel_i0(concentration) + concentration * deficit(concentration).0 + TAU.ln()
    }
}

impl KullbackLeibler for VonMises {
    fn divergence<D: Scalar>(&self, &[direction, concentration]: &[D; 2], &[other, other_concentration]: &[D; 2]) -> D {
        let half = ((direction - other) * 0.5).sin();
        ln_bessel_above_tangent(concentration, other_concentration)
            + other_concentration * concentration.bessel_ratio() * half * half * 2.0
    }
}

/// For a known concentration: √(κ I₁(κ)/I₀(κ)) times the angle between the directions, the shorter way round.
impl FisherRao for VonMises {
    fn distance<D: Scalar>(
        &self,
        &[direction, concentration]: &[D; 2],
        &[other, _]: &[D; 2],
        free: &[bool],
    ) -> Option<D> {
        match *free {
            [true, false] => {
                let turn = other - direction;
                let shortest = turn - TAU * (turn.re() / TAU).round();
                Some(shortest.abs() * (concentration * concentration.bessel_ratio()).sqrt())
            }
            _ => None,
        }
    }
}

/// T = (cos x, sin x), η = κ(cos μ, sin μ). The mean direction comes back in (−π, π).
impl ExponentialFamily for VonMises {
    fn sufficient_statistic<D: Scalar>(&self, &x: &D) -> [D; 2] {
        [x.cos(), x.sin()]
    }

    fn natural<D: Scalar>(&self, &[direction, concentration]: &[D; 2]) -> [D; 2] {
        [concentration * direction.cos(), concentration * direction.sin()]
    }

    fn from_natural<D: Scalar>(&self, &[along, across]: &[D; 2]) -> [D; 2] {
        [across.atan2(along), (along * along + across * across).sqrt()]
    }

    fn ln_partition<D: Scalar>(&self, eta: &[D; 2]) -> D {
        self.from_natural(eta)[1].ln_bessel_i0() + TAU.ln()
    }

    fn mean_value<D: Scalar>(&self, &[direction, concentration]: &[D; 2]) -> [D; 2] {
        let length = concentration.bessel_ratio();
        [length * direction.cos(), length * direction.sin()]
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::real("concentration along 0").symbol("η₁"),
            Parameter::real("concentration along π/2").symbol("η₂"),
        ]
    }
}
