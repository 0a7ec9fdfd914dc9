//! Student's t distribution.

use crate::distributions::numerics::constants::LN_SQRT_TAU;
use crate::distributions::numerics::fisher_rao::HalfPlane;
use crate::distributions::numerics::incomplete_beta::ln_regularized_beta;
use crate::distributions::numerics::inversion::logit_beta_quantile;
use crate::distributions::numerics::polygamma_quotient::digamma_quotient;
use crate::distributions::numerics::sample::Sample;
use crate::model::{
    Capabilities, ClosedForm, DistributionFunction, Entropy, FisherRao, Fixed, LogLikelihood, Observations, Parameter,
    Quantile, SampleSpace, Sampler, Support,
};
use crate::scalar::Scalar;
use std::f64::consts::{LN_2, PI};

/// Student's t distribution with location μ, scale σ > 0 and ν > 0 degrees of freedom, on the real line:
///
/// ```math
/// \begin{aligned}
/// f(x; \mu, \sigma, \nu) &= \frac{1}{\sigma\sqrt{\nu}\, B(\nu/2, 1/2)} \Bigl(1 + \frac{z^2}{\nu}\Bigr)^{-(\nu+1)/2},
/// \qquad z = \frac{x-\mu}{\sigma} \\
/// I(\mu, \sigma, \nu) &= \begin{pmatrix}
///     \frac{\nu+1}{(\nu+3)\,\sigma^2} & 0 & 0 \\
///     0 & \frac{2\nu}{(\nu+3)\,\sigma^2} & -\frac{2}{(\nu+1)(\nu+3)\,\sigma} \\
///     0 & -\frac{2}{(\nu+1)(\nu+3)\,\sigma} & I_{\nu\nu}
/// \end{pmatrix} \\
/// I_{\nu\nu} &= \frac14 \Bigl[\psi_1\Bigl(\frac{\nu}{2}\Bigr) - \psi_1\Bigl(\frac{\nu+1}{2}\Bigr)\Bigr]
///     - \frac{\nu+5}{2\nu(\nu+1)(\nu+3)}
/// \end{aligned}
/// ```
///
/// For many degrees of freedom the score of ν is of order ν⁻² and the last entry of order ν⁻⁴, while the terms of the formulas
/// are of order ν⁻¹ and ν⁻². Both are therefore computed by series in 1/ν, which the entry reaches by a recurrence.
///
/// The distribution function loses digits in proportion to ν: 11 are left at ν = 10⁵, and beyond about 10⁸ it is NaN.
///
/// Source: Lange, Little and Taylor, Robust statistical modeling using the t distribution, *J. Amer. Statist. Assoc.* 84
/// (1989), 881–896, doi:10.1080/01621459.1989.10478852, appendix.
#[derive(Clone, Copy, Debug)]
pub struct StudentT;

impl LogLikelihood for StudentT {
    type Parameters = Fixed<3>;
    type Observation = f64;

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, &[location, scale, freedom]: &[D; 3], &x: &D) -> D {
        ln_normaliser(freedom) - scale.ln() - ln_kernel(x - location, scale, freedom)
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::real("location").symbol("μ"),
            Parameter::positive("scale").symbol("σ"),
            Parameter::positive("degrees of freedom").symbol("ν"),
        ]
    }

    fn starting_values(&self, data: &dyn Observations<f64>) -> Option<[f64; 3]> {
        let sample = Sample::of(data)?;
        Some([sample.median(), 1.4 * sample.half_width(), 5.0])
    }
}

/// From how many degrees of freedom the series in 1/ν are used. There the first term left out is below 10⁻¹⁷ of the sum, and
/// the cancellation of the plain formulas below this bound costs no more than two digits.
const MANY: f64 = 32.0;

/// Eₙ(0), the Euler polynomials at 0, for n = 1, 3, 5, …
///
/// They are the coefficients of Boole's summation Σₖ (−1)ᵏ f(ν + k) ~ ½ Σₙ Eₙ(0) f⁽ⁿ⁾(ν)/n!, k = 0, 1, … (DLMF 24.17.1)
const EULER: [f64; 9] = [-0.5, 0.25, -0.5, 2.125, -15.5, 172.75, -2730.5, 58_098.062_5, -1_601_145.5];

/// From here on the nine terms of the series of [`ln_normaliser`] leave less than 10⁻¹⁶ out.
const SEVERAL: f64 = 16.0;

