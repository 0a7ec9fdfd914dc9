//! Densities on the line.

mod beta;
mod burr;
mod cauchy;
mod exponential;
mod fisher_snedecor;
mod gamma;
mod generalized_extreme_value;
mod generalized_pareto;
mod gompertz;
mod gumbel;
mod hyperbolic_secant;
mod kumaraswamy;
mod laplace;
mod log_logistic;
mod log_normal;
mod logistic;
mod lomax;
mod normal;
mod pareto;
mod skew_normal;
mod student_t;
mod von_mises;
mod weibull;

pub use beta::Beta;
pub use burr::Burr;
pub use cauchy::Cauchy;
pub use exponential::Exponential;
pub use fisher_snedecor::FisherSnedecor;
pub use gamma::Gamma;
pub use generalized_extreme_value::GeneralizedExtremeValue;
pub use generalized_pareto::GeneralizedPareto;
pub use gompertz::Gompertz;
pub use gumbel::Gumbel;
pub use hyperbolic_secant::HyperbolicSecant;
pub use kumaraswamy::Kumaraswamy;
pub use laplace::Laplace;
pub use log_logistic::LogLogistic;
pub use log_normal::LogNormal;
pub use logistic::Logistic;
pub use lomax::Lomax;
pub use normal::Normal;
pub use pareto::Pareto;
pub use skew_normal::SkewNormal;
pub use student_t::StudentT;
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
