//! The closed forms against 25-digit matrices, in other coordinates, and differentiated.

use crate::reference::{self, Fisher};
use fisher_information::distributions::*;
use fisher_information::model::{
    ClosedForm, CoordinateMap, Elementwise, Fixed, Link, LogLikelihood, Parameter, ParameterSpace, Reparametrised,
    SampleSpace, Sampler,
};
use fisher_information::scalar::Scalar;
use num_dual::Dual64;
use std::borrow::Borrow;
use std::num::NonZeroU32;

/// The largest relative error of an entry, where the reference is correct to 25 digits.
const CLOSED_FORM: f64 = 1e-13;

/// The largest error of an entry, relative to it; structural zeros relative to √(Iᵢᵢ Iⱼⱼ).
fn worst_error(got: impl Fn(usize, usize) -> f64, row: &Fisher) -> f64 {
    let size = row.theta.len();
    let want = |i: usize, j: usize| row.matrix[i * size + j];
    let mut worst = 0.0_f64;
    for i in 0..size {
        for j in 0..size {
            let scale = if want(i, j) == 0.0 { (want(i, i) * want(j, j)).sqrt() } else { want(i, j).abs() };
            let error = (got(i, j) - want(i, j)).abs() / scale;
            assert!(
                error <= CLOSED_FORM,
                "{} at {:?}: entry ({i}, {j}) is {} for {}, relative error {error:.1e}",
                row.id,
                row.theta,
                got(i, j),
                want(i, j)
            );
            worst = worst.max(error);
        }
    }
    worst
}

/// The closed form of a model at every reference point.
fn check<M: ClosedForm>(id: &str, model: impl Fn(&Fisher) -> M) {
    let worst = reference::fisher(id).into_iter().map(|row| {
        let theta = M::Parameters::from_slice(&row.theta).unwrap();
        let matrix = model(&row).information::<f64>(theta.borrow());
        worst_error(|i, j| M::Parameters::entry(&matrix, i, j), &row)
    });
    println!("{id}: {:.1e}", worst.fold(0.0, f64::max));
}

#[test]
fn all_families_agree_with_the_reference() {
    check("normal_mu_sigma", |_| Normal);
    check("lognormal_mu_sigma", |_| LogNormal);
    check("exponential_rate", |_| Exponential);
    check("gamma_shape_rate", |_| Gamma);
    check("beta_a_b", |_| Beta);
    check("weibull_shape_scale", |_| Weibull);
    check("laplace_location_scale", |_| Laplace);
    check("cauchy_location_scale", |_| Cauchy);
    check("student_t_location_scale_dof", |_| StudentT);
    check("pareto_shape", |row| Pareto::new(row.fixed[0]).unwrap());
    check("logistic_location_scale", |_| Logistic);
    check("gumbel_max_location_scale", |_| Gumbel);
    check("gev_mu_sigma_xi", |_| GeneralizedExtremeValue);
    check("gpd_sigma_xi", |_| GeneralizedPareto);
    check("fisher_snedecor_d1_d2", |_| FisherSnedecor);
    check("kumaraswamy_a_b", |_| Kumaraswamy);
    check("von_mises_mu_kappa", |_| VonMises);
    check("bernoulli_p", |_| Bernoulli);
    check("binomial_p", |row| Binomial::new(NonZeroU32::new(row.fixed[0] as u32).unwrap()));
    check("poisson_lambda", |_| Poisson);
    check("geometric_p", |_| Geometric);
    check("zero_inflated_poisson", |_| ZeroInflatedPoisson);
    check("zeta_s", |_| Zeta);
    check("zipf_finite_s", |row| Zipf::new(NonZeroU32::new(row.fixed[0] as u32).unwrap()));
    check("categorical3_p1_p2", |_| Categorical::<2>);
    check("multinomial3_p1_p2", |row| Multinomial::<2>::new(NonZeroU32::new(row.fixed[0] as u32).unwrap()));
    check("dirichlet3", |_| Dirichlet::<3>);
    check("mvn2_mu_sigma_rho", |_| BivariateNormal);
    check("normal_mu_variance", |_| NormalVariance);
    check("gamma_shape_scale", |_| GammaScale);
    check("inverse_gamma_shape_scale", |_| InverseGamma);
    check("chi_dof", |_| Chi);
    check("chi_squared_dof", |_| ChiSquared);
    check("rayleigh_scale", |_| Rayleigh);
    check("levy_scale", |row| Levy::new(row.fixed[0]).unwrap());
    check("inverse_gaussian_mean_shape", |_| InverseGaussian);
}

