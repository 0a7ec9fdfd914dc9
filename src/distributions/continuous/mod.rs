//! Densities on the line.

mod beta;
mod burr;
mod cauchy;
mod chi;
mod chi_squared;
mod exponential;
mod fisher_snedecor;
mod frechet;
mod gamma;
mod gamma_scale;
mod generalized_extreme_value;
mod generalized_gamma;
mod generalized_pareto;
mod gompertz;
mod gumbel;
mod half_normal;
mod hyperbolic_secant;
mod inverse_gamma;
mod inverse_gaussian;
mod kumaraswamy;
mod laplace;
mod levy;
mod log_logistic;
mod log_normal;
mod logistic;
mod lomax;
mod maxwell;
mod nakagami;
mod normal;
mod normal_variance;
mod pareto;
mod rayleigh;
mod rice;
mod skew_normal;
mod student_t;
mod von_mises;
mod weibull;

pub use beta::Beta;
pub use burr::Burr;
pub use cauchy::Cauchy;
pub use chi::Chi;
pub use chi_squared::ChiSquared;
pub use exponential::Exponential;
pub use fisher_snedecor::FisherSnedecor;
pub use frechet::Frechet;
pub use gamma::Gamma;
pub use gamma_scale::GammaScale;
pub use generalized_extreme_value::GeneralizedExtremeValue;
pub use generalized_gamma::GeneralizedGamma;
pub use generalized_pareto::GeneralizedPareto;
pub use gompertz::Gompertz;
pub use gumbel::Gumbel;
pub use half_normal::HalfNormal;
pub use hyperbolic_secant::HyperbolicSecant;
pub use inverse_gamma::InverseGamma;
pub use inverse_gaussian::InverseGaussian;
pub use kumaraswamy::Kumaraswamy;
pub use laplace::Laplace;
pub use levy::Levy;
pub use log_logistic::LogLogistic;
pub use log_normal::LogNormal;
pub use logistic::Logistic;
pub use lomax::Lomax;
pub use maxwell::Maxwell;
pub use nakagami::Nakagami;
pub use normal::Normal;
pub use normal_variance::NormalVariance;
pub use pareto::Pareto;
pub use rayleigh::Rayleigh;
pub use rice::Rice;
pub use skew_normal::SkewNormal;
pub use student_t::StudentT;
pub(super) use student_t::{freedom_information, ln_normaliser};
pub use von_mises::VonMises;
pub use weibull::Weibull;

use super::Visitor;