/// ln Γ((ν + 1)/2) − ln Γ(ν/2) − ½ ln πν. For large ν, where the gammas cancel, it is −½ ln 2π + Σₙ Eₙ(0)/(2n νⁿ): the twofold
/// integral of the series of −I_νν below.
#[inline]
pub(in crate::distributions) fn ln_normaliser<D: Scalar>(freedom: D) -> D {
    if freedom < SEVERAL {
        return ((freedom + 1.0) * 0.5).ln_gamma() - (freedom * 0.5).ln_gamma() - (freedom * PI).ln() * 0.5;
    }
    odd_powers(freedom, |n, euler| euler / (2.0 * n)) - LN_SQRT_TAU
}

/// z²/ν from which on z² is not formed: long before it overflows, and beyond all but one observation in 10⁸ degrees of freedom.
const LARGE: f64 = 1e16;

/// (ν + 1)/2 · ln(1 + z²/ν).
///
/// With w = z²/ν that is z²/2 · (1 + 1/ν) · ln(1 + w)/w, whose derivative with respect to ν has no terms that cancel; for large ν
/// and small w the last factor is its Taylor polynomial. For large w, ln(1 + w) is 2 ln|x − μ| − 2 ln σ − ln ν + ln(1 + 1/w),
/// which neither overflows nor loses digits of the derivatives.
#[inline]
fn ln_kernel<D: Scalar>(residual: D, scale: D, freedom: D) -> D {
    let z = residual / scale;
    let w = z * z / freedom;
    if w > LARGE {
        let inverse = scale / residual;
        let ln_z = residual.abs().ln() - scale.ln();
        (freedom + 1.0) * (ln_z + ((freedom * inverse * inverse).ln_1p() - freedom.ln()) * 0.5)
    } else if freedom >= MANY && w < 1.0 / 64.0 {
        let ratio = (0..13).rev().fold(D::from(0.0), |sum, k| -sum * w + 1.0 / f64::from(k + 1));
        z * z * 0.5 * (freedom.recip() + 1.0) * ratio
    } else {
        (freedom + 1.0) * 0.5 * w.ln_1p()
    }
}

/// Σ c(n, Eₙ(0))/νⁿ over n = 1, 3, 5, …
#[inline]
fn odd_powers<D: Scalar>(freedom: D, coefficient: impl Fn(f64, f64) -> f64) -> D {
    let (mut n, mut sum) = (2.0 * EULER.len() as f64 - 1.0, D::from(0.0));
    let inverse = freedom.recip();
    let square = inverse * inverse;
    for &euler in EULER.iter().rev() {
        sum = sum * square + coefficient(n, euler);
        n -= 2.0;
    }
    sum * inverse
}

impl SampleSpace for StudentT {
    fn support(&self, _theta: &[f64; 3]) -> Support {
        Support::real()
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().quantile().distribution_function().entropy().fisher_rao()
    }
}

impl Sampler for StudentT {
    fn sample<R: rand::Rng + ?Sized>(&self, &[location, scale, freedom]: &[f64; 3], rng: &mut R) -> f64 {
        // Fails only outside the domain of the parameters, where there is nothing to draw.
        rand_distr::StudentT::new(freedom)
            .map_or(f64::NAN, |standard| location + scale * rand_distr::Distribution::sample(&standard, rng))
    }
}

impl Quantile for StudentT {
    /// ν/(ν + z²) is beta with shapes ν/2 and ½, and its lower tail is both tails of z.
    fn quantile(&self, &[location, scale, freedom]: &[f64; 3], u: &[f64]) -> f64 {
        let tail = u[0].min(1.0 - u[0]);
        let logit = logit_beta_quantile(0.5 * freedom, 0.5, 2.0 * tail, 1.0 - 2.0 * tail);
        let z = freedom.sqrt() * (-0.5 * logit).exp();
        if u[0] < 0.5 { location - scale * z } else { location + scale * z }
    }
}

impl ClosedForm for StudentT {
    fn information<D: Scalar>(&self, &[_, scale, freedom]: &[D; 3]) -> [[D; 3]; 3] {
        let zero = D::from(0.0);
        let precision = scale.powi(-2) / (freedom + 3.0);
        let cross = ((freedom + 1.0) * (freedom + 3.0) * scale).recip() * -2.0;
        [
            [precision * (freedom + 1.0), zero, zero],
            [zero, precision * freedom * 2.0, cross],
            [zero, cross, freedom_information(freedom)],
        ]
    }
}

