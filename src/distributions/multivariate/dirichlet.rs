//! The Dirichlet distribution.

use crate::distributions::numerics::deviance::{LARGE, ln_gamma_kernel};
use crate::distributions::numerics::gamma_power::log_gamma_entropy;
use crate::distributions::numerics::ln_gamma_tangent::ln_beta_above_tangent;
use crate::distributions::numerics::polygamma_quotient::trigamma_quotient;
use crate::model::{
    Capabilities, ClosedForm, Entropy, ExponentialFamily, Fixed, KullbackLeibler, LogLikelihood, Parameter,
    SampleSpace, Sampler, Support, symbol,
};
use crate::scalar::Scalar;

/// Dirichlet distribution with concentrations α₁, …, α_K > 0, on the vectors of K positive numbers that sum to 1; here for
/// K = 3, with a density in the first two of them:
///
/// ```math
/// \begin{aligned}
/// f(x, y, z; \alpha_1, \alpha_2, \alpha_3) &= \frac{\Gamma(\alpha_0)}{\Gamma(\alpha_1)\, \Gamma(\alpha_2)\, \Gamma(\alpha_3)}\,
///     x^{\alpha_1-1} y^{\alpha_2-1} z^{\alpha_3-1}, \qquad \alpha_0 = \alpha_1 + \alpha_2 + \alpha_3 \\
/// I(\alpha_1, \alpha_2, \alpha_3) &= \begin{pmatrix}
///     \psi_1(\alpha_1) - \psi_1(\alpha_0) & -\psi_1(\alpha_0) & -\psi_1(\alpha_0) \\
///     -\psi_1(\alpha_0) & \psi_1(\alpha_2) - \psi_1(\alpha_0) & -\psi_1(\alpha_0) \\
///     -\psi_1(\alpha_0) & -\psi_1(\alpha_0) & \psi_1(\alpha_3) - \psi_1(\alpha_0)
/// \end{pmatrix}
/// \end{aligned}
/// ```
///
/// The number of parts is a constant of the type, so that parameters, observations and matrices are arrays: `Dirichlet<2>` is
/// the beta distribution of the first part. An observation has all K parts; where their sum differs from 1 by more than 10⁻⁹
/// the density is 0.
///
/// If a concentration is much less than 1, draws may be smaller than every positive `f64` and come out as 0, outside the
/// support.
///
/// Source: Kotz, Balakrishnan and Johnson, *Continuous Multivariate Distributions* 1, 2nd ed. (2000), chapter 49.
#[derive(Clone, Copy, Debug)]
pub struct Dirichlet<const K: usize>;

/// By how much the sum of the parts may differ from 1, from rounding.
const SUM: f64 = 1e-9;

/// Σₖ αₖ
fn sum<D: Scalar>(concentrations: &[D]) -> D {
    concentrations.iter().copied().sum()
}

/// The sum of all but one.
fn sum_of_others<D: Scalar>(concentrations: &[D], one: usize) -> D {
    sum(&concentrations[..one]) + sum(&concentrations[one + 1..])
}

/// ln B(α₁, …, α_K) = Σₖ ln Γ(αₖ) − ln Γ(Σₖ αₖ) = Σₖ ln B(αₖ, αₖ₊₁ + … + α_K). With the largest last no derivative cancels: the
/// mixed ones are differences of ψ₁ at sums that all contain it.
fn ln_multivariate_beta<D: Scalar, const K: usize>(concentrations: &[D; K]) -> D {
    let mut ordered = *concentrations;
    for k in 1..K {
        if ordered[k] < ordered[k - 1] {
            ordered.swap(k - 1, k);
        }
    }
    (1..K).map(|k| ordered[k - 1].ln_beta(sum(&ordered[k..]))).sum()
}

impl<const K: usize> LogLikelihood for Dirichlet<K> {
    type Parameters = Fixed<K>;
    type Observation = [f64; K];