/// Shows the families to a visitor.
pub(super) fn visit(visitor: &mut impl Visitor) {
    visitor.visit_closed_form("normal", &Normal, &[&[0.0, 1.0], &[-3.5, 0.25], &[1e6, 1e-3]]);
    visitor.visit_closed_form("lognormal", &LogNormal, &[&[0.0, 1.0], &[-2.0, 0.25], &[10.0, 8.0]]);
    visitor.visit_closed_form("exponential", &Exponential, &[&[1.0], &[4.5], &[1e-3]]);
    visitor.visit_closed_form("gamma", &Gamma, &[&[1.0, 1.0], &[2.5, 0.75], &[0.03125, 4.0]]);
    visitor.visit_closed_form("Weibull", &Weibull, &[&[1.0, 1.0], &[2.5, 3.0], &[0.125, 0.5]]);
    visitor.visit_closed_form("beta", &Beta, &[&[1.0, 1.0], &[2.5, 0.75], &[500.0, 2.0]]);
    visitor.visit_closed_form("Laplace", &Laplace, &[&[0.0, 1.0], &[-1.5, 0.25], &[1e3, 1e-3]]);
    visitor.visit_closed_form("Cauchy", &Cauchy, &[&[0.0, 1.0], &[-2.25, 0.25], &[5.0, 1e3]]);
    visitor.visit_closed_form("Student's t", &StudentT, &[&[0.0, 1.0, 3.0], &[1.5, 2.0, 0.5], &[-1.0, 0.5, 100.0]]);
    visitor.visit_closed_form("half-normal", &HalfNormal, &[&[1.0], &[0.25], &[1e6]]);
    visitor.visit_closed_form("normal, by variance", &NormalVariance, &[&[0.0, 1.0], &[-3.5, 0.0625], &[1e3, 1e6]]);
    visitor.visit_closed_form("gamma, by scale", &GammaScale, &[&[1.0, 1.0], &[2.5, 0.75], &[1000.0, 1e-3]]);
    visitor.visit_closed_form("inverse gamma", &InverseGamma, &[&[3.0, 1.0], &[0.75, 2.5], &[64.0, 1024.0]]);
    visitor.visit_closed_form(
        "generalised gamma",
        &GeneralizedGamma,
        &[&[1.0, 2.0, 1.0], &[2.5, 0.75, 3.0], &[0.5, 8.0, 1e3]],
    );
    visitor.visit_closed_form("chi", &Chi, &[&[1.0], &[4.5], &[1000.0]]);
    visitor.visit_closed_form("chi-squared", &ChiSquared, &[&[1.0], &[4.5], &[2000.0]]);
    visitor.visit_closed_form("Rayleigh", &Rayleigh, &[&[1.0], &[0.25], &[1e5]]);
    visitor.visit_closed_form("Maxwell", &Maxwell, &[&[1.0], &[0.25], &[1e5]]);
    visitor.visit_closed_form("Nakagami", &Nakagami, &[&[1.0, 1.0], &[2.5, 0.75], &[0.25, 1e3]]);
    visitor.visit_closed_form("Fréchet", &Frechet, &[&[1.0, 1.0], &[2.5, 3.0], &[0.125, 0.5]]);
    visitor.visit_closed_form("Lévy", &Levy::default(), &[&[1.0], &[0.0078125], &[4096.0]]);
    visitor.visit_closed_form("inverse Gaussian", &InverseGaussian, &[&[1.0, 1.0], &[2.5, 0.75], &[8.0, 0.015625]]);
    visitor.visit("Rice", &Rice, &[&[1.0, 1.0], &[6.0, 0.5], &[0.125, 2.0]]);
    visitor.visit_closed_form("logistic", &Logistic, &[&[0.0, 1.0], &[4.0, 0.0625], &[-100.0, 1024.0]]);
    visitor.visit_closed_form("hyperbolic secant", &HyperbolicSecant, &[&[0.0, 1.0], &[-2.5, 0.25], &[1e3, 1e-2]]);
    visitor.visit_closed_form("Gumbel", &Gumbel, &[&[0.0, 1.0], &[0.5, 2.5], &[-7.0, 0.0078125]]);
    visitor.visit_closed_form(
        "generalised extreme value",
        &GeneralizedExtremeValue,
        &[&[0.0, 1.0, 0.25], &[1.5, 2.0, -0.25], &[-1.0, 0.5, 1.5]],
    );
    visitor.visit("skew-normal", &SkewNormal, &[&[0.0, 1.0, 1.0], &[1.0, 2.0, -3.0], &[0.0, 1.0, 20.0]]);
    visitor.visit_closed_form("Lomax", &Lomax, &[&[1.0, 1.0], &[4.5, 0.25], &[0.25, 1e3]]);
    visitor.visit_closed_form("Burr", &Burr, &[&[1.0, 1.0, 1.0], &[2.5, 0.75, 3.0], &[8.0, 20.0, 1e-3]]);
    visitor.visit_closed_form("log-logistic", &LogLogistic, &[&[1.0, 1.0], &[3.0, 4.5], &[1e3, 0.25]]);
    visitor.visit_closed_form("generalised Pareto", &GeneralizedPareto, &[&[1.0, 0.25], &[2.0, -0.375], &[0.5, 3.0]]);
    visitor.visit("Gompertz", &Gompertz, &[&[1.0, 1.0], &[0.25, 2.5], &[4.0, 1e-3]]);
    visitor.visit_closed_form("F", &FisherSnedecor, &[&[5.0, 10.0], &[1.0, 1.0], &[1024.0, 2048.0]]);
    if let Ok(pareto) = Pareto::new(2.0) {
        visitor.visit_closed_form("Pareto", &pareto, &[&[1.0], &[4.5], &[0.03125]]);
    }
    visitor.visit_closed_form("Kumaraswamy", &Kumaraswamy, &[&[2.0, 3.0], &[1.5, 2.0], &[8.0, 200.0]]);
    visitor.visit_closed_form("von Mises", &VonMises, &[&[0.0, 1.0], &[1.5, 4.5], &[3.0, 1e3]]);
}
