//! Densities on the line.

mod beta;
mod cauchy;
mod exponential;
mod gamma;
mod laplace;
mod log_normal;
mod normal;
mod student_t;
mod weibull;

pub use beta::Beta;
pub use cauchy::Cauchy;
pub use exponential::Exponential;
pub use gamma::Gamma;
pub use laplace::Laplace;
pub use log_normal::LogNormal;
pub use normal::Normal;
pub use student_t::StudentT;
pub(super) use student_t::{freedom_information, ln_normaliser};
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
}