/// The entry I_νν.
///
/// The first term is Σₖ (−1)ᵏ/(ν + k)², hence by Boole's summation ½ν⁻² + ½ν⁻³ − Σₙ ½(n + 1) Eₙ(0) ν⁻ⁿ⁻² over n = 3, 5,
/// …; its first two terms less the fraction are (7ν + 3)/(2ν³(ν + 1)(ν + 3)). Below [`MANY`], two terms of the sum and
/// the change of the fraction are taken together at a time: I_νν(ν) − I_νν(ν + 2) is
/// 2(14ν² + 33ν + 15)/(ν²(ν + 1)²(ν + 2)(ν + 3)(ν + 5)).
pub(in crate::distributions) fn freedom_information<D: Scalar>(mut freedom: D) -> D {
    let mut sum = D::from(0.0);
    while freedom > 0.0 && freedom < MANY {
        let [one, two, three, five] = [1.0, 2.0, 3.0, 5.0].map(|k| freedom + k);
        let numerator = (freedom * 14.0 + 33.0) * freedom + 15.0;
        sum += numerator * 2.0 / ((freedom * one).powi(2) * two * three * five);
        freedom += 2.0;
    }
    let denominator = freedom * (freedom + 1.0) * (freedom + 3.0) * 2.0;
    let series = odd_powers(freedom, |n, euler| if n > 1.0 { -0.5 * (n + 1.0) * euler } else { 0.0 });
    sum + freedom.powi(-2) * ((freedom * 7.0 + 3.0) / denominator + series)
}

/// ln F at location + residual.
///
/// Near the middle F = ½ + z f(z) Σ ((ν + 1)/2)ₙ/(3/2)ₙ rⁿ with r = z²/(ν + z²) and f the density for σ = 1
/// (DLMF 8.17.8); elsewhere the smaller tail is ½ I₁₋ᵣ(ν/2, ½).
fn ln_lower<D: Scalar>(residual: D, scale: D, freedom: D) -> D {
    const NEGLIGIBLE: f64 = 1e-18;

    let z = residual / scale;
    let square = z * z;
    let half = freedom * 0.5;
    if square < 1.0 && square < freedom {
        let r = square / (square + freedom);
        let (mut term, mut sum, mut n) = (D::from(1.0), D::from(1.0), 0.0);
        while term > sum * NEGLIGIBLE {
            term *= r * (half + 0.5 + n) / (1.5 + n);
            sum += term;
            n += 1.0;
        }
        return (z * (ln_normaliser(freedom) - ln_kernel(residual, scale, freedom)).exp() * sum + 0.5).ln();
    }
    // z² may overflow.
    let logit = freedom.ln() + (scale.ln() - residual.abs().ln()) * 2.0;
    let ln_tail =
        ln_regularized_beta(logit.logistic(), logit.ln_logistic(), (-logit).logistic(), half, D::from(0.5)) - LN_2;
    if z < 0.0 { ln_tail } else { ln_tail.ln_1m_exp() }
}

impl DistributionFunction for StudentT {
    fn ln_cdf<D: Scalar>(&self, &[location, scale, freedom]: &[D; 3], &x: &D) -> D {
        ln_lower(x - location, scale, freedom)
    }

    fn ln_survival<D: Scalar>(&self, &[location, scale, freedom]: &[D; 3], &x: &D) -> D {
        ln_lower(location - x, scale, freedom)
    }
}

impl Entropy for StudentT {
    fn entropy<D: Scalar>(&self, &[_, scale, freedom]: &[D; 3]) -> D {
        // E ln(1 + z²/ν) = ψ((ν + 1)/2) − ψ(ν/2)
        let mean = digamma_quotient(freedom * 0.5, D::from(0.5)) * 0.5;
        scale.ln() - ln_normaliser(freedom) + (freedom + 1.0) * 0.5 * mean
    }
}

/// For known degrees of freedom, as in a half-plane.
impl FisherRao for StudentT {
    fn distance<D: Scalar>(&self, theta: &[D; 3], other: &[D; 3], free: &[bool]) -> Option<D> {
        let (&[location, scale, freedom], &[other_location, other_scale, _]) = (theta, other);
        let [location_is_free, scale_is_free, false] = *free else { return None };
        let plane = HalfPlane::orthogonal((freedom + 1.0) / (freedom + 3.0), freedom * 2.0 / (freedom + 3.0));
        plane.of_locations(&[location, scale], &[other_location, other_scale], &[location_is_free, scale_is_free])
    }
}