/// θ = (μ, √v) from (μ, v).
struct Variance;

impl CoordinateMap<Fixed<2>> for Variance {
    fn map<D: Scalar>(&self, &[mean, variance]: &[D; 2]) -> [D; 2] {
        [mean, variance.sqrt()]
    }

    fn parameters(&self, mut original: Vec<Parameter>) -> Vec<Parameter> {
        original[1] = Parameter::positive("variance");
        original
    }
}

/// (α, β) = (α, 1/θ) from shape α and scale θ.
struct Scale;

impl CoordinateMap<Fixed<2>> for Scale {
    fn map<D: Scalar>(&self, &[shape, scale]: &[D; 2]) -> [D; 2] {
        [shape, scale.recip()]
    }

    fn parameters(&self, mut original: Vec<Parameter>) -> Vec<Parameter> {
        original[1] = Parameter::positive("scale");
        original
    }
}

/// Jᵀ I J at every reference point of the other parametrisation.
fn check_in_other_coordinates<M, T>(id: &str, new: &Reparametrised<M, T>)
where
    M: ClosedForm<Parameters = Fixed<2>>,
    T: CoordinateMap<Fixed<2>>,
{
    for row in reference::fisher(id) {
        let phi: [f64; 2] = row.theta.clone().try_into().unwrap();
        let metric = new.model.information(&new.map.map(&phi));
        let jacobian = new.jacobian(&phi);
        let pulled_back = |i: usize, j: usize| {
            let term = |k: usize, l: usize| jacobian[k][i] * metric[k][l] * jacobian[l][j];
            term(0, 0) + term(0, 1) + term(1, 0) + term(1, 1)
        };
        worst_error(pulled_back, &row);
    }
}

#[test]
fn variance_and_scale_are_coordinates_of_the_author() {
    check_in_other_coordinates("normal_mu_variance", &Reparametrised::new(Normal, Variance));
    check_in_other_coordinates("gamma_shape_scale", &Reparametrised::new(Gamma, Scale));
}

#[test]
fn links_pull_the_metric_back() {
    fn close(got: f64, want: f64) {
        assert!((got - want).abs() <= 1e-14 * want.abs(), "{got} for {want}");
    }

    // I(ln λ) = λ² I(λ) = 1, I(logit p) = p(1 − p), I(√λ) = 4λ I(λ) = 4: by hand.
    let log = Reparametrised::new(Exponential, Elementwise(vec![Link::Log]));
    close(log.information(&[-2.3])[0][0], 1.0);

    let logit = Reparametrised::new(Bernoulli, Elementwise(vec![Link::Logit]));
    let p = 1.0 / (1.0 + 3.0_f64.exp());
    close(logit.information(&[-3.0])[0][0], p * (1.0 - p));

    let root = Reparametrised::new(Poisson, Elementwise(vec![Link::SquareRoot]));
    close(root.information(&[1.7])[0][0], 4.0);

    // I(1/λ) = λ⁴ I(λ) = λ².
    let inverse = Reparametrised::new(Exponential, Elementwise(vec![Link::Inverse]));
    close(inverse.information(&[1.6])[0][0], 1.0 / 2.56);
    assert_eq!(inverse.parameters()[0].symbol, "1/λ");
    assert!(inverse.parameters()[0].domain.contains(1e9) && !inverse.parameters()[0].domain.contains(-1.0));

    // Shape as it is, logarithm of the rate: ψ₁(α), −1, α.
    let mixed = Reparametrised::new(Gamma, Elementwise(vec![Link::Identity, Link::Log]));
    let [[shape, cross], [_, rate]] = mixed.information(&[2.5, 0.7]);
    close(shape, Gamma.information(&[2.5, 1.0])[0][0]);
    close(cross, -1.0);
    close(rate, 2.5);
}

