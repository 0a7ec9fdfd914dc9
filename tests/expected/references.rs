//! Quadrature and summation against 25-digit matrices: right to 10⁻¹⁰ where double precision resolves the density, and
//! the reported error covers the true one everywhere.

use crate::reference::{self, Fisher};
use fisher_information::Error;
use fisher_information::distributions::*;
use fisher_information::expectation::Settings;
use fisher_information::information::{MatrixEstimate, Method, Regularity, moments};
use fisher_information::model::{ParameterSpace, SampleSpace};
use std::borrow::Borrow;
use std::num::NonZeroU32;

/// The largest error of an entry, relative to it, or to √(Iᵢᵢ Iⱼⱼ) for a structural zero.
const TARGET: f64 = 1e-10;

/// A difference of so many units in the last place is the rounding of the comparison itself.
const ROUNDING: f64 = 4.0 * f64::EPSILON;

/// Where mass that matters at 10⁻¹⁰ lies closer to an end of the support than doubles reach. Γ(1/32): below 10⁻³⁰⁸ lies
/// 2·10⁻¹⁰ of it, and as much of χ² with 1/16 degrees of freedom. Beta(·, 3/4): the numbers below 1 end at 1 − 10⁻¹⁶, with
/// 10⁻¹² beyond; Kumaraswamy(·, 1/4): with 10⁻⁴. Extreme values of negative shape end where doubles are as coarse.
const BLURRED: [&str; 6] = [
    "gamma_shape_rate/2",
    "chi_squared_dof/2",
    "beta_a_b/1",
    "kumaraswamy_a_b/3",
    "gev_mu_sigma_xi/2",
    "gpd_sigma_xi/1",
];

/// Where a visible part of the mass does.
const UNRESOLVED: [&str; 2] = ["gamma_shape_rate/4", "beta_a_b/2"];

/// The largest relative error of an entry; every error must be covered by the one reported.
fn compare(form: &MatrixEstimate, row: &Fisher) -> f64 {
    let size = row.theta.len();
    let want = |i: usize, j: usize| row.matrix[i * size + j];
    let mut worst = 0.0_f64;
    for i in 0..size {
        for j in 0..size {
            let scale = if want(i, j) == 0.0 { (want(i, i) * want(j, j)).sqrt() } else { want(i, j).abs() };
            let (error, reported) = ((form.matrix[(i, j)] - want(i, j)).abs(), form.error[(i, j)]);
            assert!(
                error <= reported + ROUNDING * scale,
                "{}: entry ({i}, {j}) is off by {error:.1e}, reported {reported:.1e}",
                row.id
            );
            worst = worst.max(error / scale);
        }
    }
    worst
}

fn check<M: SampleSpace>(id: &str, model: impl Fn(&Fisher) -> M) {
    for row in reference::fisher(id) {
        let theta = M::Parameters::from_slice(&row.theta).unwrap();
        let moments = moments(&model(&row), theta.borrow(), Method::Automatic, &Settings::default());
        if UNRESOLVED.contains(&row.id.as_str()) {
            assert!(matches!(moments, Err(Error::Unresolved { missing }) if missing > 1e-3), "{}: {moments:?}", row.id);
            continue;
        }
        let moments = moments.unwrap_or_else(|refusal| panic!("{}: {refusal}", row.id));
        let worst = compare(&moments.outer_product, &row);
        assert!(worst <= TARGET || BLURRED.contains(&row.id.as_str()), "{}: off by {worst:.1e}", row.id);
        if id == "laplace_location_scale" {
            assert!(
                matches!(moments.regularity(), Regularity::HessianFails { ref row, .. } if row == "location"),
                "{}",
                moments.regularity()
            );
        } else {
            assert_eq!(moments.regularity(), Regularity::Regular, "{}", row.id);
            compare(&moments.hessian, &row);
        }
    }
}

/// The number of trials, or of ranks, that is known.
fn trials(row: &Fisher) -> NonZeroU32 {
    NonZeroU32::new(row.fixed[0] as u32).unwrap()
}

#[test]
fn every_reference_matrix_is_met() {
    check("normal_mu_sigma", |_| Normal);
    check("lognormal_mu_sigma", |_| LogNormal);
    check("exponential_rate", |_| Exponential);
    check("gamma_shape_rate", |_| Gamma);
    check("beta_a_b", |_| Beta);
    check("weibull_shape_scale", |_| Weibull);
    check("laplace_location_scale", |_| Laplace);
    check("cauchy_location_scale", |_| Cauchy);
    check("student_t_location_scale_dof", |_| StudentT);
    check("bernoulli_p", |_| Bernoulli);
    check("binomial_p", |row| Binomial::new(trials(row)));
    check("poisson_lambda", |_| Poisson);
    check("normal_mu_variance", |_| NormalVariance);
    check("gamma_shape_scale", |_| GammaScale);
    check("inverse_gamma_shape_scale", |_| InverseGamma);
    check("pareto_shape", |row| Pareto::new(row.fixed[0]).unwrap());
    check("logistic_location_scale", |_| Logistic);
    check("gumbel_max_location_scale", |_| Gumbel);
    check("kumaraswamy_a_b", |_| Kumaraswamy);
    check("chi_squared_dof", |_| ChiSquared);
    check("chi_dof", |_| Chi);
    check("rayleigh_scale", |_| Rayleigh);
    check("inverse_gaussian_mean_shape", |_| InverseGaussian);
    check("von_mises_mu_kappa", |_| VonMises);
    check("levy_scale", |row| Levy::new(row.fixed[0]).unwrap());
    check("fisher_snedecor_d1_d2", |_| FisherSnedecor);
    check("gev_mu_sigma_xi", |_| GeneralizedExtremeValue);
    check("gpd_sigma_xi", |_| GeneralizedPareto);
    check("skew_normal_xi_omega_alpha", |_| SkewNormal);
    check("geometric_p", |_| Geometric);
    check("negative_binomial_r_p", |_| NegativeBinomial);
    check("categorical3_p1_p2", |_| Categorical::<2>);
    check("multinomial3_p1_p2", |row| Multinomial::<2>::new(trials(row)));
    check("beta_binomial_a_b", |row| BetaBinomial::new(trials(row)));
    check("zero_inflated_poisson", |_| ZeroInflatedPoisson);
    check("zero_inflated_poisson", |_| ZeroInflated::new(Poisson));
    check("skellam_mu1_mu2", |_| Skellam);
    check("zeta_s", |_| Zeta);
    check("zipf_finite_s", |row| Zipf::new(trials(row)));
    check("dirichlet3", |_| Dirichlet::<3>);
    check("mvn2_mu_sigma_rho", |_| BivariateNormal);
}
