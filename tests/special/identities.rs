//! Identities between special functions, over random arguments.

use fisher_information::scalar::{Scalar, log_sum_exp};
use num_dual::{Dual, Dual2SVec, DualNum};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A few roundings of numbers of the size compared: the functions' own error bounds are near 10⁻¹⁴.
const FEW_ROUNDINGS: f64 = 1e-13;

/// Added to scales: numbers below 10⁻³⁰⁸ have few digits, which a tolerance of 10⁻¹³ must not ask for.
const SUBNORMAL: f64 = 1e-290;

/// The incomplete functions of shape up to 100: their own errors are near 10⁻¹³, two of which are compared.
const INCOMPLETE: f64 = 1e-12;

/// Asserts |left − right| ≤ tolerance·scale.
fn close(left: f64, right: f64, scale: f64, tolerance: f64) -> Result<(), TestCaseError> {
    prop_assert!((left - right).abs() <= tolerance * scale, "{left:e} against {right:e}, scale {scale:e}");
    Ok(())
}

/// Numbers of very different sizes: 10ˡ with l uniform.
fn sizes(lowest: f64, highest: f64) -> impl Strategy<Value = f64> {
    (lowest..highest).prop_map(|l| 10_f64.powf(l))
}

proptest! {
    // A fixed stream of arguments: a run that fails fails again. PROPTEST_CASES asks for more than these.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.max(2000),
        rng_seed: RngSeed::Fixed(1925),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// ψₙ(x + 1) = ψₙ(x) + (−1)ⁿ n!/xⁿ⁺¹
    #[test]
    fn polygamma_recurrence(x in sizes(-6.0, 6.0), n in 0_u32..9) {
        // x + 1 is rounded: the derivative of the left side times that error is part of the scale.
        let up = x + 1.0;
        let step = (1..=n).fold(1.0 / x, |step, k| -step * f64::from(k) / x);
        let (left, right) = (up.polygamma(n), x.polygamma(n) + step);
        let scale = x.polygamma(n).abs() + step.abs() + (up.polygamma(n + 1) * up).abs();
        close(left, right, scale, FEW_ROUNDINGS)?;
    }

    /// Γ(x) Γ(x + ½) = 2¹⁻²ˣ √π Γ(2x), in logarithms, with the derivative.
    #[test]
    fn duplication_formula(x in sizes(-6.0, 6.0)) {
        let x = Dual::new(x, 1.0);
        let left = x.ln_gamma() + (x + 0.5).ln_gamma();
        let right = (x * 2.0).ln_gamma() + (-x * 2.0 + 1.0) * 2_f64.ln() + 0.5 * std::f64::consts::PI.ln();
        let scale = (x * 2.0).ln_gamma();
        close(left.re, right.re, scale.re.abs() + x.re + 1.0, FEW_ROUNDINGS)?;
        close(left.eps, right.eps, scale.eps.abs() + 1.0, FEW_ROUNDINGS)?;
    }

    /// B(a, b) = B(a + 1, b) + B(a, b + 1), and B(a + 1, b) = B(a, b) a/(a + b)
    #[test]
    fn beta_recurrences(a in sizes(-6.0, 6.0), b in sizes(-6.0, 6.0)) {
        let (left, raised) = (a.ln_beta(b), (a + 1.0).ln_beta(b));
        // Rounding a + 1 changes ln B by up to ln(1 + b/a) roundings of a.
        let scale = left.abs() + raised.abs() + 1.0 + a * (b / a).ln_1p();
        close(raised - left, -(b / a).ln_1p(), scale, FEW_ROUNDINGS)?;
        let sum = log_sum_exp(&[raised, a.ln_beta(b + 1.0)]);
        close(sum, left, scale + b * (a / b).ln_1p(), FEW_ROUNDINGS)?;
    }

    #[test]
    fn beta_is_symmetric(a in sizes(-9.0, 9.0), b in sizes(-9.0, 9.0)) {
        prop_assert_eq!(a.ln_beta(b), b.ln_beta(a));
    }

    /// erf(x) + erfc(x) = 1, erf is odd, and erfc is twice a normal tail.
    #[test]
    fn error_functions(x in -6.0..6.0_f64) {
        close(x.erf() + x.erfc(), 1.0, 1.0, FEW_ROUNDINGS)?;
        prop_assert_eq!((-x).erf(), -x.erf());
        let tail = (-x * std::f64::consts::SQRT_2).ln_norm_cdf().exp() * 2.0;
        // Rounding the argument costs 2x² roundings.
        close(x.erfc(), tail, tail * (1.0 + x * x), FEW_ROUNDINGS)?;
    }

    /// Φ(x) + Φ(−x) = 1, and λ′ = −λ(x + λ) for λ = d/dx ln Φ.
    #[test]
    fn normal_distribution(x in -30.0..30.0_f64) {
        close(log_sum_exp(&[x.ln_norm_cdf(), (-x).ln_norm_cdf()]), 0.0, 1.0, FEW_ROUNDINGS)?;
        let y = num_dual::Dual2::new(x, 1.0, 0.0).ln_norm_cdf();
        close(y.v2, -y.v1 * (x + y.v1), y.v1 * (x.abs() + y.v1) + SUBNORMAL, FEW_ROUNDINGS)?;
    }

    /// p + q = 1; p′ = pq; ln(1 + eˣ) = −ln q; ln(1 − p) = ln q.
    #[test]
    fn logistic_relations(x in -700.0..700.0_f64) {
        let (p, q) = (Dual::new(x, 1.0).logistic(), (-x).logistic());
        close(p.re + q, 1.0, 1.0, FEW_ROUNDINGS)?;
        close(p.eps, p.re * q, p.eps, FEW_ROUNDINGS)?;
        close(x.ln_1p_exp(), -(-x).ln_logistic(), x.ln_1p_exp(), FEW_ROUNDINGS)?;
        close(x.ln_logistic().exp(), p.re, p.re * (1.0 + x.abs()), FEW_ROUNDINGS)?;
        if x < 36.0 {
            close(p.re.logit(), x, 1.0 + x.abs() + q.recip(), FEW_ROUNDINGS)?;
        }
        if x < 0.0 {
            // d/dx ln(1 − eˣ) = −eˣ/(1 − eˣ), and both logarithms add up to ln(1 − e²ˣ).
            let sum = x.ln_1p_exp() + x.ln_1m_exp();
            close(sum, (2.0 * x).ln_1m_exp(), x.exp() + sum.abs(), FEW_ROUNDINGS)?;
        }
    }

    /// Riccati's equation A′ = 1 − A/x − A² for A = I₁/I₀; ln I₀ is even, A odd.
    #[test]
    fn bessel_ratio_equation(x in sizes(-3.0, 4.0)) {
        let a = Dual::new(x, 1.0).bessel_ratio();
        close(a.eps, 1.0 - a.re / x - a.re * a.re, 1.0, FEW_ROUNDINGS)?;
        prop_assert_eq!((-x).ln_bessel_i0(), x.ln_bessel_i0());
        // How far the continued fraction is followed depends on the number of derivatives.
        close((-x).bessel_ratio(), -a.re, a.re, FEW_ROUNDINGS)?;
        prop_assert_eq!(Dual::new(-x, 1.0).bessel_ratio().eps, a.eps);
        close(Dual::new(x, 1.0).ln_bessel_i0().eps, a.re, a.re, FEW_ROUNDINGS)?;
    }

    /// P + Q = 1, dP/dx = xᵃ⁻¹ e⁻ˣ/Γ(a), and P(a + 1, x) = P(a, x) − xᵃ e⁻ˣ/Γ(a + 1) with its derivative in a.
    #[test]
    fn incomplete_gamma_relations(a in sizes(-3.0, 2.0), ratio in sizes(-2.0, 1.0)) {
        let x = a * ratio;
        let shape = Dual2SVec::<f64, 2>::from_re(a).derivative(0);
        let at = Dual2SVec::<f64, 2>::from_re(x).derivative(1);
        let (p, q) = (shape.regularized_gamma_p(at), shape.regularized_gamma_q(at));
        close(p.re + q.re, 1.0, 1.0, INCOMPLETE)?;
        let density = (at.ln() * (shape - 1.0) - at - shape.ln_gamma()).exp();
        let (slope, slopes) = (p.v1.0.unwrap(), p.v2.0.unwrap());
        // The density on the right is itself exact to a few roundings of its exponent only.
        let exponent = 1.0 + x + a * x.ln().abs() + a.ln_gamma().abs();
        close(slope[1], density.re, density.re * exponent, FEW_ROUNDINGS)?;
        let changes = density.v1.0.unwrap();
        close(slopes[(0, 1)], changes[0], exponent * (changes[0].abs() + density.re), INCOMPLETE)?;
        close(slopes[(1, 1)], changes[1], exponent * (changes[1].abs() + density.re * a.sqrt() / x), INCOMPLETE)?;
        let step = (at.ln() * shape - at - (shape + 1.0).ln_gamma()).exp();
        let left = (shape + 1.0).regularized_gamma_p(at);
        close(left.re, p.re - step.re, exponent, FEW_ROUNDINGS)?;
        close(left.v1.0.unwrap()[0], slope[0] - step.v1.0.unwrap()[0], exponent * (1.0 + slope[0].abs()), INCOMPLETE)?;
    }

    /// I_x(a, b) + I₁₋ₓ(b, a) = 1, dI/dx = xᵃ⁻¹(1 − x)ᵇ⁻¹/B(a, b), and I_x(a, b) = x I_x(a − 1, b) + (1 − x) I_x(a, b − 1).
    #[test]
    fn incomplete_beta_relations(x in 1..1023_u32, a in sizes(-3.0, 2.0), b in sizes(-3.0, 2.0)) {
        let x = f64::from(x) / 1024.0; // 1 − x is exact
        let at = Dual::new(x, 1.0);
        let i = at.regularized_beta(a.into(), b.into());
        let reflected = (-at + 1.0).regularized_beta(b.into(), a.into());
        close(i.re + reflected.re, 1.0, 1.0, INCOMPLETE)?;
        let exponent = (a - 1.0) * x.ln() + (b - 1.0) * (1.0 - x).ln() - a.ln_beta(b);
        let scale = 1.0 + a * x.ln().abs() + b * (1.0 - x).ln().abs() + a.ln_beta(b).abs();
        close(i.eps, exponent.exp(), exponent.exp() * scale, INCOMPLETE)?;
        close(reflected.eps, -i.eps, i.eps.abs() * scale + SUBNORMAL, INCOMPLETE)?;
        let (a, b) = (a + 1.0, b + 1.0);
        let parts = x * x.regularized_beta(a - 1.0, b) + (1.0 - x) * x.regularized_beta(a, b - 1.0);
        close(x.regularized_beta(a, b), parts, 1.0 + scale, INCOMPLETE)?;
    }

    /// The gradient of log-sum-exp is the softmax, whose entries add up to 1.
    #[test]
    fn log_sum_exp_gradient(x in prop::array::uniform3(-800.0..800.0_f64)) {
        let y = log_sum_exp::<Dual2SVec<f64, 3>>(&std::array::from_fn::<_, 3, _>(|i| Dual2SVec::from_re(x[i]).derivative(i)));
        let (gradient, hessian) = (y.v1.0.unwrap(), y.v2.0.unwrap());
        close(gradient.sum(), 1.0, 1.0, FEW_ROUNDINGS)?;
        for i in 0..3 {
            // A rounding of y.re costs as many roundings of its exponential.
            close(gradient[i], (x[i] - y.re).exp(), gradient[i] * (1.0 + y.re.abs()) + SUBNORMAL, FEW_ROUNDINGS)?;
            for j in 0..3 {
                let want = gradient[i] * (f64::from(u8::from(i == j)) - gradient[j]);
                close(hessian[(i, j)], want, gradient[i] + SUBNORMAL, FEW_ROUNDINGS)?;
            }
        }
    }
}