/// Derivatives of the closed form by dual numbers against differences of it.
struct Differentiated;

/// Differences of the fourth order with a step of 2·10⁻⁵ of the parameter: rounding 10⁻¹¹ and truncation 10⁻¹⁹ of the entry,
/// times constants, which are large where a covariance matrix is nearly singular; entries that vanish at the point are compared on the scale of √(Iᵢᵢ Iⱼⱼ).
const DIFFERENCES: f64 = 1e-8;

impl Visitor for Differentiated {
    fn visit<M>(&mut self, _: &'static str, _: &M, _: &[&[f64]])
    where
        M: SampleSpace + Sampler + Clone + Send + 'static,
    {
    }

    fn visit_closed_form<M>(&mut self, family: &'static str, model: &M, points: &[&[f64]])
    where
        M: SampleSpace + Sampler + ClosedForm + Clone + Send + 'static,
    {
        for &theta in points {
            let value = |t: &[f64]| model.information::<f64>(M::Parameters::from_slice(t).unwrap().borrow());
            let entry = |m: &_, i, j| M::Parameters::entry::<f64>(m, i, j);
            let metric = value(theta);
            for k in 0..theta.len() {
                let seeded =
                    M::Parameters::build(theta.len(), |i| Dual64::new(theta[i], if i == k { 1.0 } else { 0.0 }));
                let dual = model.information(seeded.borrow());
                let scale = if theta[k] == 0.0 { 1.0 } else { theta[k].abs() };
                // A parameter near an end of its domain may move by its distance from it.
                let domain = model.parameters()[k].domain;
                let room = (domain.upper - theta[k]).min(theta[k] - domain.lower);
                let step = 2e-5 * scale.min(room);
                let moved = |by: f64| {
                    let mut t = theta.to_vec();
                    t[k] += by;
                    value(&t)
                };
                let [up, down, up_twice, down_twice] = [step, -step, 2.0 * step, -2.0 * step].map(moved);
                for i in 0..theta.len() {
                    for j in 0..theta.len() {
                        let near = entry(&up, i, j) - entry(&down, i, j);
                        let far = entry(&up_twice, i, j) - entry(&down_twice, i, j);
                        let difference = (8.0 * near - far) / (12.0 * step);
                        let exact = M::Parameters::entry(&dual, i, j).eps;
                        let size = (entry(&metric, i, i) * entry(&metric, j, j)).sqrt() / scale.min(room);
                        assert!(
                            (exact - difference).abs() <= DIFFERENCES * size.max(exact.abs()),
                            "{family} at {theta:?}: ∂I({i}, {j})/∂θ{k} is {exact}, by differences {difference}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn closed_forms_can_be_differentiated() {
    visit_all(&mut Differentiated);
}

#[test]
fn the_series_join_the_formulas() {
    // Student's t changes formula at ν = 32; so value and derivative on both sides differ only by the step.
    let entry = |nu: f64| {
        StudentT.information(&[0.0, 1.0, nu].map(Dual64::from).map(|d| if d.re == nu { d.derivative() } else { d }))[2]
            [2]
    };
    let (below, above) = (entry(32.0_f64.next_down()), entry(32.0));
    assert!((below.re / above.re - 1.0).abs() < 1e-12, "{below} and {above}");
    assert!((below.eps / above.eps - 1.0).abs() < 1e-12, "{below} and {above}");
}

#[test]
fn a_beta_shape_far_below_the_other_costs_no_digits() {
    // ψ₁(a) − ψ₁(a + b) → −ψ₂(a) b as b → 0, with a relative remainder ½ b ψ₃/ψ₂
    let (a, b) = (3.0_f64, 1e-17);
    let [[got, _], _] = Beta.information(&[a, b]);
    let want = -Scalar::polygamma(a, 2) * b;
    assert!((got / want - 1.0).abs() < 1e-14, "{got} for {want}");
}