    #[inline(always)]
    fn ln_likelihood<D: Scalar>(&self, concentrations: &[D; K], x: &[D; K]) -> D {
        if x.iter().any(|x| *x <= 0.0) || (sum(x) - 1.0).abs() > SUM {
            return D::from(f64::NEG_INFINITY);
        }
        if concentrations.iter().filter(|a| **a >= LARGE).count() < 2 {
            let powers: D = concentrations.iter().zip(x).map(|(&a, x)| (a - 1.0) * x.ln()).sum();
            return powers - ln_multivariate_beta(concentrations);
        }
        // Independent gammas, given that their sum is the sum of the shapes. That x sums to 1 is used for the value, but not for
        // derivatives with respect to x.
        let (total, whole) = (sum(concentrations), sum(x));
        let parts: D = concentrations.iter().zip(x).map(|(&a, &x)| ln_gamma_kernel(total * x, a) - x.ln()).sum();
        parts - ln_gamma_kernel(total, total) + total * (whole - whole.re())
    }

    fn parameters(&self) -> Vec<Parameter> {
        symbol::numbered("α", (1..=K).map(|k| Parameter::positive(format!("concentration {k}"))))
    }
}

impl<const K: usize> SampleSpace for Dirichlet<K> {
    fn support(&self, _theta: &[f64; K]) -> Support {
        Support::simplex(K)
    }

    fn capabilities(&self) -> Capabilities<Self> {
        Capabilities::none().closed_form().sampler().entropy().divergence()
    }
}

impl<const K: usize> Sampler for Dirichlet<K> {
    /// Gammas over their sum, as logarithms, since a gamma of small shape a is G U^{1/a} with a gamma G of shape a + 1.
    fn sample<R: rand::Rng + ?Sized>(&self, concentrations: &[f64; K], rng: &mut R) -> [f64; K] {
        let ln_gammas = concentrations.map(|a| {
            // Outside the domain of the parameters there is nothing to draw.
            let Some(Ok(gamma)) = (a > 0.0).then(|| rand_distr::Gamma::new(a + 1.0, 1.0)) else { return f64::NAN };
            let raised: f64 = rand_distr::Distribution::sample(&gamma, rng);
            let exponential: f64 = rand_distr::Distribution::sample(&rand_distr::Exp1, rng);
            raised.ln() - exponential / a
        });
        let top = ln_gammas.into_iter().fold(f64::NEG_INFINITY, f64::max);
        let total: f64 = ln_gammas.iter().map(|ln_gamma| (ln_gamma - top).exp()).sum();
        ln_gammas.map(|ln_gamma| (ln_gamma - top).exp() / total)
    }
}

impl<const K: usize> ClosedForm for Dirichlet<K> {
    fn information<D: Scalar>(&self, concentrations: &[D; K]) -> [[D; K]; K] {
        let cross = -sum(concentrations).polygamma(1);
        let mut information = [[cross; K]; K];
        for (k, row) in information.iter_mut().enumerate() {
            let others = sum_of_others(concentrations, k);
            row[k] = trigamma_quotient(concentrations[k], others) * others;
        }
        information
    }
}

impl<const K: usize> Entropy for Dirichlet<K> {
    fn entropy<D: Scalar>(&self, concentrations: &[D; K]) -> D {
        let total = sum(concentrations);
        let parts: D = concentrations.iter().map(|&a| log_gamma_entropy(a) + a.digamma() - total.digamma()).sum();
        parts - log_gamma_entropy(total)
    }
}

impl<const K: usize> KullbackLeibler for Dirichlet<K> {
    fn divergence<D: Scalar>(&self, concentrations: &[D; K], other: &[D; K]) -> D {
        ln_beta_above_tangent(concentrations, other)
    }
}

/// The natural parameters are the concentrations, the statistics ln xₖ, and h(x) = 1/Π xₖ.
impl<const K: usize> ExponentialFamily for Dirichlet<K> {
    fn sufficient_statistic<D: Scalar>(&self, x: &[D; K]) -> [D; K] {
        x.map(|x| x.ln())
    }

    fn natural<D: Scalar>(&self, concentrations: &[D; K]) -> [D; K] {
        *concentrations
    }

    fn from_natural<D: Scalar>(&self, eta: &[D; K]) -> [D; K] {
        *eta
    }

    fn ln_partition<D: Scalar>(&self, eta: &[D; K]) -> D {
        ln_multivariate_beta(eta)
    }

    fn mean_value<D: Scalar>(&self, concentrations: &[D; K]) -> [D; K] {
        let total = sum(concentrations).digamma();
        concentrations.map(|a| a.digamma() - total)
    }

    fn natural_parameters(&self) -> Vec<Parameter> {
        self.parameters()
    }
}
